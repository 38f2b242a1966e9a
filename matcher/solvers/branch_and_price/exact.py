"""The exact route: linear master, cuts, and the choice among the columns that remain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.solvers.branch_and_price.bound import NO_CUTS, Cuts
from matcher.solvers.branch_and_price.close import close
from matcher.solvers.branch_and_price.columns import Pool
from matcher.solvers.branch_and_price.cuts import separate
from matcher.solvers.branch_and_price.feasibility import only_misses
from matcher.solvers.branch_and_price.generate import Dual, Generator
from matcher.solvers.branch_and_price.master import Duals, Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.prepared import IntArray

MOST_CUTS = 200
CUTS_A_ROUND = 40
FIRST_LIMIT = 2_000
LAST_LIMIT = 60_000


@dataclass(slots=True)
class Exact:
    """One prepared problem on its way to a proof."""

    search: Search
    pool: Pool
    generator: Generator

    def run(self) -> None:
        """Bound, cut and close until the proof is there, a limit is met or nothing more helps here."""
        self._generate()
        if not self.search.over():
            self._settle_feasibility()
        limit, work = FIRST_LIMIT, 1.0
        while not self.search.over() and self.generator.best is not None:
            while not self.search.over() and self._cut():
                pass
            if self.search.over():
                break
            settled = close(self.search, self.pool, self.generator.best, limit=limit, work=work)
            if limit >= LAST_LIMIT and not settled:
                break
            limit, work = min(LAST_LIMIT, 3 * limit), 2 * work

    def _generate(self) -> None:
        search, generator = self.search, self.generator
        before = generator.work

        def enough(state: Generator) -> bool:
            nonlocal before
            search.work += state.work - before
            before = state.work
            if state.best is not None:
                search.tighten(state.best.bound)
            return search.over()

        generator.run(enough)
        enough(generator)
        self._offer_integral()

    def _offer_integral(self) -> None:
        """Offer the master's solution where it is whole."""
        positions, weight = self.generator.master.primal()
        if (np.abs(weight - 1.0) < 1e-6).all():
            self.search.offer(self.pool.plan_of(positions))

    def _settle_feasibility(self) -> None:
        """Where columns are still missing, find out whether any can be had."""
        if self.generator.master.missing < 1e-7 or self.search.value is not None:
            return
        misses = only_misses(self.search.prepared)
        pool = Pool(misses, tables_of(misses), self.pool.longest)
        generator = Generator(pool, Master(pool), NO_CUTS, workers=self.generator.workers)
        generator.run(lambda state: state.best is not None and state.best.bound < 0)
        self.search.work += generator.work
        if generator.best is not None and generator.best.bound < 0:
            self.search.infeasible = True

    def _cut(self) -> bool:
        """Add violated cuts and generate again; whether that was worth it."""
        generator = self.generator
        if generator.best is None or len(generator.cuts) >= MOST_CUTS or not generator.converged:
            return False
        positions, weight = generator.master.primal()
        new = separate(
            self.pool.members[positions], weight, self.search.prepared.n_units, at_most=CUTS_A_ROUND
        )
        if not len(new):
            return False
        before = generator.best.bound
        add_cuts(generator, new.units)
        self._generate()
        value = self.search.value
        gap = before - value if value is not None else before
        return generator.best is not None and before - generator.best.bound > 0.03 * abs(gap)


def add_cuts(generator: Generator, units: IntArray) -> None:
    """Add cuts to the master and to the best dual point, at price 0."""
    for triple in units:
        generator.master.add_cut(triple)
    generator.cuts = Cuts(np.concatenate([generator.cuts.units, units]))
    best = generator.best
    if best is not None:
        grown = np.append(best.duals.cut, np.zeros(len(units), np.int64))
        duals = Duals(best.duals.unit, best.duals.kind, best.duals.row, grown)
        generator.best = Dual(best.bound, duals, best.best, generator.cuts)

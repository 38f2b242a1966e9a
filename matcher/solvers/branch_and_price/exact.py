"""The exact route: linear master, cuts, and the choice among the columns that remain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.solvers.branch_and_price.bound import NO_CUTS, Cuts
from matcher.solvers.branch_and_price.close import close, guess
from matcher.solvers.branch_and_price.columns import Pool
from matcher.solvers.branch_and_price.cuts import separate
from matcher.solvers.branch_and_price.dive import dive
from matcher.solvers.branch_and_price.effort import Effort
from matcher.solvers.branch_and_price.feasibility import only_misses
from matcher.solvers.branch_and_price.generate import Dual, Generator
from matcher.solvers.branch_and_price.master import Duals, Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.search import Search
from matcher.solvers.prepared import IntArray

CUTTABLE = 7.0
"""Mean members of a cluster up to which cuts on three units are worth their price where there is cohesion."""

CUTTABLE_BARE = 60.0
"""The same where completions guide the pricing: tolls hardly slow it down there."""

NEAR = 0.02
"""Share of the gap that columns yet to be found may close: they are left to the branches."""


@dataclass(slots=True)
class Exact:
    """One prepared problem on its way to a proof."""

    search: Search
    pool: Pool
    generator: Generator
    effort: Effort = Effort.ROOT

    def run(self) -> None:
        """Bound, cut and close until the proof is there, a limit is met or nothing more helps here."""
        self.bound()
        self.settle()

    def bound(self) -> None:
        """Generate columns until none helps."""
        self._generate()
        if not self.search.over():
            self._settle_feasibility()

    def settle(self) -> None:
        """Find a good plan by diving, then cut and close."""
        wanted = self.effort is not Effort.NODE or self.search.value is None
        if wanted and not self.search.over() and self.generator.best is not None:
            dive(self.search, self.pool, self.generator)
        cuts = len(self.generator.cuts)
        while not self.search.over() and self._cut():
            pass
        if wanted and len(self.generator.cuts) > cuts and not self.search.over():
            dive(self.search, self.pool, self.generator)
        self.close()

    def close(self) -> None:
        """Choose among the columns that a better plan could use, as long as that gives better plans."""
        steps = self.effort.value
        before: object = self
        while not self.search.over() and before != self.search.value and self.generator.best is not None:
            before = self.search.value
            close(self.search, self.pool, self.generator.best, limit=steps.columns, work=steps.work)
        if self.effort is not Effort.PART and self.generator.best is not None:
            while not self.search.over() and guess(
                self.search, self.pool, self.generator.best, limit=steps.guessed, work=steps.work
            ):
                pass

    def _generate(self) -> None:
        search, generator = self.search, self.generator
        before = generator.work

        def enough(state: Generator) -> bool:
            nonlocal before
            search.work += state.work - before
            before = state.work
            if state.best is not None:
                search.tighten(state.best.bound)
            return search.over() or self._near()

        while True:
            generator.run(enough)
            enough(generator)
            near = not generator.converged and self._near()
            # a whole solution cannot be branched on: where it does not settle the matter, go on from it
            if not (self._offer_integral() and near) or search.over():
                break
        generator.converged = generator.converged or near

    def _near(self) -> bool:
        """Whether bound and linear master agree but for a small part of what is open."""
        best, value = self.generator.best, self.search.value
        master = self.generator.master
        if best is None or best.cuts is not self.generator.cuts or not master.solved:
            return False
        small = abs(best.bound) // 100
        open_part = small if value is None else min(small, best.bound - value)
        return best.bound - master.objective < NEAR * open_part and master.missing < 1e-7

    def _offer_integral(self) -> bool:
        """Offer the master's solution where it is whole; whether it is."""
        positions, weight = self.generator.master.primal()
        whole = bool((np.abs(weight - 1.0) < 1e-6).all())
        if whole:
            self.search.offer(self.pool.plan_of(positions))
        return whole

    def _settle_feasibility(self) -> None:
        """Where columns are still missing, find out whether any can be had."""
        if self.generator.master.missing < 1e-7 or self.search.value is not None:
            return
        misses = only_misses(self.search.prepared)
        pool = Pool(misses, tables_of(misses), self.pool.longest)
        generator = Generator(pool, Master(pool), NO_CUTS, workers=self.generator.workers)
        before = self.search.work

        def enough(state: Generator) -> bool:
            self.search.work = before + state.work
            return (state.best is not None and state.best.bound < 0) or self.search.over()

        generator.run(enough)
        self.search.work = before + generator.work
        if generator.best is not None and generator.best.bound < 0:
            self.search.infeasible = True

    def _cut(self) -> bool:
        """Add violated cuts and generate again; whether that was worth it."""
        generator = self.generator
        if generator.best is None or len(generator.cuts) > self.effort.value.cuts or not generator.converged:
            return False
        positions, weight = generator.master.primal()
        sizes = (self.pool.members[positions] >= 0).sum(axis=1)
        cuttable = CUTTABLE if len(self.search.prepared.nb_unit) else CUTTABLE_BARE
        if not len(sizes) or float(weight @ sizes) > cuttable * float(weight.sum()):
            return False
        new = separate(
            self.pool.members[positions],
            weight,
            self.search.prepared.n_units,
            at_most=self.effort.value.cuts_a_round,
        )
        if not len(new):
            return False
        before = generator.best.bound
        add_cuts(generator, new.units)
        self._generate()
        value = self.search.value
        gap = abs(before) // 500 if value is None else min(before - value, abs(before) // 500)
        return before - generator.best.bound > 0.02 * gap


def add_cuts(generator: Generator, units: IntArray) -> None:
    """Add cuts to the master and to the best dual point, at price 0."""
    generator.master.add_cuts(units)
    generator.cuts = Cuts(np.concatenate([generator.cuts.units, units]))
    best = generator.best
    if best is not None:
        grown = np.append(best.duals.cut, np.zeros(len(units), np.int64))
        duals = Duals(best.duals.unit, best.duals.kind, best.duals.row, grown)
        generator.best = Dual(best.bound, duals, best.best, generator.cuts)

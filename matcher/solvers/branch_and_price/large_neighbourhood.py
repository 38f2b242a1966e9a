"""Large-neighbourhood search: re-solve a few neighbouring clusters exactly, keep what is better, go on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matcher.solvers.branch_and_price.bound import NO_CUTS
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.effort import Effort
from matcher.solvers.branch_and_price.exact import Exact
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.neighbourhood import Reach, near_hosts, reach_of, units_of_hosts
from matcher.solvers.branch_and_price.parts import outside_rows, share
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.restrict import restrict
from matcher.solvers.branch_and_price.search import Search, begin
from matcher.solvers.prepared import IntArray

FIRST_TARGET = 40
LAST_TARGET = 60
MOST_UNASSIGNED = 8


@dataclass(slots=True)
class LargeNeighbourhood:
    """Improves the best plan of a search by exact re-solves of its parts.

    Each host in turn is the seed of a neighbourhood. A seed whose neighbourhood gave nothing rests until a
    cluster near it changes; when all rest, neighbourhoods grow.

    References
    ----------
    P. Shaw, "Using constraint programming and local search methods to solve vehicle routing problems",
    CP 1998; D. Pisinger, S. Ropke, "Large neighborhood search", in: Handbook of Metaheuristics, 2010.
    """

    search: Search
    pool: Pool
    target: int = FIRST_TARGET
    _reach: Reach = field(init=False)
    _random: np.random.Generator = field(init=False)
    _tired: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)

    def __post_init__(self) -> None:
        self._reach = reach_of(self.search.prepared)
        self._random = np.random.default_rng(self.search.settings.seed)
        self._tired = np.zeros(self.search.prepared.n_hosts, np.bool_)

    def run(self, *, tries: int) -> bool:
        """Re-solve up to so many neighbourhoods; whether any gave a better plan."""
        improved = False
        for _ in range(tries):
            if self.search.over() or not len(self.search.unit_host) or not self._wake():
                break
            improved = self._try() or improved
        return improved

    def _wake(self) -> bool:
        """Whether a seed is left; where all are tired, neighbourhoods grow, to a limit."""
        if not self._tired.all():
            return True
        if self.target >= LAST_TARGET:
            return False
        self.target = min(LAST_TARGET, self.target * 3 // 2)
        self._tired[:] = False
        return True

    def _try(self) -> bool:
        search, prepared = self.search, self.search.prepared
        seed = int(self._random.choice(np.flatnonzero(~self._tired)))
        noise = self._random.integers(50, 150, prepared.n_hosts)
        unit_host = search.unit_host
        hosts = near_hosts(
            self._reach.start, self._reach.host, unit_host, seed, self.target, prepared.n_hosts, noise
        )
        units = units_of_hosts(self._reach, unit_host, hosts, prepared.n_hosts, MOST_UNASSIGNED)
        better = resolve(search, self.pool, units, hosts)
        if better is None:
            self._tired[seed] = True
            return False
        self._tired[hosts] = False
        return search.offer(better)


def resolve(search: Search, pool: Pool, units: IntArray, hosts: IntArray) -> IntArray | None:
    """Solve some clusters anew, the others held still; a better plan of the whole, or None.

    Parameters
    ----------
    units, hosts : ndarray of int64
        Ascending; every unit placed with one of the hosts is among them.
    """
    prepared, unit_host = search.prepared, search.unit_host
    part = restrict(prepared, units, hosts, outside_rows(prepared, unit_host, units))
    below = begin(part, search.factor, replace(search.settings, stop=None, relative_gap=0.0))
    below.should_stop = search.should_stop
    below.inherit_limits(search)
    local = np.where(unit_host[units] < 0, -1, np.searchsorted(hosts, unit_host[units])).astype(np.int64)
    below.offer(local)
    if below.value is None:
        return None
    before = below.value
    small = Pool(part, tables_of(part), longest_cluster(part))
    generator = Generator(small, Master(small), NO_CUTS)
    generator.master.add(small.add_plan(local))
    generator.master.add(share(pool, small, units, hosts))
    Exact(below, small, generator, Effort.PART).run()
    search.work = below.work
    if below.value <= before:
        return None
    result = unit_host.copy()
    result[units] = np.where(below.unit_host < 0, -1, hosts[below.unit_host])
    return result

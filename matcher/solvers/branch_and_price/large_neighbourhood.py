"""Large-neighbourhood search: re-solve a few neighbouring clusters exactly, keep what is better, go on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.solvers.branch_and_price.bound import NO_CUTS, worth_of_kinds
from matcher.solvers.branch_and_price.columns import Pool, cluster_values, longest_cluster, row_counts
from matcher.solvers.branch_and_price.effort import Effort
from matcher.solvers.branch_and_price.exact import Exact
from matcher.solvers.branch_and_price.generate import Dual, Generator
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.neighbourhood import Reach, near_hosts, reach_of, units_of_hosts
from matcher.solvers.branch_and_price.parts import outside_rows, share
from matcher.solvers.branch_and_price.pricing.tables import Tables, tables_of
from matcher.solvers.branch_and_price.restrict import restrict
from matcher.solvers.branch_and_price.search import Search, begin
from matcher.solvers.prepared import IntArray, Prepared

BoolArray = NDArray[np.bool_]

FIRST_TARGET = 40
LAST_TARGET = 60
MOST_UNASSIGNED = 8


@dataclass(slots=True)
class LargeNeighbourhood:
    """Improves the best plan of a search by exact re-solves of its parts.

    The gap between bound and plan is the sum of what each host's cluster and each unit that stays fall short
    of their best at the prices that prove the bound. So seeds are drawn where much of the gap lies, and
    a neighbourhood in which none of it lies is never solved. A seed whose neighbourhood gave nothing
    rests until a cluster near it changes; when all rest, neighbourhoods grow.

    References
    ----------
    P. Shaw, "Using constraint programming and local search methods to solve vehicle routing problems",
    CP 1998; D. Pisinger, S. Ropke, "Large neighborhood search", in: Handbook of Metaheuristics, 2010.
    """

    search: Search
    pool: Pool
    dual: Dual | None = None
    target: int = FIRST_TARGET
    exhausted: bool = False
    _reach: Reach = field(init=False)
    _random: np.random.Generator = field(init=False)
    _tired: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        self._reach = reach_of(self.search.prepared)
        self._random = np.random.default_rng(self.search.settings.seed)
        self._tired = np.zeros(self.search.prepared.n_hosts, np.bool_)

    def run(self, *, tries: int) -> bool:
        """Re-solve up to so many neighbourhoods; whether any gave a better plan."""
        improved = False
        for _ in range(tries):
            if self.search.over() or not len(self.search.unit_host):
                break
            slack = self._slack()
            if not self._wake(slack):
                self.exhausted = True
                break
            improved = self._try(slack) or improved
        return improved

    def _slack(self) -> IntArray:
        """Say what each host's cluster falls short of its best, shape (n_hosts,); ones without prices."""
        if self.dual is None:
            return np.ones(self.search.prepared.n_hosts, np.int64)
        return slack_of_hosts(self.search.prepared, self.pool.tables, self.dual, self.search.unit_host)

    def _wake(self, slack: IntArray) -> bool:
        """Whether a seed is left; where all are tired, neighbourhoods grow, to a limit."""
        if (~self._tired & (slack > 0)).any():
            return True
        if self.target >= LAST_TARGET:
            return False
        self.target = min(LAST_TARGET, self.target * 3 // 2)
        self._tired[:] = False
        return bool((slack > 0).any())

    def _try(self, slack: IntArray) -> bool:
        search, prepared = self.search, self.search.prepared
        chance = np.where(self._tired, 0.0, slack.astype(np.float64))
        seed = int(self._random.choice(prepared.n_hosts, p=chance / chance.sum()))
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


def slack_of_hosts(prepared: Prepared, tables: Tables, dual: Dual, unit_host: IntArray) -> IntArray:
    """Say what each host falls short of its best choice at the prices of a bound, shape (n_hosts,).

    At least 0.

    A unit that stays although its price says otherwise counts for the hosts that could take it.
    """
    best = worth_of_kinds(prepared, dual.best)[prepared.kind_of]
    worth = np.where(prepared.may_close, prepared.closed_value, best)
    hosts, members = clusters_of(unit_host, prepared.n_hosts)
    counts = row_counts(prepared.start, prepared.unit, prepared.row_pair, prepared.row_open, hosts, members)
    price = np.append(dual.duals.unit, 0)  # -1 looks up the last
    value = cluster_values(tables, hosts, members)
    worth[hosts] = value - price[members].sum(axis=1) - counts @ dual.duals.row
    slack = np.maximum(0, best - worth)
    staying = np.flatnonzero(unit_host < 0)
    waiting = np.zeros(prepared.n_units, np.int64)
    waiting[staying] = np.maximum(0, prepared.stay_cost[staying] + dual.duals.unit[staying])
    if len(staying):
        host_of = np.repeat(np.arange(prepared.n_hosts), np.diff(prepared.start))
        np.maximum.at(slack, host_of, waiting[prepared.unit])
    return slack


def clusters_of(unit_host: IntArray, n_hosts: int) -> tuple[IntArray, IntArray]:
    """Hosts that lead a cluster, and their members (units, then -1), shapes (k,) and (k, longest)."""
    placed = np.flatnonzero(unit_host >= 0)
    order = placed[np.argsort(unit_host[placed], kind="stable")]
    sizes = np.bincount(unit_host[placed], minlength=n_hosts)
    hosts = np.flatnonzero(sizes).astype(np.int64)
    members = np.full((len(hosts), max(1, int(sizes.max(initial=0)))), -1, np.int64)
    first = np.concatenate([[0], np.cumsum(sizes)])[:-1][hosts]
    for at, (start, size) in enumerate(zip(first.tolist(), sizes[hosts].tolist(), strict=True)):
        members[at, :size] = order[start : start + size]
    return hosts, members


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

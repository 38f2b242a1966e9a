"""Whether some demands can be kept together: by a flow where that suffices, else by CP-SAT."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from matcher.exceptions import RefereeError
from matcher.problem import Problem
from matcher.questions.demands import BoolArray, Demand, DemandKind, Demands, IntArray
from matcher.questions.subproblem import Subproblem, keep_only
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.cp_sat.constraints import add_constraints
from matcher.solvers.cp_sat.variables import create_variables
from matcher.solvers.cp_search import search
from matcher.solvers.dispatch import solve
from matcher.solvers.stopping import FirstFeasible

LARGE = 3_000
"""Pairs beyond which a first plan is sought by the solvers of large problems before CP-SAT."""
WORK_OF_A_CHECK = 20.0
"""Deterministic work units that one check may take before it counts as unsettled."""


WORK_OF_A_LARGE_CHECK = 0.5
"""Work units that a search of the solvers of large problems counts as at least."""


@dataclass(slots=True)
class Oracle:
    """Answers whether a set of demands can be kept; the same set is never solved twice.

    Attributes
    ----------
    demands : Demands
    work_limit : float
        Work units of CP-SAT for each check.
    should_stop : callable or None
        Once true, no further check is begun.
    budget : float
        Work units that all checks may take together; once they are spent, every further check is unsettled.
    checks : int
        Problems solved so far.
    """

    demands: Demands
    work_limit: float = WORK_OF_A_CHECK
    should_stop: ShouldStop | None = None
    budget: float = math.inf
    checks: int = 0
    _known: dict[bytes, bool] = field(default_factory=dict)

    def feasible(self, active: BoolArray) -> bool | None:
        """Say whether a plan keeps all the demands marked; None if that is not settled within the limit.

        Parameters
        ----------
        active : ndarray of bool, shape (n_demands,)

        Returns
        -------
        bool or None
            True is shown by a plan that the referee has judged, False by a flow's cut or by CP-SAT's proof.
        """
        key = np.packbits(active).tobytes()
        if key in self._known:
            return self._known[key]
        if self.budget <= 0 or (self.should_stop is not None and self.should_stop()):
            return None
        self.checks += 1
        answer = self._solve(keep_only(self.demands, active).problem)
        if answer is not None:
            self._known[key] = answer
        return answer

    def _solve(self, problem: Problem) -> bool | None:
        if only_places(problem):
            return place_all(problem) is not None
        if problem.n_pairs > LARGE:
            settings = SolveSettings(work_limit=self._limit(), stop=FirstFeasible())
            quick = solve(problem, settings, should_stop=self.should_stop)
            self.budget -= max(WORK_OF_A_LARGE_CHECK, quick.work)
            if quick.host_of is not None or quick.status is SolveStatus.INFEASIBLE:
                return quick.host_of is not None
        if self.budget <= 0:
            return None
        answer, work = _search(problem, self._limit(), self.should_stop)
        self.budget -= work
        return answer

    def _limit(self) -> float:
        return min(self.work_limit, self.budget)


def only_places(problem: Problem) -> bool:
    """Whether places are all that counts, one a mentee, so that a flow settles it."""
    return (
        not (len(problem.cannot_link) or len(problem.must_link))
        and not (problem.compositions or problem.quotas or problem.rows)
        and bool((problem.pair_demand == 1).all())
        and bool((problem.must_open | (problem.min_load <= 1)).all())
    )


def place_all(problem: Problem) -> IntArray | None:
    """Place every mentee that must be placed and fill every minimum that must be filled, by a flow.

    Lower limits are turned into a second source and sink (Ahuja, Magnanti and Orlin, *Network Flows*, 1993,
    section 6.7).

    Parameters
    ----------
    problem : Problem
        One for which :func:`only_places` holds.

    Returns
    -------
    ndarray of int64, shape (n_mentees,), or None
        Host of each mentee, judged by the referee; None if there is no such plan.
    """
    from ortools.graph.python import max_flow  # noqa: PLC0415 - keeps `import matcher` light

    forced = _forced(problem)
    usable = _as_locked(problem)
    mentee, host = problem.pair_mentee[usable], problem.pair_host[usable]
    n, m = problem.n_mentees, problem.n_hosts
    source, sink, top, bottom = n + m, n + m + 1, n + m + 2, n + m + 3
    least = np.where(problem.must_open, problem.min_load, 0)
    who, hosts = np.arange(n), n + np.arange(m)
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(mentee, n + host, np.ones(len(mentee), np.int64))
    flow.add_arcs_with_capacity(np.where(forced, top, source), who, np.ones(n, np.int64))
    flow.add_arcs_with_capacity(hosts, np.full(m, bottom), least)
    flow.add_arcs_with_capacity(hosts, np.full(m, sink), problem.max_load - least)
    wanted = int(forced.sum()) + int(least.sum())
    for tail, head, capacity in (
        (source, bottom, int(forced.sum())),
        (top, sink, int(least.sum())),
        (sink, source, n + int(least.sum())),
    ):
        flow.add_arc_with_capacity(tail, head, capacity)
    if flow.solve(top, bottom) != flow.OPTIMAL:
        raise RefereeError("The largest flow of a placement was not found, which cannot be.")
    if flow.optimal_flow() < wanted:
        return None
    taken = flow.flows(arcs).astype(np.bool_) if len(mentee) else np.zeros(0, np.bool_)
    host_of = np.full(n, UNASSIGNED, np.int64)
    host_of[mentee[taken]] = host[taken]
    _judge(problem, host_of)
    return host_of


def _forced(problem: Problem) -> BoolArray:
    forced: BoolArray = ~problem.may_stay
    forced[problem.locked[:, 0]] = True
    return forced


def largest_plan(problem: Problem) -> IntArray:
    """Place as many of those that must be placed as there are places, by a largest flow.

    Parameters
    ----------
    problem : Problem
        One for which :func:`only_places` holds.

    Returns
    -------
    ndarray of int64, shape (n_mentees,)
        Host of each mentee, or ``UNASSIGNED``.
    """
    from ortools.graph.python import max_flow  # noqa: PLC0415 - keeps `import matcher` light

    forced = _forced(problem)
    usable = forced[problem.pair_mentee] & _as_locked(problem)
    mentee, host = problem.pair_mentee[usable], problem.pair_host[usable]
    n, m = problem.n_mentees, problem.n_hosts
    source, sink = n + m, n + m + 1
    who = np.flatnonzero(forced)
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(mentee, n + host, np.ones(len(mentee), np.int64))
    flow.add_arcs_with_capacity(np.full(len(who), source), who, np.ones(len(who), np.int64))
    flow.add_arcs_with_capacity(n + np.arange(m), np.full(m, sink), problem.max_load)
    host_of = np.full(n, UNASSIGNED, np.int64)
    if flow.num_arcs() == 0 or not len(who):
        return host_of
    if flow.solve(source, sink) != flow.OPTIMAL:
        raise RefereeError("The largest flow of a placement was not found, which cannot be.")
    taken = flow.flows(arcs).astype(np.bool_) if len(mentee) else np.zeros(0, np.bool_)
    host_of[mentee[taken]] = host[taken]
    return host_of


def _as_locked(problem: Problem) -> BoolArray:
    """Pairs that no lock of their mentee rules out; shape (n_pairs,)."""
    fine = np.ones(problem.n_pairs, np.bool_)
    for mentee, host in problem.locked.tolist():
        fine &= (problem.pair_mentee != mentee) | (problem.pair_host == host)
    return fine


def short_of_places(demands: Demands, *, together: bool = False) -> list[BoolArray]:
    """Find sets of demands that lack a place by count alone, one for each mentee left out.

    From a mentee left out, follow its hosts, all full, to their mentees, and on to *their* hosts: these
    mentees are one more than all the places in their reach (Hall's condition, one short).

    Parameters
    ----------
    demands : Demands
    together : bool, default False
        Join the sets that share a host, so that each lacks as many places as it can.

    Returns
    -------
    list of ndarray of bool, shape (n_demands,)
        Each infeasible by itself; smallest first. Empty when places alone suffice, or when mentees take
        other than one place.
    """
    kinds = (DemandKind.PLACED, DemandKind.LOCK, DemandKind.BAR, DemandKind.MOST)
    active = np.array([demand.kind in kinds for demand in demands.listed], np.bool_)
    cut = keep_only(demands, active)
    if not only_places(cut.problem):
        return []
    host_of = largest_plan(cut.problem)
    forced = _forced(cut.problem)
    out = np.flatnonzero(forced & (host_of == UNASSIGNED)).tolist()
    found = {_tree(cut, host_of, mentee) for mentee in out}
    if together:
        found = _joined(found)
    return [
        _touching(demands, mentees, hosts) for mentees, hosts in sorted(found, key=lambda s: (len(s[0]), s))
    ]


_Set = tuple[tuple[int, ...], tuple[int, ...]]


def _tree(cut: Subproblem, host_of: IntArray, root: int) -> _Set:
    problem = cut.problem
    fine = _as_locked(problem)
    hosts_of: dict[int, list[int]] = {}
    for mentee, host in zip(
        problem.pair_mentee[fine].tolist(), problem.pair_host[fine].tolist(), strict=True
    ):
        hosts_of.setdefault(mentee, []).append(host)
    members: dict[int, list[int]] = {}
    for mentee, host in enumerate(host_of.tolist()):
        members.setdefault(host, []).append(mentee)
    mentees, hosts, queue = {root}, set[int](), [root]
    while queue:
        for host in hosts_of.get(queue.pop(), []):
            if host not in hosts:
                hosts.add(host)
                fresh = [mentee for mentee in members.get(host, []) if mentee not in mentees]
                mentees.update(fresh)
                queue += fresh
    return (
        tuple(int(cut.mentees[mentee]) for mentee in sorted(mentees)),
        tuple(int(cut.hosts[host]) for host in sorted(hosts)),
    )


def _joined(found: set[_Set]) -> set[_Set]:
    """Join sets that have a host in common."""
    joined: list[tuple[set[int], set[int]]] = []
    for mentees, hosts in sorted(found):
        who, where = set(mentees), set(hosts)
        for other in [one for one in joined if one[1] & where]:
            joined.remove(other)
            who, where = who | other[0], where | other[1]
        joined.append((who, where))
    return {(tuple(sorted(who)), tuple(sorted(where))) for who, where in joined}


def _touching(demands: Demands, mentees: tuple[int, ...], hosts: tuple[int, ...]) -> BoolArray:
    """Mark what places these mentees, what bars their pairs, and what limits these hosts."""
    who, where = set(mentees), set(hosts)

    def concerns(one: Demand) -> bool:
        if one.kind is DemandKind.MOST:
            return one.host in where
        return one.kind in (DemandKind.PLACED, DemandKind.LOCK, DemandKind.BAR) and one.mentee in who

    return np.array([concerns(demand) for demand in demands.listed], np.bool_)


def _search(problem: Problem, work_limit: float, should_stop: ShouldStop | None) -> tuple[bool | None, float]:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    model = cp_model.CpModel()
    variables = create_variables(model, problem)
    add_constraints(model, problem, variables)
    settings = SolveSettings(work_limit=work_limit)
    outcome = search(model, variables.choose, settings, stage="conflict", should_stop=should_stop)
    if outcome.status is SolveStatus.INFEASIBLE:
        return False, outcome.work
    if outcome.status is SolveStatus.UNKNOWN:
        return None, outcome.work
    host_of = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    chosen = np.array(outcome.chosen, np.bool_)
    host_of[problem.pair_mentee[chosen]] = problem.pair_host[chosen]
    _judge(problem, host_of)
    return True, outcome.work


def _judge(problem: Problem, host_of: IntArray) -> None:
    broken = evaluate(problem, Solution(host_of)).broken
    if broken:
        rules = ", ".join(sorted({one.rule for one in broken}))
        raise RefereeError(f"A plan that was said to keep the demands breaks them: {rules}.")

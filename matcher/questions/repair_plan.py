"""A plan that chooses itself who stays out, or who takes more, at the price of a choice that counting made.

Counting sees places alone: of sixty schools that have to stay out it says how many, not which. With exactly
these sixty out not a place is left over, and the rest may be hard to place or not to be placed at all. A plan
in which any school may stay out at its price finds sixty that do.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.exceptions import RefereeError
from matcher.problem import LoadTarget, Problem
from matcher.questions.demands import DemandKind, Demands, IntArray
from matcher.questions.relaxing import Relaxation, Relaxations
from matcher.questions.repaired import Repair, repaired
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.dispatch import solve

MANY = 12
"""Units of one kind up to which a choice is judged as it is: so few leave the rest room enough."""
WORK = 12.0
"""Work units of the search for such a plan."""


def replanned(
    demands: Demands, relaxations: Relaxations, choice: Repair, should_stop: ShouldStop | None = None
) -> Repair | None:
    """Choose anew who stays out or who takes more, by a plan; all else that is given up stays as it is.

    Parameters
    ----------
    demands : Demands
    relaxations : Relaxations
    choice : Repair
        Places suffice with it.
    should_stop : callable, optional

    Returns
    -------
    Repair or None
        One that works, as the referee has judged; it may cost more than the choice. None where the choice
        gives up little, where no plan was found, or where the plan goes beyond a limit.
    """
    freed = _freed(relaxations, choice)
    if not freed:
        return None
    kept = Repair(tuple(use for use in choice.uses if use[0] not in freed), 0)
    base = _bare(repaired(demands, relaxations, kept))
    found = solve(_priced(base, freed), SolveSettings(work_limit=WORK), should_stop=should_stop)
    if found.host_of is None:
        return None
    uses = tuple(sorted((*kept.uses, *_units(base, freed, found.host_of))))
    repair = Repair(uses, sum(one.price * units for one, units in uses))
    if any(count > relaxations.limits.get(group, count) for group, count in repair.form):
        return None
    broken = evaluate(_bare(repaired(demands, relaxations, repair)), Solution(found.host_of)).broken
    if broken:
        rules = ", ".join(sorted({one.rule for one in broken}))
        raise RefereeError(f"A plan that was said to repair the demands breaks them: {rules}.")
    return repair


def _freed(relaxations: Relaxations, choice: Repair) -> frozenset[Relaxation]:
    """All relaxations of the group of places, or of staying out, of which the choice uses most, if many."""
    counts: dict[tuple[bool, str], int] = {}
    for one, units in choice.uses:
        if one.demand.kind in (DemandKind.PLACED, DemandKind.MOST):
            key = one.demand.kind is DemandKind.PLACED, one.group
            counts[key] = counts.get(key, 0) + units
    (out, group), units = max(
        counts.items(), key=lambda item: (item[1] > MANY, item[0]), default=((False, ""), 0)
    )
    kind = DemandKind.PLACED if out else DemandKind.MOST
    ours = (one for one in relaxations.listed if one.demand.kind is kind and one.group == group)
    return frozenset(ours if units > MANY else ())


def _bare(problem: Problem) -> Problem:
    """Leave out everything that only has a price."""
    return replace(
        problem,
        pair_value=np.zeros_like(problem.pair_value),
        open_cost=np.zeros_like(problem.open_cost),
        unassigned_cost=np.zeros_like(problem.unassigned_cost),
        cohesion_pair=problem.cohesion_pair[:0],
        cohesion_value=problem.cohesion_value[:0],
        compositions=tuple(one for one in problem.compositions if one.price is None),
        quotas=tuple(one for one in problem.quotas if one.price is None),
        rows=tuple(one for one in problem.rows if one.price is None),
        load_target=None,
        constant=0,
    )


def _priced(base: Problem, freed: frozenset[Relaxation]) -> Problem:
    """Let everybody who is freed stay out, or take more, at the price of it."""
    may_stay, cost, most = base.may_stay.copy(), base.unassigned_cost.copy(), base.max_load.copy()
    over = 0
    for one in freed:
        if one.demand.kind is DemandKind.PLACED:
            may_stay[one.demand.mentee], cost[one.demand.mentee] = True, one.price
        else:
            most[one.demand.host] += one.most
            over = one.price
    target = LoadTarget(np.zeros_like(most), base.max_load, 0, over) if over else None
    return replace(base, may_stay=may_stay, unassigned_cost=cost, max_load=most, load_target=target)


def _units(base: Problem, freed: frozenset[Relaxation], host_of: IntArray) -> list[tuple[Relaxation, int]]:
    load = evaluate(base, Solution(host_of)).loads
    found = []
    for one in freed:
        if one.demand.kind is DemandKind.PLACED:
            units = int(host_of[one.demand.mentee] == UNASSIGNED)
        else:
            units = max(0, int(load[one.demand.host]) - int(base.max_load[one.demand.host]))
        found += [(one, units)] if units else []
    return found

"""Who could take a place as well: a repair says one mentor of a region, and others may do."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.questions.demands import DemandKind, Demands
from matcher.questions.oracle import Oracle
from matcher.questions.relaxing import Relaxation, Relaxations
from matcher.questions.repair_rounds import demands_after
from matcher.questions.repaired import Repair
from matcher.solvers.base import ShouldStop

MOST_TRIED = 12
"""Others that are tried, in the order of the hosts."""
WORK = 5.0
"""Work units of one try."""


@dataclass(frozen=True, slots=True)
class StandIns:
    """Who else could take a place that a repair adds.

    Attributes
    ----------
    of : Relaxation
        The place more that the repair uses.
    others : tuple of Relaxation
        Of its group, each with a plan that shows that it does as well, all else being as in the repair.
    untried : int
        Others of which this is not settled.
    """

    of: Relaxation
    others: tuple[Relaxation, ...]
    untried: int


def stand_ins(
    demands: Demands,
    relaxations: Relaxations,
    repair: Repair,
    of: Relaxation,
    *,
    should_stop: ShouldStop | None = None,
) -> StandIns:
    """Move one place more to each other host of its group, and look for a plan.

    Parameters
    ----------
    demands : Demands
    relaxations : Relaxations
    repair : Repair
        One that works.
    of : Relaxation
        A place more that it uses.
    should_stop : callable, optional

    Returns
    -------
    StandIns
    """
    used, others, untried = dict(repair.uses), list[Relaxation](), 0
    free = [
        one
        for one in relaxations.listed
        if one.group == of.group
        and one.demand.kind is DemandKind.MOST
        and one != of
        and used.get(one, 0) < one.most
    ]
    for one in free[:MOST_TRIED]:
        moved = used | {of: used[of] - 1, one: used.get(one, 0) + 1}
        uses = tuple(sorted((who, units) for who, units in moved.items() if units))
        left = demands_after(demands, relaxations, Repair(uses, repair.price))
        works = Oracle(left, work_limit=WORK, should_stop=should_stop).feasible(left.everything())
        others += [one] if works else []
        untried += works is None
    return StandIns(of, tuple(others), untried + len(free[MOST_TRIED:]))

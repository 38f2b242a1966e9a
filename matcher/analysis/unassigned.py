"""Mentees without a mentor: the true reason, and their best options."""

from __future__ import annotations

from matcher.analysis.alternatives import alternatives_of, eligible_hosts
from matcher.analysis.bars import commonest_bar
from matcher.analysis.document import UnassignedRow
from matcher.analysis.groups import why_alone
from matcher.analysis.moves import MoveJudge, Obstacle
from matcher.analysis.view import PlanView
from matcher.analysis.wording import listed, rounded, said_points
from matcher.models.search import is_ordered
from matcher.problem import SCALE
from matcher.solution.data import UNASSIGNED

_GROUND = {
    Obstacle.LOCKED: "would break its lock to another mentor",
    Obstacle.RIVAL: "would put it beside a school it must be kept apart from",
    Obstacle.SEPARATE: "would separate it from a school it must stay with",
    Obstacle.FULL: "full",
    Obstacle.COUNT: "closed to it by a rule on numbers",
    Obstacle.CLOSED: "not leading a cluster, and one more school would not be enough to form it",
    Obstacle.MINIMUM: "out of question because of a smallest cluster size",
    Obstacle.BUDGET: "beyond what the budget has left",
    Obstacle.UNWANTED: "out of question, as one side named other schools only",
}

_STATES = {Obstacle.FULL, Obstacle.COUNT, Obstacle.CLOSED, Obstacle.MINIMUM, Obstacle.BUDGET}
_STATES |= {Obstacle.UNWANTED}
"""Obstacles that describe the mentor (is / are …); the others say what the move would do."""


def unassigned_of(view: PlanView, judge: MoveJudge, *, proven: bool) -> tuple[UnassignedRow, ...]:
    """Say for each unassigned mentee why, and which hosts come closest.

    Parameters
    ----------
    view : PlanView
    judge : MoveJudge
    proven : bool
        Whether the plan is proven best, so that "worth more this way" may be said.

    Returns
    -------
    tuple of UnassignedRow
        In the order of the mentees' ids.
    """
    mentees = tuple(mentee for mentee, host in enumerate(view.host_of) if host == UNASSIGNED)
    options = alternatives_of(view, judge, mentees, proven=proven)
    return tuple(
        UnassignedRow(
            mentee_id=view.encoding.mentee_ids[mentee],
            price=rounded(int(view.encoding.problem.unassigned_cost[mentee]) / SCALE),
            reason=reason_of(view, judge, mentee, proven=proven),
            options=options[mentee],
        )
        for mentee in mentees
    )


def reason_of(view: PlanView, judge: MoveJudge, mentee: int, *, proven: bool) -> str:
    """Say in one sentence why a mentee has no mentor in this plan."""
    if view.of_equals and (alone := why_alone(view, mentee)):
        return alone
    hosts = eligible_hosts(view, mentee).tolist()
    if view.of_equals and view.opened:  # a group that is not formed is no place to be missed
        hosts = [host for host in hosts if view.members[host]]
    if not hosts:
        bar = commonest_bar(view.encoding, mentee=mentee)
        return f"No mentor may take it: {bar}." if bar else "There is no mentor in this intake."
    grounds: dict[Obstacle, int] = {}
    free = []
    for host in hosts:
        hindrances = judge.hindrances(mentee, host)
        if hindrances:
            grounds[hindrances[0].obstacle] = grounds.get(hindrances[0].obstacle, 0) + 1
        else:
            free.append(host)
    if free:
        return _free_reason(view, mentee, free, proven=proven)
    return _blocked_reason(grounds, len(hosts))


def _blocked_reason(grounds: dict[Obstacle, int], n_hosts: int) -> str:
    if n_hosts == 1:
        (obstacle,) = grounds
        return f"The only mentor it may be placed with {_said(obstacle, plural=False)}."
    parts = []
    for obstacle in Obstacle:
        if obstacle in grounds:
            everyone = "both" if n_hosts == 2 else "all"
            number = everyone if grounds[obstacle] == n_hosts else str(grounds[obstacle])
            parts.append(f"{number} {_said(obstacle, plural=grounds[obstacle] != 1)}")
    return f"Of the {n_hosts} mentors it may be placed with, {listed(parts)}."


def _said(obstacle: Obstacle, *, plural: bool) -> str:
    if obstacle not in _STATES:
        return _GROUND[obstacle]
    return f"{'are' if plural else 'is'} {_GROUND[obstacle]}"


def _free_reason(view: PlanView, mentee: int, free: list[int], *, proven: bool) -> str:
    names = listed([view.mentors[host].name for host in free], last="or", limit=3)
    price = said_points(int(view.encoding.problem.unassigned_cost[mentee]) / SCALE)
    if proven and is_ordered(view.encoding.policy):
        return (
            f"A place with {names} is free, but taking it would worsen what comes before points, or cost at "
            f"least as much as the {price} points that leaving it out costs."
        )
    if proven:
        return (
            f"A place with {names} is free, but the soft rules and prices that taking it would bring in "
            f"cost at least as much as the {price} points that leaving it out costs."
        )
    return (
        f"A place with {names} would be free; the search ended before a better plan was found or ruled out."
    )

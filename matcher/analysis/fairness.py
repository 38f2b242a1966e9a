"""Who is how badly off in a plan, what fairness costs, and how ties were broken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.fairness_document import (
    FairnessPrice,
    FairnessReport,
    GroupFigures,
    GroupPair,
    LotteryReport,
)
from matcher.analysis.view import PlanView
from matcher.analysis.wording import counted, rounded, rounded_or_none, said_points
from matcher.encoding import Encoding
from matcher.encoding.fairness import HUNDREDTHS, score_hundredths, two_groups
from matcher.policy.fairness import GroupBound, Measure
from matcher.problem import SCALE
from matcher.profiles import Strength
from matcher.result import Result, SolveStatus
from matcher.rules.fairness import group_names
from matcher.solution import Solution, evaluate


def fairness_of(view: PlanView) -> FairnessReport | None:
    """Say how the worst-off school and the policy's groups fare; None where the policy asks for nothing.

    Parameters
    ----------
    view : PlanView

    Returns
    -------
    FairnessReport or None
        Scores are in hundredths of a point, as the bounds count them.
    """
    fair = view.encoding.policy.fairness
    if not fair.binds and not fair.groups:
        return None
    scores = _scores(view)
    placed = [(int(scores[mentee]), view.encoding.mentee_ids[mentee]) for mentee in view.placed]
    worst, who = min(placed) if placed else (None, None)
    without = len(view.mentees) - len(placed)
    return FairnessReport(
        worst_id=who,
        worst_score=None if worst is None else rounded(worst / HUNDREDTHS),
        without=without,
        groups=tuple(_pair(view, bound, scores) for bound in fair.groups),
        sentence=_sentence(view, worst, who, without),
    )


def _scores(view: PlanView) -> NDArray[np.int64]:
    """Score of each mentee in hundredths of a point, 0 for one without a mentor; shape (n_mentees,)."""
    scores = np.zeros(len(view.mentees), np.int64)
    for mentee in view.placed:
        at = view.pair_at[mentee]
        if at >= 0:
            scores[mentee] = score_hundredths(view.encoding.pair_score[at : at + 1])[0]
    return scores


def _sentence(view: PlanView, worst: int | None, who: str | None, without: int) -> str:
    left = f"{counted(without, 'school has', 'schools have')} no mentor." if without else ""
    if worst is None:
        return left or "There is no school to be placed."
    name = next(school.name for school in view.mentees if school.school_id == who)
    score = said_points(worst / HUNDREDTHS)
    return f"Of the schools that have a mentor, {name} has the lowest score, {score} of 100. {left}".strip()


def _pair(view: PlanView, bound: GroupBound, scores: NDArray[np.int64]) -> GroupPair:
    members = two_groups(view.mentees, bound)
    names = group_names(bound)
    first, second = (_figures(view, name, who, scores) for name, who in zip(names, members, strict=True))
    mean = bound.measure is Measure.MEAN_SCORE
    ends = (
        (first.mean_score, second.mean_score)
        if mean
        else (_percent(first.share_placed), _percent(second.share_placed))
    )
    difference = None if None in ends else rounded((ends[0] or 0.0) - (ends[1] or 0.0))
    limit = None if bound.strength is Strength.OFF else bound.at_most
    return GroupPair(
        label=bound.label,
        measure="mean-score" if mean else "share-placed",
        first=first,
        second=second,
        not_judged=int((~members[0] & ~members[1]).sum()),
        difference=difference,
        at_most=limit,
        sentence=_pair_words(bound, names, difference, limit),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _pair_words(
    bound: GroupBound, names: tuple[str, str], difference: float | None, limit: float | None
) -> str:
    if difference is None:
        return "One of the two groups has no schools in this intake: there is nothing to compare."
    unit = "points" if bound.measure is Measure.MEAN_SCORE else "percent"
    what = "mean score" if bound.measure is Measure.MEAN_SCORE else "share placed"
    apart = f"{said_points(abs(round(difference, 2)))} {unit} {'higher' if difference > 0 else 'lower'}"
    said = f"The {what} of {names[0]} is {apart} than that of {names[1]}"
    if round(difference, 2) == 0:
        said = f"The {what} of {names[0]} and of {names[1]} is the same"
    return f"{said}." if limit is None else f"{said}; the policy wants at most {limit:g} {unit} either way."


def _figures(
    view: PlanView, name: str, members: NDArray[np.bool_], scores: NDArray[np.int64]
) -> GroupFigures:
    schools = int(members.sum())
    placed = [mentee for mentee in view.placed if members[mentee]]
    total = int(scores[members].sum())
    return GroupFigures(
        words=name,
        schools=schools,
        placed=len(placed),
        share_placed=rounded(len(placed) / schools) if schools else None,
        mean_score=rounded(total / HUNDREDTHS / schools) if schools else None,
        worst_score=rounded(int(scores[placed].min()) / HUNDREDTHS) if placed else None,
    )


def fairness_price(
    fair: tuple[Encoding, Result], plain: tuple[Encoding, Result], *, first_proven: bool
) -> FairnessPrice | None:
    """Say what fairness costs.

    Parameters
    ----------
    fair, plain : tuple of Encoding and Result
        The plan, and the one of the same policy without fairness; both of the same intake.
    first_proven : bool
        Whether what came before points is proven of the plan.

    Returns
    -------
    FairnessPrice or None
        None where one of the two has no plan.

    References
    ----------
    Bertsimas, Farias, Trichakis, "The price of fairness", *Operations Research* 59(1), 2011: the loss as a
    share of what is possible without fairness.
    """
    (_, with_it), (encoding, without) = fair, plain
    if with_it.host_of is None or without.host_of is None or without.objective is None:
        return None
    own = evaluate(encoding.problem, Solution(with_it.host_of)).objective
    lost = without.objective - own
    hosts = without.host_of
    chosen = hosts[encoding.problem.pair_mentee] == encoding.problem.pair_host
    placed = int(chosen.sum())
    worst = float(encoding.pair_score[chosen].min()) / SCALE if placed else None
    proven = first_proven and all(one.status is SolveStatus.OPTIMAL for one in (with_it, without))
    share = lost / without.objective if without.objective > 0 else None
    known = "" if proven else " Not both are proven to be the best: this is only what is known."
    part = "" if share is None else f" ({share:.2%})"
    there = "nobody is placed" if worst is None else f"the worst-off has {said_points(worst)}"
    return FairnessPrice(
        points=rounded(lost / SCALE),
        share=rounded_or_none(share),
        proven=proven,
        placed=placed,
        worst_score=rounded_or_none(worst),
        sentence=f"Fairness costs {said_points(lost / SCALE)} points{part}: without it the best plan has "
        f"{said_points(without.objective / SCALE)} points and places {_schools(placed)}; {there}.{known}",
    )


def lottery_of(encoding: Encoding) -> LotteryReport | None:
    """Say that ties were broken by lot, and how; None where no lots were drawn."""
    lottery = encoding.policy.lottery
    if not lottery.seed:
        return None
    return LotteryReport(
        seed=lottery.seed,
        round_points=lottery.round_points,
        sentence=(
            f"Ties were broken by lot. Scores count in steps of {_steps(lottery.round_points)}; among plans "
            "of equal points the one with the highest sum of lots was taken; lots together never outweigh a "
            f"step. The lot of a pair is the SHA-256 of the text “{lottery.seed}|mentee id|mentor id”, its "
            "first 16 digits: whoever knows the seed can draw it again."
        ),
    )


def _schools(number: int) -> str:
    return counted(number, "school", "schools")


def _steps(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"

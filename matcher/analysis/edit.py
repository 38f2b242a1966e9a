"""Judge a plan that was changed by hand: broken rules in words, the change of points by school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.bars import rule_label
from matcher.analysis.breaches import find_breaches
from matcher.analysis.edit_document import EditBreach, SchoolShare
from matcher.analysis.view import PlanView, view_of
from matcher.analysis.wording import rounded, said_points
from matcher.encoding import Encoding, solution_from
from matcher.problem import SCALE
from matcher.profiles import Strength
from matcher.rules.judge import barred_reasons
from matcher.rules.registry import rule_entries
from matcher.solution import UNASSIGNED, Solution, evaluate


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """An edited plan beside the one before.

    Attributes
    ----------
    broken, gave_way : tuple of EditBreach
        Rules that must hold and do not; rules that cost points and were not broken before.
    kept_again : tuple of EditBreach
        Rules that cost points, broken before and not any more.
    before, after : int
        Objectives, in objective units.
    schools : tuple of SchoolShare
    rest : float
        Points of the change that belong to no school.
    """

    broken: tuple[EditBreach, ...]
    gave_way: tuple[EditBreach, ...]
    kept_again: tuple[EditBreach, ...]
    before: int
    after: int
    schools: tuple[SchoolShare, ...]
    rest: float


def judge_edit(encoding: Encoding, before: Solution, edited: Mapping[str, str | None]) -> Judged:
    """Hold an edited plan against every rule and against the plan before.

    Parameters
    ----------
    encoding : Encoding
    before : Solution
    edited : mapping of str to (str or None)
        Mentor id of each mentee id; the pairs need not be eligible.

    Returns
    -------
    Judged
    """
    after = solution_from(encoding, edited)
    problem = encoding.problem
    old, new = evaluate(problem, before), evaluate(problem, after)
    view = view_of(encoding, after, new, barred_too=True)
    hard, soft = _breaches(view)
    _, soft_before = _breaches(view_of(encoding, before, old))
    known = {(one.rule, one.detail) for one in soft_before}
    met = {(one.rule, one.detail) for one in soft}
    shares = _shares(encoding, before.host_of), _shares(encoding, after.host_of)
    rest = 2 * (new.objective - old.objective) - int((shares[1] - shares[0]).sum())
    return Judged(
        broken=(*_barred(view), *hard),
        gave_way=tuple(one for one in soft if (one.rule, one.detail) not in known),
        kept_again=tuple(one for one in soft_before if (one.rule, one.detail) not in met),
        before=old.objective,
        after=new.objective,
        schools=_school_shares(view, *shares),
        rest=rounded(rest / (2 * SCALE)),
    )


def change_words(change: float) -> str:
    """Say a change of points.

    Examples
    --------
    >>> change_words(-3.25), change_words(0.0)
    ('loses 3.25 points', 'is worth the same')
    """
    if change == 0:
        return "is worth the same"
    return f"{'gains' if change > 0 else 'loses'} {said_points(abs(change))} points"


def _barred(view: PlanView) -> list[EditBreach]:
    """Say which rules bar pairs of the edited plan."""
    found = []
    for mentee, host in enumerate(view.host_of):
        if host == UNASSIGNED or view.pair_at[mentee] >= 0:
            continue
        pair = (view.mentees[mentee].school_id, view.mentors[host].school_id)
        names = f"{view.mentees[mentee].name} with {view.mentors[host].name}"
        encoding = view.encoding
        bars = barred_reasons(encoding.intake, encoding.features, encoding.policy, mentee, host)
        for key, words in bars:
            detail = f"{names}: {words}"
            found.append(EditBreach(rule=rule_label(key), schools=pair, detail=detail, price=None))
        if not bars:  # no rule between two schools: the mentee takes more places than the mentor has
            detail = f"{names}: the mentor has too few places for it."
            found.append(EditBreach(rule=rule_label("load"), schools=pair, detail=detail, price=None))
    return found


def _breaches(view: PlanView) -> tuple[list[EditBreach], list[EditBreach]]:
    labels = {entry.key: entry.label for entry in rule_entries(view.encoding.policy)}
    hard: list[EditBreach] = []
    soft: list[EditBreach] = []
    for (key, strength), finding in find_breaches(view).items():
        is_hard = strength is Strength.HARD
        (hard if is_hard else soft).extend(
            EditBreach(
                rule=labels.get(key, key),
                schools=one.schools,
                detail=one.detail,
                price=None if is_hard else rounded(one.units / SCALE),
            )
            for one in finding.breaches
        )
    return hard, soft


def _shares(encoding: Encoding, host_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Twice what each mentee adds, in objective units: cohesion is shared by halves."""
    problem = encoding.problem
    shares = np.zeros(problem.n_mentees, np.int64)
    chosen = host_of[problem.pair_mentee] == problem.pair_host
    np.add.at(shares, problem.pair_mentee[chosen], 2 * problem.pair_value[chosen])
    hosts = host_of[problem.cohesion_pair]
    together = (hosts[:, 0] == hosts[:, 1]) & (hosts[:, 0] != UNASSIGNED)
    for side in (0, 1):
        np.add.at(shares, problem.cohesion_pair[together, side], problem.cohesion_value[together])
    out = host_of == UNASSIGNED
    shares[out] -= 2 * problem.unassigned_cost[out]
    return shares


def _school_shares(
    view: PlanView, before: NDArray[np.int64], after: NDArray[np.int64]
) -> tuple[SchoolShare, ...]:
    return tuple(
        SchoolShare(
            school_id=view.mentees[at].school_id,
            name=view.mentees[at].name,
            before=rounded(int(before[at]) / (2 * SCALE)),
            after=rounded(int(after[at]) / (2 * SCALE)),
            change=rounded(int(after[at] - before[at]) / (2 * SCALE)),
        )
        for at in np.flatnonzero(before != after).tolist()
    )

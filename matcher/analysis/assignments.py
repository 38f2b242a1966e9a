"""Assignment rows: each placed mentee with its score in shares, and why the two fit."""

from __future__ import annotations

import numpy as np

from matcher.analysis.alternatives import alternatives_of, net_points
from matcher.analysis.bars import rule_label, soft_breaches_on
from matcher.analysis.clusters import cluster_ids
from matcher.analysis.document import Alternative, AssignmentRow, ComponentShare
from matcher.analysis.groups import why_member
from matcher.analysis.moves import MoveJudge
from matcher.analysis.shares import shares_in_units
from matcher.analysis.totals import WEAK_SHARE, shared_languages
from matcher.analysis.view import PlanView
from matcher.analysis.wording import as_sentence, listed, rounded, rounded_or_none, said_points
from matcher.problem import SCALE
from matcher.scores.reasons import Reasons
from matcher.scores.registry import CRITERIA

SILENCED = {
    "travel": ("travel", "work_mode"),
    "phase": ("phase",),
    "language": ("shared_language",),
}
"""Criteria that are no reason for a pair that breaks a rule: the rule's key, then the criteria's."""
GOOD_FIT = 0.5
"""Fit from which a criterion is named as a reason for the pair."""


def assignments_of(view: PlanView, judge: MoveJudge, *, proven: bool) -> tuple[AssignmentRow, ...]:
    """One row a placed mentee, in the order of the mentees' ids; see :func:`alternatives_of`."""
    encoding = view.encoding
    alternatives = alternatives_of(view, judge, view.placed, proven=proven)
    reasons = Reasons(encoding.intake, encoding.features, encoding.policy)
    clusters = cluster_ids(view)
    locked = {(link.first, link.second) for link in encoding.locks}
    return tuple(
        _row(
            view,
            mentee,
            reasons=reasons,
            cluster=clusters[view.host_of[mentee]],
            alternatives=alternatives[mentee],
            locked=locked,
        )
        for mentee in view.placed
    )


def _row(
    view: PlanView,
    mentee: int,
    *,
    reasons: Reasons,
    cluster: str,
    alternatives: tuple[Alternative, ...],
    locked: set[tuple[int, int]],
) -> AssignmentRow:
    encoding, host, at = view.encoding, view.host_of[mentee], view.pair_at[mentee]
    score = int(encoding.pair_score[at]) / SCALE
    components = _components(view, mentee, reasons)
    return AssignmentRow(
        mentee_id=encoding.mentee_ids[mentee],
        host_id=encoding.host_ids[host],
        cluster_id=cluster,
        score=rounded(score),
        penalty=rounded(int(encoding.rule_penalty[:, at].sum()) / SCALE),
        components=components,
        known_share=rounded(float(encoding.scores.known_share[at])),
        distance_km=rounded_or_none(float(view.distance_km[mentee])),
        shared_languages=shared_languages(view, mentee),
        why=why_member(view, mentee)
        if view.of_equals
        else why_of(view, mentee, _in_favour(view, mentee, components), alternatives),
        flags=_flags(view, mentee, components),
        locked=(mentee, host) in locked,
        alternatives=alternatives,
    )


def _components(view: PlanView, mentee: int, reasons: Reasons) -> tuple[ComponentShare, ...]:
    encoding, at = view.encoding, view.pair_at[mentee]
    table = encoding.scores
    units = shares_in_units(table.points[:, at], int(encoding.pair_score[at]))
    return tuple(
        ComponentShare(
            criterion=key,
            value=rounded_or_none(float(table.values[number, at])),
            points=rounded(units[number] / SCALE),
            reason=reasons.say(key, mentee, view.host_of[mentee]),
        )
        for number, key in enumerate(table.criteria)
    )


def _in_favour(
    view: PlanView, mentee: int, components: tuple[ComponentShare, ...]
) -> tuple[ComponentShare, ...]:
    """Leave out the criteria on whose matter the pair breaks a soft rule."""
    broken = soft_breaches_on(view.encoding, mentee, view.host_of[mentee])
    silent = {criterion for rule, _ in broken for criterion in SILENCED.get(rule, ())}
    return tuple(one for one in components if one.criterion not in silent)


def why_of(
    view: PlanView,
    mentee: int,
    components: tuple[ComponentShare, ...],
    alternatives: tuple[Alternative, ...],
) -> tuple[str, ...]:
    """Say in two to four sentences why a pair fits, from its strongest criteria.

    Parameters
    ----------
    view : PlanView
    mentee : int
        Position of a placed mentee.
    components : tuple of ComponentShare
    alternatives : tuple of Alternative
        Next-best hosts; where one scores higher and is hindered, the last sentence says so.

    Returns
    -------
    tuple of str
    """
    score = int(view.encoding.pair_score[view.pair_at[mentee]]) / SCALE
    strong = [one for one in components if one.value is not None and one.value >= GOOD_FIT and one.points > 0]
    strong.sort(key=lambda one: -one.points)
    said = [_reason_sentence(one) for one in strong[:3]]
    if len(said) < 2:
        said.append(f"All criteria together make {said_points(score)} of 100 points.")
    better = next((one for one in alternatives if not one.barred_by and one.score > score and one.note), None)
    if better is not None:
        said.append(_better_sentence(view, mentee, better))
    elif len(said) < 2:
        said.append("It is the best pair within the plan as a whole; no single criterion stands out.")
    return tuple(said)


def _better_sentence(view: PlanView, mentee: int, better: Alternative) -> str:
    """Name an eligible mentor of a higher score, and why it is not taken; soft rules count on both sides."""
    encoding, own = view.encoding, view.pair_at[mentee]
    host = encoding.host_ids.index(better.host_id)
    other = encoding.problem.pair_index[mentee, host]
    points = f"{said_points(better.score)} points"
    if encoding.pair_penalty[:, [own, other]].any():
        net = [said_points(rounded(net_points(encoding, at))).replace("-", "−") for at in (other, own)]
        here = said_points(int(encoding.pair_score[own]) / SCALE)
        after = "after soft rules and costs" if encoding.money_penalty.any() else "after soft rules"
        points += f", {net[0]} {after}; here {here}, {net[1]} {after}"
    return f"{view.mentors[host].name} would score higher ({points}) but was not chosen: {better.note}."


def _reason_sentence(share: ComponentShare) -> str:
    words = share.reason.split(" ", 1)[0]
    if words in {"mentor", "mentee", "both"}:
        text = share.reason if words == "both" else f"the {share.reason}"
        return as_sentence(text)
    return f"{CRITERIA[share.criterion].label}: {as_sentence(share.reason)}"


def _flags(view: PlanView, mentee: int, components: tuple[ComponentShare, ...]) -> tuple[str, ...]:
    encoding, at, host = view.encoding, view.pair_at[mentee], view.host_of[mentee]
    said = [as_sentence(sentence) for _, sentence in soft_breaches_on(encoding, mentee, host)]
    for link in encoding.locks:
        if link.price is not None and link.first == mentee and link.second != host:
            said.append(f"It was to be locked to {view.mentors[link.second].name}, which is not kept.")
    unjudged = [outcome.key for outcome in encoding.pair_rules if outcome.unknown[at]]
    if unjudged:
        labels = listed([f"“{rule_label(key)}”" for key in unjudged])
        said.append(f"Not judged for lack of data: the rule {labels}.")
    if encoding.scores.known_share[at] < WEAK_SHARE:
        missing = [CRITERIA[one.criterion].label.lower() for one in components if one.value is None]
        said.append(f"Rests on weak data: not known for this pair: {listed(missing)}.")
    if np.isnan(view.distance_km[mentee]):
        said.append("The distance is not known.")
    return tuple(said)

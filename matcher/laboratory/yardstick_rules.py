"""Which rules of the yardstick a plan breaks that was made under another policy."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.analysis.bars import below_floor
from matcher.analysis.breaches import find_breaches
from matcher.analysis.comparison_document import ComparedRule
from matcher.analysis.document import PlanDocument
from matcher.analysis.view import PlanView, view_of
from matcher.analysis.wording import rounded
from matcher.encoding import Encoding, encode, solution_from
from matcher.features.pairs import PairList
from matcher.laboratory.yardstick import Yardstick
from matcher.problem import SCALE
from matcher.profiles import Intake, Role, Strength
from matcher.rules.fairness import FLOOR
from matcher.rules.judge import barred_reasons, judge_pairs
from matcher.rules.registry import rule_entries
from matcher.solution import UNASSIGNED, evaluate

MOST_DETAILS = 5
"""Breaches of a rule that are told in words."""
LEFT_OUT = "unassigned"
"""Key of the rule on schools left out, which is told apart."""


def broken_rules(
    yardstick: Yardstick, own: Encoding, document: PlanDocument, leads: Mapping[str, tuple[str, ...]]
) -> tuple[ComparedRule, ...]:
    """Hold a plan against every rule of the yardstick.

    Parameters
    ----------
    yardstick : Yardstick
    own : Encoding
        Under the plan's own policy; its intake holds what clusters are formed around.
    document : PlanDocument
    leads : mapping of str to tuple of str
        By host id; a group of equals has no mentor, so no rule between a school and its mentor is broken.

    Returns
    -------
    tuple of ComparedRule
        Those with a breach, in the order of the policy, hard before soft.
    """
    encoding = _encoding_for(yardstick, own, document)
    hosts: dict[str, str | None] = {row.mentee_id: row.host_id for row in document.assignments}
    solution = solution_from(encoding, hosts)
    view = view_of(encoding, solution, evaluate(encoding.problem, solution), barred_too=True)
    entries = rule_entries(yardstick.policy)
    labels = {entry.key: entry.label for entry in entries}
    found = _barred(view, leads)
    for (key, strength), finding in find_breaches(view).items():
        if key != LEFT_OUT and finding.breaches:
            at = (key, strength is Strength.HARD)
            details = [one.detail for one in finding.breaches]
            known, told, units = found.get(at, (0, [], 0))
            count, spent = len(details), sum(one.units for one in finding.breaches)
            found[at] = known + count, [*told, *details], units + spent
    order = {entry.key: at for at, entry in enumerate(entries)}
    return tuple(
        ComparedRule(
            key=key,
            label=labels.get(key, key),
            must_hold=hard,
            breaches=count,
            points=None if hard else rounded(units / SCALE),
            details=tuple(details[:MOST_DETAILS]),
        )
        for (key, hard), (count, details, units) in sorted(
            found.items(), key=lambda item: (not item[0][1], order.get(item[0][0], len(order)), item[0])
        )
    )


def _encoding_for(yardstick: Yardstick, own: Encoding, document: PlanDocument) -> Encoding:
    """Encode what the plan was made of under the yardstick; as it is where nothing was formed."""
    base = yardstick.encoding
    known = set(base.host_ids)
    mentees = {*(row.mentee_id for row in document.assignments), *(r.mentee_id for r in document.unassigned)}
    if mentees == set(base.mentee_ids) and {row.host_id for row in document.assignments} <= known:
        return base
    used = {card.host_id for card in document.clusters}
    return encode(_of_plan(own.intake, used), yardstick.policy)


def _of_plan(intake: Intake, used: set[str]) -> Intake:
    """Return the intake without the hosts that form no cluster, and without what names them."""
    schools = tuple(one for one in intake.schools if one.role is Role.MENTEE or one.school_id in used)
    inside = {school.school_id for school in schools}
    return intake.model_copy(
        update={
            "schools": schools,
            "maturity": tuple(one for one in intake.maturity if one.school_id in inside),
            "links": tuple(one for one in intake.links if {one.school_a, one.school_b} <= inside),
            "preferences": tuple(
                one for one in intake.preferences if {one.from_school, one.to_school} <= inside
            ),
        }
    )


def _barred(
    view: PlanView, leads: Mapping[str, tuple[str, ...]]
) -> dict[tuple[str, bool], tuple[int, list[str], int]]:
    """Pairs of the plan that a rule of the yardstick bars: by rule how many, the first few in words."""
    encoding = view.encoding
    chosen = [
        (mentee, host)
        for mentee, host in enumerate(view.host_of)
        if host != UNASSIGNED
        and view.pair_at[mentee] < 0
        and leads.get(encoding.host_ids[host], (encoding.host_ids[host],))
    ]
    pairs = np.array(chosen, dtype=np.int64).reshape(-1, 2)
    outcomes = judge_pairs(
        encoding.intake, encoding.features, encoding.policy, PairList(pairs[:, 0], pairs[:, 1])
    )
    found: dict[tuple[str, bool], tuple[int, list[str], int]] = {}
    for outcome in outcomes:
        at = np.flatnonzero(outcome.forbids)
        if at.size:
            said = [_words(view, outcome.key, *chosen[one]) for one in at[:MOST_DETAILS].tolist()]
            found[outcome.key, True] = int(at.size), said, 0
    low = {pair: words for pair in chosen if (words := " ".join(below_floor(encoding, *pair)))}
    if low:
        named = [
            (view.mentees[one].name, view.mentors[host].name, words) for (one, host), words in low.items()
        ]
        said = [f"{one} with {other}: {words}" for one, other, words in named[:MOST_DETAILS]]
        found[FLOOR, True] = len(low), said, 0
    return found


def _words(view: PlanView, key: str, mentee: int, host: int) -> str:
    encoding = view.encoding
    reasons = barred_reasons(encoding.intake, encoding.features, encoding.policy, mentee, host)
    words = " ".join(words for rule, words in reasons if rule == key)
    return f"{view.mentees[mentee].name} with {view.mentors[host].name}: {words}"

"""Rule *travel*: the road distance is within every cap that applies.

Source: hub meetings about once a term, face-to-face or virtual by location (Blamire, MenSI D2.1, 2021,
annex 1, Q8).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.geography import road_km
from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.profiles import School, WorkMode
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict, pair_at


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Broken where ``road_km > min(max_km, mentee's cap, mentor's cap)``.

    A cap that is empty does not bind; a pair without any cap passes. The rule is waived
    (``virtual_exempt``) when one school works virtually and the other virtually or blended; a school
    whose mode of work is unknown is not exempt.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,); unknown where a cap applies but the distance is unknown.
    """
    cap = _cap(context, pairs)
    km = _km(context, pairs)
    binding = ~np.isnan(cap) & ~_exempt(context, pairs)
    return Verdict(binding & (km > cap), binding & np.isnan(km))


def excess(context: RuleContext, pairs: PairList) -> NDArray[np.float64]:
    """Kilometres by which each pair exceeds its tightest cap, shape (n_pairs,); NaN where unknown."""
    return _km(context, pairs) - _cap(context, pairs)


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name the distance, and whose cap it exceeds (the tightest)."""
    km = float(_km(context, pair_at(mentee, host))[0])
    caps = _caps_of(context, mentee, host)
    cap, who = min(caps, key=lambda entry: entry[0])
    distance = f"{km:.0f} km" if round(km) > cap else f"just over {cap:g} km"
    return f"{distance} by road, {who} {cap:g} km at most"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Say whose place is not known."""
    sides = (("mentee", context.mentees[mentee]), ("mentor", context.mentors[host]))
    unknown = [who for who, school in sides if school.latitude is None or school.longitude is None]
    return f"the coordinates of the {' and the '.join(unknown)} are not known"


def statement(policy: Policy) -> str:
    """Say the rule with its caps and its waiver."""
    rule = policy.rules.travel
    caps = [] if rule.max_km is None else [f"{rule.max_km:g} km"]
    caps += ["what each school said it can travel"] if rule.use_school_caps else []
    if not caps:
        return "The road distance has no cap"
    waiver = ", waived where one school works virtually and the other virtually or blended"
    return f"The road distance is within {' and '.join(caps)}{waiver if rule.virtual_exempt else ''}"


def _km(context: RuleContext, pairs: PairList) -> NDArray[np.float64]:
    mentee, mentor = context.mentee_rows[pairs.mentee], context.mentor_rows[pairs.host]
    return road_km(context.features, mentee, mentor, context.policy.geography)


def _cap(context: RuleContext, pairs: PairList) -> NDArray[np.float64]:
    """Tightest cap of each pair in km, shape (n_pairs,); NaN where none applies."""
    rule = context.policy.rules.travel
    cap = np.full(len(pairs), np.nan if rule.max_km is None else rule.max_km)
    if rule.use_school_caps:
        own = context.features.column("max_travel_km")
        for rows in (context.mentee_rows[pairs.mentee], context.mentor_rows[pairs.host]):
            cap = np.fmin(cap, own[rows])
    return cap


def _caps_of(context: RuleContext, mentee: int, host: int) -> list[tuple[float, str]]:
    rule = context.policy.rules.travel
    caps = [(rule.max_km, "the rule allows")]
    if rule.use_school_caps:
        caps += [
            (context.mentees[mentee].max_travel_km, "the mentee can travel"),
            (context.mentors[host].max_travel_km, "the mentor can travel"),
        ]
    return [(cap, who) for cap, who in caps if cap is not None]


def _exempt(context: RuleContext, pairs: PairList) -> NDArray[np.bool_]:
    if not context.policy.rules.travel.virtual_exempt:
        return np.zeros(len(pairs), np.bool_)
    mentee, mentor = _reach(context.mentees)[pairs.mentee], _reach(context.mentors)[pairs.host]
    exempt: NDArray[np.bool_] = mentee + mentor >= 3  # virtual with virtual (4) or with blended (3)
    return exempt


def _reach(schools: tuple[School, ...]) -> NDArray[np.int64]:
    """How virtual a school's work is: 2 virtual, 1 blended, 0 face-to-face or unknown."""
    value = {WorkMode.VIRTUAL: 2, WorkMode.BLENDED: 1, WorkMode.FACE_TO_FACE: 0, None: 0}
    return np.array([value[school.work_mode] for school in schools], dtype=np.int64)


RULE = PairRuleSpec("travel", "Travel", judge, breach, missing, statement, excess)

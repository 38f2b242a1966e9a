"""Rule *known_cost*: what a pair costs is known, so that money never takes an unknown for nothing."""

from __future__ import annotations

import numpy as np

from matcher.costs.travel import travel_of
from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Unknown where travel costs something, the distance is not known and the policy assumes none.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,); nothing is ever known to be broken.
    """
    none = np.zeros(len(pairs), np.bool_)
    if not context.policy.money.enabled:
        return Verdict(none, none.copy())
    travel = travel_of(context.mentees, context.mentors, context.features, context.policy, pairs)
    return Verdict(none, ~travel.known)


def breach(_context: RuleContext, _mentee: int, _host: int) -> str:
    """Say that the cost is not known."""
    return "what the pair costs is not known"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Say why the cost is not known."""
    sides = (("mentee", context.mentees[mentee]), ("mentor", context.mentors[host]))
    unknown = [who for who, school in sides if school.latitude is None or school.longitude is None]
    return f"the coordinates of the {' and the '.join(unknown)} are not known, so that travel has no cost"


def statement(_policy: Policy) -> str:
    """Say the rule."""
    return "What a pair costs is known"


RULE = PairRuleSpec("known_cost", "Known cost", judge, breach, missing, statement)

"""Rule *maturity_gap*: the mentor is ahead of the mentee, but not too far.

Source: sensitivity to power imbalance (Blamire, MenSI D2.1, 2021, conclusion). A school's maturity is
confidential: no sentence here names a value.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict, pair_at

_TOLERANCE = 1e-9


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Broken where ``mentor - mentee`` (feature ``maturity_mean``, 0–1) leaves the band, limits included.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,); unknown where a mean is unknown.
    """
    rule = context.policy.rules.maturity_gap
    gap = _gap(context, pairs)
    outside = (gap < rule.min_gap - _TOLERANCE) | (gap > rule.max_gap + _TOLERANCE)
    return Verdict(outside, np.isnan(gap))


def excess(context: RuleContext, pairs: PairList) -> NDArray[np.float64]:
    """By how much each pair's gap leaves the band, shape (n_pairs,); NaN where a mean is unknown."""
    rule = context.policy.rules.maturity_gap
    gap = _gap(context, pairs)
    outside: NDArray[np.float64] = np.maximum(rule.min_gap - gap, gap - rule.max_gap) - _TOLERANCE
    return outside


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Say on which side of the band the pair lies."""
    gap = float(_gap(context, pair_at(mentee, host))[0])
    if gap > context.policy.rules.maturity_gap.max_gap:
        return "the mentor is further ahead than the rule allows"
    return "the mentor is less far ahead than the rule asks for"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Say whose maturity is not known."""
    mean = context.features.column("maturity_mean")
    sides = (("mentee", context.mentee_rows[mentee]), ("mentor", context.mentor_rows[host]))
    return (
        f"the maturity of the {' and the '.join(w for w, row in sides if np.isnan(mean[row]))} is not known"
    )


def statement(policy: Policy) -> str:
    """Say the rule with its band."""
    rule = policy.rules.maturity_gap
    if policy.peers.enabled:
        return (
            f"The mean maturity of every two schools of a group differs by at most {rule.max_gap:g} "
            "on the scale from 0 to 1"
        )
    return (
        f"The mentor's mean maturity exceeds the mentee's by {rule.min_gap:g} to {rule.max_gap:g} "
        "on the scale from 0 to 1"
    )


def _gap(context: RuleContext, pairs: PairList) -> NDArray[np.float64]:
    mean = context.features.column("maturity_mean")
    gap: NDArray[np.float64] = mean[context.mentor_rows[pairs.host]] - mean[context.mentee_rows[pairs.mentee]]
    return gap


RULE = PairRuleSpec("maturity_gap", "Maturity gap", judge, breach, missing, statement, excess)

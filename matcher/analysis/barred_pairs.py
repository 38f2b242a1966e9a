"""Why pairs are barred, as numbers: from the rules' verdicts to the questions about a conflict."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoding
from matcher.encoding.eligibility import pair_blocks
from matcher.policy.concessions import PAIR_RULE_NAMES, Concession
from matcher.policy.model import Policy
from matcher.questions.demands import PairBars
from matcher.rules.fairness import FLOOR
from matcher.rules.judge import judge_pairs


def pair_bars(encoding: Encoding) -> PairBars:
    """Say of every pair which hard rules bar it.

    Parameters
    ----------
    encoding : Encoding

    Returns
    -------
    PairBars
        Rules in the policy's order; only those that bar a pair.
    """
    verdicts = _verdicts(encoding, encoding.policy)
    keys = tuple(key for key, barred in verdicts.items() if barred.any())
    mask = np.zeros((len(encoding.mentee_ids), len(encoding.host_ids)), np.uint16)
    for bit, key in enumerate(keys):
        mask |= verdicts[key].astype(np.uint16) << np.uint16(bit)
    places = np.array([school.demand for school in encoding.intake.mentees], dtype=np.int64)
    return PairBars(keys, mask, places)


def opened_pairs(
    encoding: Encoding, bars: PairBars, within: Mapping[str, float | None]
) -> NDArray[np.uint16]:
    """Say of every pair which of its bars would fall if the rule were waived for the mentee.

    Parameters
    ----------
    encoding : Encoding
    bars : PairBars
    within : mapping of str to (float or None)
        Rules that may be waived; the amount by which the limit is widened, None for a waiver without limit.

    Returns
    -------
    ndarray of uint16, shape (n_mentees, n_hosts)
        Bits as in ``bars.mask``; only bits set there are set.
    """
    waived = tuple(
        Concession(rule=key, school=school, amount=amount)
        for key, amount in within.items()
        if key in PAIR_RULE_NAMES
        for school in encoding.mentee_ids
    )
    verdicts = _verdicts(encoding, encoding.policy.model_copy(update={"concessions": waived}))
    opens = np.zeros_like(bars.mask)
    for bit, key in enumerate(bars.keys):
        if key not in within:
            continue
        falls = ~verdicts[key] if key in PAIR_RULE_NAMES else np.ones_like(bars.mask, dtype=np.bool_)
        opens |= falls.astype(np.uint16) << np.uint16(bit)
    return opens & bars.mask


def _verdicts(encoding: Encoding, policy: Policy) -> dict[str, NDArray[np.bool_]]:
    """By rule: which pairs it bars; shape (n_mentees, n_hosts) each."""
    shape = len(encoding.mentee_ids), len(encoding.host_ids)
    found: dict[str, NDArray[np.bool_]] = {}
    for pairs in pair_blocks(*shape):
        for outcome in judge_pairs(encoding.intake, encoding.features, policy, pairs):
            barred = found.setdefault(outcome.key, np.zeros(shape, np.bool_))
            barred[pairs.mentee, pairs.host] = outcome.forbids
    if len(encoding.floored):
        found[FLOOR] = np.zeros(shape, np.bool_)
        found[FLOOR][encoding.floored.mentee, encoding.floored.host] = True
    return found

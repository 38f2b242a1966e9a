"""Which pairs may occur: every hard pair rule judged on every pair, block by block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.rules.judge import judge_pairs
from matcher.rules.outcome import PairOutcome

BLOCK_PAIRS = 200_000
"""Pairs judged at a time: bounds memory whatever the size of the intake."""


def judged_pairs(
    intake: Intake, features: FeatureTable, policy: Policy
) -> tuple[PairList, tuple[PairOutcome, ...]]:
    """Judge all pairs and keep those that no hard rule bars.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
    policy : Policy

    Returns
    -------
    pairs : PairList
        Eligible pairs, sorted by mentee then host.
    outcomes : tuple of PairOutcome
        Verdict of every rule on these pairs, in the rules' own order.
    """
    n_mentees, n_hosts = len(intake.mentees), len(intake.mentors)
    blocks = []
    for pairs in pair_blocks(n_mentees, n_hosts):
        outcomes = judge_pairs(intake, features, policy, pairs)
        barred = np.zeros(len(pairs), dtype=np.bool_)
        for outcome in outcomes:
            barred |= outcome.forbids
        blocks.append((pairs.take(~barred), tuple(_take(outcome, ~barred) for outcome in outcomes)))
    joined = PairList(
        np.concatenate([pairs.mentee for pairs, _ in blocks]),
        np.concatenate([pairs.host for pairs, _ in blocks]),
    )
    verdicts = zip(*(outcomes for _, outcomes in blocks), strict=True)
    return joined, tuple(_join(verdict) for verdict in verdicts)


def pair_blocks(n_mentees: int, n_hosts: int, block_pairs: int = BLOCK_PAIRS) -> Iterator[PairList]:
    """Cut all pairs into blocks of whole mentees; at least one block, which may be empty.

    Parameters
    ----------
    n_mentees, n_hosts : int
    block_pairs : int
        Pairs a block holds at most (one mentee's pairs always stay together).

    Yields
    ------
    PairList
        In order: mentees first, then hosts.
    """
    step = max(1, block_pairs // max(1, n_hosts))
    for start in range(0, max(1, n_mentees), step):
        whole = PairList.every(min(step, n_mentees - start), n_hosts)
        yield PairList(whole.mentee + start, whole.host)


def _take(outcome: PairOutcome, kept: NDArray[np.bool_]) -> PairOutcome:
    return PairOutcome(
        outcome.key, outcome.broken[kept], outcome.unknown[kept], outcome.hard[kept], outcome.price[kept]
    )


def _join(parts: tuple[PairOutcome, ...]) -> PairOutcome:
    if len({part.key for part in parts}) != 1:
        raise ValueError("the rules must come in the same order for every block of pairs")
    return PairOutcome(
        parts[0].key,
        np.concatenate([part.broken for part in parts]),
        np.concatenate([part.unknown for part in parts]),
        np.concatenate([part.hard for part in parts]),
        np.concatenate([part.price for part in parts]),
    )

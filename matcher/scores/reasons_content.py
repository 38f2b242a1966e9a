"""Phrases for what the schools do, wish and need: maturity, challenges, phases, wishes, partnership.

Each function words a block of exactly one pair.
"""

from __future__ import annotations

import numpy as np

from matcher.features.words import say_challenge, say_lacking, say_list, say_ordinal
from matcher.profiles import Challenge, Phase
from matcher.scores.components import PairBlock
from matcher.scores.maturity_band import score_areas

WORKABLE = 0.5
"""Score of an area from which its distance is called workable."""


def say_maturity_band(block: PairBlock) -> str:
    """Word the maturity band as a number of areas; no maturity value is shown."""
    mentee, host = block.of_mentee.maturity[0], block.of_host.maturity[0]
    lacks = bool(np.isnan(mentee).all()), bool(np.isnan(host).all())
    if any(lacks):
        return say_lacking("maturity values", *lacks)
    band = block.policy.criteria.maturity_band
    scores = score_areas(mentee, host, band)
    known = int((~np.isnan(scores)).sum())
    if not known:
        return "not known: no maturity area given for both schools"
    gap = host - mentee
    ahead = int(((scores >= WORKABLE) & (gap > 0)).sum())
    too_far = int(((scores < WORKABLE) & (gap > band.best_to)).sum())
    count = f"{ahead or 'none'} of {known} area{'' if known == 1 else 's'}"
    beyond = f", too far ahead in {too_far}" if too_far else ""
    instrument = block.data.features.column("maturity_instrument")
    differs = instrument[block.of_mentee.rows[0]] != instrument[block.of_host.rows[0]]
    note = " (measured with different instruments)" if differs else ""
    return f"mentor is ahead in {count} by a workable distance{beyond}{note}"


def say_challenge_fit(block: PairBlock) -> str:
    """Word which of the mentee's challenges the mentor is strong in, in the mentee's order."""
    ranks, strengths = block.of_mentee.challenges[0], block.of_host.strengths[0]
    if np.isnan(ranks).any():
        return "not known: no challenges given for the mentee"
    if np.isnan(strengths).any():
        return "not known: no strengths given for the mentor"
    named = sorted(
        (int(rank), challenge) for rank, challenge in zip(ranks, Challenge, strict=True) if rank > 0
    )
    strong = {challenge for flag, challenge in zip(strengths, Challenge, strict=True) if flag > 0}
    met = [(rank, challenge) for rank, challenge in named if challenge in strong]
    if not met:
        return (
            f"mentor lists no strength in {say_challenge(named[0][1])}, the mentee's only challenge"
            if len(named) == 1
            else f"mentor lists no strength in any of the mentee's {len(named)} challenges"
        )
    what = say_list([say_challenge(challenge) for _, challenge in met])
    if len(named) == 1:
        return f"mentor is strong in {what}, the mentee's only challenge"
    which = say_list([say_ordinal(rank) for rank, _ in met])
    return f"mentor is strong in {what}, the {which} challenge{'' if len(met) == 1 else 's'}"


def say_phase(block: PairBlock) -> str:
    """Word which of the mentee's phases the mentor covers."""
    mentee, host = block.of_mentee.phases[0], block.of_host.phases[0]
    lacks = bool(np.isnan(mentee).any()), bool(np.isnan(host).any())
    if any(lacks):
        return say_lacking("phases", *lacks)
    own = [phase for phase, flag in zip(Phase, mentee, strict=True) if flag > 0]
    common = [phase for phase, flag in zip(Phase, mentee * host, strict=True) if flag > 0]
    if not common:
        return f"mentor does not cover {say_list([_say_phase(phase) for phase in own])}"
    covered = f"mentor covers {say_list([_say_phase(phase) for phase in common])}"
    missing = len(own) - len(common)
    return covered if not missing else f"{covered}, {len(common)} of the mentee's {len(own)} phases"


def say_mentee_preference(block: PairBlock) -> str:
    """Word the mentee's wish."""
    return _say_wish(float(block.mentee_rank[0]), "mentee", "mentor")


def say_mentor_preference(block: PairBlock) -> str:
    """Word the mentor's wish."""
    return _say_wish(float(block.mentor_rank[0]), "mentor", "mentee")


def say_partnership(block: PairBlock) -> str:
    """Word the earlier partnership."""
    declared = block.data.partnerships.look_up(block.mentee, block.host)[0] > 0
    return "the schools were partners before" if declared else "no earlier partnership declared"


def _say_phase(phase: Phase) -> str:
    return phase.value.replace("-", " ")


def _say_wish(rank: float, asker: str, asked: str) -> str:
    if np.isnan(rank):
        return f"not known: the {asker} named no {asked}"
    if rank == 0:
        return f"the {asker} named others, not this {asked}"
    return f"the {asker}'s {say_ordinal(int(rank))} choice"

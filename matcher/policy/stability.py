"""Stability: whether the schools' own preferences come before everything else, and how."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from matcher.policy.base import PolicyPart


class StabilityMode(StrEnum):
    """Which plan the schools' preferences ask for."""

    OFF = "off"
    MENTEE_OPTIMAL = "mentee-optimal"
    MENTOR_OPTIMAL = "mentor-optimal"
    FEWEST_BLOCKING = "fewest-blocking"


class Ties(StrEnum):
    """How deferred acceptance orders schools of equal rank."""

    SCORE = "score"
    LOTTERY = "lottery"


class Unranked(StrEnum):
    """What a school that named others thinks of one that it did not name."""

    UNACCEPTABLE = "unacceptable"
    LAST = "last"


class Stability(PolicyPart):
    """Preferences of both sides before points: no mentee and mentor should both want each other more."""

    mode: StabilityMode = StabilityMode.OFF
    """off: preferences count by their criteria alone; mentee-optimal, mentor-optimal: deferred acceptance,
    where no other rule stands against it; fewest-blocking: as few blocking pairs as the hard rules allow,
    then the most points."""
    ties: Ties = Ties.SCORE
    """How deferred acceptance orders schools of equal rank: score: the pair worth more points first, then by
    lot; lottery: by lot alone. Does not matter to fewest-blocking, for which ties block nothing."""
    unranked: Unranked = Unranked.UNACCEPTABLE
    """What a school that named others thinks of one it did not name: unacceptable: it is not placed with it;
    last: any school it named comes first. A school that named nobody takes all alike."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Seed of the lots; publish it beforehand."""

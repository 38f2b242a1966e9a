"""Fairness: a floor for the worst-off, the worst-off first, bounds on differences between groups."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from matcher.policy.base import Points, PolicyPart, Rule
from matcher.policy.rules import Members
from matcher.profiles import Strength

if TYPE_CHECKING:
    from matcher.policy.model import Policy

PairPoints = Annotated[float, Field(ge=0, le=100)]


class Floor(Rule):
    """No school is placed in a pair of a lower score than this."""

    points: PairPoints = 40.0
    """Smallest score of a pair that is used, out of 100 points, before soft rules and costs."""


class Leximin(PolicyPart):
    """The worst-off first: as many schools placed as possible, then the worst pair raised, then the next."""

    enabled: bool = False
    """Whether the worst-off come before points."""
    step_points: Annotated[float, Field(gt=0, le=100)] = 5.0
    """Scores in one step of so many points count as equally good; a wider step leaves more to points."""


class Measure(StrEnum):
    """What two groups are compared by."""

    MEAN_SCORE = "mean-score"
    SHARE_PLACED = "share-placed"


class GroupBound(Rule):
    """How far two groups of schools may be apart."""

    label: Annotated[str, Field(min_length=1)]
    """Name of the bound as it stands in the report."""
    strength: Strength = Strength.HARD
    price: Points = 20.0
    """Where it is soft: points for each point (each percent of schools placed) beyond the limit."""
    members: Members
    """Schools of the first group."""
    others: Members | None = None
    """Schools of the second group; empty: all that are known not to be in the first."""
    measure: Measure = Measure.MEAN_SCORE
    """mean-score: mean score of the group's schools, 0 for one without a mentor; share-placed: percent of
    the group's schools that have a mentor."""
    at_most: Annotated[float, Field(ge=0, le=100)]
    """Largest difference either way, in points or in percent."""


class Fairness(PolicyPart):
    """Who may be how badly off, beside what the plan is worth in all."""

    floor: Floor = Floor()
    leximin: Leximin = Leximin()
    groups: tuple[GroupBound, ...] = ()
    """Bounds on the difference between two groups; with strength off they are shown and bind nothing."""
    show_price: bool = False
    """Whether the plan without this part is sought, too, to say what fairness costs: a second search."""

    @property
    def binds(self) -> bool:
        """Whether the plan depends on this part."""
        bound = any(one.strength is not Strength.OFF for one in self.groups)
        return self.leximin.enabled or self.floor.strength is not Strength.OFF or bound

    @model_validator(mode="after")
    def _priced(self) -> Fairness:
        if self.show_price and not self.binds:
            raise ValueError("show_price needs something that has a price: a floor, leximin or groups")
        return self


def fairness_faults(policy: Policy) -> tuple[str, ...]:
    """Say what in a policy contradicts fairness and lots, one clause each; nothing where both are off."""
    fair, lots = policy.fairness, bool(policy.lottery.seed)
    found = (
        (
            policy.peers.enabled and (fair.binds or bool(fair.groups) or lots),
            "groups of equals have no scores of pairs: fairness and lottery must be off",
        ),
        (
            fair.leximin.enabled and str(policy.stability.mode) != "off",
            "only one thing can come first: fairness.leximin.enabled or stability.mode",
        ),
        (
            bool(policy.layers.of) and (fair.leximin.enabled or fair.show_price),
            "with layers neither fairness.leximin nor fairness.show_price is possible",
        ),
    )
    return tuple(words for wrong, words in found if wrong)

"""The outlook: what is worked out beside a plan – prices, relaxations, cover, robustness."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matcher.policy.base import PolicyPart, UnitInterval


class OutlookRule(PolicyPart):
    """What is worked out beside the plan itself: what could change, and what it would cost or bring."""

    enabled: bool = True
    """Whether the report says what other mentors would cost, and what would help most."""
    tolerance: UnitInterval = 0.01
    """Share of the plan's points within which another plan counts as nearly as good."""
    samples: Annotated[int, Field(ge=0, le=10_000)] = 30
    """Drop-outs of mentors at random that the robustness of the plan is estimated from; 0 leaves it out."""
    share: UnitInterval = 0.1
    """Share of the mentors that drop out in each sample."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Seed of the samples."""
    work_limit: Annotated[float, Field(ge=0)] | None = 20.0
    """Deterministic work units after which the rest is not calculated, and said so; empty: no limit."""

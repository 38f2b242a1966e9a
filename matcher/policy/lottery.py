"""Lottery: ties between plans broken by lots that are drawn from a published seed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from matcher.policy.base import PolicyPart

_NEARLY = 1e-9


class Lottery(PolicyPart):
    """Lots decide between plans of equal points."""

    seed: str = ""
    """Text from which the lots are drawn, published before the schools apply; empty: no lots are drawn."""
    round_points: Annotated[float, Field(gt=0, le=100)] = 1.0
    """Scores and cohesion are rounded to multiples of so many points, so that small differences are ties;
    all prices of the policy must be such multiples."""

    @field_validator("round_points")
    @classmethod
    def _whole_units(cls, points: float) -> float:
        if abs(points * 1000 - round(points * 1000)) > _NEARLY:
            raise ValueError("round_points has at most three decimals")
        return points

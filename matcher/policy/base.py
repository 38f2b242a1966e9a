"""The base of every part of a policy, and what several parts share."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from matcher.policy.described import Described
from matcher.profiles import Strength

Points = Annotated[float, Field(ge=0, le=100_000)]
"""Points; a pair that fits perfectly is worth 100."""
UnitInterval = Annotated[float, Field(ge=0, le=1)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
NutsCode = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9A-Z]{0,3}$")]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class PolicyPart(Described):
    """A frozen part of a policy; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Rule(PolicyPart):
    """What every rule has: how binding it is, and its price when it is soft."""

    strength: Strength = Strength.OFF
    """hard: must hold; soft: costs `price` when broken; off: ignored."""
    price: Points = 20.0
    """Points that one breach costs when the rule is soft."""

"""The base of every part of the plan document."""

from __future__ import annotations

from pydantic import ConfigDict

from matcher.policy.described import Described


class DocumentPart(Described):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

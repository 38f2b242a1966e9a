"""Hubs that two schools lead together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from matcher.policy.base import PolicyPart
from matcher.policy.rules import LoadScope, Members
from matcher.profiles import Cefr, Strength

if TYPE_CHECKING:
    from matcher.policy.model import Policy


class Hubs(PolicyPart):
    """Hubs of two lead schools: clusters form around pairs of mentors, and each mentor leads at most one."""

    enabled: bool = False
    """Whether clusters are hubs that two mentors lead together. A hub's size is that of `rules.load`."""
    leads: tuple[Members, ...] = ()
    """Two conditions: one lead meets the first, the other the second. Empty: any two mentors."""
    alone: bool = False
    """Whether a mentor may lead a hub alone, too; its own load columns then count."""
    max_km_apart: Annotated[float, Field(gt=0)] | None = None
    """Road distance between the two leads at most; those whose distance is not known then lead no hub
    together. Empty: any."""
    language: Cefr | None = Cefr.B2
    """Level at which the two leads share a working language; empty: they need not."""

    @model_validator(mode="after")
    def _two_conditions(self) -> Hubs:
        if len(self.leads) not in (0, 2):
            raise ValueError("leads takes two conditions, one for each lead, or none")
        return self


def hubs_faults(policy: Policy) -> tuple[str, ...]:
    """Say what in a policy contradicts hubs of two leads, one clause each; nothing where they are off."""
    if not policy.hubs.enabled:
        return ()
    rules = policy.rules
    authority = (rules.authority.strength, *(one.strength for one in rules.authority.by_country.values()))
    found = (
        (policy.peers.enabled, "groups of equals have no leads: turn off peers or hubs"),
        (
            any(one not in (None, Strength.OFF) for one in authority),
            "the two leads of a hub may belong to two authorities: rules.authority must be off",
        ),
        (
            rules.load.applies_to is LoadScope.EVERY,
            "not every hub that could be formed can be: rules.load.applies_to must be leading",
        ),
        (
            rules.load.reserve.strength is not Strength.OFF,
            "places are counted of hubs that are formed: rules.load.reserve must be off",
        ),
    )
    return tuple(words for wrong, words in found if wrong)

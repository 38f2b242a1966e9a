"""Concessions: where a hard rule was given up for named schools, and why."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from matcher.policy.base import PolicyPart

PAIR_RULE_NAMES = ("country", "region", "language", "maturity_gap", "travel", "phase", "authority")
"""Rules about a mentee and a mentor, which a concession waives for one mentee."""
LINK_NAMES = ("rivalry", "forbid", "must_link", "lock", "neighbours", "apart_by_authority")
"""Rules about two schools, which a concession waives for the two."""
WITHIN_NAMES = ("travel", "maturity_gap")
"""Pair rules with a limit that can be widened by an amount."""
RULE_NAMES = (*PAIR_RULE_NAMES, *LINK_NAMES, "places", "minimum", "unassigned")
"""What a concession may give up, besides a quota or a composition by its number."""
CONCESSION_RULE = (
    "^(" + "|".join(RULE_NAMES) + r"|(quotas|composition)\[[0-9]+\]|reserve\[([A-Z]{2}|programme)\])$"
)


class Concession(PolicyPart):
    """A hard rule that is given up for one school, for two, or by an amount."""

    rule: Annotated[str, Field(pattern=CONCESSION_RULE)]
    """A rule such as travel or rivalry; places and minimum (a mentor's loads); unassigned; quotas[0],
    composition[0] and so on; reserve[HR] or reserve[programme]."""
    school: str = ""
    """Id of the school: the mentee of a rule about pairs, the mentor of places and minimum; empty for quotas,
    compositions and reserves."""
    other: str = ""
    """Id of the second school, for a rule about two schools."""
    amount: float | None = None
    """How much: places more; places fewer for minimum and reserve; km for travel and gap for maturity_gap
    (empty: waived whole); for quotas and compositions the change of at_most, or, below 0, of at_least."""
    reason: str = ""
    """Why, and by whom it was granted; it is shown in the report."""

    @model_validator(mode="after")
    def _complete(self) -> Concession:
        if (self.school == "") != self.rule.endswith("]"):
            raise ValueError("name the school (only for a quota, a composition or a reserve there is none)")
        if (self.other != "") != (self.rule in LINK_NAMES):
            raise ValueError("name a second school for a rule about two schools, and only there")
        if self.rule in ("places", "minimum") or self.rule.endswith("]"):
            if not self.amount or self.amount != int(self.amount):
                raise ValueError("the amount is a whole number other than 0")
        elif self.rule not in WITHIN_NAMES and self.amount is not None:
            raise ValueError(f"rule {self.rule} takes no amount")
        rising = self.rule in (*WITHIN_NAMES, "places", "minimum") or self.rule.startswith("reserve[")
        if rising and (self.amount or 0) < 0:
            raise ValueError("the amount is above 0")
        return self

"""Links that schools or the programme declared: which hold, how binding they are, and why."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.policy.model import Policy
from matcher.policy.rules import DeclaredRule
from matcher.profiles import Intake, Link, LinkKind, Strength

LINK_RULES = {
    LinkKind.RIVALRY: "rivalry",
    LinkKind.MUST_LINK: "must_link",
    LinkKind.LOCK: "lock",
    LinkKind.FORBID: "forbid",
}
"""Key in ``policy.rules`` for each kind of link that is a rule (a partnership is a criterion)."""

_WORDS = {
    LinkKind.RIVALRY: "declared rivalry",
    LinkKind.MUST_LINK: "declared must-link",
    LinkKind.LOCK: "locked pair",
    LinkKind.FORBID: "forbidden pair",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """A link in force.

    Attributes
    ----------
    link : Link
        As it was declared.
    hard : bool
        Whether it must hold.
    price : float
        Points it costs when broken; 0 when it is hard.
    """

    link: Link
    hard: bool
    price: float

    @property
    def reason(self) -> str:
        """What was declared, why and by whom, in a phrase."""
        details = [
            self.link.reason or "",
            f"declared by {self.link.declared_by}" if self.link.declared_by else "",
            f"until {self.link.expires.isoformat()}" if self.link.expires else "",
        ]
        inner = "; ".join(part for part in details if part)
        return f"{_WORDS[self.link.kind]} ({inner})" if inner else _WORDS[self.link.kind]


def declared_links(intake: Intake, policy: Policy, kind: LinkKind) -> tuple[Declared, ...]:
    """Links of one kind that hold on ``intake.as_of``, in the order of the intake.

    A link that has expired or that was declared *off* never holds; for the rest the policy's own
    strength, if it gives one, comes before the declared one.
    """
    rule: DeclaredRule = getattr(policy.rules, LINK_RULES[kind])
    if rule.strength is Strength.OFF:
        return ()
    found = []
    for link in intake.links:
        if link.kind is kind and link.in_force(intake.as_of):
            hard = (rule.strength or link.strength) is Strength.HARD
            found.append(Declared(link, hard, 0.0 if hard else rule.price))
    return tuple(found)

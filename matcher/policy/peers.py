"""Groups of equals: clusters that no mentor leads."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from matcher.policy.base import PolicyPart
from matcher.policy.rules import LoadScope
from matcher.profiles import Strength

if TYPE_CHECKING:
    from matcher.policy.model import Policy


class PeerSchools(StrEnum):
    """Which schools the groups are made of."""

    MENTEES = "mentees"
    ALL = "all"


class HubChoice(StrEnum):
    """How the hub school of a group is proposed once the group is formed."""

    OFF = "off"
    CENTRAL = "central"
    CONNECTED = "connected"


class Reviews(StrEnum):
    """Whether the report proposes who reviews whom."""

    OFF = "off"
    RING = "ring"


class Peers(PolicyPart):
    """Groups of equals without a mentor; the rules about pairs hold between every two schools of a group."""

    enabled: bool = False
    """Whether clusters are groups of equals instead of a mentor's mentees. `rules.load` is then the size of a
    group, and what two schools add by being together (`cohesion`) is all that counts."""
    schools: PeerSchools = PeerSchools.MENTEES
    """mentees: the schools to be placed form groups, mentors take no part; all: mentors join as equals."""
    hub: HubChoice = HubChoice.CENTRAL
    """Hub school proposed for each group afterwards. central: the one that shares most with the others;
    connected: the one that works with most of the others in a common language and can travel to them; off:
    none."""
    reviews: Reviews = Reviews.OFF
    """ring: the report proposes an order in which each school reviews the next and is reviewed by the one
    before; off: no order is proposed."""


def peers_faults(policy: Policy) -> tuple[str, ...]:
    """Say what in a policy contradicts groups of equals, one clause each; nothing where they are off."""
    if not policy.peers.enabled:
        return ()
    rules, load = policy.rules, policy.rules.load
    weighted = any(getattr(part, "weight", 0) > 0 for _, part in policy.cohesion)
    gap = rules.maturity_gap
    off = all(
        one in (None, Strength.OFF) for one in (gap.strength, *(o.strength for o in gap.by_country.values()))
    )
    found = (
        (
            policy.cohesion.points_per_pair == 0 or not weighted,
            "groups of equals are worth what their schools share: give cohesion.points_per_pair more than 0, "
            "and a weight to what is to be shared",
        ),
        (load.min < 2, "a group of equals has at least two schools: rules.load.min must be 2 or more"),
        (
            load.min_strength is not Strength.HARD,
            "the smallest size of a group of equals must hold: rules.load.min_strength must be hard",
        ),
        (
            load.applies_to is LoadScope.EVERY,
            "no group of equals must be formed before others: rules.load.applies_to must be leading",
        ),
        (
            load.reserve.strength is not Strength.OFF,
            "groups of equals keep no places free: rules.load.reserve must be off",
        ),
        (
            not off and gap.min_gap != -gap.max_gap,
            "between equals the gap has no direction: "
            "rules.maturity_gap.min_gap must be max_gap with a minus",
        ),
    )
    return tuple(words for wrong, words in found if wrong)


def groups_by_country(policy: Policy) -> bool:
    """Whether every group of equals stays in one country: the country rule is hard for all."""
    rule = policy.rules.country
    stated = (rule.strength, *(one.strength for one in rule.by_country.values()))
    return all(one in (None, Strength.HARD) for one in stated)

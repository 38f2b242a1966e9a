"""Groups of equals: the schools that take part become the mentees, anonymous groups the hosts."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.exceptions import UsageError
from matcher.features.countries import SEVERAL_COUNTRIES, country_name
from matcher.policy.model import Policy
from matcher.policy.peers import PeerSchools, groups_by_country
from matcher.profiles import Intake, Link, LinkKind, Role, School, Strength


def form_groups(intake: Intake, policy: Policy) -> Intake:
    """Make every school that takes part a mentee, and add empty groups for them to fill.

    There are as many groups as could be filled at their smallest size: ``places // rules.load.min`` in each
    country, or over all countries where the country rule does not keep groups in one. A lock between two
    schools that both take part is a must-link, since no school leads; links and wishes that name a
    school that takes no part fall away with it.

    Parameters
    ----------
    intake : Intake
        In order.
    policy : Policy
        With ``peers.enabled``.

    Returns
    -------
    Intake

    Raises
    ------
    UsageError
        If a school has the id of a group.

    References
    ----------
    NAHT, *The principles of effective school to school peer review*, 2019 (always reciprocated).
    """
    everyone = policy.peers.schools is PeerSchools.ALL
    members = tuple(_member(one) for one in intake.schools if everyone or one.role is Role.MENTEE)
    inside = {school.school_id for school in members}
    groups = tuple(_groups(members, policy))
    taken = sorted(inside & {group.school_id for group in groups})
    if taken:
        raise UsageError(
            f"{', '.join(taken)}: ids that begin with 'group-' stand for groups of equals; "
            "give the school another."
        )
    return intake.model_copy(
        update={
            "schools": (*members, *groups),
            "maturity": tuple(one for one in intake.maturity if one.school_id in inside),
            "links": tuple(_links(intake.links, inside, policy.rules.lock.strength)),
            "preferences": tuple(
                wish for wish in intake.preferences if {wish.from_school, wish.to_school} <= inside
            ),
        }
    )


def _member(school: School) -> School:
    if school.role is Role.MENTEE:
        return school
    return school.model_copy(update={"role": Role.MENTEE, "min_load": None, "max_load": None})


def _links(links: tuple[Link, ...], inside: set[str], locks: Strength | None) -> Iterator[Link]:
    """Yield links between schools that take part; a lock as a must-link, unless locks are off."""
    for link in links:
        if not {link.school_a, link.school_b} <= inside:
            continue
        if link.kind is not LinkKind.LOCK:
            yield link
        elif locks is not Strength.OFF:
            yield link.model_copy(update={"kind": LinkKind.MUST_LINK, "strength": locks or link.strength})


def _groups(members: tuple[School, ...], policy: Policy) -> Iterator[School]:
    """Yield empty groups, numbered in each country; ids of one width, so that they sort as numbers do."""
    one_country = groups_by_country(policy)
    places: dict[str, int] = {}
    for school in members:
        home = school.country if one_country else SEVERAL_COUNTRIES
        places[home] = places.get(home, 0) + school.demand
    for country, demand in sorted(places.items()):
        number = demand // policy.rules.load.min
        for at in range(1, number + 1):
            where = f" ({country_name(country)})" if one_country and len(places) > 1 else ""
            yield School(
                school_id=f"group-{country}-{at:0{len(str(number))}d}",
                name=f"Group {at}{where}",
                role=Role.MENTOR,
                country=country,
            )

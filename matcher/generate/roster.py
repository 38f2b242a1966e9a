"""How many schools each country has, where they stand, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.generate.dice import Dice
from matcher.generate.names import STOCKS, SchoolKind
from matcher.generate.towns import Town, central_towns, distances_km, load_towns, points_of
from matcher.profiles import Role, Rurality

_NEAR_KM = 40.0
_APART_KM = 8.0
_TOWN_WEIGHT = {Rurality.URBAN: 3.0, Rurality.INTERMEDIATE: 2.0, Rurality.RURAL: 1.5}


@dataclass(frozen=True, slots=True)
class Place:
    """One school to be made up: id, role, town, kind and name.

    ``home`` is the position of the mentor that a mentee was placed around (a mentor's own position): a plan
    in which nearly everybody has a mentor is hidden in the data, though it need not be the best one.
    """

    school_id: str
    role: Role
    town: Town
    kind: SchoolKind
    name: str
    home: int


def share_out(total: int, parts: int, *, extra_to_last: bool = False) -> list[int]:
    """Split `total` into `parts` as evenly as can be; the last part may take up to two of the rest first."""
    base, rest = divmod(total, parts)
    sizes = [base] * parts
    if extra_to_last:
        taken = min(rest, 2)
        sizes[-1] += taken
        rest -= taken
    for at in range(rest):
        sizes[at] += 1
    return sizes


def make_roster(country: str, mentors: int, mentees: int, dice: Dice) -> list[Place]:
    """Make up the schools of one country, mentors first.

    Mentors stand in central towns, mentees around them, those of one home in different towns.
    A name is used in one town alone before it is used in another with the town's name put behind it.
    """
    towns = load_towns()[country]
    leads = central_towns(towns, mentors)
    homes = [home for home, size in enumerate(share_out(mentees, mentors)) for _ in range(size)]
    where = leads + _settle(towns, leads, homes, dice)
    width = max(3, len(str(mentors + mentees)))
    kinds = _kinds(country, mentors, dice) + _kinds(country, mentees, dice)
    names = _names(country, where, kinds, dice)
    return [
        Place(
            school_id=f"{country}-{at + 1:0{width}d}",
            role=Role.MENTOR if at < mentors else Role.MENTEE,
            town=town,
            kind=kind,
            name=name,
            home=at if at < mentors else homes[at - mentors],
        )
        for at, (town, kind, name) in enumerate(zip(where, kinds, names, strict=True))
    ]


def _settle(towns: tuple[Town, ...], leads: list[Town], homes: list[int], dice: Dice) -> list[Town]:
    """Draw a town for each mentee: near its home, in the same NUTS-1 region, not beside another of its home.

    Every third goes to a minority's town that has none yet, if there is one. The very last one lies across
    the border of a region, as one real Italian pair did (16 km apart).
    """
    points = points_of(towns)
    apart = distances_km(points, points)
    position = {town: at for at, town in enumerate(towns)}
    common = np.array([_TOWN_WEIGHT[town.degurba] for town in towns])
    minority = np.array([bool(town.minority_language) for town in towns])
    regions = np.array([town.nuts3[:3] for town in towns])
    taken: dict[int, list[int]] = {}
    chosen: list[int] = []
    for number, home in enumerate(homes, start=1):
        lead = position[leads[home]]
        inside = regions == regions[lead]
        crossing = number == len(homes) and not inside.all()
        allowed = ~inside if crossing else inside
        scale = _NEAR_KM / 3 if crossing else _NEAR_KM
        fresh = allowed & minority
        fresh[chosen] = False
        if number % 3 == 2 and fresh.any() and not crossing:
            allowed, scale = fresh, _NEAR_KM * 2
        weights = common * np.exp(-apart[lead] / scale) * allowed
        mates = taken.setdefault(home, [])
        free = weights * (apart[mates].min(axis=0) >= _APART_KM if mates else 1.0)
        # With more mentees at one home than towns around it, several must share a town.
        at = dice.pick(range(len(towns)), (free if free.sum() > 0 else weights).tolist())
        mates.append(at)
        chosen.append(at)
    return [towns[at] for at in chosen]


def _kinds(country: str, count: int, dice: Dice) -> list[SchoolKind]:
    """Kinds in their usual shares (largest remainder), in random order."""
    stock = STOCKS[country].kinds
    exact = [kind.share * count for kind in stock]
    sizes = [int(share) for share in exact]
    by_rest = sorted(range(len(stock)), key=lambda at: sizes[at] - exact[at])
    for at in by_rest[: count - sum(sizes)]:
        sizes[at] += 1
    return dice.shuffled([kind for kind, size in zip(stock, sizes, strict=True) for _ in range(size)])


def _names(country: str, towns: list[Town], kinds: list[SchoolKind], dice: Dice) -> list[str]:
    epithets = dice.shuffled(STOCKS[country].epithets)
    taken: set[str] = set()
    names = []
    for at, (town, kind) in enumerate(zip(towns, kinds, strict=True)):
        plain = kind.pattern.format(epithets[at % len(epithets)])
        name = plain if at < len(epithets) else f"{plain}, {town.name}"
        number = 2
        while name in taken:
            name = f"{plain} {number}, {town.name}"
            number += 1
        taken.add(name)
        names.append(name)
    return names

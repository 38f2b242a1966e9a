"""How many schools each country has, where they stand, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.generate.dice import Dice
from matcher.generate.names import STOCKS, SchoolKind
from matcher.generate.towns import Town, central_towns, load_towns
from matcher.profiles import Role, Rurality

_TOWN_WEIGHT = {Rurality.URBAN: 3.0, Rurality.INTERMEDIATE: 2.0, Rurality.RURAL: 1.5}


@dataclass(frozen=True, slots=True)
class Place:
    """One school to be made up: id, role, town, kind and name."""

    school_id: str
    role: Role
    town: Town
    kind: SchoolKind
    name: str


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

    Mentors stand in central towns, mentees anywhere, several in one town among them. A name is used in one
    town alone before it is used in another with the town's name put behind it.
    """
    towns = load_towns()[country]
    where = central_towns(towns, mentors)
    weights = [_TOWN_WEIGHT[town.degurba] for town in towns]
    where += [dice.pick(towns, weights) for _ in range(mentees)]
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
        )
        for at, (town, kind, name) in enumerate(zip(where, kinds, names, strict=True))
    ]


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

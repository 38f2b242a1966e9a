"""Rules of fairness in words: the floor, and bounds on differences between groups."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.policy.fairness import Fairness, GroupBound, Measure
from matcher.profiles import Strength
from matcher.rules.members import describe

FLOOR = "fairness.floor"
"""Key of the floor."""
FLOOR_LABEL = "Floor"


def group_rule(number: int) -> str:
    """Key of one bound on two groups."""
    return f"fairness.groups[{number}]"


def fairness_words(fairness: Fairness) -> Iterator[tuple[str, str, str, Strength, float | None]]:
    """Key, name, sentence, strength and price of each rule of fairness that is not off."""
    floor = fairness.floor
    if floor.strength is not Strength.OFF:
        price = floor.price if floor.strength is Strength.SOFT else None
        yield FLOOR, FLOOR_LABEL, f"{floor_statement(fairness)}.", floor.strength, price
    for number, bound in enumerate(fairness.groups):
        if bound.strength is not Strength.OFF:
            price = bound.price if bound.strength is Strength.SOFT else None
            yield group_rule(number), bound.label, f"{_said(bound)}.", bound.strength, price


def floor_statement(fairness: Fairness) -> str:
    """Say the floor."""
    return f"No school is placed in a pair that scores below {fairness.floor.points:g} of 100 points"


def group_names(bound: GroupBound) -> tuple[str, str]:
    """Names of the two groups: ``schools with rurality rural`` and ``all others``."""
    first = describe(bound.members)
    second = (
        "all others" if bound.others is None else f"schools with {describe(bound.others) or 'any property'}"
    )
    return f"schools with {first or 'any property'}", second


def _said(bound: GroupBound) -> str:
    unit = "percent" if bound.measure is Measure.SHARE_PLACED else "point"
    beyond = f"; each {unit} beyond costs {bound.price:g} points" if bound.strength is Strength.SOFT else ""
    return f"{_compared(bound)}{beyond}"


def _compared(bound: GroupBound) -> str:
    first, second = group_names(bound)
    if bound.measure is Measure.SHARE_PLACED:
        shares = f"The shares of {first} and of {second} that have a mentor"
        return f"{shares} differ by at most {bound.at_most:g} percent"
    return (
        f"The mean scores of {first} and of {second} differ by at most {bound.at_most:g} points; a school "
        "without a mentor counts 0"
    )

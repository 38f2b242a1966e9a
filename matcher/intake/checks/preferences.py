"""Checks of preferences: pairs ranked twice, wishes for oneself, wishes that cannot count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.origin import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue


def check_ranked_twice(context: CheckContext) -> Iterator[Issue]:
    """Find pairs that one school ranked more than once. Equal ranks of different schools are ties."""
    first_by_pair: dict[tuple[str, str], int] = {}
    wishes = context.intake.preferences
    for at, wish in enumerate(wishes):
        first = first_by_pair.setdefault((wish.from_school, wish.to_school), at)
        if first == at:
            continue
        where = context.place(Table.PREFERENCES, first)
        cell = (Table.PREFERENCES, at, "rank")
        if wishes[first].rank == wish.rank:
            yield context.warning(
                "preference-twice",
                cell,
                wish.rank,
                f"{wish.from_school} ranks {wish.to_school} {wish.rank} in {where} already.",
                "Delete one of the two rows.",
            )
        else:
            yield context.error(
                "preference-contradiction",
                cell,
                wish.rank,
                f"{wish.from_school} ranks {wish.to_school} {wish.rank} here, and "
                f"{wishes[first].rank} in {where}.",
                "Keep the rank that is right and delete the other row.",
            )


def check_wish_roles(context: CheckContext) -> Iterator[Issue]:
    """Find schools that rank themselves, or a school of their own role."""
    for at, wish in enumerate(context.intake.preferences):
        cell = (Table.PREFERENCES, at, "to_school")
        chooser, chosen = context.schools.get(wish.from_school), context.schools.get(wish.to_school)
        if wish.from_school == wish.to_school:
            yield context.error(
                "self-preference",
                cell,
                wish.to_school,
                "This school ranks itself.",
                "Correct one of the two ids, or delete the row.",
            )
        elif chooser is not None and chosen is not None and chooser.role is chosen.role:
            yield context.warning(
                "preference-without-effect",
                cell,
                wish.to_school,
                f"{wish.from_school} and {wish.to_school} are both {chosen.role}s; "
                "wishes count only between a mentee and a mentor.",
                "Correct the id, or delete the row.",
            )

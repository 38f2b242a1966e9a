"""Checks that links, preferences and maturity records name schools that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.checks.lookup import SchoolLookup
from matcher.intake.origin import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

Named = tuple[Table, int, str, str]
"""Table, position of the record, field and the school id that stands there."""


def check_references(context: CheckContext) -> Iterator[Issue]:
    """Find ids in the other tables that no school bears."""
    if context.schools_are_unreadable:
        return
    lookup = SchoolLookup(context)
    for table, at, field, school_id in _named_schools(context):
        if school_id in context.schools or school_id in context.rejected_ids:
            continue
        yield context.error(
            "unknown-school",
            (table, at, field),
            school_id,
            "No school has this id.",
            lookup.advice(school_id),
        )


def _named_schools(context: CheckContext) -> Iterator[Named]:
    intake = context.intake
    for at, record in enumerate(intake.maturity):
        yield Table.MATURITY, at, "school_id", record.school_id
    for at, link in enumerate(intake.links):
        yield Table.LINKS, at, "school_a", link.school_a
        yield Table.LINKS, at, "school_b", link.school_b
    for at, wish in enumerate(intake.preferences):
        yield Table.PREFERENCES, at, "from_school", wish.from_school
        yield Table.PREFERENCES, at, "to_school", wish.to_school

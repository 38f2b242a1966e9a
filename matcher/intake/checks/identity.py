"""Checks of who is who: ids that occur twice, names that occur twice in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matcher.intake.checks.lookup import id_key
from matcher.intake.origin import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue


_PHONE = re.compile(r"\+\d[\d ()/.-]{6,}|\(?0\d*\)?(?:[ /]+\d+){2,}")


def check_ids(context: CheckContext) -> Iterator[Issue]:
    """Find ids that two schools bear, and ids so alike that a spreadsheet may have spoilt one of them."""
    first_by_key: dict[str, int] = {}
    schools = context.intake.schools
    for at, school in enumerate(schools):
        first = context.positions[school.school_id]
        alike = first_by_key.setdefault(id_key(school.school_id), at)
        if first != at:
            where = context.place(Table.SCHOOLS, first, "school_id")
            yield context.error(
                "duplicate-id",
                (Table.SCHOOLS, at, "school_id"),
                school.school_id,
                f"{schools[first].name} ({where}) has this id too.",
                "Give each school its own id, or delete the row if it is the same school.",
            )
        elif alike != at and id_key(school.school_id):
            yield context.warning(
                "similar-id",
                (Table.SCHOOLS, at, "school_id"),
                school.school_id,
                f"This id is nearly the same as {schools[alike].school_id} "
                f"({context.place(Table.SCHOOLS, alike, 'school_id')}).",
                "Check that these are two schools, and that no leading zero was lost.",
            )


def check_phone_numbers(context: CheckContext) -> Iterator[Issue]:
    """Find telephone numbers in the column of ids."""
    for at, school in enumerate(context.intake.schools):
        if _PHONE.fullmatch(school.school_id):
            yield context.warning(
                "phone-as-id",
                (Table.SCHOOLS, at, "school_id"),
                school.school_id,
                "This id looks like a telephone number.",
                "Write the school's code; contact data does not belong in an intake.",
            )


def check_names(context: CheckContext) -> Iterator[Issue]:
    """Find schools of one name in one municipality."""
    first_by_name: dict[tuple[str, str, str], int] = {}
    for at, school in enumerate(context.intake.schools):
        if school.municipality is None:
            continue
        key = (school.country, school.municipality.casefold(), " ".join(school.name.casefold().split()))
        first = first_by_name.setdefault(key, at)
        if first != at and context.intake.schools[first].school_id != school.school_id:
            yield context.warning(
                "duplicate-name",
                (Table.SCHOOLS, at, "name"),
                school.name,
                f"A school of the same name in {school.municipality} stands in "
                f"{context.place(Table.SCHOOLS, first, 'name')}.",
                "Check that these are two schools; if so, tell their names apart.",
            )

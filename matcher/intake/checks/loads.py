"""Checks of loads and places within one school, and of columns that are not meant for its role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.origin import Table
from matcher.profiles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue


def check_load_order(context: CheckContext) -> Iterator[Issue]:
    """Find mentors whose least load exceeds their largest, and mentors that take nobody."""
    for at, school in enumerate(context.intake.schools):
        if school.min_load is not None and school.max_load is not None and school.min_load > school.max_load:
            yield context.error(
                "load-order",
                (Table.SCHOOLS, at, "min_load"),
                school.min_load,
                f"The min load {school.min_load} is larger than the max load {school.max_load}.",
                "Correct one of the two.",
            )
        elif school.role is Role.MENTOR and school.max_load == 0:
            yield context.warning(
                "mentor-without-places",
                (Table.SCHOOLS, at, "max_load"),
                school.max_load,
                f"{school.name} is a mentor that takes nobody.",
                "Raise its max load, or leave the school out.",
            )


def check_role_columns(context: CheckContext) -> Iterator[Issue]:
    """Find values in columns that do not count for the school's role."""
    for at, school in enumerate(context.intake.schools):
        if school.role is Role.MENTEE:
            for field in ("min_load", "max_load"):
                value = getattr(school, field)
                if value is not None:
                    words = field.replace("_", " ")
                    yield context.warning(
                        "mentor-column-on-mentee",
                        (Table.SCHOOLS, at, field),
                        value,
                        f"The {words} is only for mentors, and {school.name} is a mentee: it is ignored.",
                        "Empty the cell, or correct the role.",
                    )
        elif school.demand != 1:
            yield context.warning(
                "mentee-column-on-mentor",
                (Table.SCHOOLS, at, "demand"),
                school.demand,
                f"The demand is only for mentees, and {school.name} is a mentor: it is ignored.",
                "Empty the cell, or correct the role.",
            )

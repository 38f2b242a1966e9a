"""Checks of regions: NUTS 2024 codes, of the school's own country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.origin import Table
from matcher.intake.region_faults import region_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

_FIELDS = ("country", "region", "eligible_regions")


def check_regions(context: CheckContext) -> Iterator[Issue]:
    """Find regions, own and eligible, that are not NUTS 2024 codes or not of the school's country.

    The readers judge regions too, because a faulty one makes the row unreadable; what they have said is not
    said again. An intake that was built in code is judged here.
    """
    said = {(issue.code, issue.location) for issue in context.reading.issues}
    for at, school in enumerate(context.intake.schools):
        for field, fault in region_faults({name: getattr(school, name) for name in _FIELDS}):
            cell = (Table.SCHOOLS, at, field)
            location = context.reading.origin.locate(*cell)
            if (fault.code, location) not in said:
                value = getattr(school, field)
                yield fault.at(location, value if isinstance(value, str) else "; ".join(value))

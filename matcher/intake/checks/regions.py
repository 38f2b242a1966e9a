"""Checks of regions: NUTS 2024 codes, of the school's own country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.nuts import RegionFault, region_fault
from matcher.intake.origin import Table
from matcher.issues import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import Cell, CheckContext
    from matcher.issues import Issue


def check_regions(context: CheckContext) -> Iterator[Issue]:
    """Find regions, own and eligible, that are not NUTS 2024 codes or not of the school's country."""
    for at, school in enumerate(context.intake.schools):
        if school.region is not None:
            fault = region_fault(school.region, school.country)
            if fault is not None:
                yield _issue(context, (Table.SCHOOLS, at, "region"), school.region, fault)
        for eligible in school.eligible_regions:
            fault = region_fault(eligible, None)
            if fault is not None:
                yield _issue(context, (Table.SCHOOLS, at, "eligible_regions"), eligible, fault)


def _issue(context: CheckContext, cell: Cell, value: str, fault: RegionFault) -> Issue:
    make = context.error if fault.severity is Severity.ERROR else context.warning
    return make(fault.code, cell, value, fault.problem, fault.advice)

"""Cross-row checks of an intake: what no single cell can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.checks.context import CheckContext
from matcher.intake.checks.registry import CHECKS

if TYPE_CHECKING:
    from matcher.intake.origin import IntakeReading
    from matcher.issues import Issue

__all__ = ["CHECKS", "CheckContext", "check_intake"]


def check_intake(reading: IntakeReading) -> tuple[Issue, ...]:
    """Run every cross-row check on an intake.

    Parameters
    ----------
    reading : IntakeReading
        What the reader gave. Its own issues are not repeated; schools that it had to leave out
        (``rejected_ids``, where the reader states them) cause no further faults here.

    Returns
    -------
    tuple of Issue
        All faults found, family by family in the order of :data:`CHECKS`, each in reading order.
    """
    context = CheckContext(reading)
    return tuple(issue for check in CHECKS for issue in check(context))

"""The list of all cross-row checks, in the order in which they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matcher.intake.checks.context import CheckContext
from matcher.intake.checks.coordinates import check_points
from matcher.issues import Issue

Check = Callable[[CheckContext], Iterator[Issue]]
"""A check looks at an intake and yields its faults in reading order."""

CHECKS: tuple[Check, ...] = (check_points,)
"""Every cross-row check."""

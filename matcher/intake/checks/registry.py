"""The list of all cross-row checks, in the order in which they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matcher.intake.checks.context import CheckContext
from matcher.intake.checks.contradictions import check_locked_companions, check_locks, check_pairs
from matcher.intake.checks.coordinates import check_points
from matcher.intake.checks.identity import check_ids, check_names, check_phone_numbers
from matcher.intake.checks.links import check_expiry, check_link_roles, check_self_links
from matcher.intake.checks.loads import check_load_order, check_role_columns
from matcher.intake.checks.maturity import (
    check_instruments,
    check_repeated_records,
    check_respondents,
    check_schools_without,
)
from matcher.intake.checks.points import check_shared_points
from matcher.intake.checks.preferences import check_ranked_twice, check_wish_roles
from matcher.intake.checks.reach import check_reach
from matcher.intake.checks.references import check_references
from matcher.intake.checks.regions import check_regions
from matcher.intake.checks.rivals import check_rivals
from matcher.intake.checks.supply import check_both_roles, check_countries, check_languages, check_total
from matcher.issues import Issue

Check = Callable[[CheckContext], Iterator[Issue]]
"""A check looks at an intake and yields its faults in reading order."""

CHECKS: tuple[Check, ...] = (
    check_ids,
    check_phone_numbers,
    check_names,
    check_regions,
    check_points,
    check_shared_points,
    check_load_order,
    check_role_columns,
    check_references,
    check_instruments,
    check_repeated_records,
    check_respondents,
    check_schools_without,
    check_self_links,
    check_link_roles,
    check_pairs,
    check_locks,
    check_locked_companions,
    check_expiry,
    check_ranked_twice,
    check_wish_roles,
    check_both_roles,
    check_total,
    check_countries,
    check_languages,
    check_rivals,
    check_reach,
)
"""Every cross-row check."""

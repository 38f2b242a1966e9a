"""Checks of single links: self-links, kinds on the wrong roles, expiry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.origin import Table
from matcher.profiles import Link, LinkKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

_ROLES_WANTED: dict[LinkKind, tuple[frozenset[tuple[Role, ...]], str]] = {
    LinkKind.LOCK: (frozenset({(Role.MENTEE, Role.MENTOR)}), "a mentee and a mentor"),
    LinkKind.FORBID: (frozenset({(Role.MENTEE, Role.MENTOR)}), "a mentee and a mentor"),
    LinkKind.PARTNERSHIP: (frozenset({(Role.MENTEE, Role.MENTOR)}), "a mentee and a mentor"),
    LinkKind.MUST_LINK: (frozenset({(Role.MENTEE, Role.MENTEE)}), "two mentees"),
    LinkKind.RIVALRY: (
        frozenset({(Role.MENTEE, Role.MENTEE), (Role.MENTEE, Role.MENTOR)}),
        "two mentees, or a mentee and a mentor",
    ),
}


def check_self_links(context: CheckContext) -> Iterator[Issue]:
    """Find links of a school with itself."""
    for at, link in enumerate(context.intake.links):
        if link.school_a == link.school_b:
            yield context.error(
                "self-link",
                (Table.LINKS, at, "school_b"),
                link.school_b,
                f"This {link.kind} links a school with itself.",
                "Correct one of the two ids, or delete the row.",
            )


def check_link_roles(context: CheckContext) -> Iterator[Issue]:
    """Find links whose kind does not suit the roles of the two schools."""
    for at, link in enumerate(context.intake.links):
        roles = _roles(context, link)
        wanted, words = _ROLES_WANTED[link.kind]
        if roles is None or roles in wanted:
            continue
        cell = (Table.LINKS, at, "kind")
        found = (
            f"{link.school_a} and {link.school_b} are both {roles[0]}s"
            if roles[0] is roles[1]
            else (f"{link.school_a} and {link.school_b} are a mentee and a mentor")
        )
        if link.kind is LinkKind.PARTNERSHIP:
            yield context.warning(
                "link-without-effect",
                cell,
                link.kind,
                f"An earlier partnership counts only between {words}; {found}.",
                "Delete the row, or correct the ids or the roles.",
            )
        else:
            yield context.error(
                "link-roles",
                cell,
                link.kind,
                f"A {link.kind} is between {words}; {found}.",
                "Correct the kind of link, the ids or the roles.",
            )


def check_expiry(context: CheckContext) -> Iterator[Issue]:
    """Find links that have expired, and expiry dates that nothing can be compared with."""
    as_of = context.intake.as_of
    dated = [
        (at, link)
        for at, link in enumerate(context.intake.links)
        if link.expires is not None
        and link.kind is not LinkKind.PARTNERSHIP  # once partners, always partners
    ]
    if as_of is None:
        if dated:
            yield context.warning(
                "no-as-of-date",
                (Table.LINKS, dated[0][0], "expires"),
                dated[0][1].expires,
                f"No date of matching is given, so all links count as in force, "
                f"also those with an expiry date ({len(dated)}).",
                "Give the date of matching (as of) in the Programme table.",
            )
        return
    for at, link in dated:
        if link.expires is not None and link.expires < as_of:
            yield context.warning(
                "link-expired",
                (Table.LINKS, at, "expires"),
                link.expires,
                f"This {link.kind} expired before the date of matching, {as_of}, and is ignored.",
                "Extend the date if the link still holds; otherwise delete the row.",
            )


def _roles(context: CheckContext, link: Link) -> tuple[Role, ...] | None:
    """Roles of the two schools, the mentee's first; None if a school is unknown or both are the same."""
    first, second = context.schools.get(link.school_a), context.schools.get(link.school_b)
    if first is None or second is None or first is second:
        return None
    return tuple(sorted((first.role, second.role)))

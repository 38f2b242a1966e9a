"""Checks of links against each other: declared twice, and links that cannot all hold."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from matcher.intake.checks.wording import counted, listed
from matcher.intake.origin import Table
from matcher.profiles import Link, LinkKind, Role, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

Placed = tuple[int, Link]
"""Position of a link in the intake, and the link."""

_EXCLUDE_EACH_OTHER = frozenset(
    {
        frozenset({LinkKind.LOCK, LinkKind.FORBID}),
        frozenset({LinkKind.LOCK, LinkKind.RIVALRY}),
        frozenset({LinkKind.MUST_LINK, LinkKind.RIVALRY}),
    }
)


def check_pairs(context: CheckContext) -> Iterator[Issue]:
    """Find pairs of schools with the same link twice, or with two links that exclude each other."""
    clashes = sorted(
        (at, first_at)
        for links in _by_pair(context).values()
        for (first_at, first), (at, link) in combinations(links, 2)
        if first.kind is link.kind or frozenset({first.kind, link.kind}) in _EXCLUDE_EACH_OTHER
    )
    for at, first_at in clashes:
        first = context.intake.links[first_at]
        same_kind = first.kind is context.intake.links[at].kind
        yield (_twice if same_kind else _contradiction)(
            context, at, first, context.place(Table.LINKS, first_at)
        )


def check_locks(context: CheckContext) -> Iterator[Issue]:
    """Find mentees locked to more mentors, and mentors with more locks, than they have places."""
    mentors_of: dict[str, set[str]] = {}
    mentees_of: dict[str, set[str]] = {}
    for at, mentee, mentor in _hard_locks(context):
        mentors_of.setdefault(mentee, set()).add(mentor)
        demand = context.schools[mentee].demand
        hosts = listed(mentors_of[mentee])
        if len(mentors_of[mentee]) > demand:
            yield context.error(
                "locked-twice",
                (Table.LINKS, at, "school_a"),
                mentee,
                f"This mentee takes {counted(demand, 'place')}, and is locked to {hosts}.",
                "Keep as many locks as it takes places, or raise its demand.",
            )
        mentees_of.setdefault(mentor, set()).add(mentee)
        most = context.schools[mentor].max_load
        held = len(mentees_of[mentor])
        if most is not None and held > most:
            yield context.error(
                "locks-exceed-load",
                (Table.LINKS, at, "school_b"),
                mentor,
                f"This mentor has {counted(most, 'place')}, and {held} mentees are locked to it.",
                "Raise its max load or remove locks.",
            )


def check_locked_companions(context: CheckContext) -> Iterator[Issue]:
    """Find rivals locked to one mentor, and must-linked mentees locked to different ones."""
    hosts: dict[str, set[str]] = {}
    for _, mentee, mentor in _hard_locks(context):
        hosts.setdefault(mentee, set()).add(mentor)
    for at, link in _hard(context):
        first, second = hosts.get(link.school_a, set()), hosts.get(link.school_b, set())
        if not first or not second or link.school_a == link.school_b:
            continue
        if link.kind is LinkKind.RIVALRY and first & second:
            yield context.error(
                "lock-contradiction",
                (Table.LINKS, at, "kind"),
                link.kind,
                f"Rivals {link.school_a} and {link.school_b} are both locked to {listed(first & second)}.",
                "Remove one of the locks, or the rivalry.",
            )
        elif link.kind is LinkKind.MUST_LINK and not first & second:
            yield context.error(
                "lock-contradiction",
                (Table.LINKS, at, "kind"),
                link.kind,
                f"{link.school_a} and {link.school_b} must be together, but are locked to "
                f"{listed(first)} and {listed(second)}.",
                "Lock both to the same mentor, or remove the must-link.",
            )


def _twice(context: CheckContext, at: int, first: Link, where: str) -> Issue:
    link = context.intake.links[at]
    cell = (Table.LINKS, at, "kind")
    if link.strength is first.strength:
        return context.warning(
            "link-twice",
            cell,
            link.kind,
            f"This {link.kind} of {link.school_a} and {link.school_b} stands in {where} already.",
            "Delete one of the two rows.",
        )
    return context.error(
        "link-contradiction",
        cell,
        link.kind,
        f"This {link.kind} is declared as {first.strength} in {where}, and here as {link.strength}.",
        "Keep the row that is right and delete the other.",
    )


def _contradiction(context: CheckContext, at: int, first: Link, where: str) -> Issue:
    link = context.intake.links[at]
    both_hard = first.strength is Strength.HARD and link.strength is Strength.HARD
    make = context.error if both_hard else context.warning
    return make(
        "link-contradiction" if both_hard else "link-tension",
        (Table.LINKS, at, "kind"),
        link.kind,
        f"The same two schools have a {first.kind} in {where}: the two links exclude each other.",
        "Keep the row that is right and delete the other.",
    )


def _by_pair(context: CheckContext) -> dict[tuple[str, str], list[Placed]]:
    pairs: dict[tuple[str, str], list[Placed]] = {}
    for at, link in context.links_in_force:
        if link.school_a != link.school_b:
            key = (min(link.school_a, link.school_b), max(link.school_a, link.school_b))
            pairs.setdefault(key, []).append((at, link))
    return pairs


def _hard(context: CheckContext) -> Iterator[Placed]:
    return ((at, link) for at, link in context.links_in_force if link.strength is Strength.HARD)


def _hard_locks(context: CheckContext) -> Iterator[tuple[int, str, str]]:
    """Position, mentee and mentor of every hard lock in force, whichever way round it was written."""
    for at, link in _hard(context):
        schools = [context.schools.get(link.school_a), context.schools.get(link.school_b)]
        mentees = [school.school_id for school in schools if school and school.role is Role.MENTEE]
        mentors = [school.school_id for school in schools if school and school.role is Role.MENTOR]
        if link.kind is LinkKind.LOCK and len(mentees) == len(mentors) == 1:
            yield at, mentees[0], mentors[0]

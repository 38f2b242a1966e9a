"""Declared links that bind: mentees that stay together, and pairs that are fixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.exceptions import InputError
from matcher.issues import Issue, Location, Severity
from matcher.policy.model import Policy
from matcher.profiles import Intake, LinkKind
from matcher.rules.declared import Declared, declared_links


@dataclass(frozen=True, slots=True, eq=False)
class BoundPairs:
    """Pairs that a declaration binds, without repeats, sorted.

    Attributes
    ----------
    pairs : ndarray of int64, shape (n, 2)
        Must-links: two mentees i < k. Locks: (mentee, host).
    hard : ndarray of bool, shape (n,)
    price : ndarray of float64, shape (n,)
        Points it costs when broken; 0 where it is hard. Several soft links on one pair add.
    reasons : tuple of str
        What was declared, why and by whom; one for each pair.
    """

    pairs: NDArray[np.int64]
    hard: NDArray[np.bool_]
    price: NDArray[np.float64]
    reasons: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.reasons)


def must_links(intake: Intake, policy: Policy) -> BoundPairs:
    """Mentees that share a host or both stay unassigned.

    Raises
    ------
    InputError
        If a link in force does not join two different mentees of the intake.
    """
    at = {school.school_id: place for place, school in enumerate(intake.mentees)}
    found: dict[tuple[int, int], list[Declared]] = {}
    faults = []
    for one in declared_links(intake, policy, LinkKind.MUST_LINK):
        first, second = at.get(one.link.school_a), at.get(one.link.school_b)
        if first is None or second is None or first == second:
            faults.append(_fault(one, "A must-link joins two different mentees."))
        else:
            found.setdefault((min(first, second), max(first, second)), []).append(one)
    return _bound(found, faults)


def locks(intake: Intake, policy: Policy) -> BoundPairs:
    """Pairs of a mentee and a host that are fixed.

    Raises
    ------
    InputError
        If a lock in force does not join a mentee and a mentor of the intake.
    """
    mentee_at = {school.school_id: place for place, school in enumerate(intake.mentees)}
    host_at = {school.school_id: place for place, school in enumerate(intake.mentors)}
    found: dict[tuple[int, int], list[Declared]] = {}
    faults = []
    for one in declared_links(intake, policy, LinkKind.LOCK):
        for mentee, host in ((one.link.school_a, one.link.school_b), (one.link.school_b, one.link.school_a)):
            if mentee in mentee_at and host in host_at:
                found.setdefault((mentee_at[mentee], host_at[host]), []).append(one)
                break
        else:
            faults.append(_fault(one, "A lock joins a mentee and a mentor."))
    return _bound(found, faults)


def _fault(one: Declared, problem: str) -> Issue:
    value = f"{one.link.school_a} – {one.link.school_b}"
    advice = "Correct the two schools or delete the link."
    return Issue(Severity.ERROR, "link-roles", Location(sheet="Links"), value, problem, advice)


def _bound(found: dict[tuple[int, int], list[Declared]], faults: list[Issue]) -> BoundPairs:
    if faults:
        raise InputError(tuple(faults))
    ordered = sorted(found.items())
    hard = np.array([any(one.hard for one in links) for _, links in ordered], dtype=np.bool_)
    price = np.array([sum(one.price for one in links) for _, links in ordered], dtype=np.float64)
    return BoundPairs(
        pairs=np.array([pair for pair, _ in ordered], dtype=np.int64).reshape(-1, 2),
        hard=hard,
        price=np.where(hard, 0.0, price),
        reasons=tuple("; ".join(one.reason for one in links) for _, links in ordered),
    )

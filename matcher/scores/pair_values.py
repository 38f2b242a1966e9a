"""Values attached to some (mentee, host) pairs, looked up for many pairs at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.profiles import Intake, LinkKind, Preference, Strength


@dataclass(frozen=True, slots=True, eq=False)
class PairValues:
    """A sparse table over pairs.

    Attributes
    ----------
    n_hosts : int
    keys : ndarray of int64, shape (n_values,)
        ``mentee * n_hosts + host``, ascending.
    values : ndarray of float64, shape (n_values,)
    """

    n_hosts: int
    keys: NDArray[np.int64]
    values: NDArray[np.float64]

    @classmethod
    def of(cls, entries: Mapping[tuple[int, int], float], n_hosts: int) -> PairValues:
        """Build the table from a dict of (mentee, host) → value."""
        ordered = sorted(entries.items())
        keys = np.array([mentee * n_hosts + host for (mentee, host), _ in ordered], dtype=np.int64)
        return cls(n_hosts, keys, np.array([value for _, value in ordered], dtype=np.float64))

    def look_up(self, mentee: NDArray[np.int64], host: NDArray[np.int64]) -> NDArray[np.float64]:
        """Value of each pair; 0 where the table has none."""
        if not self.keys.size:
            return np.zeros(mentee.shape)
        wanted = mentee * self.n_hosts + host
        at = np.minimum(np.searchsorted(self.keys, wanted), self.keys.size - 1)
        return np.where(self.keys[at] == wanted, self.values[at], 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """Ranks that the schools of one side gave to the schools of the other.

    Attributes
    ----------
    ranks : PairValues
        Rank from 1 of each named pair; a pair named twice has its better rank.
    has_named : ndarray of bool, shape (n_askers,)
        Whether a school of the asking side named anybody of the other side.
    """

    ranks: PairValues
    has_named: NDArray[np.bool_]


def mentee_wishes(intake: Intake) -> Wishes:
    """Wishes of mentees for mentors; wishes for schools of another kind are not wishes for a mentor."""
    mentees, mentors = _positions(intake)
    entries, has_named = _wishes(intake.preferences, mentees, mentors)
    return Wishes(PairValues.of(entries, len(mentors)), has_named)


def mentor_wishes(intake: Intake) -> Wishes:
    """Wishes of mentors for mentees, as a table over (mentee, host) pairs."""
    mentees, mentors = _positions(intake)
    entries, has_named = _wishes(intake.preferences, mentors, mentees)
    turned = {(mentee, host): rank for (host, mentee), rank in entries.items()}
    return Wishes(PairValues.of(turned, len(mentors)), has_named)


def partnerships(intake: Intake) -> PairValues:
    """1 for each (mentee, host) pair with a declared partnership that is not switched off."""
    mentees, mentors = _positions(intake)
    entries: dict[tuple[int, int], float] = {}
    for link in intake.links:
        if link.kind is not LinkKind.PARTNERSHIP or link.strength is Strength.OFF:
            continue
        for one, other in ((link.school_a, link.school_b), (link.school_b, link.school_a)):
            if one in mentees and other in mentors:
                entries[mentees[one], mentors[other]] = 1.0
    return PairValues.of(entries, len(mentors))


def _positions(intake: Intake) -> tuple[dict[str, int], dict[str, int]]:
    mentees = {school.school_id: at for at, school in enumerate(intake.mentees)}
    mentors = {school.school_id: at for at, school in enumerate(intake.mentors)}
    return mentees, mentors


def _wishes(
    preferences: tuple[Preference, ...], askers: dict[str, int], asked: dict[str, int]
) -> tuple[dict[tuple[int, int], float], NDArray[np.bool_]]:
    entries: dict[tuple[int, int], float] = {}
    has_named = np.zeros(len(askers), dtype=np.bool_)
    for wish in preferences:
        if wish.from_school in askers and wish.to_school in asked:
            pair = (askers[wish.from_school], asked[wish.to_school])
            has_named[pair[0]] = True
            entries[pair] = min(entries.get(pair, float(wish.rank)), float(wish.rank))
    return entries, has_named

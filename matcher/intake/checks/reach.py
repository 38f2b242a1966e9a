"""Checks of reach: mentors that nobody can reach and mentees that nobody may take.

Only what the schools say of themselves counts here: eligible regions, working languages, largest travel
distance, declared links. What a policy adds is judged when the problem is built. What is unknown bars nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.intake.checks.coordinates import is_plausible
from matcher.intake.checks.wording import counted
from matcher.intake.origin import Table
from matcher.profiles import Link, LinkKind, Role, School, Strength, WorkMode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

_EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_COSINE_TOLERANCE = 1e-12  # about 9 m, so that rounding bars nobody
_CHUNK = 1024  # mentees judged at a time: a national intake must not fill the memory
_BARRING = frozenset({LinkKind.FORBID, LinkKind.RIVALRY})


@dataclass(frozen=True, slots=True, eq=False)
class Barriers:
    """Which pairs are barred, barrier by barrier: boolean arrays of shape (n_mentees, n_mentors)."""

    language: NDArray[np.bool_]
    regions: NDArray[np.bool_]
    travel: NDArray[np.bool_]
    links: NDArray[np.bool_]

    @property
    def each(self) -> tuple[NDArray[np.bool_], ...]:
        """The barriers one by one, in the order of the attributes."""
        return self.language, self.regions, self.travel, self.links

    @property
    def any(self) -> NDArray[np.bool_]:
        """Whether a pair is barred by anything, shape (n_mentees, n_mentors)."""
        return self.language | self.regions | self.travel | self.links


def check_reach(context: CheckContext) -> Iterator[Issue]:
    """Find mentees that no mentor may take, and mentors that no mentee can reach."""
    mentees, mentors = context.mentees, context.mentors
    if not context.schools_are_complete or not mentees or not mentors:
        return
    links = [link for _, link in context.links_in_force]
    unreachable = np.ones(len(mentors), dtype=np.bool_)
    barred_of_mentor = np.zeros((4, len(mentors)), dtype=np.int64)
    for start in range(0, len(mentees), _CHUNK):
        chunk = mentees[start : start + _CHUNK]
        barriers = find_barriers(chunk, mentors, links)
        barred = barriers.any
        for row in np.flatnonzero(barred.all(axis=1)).tolist():
            yield _issue(context, chunk[row], len(mentors), [int(each[row].sum()) for each in barriers.each])
        unreachable &= barred.all(axis=0)
        barred_of_mentor += [each.sum(axis=0) for each in barriers.each]
    for column in np.flatnonzero(unreachable).tolist():
        yield _issue(context, mentors[column], len(mentees), barred_of_mentor[:, column].tolist())


def find_barriers(mentees: Sequence[School], mentors: Sequence[School], links: Sequence[Link]) -> Barriers:
    """Find the pairs that the schools' own data bar.

    Parameters
    ----------
    mentees, mentors : sequence of School
        The two sides; their order is the order of the axes.
    links : sequence of Link
        Links in force.

    Returns
    -------
    Barriers
    """
    return Barriers(
        language=_no_shared_language(mentees, mentors),
        regions=_not_eligible(mentees, mentors) | _not_eligible(mentors, mentees).T,
        travel=_too_far(mentees, mentors),
        links=_declared_apart(mentees, mentors, links),
    )


def _issue(context: CheckContext, school: School, total: int, barred: list[int]) -> Issue:
    mentee = school.role is Role.MENTEE
    names = ("no shared language", "eligible regions", "travel distance", "declared links")
    reasons = [f"{name}: {number}" for name, number in zip(names, barred, strict=True) if number]
    others, verb = ("mentor", "can take") if mentee else ("mentee", "can be taken by")
    return context.warning(
        "mentee-unplaceable" if mentee else "mentor-unreachable",
        (Table.SCHOOLS, context.positions[school.school_id], "school_id"),
        school.school_id,
        f"Of {counted(total, others)}, none {verb} {school.name} ({'; '.join(reasons)}).",
        "Check its languages, eligible regions and max travel, and the links that name it.",
    )


def _no_shared_language(mentees: Sequence[School], mentors: Sequence[School]) -> NDArray[np.bool_]:
    codes = sorted({skill.code for school in (*mentees, *mentors) for skill in school.languages})
    mentee_speaks, mentor_speaks = _spoken(mentees, codes), _spoken(mentors, codes)
    shared = (mentee_speaks.astype(np.float32) @ mentor_speaks.T.astype(np.float32)) > 0
    both_stated = np.logical_and.outer(mentee_speaks.any(axis=1), mentor_speaks.any(axis=1))
    return np.asarray(both_stated & ~shared)


def _spoken(schools: Sequence[School], codes: Sequence[str]) -> NDArray[np.bool_]:
    where = {code: at for at, code in enumerate(codes)}
    spoken = np.zeros((len(schools), len(codes)), dtype=np.bool_)
    for row, school in enumerate(schools):
        for skill in school.languages:
            spoken[row, where[skill.code]] = True
    return spoken


def _not_eligible(choosers: Sequence[School], others: Sequence[School]) -> NDArray[np.bool_]:
    """Pairs where the chooser lists eligible regions and the other's region is surely none of them."""
    regions = np.array([school.region or "" for school in others])
    barred = np.zeros((len(choosers), len(others)), dtype=np.bool_)
    known: dict[tuple[str, ...], NDArray[np.bool_]] = {}
    for row, school in enumerate(choosers):
        listed = school.eligible_regions
        if listed and listed not in known:
            fits = [any(_may_lie_in(region, code) for code in listed) for region in regions.tolist()]
            known[listed] = ~np.array(fits, dtype=np.bool_)
        if listed:
            barred[row] = known[listed]
    return barred


def _may_lie_in(region: str, code: str) -> bool:
    """Whether a region lies in `code`, or is so coarse (or unknown: empty) that it may."""
    return region.startswith(code) or code.startswith(region)


def _too_far(mentees: Sequence[School], mentors: Sequence[School]) -> NDArray[np.bool_]:
    """Pairs farther apart, even as the crow flies, than one can travel; virtual work needs no travel.

    Points are unit vectors: their scalar product is the cosine of the angle between them, and the smaller of
    two limits has the larger cosine.
    """
    first, second = _unit_vectors(mentees), _unit_vectors(mentors)
    nearest = np.maximum.outer(_cosine_of_limit(mentees), _cosine_of_limit(mentors))
    both_known = np.logical_and.outer(first.any(axis=1), second.any(axis=1))
    travels = np.logical_and.outer(~_virtual(mentees), ~_virtual(mentors))
    return np.asarray(travels & both_known & (first @ second.T < nearest - _COSINE_TOLERANCE))


def _virtual(schools: Sequence[School]) -> NDArray[np.bool_]:
    return np.array([school.work_mode is WorkMode.VIRTUAL for school in schools])


def _cosine_of_limit(schools: Sequence[School]) -> NDArray[np.float64]:
    """Cosine of the angle that the largest travel distance spans, shape (n,); -1 where none was stated."""
    stated = (school.max_travel_km for school in schools)
    angles = [np.pi if limit is None else min(limit / _EARTH_RADIUS_KM, np.pi) for limit in stated]
    return np.asarray(np.cos(np.array(angles)))


def _unit_vectors(schools: Sequence[School]) -> NDArray[np.float64]:
    """Points on the unit sphere, shape (n, 3); zeros where the point is unknown or surely wrong."""
    vectors = np.zeros((len(schools), 3))
    for row, school in enumerate(schools):
        if school.latitude is not None and school.longitude is not None and is_plausible(school):
            north, east = np.radians(school.latitude), np.radians(school.longitude)
            vectors[row] = np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)
    return vectors


def _declared_apart(
    mentees: Sequence[School], mentors: Sequence[School], links: Sequence[Link]
) -> NDArray[np.bool_]:
    rows = {school.school_id: at for at, school in enumerate(mentees)}
    columns = {school.school_id: at for at, school in enumerate(mentors)}
    apart = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
    for link in links:
        if link.kind in _BARRING and link.strength is Strength.HARD:
            for mentee, mentor in ((link.school_a, link.school_b), (link.school_b, link.school_a)):
                if mentee in rows and mentor in columns:
                    apart[rows[mentee], columns[mentor]] = True
    return apart

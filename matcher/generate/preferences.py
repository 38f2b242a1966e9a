"""Made-up preferences: near schools first, with ties and incomplete lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.generate.dice import Dice
from matcher.generate.reach import Reach
from matcher.profiles import Link, LinkKind, Preference, School

_NEAR = 8
_BARRING = {LinkKind.RIVALRY, LinkKind.FORBID}


def make_preferences(
    mentors: list[School], mentees: list[School], reach: Reach, links: list[Link], dice: Dice
) -> list[Preference]:
    """Let about six mentees in ten and half of the mentors name up to three, or up to four, others.

    Nobody names a declared rival.
    """
    barred = {frozenset((link.school_a, link.school_b)) for link in links if link.kind in _BARRING}
    wishes: list[Preference] = []
    for row, mentee in enumerate(mentees):
        if dice.chance(0.6):
            wishes += _wishes(mentee, mentors, reach.mentee_km[row], barred, dice, most=3)
    for column, mentor in enumerate(mentors):
        if dice.chance(0.5):
            wishes += _wishes(mentor, mentees, reach.mentee_km[:, column], barred, dice, most=4)
    return wishes


def _wishes(
    school: School,
    others: list[School],
    distances: NDArray[np.float64],
    barred: set[frozenset[str]],
    dice: Dice,
    *,
    most: int,
) -> list[Preference]:
    near = [others[int(at)] for at in np.argsort(distances, kind="stable")[:_NEAR]]
    open_ = [other for other in near if frozenset((school.school_id, other.school_id)) not in barred]
    weights = [1.0 / (1 + at) for at in range(len(open_))]
    rank = 0
    wishes = []
    for other in dice.sample(open_, dice.whole(most - 2, most), weights):
        if rank == 0 or not dice.chance(0.25):  # a quarter tie with the one before
            rank += 1
        wishes.append(Preference(from_school=school.school_id, to_school=other.school_id, rank=rank))
    return wishes

"""Made-up links: rivalries with reasons, must-links, earlier partnerships, a lock and a forbid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from matcher.generate.dice import Dice
from matcher.generate.reach import Reach
from matcher.profiles import Link, LinkKind, School, Strength

_RIVAL_SHARE = 0.045
_RIVALS_A_MENTEE = 0.4
_RIVAL_WITHIN_KM = 100.0
_REASONS = (
    "Both recruit pupils from the same streets",
    "Competition for the same first-year classes",
    "Dispute over a shared sports hall",
    "Merger of the two schools was discussed and dropped",
    "Both bid for the same regional innovation grant",
)
_OFFICES = ("regional office", "school authority", "ministry")


def make_links(
    mentors: list[School], mentees: list[School], reach: Reach, dice: Dice, *, before: int
) -> list[Link]:
    """Make up the links of one country; no pair gets two, so they cannot contradict each other.

    Parameters
    ----------
    mentors, mentees : list of School
        In the order of the axes of `reach`.
    reach : Reach
        Distances, from :func:`matcher.generate.reach.measure`.
    dice : Dice
        Randomness of this table.
    before : int
        How many mentees the countries before this one have.
    """
    links = [
        _rivalry(mentees[a], mentees[b], dice, together=reach.home[a] == reach.home[b])
        for a, b in _rival_pairs(reach, dice)
    ]
    taken = {frozenset((link.school_a, link.school_b)) for link in links}
    for row, kind in _tasks(len(mentees), before, dice):
        mentee = mentees[row]
        for other in _candidates(kind, row, mentors, mentees, reach):
            pair = frozenset((mentee.school_id, other.school_id))
            if pair not in taken:
                taken.add(pair)
                links.append(_link(kind, mentee, other, dice))
                break
    return links


def _rival_pairs(reach: Reach, dice: Dice) -> list[tuple[int, int]]:
    """Near pairs, likelier the nearer and between two homes; capped, since one school has few rivals."""
    size = len(reach.between_mentees_km)
    count = round(min(_RIVAL_SHARE * size * (size - 1) / 2, _RIVALS_A_MENTEE * size))
    first, second = np.nonzero(np.triu(reach.between_mentees_km <= _RIVAL_WITHIN_KM, k=1))
    apart = reach.between_mentees_km[first, second]
    home = np.array(reach.home)
    weights = np.exp(-apart / 20.0) * np.where(home[first] == home[second], 0.3, 1.0)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    return sorted(dice.sample(pairs, count, weights.tolist()))


def _rivalry(one: School, other: School, dice: Dice, *, together: bool) -> Link:
    """Rivals of one home are soft rivals: a hard one could leave a school without any mentor."""
    declared_by = dice.pick((one.school_id, other.school_id, dice.pick(_OFFICES)))
    return Link(
        kind=LinkKind.RIVALRY,
        school_a=one.school_id,
        school_b=other.school_id,
        strength=Strength.SOFT if together or dice.chance(0.1) else Strength.HARD,
        reason=dice.pick(_REASONS),
        declared_by=declared_by,
        expires=date(2027, 8, 31) if dice.chance(0.15) else None,
    )


_EXPIRED = "expired rivalry"
_MENTOR_RIVAL = "rivalry with a mentor"
_SHARES: tuple[tuple[str, float, float], ...] = (
    (LinkKind.MUST_LINK, 0.04, 0.4),
    (LinkKind.PARTNERSHIP, 0.06, 0.1),
    (_MENTOR_RIVAL, 0.05, 0.7),
    (_EXPIRED, 0.01, 0.2),
    (LinkKind.LOCK, 0.01, 0.5),
    (LinkKind.FORBID, 0.01, 0.8),
)
"""Kind, its share of all mentees, and where in the sequence of mentees its first one falls."""
_AMONG_MENTEES = {LinkKind.MUST_LINK, _EXPIRED}
_BARRING = {LinkKind.FORBID, _MENTOR_RIVAL}
_NOT_NEIGHBOURS_KM = 5.0


def _tasks(size: int, before: int, dice: Dice) -> Iterator[tuple[int, str]]:
    """Give each kind its share of the mentees, a mentee at most one kind.

    Counting runs on over the countries (`before` mentees so far), so that a kind that falls to one mentee in
    a hundred does so once in a hundred and not once or never in each country.
    """
    rows = dice.shuffled(range(size))
    for kind, share, offset in _SHARES:
        count = int(share * (before + size) + offset) - int(share * before + offset)
        for _ in range(min(count, len(rows))):
            yield rows.pop(), kind


def _candidates(
    kind: str, row: int, mentors: list[School], mentees: list[School], reach: Reach
) -> list[School]:
    """Up to four counterparts of a mentee, nearest first.

    Must-linked schools have one home and are no neighbours (a policy may part those); a lock is to the
    mentee's home, and nobody is barred from it.
    """
    if kind not in _AMONG_MENTEES:
        if kind == LinkKind.LOCK:
            return [mentors[reach.home[row]]]
        near = [int(at) for at in np.argsort(reach.mentee_km[row], kind="stable")]
        return [mentors[at] for at in near if kind not in _BARRING or at != reach.home[row]][:4]
    apart = reach.between_mentees_km[row]
    least = _NOT_NEIGHBOURS_KM if kind == LinkKind.MUST_LINK else 0.0
    order = [int(at) for at in np.argsort(apart, kind="stable") if int(at) != row and apart[int(at)] >= least]
    if kind == LinkKind.MUST_LINK:
        order = [at for at in order if reach.home[at] == reach.home[row]]
    return [mentees[at] for at in order[:4]]


def _link(kind: str, mentee: School, other: School, dice: Dice) -> Link:
    declared: dict[str, tuple[LinkKind, Strength, str, str]] = {
        LinkKind.MUST_LINK: (
            LinkKind.MUST_LINK,
            Strength.HARD if dice.chance(0.3) else Strength.SOFT,
            "The two schools run a project together and ask to stay together",
            mentee.school_id,
        ),
        LinkKind.PARTNERSHIP: (
            LinkKind.PARTNERSHIP,
            Strength.SOFT,
            dice.pick(("Erasmus+ project 2023–2025", "Joint training days in 2024")),
            mentee.school_id,
        ),
        LinkKind.LOCK: (LinkKind.LOCK, Strength.HARD, "Agreed before the call", "ministry"),
        LinkKind.FORBID: (
            LinkKind.FORBID,
            Strength.HARD,
            "The heads of the two schools are related",
            "ministry",
        ),
        _EXPIRED: (
            LinkKind.RIVALRY,
            Strength.HARD,
            "Dispute over a catchment area, settled",
            mentee.school_id,
        ),
        _MENTOR_RIVAL: (
            LinkKind.RIVALRY,
            Strength.HARD,
            "The mentor school recruits in the mentee's town",
            mentee.school_id,
        ),
    }
    link_kind, strength, reason, declared_by = declared[kind]
    return Link(
        kind=link_kind,
        school_a=mentee.school_id,
        school_b=other.school_id,
        strength=strength,
        reason=reason,
        declared_by=declared_by,
        expires=date(2026, 6, 30) if kind == _EXPIRED else None,
    )

"""Which school of a plan is meant by what somebody typed, and what to say where there is none."""

from __future__ import annotations

import re

from matcher.analysis.document import PlanDocument, SchoolCard
from matcher.changes import ChangeKind
from matcher.exceptions import UsageError
from matcher.intake.folding import closest, fold
from matcher.profiles import Role

_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_LEAVING = (ChangeKind.MENTOR_LEAVES, ChangeKind.SCHOOL_LEAVES)


def school_of(document: PlanDocument, asked: str, role: Role | None = None) -> str:
    """Find the id of a school, or of a cluster's mentor.

    Parameters
    ----------
    document : PlanDocument
    asked : str
        An id in any spelling, or a name.
    role : Role, optional
        What is asked for: only such schools are offered where there is no such id.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such school; the message names the nearest, or says that it left.
    """
    known = {card.school_id: card.school_id for card in document.schools}
    known |= {card.cluster_id: card.host_id for card in document.clusters}
    if asked in known:
        return known[asked]
    folded = {fold(key): key for key in known}
    folded |= {fold(card.name): card.school_id for card in document.schools}
    if fold(asked) in folded:
        return known[folded[fold(asked)]]
    raise UsageError(unknown_school(document, asked, role))


def unknown_school(document: PlanDocument, asked: str, role: Role | None = None) -> str:
    """Say that a plan has no such school, and which may be meant."""
    report = document.rematch
    gone = set() if report is None else {one.school for one in report.changes if one.change in _LEAVING}
    left = {fold(one): one for one in gone}.get(fold(asked))
    if left is not None:
        return f"{left} takes part no more: it left in this run."
    what = "school or cluster" if role is None else str(role)
    return f"The plan has no {what} {asked!r}.{_hint(document, asked, role)}"


def _hint(document: PlanDocument, asked: str, role: Role | None) -> str:
    cards = [card for card in document.schools if role is None or card.role is role]
    near = _nearest(cards, asked)
    if near is not None:
        return f" Did you mean {near.school_id}?"
    return f" Its ids are such as {min(card.school_id for card in cards)}." if cards else ""


def _nearest(cards: list[SchoolCard], asked: str) -> SchoolCard | None:
    """School whose id is the same but for leading zeros, else the most similar id or name."""
    same = [card for card in cards if _plain(card.school_id) == _plain(asked)]
    if same:
        return same[0]
    folded = {fold(card.name): card for card in cards} | {fold(card.school_id): card for card in cards}
    near = closest(asked, folded)
    return None if near is None else folded[near]


def _plain(text: str) -> str:
    return _LEADING_ZEROS.sub("", fold(text))

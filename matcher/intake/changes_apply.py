"""Apply changes to an intake: what leaves, what joins, what holds from now on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from matcher.changes import Change, ChangeKind
from matcher.profiles import Intake, Link, LinkKind, School, Strength

LINKS = {
    ChangeKind.RIVALRY: LinkKind.RIVALRY,
    ChangeKind.FORBID: LinkKind.FORBID,
    ChangeKind.PIN: LinkKind.LOCK,
    ChangeKind.MOVE: LinkKind.LOCK,
}
"""Kind of link that a change makes."""
_LINK_WORDS = {
    LinkKind.RIVALRY: "The rivalry between",
    LinkKind.MUST_LINK: "The bond between",
    LinkKind.LOCK: "The lock between",
    LinkKind.FORBID: "The ban on pairing",
    LinkKind.PARTNERSHIP: "The earlier partnership between",
}


def apply_changes(
    intake: Intake,
    changes: Sequence[Change],
    *,
    hosts: Mapping[str, str | None],
    joining: Intake | None = None,
) -> tuple[Intake, tuple[str, ...]]:
    """Return the intake as it is after the changes, and what else went with them.

    Parameters
    ----------
    intake : Intake
    changes : sequence of Change
        Without a fault of :func:`matcher.intake.changes_checks.check_changes`.
    hosts : mapping of str to (str or None)
        The plan: mentee id to mentor id; a pin without a mentor means this one.
    joining : Intake, optional
        New schools with their maturity values, links and preferences; all of them join.

    Returns
    -------
    Intake
        The order of what stays is kept; what is new comes last.
    tuple of str
        Sentences on what the changes took with them: links of a school that leaves, a lock that a move
        replaces, a smallest load above the places that are left.
    """
    notes: list[str] = []
    if joining is not None:
        intake = _joined(intake, joining)
    gone = {
        one.school for one in changes if one.change in (ChangeKind.MENTOR_LEAVES, ChangeKind.SCHOOL_LEAVES)
    }
    intake = _without(intake, gone, notes)
    places = {one.school: one.value for one in changes if one.change is ChangeKind.CAPACITY}
    schools = tuple(_resized(school, places.get(school.school_id), notes) for school in intake.schools)
    new = [_link(one, hosts) for one in changes if one.change in LINKS]
    links = (*_still_standing(intake.links, new, notes), *new)
    return intake.model_copy(update={"schools": schools, "links": links}), tuple(notes)


def _joined(intake: Intake, joining: Intake) -> Intake:
    tables = ("schools", "maturity", "links", "preferences")
    both = {name: (*getattr(intake, name), *getattr(joining, name)) for name in tables}
    return intake.model_copy(update=both)


def _without(intake: Intake, gone: set[str], notes: list[str]) -> Intake:
    if not gone:
        return intake
    links = tuple(one for one in intake.links if not {one.school_a, one.school_b} & gone)
    wishes = tuple(one for one in intake.preferences if not {one.from_school, one.to_school} & gone)
    for link in intake.links:
        if link not in links:
            notes.append(
                f"{_LINK_WORDS[link.kind]} {link.school_a} and {link.school_b} went with the school that "
                "leaves."
            )
    if len(wishes) < len(intake.preferences):
        count = len(intake.preferences) - len(wishes)
        notes.append(
            f"{count} {'wish' if count == 1 else 'wishes'} of or for schools that leave went with them."
        )
    return intake.model_copy(
        update={
            "schools": tuple(one for one in intake.schools if one.school_id not in gone),
            "maturity": tuple(one for one in intake.maturity if one.school_id not in gone),
            "links": links,
            "preferences": wishes,
        }
    )


def _resized(school: School, places: int | None, notes: list[str]) -> School:
    if places is None:
        return school
    update: dict[str, int] = {"max_load": places}
    if school.min_load is not None and school.min_load > places:
        update["min_load"] = places
        notes.append(
            f"{school.school_id} was to fill at least {school.min_load} places; it offers {places} now, so "
            "this is its least too."
        )
    return school.model_copy(update=update)


def _link(change: Change, hosts: Mapping[str, str | None]) -> Link:
    other = change.other or hosts.get(change.school)
    if other is None:
        raise ValueError(f"{change.school} has no mentor to keep; check the changes before they are applied.")
    return Link(
        kind=LINKS[change.change],
        school_a=change.school,
        school_b=other,
        strength=Strength.HARD,
        reason=change.reason,
        declared_by=change.author,
    )


def _still_standing(links: Iterable[Link], new: Sequence[Link], notes: list[str]) -> tuple[Link, ...]:
    """Drop earlier locks of schools that are pinned, moved or forbidden that pair now."""
    locked = {one.school_a for one in new if one.kind is LinkKind.LOCK}
    barred = {frozenset((one.school_a, one.school_b)) for one in new if one.kind is LinkKind.FORBID}
    kept = []
    for link in links:
        pair = frozenset((link.school_a, link.school_b))
        if link.kind is LinkKind.LOCK and (pair & locked or pair in barred):
            notes.append(f"The earlier lock of {link.school_a} and {link.school_b} no longer holds.")
        else:
            kept.append(link)
    return tuple(kept)

"""Whether what a run says of the changes that it came from can be: in itself, and against the earlier run."""

from __future__ import annotations

from itertools import pairwise

from matcher.analysis.document import PlanDocument
from matcher.analysis.rematch_document import RematchReport, SchoolDiff
from matcher.changes import HAND_EDITS, Change, ChangeKind
from matcher.profiles import Role
from matcher.runs.files import CHANGES_NAME, RESULT_NAME
from matcher.runs.record import MENTOR, NOT_GRANTED, RECORD_NAME, EditRecord, RunRecord

PLACES = "max load"
"""What an edit changes when it says how many places a mentor has."""


def origin_faults(record: RunRecord, document: PlanDocument) -> list[str]:
    """Say what a run tells of its origin that cannot be, whatever the earlier run was.

    Parameters
    ----------
    record : RunRecord
    document : PlanDocument

    Returns
    -------
    list of str
        One sentence for each fault, naming the file.
    """
    told, faults = document.rematch, []
    if record.earlier is None and (record.changes or told is not None):
        faults.append(f"{RECORD_NAME} names no earlier run, but changes that were made to one.")
    if (CHANGES_NAME in record.files) != (told is not None):
        faults.append(f"{CHANGES_NAME} and the part 'rematch' of {RESULT_NAME} do not belong together.")
    if told is None:
        if any(edit.what not in (MENTOR, NOT_GRANTED) for edit in record.edits):
            faults.append(f"{RECORD_NAME} holds edits of which {RESULT_NAME} says nothing.")
        return faults
    if len(record.edits) != len(told.changes) or not all(map(_fits, record.edits, told.changes)):
        faults.append(f"{RECORD_NAME}: the edits are not the changes that {RESULT_NAME} says were asked for.")
    if not _adds_up(told, document):
        faults.append(f"{RESULT_NAME}: the numbers of moves in the part 'rematch' do not fit each other.")
    return faults


def move_faults(document: PlanDocument, before: PlanDocument) -> list[str]:
    """Say what a run tells of its moves that its plan and the earlier one do not give.

    Which of the schools that moved could have stayed, and why each moved, is not looked at.

    Parameters
    ----------
    document : PlanDocument
        Of the run.
    before : PlanDocument
        Of the run that it came from.

    Returns
    -------
    list of str
    """
    told = document.rematch
    if told is None:
        return []
    was, now = _mentors(before), _mentors(document)
    kept = sum(host is not None and was.get(key) == host for key, host in now.items())
    names = {card.school_id: card.name for card in (*before.schools, *document.schools)}
    expected = [
        _moved(key, was, now, names) for key in sorted(was.keys() | now.keys()) if _differs(key, was, now)
    ]
    faults = []
    if (told.kept, told.earlier_points) != (kept, before.proof.objective):
        faults.append(f"{RESULT_NAME}: schools kept or points before are not those of the two plans.")
    if [_said(diff) for diff in told.diffs] != expected:
        faults.append(f"{RESULT_NAME}: the schools that moved are not those that the two plans give.")
    return faults


def _fits(edit: EditRecord, change: Change) -> bool:
    what, after = {change.change.value}, change.other
    if change.change in HAND_EDITS:
        what, after = {MENTOR, NOT_GRANTED}, change.other or edit.before
    elif change.change is ChangeKind.CAPACITY:
        what, after = {PLACES}, str(change.value)
    said = (edit.school, edit.after, edit.author, edit.reason)
    return edit.what in what and said == (change.school, after, change.author, change.reason)


def _adds_up(told: RematchReport, document: PlanDocument) -> bool:
    kinds = [diff.kind for diff in told.diffs]
    chosen = [point for point in told.line if point.chosen]
    return (
        (told.forced, told.moved) == (kinds.count("forced"), kinds.count("moved"))
        and [(point.moves, point.points) for point in chosen] == [(told.moved, document.proof.objective)]
        and told.least_moves == told.line[0].moves
        and all(one.moves < two.moves and one.points <= two.points for one, two in pairwise(told.line))
    )


def _mentors(document: PlanDocument) -> dict[str, str | None]:
    mentees = (card.school_id for card in document.schools if card.role is Role.MENTEE)
    placed: dict[str, str | None] = dict.fromkeys(mentees)
    return placed | {row.mentee_id: row.host_id for row in document.assignments}


def _differs(key: str, was: dict[str, str | None], now: dict[str, str | None]) -> bool:
    return key not in was or key not in now or was[key] != now[key]


def _moved(
    key: str, was: dict[str, str | None], now: dict[str, str | None], names: dict[str, str]
) -> tuple[object, ...]:
    before, after = was.get(key), now.get(key)
    kind = "forced or moved"
    if key not in now:
        kind = "left"
    elif key not in was:
        kind = "joined"
    elif before is None:
        kind = "placed"
    return key, names[key], kind, before, names.get(before or ""), after, names.get(after or "")


def _said(diff: SchoolDiff) -> tuple[object, ...]:
    kind = "forced or moved" if diff.kind in ("forced", "moved") else diff.kind
    return diff.school_id, diff.name, kind, diff.before, diff.before_name, diff.after, diff.after_name

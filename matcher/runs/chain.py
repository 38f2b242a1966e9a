"""Follow a run back to the runs that it came from, by their seals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from matcher.analysis.document import PlanDocument
from matcher.exceptions import InputError, UsageError, VerificationError
from matcher.runs.changes import intake_changes
from matcher.runs.files import INTAKE_NAME, RESULT_NAME
from matcher.runs.opened import sealed_intake
from matcher.runs.record import (
    MENTOR,
    NOT_GRANTED,
    RECORD_NAME,
    RunRecord,
    RunReference,
    files_of,
    read_record,
    sha256_of_file,
)
from matcher.runs.rematched import move_faults

Findings = tuple[list[str], list[str]]
"""Sentences on what holds, and on what does not."""


def follow_chain(run: Path, record: RunRecord, folders: Sequence[Path]) -> Findings:
    """Go from a run to the one it came from, and on, checking each link.

    Parameters
    ----------
    run : Path
    record : RunRecord
        Of `run`.
    folders : sequence of Path
        Runs, or folders that hold runs, besides those beside `run`.

    Returns
    -------
    passed : list of str
        One sentence on each earlier run that is as it was, and how far the chain goes.
    faults : list of str
        What is wrong with an earlier run, naming its folder.

    Raises
    ------
    UsageError
        If one of `folders` is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder with earlier runs.")
    if record.earlier is None:
        return (["This run follows no earlier run."] if folders else []), []
    places = [run.resolve().parent, *folders]
    passed: list[str] = []
    faults: list[str] = []
    here, told, back = (run, record), record.earlier, 0
    while True:
        found = _find(told, places)
        if found is None:
            changed = _changed_namesake(told, here[0], places)
            faults += [] if changed is None else [changed]
            passed.append(_end(back, here[1], missing=told))
            return passed, faults
        wrong = _link_faults(here, found, told)
        faults += wrong
        back += 1
        if not wrong:
            passed.append(f"Earlier run {told.name!r} ({_day(told.finished_at)}) is as it was written.")
        here = found
        if here[1].earlier is None:
            passed.append(_end(back, here[1], missing=None))
            return passed, faults
        if here[1].seal != here[1].expected_seal():  # what it says of earlier runs counts for nothing
            faults.append(f"The chain is not followed beyond the earlier run {told.name!r}.")
            return passed, faults
        told = here[1].earlier


def unsealed(run: Path, record: RunRecord) -> list[str]:
    """Say what of a run folder is not as its record says, and whether the record's own seal fits.

    Parameters
    ----------
    run : Path
    record : RunRecord
        As read from `run`.

    Returns
    -------
    list of str
        One sentence for each fault, beginning with the file's name.
    """
    faults = []
    # The seal covers the content, the comparison of texts what surrounds it (spaces, order of keys).
    text = (run / RECORD_NAME).read_text(encoding="utf-8")
    if record.seal != record.expected_seal() or text != record.to_json():
        faults.append(f"{RECORD_NAME} was changed: its seal does not fit its content.")
    present = set(files_of(run))
    for name, digest in sorted(record.files.items()):
        if name not in present:
            faults.append(f"{name} is missing.")
        elif not (run / name).is_file() or sha256_of_file(run / name) != digest:
            faults.append(f"{name} was changed after the run.")
    return faults + [f"{name} was added after the run." for name in sorted(present - set(record.files))]


def edit_faults(record: RunRecord, document: PlanDocument) -> list[str]:
    """Say of which mentors set by hand the record tells otherwise than the plan whether they were granted."""
    hosts = _hosts(document)
    return [
        f"{RECORD_NAME}: the edit of {edit.school} says {edit.what} {edit.after}, the plan gives "
        f"{hosts.get(edit.school) or 'none'}."
        for edit in record.edits
        if edit.what in (MENTOR, NOT_GRANTED)
        and (hosts.get(edit.school) == edit.after) is not (edit.what == MENTOR)
    ]


def _find(told: RunReference, places: Sequence[Path]) -> tuple[Path, RunRecord] | None:
    """Find a run by its seal; of several copies the first that is as it was written, else the first."""
    found = []
    for folder in _runs_in(places):
        try:
            record = read_record(folder)
        except (OSError, UsageError, VerificationError):
            continue  # not the run that is looked for, as far as can be told; see _changed_namesake
        if record.seal == told.seal:
            found.append((folder, record))
    return next((one for one in found if not unsealed(*one)), found[0] if found else None)


def _runs_in(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        for folder in (place, *sorted(place.iterdir())):
            with suppress(OSError):  # a neighbour that may not be looked into is no run of ours
                if (folder / RECORD_NAME).is_file():
                    yield folder


def _changed_namesake(told: RunReference, here: Path, places: Sequence[Path]) -> str | None:
    for folder in _runs_in(places):
        if folder.resolve().name == told.name and folder.resolve() != here.resolve():
            return (
                f"{folder} is not the run that this one came from: its record was changed, or another run "
                f"was written in its place after {_day(told.finished_at)}."
            )
    return None


def _link_faults(
    here: tuple[Path, RunRecord], found: tuple[Path, RunRecord], told: RunReference
) -> list[str]:
    folder, record = found
    faults = [f"Earlier run {folder}: {fault}" for fault in unsealed(folder, record)]
    if sha256_of_file(folder / RECORD_NAME) != told.record_sha256 and not faults:
        faults.append(f"Earlier run {folder}: {RECORD_NAME} is not the one that the later run came from.")
    if told.finished_at != record.finished_at and not faults:
        faults.append(
            f"{RECORD_NAME} of {here[0]} says that the earlier run {folder} was finished at "
            f"{told.finished_at}; it was at {record.finished_at}."
        )
    if faults:
        return faults
    try:
        expected = intake_changes(sealed_intake(folder), sealed_intake(here[0]))
    except (OSError, ValueError, InputError):
        return [f"{INTAKE_NAME} of {here[0]} cannot be compared with that of the earlier run {folder}."]
    if here[1].changes != expected:
        faults.append(
            f"{RECORD_NAME} of {here[0]} does not say what changed since the intake of earlier run {folder}."
        )
    earlier = PlanDocument.from_json((folder / RESULT_NAME).read_text(encoding="utf-8"))
    before = _hosts(earlier)
    faults += [
        f"{RECORD_NAME} of {here[0]}: the edit of {edit.school} says it had mentor {edit.before or 'none'}, "
        f"the earlier run {folder} says {before.get(edit.school) or 'none'}."
        for edit in here[1].edits
        if edit.what in (MENTOR, NOT_GRANTED) and before.get(edit.school) != edit.before
    ]
    try:
        later = PlanDocument.from_json((here[0] / RESULT_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [
            *faults,
            f"{RESULT_NAME} of {here[0]} cannot be compared with that of the earlier run {folder}.",
        ]
    return faults + [f"Against the earlier run {folder}: {fault}" for fault in move_faults(later, earlier)]


def _hosts(document: PlanDocument) -> dict[str, str]:
    return {row.mentee_id: row.host_id for row in document.assignments}


def _end(back: int, first: RunRecord, *, missing: RunReference | None) -> str:
    runs = "1 run" if back == 1 else f"{back} runs"
    if missing is None:
        return f"The chain goes {runs} back to {_day(first.finished_at)}, where it begins."
    gone = f"{missing.name!r} of {_day(missing.finished_at)}"
    if back == 0:
        return f"The run that this one came from, {gone}, is not here; --earlier says where to look."
    return (
        f"The chain goes {runs} back to {_day(first.finished_at)}; the run before, {gone}, is not here; "
        "--earlier says where to look."
    )


def _day(finished_at: str) -> str:
    return datetime.fromisoformat(finished_at).date().isoformat()

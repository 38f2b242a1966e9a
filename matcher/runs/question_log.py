"""Questions about a run, put on record beside it: a run folder itself is sealed.

Each entry holds what was asked, by whom, from what, and the answer; it is sealed together with the
seal of the entry before it, the first with the seal and the name of the run.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, TextIO

from matcher.exceptions import UsageError, VerificationError
from matcher.runs.files import INTAKE_NAME
from matcher.runs.folder import log_beside
from matcher.runs.opened import OpenRun
from matcher.runs.record import (
    RECORD_NAME,
    Instant,
    RecordPart,
    RunRecord,
    RunReference,
    read_record,
    reference_to,
    seal_of,
    sha256_of_text,
)

LONGEST_WAIT = 10.0
"""Seconds to wait for another command that is writing the log."""


class QuestionEntry(RecordPart):
    """One question and its answer."""

    number: int
    asked_at: Instant
    author: str | None
    command: str
    """Such as ``explain``."""
    question: dict[str, Any]
    """Arguments and settings: school, tolerance, limits, seed …"""
    intake_sha256: str
    policy_sha256: str
    matcher_version: str
    answer: dict[str, Any]
    previous: str
    """Seal of the entry before; for the first, the SHA-256 of what the log says of the run."""
    seal: str = ""


class QuestionLog(RecordPart):
    """Contents of ``<run>.questions.json``."""

    schema_version: Literal["1.1"] = "1.1"
    run: RunReference
    entries: tuple[QuestionEntry, ...] = ()

    def to_json(self) -> str:
        """Text of the log."""
        return self.model_dump_json(indent=2) + "\n"


def refuse_unfit(run: Path) -> None:
    """Say before a question is answered that its answer could not be put on record beside the run.

    Parameters
    ----------
    run : Path
        Run folder.

    Raises
    ------
    UsageError
        If `run` is no run, or the log is of another run or cannot be read or written.
    VerificationError
        If the record or the log was changed.
    """
    path = log_beside(run)
    _log_of(path, read_record(run), run)
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"{path} cannot be written: the folder {path.parent} may not be changed.")


def put_on_record(
    run: OpenRun,
    command: str,
    question: Mapping[str, Any],
    answer: Mapping[str, Any],
    *,
    path: Path | None = None,
    author: str | None = None,
) -> QuestionEntry:
    """Add a question and its answer to the log of a run; the run folder is not touched.

    Parameters
    ----------
    run : OpenRun
    command : str
        Such as ``explain``.
    question : mapping
        Arguments and settings, JSON-ready.
    answer : mapping
        What was answered, JSON-ready.
    path : Path, optional
        The log; beside the run if None. It is created, or added to.
    author : str, optional
        Who asked.

    Returns
    -------
    QuestionEntry

    Raises
    ------
    UsageError
        If `path` lies inside the run folder, cannot be read or written, or is a log of another run.
    VerificationError
        If the log was changed.
    """
    path = log_beside(run.folder) if path is None else path
    if run.folder.resolve() in path.resolve().parents:
        raise UsageError(f"{path} lies inside the run folder, which is sealed. Give --record another file.")
    with _written_anew(path) as stream:
        log = _log_of(path, run.record, run.folder)
        entry = QuestionEntry(
            number=len(log.entries) + 1,
            asked_at=datetime.now(UTC).isoformat(timespec="seconds"),
            author=author,
            command=command,
            question=dict(question),
            intake_sha256=run.record.files[INTAKE_NAME],
            policy_sha256=run.record.policy_sha256,
            matcher_version=version("mensi-matcher"),
            answer=dict(answer),
            previous=log.entries[-1].seal if log.entries else _start(log.run),
        )
        entry = entry.model_copy(update={"seal": seal_of(entry)})
        stream.write(log.model_copy(update={"entries": (*log.entries, entry)}).to_json())
    return entry


def check_questions(run: Path, record: RunRecord, path: Path | None) -> tuple[list[str], list[str]]:
    """Check the log of questions about a run.

    Parameters
    ----------
    run : Path
    record : RunRecord
    path : Path or None
        The log; with None that beside the run, where there is one.

    Returns
    -------
    passed, faults : list of str
    """
    if path is None:
        path = log_beside(run)
        if not path.exists():
            return [], []
    elif not path.is_file():
        raise UsageError(f"{path} is not a file.")
    try:
        log = _read(path, record)
        faults = _log_faults(path, log, record)
    except (UsageError, VerificationError) as error:
        return [], [str(error)]
    count = len(log.entries)
    number = "1 question" if count == 1 else f"{count} questions"
    return ([] if faults else [f"{path.name}: {number} on record, in an unbroken chain."]), faults


def _log_of(path: Path, record: RunRecord, run: Path) -> QuestionLog:
    """Read the log, or begin one; raises VerificationError if it was changed."""
    if not path.exists():
        return QuestionLog(run=reference_to(run, record))
    log = _read(path, record)
    faults = _log_faults(path, log, record)
    if faults:
        raise VerificationError(" ".join(faults))
    return log


def _start(run: RunReference) -> str:
    """Make what the first entry is sealed together with: all that the log says of the run, its name too."""
    return sha256_of_text(run.model_dump_json())


def _read(path: Path, record: RunRecord) -> QuestionLog:
    try:
        text = path.read_text(encoding="utf-8")
        log = QuestionLog.model_validate_json(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise VerificationError(f"{path.name} is no log of questions, or was changed.") from error
    if text != log.to_json():
        raise VerificationError(f"{path.name} was changed: it is not as it was written.")
    if log.run.seal != record.seal:
        raise UsageError(f"{path.name} holds questions about another run, {log.run.name!r}.")
    return log


def _log_faults(path: Path, log: QuestionLog, record: RunRecord) -> list[str]:
    if log.run.finished_at != record.finished_at or log.run.record_sha256 != sha256_of_text(record.to_json()):
        return [f"{path.name} was changed: it does not say of the run what {RECORD_NAME} says."]
    previous = _start(log.run)
    for place, entry in enumerate(log.entries, start=1):
        made_of = (entry.intake_sha256, entry.policy_sha256)
        fits = made_of == (record.files.get(INTAKE_NAME), record.policy_sha256)
        if entry.number != place or entry.previous != previous or entry.seal != seal_of(entry) or not fits:
            return [f"{path.name}: question {place} was changed, or one before it was taken out."]
        previous = entry.seal
    return []


@contextmanager
def _written_anew(path: Path) -> Iterator[TextIO]:
    """Give a file that takes the place of `path` once the block ends without an error.

    The file is a lock as well: nobody else can make it while it is there, so that of two commands at once
    the second adds to what the first wrote.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = _locked(lock)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        if path.exists():
            lock.chmod(stat.S_IMODE(path.stat().st_mode))
        lock.replace(path)  # from here on a lock of that name is somebody else's
    except BaseException as error:
        lock.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
        raise


def _locked(lock: Path) -> int:
    """Make the file as one that was not there, waiting for whoever has made it before."""
    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError as error:
            if time.monotonic() > until:
                raise UsageError(
                    f"Another command is writing the log of questions: {lock} is there. "
                    "Try again; if no such command is running, delete that file."
                ) from error
        time.sleep(0.02)

"""Questions about a run, put on record beside it: a run folder itself is sealed.

Each entry holds what was asked, by whom, from what, and the answer; it is sealed together with the
seal of the entry before it, the first with the seal of the run.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from matcher.exceptions import UsageError, VerificationError
from matcher.runs.files import INTAKE_NAME
from matcher.runs.opened import OpenRun
from matcher.runs.record import (
    RECORD_NAME,
    RecordPart,
    RunRecord,
    RunReference,
    reference_to,
    seal_of,
    sha256_of_text,
)


class QuestionEntry(RecordPart):
    """One question and its answer."""

    number: int
    asked_at: str
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
    """Seal of the entry before; of the run, for the first."""
    seal: str = ""


class QuestionLog(RecordPart):
    """Contents of ``<run>.questions.json``."""

    schema_version: Literal["1.0"] = "1.0"
    run: RunReference
    entries: tuple[QuestionEntry, ...] = ()

    def to_json(self) -> str:
        """Text of the log."""
        return self.model_dump_json(indent=2) + "\n"


def log_beside(run: Path) -> Path:
    """Where the log of a run lies unless another place is named."""
    run = run.resolve()
    return run.with_name(f"{run.name}.questions.json")


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
        If `path` lies inside the run folder, cannot be written, or is a log of another run.
    VerificationError
        If the log was changed.
    """
    path = log_beside(run.folder) if path is None else path
    if run.folder.resolve() in path.resolve().parents:
        raise UsageError(f"{path} lies inside the run folder, which is sealed. Give --record another file.")
    log = _read(path, run.record) if path.exists() else QuestionLog(run=reference_to(run.folder, run.record))
    faults = _log_faults(path, log, run.record)
    if faults:
        raise VerificationError(" ".join(faults))
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
        previous=log.entries[-1].seal if log.entries else run.record.seal,
    )
    entry = entry.model_copy(update={"seal": seal_of(entry)})
    _replace(path, log.model_copy(update={"entries": (*log.entries, entry)}).to_json())
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


def _read(path: Path, record: RunRecord) -> QuestionLog:
    try:
        text = path.read_text(encoding="utf-8")
        log = QuestionLog.model_validate_json(text)
    except (OSError, ValidationError, ValueError) as error:
        raise VerificationError(f"{path.name} is no log of questions, or was changed.") from error
    if text != log.to_json():
        raise VerificationError(f"{path.name} was changed: it is not as it was written.")
    if log.run.seal != record.seal:
        raise UsageError(f"{path.name} holds questions about another run, {log.run.name!r}.")
    return log


def _log_faults(path: Path, log: QuestionLog, record: RunRecord) -> list[str]:
    if log.run.finished_at != record.finished_at or log.run.record_sha256 != sha256_of_text(record.to_json()):
        return [f"{path.name} was changed: it does not say of the run what {RECORD_NAME} says."]
    previous = record.seal
    for place, entry in enumerate(log.entries, start=1):
        made_of = (entry.intake_sha256, entry.policy_sha256)
        fits = made_of == (record.files.get(INTAKE_NAME), record.policy_sha256)
        if entry.number != place or entry.previous != previous or entry.seal != seal_of(entry) or not fits:
            return [f"{path.name}: question {place} was changed, or one before it was taken out."]
        previous = entry.seal
    return []


def _replace(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error

"""The record of a run: what went in, what came out, how long it took, and a seal over all of it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from matcher.exceptions import UsageError, VerificationError
from matcher.result import StoppedBy

RECORD_NAME = "record.json"
MENTOR = "mentor"
"""What an edit changes when it says who the mentor of a school is."""
NOT_GRANTED = "mentor, not granted"
"""The same where the plan does not give the mentor that was asked for: the policy lets locks give way."""
_OLDER_LAYOUTS = ("1.0",)


def _instant(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a time without its offset from UTC")
    return text


Instant = Annotated[str, AfterValidator(_instant)]
"""A time with its offset from UTC, such as ``2026-09-01T08:00:00+00:00``."""


class RecordPart(BaseModel):
    """A frozen part of a record; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceRecord(RecordPart):
    """A file that was read: its name without folder, and the SHA-256 of its bytes."""

    name: str
    sha256: str


class RunReference(RecordPart):
    """Another run, by what cannot be changed unseen: its seal and the hash of its record."""

    name: str
    """Name of its folder, without the path."""
    seal: str
    record_sha256: str
    finished_at: Instant


class EditRecord(RecordPart):
    """One thing that was changed by hand."""

    what: str
    """:data:`MENTOR` or :data:`NOT_GRANTED` for the mentor of a school; otherwise the words of the form."""
    school: str
    before: str | None
    """None where there was nothing before."""
    after: str | None
    """What was asked for."""
    author: str | None
    reason: str | None
    source: str
    """Where it was read from, such as ``pins.xlsx [Assignments!E5]``."""


class IntakeChange(RecordPart):
    """One difference between the intake of the earlier run and that of this run."""

    part: Literal["programme", "school", "link", "preference", "maturity"]
    key: str
    """School id, both ids of a link or wish, or the name of a setting."""
    field: str
    """The field of a school that differs; empty where the whole row came or went."""
    before: str | None
    """As in ``inputs/intake.json``; of maturity values only the SHA-256. None: not there before."""
    after: str | None


class ExplanationInputs(RecordPart):
    """What one part of the result's explanations was made from."""

    part: Literal["plan", "outlook"]
    intake_sha256: str
    policy_sha256: str
    seed: int
    settings: dict[str, float]
    """Such as ``tolerance`` and ``samples`` of the outlook."""


class RunRecord(RecordPart):
    """Contents of ``record.json``.

    The only file of a run that holds times: every other file is byte-identical for the same input,
    policy and seed. `seal` is the SHA-256 of all the rest of the record, so that a change of the
    record itself is found too; `earlier` holds the seal of the run that this one came from, so that
    the seals of many runs form a chain.
    """

    schema_version: Literal["2.0"] = "2.0"
    matcher_version: str
    finished_at: Instant
    earlier: RunReference | None
    changes: tuple[IntakeChange, ...]
    """From the earlier run's intake to this one; empty without an earlier run."""
    edits: tuple[EditRecord, ...]
    sources: tuple[SourceRecord, ...]
    dropped_columns: tuple[str, ...]
    policy_name: str
    policy_sha256: str
    seed: int
    status: str
    method: str
    stopped_by: StoppedBy
    objective_units: int
    bound_units: int | None
    referee: str
    explanations: tuple[ExplanationInputs, ...]
    versions: dict[str, str]
    seconds_by_stage: dict[str, float]
    files: dict[str, str]
    seal: str = ""

    def sealed(self) -> RunRecord:
        """Return the record with its seal."""
        return self.model_copy(update={"seal": self.expected_seal()})

    def expected_seal(self) -> str:
        """SHA-256 that the seal must have."""
        return seal_of(self)

    def to_json(self) -> str:
        """Text of ``record.json``."""
        return self.model_dump_json(indent=2) + "\n"


def must_be_run(run: Path) -> None:
    """Raise UsageError if there is no run folder at `run`."""
    if not run.exists():
        raise UsageError(f"There is no folder {run}.")
    if not (run / RECORD_NAME).is_file():
        runs = sorted(path.parent.name for path in Path(run).glob(f"*/{RECORD_NAME}"))
        inside = f" It holds runs, each a folder of its own: {', '.join(runs)}." if runs else ""
        raise UsageError(f"{run} is not a run folder: it has no {RECORD_NAME}.{inside}")


def read_record(run: Path) -> RunRecord:
    """Read the record of a run folder; whether its seal fits is not looked at.

    Parameters
    ----------
    run : Path

    Returns
    -------
    RunRecord

    Raises
    ------
    UsageError
        If `run` is not a run folder, or was written in an older layout.
    VerificationError
        If the record can no longer be read.
    """
    must_be_run(run)
    try:
        content = json.loads((run / RECORD_NAME).read_text(encoding="utf-8"))
        older = isinstance(content, dict) and content.get("schema_version") in _OLDER_LAYOUTS
        if not older:
            return RunRecord.model_validate(content)
    except (ValidationError, ValueError) as error:
        raise VerificationError(f"{RECORD_NAME} was changed: it can no longer be read.") from error
    raise UsageError(
        f"{run / RECORD_NAME} has the older layout {content['schema_version']} (matcher "
        f"{content.get('matcher_version', 'unknown')}); this version reads layout 2.0. "
        "Verify the run with the version that wrote it, or make the run again."
    )


def seal_of(part: RecordPart) -> str:
    """SHA-256 of all of a part of a record but its field `seal`."""
    content: dict[str, Any] = part.model_dump(mode="json", exclude={"seal"})
    return sha256_of_text(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def reference_to(run: Path, record: RunRecord) -> RunReference:
    """Refer to a run by its folder's name, its seal and the hash of its record."""
    return RunReference(
        name=run.resolve().name,
        seal=record.seal,
        record_sha256=sha256_of_file(run / RECORD_NAME),
        finished_at=record.finished_at,
    )


def sha256_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_of(folder: Path) -> tuple[str, ...]:
    """Relative names of all that is in a run folder but its record, sorted, with forward slashes.

    Folders count only where they are empty; links are never followed.
    """
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if _is_entry(path))
    return tuple(sorted(name for name in names if name != RECORD_NAME))


def _is_entry(path: Path) -> bool:
    return path.is_symlink() or not path.is_dir() or not any(path.iterdir())

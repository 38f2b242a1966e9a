"""The record of a run: what went in, what came out, how long it took, and a seal over all of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

RECORD_NAME = "record.json"


class SourceRecord(BaseModel):
    """A file that was read: its name without folder, and the SHA-256 of its bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str


class RunRecord(BaseModel):
    """Contents of ``record.json``.

    The only file of a run that holds times: every other file is byte-identical for the same input,
    policy and seed. `seal` is the SHA-256 of all the rest of the record, so that a change of the
    record itself is found too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1.0"] = "1.0"
    matcher_version: str
    finished_at: str
    sources: tuple[SourceRecord, ...]
    dropped_columns: tuple[str, ...]
    policy_name: str
    policy_sha256: str
    seed: int
    status: str
    method: str
    stopped_by: str
    objective_units: int
    bound_units: int | None
    referee: str
    versions: dict[str, str]
    seconds_by_stage: dict[str, float]
    files: dict[str, str]
    seal: str = ""

    def sealed(self) -> RunRecord:
        """Return the record with its seal."""
        return self.model_copy(update={"seal": self.expected_seal()})

    def expected_seal(self) -> str:
        """SHA-256 that the seal must have."""
        content: dict[str, Any] = self.model_dump(mode="json", exclude={"seal"})
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256_of_text(text)

    def to_json(self) -> str:
        """Text of ``record.json``."""
        return self.model_dump_json(indent=2) + "\n"


def sha256_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_of(folder: Path) -> tuple[str, ...]:
    """Relative names of all files of a run folder but the record, sorted, with forward slashes."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(name for name in names if name != RECORD_NAME))

"""Read an intake from wherever it stands."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from matcher.exceptions import UsageError
from matcher.intake.canonical import intake_from_json
from matcher.intake.origin import IntakeReading, SourceFile


def read_intake(source: Path, *, as_of: date | None = None) -> IntakeReading:
    """Read an intake."""
    if not source.exists():
        raise UsageError(f"There is no file or folder '{source.name}'.")
    data = source.read_bytes()
    intake = intake_from_json(data.decode("utf-8-sig"))
    if as_of is not None:
        intake = intake.model_copy(update={"as_of": as_of})
    return IntakeReading(intake, sources=(SourceFile(source.name, hashlib.sha256(data).hexdigest()),))

"""Write an intake to files that read back to an equal intake."""

from __future__ import annotations

from pathlib import Path

from matcher.intake.canonical import intake_to_json
from matcher.profiles import Intake


def write_intake(intake: Intake, path: Path) -> None:
    """Write `intake` to `path`."""
    path.write_text(intake_to_json(intake), encoding="utf-8")

"""The whole command on the pilot intake."""

from __future__ import annotations

from benchmarks.micro.part import Measured, Part
from benchmarks.pilot_command import measure


def _measure() -> Measured:
    found = measure()
    return Measured(found.match_s, {"imports_s": found.import_s, "objective_units": float(found.objective)})


PART = Part(
    "pilot-command", "`matcher match` on the pilot intake, whole process, proven optimal", _measure, 3.0
)

"""From files to an intake and its located issues, and back to files.

Importing this package loads neither pandas nor openpyxl; each reader and writer loads what it needs.
"""

from __future__ import annotations

from matcher.intake.canonical import intake_from_json, intake_to_json
from matcher.intake.origin import IntakeReading
from matcher.intake.reading import read_intake
from matcher.intake.writers import write_intake

__all__ = ["IntakeReading", "intake_from_json", "intake_to_json", "read_intake", "write_intake"]

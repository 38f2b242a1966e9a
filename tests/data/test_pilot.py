"""The committed pilot intake is the generator's own, and clean."""

from __future__ import annotations

from pathlib import Path

from matcher.generate import generate_intake
from matcher.intake import read_intake
from matcher.intake.checks import check_intake
from matcher.intake.writers import write_intake

PILOT = Path(__file__).resolve().parents[2] / "data" / "pilot"


def test_generating_the_pilot_again_gives_the_same_bytes(tmp_path: Path) -> None:
    write_intake(generate_intake(), tmp_path / "again")
    made = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    kept = {path.name: path.read_bytes() for path in PILOT.glob("*.csv")}
    assert made == kept


def test_the_pilot_reads_without_errors_and_with_a_few_warnings() -> None:
    reading = read_intake(PILOT)
    issues = (*reading.issues, *check_intake(reading))
    assert [str(issue) for issue in issues if issue.is_error] == []
    assert 5 <= len(issues) <= 20
    assert any("PT" in str(issue) and "2 too few" in issue.problem for issue in issues)
    assert reading.intake == generate_intake()

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import pytest

from matcher.intake.checks import check_intake
from matcher.intake.reading import read_intake
from matcher.issues import Issue

FAULTY = Path(__file__).parents[3] / "data" / "faulty"
CASES = sorted(folder.name for folder in FAULTY.iterdir() if (folder / "expected_issues.csv").is_file())


def test_there_are_cases_of_both_sorts_and_no_others() -> None:
    assert {name.partition("-")[0] for name in CASES} == {"fault", "tolerated"}
    assert len(CASES) > 70


@pytest.mark.parametrize("name", CASES)
def test_a_faulty_intake_gives_exactly_its_expected_issues(name: str) -> None:
    with (FAULTY / name / "expected_issues.csv").open(encoding="utf-8", newline="") as file:
        expected = [tuple(row) for row in csv.reader(file)][1:]
    found = [
        (str(one.severity), one.code, one.location.file, one.location.sheet, one.location.cell)
        for one in _issues(name)
    ]
    assert found == expected


@pytest.mark.parametrize("name", CASES)
def test_only_a_fault_has_errors_and_each_says_where_what_and_what_to_do(name: str) -> None:
    errors = [issue for issue in _issues(name) if issue.is_error]
    assert bool(errors) is name.startswith("fault-")
    for issue in errors:
        assert issue.location.file
        assert issue.location.cell
        assert issue.problem.endswith((".", "?"))
        assert issue.advice.endswith((".", "?"))


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_described_in_the_readme(name: str) -> None:
    assert f"| `{name}` |" in (FAULTY / "README.md").read_text(encoding="utf-8")


def test_the_script_writes_the_very_files_that_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(FAULTY))
    make = importlib.import_module("make")
    assert sorted(case.name for case in make.CASES) == CASES
    for case in make.CASES:
        make.write_case(case, tmp_path / case.name)
    written = {
        path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }
    assert written == {path: (FAULTY / path).read_bytes() for path in written}


def _issues(name: str) -> tuple[Issue, ...]:
    source = next(path for path in sorted((FAULTY / name).iterdir()) if path.stem == "intake")
    reading = read_intake(source)
    return (*reading.issues, *check_intake(reading))

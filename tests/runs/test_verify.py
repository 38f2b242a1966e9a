"""A run is found out when a byte of it changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.cli import run
from matcher.exceptions import UsageError
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.runs.record import RunRecord, sha256_of_file
from matcher.runs.verify import verify_run


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), folder / "intake.json")
    assert run(["match", str(folder / "intake.json"), "--out", str(folder / "out"), "--quiet"]) == 0
    return folder / "out"


@pytest.fixture
def copy(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "run"))


def test_an_untouched_run_verifies(pristine: Path) -> None:
    found = verify_run(pristine)
    assert found.faults == ()
    assert len(found.passed) == 4


@pytest.mark.parametrize(
    "name",
    [
        "report.html",
        "result.xlsx",
        "assignments.csv",
        "clusters.csv",
        "result.json",
        "inputs/intake.json",
        "inputs/policy.yaml",
        "record.json",
    ],
)
@pytest.mark.parametrize("where", [0.0, 0.5, 0.999])
def test_one_changed_byte_is_found_and_its_file_named(copy: Path, name: str, where: float) -> None:
    data = bytearray((copy / name).read_bytes())
    at = int(len(data) * where)
    data[at] ^= 1
    (copy / name).write_bytes(bytes(data))
    assert any(fault.startswith(name) for fault in verify_run(copy).faults)


def test_a_missing_and_an_added_file_are_named(copy: Path) -> None:
    (copy / "clusters.csv").unlink()
    (copy / "notes.txt").write_text("x", encoding="utf-8")
    faults = verify_run(copy).faults
    assert "clusters.csv is missing." in faults
    assert "notes.txt was added after the run." in faults


def test_a_space_added_to_the_record_is_found(copy: Path) -> None:
    with (copy / "record.json").open("a", encoding="utf-8") as stream:
        stream.write(" ")
    assert verify_run(copy).faults == ("record.json was changed: its seal does not fit its content.",)


def test_a_school_moved_by_hand_breaks_the_objective_even_if_the_hashes_are_forged(copy: Path) -> None:
    document = json.loads((copy / "result.json").read_text(encoding="utf-8"))
    first, second = document["clusters"][0]["host_id"], document["clusters"][1]["host_id"]
    row = next(row for row in document["assignments"] if row["host_id"] == first)
    row["host_id"] = second
    (copy / "result.json").write_text(json.dumps(document), encoding="utf-8")
    record = RunRecord.model_validate_json((copy / "record.json").read_text(encoding="utf-8"))
    files = record.files | {"result.json": sha256_of_file(copy / "result.json")}
    forged = record.model_copy(update={"files": files}).sealed()
    (copy / "record.json").write_text(forged.to_json(), encoding="utf-8")
    faults = verify_run(copy).faults
    assert len(faults) == 1
    assert faults[0].startswith("result.json")


def test_a_folder_without_a_record_is_not_a_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a run folder"):
        verify_run(tmp_path)


def test_verifying_loads_no_solver(pristine: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from matcher.runs.verify import verify_run\n"
        f"assert verify_run(Path({str(pristine)!r})).ok\n"
        "assert not [name for name in sys.modules if name.startswith('ortools')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

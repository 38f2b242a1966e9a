"""A run is found out when a byte of it changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from matcher.cli import run
from matcher.exceptions import UsageError
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake
from matcher.plan import Plan
from matcher.runs.opened import open_run
from matcher.runs.record import RunRecord, files_of, sha256_of_file
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
    assert len(found.passed) == 5


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


def test_empty_folders_links_and_what_is_no_file_any_more_are_named(copy: Path) -> None:
    (copy / "empty").mkdir()
    (copy / "gone").symlink_to(copy / "nowhere")
    (copy / "inputs" / "elsewhere").symlink_to(copy.parent)
    (copy / "clusters.csv").unlink()
    (copy / "clusters.csv").mkdir()
    assert {
        "empty was added after the run.",
        "gone was added after the run.",
        "inputs/elsewhere was added after the run.",
        "clusters.csv was changed after the run.",
    } <= set(verify_run(copy).faults)


def test_a_space_added_to_the_record_is_found(copy: Path) -> None:
    with (copy / "record.json").open("a", encoding="utf-8") as stream:
        stream.write(" ")
    assert verify_run(copy).faults == ("record.json was changed: its seal does not fit its content.",)


def forge(run_folder: Path, *, document: dict[str, Any] | None = None, **changes: Any) -> None:
    """Change a run and mend all its hashes, as somebody would who knows how they are made."""
    if document is not None:
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        (run_folder / "result.json").write_text(text, encoding="utf-8", newline="\n")
    record = RunRecord.model_validate_json((run_folder / "record.json").read_text(encoding="utf-8"))
    files = {name: sha256_of_file(run_folder / name) for name in files_of(run_folder)}
    forged = record.model_copy(update={"files": files, **changes}).sealed()
    (run_folder / "record.json").write_text(forged.to_json(), encoding="utf-8", newline="\n")


def document_of(run_folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((run_folder / "result.json").read_text(encoding="utf-8"))
    return content


def test_a_school_moved_by_hand_breaks_the_objective_even_if_the_hashes_are_forged(copy: Path) -> None:
    document = document_of(copy)
    first, second = document["clusters"][0]["host_id"], document["clusters"][1]["host_id"]
    row = next(row for row in document["assignments"] if row["host_id"] == first)
    row["host_id"] = second
    forge(copy, document=document)
    (fault,) = verify_run(copy).faults
    assert fault.startswith("result.json")


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("assignments", "score", 99.5),
        ("assignments", "why", ["A better reason."]),
        ("clusters", "load", 4),
        ("unassigned", "reason", "It did not want to."),
        ("schools", "maturity_band", "established"),
        ("rules", "holds", False),
    ],
)
def test_a_word_changed_is_found_even_if_the_hashes_are_forged(
    copy: Path, part: str, key: str, value: object
) -> None:
    document = document_of(copy)
    document[part][0][key] = value
    forge(copy, document=document)
    expected = f"result.json: the part {part!r} is not what the sealed inputs and the plan give."
    assert expected in verify_run(copy).faults


def test_a_reason_to_stop_that_there_is_not_is_found(copy: Path) -> None:
    document = document_of(copy)
    document["proof"]["stopped_by"] = "boredom"
    forge(copy, document=document)
    (fault,) = verify_run(copy).faults
    assert "The plan cannot be checked" in fault
    content = json.loads((copy / "record.json").read_text(encoding="utf-8"))
    content["stopped_by"] = "boredom"
    (copy / "record.json").write_text(json.dumps(content), encoding="utf-8")
    assert verify_run(copy).faults == ("record.json was changed: it can no longer be read.",)


def test_a_mentee_named_twice_is_found_even_if_the_hashes_are_forged(copy: Path) -> None:
    document = document_of(copy)
    document["assignments"].append(document["assignments"][0])
    forge(copy, document=document)
    assert any("'assignments'" in fault for fault in verify_run(copy).faults)


@pytest.mark.parametrize("name", ["report.html", "assignments.csv", "clusters.csv"])
def test_a_file_that_says_something_else_is_found_even_if_the_hashes_are_forged(
    copy: Path, name: str
) -> None:
    (copy / name).write_text("nothing\n", encoding="utf-8")
    forge(copy)
    assert verify_run(copy).faults == (f"{name} is not what the sealed inputs and the plan give.",)


@pytest.mark.parametrize("change", [{"seed": 9}, {"method": "by hand"}, {"policy_sha256": "0" * 64}])
def test_a_record_that_contradicts_the_result_is_found(copy: Path, change: dict[str, Any]) -> None:
    forge(copy, **change)
    (fault,) = verify_run(copy).faults
    assert fault.startswith("record.json does not say of the plan")


def test_the_words_of_another_version_are_not_compared_and_that_is_said(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = document_of(copy)
    document["assignments"][0]["why"] = ["Put differently then."]
    forge(copy, document=document, matcher_version="0.0.1")
    found = verify_run(copy)
    assert found.ok
    (skipped,) = found.skipped
    assert "The words were not compared: the record says that matcher 0.0.1 made the run" in skipped
    assert run(["verify", str(copy)]) == 0
    assert f"LEFT   {skipped}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("assignments", "score", 99.5),
        ("assignments", "locked", True),
        ("clusters", "load", 4),
        ("clusters", "mentee_ids", ["HR-X"]),
        ("unassigned", "price", 1.5),
    ],
)
def test_numbers_and_ids_are_compared_whatever_version_the_record_names(
    copy: Path, part: str, key: str, value: object
) -> None:
    document = document_of(copy)
    document[part][0][key] = value
    forge(copy, document=document, matcher_version="0.0.1")
    (fault,) = verify_run(copy).faults
    assert fault.startswith(f"result.json: ids or numbers of the part {part!r}")


def test_totals_tables_and_record_are_compared_whatever_version_the_record_names(copy: Path) -> None:
    document = document_of(copy)
    document["totals"]["mean_score"] = 99.0
    table = (copy / "assignments.csv").read_text(encoding="utf-8-sig").splitlines()
    (copy / "assignments.csv").write_text("\n".join(table[:-1]) + "\n", encoding="utf-8")
    (copy / "clusters.csv").write_text("nothing\n", encoding="utf-8")
    forge(copy, document=document, matcher_version="0.0.1", seed=9)
    faults = verify_run(copy).faults
    assert [fault.split(":")[0].split(" ")[0] for fault in faults] == [
        "result.json",
        "record.json",
        "assignments.csv",
        "clusters.csv",
    ]


def test_a_folder_without_a_record_is_not_a_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a run folder"):
        verify_run(tmp_path)


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    for opened in (verify_run, open_run, Plan.from_run):
        with pytest.raises(UsageError, match=r"^There is no folder .*gone\.$"):
            opened(tmp_path / "gone")


def test_a_run_s_worth_is_said_in_points(pristine: Path) -> None:
    points = json.loads((pristine / "result.json").read_text(encoding="utf-8"))["proof"]["objective"]
    assert f"The plan is worth {points:,.2f} points, as the run says." in verify_run(pristine).passed
    assert not any("units" in line for line in verify_run(pristine).passed)


def test_verifying_loads_no_solver(pristine: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from matcher.runs.verify import verify_run\n"
        f"assert verify_run(Path({str(pristine)!r})).ok\n"
        "assert not [name for name in sys.modules if name.startswith('ortools')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_quiet_command_says_nothing_but_faults(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(copy), "--quiet"]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")
    (copy / "clusters.csv").unlink()
    assert run(["verify", str(copy), "--quiet"]) == 3
    assert capsys.readouterr().out == "FAULT  clusters.csv is missing.\n"

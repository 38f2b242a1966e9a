"""What a rematch says of itself is held against its record and the run that it came from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from matcher.cli import run
from matcher.runs.files import document_files
from matcher.runs.opened import open_run
from matcher.runs.record import files_of, read_record, sha256_of_file
from matcher.runs.verify import verify_run
from tests.routes.runs import write_small_run


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, and one in which a mentor has left and another has one place less."""
    folder = tmp_path_factory.mktemp("rematched")
    write_small_run(folder / "one")
    rows = ["Change,School,Other school,Value,Reason,Author", "mentor-leaves,M2,,,Closed,A. Novak"]
    (folder / "changes.csv").write_text(
        "\n".join([*rows, "capacity,M1,,1,Illness,A. Novak"]), encoding="utf-8"
    )
    more = ("--changes", str(folder / "changes.csv"), "--out", str(folder / "two"), "--quiet")
    assert run(["rematch", str(folder / "one"), *more]) == 0
    return folder


@pytest.fixture
def two(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "runs")) / "two"


def forge(two: Path, rematch: dict[str, Any] | None, **changes: Any) -> None:
    """Rewrite what the run says of the rematch, all that is made from it, and every hash."""
    document = open_run(two).document
    content = json.loads(document.to_json())
    content["rematch"] = rematch
    forged = type(document).model_validate(content)
    (two / "result.json").write_text(forged.to_json(), encoding="utf-8", newline="\n")
    for name, write in document_files(forged).items():
        write(two / name)
    record = read_record(two)
    files = {name: sha256_of_file(two / name) for name in files_of(two)}
    record = record.model_copy(update={"files": files, **changes}).sealed()
    (two / "record.json").write_text(record.to_json(), encoding="utf-8", newline="\n")


def told(two: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((two / "result.json").read_text(encoding="utf-8"))["rematch"]
    return content


def test_a_rematch_that_nobody_touched_verifies(two: Path) -> None:
    assert verify_run(two).faults == ()
    forge(two, told(two))
    assert verify_run(two).faults == ()


@pytest.mark.parametrize("number", ["moved", "forced", "least_moves", "kept", "earlier_points"])
def test_a_number_of_moves_that_is_not_so_is_found(two: Path, number: str) -> None:
    rematch = told(two)
    rematch[number] += 1
    forge(two, rematch)
    assert any("rematch" in fault or "schools kept" in fault for fault in verify_run(two).faults)


def test_a_school_that_moved_is_missed_and_one_that_did_not_is_found(two: Path) -> None:
    rematch = told(two)
    assert rematch["diffs"]
    (gone, *_rest) = rematch["diffs"]
    gone["after"], gone["after_name"] = gone["before"], gone["before_name"]
    forge(two, rematch)
    assert any("the schools that moved are not" in fault for fault in verify_run(two).faults)
    forge(two, rematch | {"diffs": []})
    assert any("the schools that moved are not" in fault for fault in verify_run(two).faults)


@pytest.mark.parametrize("key", ["author", "school", "reason", "value"])
def test_changes_that_are_not_the_edits_of_the_record_are_found(two: Path, key: str) -> None:
    rematch = told(two)
    rematch["changes"][1][key] = 9 if key == "value" else "M3"
    forge(two, rematch)
    assert [fault for fault in verify_run(two).faults if "the edits are not the changes" in fault]


def test_edits_left_out_rewritten_or_made_up_are_found(two: Path) -> None:
    first, second = read_record(two).edits
    for edits in (
        (),
        (first,),
        (first, second, second),
        (first, second.model_copy(update={"author": "Nobody"})),
        (first.model_copy(update={"what": "max load"}), second),
    ):
        forge(two, told(two), edits=edits)
        assert [fault for fault in verify_run(two).faults if "the edits are not the changes" in fault]


def test_a_rematch_left_out_is_found_by_its_table_and_its_edits(two: Path) -> None:
    forge(two, None)
    faults = verify_run(two).faults
    assert "changes.csv and the part 'rematch' of result.json do not belong together." in faults
    assert "record.json holds edits of which result.json says nothing." in faults


def test_changes_to_no_earlier_run_are_found(two: Path) -> None:
    forge(two, told(two), earlier=None)
    assert "record.json names no earlier run, but changes that were made to one." in verify_run(two).faults

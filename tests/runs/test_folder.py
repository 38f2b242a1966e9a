"""A run folder is there whole, or not at all, and an earlier one is never lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.exceptions import UsageError
from matcher.runs.folder import fresh_folder, refuse_occupied
from matcher.runs.record import RECORD_NAME


def earlier_run(out: Path) -> Path:
    out.mkdir()
    (out / RECORD_NAME).write_text("earlier", encoding="utf-8")
    return out


def write(out: Path, text: str) -> None:
    with fresh_folder(out, force=True) as scratch:
        (scratch / RECORD_NAME).write_text(text, encoding="utf-8")


def test_a_folder_below_a_file_is_refused_before_any_work_is_done(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file is a file\. Give --out a folder"):
        refuse_occupied(tmp_path / "file" / "run" / "deep", force=False)


@pytest.mark.parametrize("name", [".", "..", "sub/.."])
def test_a_path_that_names_no_folder_of_its_own_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is no name for a new folder"):
        refuse_occupied(Path(name), force=False)


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    write(tmp_path / "run", "new")
    assert (tmp_path / "run" / RECORD_NAME).read_text(encoding="utf-8") == "new"


def test_an_earlier_run_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    out = earlier_run(tmp_path / "run")
    write(out, "new")
    assert (out / RECORD_NAME).read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [out]


def test_a_block_that_fails_leaves_the_earlier_run_and_no_scratch(tmp_path: Path) -> None:
    out = earlier_run(tmp_path / "run")
    with pytest.raises(ZeroDivisionError), fresh_folder(out, force=True):
        raise ZeroDivisionError
    assert (out / RECORD_NAME).read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("failure", "seen"),
    [(KeyboardInterrupt(), KeyboardInterrupt), (PermissionError(13, "denied"), UsageError)],
)
def test_an_earlier_run_comes_back_when_the_new_one_cannot_take_its_place(
    failure: BaseException, seen: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = earlier_run(tmp_path / "run")
    move = Path.replace

    def fail_for_the_scratch(path: Path, target: Path) -> Path:
        if target == out and not path.name.endswith("-old"):
            raise failure
        return move(path, target)

    monkeypatch.setattr(Path, "replace", fail_for_the_scratch)
    with pytest.raises(seen):
        write(out, "new")
    assert (out / RECORD_NAME).read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [out]

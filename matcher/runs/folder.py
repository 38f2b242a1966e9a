"""Write a run folder in one step: it is there whole, or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from matcher.exceptions import UsageError
from matcher.runs.record import RECORD_NAME, files_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What a folder holds, in words, and the file by which it is known.

    Where that file lists under ``files`` what else is in the folder, or `holds` does, nothing but that is
    ever replaced.
    """

    words: str
    marker: str
    holds: tuple[str, ...] = ()


RUN = Kind("a run", RECORD_NAME)


def log_beside(run: Path) -> Path:
    """Where the log of questions about a run lies unless another place is named."""
    run = run.resolve()
    return run.with_name(f"{run.name}.questions.json")


def refuse_occupied(out: Path, *, force: bool, kind: Kind = RUN) -> None:
    """Raise UsageError if `out` may not be written.

    Parameters
    ----------
    out : Path
        Folder of the run.
    force : bool
        Whether an earlier run there may be replaced. A folder that is not a run, or holds a file that
        matcher did not write, is never replaced; nor is anything written into a run, which is sealed.
    kind : Kind
        What is written, where it is not a run.

    Raises
    ------
    UsageError
        If something is there that may not be replaced.
    """
    if out.name in ("", ".."):
        raise UsageError(f"{out} is no name for a new folder. Give --out a folder that does not exist yet.")
    sealed = next((folder for folder in out.resolve().parents if (folder / RECORD_NAME).is_file()), None)
    if sealed is not None:
        raise UsageError(
            f"{out} lies inside the run folder {sealed}, which is sealed. Give --out another folder."
        )
    if kind is RUN and log_beside(out).exists():
        raise UsageError(
            f"{log_beside(out)} holds questions about the run that is or was there, and would be of no run. "
            "Give --out another folder, or move the questions away together with their run."
        )
    there = next((path for path in (out, *out.parents) if path.exists()), None)
    if there is not None and not there.is_dir():
        raise UsageError(f"{there} is a file. Give --out a folder that does not exist yet.")
    if there != out or not any(out.iterdir()):
        return
    if not (out / kind.marker).is_file():
        raise UsageError(
            f"{out} holds files that are not {kind.words} of matcher; it is left alone. "
            "Give --out another folder."
        )
    if not force:
        raise UsageError(
            f"{out} already holds {kind.words}. Give --out another folder, or add --force to replace it."
        )
    foreign = _foreign(out, kind)
    if foreign:
        raise UsageError(
            f"{out} holds what matcher did not write: {', '.join(foreign)}. Nothing was replaced; "
            "move it elsewhere, or give --out another folder."
        )


def _foreign(out: Path, kind: Kind) -> list[str]:
    """Names of what the file by which a folder is known does not list; none if it lists nothing."""
    if kind.holds:
        return [name for name in files_of(out) if name not in kind.holds]
    try:
        content = json.loads((out / kind.marker).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []  # a broken run may be replaced as ever
    listed = content.get("files") if isinstance(content, dict) else None
    if not isinstance(listed, dict):
        return []
    return [name for name in files_of(out) if name not in listed and name != kind.marker]


@contextmanager
def fresh_folder(out: Path, *, force: bool, kind: Kind = RUN) -> Iterator[Path]:
    """Give a scratch folder beside `out` that takes its place when the block ends without an error.

    Parameters
    ----------
    out : Path
        Folder of the run.
    force : bool
        Whether an earlier run there is replaced.
    kind : Kind
        What is written, where it is not a run.

    Yields
    ------
    Path
        The scratch folder; it is removed if the block raises, and `out` stays as it was.

    Raises
    ------
    UsageError
        If `out` may not be written or replaced, or its parent cannot be created.
    """
    refuse_occupied(out, force=force, kind=kind)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}. Give --out another folder.") from error
    try:
        yield scratch
        scratch.chmod(0o755)
        _replace(out, scratch)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def write_all(folder: Path, writers: dict[str, Callable[[Path], object]]) -> None:
    """Write each file by its writer; parents are created.

    Parameters
    ----------
    folder : Path
        Where to write.
    writers : dict of str to callable
        Relative name → function that writes the path it is given.
    """
    for name, write in writers.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)


def _replace(out: Path, scratch: Path) -> None:
    """Move the scratch folder to `out`; an earlier run is moved aside first and comes back on any failure."""
    old = scratch.with_name(scratch.name + "-old")
    try:
        if out.exists():
            out.replace(old)
        scratch.replace(out)
    except OSError as error:
        raise UsageError(
            f"{out} cannot be replaced: {error.strerror}. Close the files of it that are open in another "
            "programme, or give --out another folder."
        ) from error
    finally:
        if old.exists() and not out.exists():
            old.replace(out)
    shutil.rmtree(old, ignore_errors=True)

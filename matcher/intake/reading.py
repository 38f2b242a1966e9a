"""Read an intake from wherever it stands: the one entrance."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from matcher.exceptions import UsageError
from matcher.intake.folder import TEXT_SUFFIXES, read_folder
from matcher.intake.origin import IntakeReading


def read_intake(source: Path | str, *, as_of: date | None = None) -> IntakeReading:
    """Read an intake: every cell, and everything that is wrong with any single row or cell.

    Cross-row checks are :func:`matcher.intake.checks.check_intake`'s.

    Parameters
    ----------
    source : Path or str
        A workbook (``.xlsx``, ``.ods``), a folder of text files, or one ``.json`` file.
    as_of : date, optional
        Day on which links are judged; goes before the intake's own.

    Returns
    -------
    IntakeReading
        Every record that could be read, and all issues at once.

    Raises
    ------
    UsageError
        If there is nothing at `source`, or it is of a kind that cannot be read.
    """
    source = Path(source)
    must_exist(source)
    if source.is_dir():
        return read_folder(source, as_of=as_of)
    suffix = source.suffix.lower()
    try:
        data = source.read_bytes()
    except OSError as failure:
        raise UsageError(f"The file '{source.name}' cannot be opened: {failure.strerror}.") from failure
    if suffix == ".json":
        from matcher.intake.json_reader import read_json  # noqa: PLC0415 - only what is needed is loaded

        return read_json(data, source.name, as_of=as_of)
    if suffix in (".xlsx", ".xlsm", ".ods"):
        from matcher.intake.workbook_reader import read_workbook  # noqa: PLC0415 - loads openpyxl

        return read_workbook(data, source.name, as_of=as_of)
    raise UsageError(_unknown_kind(source))


def must_exist(source: Path) -> None:
    """Raise UsageError if there is nothing at `source`."""
    if not source.exists():
        raise UsageError(f"There is no file or folder '{source}'.")


def _unknown_kind(source: Path) -> str:
    suffix = source.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return (
            f"'{source.name}' is one table; name the folder that holds it (with schools.csv and, where there "
            "are any, maturity.csv, links.csv, preferences.csv and programme.csv)."
        )
    if suffix == ".xls":
        return f"'{source.name}' is in the old Excel format; open it and save it as .xlsx."
    return f"'{source.name}' is no intake: it must be .xlsx, .ods, .json, or a folder of .csv files."

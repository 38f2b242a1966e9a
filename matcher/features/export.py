"""Write the feature table as CSV: one file of values, one file that says what the columns mean."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from matcher.features.table import FeatureTable


def write_features_csv(features: FeatureTable, path: Path) -> Path:
    """Write a feature table, UTF-8, comma-separated, an empty cell where a value is unknown.

    The first column is ``school_id``; no names are written. Units and provenance of the columns go to
    ``<stem>.columns.csv`` beside it. Whole numbers are written without decimals, others so that reading
    them back gives the same number.

    Parameters
    ----------
    features : FeatureTable
    path : Path
        File of values; both files are replaced if they exist.

    Returns
    -------
    Path
        The file that describes the columns.
    """
    rows = (
        [school_id, *(_cell(value) for value in row.tolist())]
        for school_id, row in zip(features.school_ids, features.values, strict=True)
    )
    _write(path, ["school_id", *features.names], rows)
    described = path.with_name(f"{path.stem}.columns.csv")
    columns = ([column.name, column.unit, column.provenance] for column in features.columns)
    _write(described, ["column", "unit", "provenance"], columns)
    return described


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _cell(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) else repr(value)

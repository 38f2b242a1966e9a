"""The feature table as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from matcher.features.export import write_features_csv
from tests.features.samples import features_of, record, school


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_unknown_is_an_empty_cell_and_numbers_read_back_the_same(tmp_path: Path) -> None:
    table = features_of(
        school("007", pupils=0, need_index=0.1), school("B"), maturity=(record("B", "A", 2.7),)
    )
    write_features_csv(table, tmp_path / "features.csv")
    first, second = _read(tmp_path / "features.csv")
    assert first["school_id"] == "007"
    assert (first["pupils"], first["need_index"], first["rurality"]) == ("0", "0.1", "")
    assert float(second["maturity_a"]) == table.column("maturity_a")[1]
    assert second["pupils"] == ""


def test_units_and_provenance_stand_in_a_file_beside_it(tmp_path: Path) -> None:
    table = features_of(school("A"))
    described = write_features_csv(table, tmp_path / "features.csv")
    assert described == tmp_path / "features.columns.csv"
    rows = _read(described)
    assert [row["column"] for row in rows] == list(table.names)
    assert {"column": "latitude", "unit": "degree", "provenance": "Schools.latitude"} in rows


def test_the_same_table_gives_the_same_bytes_and_no_name(tmp_path: Path) -> None:
    table = features_of(school("A", pupils=3))
    write_features_csv(table, tmp_path / "one.csv")
    write_features_csv(table, tmp_path / "two.csv")
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert b"Name of" not in (tmp_path / "one.csv").read_bytes()

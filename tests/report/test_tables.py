"""Tables of a plan, their CSV, and the comparison with what was decided."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from matcher.exceptions import InputError, UsageError
from matcher.report.tables import (
    Decided,
    HostAgreement,
    assignments_rows,
    clusters_rows,
    compare_with_decided,
    mentors_rows,
    read_decided,
    summarise_beside,
    unassigned_rows,
    write_csv,
)
from tests.report.sample import sample_document
from tests.report.small import HOSTILE, small_document


def test_an_assignment_row_holds_ids_towns_points_and_flags() -> None:
    rows = {row["mentee_id"]: row for row in assignments_rows(small_document())}
    assert list(rows) == ["007", "A", "B"]
    assert rows["A"] == {
        "mentee_id": "A",
        "mentee": HOSTILE[0],
        "country": "HR",
        "town": "Town A",
        "mentor_id": "M1",
        "mentor": "Škola Šljivić",
        "mentor_country": "HR",
        "mentor_town": "Town M1",
        "cluster_id": "C1",
        "score": 80.25,
        "penalty": 0.0,
        "points_travel": 80.25,
        "points_size": None,
        "distance_km": 10.0,
        "shared_languages": "Croatian; English",
        "known_share": 0.75,
        "locked": False,
        "flags": "No phase in common.; Size not known.",
        "why": "Both are near. Both speak Croatian.",
    }


def test_an_unknown_distance_and_an_unknown_criterion_are_empty_and_not_zero() -> None:
    rows = {row["mentee_id"]: row for row in assignments_rows(small_document())}
    assert rows["007"]["distance_km"] is None
    assert rows["007"]["points_size"] is None


def test_a_mean_that_stands_in_for_an_unknown_criterion_is_shown_with_its_points() -> None:
    document = small_document()
    first = document.assignments[0]
    part = first.components[1].model_copy(update={"points": 4.5})
    changed = first.model_copy(update={"components": (first.components[0], part)})
    document = document.model_copy(update={"assignments": (changed, *document.assignments[1:])})
    rows = {row["mentee_id"]: row for row in assignments_rows(document)}
    assert rows["B"]["points_size"] == 4.5


def test_clusters_name_their_mentees_and_unassigned_their_options() -> None:
    document = small_document()
    first = clusters_rows(document)[0]
    assert (first["mentor_id"], first["mentee_ids"], first["load"], first["points"]) == (
        "M1",
        "A; B",
        2,
        130.25,
    )
    assert first["shared_challenges"] == "stem; inclusion"
    assert unassigned_rows(document)[0]["options"] == "M1 Škola Šljivić (71.2 points, full)"


def test_a_mentor_without_a_cluster_is_listed_with_load_zero_and_unknown_maximum() -> None:
    rows = mentors_rows(small_document())
    assert [(row["mentor_id"], row["load"], row["max_load"]) for row in rows] == [
        ("M1", 2, 2),
        ("M2", 1, 2),
        ("M3", 0, None),
    ]


def test_every_row_of_a_large_plan_has_the_same_columns() -> None:
    document = sample_document()
    rows = assignments_rows(document)
    assert len(rows) == len(document.assignments)
    assert len({tuple(row) for row in rows}) == 1


def test_csv_shows_accents_in_a_spreadsheet_and_runs_no_formula(tmp_path: Path) -> None:
    write_csv(assignments_rows(small_document()), tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["mentee"] for row in rows] == ["'@cmd", "'" + HOSTILE[0], "'+1"]
    assert rows[0]["mentee_id"] == "007"
    assert rows[1]["mentor"] == "Škola Šljivić"
    assert (rows[1]["score"], rows[0]["distance_km"], rows[0]["locked"]) == ("80.25", "", "yes")


def test_numbers_in_csv_have_four_decimals_at_most_and_keep_their_sign(tmp_path: Path) -> None:
    write_csv(
        [{"a": -3.5, "b": 0.1 + 0.2, "c": -0.00001, "d": 100.0, "e": 20, "f": True}], tmp_path / "n.csv"
    )
    text = (tmp_path / "n.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["a,b,c,d,e,f", "-3.5,0.3,0,100,20,yes"]


def test_an_empty_table_is_written_as_an_empty_file(tmp_path: Path) -> None:
    write_csv([], tmp_path / "e.csv")
    assert (tmp_path / "e.csv").read_bytes() == b"\xef\xbb\xbf"


DECIDED = [Decided("A", "M2"), Decided("B", "M1"), Decided("D", "M1"), Decided("X", "M1")]


def test_the_plan_stands_beside_the_decision_mentee_by_mentee() -> None:
    rows = {row["mentee_id"]: row for row in compare_with_decided(small_document(), DECIDED)}
    assert list(rows) == ["B", "D", "X", "A", "007"]
    assert (rows["B"]["agrees"], rows["B"]["decided_km"], rows["B"]["planned_km"]) == (True, 18.0, 18.0)
    # A's way to M2 stands among its alternatives: 30.5 km.
    assert (rows["A"]["agrees"], rows["A"]["decided_km"], rows["A"]["planned_km"]) == (False, 30.5, 10.0)
    assert (rows["D"]["agrees"], rows["D"]["decided_km"], rows["D"]["planned_km"]) == (False, 5.0, None)
    assert rows["D"]["note"] == "left without a mentor by this plan"
    assert (rows["X"]["agrees"], rows["X"]["note"]) == (None, "decided, but not in this plan's intake")
    assert (rows["007"]["agrees"], rows["007"]["note"]) == (None, "in this plan, but nothing was decided")


def test_clusters_are_compared_mentor_by_mentor() -> None:
    rows = {row["mentee_id"]: row for row in compare_with_decided(small_document(), DECIDED)}
    counts = [rows["B"][f"decided_mentor_mentees_{which}"] for which in ("decided", "planned", "in_both")]
    # M1 was given B, D and X; the plan gives it A and B; B is in both.
    assert counts == [3, 2, 1]


def test_the_means_are_taken_over_the_mentees_whose_two_distances_are_known() -> None:
    summary = summarise_beside(compare_with_decided(small_document(), DECIDED))
    assert (summary.compared, summary.agree, summary.measured) == (3, 1, 2)
    # A and B: (30.5 + 18) / 2 as decided, (10 + 18) / 2 in the plan.
    assert (summary.mean_km_decided, summary.mean_km_planned) == (24.25, 14.0)
    assert summary.hosts == (HostAgreement("M1", 3, 2, 1), HostAgreement("M2", 1, 1, 0))
    assert summary.sentence.startswith("1 of 3 schools have the mentor that was really decided.")
    assert "14.0 km in this plan, 24.2 km as decided (2 schools)" in summary.sentence


def test_without_any_known_distance_the_means_are_unknown() -> None:
    summary = summarise_beside(compare_with_decided(small_document(), [Decided("007", "M2")]))
    assert (summary.agree, summary.measured, summary.mean_km_decided) == (1, 0, None)
    assert "cannot be compared" in summary.sentence


def test_a_decision_is_read_whatever_its_delimiter_and_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("cluster;Mentee ID;mentee;MENTOR_ID\nC;007;x;M1\n\nC;B;y;\n", encoding="utf-8-sig")
    assert read_decided(path) == [Decided("007", "M1")]


def test_every_fault_of_a_decision_is_located(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("mentee_id,mentor_id\nA,M1\n,M1\nA,M2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_decided(path)
    places = [(issue.code, str(issue.location)) for issue in caught.value.issues]
    assert places == [("id-missing", "d.csv [A3]"), ("duplicate-id", "d.csv [A4]")]


@pytest.mark.parametrize(("text", "column"), [("mentee_id,x\nA,M1\n", "mentor_id"), ("", "mentee_id")])
def test_a_missing_column_of_a_decision_is_named(tmp_path: Path, text: str, column: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=column):
        read_decided(path)


def test_a_decision_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a file"):
        read_decided(tmp_path / "none.csv")

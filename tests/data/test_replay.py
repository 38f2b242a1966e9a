"""The replay holds what is published of the Croatian clusters, and nothing more."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from matcher.intake import read_intake
from matcher.intake.checks import check_intake
from matcher.report.tables import read_decided

REPLAY = Path(__file__).resolve().parents[2] / "data" / "replay"
PUBLISHED = (
    Path(__file__).resolve().parents[3]
    / "shared"
    / "realdata"
    / "mensi_reference"
    / "mensi_clusters_known.csv"
)


def test_the_intake_reads_without_errors() -> None:
    reading = read_intake(REPLAY / "intake")
    issues = (*reading.issues, *check_intake(reading))
    assert [str(issue) for issue in issues if issue.is_error] == []
    assert not reading.intake.synthetic


def test_fourteen_of_sixteen_mentees_are_known_and_each_was_decided_once() -> None:
    intake = read_intake(REPLAY / "intake").intake
    decided = read_decided(REPLAY / "decided.csv")
    assert (len(intake.mentors), len(intake.mentees)) == (4, 14)
    assert {item.mentee_id for item in decided} == {school.school_id for school in intake.mentees}
    sizes = Counter(item.mentor_id for item in decided)
    assert set(sizes) == {school.school_id for school in intake.mentors}
    assert sorted(sizes.values()) == [2, 4, 4, 4]


def test_nothing_that_was_not_published_is_filled_in() -> None:
    intake = read_intake(REPLAY / "intake").intake
    assert (intake.maturity, intake.links, intake.preferences) == ((), (), ())
    for school in intake.schools:
        assert (school.pupils, school.challenges, school.languages, school.max_load) == (None, (), (), None)
        assert school.phases
        assert school.latitude is not None


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the reference file is not here")
def test_the_clusters_are_those_of_the_reference() -> None:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country"] == "HR" and row["school_code"]]
    mentor = {row["cluster"]: row["school_code"] for row in rows if row["role"] == "mentor"}
    decided = {item.mentee_id: item.mentor_id for item in read_decided(REPLAY / "decided.csv")}
    coded = [row for row in rows if row["role"] == "mentee" and row["cluster"] in mentor]
    assert len(coded) == 11
    assert all(decided[row["school_code"]] == mentor[row["cluster"]] for row in coded)

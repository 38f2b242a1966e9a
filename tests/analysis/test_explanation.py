from __future__ import annotations

import pytest

from matcher.analysis.document import PlanDocument
from matcher.analysis.explanation import explain
from tests.analysis.plans import document_of
from tests.encoding.builders import intake, link, school, wish, wish_policy

SCHOOLS = (school("a"), school("b"), school("c"), school("m1", max_load=2), school("m2", country="HU"))
TINY = intake(*SCHOOLS, links=(link("rivalry", "a", "b", "soft"),), wishes=wish("a", "m1"))
POLICY = wish_policy(rules={"country": {"strength": "hard"}})


@pytest.fixture(scope="module")
def document() -> PlanDocument:
    return document_of(TINY, POLICY, {"a": "m1", "b": "m1"})


def test_a_placed_mentee_is_explained_by_its_row_its_cluster_and_its_rules(document: PlanDocument) -> None:
    found = explain(document, "a")
    assert found.assignment is not None
    assert found.cluster is not None
    assert (found.assignment.host_id, found.cluster.mentee_ids) == ("m1", ("a", "b"))
    assert [row.key for row in found.rules] == ["rivalry:soft"]
    text = found.text()
    assert "Mentor: School m1 (m1), 100 points of 100." in text
    assert "In the same cluster: School b (b)." in text
    assert "School m2 (m2), 0 points – not possible. Country: " in text


def test_a_criterion_is_named_as_in_the_report_and_an_unknown_one_said_once(document: PlanDocument) -> None:
    assert "  - Mentee's wish: 100 points (fit 1.00; " in explain(document, "a").text()
    assert (
        explain(document, "b").text().count("not known") == 3
    )  # the criterion, the flag on it, the distance


def test_an_unassigned_mentee_is_explained_by_its_reason_and_options(document: PlanDocument) -> None:
    found = explain(document, "c")
    assert found.assignment is None
    assert found.unassigned is not None
    text = found.text()
    assert "Without a mentor. The only mentor it may be placed with is full." in text
    assert "full (2 of 2 places)" in text


def test_a_mentor_is_explained_by_its_cluster(document: PlanDocument) -> None:
    text = explain(document, "m1").text()
    assert "Leads a cluster: School a (a) and School b (b)." in text
    assert "Places filled: 2 of 2." in text


def test_a_mentor_without_a_cluster_is_said_to_lead_none(document: PlanDocument) -> None:
    assert "leads no cluster" in explain(document, "m2").text()


def test_a_school_that_is_not_in_the_plan_is_refused(document: PlanDocument) -> None:
    with pytest.raises(KeyError):
        explain(document, "ghost")


def test_an_explanation_needs_nothing_but_the_document(document: PlanDocument) -> None:
    again = PlanDocument.from_json(document.to_json())
    assert explain(again, "a").text() == explain(document, "a").text()

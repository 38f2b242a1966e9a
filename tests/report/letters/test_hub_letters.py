"""Letters to the leads of a hub: each reads of its mentees, neither what the other wished or has."""

from __future__ import annotations

import pytest

from matcher.analysis.document import PlanDocument
from matcher.pipeline import match
from matcher.policy.loader import policy_from_mapping
from matcher.report.letters import Contacts, letters_of
from matcher.report.letters.views import MentorLetter, Partner
from tests.encoding.builders import intake, link, school, wish


@pytest.fixture(scope="module")
def document() -> PlanDocument:
    """A hub of m1 and m2; only m2 wished for the mentee, was its partner and has what it asks for."""
    mentee = school(
        "a", latitude=45.0, longitude=9.5, coordinate_quality="site",
        challenges=("inclusion", "assessment"), phases={"primary", "upper-secondary"},
    )  # fmt: skip
    leads = (
        school(
            "m1", latitude=45.0, longitude=9.4, coordinate_quality="site",
            strengths=("assessment",), phases={"primary"},
        ),
        school(
            "m2", latitude=45.0, longitude=9.6, coordinate_quality="site",
            strengths=("inclusion",), phases={"upper-secondary"},
        ),
    )  # fmt: skip
    made = intake(mentee, *leads, links=(link("partnership", "a", "m2"),), wishes=wish("m2", "a"))
    policy = policy_from_mapping(
        {
            "name": "hubs",
            "hubs": {"enabled": True, "language": None},
            "rules": {"load": {"min": 1, "max": 2}, "language": {"strength": "off"}},
        }
    )
    return match(made, policy).document


def own(document: PlanDocument, lead: str) -> tuple[MentorLetter, Partner]:
    letters = letters_of(document, Contacts(), "r").mentors
    (letter,) = (one for one in letters if one.school_id == lead)
    (partner,) = letter.mentees
    return letter, partner


def test_a_lead_reads_with_whom_it_leads(document: PlanDocument) -> None:
    assert [one.name for one in own(document, "m1")[0].leads_with] == ["School m2"]


@pytest.mark.parametrize("lead", ["m1", "m2"])
def test_a_lead_reads_nothing_that_may_be_the_other_leads(document: PlanDocument, lead: str) -> None:
    """That the hub wished for a school, or knew it before, was perhaps the other lead's own affair."""
    assert document.assignments[0].components  # the hub's wish and partnership do count
    counted = {one.criterion for one in document.assignments[0].components if one.points > 0}
    assert "mentor_preference" in counted
    _, partner = own(document, lead)
    assert (partner.wished, partner.partners_before, partner.set_by_programme) == (False, False, False)
    assert partner.distance_km is None


def test_a_lead_reads_of_its_own_strengths_and_phases(document: PlanDocument) -> None:
    assert own(document, "m1")[1].challenges == ("assessment",)
    assert own(document, "m2")[1].challenges == ("inclusion",)
    assert own(document, "m1")[1].phases == ("primary",)
    assert own(document, "m2")[1].phases == ("upper secondary",)

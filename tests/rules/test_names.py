"""Names in a policy that the intake does not know."""

from __future__ import annotations

from matcher.policy.model import Policy
from matcher.rules.names import unresolved_names
from tests.rules.samples import intake, policy, school

INTAKE = intake(school("A", authority="Comune di Varzi"), school("Z", "mentor"))


def test_names_that_the_intake_has_are_no_issue() -> None:
    members = {"schools": ["A"], "authority": ["comune di  varzi"]}
    chosen = policy(
        region={"exceptions": [["A", "Z"], ["Z", "A"]]},
        quotas=[{"label": "One", "members": members, "at_least": 1}],
    )
    assert unresolved_names(INTAKE, chosen) == ()
    assert unresolved_names(INTAKE, Policy()) == ()


def test_a_misspelt_name_is_a_warning_that_says_where_it_stands() -> None:
    chosen = policy(
        region={"exceptions": [["A", "Z"], ["A", "X"]]},
        composition=[{"label": "One", "members": {"schools": ["A", "a"]}, "at_most": 1}],
        quotas=[{"label": "Two", "mentors": {"authority": ["Comune di Vazri"]}, "at_most": 1}],
    )
    assert [str(issue) for issue in unresolved_names(INTAKE, chosen)] == [
        "warning: policy: 'A – X' The intake has no such pair of a mentee and a mentor. "
        "Check the spelling in rules.region.exceptions[1]; what is not found has no effect.",
        "warning: policy: 'a' The intake has no school with this id. "
        "Check the spelling in rules.composition[0].members.schools; what is not found has no effect.",
        "warning: policy: 'Comune di Vazri' No school of the intake has this authority. "
        "Check the spelling in rules.quotas[0].mentors.authority; what is not found has no effect.",
    ]


def test_an_exception_of_two_mentors_has_no_effect_and_is_said() -> None:
    given = intake(school("A"), school("Y", "mentor"), school("Z", "mentor"))
    assert len(unresolved_names(given, policy(region={"exceptions": [["Y", "Z"]]}))) == 1


def test_conditions_that_nobody_meets_are_said() -> None:
    chosen = policy(composition=[{"label": "One", "members": {"region": ["ITZ"]}, "at_most": 1}])
    assert [str(issue) for issue in unresolved_names(INTAKE, chosen)] == [
        "warning: policy: 'region ITZ' No school of the intake is described by this. "
        "Check the spelling in rules.composition[0].members; what is not found has no effect."
    ]


def test_a_country_code_of_the_institutions_is_said_with_the_right_one() -> None:
    chosen = policy(phase={"by_country": {"UK": {"strength": "hard"}, "FR": {"strength": "hard"}}})
    found = unresolved_names(INTAKE, chosen)
    assert [(issue.value, issue.problem) for issue in found] == [
        ("UK", "No school can have this code: the country's is GB.")
    ]

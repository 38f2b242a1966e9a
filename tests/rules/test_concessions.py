"""Rules given up for named schools, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.encoding import Encoding, encode
from matcher.exceptions import InputError
from matcher.intake.origin import Origin
from matcher.pipeline import with_policy_issues
from matcher.policy.loader import dump_policy, policy_from_mapping
from matcher.rules.names import unresolved_names
from matcher.rules.registry import rule_entries
from tests.encoding.builders import intake, link, school, wish_policy


def _encoded(
    *concessions: dict[str, Any], rules: dict[str, Any] | None = None, links: tuple[Any, ...] = ()
) -> Encoding:
    schools = (
        school("a", country="HU", latitude=45.8, longitude=16.0),
        school("b", country="HU", latitude=45.81, longitude=16.0),
        school("m1", max_load=1, min_load=1, latitude=46.2, longitude=16.0),
    )
    return encode(intake(*schools, links=links), wish_policy(rules=rules, concessions=list(concessions)))


def _pairs(encoding: Encoding) -> list[tuple[int, int]]:
    return list(zip(encoding.problem.pair_mentee.tolist(), encoding.problem.pair_host.tolist(), strict=True))


def test_a_pair_rule_is_waived_for_the_named_mentee_alone() -> None:
    rules = {"country": {"strength": "hard"}}
    assert _pairs(_encoded(rules=rules)) == []
    assert _pairs(_encoded({"rule": "country", "school": "a"}, rules=rules)) == [(0, 0)]


def test_a_travel_limit_is_widened_by_the_amount_and_no_more() -> None:
    rules = {"travel": {"strength": "hard", "max_km": 40}}  # the mentor is 45 to 58 km away by road
    assert _pairs(_encoded({"rule": "travel", "school": "a", "amount": 1}, rules=rules)) == []
    assert _pairs(_encoded({"rule": "travel", "school": "a", "amount": 30}, rules=rules)) == [(0, 0)]


def test_a_mentor_takes_more_places_or_makes_do_with_fewer() -> None:
    problem = _encoded(
        {"rule": "places", "school": "m1", "amount": 2}, {"rule": "minimum", "school": "m1", "amount": 1}
    ).problem
    assert (problem.min_load.tolist(), problem.max_load.tolist()) == ([0], [3])


@pytest.mark.parametrize(
    ("kind", "rule", "ends", "field"),
    [
        ("rivalry", "rivalry", ("a", "b"), "cannot_link"),
        ("must-link", "must_link", ("b", "a"), "must_link"),
        ("lock", "lock", ("a", "m1"), "locked"),
    ],
)
def test_a_declared_link_is_taken_out(kind: str, rule: str, ends: tuple[str, str], field: str) -> None:
    links = (link(kind, *ends),)
    concession = {"rule": rule, "school": ends[0], "other": ends[1]}
    assert len(getattr(_encoded(links=links).problem, field)) == 1
    assert len(getattr(_encoded(concession, links=links).problem, field)) == 0


def test_neighbours_may_meet_where_it_was_conceded() -> None:
    rules = {"neighbours": {"strength": "hard", "min_km": 5, "same_phase_only": False}}
    assert len(_encoded(rules=rules).problem.cannot_link) == 1
    conceded = _encoded({"rule": "neighbours", "school": "b", "other": "a"}, rules=rules)
    assert len(conceded.problem.cannot_link) == 0


def test_one_named_school_may_stay_without_a_mentor() -> None:
    rules = {"unassigned": {"allowed": False}}
    assert _encoded({"rule": "unassigned", "school": "b"}, rules=rules).problem.may_stay.tolist() == [
        False,
        True,
    ]


def test_a_quota_is_moved_by_the_amount_on_the_side_of_its_sign() -> None:
    rules = {"quotas": [{"label": "Some", "at_least": 2, "at_most": 3}]}
    quotas = _encoded(
        {"rule": "quotas[0]", "amount": -1}, {"rule": "quotas[0]", "amount": 2}, rules=rules
    ).problem.quotas
    assert [(quota.at_least, quota.at_most) for quota in quotas] == [(1, 5)]


def test_a_rule_says_for_whom_it_was_given_up_and_why() -> None:
    policy = wish_policy(
        rules={"country": {"strength": "hard"}},
        concessions=[{"rule": "country", "school": "a", "reason": "on the border"}],
    )
    entry = next(one for one in rule_entries(policy) if one.key == "country")
    assert entry.given_up == ("a (on the border)",)
    assert entry.statement == "Mentee and mentor are in the same country."  # it names no school


@pytest.mark.parametrize(
    "concession",
    [
        {"rule": "magic", "school": "a"},
        {"rule": "country"},
        {"rule": "rivalry", "school": "a"},
        {"rule": "country", "school": "a", "other": "b"},
        {"rule": "places", "school": "m1", "amount": 0.5},
        {"rule": "country", "school": "a", "amount": 3.0},
        {"rule": "travel", "school": "a", "amount": -3.0},
        {"rule": "quotas[0]", "school": "a", "amount": 1.0},
    ],
)
def test_a_concession_that_says_nothing_definite_is_refused(concession: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        policy_from_mapping({"concessions": [concession]})


def test_a_policy_with_concessions_reads_back_equal() -> None:
    concession = {"rule": "travel", "school": "a", "amount": 20.0, "reason": "a bus"}
    policy = policy_from_mapping({"concessions": [concession]})
    assert 'reason: "a bus"' in dump_policy(policy)


def test_a_concession_for_a_school_that_is_not_there_is_warned_of() -> None:
    policy = wish_policy(concessions=[{"rule": "unassigned", "school": "nobody"}])
    (issue,) = unresolved_names(intake(school("a"), school("m1")), policy)
    assert (issue.value, issue.location.header) == ("nobody", "concessions[0]")


TWO_QUOTAS = {"quotas": [{"label": "One", "at_least": 1}, {"label": "Two", "at_most": 3}]}


@pytest.mark.parametrize(
    ("concession", "rules", "problem"),
    [
        ({"rule": "quotas[9]", "amount": 1}, TWO_QUOTAS, "no such rule: quotas has 2 of them"),
        ({"rule": "composition[0]", "amount": 1}, {}, "no such rule: composition has none"),
        ({"rule": "quotas[0]", "amount": 1}, TWO_QUOTAS, "no at_most that the amount 1"),
        ({"rule": "quotas[1]", "amount": -1}, TWO_QUOTAS, "no at_least that the amount -1"),
        ({"rule": "travel", "school": "m1"}, {"travel": {"strength": "hard"}}, "a mentee"),
        ({"rule": "travel", "school": "a"}, {"travel": {"strength": "off"}}, "off as it is"),
        ({"rule": "places", "school": "a", "amount": 1}, {}, "a mentor"),
        ({"rule": "unassigned", "school": "m1"}, {"unassigned": {"allowed": False}}, "a mentee"),
        ({"rule": "unassigned", "school": "a"}, {"unassigned": {"allowed": True}}, "as it is"),
        ({"rule": "rivalry", "school": "a", "other": "b"}, {}, "no rivalry of these two"),
        ({"rule": "lock", "school": "a", "other": "m1"}, {}, "no lock of these two"),
        (
            {"rule": "neighbours", "school": "a", "other": "m1"},
            {"neighbours": {"strength": "hard"}},
            "a mentee",
        ),
    ],
)
def test_a_concession_that_gives_nothing_up_is_warned_of(
    concession: dict[str, Any], rules: dict[str, Any], problem: str
) -> None:
    tiny = intake(school("a"), school("b"), school("m1"))
    (issue,) = unresolved_names(tiny, wish_policy(rules=rules, concessions=[concession]))
    assert issue.code == "concession-without-effect"
    assert issue.location.header == "concessions[0]"
    assert problem in issue.problem


def test_concessions_with_an_effect_are_not_warned_of() -> None:
    links = (link("rivalry", "a", "b"), link("lock", "a", "m1"))
    rules = TWO_QUOTAS | {"travel": {"strength": "hard"}, "unassigned": {"allowed": False}}
    policy = wish_policy(
        rules=rules,
        concessions=[
            {"rule": "rivalry", "school": "b", "other": "a"},
            {"rule": "lock", "school": "a", "other": "m1"},
            {"rule": "travel", "school": "a", "amount": 5},
            {"rule": "unassigned", "school": "b"},
            {"rule": "places", "school": "m1", "amount": 1},
            {"rule": "quotas[0]", "amount": -1},
        ],
    )
    tiny = intake(school("a"), school("b"), school("m1"), links=links)
    assert unresolved_names(tiny, policy) == ()
    found = with_policy_issues((), tiny, Origin(), encode(tiny, policy))
    assert "concession-without-effect" not in {issue.code for issue in found}

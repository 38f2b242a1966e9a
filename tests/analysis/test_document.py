from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.analysis.build import build_document
from matcher.analysis.document import MaturityBandName, PlanDocument
from matcher.encoding import encode
from matcher.exceptions import NoPlanError
from matcher.generate import generate_intake
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.profiles import Challenge, Strength
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution.data import Solution
from matcher.solution.referee import evaluate
from tests.analysis.plans import document_of, result_of, rule, solved
from tests.encoding.builders import CRITERIA, intake, link, school, wish, wish_policy

# a and b wish for m1 (one place), c for nobody that is here but m2; m3 is abroad
SCHOOLS = (
    school("a", languages=[{"code": "hr", "level": "native"}], challenges=["stem", "inclusion"]),
    school("b", languages=[{"code": "hr"}], willingness="obliged"),
    school("c", country="HU"),
    school("m1", max_load=1, languages=[{"code": "hr", "level": "C1"}], strengths=["stem"]),
    school("m2", max_load=2),
    school("m3", country="HU"),
)
WISHES = (*wish("a", "m1", "m2"), *wish("b", "m1", "m2"), *wish("c", "m2"))
INTAKE = intake(*SCHOOLS, wishes=WISHES)
POLICY = wish_policy(rules={"country": {"strength": "hard"}})
PLAN: dict[str, str | None] = {"a": "m1", "b": "m2", "c": "m3"}


@pytest.fixture(scope="module")
def document() -> PlanDocument:
    return document_of(INTAKE, POLICY, PLAN)


def test_the_totals_are_those_worked_out_by_hand(document: PlanDocument) -> None:
    totals = document.totals
    assert (totals.mentees, totals.mentors, totals.places) == (3, 3, 1 + 2 + 5)
    assert (totals.assigned, totals.unassigned, totals.clusters) == (3, 0, 3)
    assert (totals.pair_points, totals.penalty_points, totals.unassigned_points) == (175, 0, 0)
    assert totals.mean_score == pytest.approx(175 / 3)
    assert totals.worst_score == 0
    assert totals.mean_distance_km is None
    assert (totals.sharing_language, totals.sharing_challenge) == (1, 1)
    assert document.proof.objective == 175
    assert document.proof.objective_units == 175 * SCALE


def test_an_assignment_shows_its_share_and_the_next_best_hosts(document: PlanDocument) -> None:
    row = next(row for row in document.assignments if row.mentee_id == "b")
    assert (row.host_id, row.score, row.penalty, row.known_share) == ("m2", 75, 0, 1)
    assert [(one.criterion, one.value, one.points) for one in row.components] == [
        ("mentee_preference", 0.75, 75)
    ]
    assert [(one.host_id, one.score, one.note) for one in row.alternatives] == [
        ("m1", 100, "full (1 of 1 places)"),
        ("m3", 0, ""),
    ]
    assert row.alternatives[0].barred_by == ()
    assert "Country" in row.alternatives[1].barred_by[0]
    assert any("School m1 would score higher" in sentence for sentence in row.why)


def test_a_cluster_says_what_its_members_share(document: PlanDocument) -> None:
    card = next(card for card in document.clusters if card.host_id == "m1")
    assert (card.mentee_ids, card.load, card.min_load, card.max_load) == (("a",), 1, 1, 1)
    assert card.points == 100
    assert card.shared_challenges == (Challenge.STEM, Challenge.INCLUSION)
    assert "The mentor and its mentee work in Croatian." in card.why


def test_the_criteria_tell_their_mean_and_for_how_many_they_are_known(document: PlanDocument) -> None:
    (criterion,) = document.criteria
    assert (criterion.key, criterion.weight, criterion.known) == ("mentee_preference", 1, 3)
    assert criterion.mean == pytest.approx(1.75 / 3)


def test_a_school_card_names_the_weak_data_and_no_maturity_value(document: PlanDocument) -> None:
    card = document.school("b")
    assert card.maturity_band is MaturityBandName.UNKNOWN
    assert card.languages == ("hr (level not stated)",)
    assert "No maturity values." in card.weak_data
    assert "The level of a working language is not stated." in card.weak_data


def test_the_document_survives_json(document: PlanDocument) -> None:
    assert PlanDocument.from_json(document.to_json()) == document


def test_a_mentee_whose_mentors_are_all_full_is_told_so() -> None:
    schools = (school("a"), school("b"), school("m1", max_load=1))
    (row,) = document_of(intake(*schools), wish_policy(), {"a": "m1"}).unassigned
    assert (row.mentee_id, row.price) == ("b", 150)
    assert row.reason == "The only mentor it may be placed with is full."
    assert row.options[0].note == "full (1 of 1 places)"


def test_a_mentee_that_no_mentor_may_take_is_told_which_rule_bars_most() -> None:
    schools = (school("a", country="HU"), school("m1"), school("m2"))
    (row,) = document_of(intake(*schools), POLICY, {}).unassigned
    assert row.reason == "No mentor may take it: the rule “Country” bars all 2 mentors."
    assert [option.host_id for option in row.options] == ["m1", "m2"]
    assert all(option.barred_by for option in row.options)


def test_a_mentee_whose_rival_sits_in_the_only_cluster_is_told_so() -> None:
    tiny = intake(school("a"), school("b"), school("m1"), links=(link("rivalry", "a", "b"),))
    (row,) = document_of(tiny, wish_policy(), {"a": "m1"}).unassigned
    assert "kept apart" in row.reason
    assert row.options[0].note == "rival School a is in that cluster"


def test_a_mentee_that_soft_rules_price_out_is_told_so_only_of_a_proven_plan() -> None:
    schools = intake(school("a", country="HU"), school("m1"))
    policy = wish_policy(rules={"country": {"strength": "soft", "price": 500}})
    (proven,) = document_of(schools, policy, {}).unassigned
    assert "School m1 is free, but the soft rules" in proven.reason
    (open_end,) = document_of(schools, policy, {}, optimal=False).unassigned
    assert "the search ended" in open_end.reason


def test_a_free_place_that_soft_rules_spoil_is_not_called_impossible() -> None:
    schools = intake(school("a"), school("m1", country="HU"), school("m2"), wishes=wish("a", "m1"))
    policy = wish_policy(rules={"country": {"strength": "soft", "price": 500}})
    (row,) = document_of(schools, policy, {"a": "m2"}).assignments
    assert row.why[-1] == (
        "School m1 would score higher (100 points, −400 after soft rules; here 0, 0 after soft rules) "
        "but was not chosen: it would break Country – the mentee is in Croatia, the mentor in Hungary "
        "(−500 points)."
    )


def test_a_better_place_is_better_after_the_soft_rules_that_the_school_breaks_where_it_is() -> None:
    schools = intake(school("a"), school("m1", country="HU"), school("m2"), wishes=wish("a", "m1"))
    policy = wish_policy(rules={"country": {"strength": "soft", "price": 30}})
    (row,) = document_of(schools, policy, {"a": "m1"}).assignments
    assert (row.score, row.penalty) == (100, 30)
    assert [(one.host_id, one.note) for one in row.alternatives] == [("m2", "")]
    (other,) = document_of(schools, policy, {"a": "m2"}).assignments
    assert "(100 points, 70 after soft rules; here 0, 0 after soft rules)" in other.why[-1]
    assert other.alternatives[0].note.endswith(
        "; a place is free, but the plan as a whole is better this way"
    )


def test_a_move_that_would_separate_a_must_link_is_named() -> None:
    schools = (school("a"), school("b"), school("m1"), school("m2"))
    tiny = intake(*schools, links=(link("must-link", "a", "b"),))
    document = document_of(tiny, wish_policy(), {"a": "m1", "b": "m1"})
    assert document.assignments[0].alternatives[0].note == "would separate it from School b"


def test_a_soft_rule_that_is_broken_is_listed_with_words_and_price() -> None:
    schools = (school("a", country="HU"), school("b"), school("m1"))
    links = (link("rivalry", "a", "b", "soft", reason="same town"),)
    policy = wish_policy(rules={"country": {"strength": "soft", "price": 12}})
    document = document_of(intake(*schools, links=links), policy, {"a": "m1", "b": "m1"})
    country, rivalry = rule(document, "country"), rule(document, "rivalry:soft")
    assert (country.holds, country.checked, country.broken[0].schools) == (False, 2, ("a", "m1"))
    assert country.broken[0].price == 12
    assert "Hungary" in country.broken[0].detail
    assert (rivalry.holds, rivalry.broken[0].schools, rivalry.broken[0].price) == (False, ("a", "b"), 40)
    assert "same town" in rivalry.broken[0].detail
    assert document.totals.penalty_points == 52
    row = document.assignments[0]
    assert row.penalty == 12
    assert any("Country" in flag for flag in row.flags)


def test_soft_loads_and_counts_are_listed_with_their_price() -> None:
    schools = (school("a"), school("b", rurality="rural"), school("m1"), school("m2"))
    rules: dict[str, Any] = {
        "load": {"min": 2, "max": 5, "min_strength": "soft", "under_price": 4},
        "composition": [
            {
                "label": "Rural",
                "members": {"rurality": ["rural"]},
                "at_least": 1,
                "strength": "soft",
                "price": 3,
            }
        ],
        "quotas": [{"label": "Two", "counts": "clusters", "at_most": 1, "strength": "soft", "price": 6}],
    }
    document = document_of(intake(*schools), wish_policy(rules=rules), {"a": "m1", "b": "m2"})
    load = rule(document, "load:soft")
    assert [breach.price for breach in load.broken] == [4, 4]
    assert load.broken[0].detail == "School m1 fills 1 place, 1 fewer than its least."
    assert [breach.price for breach in rule(document, "composition[0]").broken] == [3]
    assert rule(document, "composition[0]").not_judged == 1  # the rurality of a is not known
    assert [breach.price for breach in rule(document, "quotas[0]").broken] == [6]
    assert document.totals.penalty_points == 4 + 4 + 3 + 6


def test_locked_rows_are_marked_and_unmet_soft_locks_flagged() -> None:
    tiny = intake(
        school("a"),
        school("b"),
        school("m1"),
        school("m2"),
        links=(link("lock", "a", "m1"), link("lock", "b", "m2", "soft")),
    )
    document = document_of(tiny, wish_policy(), {"a": "m1", "b": "m1"})
    first, second = document.assignments
    assert first.locked
    assert first.alternatives[0].note.startswith("it is locked to its mentor")
    assert not second.locked
    assert any("School m2" in flag for flag in second.flags)
    assert not rule(document, "lock:soft").holds


def test_a_result_without_a_plan_makes_no_document() -> None:
    empty = Result(SolveStatus.UNKNOWN, None, None, None, "none", "", StoppedBy.WORK_LIMIT)
    with pytest.raises(NoPlanError):
        build_document(encode(INTAKE, POLICY), empty, (), policy_sha256="0" * 64)


STRENGTHS = st.sampled_from(["hard", "soft", "off"])
PAIR_RULES = ("country", "region", "language", "maturity_gap", "travel", "phase", "authority")
APART_RULES = ("neighbours", "apart_by_authority")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    rules: dict[str, Any] = {key: {"strength": draw(STRENGTHS)} for key in (*PAIR_RULES, *APART_RULES)}
    for key in ("rivalry", "must_link", "lock", "forbid"):
        rules[key] = {
            "strength": draw(st.sampled_from([None, "soft", "off"])),
            "price": draw(st.integers(0, 60)),
        }
    rules["load"] = {
        "min_strength": draw(STRENGTHS),
        "max_strength": draw(STRENGTHS),
        "min": draw(st.integers(0, 2)),
        "max": draw(st.integers(2, 4)),
    }
    rules["unassigned"] = {"price": draw(st.integers(0, 200))}
    rules["opening"] = {"price": draw(st.integers(0, 30))}
    rules["composition"] = [
        {
            "label": "Primary",
            "members": {"phase": ["primary"]},
            "at_most": draw(st.integers(1, 3)),
            "strength": draw(STRENGTHS),
        }
    ]
    rules["quotas"] = [
        {
            "label": "Clusters",
            "counts": "clusters",
            "at_least": draw(st.integers(0, 2)),
            "at_most": 2,
            "strength": draw(STRENGTHS),
        },
        {
            "label": "Mentees",
            "members": {"phase": ["primary"]},
            "at_least": draw(st.integers(0, 2)),
            "strength": draw(STRENGTHS),
        },
    ]
    unknown = draw(st.sampled_from(["reweight", "average"]))
    return Policy.model_validate(
        {
            "criteria": {"unknown": unknown, "partnership": {"weight": draw(st.integers(0, 3))}},
            "cohesion": {"points_per_pair": draw(st.sampled_from([0, 4]))},
            "rules": rules,
        }
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 50), st.integers(2, 4), st.integers(3, 8), policies())
def test_every_plan_of_a_solver_makes_a_consistent_document(
    seed: int, mentors: int, mentees: int, policy: Policy
) -> None:
    tiny = generate_intake(mentors=mentors, mentees=mentees, countries=("HR",), seed=seed)
    encoding, result = solved(tiny, policy)
    if result.host_of is None:
        assert result.status is SolveStatus.INFEASIBLE
        return
    document = build_document(encoding, result, (), policy_sha256="0" * 64)
    totals = document.totals
    found = (
        totals.pair_points
        - totals.penalty_points
        + totals.cohesion_points
        - totals.opening_points
        - totals.unassigned_points
    )
    assert found == pytest.approx(document.proof.objective, abs=1e-5)
    objective = evaluate(encoding.problem, Solution(result.host_of)).objective
    assert document.proof.objective_units == objective
    assert totals.assigned + totals.unassigned == mentees
    assert all(row.holds for row in document.rules if row.strength is Strength.HARD)
    charged = sum(breach.price for row in document.rules for breach in row.broken if row.key != "unassigned")
    assert charged == pytest.approx(totals.penalty_points, abs=1e-5)
    for row in document.assignments:
        assert sum(one.points for one in row.components) == pytest.approx(row.score, abs=1e-9)
        assert row.host_id not in {one.host_id for one in row.alternatives}
        assert 2 <= len(row.why) <= 4
        assert len(row.alternatives) <= 5
    for out in document.unassigned:
        assert out.reason.endswith(".")
    assert PlanDocument.from_json(document.to_json()) == document


@pytest.mark.parametrize("key", [*PAIR_RULES, *APART_RULES])
def test_a_hard_rule_holds_in_the_report(key: str) -> None:
    policy = Policy.model_validate({"rules": {key: {"strength": "hard"}}})
    encoding, result = solved(generate_intake(mentors=4, mentees=10, countries=("HR", "IT"), seed=2), policy)
    row = rule(build_document(encoding, result, (), policy_sha256="0" * 64), key)
    assert row.strength is Strength.HARD
    assert row.holds
    assert row.price is None


def test_a_rule_softer_in_one_country_has_two_rows() -> None:
    schools = (school("a", country="HU"), school("b"), school("m1"))
    override = {"HU": {"strength": "soft", "price": 5}}
    policy = wish_policy(rules={"country": {"strength": "hard", "by_country": override}})
    document = document_of(intake(*schools), policy, {"a": "m1", "b": "m1"})
    assert rule(document, "country").holds
    soft = rule(document, "country:soft")
    assert (soft.holds, soft.checked, soft.broken[0].price) == (False, 1, 5)


def test_the_versions_of_the_result_and_of_the_caller_stand_in_the_proof() -> None:
    encoding = encode(INTAKE, POLICY)
    document = build_document(
        encoding, result_of(encoding, PLAN), (), policy_sha256="0" * 64, versions={"matcher": "1"}
    )
    assert document.proof.versions == {"matcher": "1"}


def test_a_pair_that_breaks_a_travel_wish_is_not_praised_for_how_the_schools_work_or_travel() -> None:
    far = {"latitude": 46.0, "longitude": 15.0, "work_mode": "face-to-face"}
    near = {"latitude": 45.0, "longitude": 15.0, "work_mode": "face-to-face"}
    schools = intake(school("a", **near), school("m1", **far), wishes=wish("a", "m1"))
    criteria = {key: {"weight": 0} for key in CRITERIA} | {"work_mode": {"weight": 1}}
    for cap, praised in ((20, False), (2000, True)):
        rules = {"travel": {"strength": "soft", "price": 5, "max_km": cap}}
        policy = wish_policy(rules=rules).model_dump() | {"criteria": criteria}
        (row,) = document_of(schools, Policy.model_validate(policy), {"a": "m1"}).assignments
        assert any("face-to-face" in line for line in row.why) is praised
        assert bool(row.flags) is not praised

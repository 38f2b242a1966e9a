"""Comparisons of tiny intakes, in which the mentees' wishes alone make the points."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from matcher import match
from matcher.analysis.comparison_document import ComparisonDocument
from matcher.analysis.document import PlanDocument
from matcher.exceptions import UsageError
from matcher.laboratory.comparison import build_comparison
from matcher.laboratory.seeing import DropOuts
from matcher.laboratory.variant import Outcome, Variant
from matcher.laboratory.yardstick import Yardstick
from matcher.policy.model import Policy
from matcher.profiles import Intake
from tests.encoding.builders import intake, school, wish, wish_policy

PLACES = {"load": {"min": 1, "max": 2}}


@cache
def schools() -> Intake:
    """a, b and c all want m1 first; c is in Italy, all others in Croatia."""
    return intake(
        school("a"),
        school("b"),
        school("c", country="IT"),
        school("m1"),
        school("m2"),
        wishes=(*wish("a", "m1", "m2"), *wish("b", "m1", "m2"), *wish("c", "m1", "m2")),
    )


def named(name: str, **parts: Any) -> Policy:
    return wish_policy(name=name, title=name.title(), outlook={"enabled": False}, **parts)


def planned(policy: Policy, hosts: dict[str, str | None]) -> Outcome:
    """Outcome of a policy with every pair locked to what a test wants."""
    locks = [{"kind": "lock", "school_a": mentee, "school_b": host} for mentee, host in hosts.items() if host]
    base = schools()
    forced = Intake.model_validate(base.model_dump() | {"links": locks})
    document: PlanDocument = match(forced, policy).document
    assert {row.mentee_id: row.host_id for row in document.assignments} == {
        mentee: host for mentee, host in hosts.items() if host
    }
    return Outcome(Variant(policy.name, policy.title, policy), document)


@cache
def outcomes() -> tuple[Outcome, ...]:
    """*home* keeps countries apart, so that c stays out; *open* does not."""
    home = named("home", rules={"country": {"strength": "hard"}, **PLACES})
    return (
        planned(home, {"a": "m1", "b": "m1", "c": None}),
        planned(named("open", rules=PLACES), {"a": "m1", "b": "m2", "c": "m1"}),
    )


@cache
def compared() -> ComparisonDocument:
    return build_comparison(schools(), outcomes(), yardstick=home_policy())


def home_policy() -> Policy:
    return outcomes()[0].variant.policy


def test_each_plan_is_scored_by_the_yardstick_and_not_by_its_own_policy() -> None:
    home, other = compared().plans
    assert home.value("fit_mean") == 100.0  # a and b have their first choice
    assert other.value("fit_mean") == pytest.approx((100 + 75 + 100) / 3)
    assert (home.value("fit_worst"), other.value("fit_worst")) == (100.0, 75.0)


def test_a_rule_of_the_yardstick_that_a_plan_breaks_is_told_with_the_schools() -> None:
    home, other = compared().plans
    assert home.breaks == ()
    (rule,) = other.breaks
    assert (rule.key, rule.must_hold, rule.breaches, rule.points) == ("country", True, 1, None)
    assert "School c with School m1" in rule.details[0]


def test_a_school_is_the_same_only_where_every_policy_gives_it_the_same_mentor() -> None:
    assert {row.school_id: row.verdict for row in compared().schools} == {
        "a": "same",
        "b": "differs",
        "c": "differs",
    }


def test_agreement_counts_schools_with_the_same_mentor_and_pairs_that_stay_together() -> None:
    (agreement,) = compared().agreement
    assert (agreement.compared, agreement.same) == (3, 1)
    assert agreement.share == pytest.approx(1 / 3)
    assert agreement.together == 0.0  # {a, b} under one, {a, c} under the other


def test_a_school_that_no_policy_places_is_told_so() -> None:
    home = outcomes()[0]
    twin = Outcome(Variant("twin", "Twin", home_policy()), home.document)
    document = build_comparison(schools(), (home, twin), yardstick=home_policy(), samples=0)
    assert [row.verdict for row in document.schools] == ["same", "same", "unassigned"]


def test_a_policy_without_a_plan_says_why_and_stands_in_no_figure() -> None:
    failed = Outcome(Variant("none", "None", Policy()), None, "No plan can keep all hard rules.")
    document = build_comparison(schools(), (failed, *outcomes()), samples=0)
    assert document.plans[0].failure == "No plan can keep all hard rules."
    assert not document.plans[0].measures
    assert document.baseline == "home"
    assert all(len(row.placements) == 2 for row in document.schools)
    assert any("None" in note for note in document.notes)


def test_one_mentor_in_common_is_enough_where_a_policy_gives_several_in_layers() -> None:
    of = [{"key": "idea", "title": "Idea mentor"}, {"key": "hub", "title": "Hub"}]
    both = Variant("both", "Both", named("both", rules=PLACES, layers={"of": of}))
    idea = planned(named("idea", rules=PLACES), {"a": "m2", "b": "m2", "c": "m1"}).document
    hub = planned(named("hub", rules=PLACES), {"a": "m1", "b": "m2", "c": "m1"}).document
    layers = (Outcome(both, idea, layer="idea"), Outcome(both, hub, layer="hub"))
    document = build_comparison(schools(), (outcomes()[0], *layers), yardstick=home_policy(), samples=0)
    assert [plan.key for plan in document.plans] == ["home", "both/idea", "both/hub"]
    assert document.plans[1].title == "Both – Idea mentor"
    assert {row.school_id: row.verdict for row in document.schools} == {
        "a": "same",  # m1 at home, and m1 as its hub
        "b": "differs",
        "c": "differs",
    }


def test_costs_are_told_against_the_baseline() -> None:
    document = build_comparison(schools(), outcomes(), baseline="open", yardstick=home_policy())
    home, other = document.plans
    assert document.baseline == "open"
    assert other.costs == ()
    assert home.costs == (
        "Against “Open”: 1 more left out.",
        "2 of 3 schools have another mentor than under “Open”, or none.",
    )
    assert any("mean fit 8.3 points higher" in said for said in home.favours)


def test_the_baseline_is_the_yardstick_where_none_is_named() -> None:
    document = build_comparison(schools(), outcomes(), baseline="open", samples=0)
    assert document.yardstick.name == "open"
    assert build_comparison(schools(), outcomes(), samples=0).yardstick.name == "default"


def test_the_same_mentor_schools_drop_out_under_every_policy() -> None:
    home, other = compared().plans
    # One of two mentors drops out in each draw. m2 has a free place for one of m1's two mentees at home.
    assert home.value("drop_out_placed") is not None
    assert other.value("drop_out_kept") == pytest.approx(
        sum((1 / 3 if gone == "m1" else 2 / 3) for gone in drawn()) / len(drawn())
    )


def drawn() -> list[str]:
    return [next(iter(gone)) for gone in DropOuts(30, 0).schools(("m1", "m2"))]


def test_a_stopped_comparison_leaves_drop_outs_unknown() -> None:
    document = build_comparison(schools(), outcomes(), should_stop=lambda: True)
    assert [plan.value("drop_out_kept") for plan in document.plans] == [None, None]


def test_the_same_arguments_give_the_same_document() -> None:
    again = build_comparison(schools(), outcomes(), yardstick=home_policy())
    assert again.to_json() == compared().to_json()
    assert ComparisonDocument.from_json(compared().to_json()) == compared()


def test_processor_seconds_do_not_reach_the_document() -> None:
    slow = tuple(Outcome(one.variant, one.document, seconds=99.0) for one in outcomes())
    assert build_comparison(schools(), slow, yardstick=home_policy()).to_json() == compared().to_json()


def test_noise_that_somebody_measured_is_shown_with_its_plan() -> None:
    document = build_comparison(schools(), outcomes(), noise={"open": 0.5}, samples=0)
    assert [plan.value("noise_kept") for plan in document.plans] == [None, 0.5]


def test_two_plans_of_one_key_and_a_baseline_that_is_not_there_are_refused() -> None:
    home = outcomes()[0]
    with pytest.raises(UsageError, match="same key: home"):
        build_comparison(schools(), (home, home))
    with pytest.raises(UsageError, match="'nobody' is none of the policies"):
        build_comparison(schools(), outcomes(), baseline="nobody")


def test_a_policy_that_forms_groups_cannot_be_the_yardstick() -> None:
    shared = {"points_per_pair": 4}
    groups = {"name": "peers", "peers": {"enabled": True}, "cohesion": shared, "rules": {"load": {"min": 2}}}
    peers = Policy.model_validate(groups)
    with pytest.raises(UsageError, match="cannot be the yardstick"):
        Yardstick.of(schools(), peers)


def test_the_fit_of_a_hub_is_the_mean_over_its_leads_and_a_group_of_equals_has_none() -> None:
    stick = Yardstick.of(schools(), named("home"))
    fits = stick.fits({"a": ("m1", "m2"), "b": (), "c": ("m2",)})
    assert fits.points == {"a": 87.5, "c": 75.0}
    assert fits.values == {"mentee_preference": {"a": 0.875, "c": 0.75}}


def test_a_plan_that_places_nobody_has_no_fit_and_no_distance() -> None:
    stick = Yardstick.of(schools(), named("home"))
    assert (stick.fits({}).points, stick.distances({}), stick.between([])) == ({}, {}, ())
    nobody = Outcome(
        Variant("nobody", "Nobody", named("nobody", rules=PLACES)),
        match(schools(), named("nobody", rules={"load": {"min": 4, "max": 4}})).document,
    )
    document = build_comparison(schools(), (outcomes()[0], nobody), yardstick=home_policy())
    empty = document.plans[1]
    assert [empty.value(key) for key in ("placed", "fit_total", "fit_mean", "km_mean", "load_gini")] == [
        0.0, 0.0, None, None, None,
    ]  # fmt: skip
    assert [row.verdict for row in document.schools] == ["differs", "differs", "unassigned"]


def test_distances_are_unknown_where_a_lead_has_no_coordinates() -> None:
    placed = {"latitude": 45.0, "longitude": 16.0, "coordinate_quality": "site"}
    made = intake(
        school("a", **placed),
        school("m1", **(placed | {"latitude": 46.0})),
        school("m2", **(placed | {"latitude": 47.0})),
        school("m3"),
    )
    stick = Yardstick.of(made, Policy())
    one, two = stick.distances({"a": ("m1",)})["a"], stick.distances({"a": ("m2",)})["a"]
    assert one == pytest.approx(1.3 * 111.195, rel=1e-3)  # a degree of latitude, times the road factor
    assert stick.distances({"a": ("m1", "m2")})["a"] == pytest.approx((one + two) / 2)
    assert stick.distances({"a": ("m1", "m3")}) == {}
    assert len(stick.between([("a", "m1", "m3"), ("m2",)])) == 1


def test_a_plan_of_equals_is_left_aside_where_mentors_are_compared() -> None:
    groups = named(
        "peers",
        peers={"enabled": True, "schools": "mentees"},
        cohesion={"points_per_pair": 4},
        rules={"load": {"min": 2, "max": 2}},
    )
    equals = Outcome(Variant("peers", "Peers", groups), match(schools(), groups).document)
    document = build_comparison(schools(), (*outcomes(), equals), yardstick=home_policy(), samples=3)
    assert [row.verdict for row in document.schools] == ["same", "differs", "differs"]
    assert [one.compared for one in document.agreement] == [3, 0, 0]
    peers = document.plans[2]
    assert (peers.value("placed"), peers.value("unassigned")) == (2.0, 1.0)
    assert (peers.value("fit_mean"), peers.value("drop_out_kept")) == (None, None)
    assert peers.clusters[0].leads == ()
    assert any("no mentor to fit or to travel to" in note for note in document.notes)


def test_a_hub_with_two_leads_is_judged_by_the_mean_over_both() -> None:
    two = named(
        "hubs",
        hubs={"enabled": True, "language": None},
        rules={"load": {"min": 1, "max": 3}, "country": {"strength": "off"}},
    )
    outcome = Outcome(Variant("hubs", "Hubs", two), match(schools(), two).document)
    document = build_comparison(schools(), (*outcomes(), outcome), yardstick=home_policy())
    hubs = document.plans[2]
    assert [cluster.leads for cluster in hubs.clusters] == [("m1", "m2")]
    assert hubs.value("fit_mean") == 87.5  # of 100 with m1 and 75 with m2, for everybody
    assert hubs.value("drop_out_kept") == 0.0  # a hub drops out with either of its leads
    assert any("Hubs with several leads" in note for note in document.notes)
    assert [row.verdict for row in document.schools] == ["same", "differs", "differs"]
    assert [(one.compared, one.same) for one in document.agreement[1:]] == [(3, 2), (3, 3)]

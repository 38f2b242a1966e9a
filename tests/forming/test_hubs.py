"""Hubs of two leads: which are formed, what they are like, and that a school leads at most one."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.analysis.explanation import explain
from matcher.encoding import encode
from matcher.exceptions import InfeasibleError, UsageError
from matcher.forming import form
from matcher.models import find_plan, refuse_hubs
from matcher.pipeline import match, settings_of
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.profiles import Phase
from matcher.report.html import render_report
from tests.encoding.builders import intake, link, school, wish, wish_policy


def hubs_policy(rules: dict[str, Any] | None = None, **hubs: Any) -> Policy:
    """Only the mentees' wishes count; hubs of any two mentors, of 1 to 3 places."""
    wanted = {"load": {"min": 1, "max": 3}, "unassigned": {"price": 10}} | (rules or {})
    return wish_policy(rules=wanted, hubs={"enabled": True, "language": None} | hubs)


def test_every_two_mentors_of_a_country_may_lead_a_hub() -> None:
    schools = (school("m1"), school("m2"), school("m3"), school("mx", country="IT"), school("a"))
    formed = form(intake(*schools), hubs_policy())
    assert list(formed.leads.values()) == [("m1", "m2"), ("m1", "m3"), ("m2", "m3")]
    assert [one.school_id for one in formed.intake.mentors] == ["m1+m2", "m1+m3", "m2+m3"]


def test_the_order_of_the_rows_says_nothing() -> None:
    schools = (school("m2"), school("a"), school("m1"), school("m3"), school("b"))
    wishes = wish("a", "m1", "m3")
    first = match(intake(*schools, wishes=wishes), hubs_policy()).to_json()
    assert match(intake(*reversed(schools), wishes=wishes[::-1]), hubs_policy()).to_json() == first


def test_each_lead_meets_its_condition() -> None:
    schools = (
        school("m1", phases={"primary"}),
        school("m2", phases={"upper-secondary"}),
        school("m3", phases={"primary"}),
        school("a"),
    )
    policy = hubs_policy(leads=[{"phase": ["primary"]}, {"phase": ["upper-secondary"]}])
    assert list(form(intake(*schools), policy).leads) == ["m1+m2", "m2+m3"]


def test_leads_that_are_rivals_too_far_apart_or_without_a_common_language_form_no_hub() -> None:
    def at(name: str, longitude: float, code: str) -> Any:
        languages = ({"code": code, "level": "native"},)
        return school(
            name, latitude=45.0, longitude=longitude, coordinate_quality="site", languages=languages
        )

    near, far, rival = at("m1", 16.0, "hr"), at("m2", 19.0, "hr"), at("m3", 16.1, "hr")
    other, mentee = at("m4", 16.1, "it"), school("a")
    links = (link("rivalry", "m1", "m3"),)
    taken = intake(near, far, rival, other, mentee, links=links)
    assert list(form(taken, hubs_policy(max_km_apart=50, language="B2")).leads) == []
    assert list(form(intake(near, rival, mentee), hubs_policy(max_km_apart=50, language="B2")).leads) == [
        "m1+m3"
    ]


def test_a_hub_is_what_both_its_leads_are() -> None:
    one = school(
        "m1", phases={"primary"}, region="HR02", pupils=100, max_load=9,
        languages=({"code": "hr", "level": "native"}, {"code": "en", "level": "C1"}),
        latitude=45.0, longitude=16.0, max_travel_km=50, work_mode="virtual",
    )  # fmt: skip
    other = school(
        "m2", phases={"special"}, languages=({"code": "en", "level": "B1"},),
        latitude=46.0, longitude=17.0, max_travel_km=80, work_mode="blended", region="HR05", pupils=201,
    )  # fmt: skip
    (hub,) = form(intake(one, other, school("a")), hubs_policy()).intake.mentors
    assert hub.name == "School m1 & School m2"
    assert hub.phases == {Phase.PRIMARY, Phase.SPECIAL}
    assert [(skill.code, skill.level) for skill in hub.languages] == [("en", "B1")]
    assert (hub.latitude, hub.longitude, hub.max_travel_km, hub.work_mode) == (45.5, 16.5, 50, "blended")
    assert (hub.region, hub.pupils, hub.max_load) == ("HR0", 150, None)


def test_what_is_declared_of_a_lead_holds_for_its_hubs() -> None:
    links = (link("rivalry", "a", "m1"), link("partnership", "m2", "a"))
    formed = form(intake(school("m1"), school("m2"), school("m3"), school("a"), links=links), hubs_policy())
    assert [(one.kind, one.school_a, one.school_b) for one in formed.intake.links] == [
        ("rivalry", "a", "m1+m2"),
        ("rivalry", "a", "m1+m3"),
        ("partnership", "a", "m1+m2"),
        ("partnership", "a", "m2+m3"),
    ]


def test_a_lock_to_a_school_is_kept_by_any_hub_that_it_leads() -> None:
    schools = (school("m1"), school("m2"), school("m3"), school("a"))
    taken = intake(*schools, links=(link("lock", "a", "m2"),), wishes=wish("a", "m1", "m3"))
    plan = match(taken, hubs_policy())
    (cluster,) = plan.document.clusters
    assert "m2" in cluster.lead_ids


@settings(max_examples=12)
@given(
    st.lists(
        st.lists(st.sampled_from([f"m{n}" for n in range(4)]), max_size=3, unique=True),
        min_size=2,
        max_size=4,
    )
)
def test_the_best_plan_is_that_of_all_plans_tried(wishes: list[list[str]]) -> None:
    schools = (*(school(f"m{n}") for n in range(4)), *(school(f"s{n}") for n in range(len(wishes))))
    named = tuple(one for n, wanted in enumerate(wishes) for one in wish(f"s{n}", *wanted))
    policy = hubs_policy({"load": {"min": 1, "max": 2}})
    encoding = encode(intake(*schools, wishes=named), policy)
    value = dict(
        zip(
            zip(encoding.problem.pair_mentee.tolist(), encoding.problem.pair_host.tolist(), strict=True),
            encoding.problem.pair_value.tolist(),
            strict=True,
        )
    )
    leads = [set(encoding.leads[host]) for host in encoding.host_ids]
    best = None
    for plan in product(range(-1, len(leads)), repeat=len(wishes)):
        used = sorted(set(plan) - {-1})
        if any(leads[a] & leads[b] for a in used for b in used if a < b) or any(
            plan.count(a) > 2 for a in used
        ):
            continue
        worth = sum(-10 * SCALE if host < 0 else value[mentee, host] for mentee, host in enumerate(plan))
        best = worth if best is None else max(best, worth)
    assert find_plan(encoding, settings_of(policy)).result.objective == best


def test_the_report_shows_both_leads_and_speaks_of_hubs() -> None:
    schools = (school("m1"), school("m2"), school("a"), school("b"))
    document = match(intake(*schools, wishes=wish("a", "m1")), hubs_policy()).document
    page = render_report(document)
    assert document.around == "hub"
    assert "Led together by" in page
    assert '<li id="school-m1"' in page
    assert '<li id="school-m2"' in page
    assert {card.school_id for card in document.schools} == {"a", "b", "m1", "m2", "m1+m2"}
    (rule,) = [one for one in document.rules if one.key == "hubs.leads"]
    assert rule.holds


def test_an_explanation_speaks_of_hubs_and_names_those_that_are_not_formed() -> None:
    schools = (school("m1"), school("m2"), school("m3", name="Old Mentor Hill"), school("a"))
    document = match(intake(*schools, wishes=wish("a", "m1", "m2")), hubs_policy()).document
    text = explain(document, "a").text()
    assert "Hub: School m1 & School m2 (m1+m2), 100 points of 100." in text
    assert "Next-best hubs:" in text
    assert "School m1 & Old Mentor Hill (m1+m3)" in text
    assert "a, mentee" in text
    assert "mentor" not in text.replace("Mentor Hill", "").lower()


def test_a_mentor_may_lead_alone_where_the_policy_lets_it() -> None:
    taken = intake(school("m1", max_load=1), school("m2"), school("a"))
    formed = form(taken, hubs_policy(alone=True))
    assert formed.leads == {"m1": ("m1",), "m2": ("m2",), "m1+m2": ("m1", "m2")}
    assert formed.intake.mentors[0].max_load == 1


def test_a_concession_on_the_places_of_a_lead_is_refused() -> None:
    policy = hubs_policy().model_copy(
        update={
            "concessions": Policy.model_validate(
                {"concessions": [{"rule": "places", "school": "m1", "amount": 1, "reason": "agreed"}]}
            ).concessions
        }
    )
    with pytest.raises(UsageError, match=r"rules\.load"):
        form(intake(school("m1"), school("m2"), school("a")), policy)


def test_questions_about_one_mentor_are_refused_in_words() -> None:
    with pytest.raises(UsageError, match="two schools lead"):
        refuse_hubs(hubs_policy(), "A pin")


def test_a_lock_to_a_school_that_can_lead_no_hub_is_a_contradiction_and_not_forgotten() -> None:
    schools = (school("m1"), school("m2", country="IT"), school("a"))
    taken = intake(*schools, links=(link("lock", "a", "m1"),))
    assert form(taken, hubs_policy()).leads == {}
    with pytest.raises(InfeasibleError, match="a is locked to a cluster that m1 leads"):
        match(taken, hubs_policy())

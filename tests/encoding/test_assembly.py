from __future__ import annotations

import random
from dataclasses import fields

import numpy as np
import pytest

from matcher.encoding import Encoding, decode, encode, solution_from
from matcher.exceptions import NoPlanError, UsageError
from matcher.generate import generate_intake
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.profiles import Intake
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution.evaluation import Evaluation
from matcher.solution.referee import evaluate
from tests.encoding.builders import intake, link, school, wish, wish_policy

TWO_BY_TWO = intake(
    school("a"), school("b"), school("m1"), school("m2"), wishes=(*wish("a", "m1", "m2"), *wish("b", "m1"))
)


def points(encoding: Encoding, plan: dict[str, str | None]) -> float:
    return judged(encoding, plan).objective / SCALE


def judged(encoding: Encoding, plan: dict[str, str | None]) -> Evaluation:
    return evaluate(encoding.problem, solution_from(encoding, plan))


def same_arrays(one: Encoding, other: Encoding) -> bool:
    for item in fields(one.problem):
        a, b = getattr(one.problem, item.name), getattr(other.problem, item.name)
        if isinstance(a, np.ndarray):
            if not np.array_equal(a, b):
                return False
        elif item.name in ("compositions", "quotas"):
            if [(x.key, x.members.tolist(), x.hosts.tolist()) for x in a] != [
                (x.key, x.members.tolist(), x.hosts.tolist()) for x in b
            ]:
                return False
        elif item.name != "load_target" and a != b:
            return False
    return True


def test_a_plan_is_worth_its_wishes_less_the_price_of_those_left_out() -> None:
    encoding = encode(TWO_BY_TWO, wish_policy())
    assert points(encoding, {"a": "m1", "b": "m1"}) == 200
    assert points(encoding, {"a": "m2", "b": "m1"}) == 175
    assert points(encoding, {"a": "m2", "b": "m2"}) == 75
    assert points(encoding, {"a": "m1"}) == 100 - 150


def test_each_formed_cluster_costs_the_opening_price() -> None:
    encoding = encode(TWO_BY_TWO, wish_policy(rules={"opening": {"price": 30}}))
    assert points(encoding, {"a": "m1", "b": "m1"}) == 200 - 30
    assert points(encoding, {"a": "m2", "b": "m1"}) == 175 - 60


def test_the_order_of_the_rows_never_matters() -> None:
    policy = Policy.model_validate(
        {"cohesion": {"points_per_pair": 5}, "rules": {"phase": {"strength": "soft"}}}
    )
    original = generate_intake(mentors=6, mentees=24, seed=3)
    dice = random.Random(1)
    shuffled = {
        name: tuple(dice.sample(getattr(original, name), len(getattr(original, name))))
        for name in ("schools", "maturity", "links", "preferences")
    }
    other = original.model_copy(update=shuffled)
    assert other != original
    assert same_arrays(encode(original, policy), encode(other, policy))


def test_a_soft_rule_takes_its_price_from_the_pair() -> None:
    schools = (school("a", country="HR"), school("m1", country="HU"), school("m2", country="HR"))
    policy = wish_policy(rules={"country": {"strength": "soft", "price": 12.5}})
    encoding = encode(intake(*schools, wishes=wish("a", "m1", "m2")), policy)
    assert points(encoding, {"a": "m1"}) == 100 - 12.5
    assert points(encoding, {"a": "m2"}) == 75


def test_a_hard_rule_takes_the_pair_out() -> None:
    schools = (school("a", country="HR"), school("m1", country="HU"), school("m2", country="HR"))
    encoding = encode(intake(*schools), wish_policy(rules={"country": {"strength": "hard"}}))
    assert encoding.problem.pair_host.tolist() == [1]
    assert not judged(encoding, {"a": "m1"}).is_feasible
    assert judged(encoding, {"a": "m2"}).is_feasible


@pytest.mark.parametrize(("strength", "together"), [("hard", None), ("soft", 200 - 40)])
def test_declared_rivals_are_kept_apart_or_priced(strength: str, together: float | None) -> None:
    rivals = TWO_BY_TWO.model_copy(update={"links": (link("rivalry", "b", "a", strength),)})
    encoding = encode(rivals, wish_policy())
    apart = judged(encoding, {"a": "m2", "b": "m1"})
    assert apart.is_feasible
    assert apart.objective == 175 * SCALE
    both = judged(encoding, {"a": "m1", "b": "m1"})
    if together is None:
        assert [broken.rule for broken in both.broken] == ["cannot-link"]
    else:
        assert both.is_feasible
        assert both.objective == together * SCALE


def test_prices_of_two_soft_reasons_to_be_apart_add() -> None:
    schools = (
        school("a", authority="City"),
        school("b", authority="City"),
        school("m1"),
        school("m2"),
    )
    policy = wish_policy(rules={"apart_by_authority": {"strength": "soft", "price": 7}})
    links = (link("rivalry", "a", "b", "soft"),)
    encoding = encode(intake(*schools, links=links, wishes=(*wish("a", "m1"), *wish("b", "m1"))), policy)
    assert points(encoding, {"a": "m1", "b": "m1"}) == 200 - 40 - 7


def test_neighbours_are_kept_apart_when_the_rule_is_hard() -> None:
    # 0.01 degree of latitude is 1.1 km
    schools = (
        school("a", latitude=45.0, longitude=16.0, phases=["primary"]),
        school("b", latitude=45.01, longitude=16.0, phases=["primary"]),
        school("c", latitude=45.2, longitude=16.0, phases=["primary"]),
        school("m1"),
    )
    encoding = encode(intake(*schools), wish_policy(rules={"neighbours": {"strength": "hard", "min_km": 3}}))
    assert encoding.problem.cannot_link.tolist() == [[0, 1]]
    assert not judged(encoding, {"a": "m1", "b": "m1"}).is_feasible
    assert judged(encoding, {"a": "m1", "c": "m1"}).is_feasible


@pytest.mark.parametrize(
    ("plan", "hard_holds", "soft_points"),
    [
        ({"a": "m1", "b": "m1"}, True, 200),
        ({"a": "m2", "b": "m1"}, False, 175 - 40),
        ({}, True, -300 - 40),
    ],
)
def test_a_must_link_holds_hard_or_costs_when_it_is_not_met(
    plan: dict[str, str | None], hard_holds: bool, soft_points: float
) -> None:
    hard = TWO_BY_TWO.model_copy(update={"links": (link("must-link", "a", "b"),)})
    assert judged(encode(hard, wish_policy()), plan).is_feasible is hard_holds
    soft = TWO_BY_TWO.model_copy(update={"links": (link("must-link", "a", "b", "soft"),)})
    assert points(encode(soft, wish_policy()), plan) == soft_points


def test_a_soft_must_link_that_no_plan_can_meet_is_always_charged() -> None:
    schools = (school("a", country="HR"), school("b", country="HU"), school("m1"), school("m2", country="HU"))
    policy = wish_policy(rules={"country": {"strength": "hard"}})
    encoding = encode(intake(*schools, links=(link("must-link", "a", "b", "soft"),)), policy)
    assert encoding.problem.cohesion_pair.shape == (0, 2)
    assert points(encoding, {}) == -300 - 40


def test_a_lock_holds_hard_or_costs_when_it_is_not_met() -> None:
    hard = encode(TWO_BY_TWO.model_copy(update={"links": (link("lock", "m2", "a"),)}), wish_policy())
    assert hard.problem.locked.tolist() == [[0, 1]]
    assert [one.rule for one in judged(hard, {"a": "m1", "b": "m1"}).broken] == ["lock"]
    soft = encode(TWO_BY_TWO.model_copy(update={"links": (link("lock", "a", "m2", "soft"),)}), wish_policy())
    assert points(soft, {"a": "m1", "b": "m1"}) == 200 - 40
    assert points(soft, {"a": "m2", "b": "m1"}) == 175


def test_a_lock_on_a_barred_pair_stays_locked_and_not_eligible() -> None:
    schools = (school("a"), school("m1", country="HU"))
    policy = wish_policy(rules={"country": {"strength": "hard"}})
    problem = encode(intake(*schools, links=(link("lock", "a", "m1"),)), policy).problem
    assert problem.locked.tolist() == [[0, 0]]
    assert problem.n_pairs == 0


def test_cohesion_adds_its_points_only_to_pairs_in_one_cluster() -> None:
    schools = (
        school("a", phases=["primary"]),
        school("b", phases=["primary"]),
        school("c", phases=["vocational"]),
        school("m1"),
    )
    only_phase = {
        name: {"weight": 0}
        for name in ("challenges", "languages", "travel", "size", "rurality", "need", "maturity", "work_mode")
    }
    policy = wish_policy(cohesion={"points_per_pair": 6, "phase": {"weight": 1}, **only_phase})
    wishes = (*wish("a", "m1"), *wish("b", "m1"), *wish("c", "m1"))
    encoding = encode(intake(*schools, wishes=wishes), policy)
    assert judged(encoding, {"a": "m1", "b": "m1"}).cohesion == 6 * SCALE
    assert judged(encoding, {"a": "m1", "c": "m1"}).cohesion == 0
    assert judged(encoding, {"a": "m1"}).cohesion == 0


@pytest.mark.parametrize("strength", ["hard", "soft"])
def test_a_composition_counts_the_members_of_each_cluster(strength: str) -> None:
    schools = (school("a", rurality="rural"), school("b"), school("m1"), school("m2"))
    rule = {
        "label": "One rural school",
        "members": {"rurality": ["rural"]},
        "at_least": 1,
        "strength": strength,
        "price": 9,
    }
    wishes = (*wish("a", "m1"), *wish("b", "m1", "m2"))
    encoding = encode(intake(*schools, wishes=wishes), wish_policy(rules={"composition": [rule]}))
    assert judged(encoding, {"a": "m1", "b": "m1"}).violations == ()
    bad = judged(encoding, {"a": "m1", "b": "m2"})
    assert [one.rule for one in bad.violations] == ["composition:composition[0]"]
    assert bad.is_feasible is (strength == "soft")
    if strength == "soft":
        assert bad.objective == (175 - 9) * SCALE


@pytest.mark.parametrize(
    ("counts", "members", "limit", "good", "bad"),
    [
        ("mentees", {"country": ["HU"]}, {"at_least": 1}, {"b": "m1"}, {"a": "m1"}),
        ("clusters", {"country": ["HR"]}, {"at_most": 1}, {"a": "m1", "b": "m1"}, {"a": "m1", "b": "m2"}),
    ],
)
def test_a_quota_counts_over_the_whole_plan(
    counts: str,
    members: dict[str, list[str]],
    limit: dict[str, int],
    good: dict[str, str | None],
    bad: dict[str, str | None],
) -> None:
    schools = (school("a"), school("b", country="HU"), school("m1"), school("m2"))
    rule = {"label": "Quota", "counts": counts, "members": members, **limit}
    hard = encode(intake(*schools), wish_policy(rules={"quotas": [rule]}))
    assert judged(hard, good).is_feasible
    assert [one.rule for one in judged(hard, bad).broken] == ["quota:quotas[0]"]
    soft = encode(intake(*schools), wish_policy(rules={"quotas": [rule | {"strength": "soft", "price": 11}]}))
    assert judged(soft, good).penalties == 0
    assert judged(soft, bad).penalties == 11 * SCALE


def test_the_price_of_staying_unassigned_follows_willingness() -> None:
    schools = (school("a", willingness="obliged"), school("b", willingness="volunteer"), school("c"))
    rules = {"unassigned": {"price": 100, "by_willingness": {"obliged": 0.8}}}
    problem = encode(intake(*schools), wish_policy(rules=rules)).problem
    assert problem.unassigned_cost.tolist() == [80 * SCALE, 100 * SCALE, 100 * SCALE]
    assert problem.may_stay.all()


def test_a_mentee_takes_as_many_places_as_it_asked_for() -> None:
    schools = (school("a", demand=3), school("b"), school("m1", max_load=3))
    encoding = encode(intake(*schools), wish_policy())
    assert encoding.problem.pair_demand.tolist() == [3, 1]
    assert [one.rule for one in judged(encoding, {"a": "m1", "b": "m1"}).broken] == ["max-load"]


def test_a_plan_goes_into_numbers_and_back() -> None:
    encoding = encode(TWO_BY_TWO, wish_policy())
    plan = {"a": "m2", "b": None}
    assert decode(encoding, solution_from(encoding, plan)) == plan


@pytest.mark.parametrize("plan", [{"x": "m1"}, {"a": "b"}, {"m1": "m1"}])
def test_a_plan_with_an_unknown_school_is_refused(plan: dict[str, str | None]) -> None:
    with pytest.raises(UsageError):
        solution_from(encode(TWO_BY_TWO, wish_policy()), plan)


def test_a_result_without_a_plan_cannot_be_decoded() -> None:
    empty = Result(SolveStatus.UNKNOWN, None, None, None, "none", "", StoppedBy.WORK_LIMIT)
    with pytest.raises(NoPlanError):
        decode(encode(TWO_BY_TWO, wish_policy()), empty)


@pytest.mark.parametrize(
    "faulty",
    [
        intake(school("a"), school("a")),
        intake(school("a"), links=(link("rivalry", "a", "ghost"),)),
        intake(school("a"), wishes=wish("a", "ghost")),
    ],
)
def test_ids_that_do_not_fit_together_are_refused(faulty: Intake) -> None:
    with pytest.raises(UsageError):
        encode(faulty, wish_policy())


def test_an_intake_without_schools_is_an_empty_problem() -> None:
    problem = encode(Intake(), Policy()).problem
    assert (problem.n_mentees, problem.n_hosts, problem.n_pairs) == (0, 0, 0)

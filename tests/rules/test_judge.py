"""What follows from a verdict: strength, price, country, unknown, links; and the contract of all rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from matcher.features.pairs import PairList
from matcher.profiles import Intake, Link, Phase
from matcher.rules.context import RuleContext, context_of
from matcher.rules.judge import PAIR_RULES, barred_reasons, judge_pairs, soft_reasons
from tests.rules.samples import features, intake, judged, policy, school

ALL_SOFT = {spec.key: {"strength": "soft"} for spec in PAIR_RULES}


def two_countries() -> Intake:
    return intake(
        school("A", country="CZ", phases=["primary"]),
        school("B", country="HR", phases=["primary"]),
        school("C", country="PT", phases=["primary"]),
        school("Z", "mentor", phases=["upper-secondary"]),
    )


def test_the_country_of_the_mentee_decides_strength_and_price() -> None:
    rule = {
        "strength": "off",
        "price": 12,
        "by_country": {"CZ": {"strength": "hard"}, "HR": {"strength": "soft", "price": 7}},
    }
    outcome = judged(two_countries(), policy(phase=rule))["phase"]
    assert outcome.broken.tolist() == [True, True, False]
    assert outcome.hard.tolist() == [True, False, False]
    assert outcome.price.tolist() == [0, 7, 0]
    assert outcome.forbids.tolist() == [True, False, False]
    assert outcome.penalty.tolist() == [0, 7, 0]


def test_an_override_without_a_strength_keeps_the_rule_s_own() -> None:
    rule = {"strength": "soft", "price": 12, "by_country": {"CZ": {"price": 3}, "HR": {"strength": "off"}}}
    outcome = judged(two_countries(), policy(phase=rule))["phase"]
    assert outcome.penalty.tolist() == [3, 0, 12]


def test_unknown_passes_and_is_flagged_or_counts_as_broken() -> None:
    unknown = intake(school("A"), school("Z", "mentor", phases=["primary"]))
    allowed = judged(unknown, policy(phase={"strength": "hard"}))["phase"]
    assert (allowed.broken[0], allowed.unknown[0], allowed.forbids[0]) == (False, True, False)
    barred = judged(unknown, policy(phase={"strength": "hard", "unknown": "forbid"}))["phase"]
    assert (barred.broken[0], barred.unknown[0], barred.forbids[0]) == (True, True, True)


def test_a_rule_that_is_off_for_everybody_is_left_out() -> None:
    off_everywhere = {"strength": "off", "by_country": {"IT": {"strength": "off"}, "HR": {"price": 3}}}
    assert judged(two_countries(), policy(phase=off_everywhere)) == {}


def link(kind: str, one: str, other: str, **given: Any) -> Link:
    return Link.model_validate({"kind": kind, "school_a": one, "school_b": other, **given})


def linked(*links: Link, as_of: date | None = None) -> Intake:
    schools = (school("A"), school("B"), school("Y", "mentor"), school("Z", "mentor"))
    return intake(*schools, links=links, as_of=as_of)


def test_a_forbidden_pair_is_barred_in_either_order_with_its_reason() -> None:
    given_intake = linked(link("forbid", "Z", "A", reason="Heads are related", declared_by="ministry"))
    chosen = policy()
    assert judged(given_intake, chosen)["forbid"].forbids.tolist() == [False, True, False, False]
    assert barred_reasons(given_intake, features(given_intake, chosen), chosen, 0, 1) == (
        ("forbid", "Forbidden: forbidden pair (Heads are related; declared by ministry)."),
    )


def test_a_rivalry_of_mentee_and_mentor_is_judged_by_its_own_strength() -> None:
    given_intake = linked(link("rivalry", "A", "Y"), link("rivalry", "B", "Z", strength="soft"))
    outcome = judged(given_intake, policy())["rivalry"]
    assert outcome.forbids.tolist() == [True, False, False, False]
    assert outcome.penalty.tolist() == [0, 0, 0, 40]


def test_the_policy_overrides_the_declared_strength() -> None:
    given_intake = linked(link("rivalry", "A", "Y"))
    soft = judged(given_intake, policy(rivalry={"strength": "soft", "price": 9}))["rivalry"]
    assert soft.penalty.tolist() == [9, 0, 0, 0]
    assert "rivalry" not in judged(given_intake, policy(rivalry={"strength": "off"}))


def test_a_link_that_was_switched_off_stays_off_whatever_the_policy_says() -> None:
    given_intake = linked(link("rivalry", "A", "Y", strength="off"))
    assert judged(given_intake, policy(rivalry={"strength": "hard"})) == {}


def test_a_link_holds_to_its_last_day_and_no_longer() -> None:
    expiring = link("forbid", "A", "Y", expires=date(2026, 9, 1))
    assert "forbid" in judged(linked(expiring, as_of=date(2026, 9, 1)), policy())
    assert "forbid" not in judged(linked(expiring, as_of=date(2026, 9, 2)), policy())


def test_two_links_on_one_pair_add_their_prices_and_a_hard_one_wins() -> None:
    soft = link("rivalry", "A", "Y", strength="soft")
    twice = judged(linked(soft, link("rivalry", "Y", "A", strength="soft")), policy())["rivalry"]
    assert twice.penalty.tolist() == [80, 0, 0, 0]
    hard = judged(linked(soft, link("rivalry", "Y", "A")), policy())["rivalry"]
    assert (hard.forbids[0], hard.penalty[0]) == (True, 0)


def test_reasons_agree_with_the_verdicts_on_every_pair() -> None:
    given_intake, chosen = crowd(7, 5, seed=3), policy(**{key: {"strength": "hard"} for key in ALL_SOFT})
    table = features(given_intake, chosen)
    pairs = PairList.every(7, 5)
    outcomes = judge_pairs(given_intake, table, chosen, pairs)
    for at in range(len(pairs)):
        said = barred_reasons(given_intake, table, chosen, int(pairs.mentee[at]), int(pairs.host[at]))
        assert [key for key, _ in said] == [outcome.key for outcome in outcomes if outcome.forbids[at]]
        assert all(text.endswith(".") and not text.endswith("..") for _, text in said)
    assert soft_reasons(given_intake, table, chosen, 0, 0) == ()


def test_the_context_follows_the_intake_it_is_asked_about() -> None:
    one, other = crowd(3, 2, seed=1), crowd(3, 2, seed=2)
    chosen = policy()
    first = context_of(one, features(one, chosen), chosen)
    assert context_of(other, features(other, chosen), chosen).mentees == other.mentees
    assert first.mentees == one.mentees


def crowd(n_mentees: int, n_mentors: int, seed: int) -> Intake:
    """An intake with everything known or not at random."""
    rng = np.random.default_rng(seed)

    def maybe(value: Any) -> Any:
        return value if rng.random() < 0.75 else None

    def one(school_id: str, role: str) -> Any:
        return school(
            school_id,
            role,
            country=str(rng.choice(["IT", "HR"])),
            region=maybe(str(rng.choice(["ITC48", "ITH51", "HR021"]))),
            latitude=maybe(45.0 + rng.random()),
            longitude=11.0 + rng.random(),
            phases=[str(rng.choice(list(Phase)))] if rng.random() < 0.8 else [],
            authority=maybe(str(rng.choice(["X", "Y"]))),
            languages=[
                {"code": str(rng.choice(["it", "hr"])), "level": maybe(str(rng.choice(["A2", "C1"])))}
            ],
            max_travel_km=maybe(float(rng.integers(20, 120))),
            work_mode=maybe(str(rng.choice(["virtual", "blended", "face-to-face"]))),
        )

    mentees = [one(f"A{at}", "mentee") for at in range(n_mentees)]
    return intake(*mentees, *(one(f"Z{at}", "mentor") for at in range(n_mentors)))


@pytest.mark.parametrize("spec", PAIR_RULES, ids=lambda spec: str(spec.key))
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_rule_keeps_the_contract(spec: Any, seed: int) -> None:
    given_intake = crowd(5, 4, seed)
    chosen = policy(**ALL_SOFT)
    table = features(given_intake, chosen)
    context = RuleContext.of(given_intake, table, chosen)
    pairs = PairList.every(5, 4)
    values = np.array(table.values)
    verdict = spec.judge(context, pairs)
    # shapes and types
    for found in (verdict.broken, verdict.unknown):
        assert found.shape == (20,)
        assert found.dtype == np.bool_
    # what cannot be judged is not known to be broken
    assert not (verdict.broken & verdict.unknown).any()
    # the order of the pairs makes no difference
    order = np.random.default_rng(seed).permutation(20)
    again = spec.judge(context, pairs.take(order))
    assert_array_equal(again.broken, verdict.broken[order])
    assert_array_equal(again.unknown, verdict.unknown[order])
    # no pairs, no verdicts
    assert spec.judge(context, pairs.take(np.zeros(20, np.bool_))).broken.shape == (0,)
    # nothing that was given is changed
    assert_array_equal(table.values, values)


def test_a_plan_without_schools_is_judged_without_error() -> None:
    empty = intake()
    chosen = policy(**ALL_SOFT)
    for outcome in judge_pairs(empty, features(empty, chosen), chosen, PairList.every(0, 0)):
        assert outcome.broken.shape == (0,)

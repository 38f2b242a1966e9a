"""What a plan hangs on, worked out by hand (see tests/laboratory/torn.py)."""

from __future__ import annotations

from functools import cache

import pytest

from matcher.analysis.findings_document import Nudge, Sensitivity
from matcher.exceptions import UsageError
from matcher.laboratory.nudges import levers_of
from matcher.laboratory.sensitivity import factors_of
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.routes.compare import compare
from tests.encoding.builders import intake, link, school, wish, wish_policy
from tests.laboratory.torn import FIT, INTAKE, OTHER_FIT, torn_policy


def sensitivity(given: Intake, policy: Policy) -> Sensitivity:
    return compare(given, [policy], sensitivity=0.2, baseline=policy.name).document.sensitivity[0]


@cache
def torn() -> Sensitivity:
    return sensitivity(INTAKE, torn_policy())


def nudge(setting: str, words: str) -> Nudge:
    return next(one for one in torn().nudges if (one.setting, one.words) == (setting, words))


def test_a_weight_lowered_by_a_fifth_moves_both_schools_and_costs_fit() -> None:
    one = nudge("criteria.mentee_preference.weight", "2 → 1.6")
    assert (one.moved, one.compared, one.share, one.still_best) == (2, 2, 1.0, False)
    assert one.fit_change == pytest.approx(OTHER_FIT - FIT, abs=1e-5)


def test_the_same_weight_raised_moves_nobody() -> None:
    one = nudge("criteria.mentee_preference.weight", "2 → 2.4")
    assert (one.moved, one.still_best, one.fit_change) == (0, True, 0.0)


def test_where_both_plans_are_equally_good_nobody_counts_as_moved() -> None:
    one = nudge("criteria.mentor_preference.weight", "1 → 1.2")
    assert (one.moved, one.still_best, one.fit_change) == (0, True, 0.0)


def test_what_matters_most_comes_first_and_is_said() -> None:
    first = torn().factors[0]
    assert (first.setting, first.moved) == ("criteria.mentee_preference.weight", 2)
    assert first.sentence == "Mentee's wish (2 → 1.6): 2 of 2 schools moved, mean fit 4.2 points lower."
    assert all(factor.moved == 0 for factor in torn().factors[1:])


def test_no_assignment_survives_where_one_change_moves_all() -> None:
    assert (torn().firm, torn().schools) == ((), 2)
    assert torn().sentences[0].startswith("0 of 2 placed schools keep their mentor")


def test_a_mentor_of_one_theme_is_a_mentor() -> None:
    """a is placed with m1 for its theme whatever is changed, as there is no other mentor."""
    given = intake(
        school("a", challenges=("stem",)),
        school("m1", strengths=("stem",), max_load=2),
        wishes=wish("a", "m1"),
    )
    rules = {"theme": {"strength": "hard"}, "load": {"min": 0, "max": 2}}
    found = sensitivity(given, wish_policy(name="themed", rules=rules))
    assert (found.schools, found.firm) == (1, ("a",))


def test_a_rule_switched_off_is_counted_apart_from_weights() -> None:
    """Without the rule on countries c has a mentor; a and b stay under every weight and price."""
    given = intake(
        school("a"),
        school("b"),
        school("c", country="IT"),
        school("m1", max_load=2),
        school("m2", max_load=2),
        wishes=(*wish("a", "m1"), *wish("b", "m1"), *wish("c", "m2")),
    )
    found = sensitivity(given, wish_policy(name="home", rules={"country": {"strength": "hard"}}))
    rule = next(one for one in found.nudges if one.setting == "rules.country")
    assert (rule.kind, rule.moved, rule.compared, rule.placed_change) == ("rule", 1, 3, 1)
    assert found.firm == found.firm_without_rules == ("a", "b")
    assert "Of the rules, what moves most schools: Country (1)." in found.sentences


def test_every_weight_price_and_rule_that_counts_is_a_lever_and_nothing_else() -> None:
    given = intake(
        *INTAKE.schools, links=(link("rivalry", "a", "b", "soft"), link("must-link", "a", "b", "off"))
    )
    plain = torn_policy().model_dump(mode="json")
    plain["rules"]["travel"] = {
        "strength": "hard",
        "max_km": 50,
        "by_country": {"HR": {"strength": "soft", "price": 7}, "IT": {"strength": "off", "price": 9}},
    }
    plain["rules"]["quotas"] = [
        {"label": "Some", "counts": "clusters", "at_least": 1, "strength": "soft", "price": 3}
    ]
    levers = {(one.kind, one.setting): one for one in levers_of(policy_from_mapping(plain), given)}
    assert set(levers) == {
        ("weight", "criteria.mentee_preference.weight"),
        ("weight", "criteria.mentor_preference.weight"),
        ("price", "rules.travel.price"),
        ("price", "rules.rivalry.price"),
        ("price", "rules.quotas[0].price"),
        ("price", "rules.unassigned.price"),
        ("rule", "rules.travel"),
        ("rule", "rules.rivalry"),
        ("rule", "rules.quotas[0]"),
    }
    assert levers["price", "rules.travel.price"].paths == (("rules", "travel", "by_country", "HR", "price"),)


def test_factors_are_sorted_by_schools_moved_then_by_fit_then_by_name() -> None:
    def told(setting: str, moved: int, fit: float) -> Nudge:
        return Nudge(
            setting=setting, label=setting, kind="weight", words="1 → 2", failure="", proven=True,
            still_best=False, compared=9, moved=moved, fit_change=fit, placed_change=0,
        )  # fmt: skip

    nudges = [told("d", 1, 0.0), told("c", 1, 0.0), told("b", 1, -0.5), told("a", 1, 0.4), told("e", 2, 0.0)]
    assert [factor.setting for factor in factors_of(nudges)] == ["e", "b", "a", "c", "d"]


@pytest.mark.parametrize("share", [0.0, 1.0, -0.2])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    with pytest.raises(UsageError, match="share above 0 and below 1"):
        compare(INTAKE, [torn_policy()], sensitivity=share)

"""Every rule in words."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.policy.rules import Rules
from matcher.profiles import Strength
from matcher.rules.registry import RULES, rule_entries, statement


def said(key: str, **rule: Any) -> str:
    return statement(key, policy_from_mapping({"rules": {key: rule}}))


def test_every_rule_of_the_policy_has_words_in_the_policy_s_order() -> None:
    assert list(RULES) == list(Rules.model_fields)


@pytest.mark.parametrize("key", list(Rules.model_fields))
def test_every_rule_is_said_in_one_sentence(key: str) -> None:
    text = statement(key, Policy())
    assert text[0].isupper()
    assert text.endswith(".")
    assert not text.endswith("..")
    assert RULES[key].label


@pytest.mark.parametrize(
    ("key", "rule", "expected"),
    [
        ("country", {}, "Mentee and mentor are in the same country."),
        (
            "region",
            {
                "by_country": {
                    "IT": {"strength": "hard", "level": 1},
                    "CZ": {"strength": "hard", "mode": "eligible-list"},
                },
                "exceptions": [["A", "Z"]],
            },
            "Mentee and mentor are in the same region at NUTS level 2 (Czech Republic: regions that each "
            "listed as eligible, if it listed any; Italy: the same region at NUTS level 1), with 1 named "
            "exception; for schools in Czech Republic and Italy it must hold, "
            "for all others it does not count.",
        ),
        (
            "language",
            {"level": "C1", "unknown": "forbid"},
            "Mentee and mentor share a working language, both at C1 or better; "
            "a pair whose data is missing counts as a breach.",
        ),
        (
            "travel",
            {"max_km": 90, "virtual_exempt": False},
            "The road distance is within 90 km and what each school said it can travel.",
        ),
        ("travel", {"use_school_caps": False}, "The road distance has no cap."),
        (
            "phase",
            {"by_country": {"HR": {"strength": "soft", "price": 1}}},
            "Mentee and mentor have a phase of education in common; "
            "for schools in Croatia it may give way at 1 point a breach, for all others it does not count.",
        ),
        ("authority", {"mode": "same"}, "Mentee and mentor belong to the same school authority."),
        (
            "neighbours",
            {"min_km": 2.5},
            "Two mentees with a phase in common nearer than 2.5 km to each other do not share a cluster.",
        ),
        (
            "load",
            {"min": 4, "max": 4, "min_strength": "soft", "applies_to": "every"},
            "Each mentor fills at least 4 (each place short costs 20 points) and at most 4 places, "
            "unless its own entry in the form says otherwise.",
        ),
        ("unassigned", {"allowed": False}, "No mentee may stay without a mentor."),
        (
            "unassigned",
            {"price": 400, "by_willingness": {"obliged": 0.9}},
            "A mentee may stay without a mentor at a price of 400 points (obliged × 0.9).",
        ),
        ("opening", {"price": 5}, "Each cluster that is formed costs 5 points."),
    ],
)
def test_a_rule_is_said_with_its_parameters(key: str, rule: dict[str, Any], expected: str) -> None:
    assert said(key, **rule) == expected


def test_counting_rules_stand_one_by_one() -> None:
    rules = {
        "composition": [{"label": "Mixed", "members": {"rurality": ["rural"]}, "at_most": 2}],
        "quotas": [
            {
                "label": "Half",
                "counts": "clusters",
                "members": {"country": ["IT"]},
                "at_least": 2,
                "at_most": 2,
                "strength": "soft",
                "price": 30,
            },
            {"label": "Some", "members": {"country": ["IT"]}, "at_least": 1, "mentors": {"country": ["HR"]}},
        ],
    }
    entries = {entry.key: entry for entry in rule_entries(policy_from_mapping({"rules": rules}))}
    assert entries["composition[0]"].statement == "Each cluster has at most 2 mentees with rurality rural."
    assert (
        entries["quotas[0]"].statement
        == "The plan has exactly 2 clusters led by a mentor with country Italy."
    )
    assert (entries["quotas[0]"].label, entries["quotas[0]"].price) == ("Half", 30)
    assert (
        entries["quotas[1]"].statement
        == "The plan places at least 1 mentee with country Italy with a mentor of country Croatia."
    )
    assert entries["quotas[1]"].strength is Strength.HARD


def test_the_strength_of_a_rule_is_the_strongest_that_binds_anybody() -> None:
    rules = {"phase": {"by_country": {"CZ": {"strength": "hard"}}}, "neighbours": {"strength": "soft"}}
    entries = {entry.key: entry for entry in rule_entries(policy_from_mapping({"rules": rules}))}
    assert (entries["phase"].strength, entries["phase"].price) == (Strength.HARD, None)
    assert (entries["neighbours"].strength, entries["neighbours"].price) == (Strength.SOFT, 20)
    assert entries["region"].strength is Strength.OFF
    assert (entries["unassigned"].strength, entries["unassigned"].price) == (Strength.SOFT, 150)


def test_a_rule_that_does_not_exist_raises() -> None:
    with pytest.raises(KeyError):
        statement("quotas[0]", Policy())

from __future__ import annotations

from typing import Any

import pytest

from matcher.analysis.conflict import conflict_sentences
from matcher.encoding import encode
from matcher.profiles import Intake
from tests.encoding.builders import intake, link, school, wish_policy

NONE_OUT = {"unassigned": {"allowed": False}}
HARD_COUNTRY = {"country": {"strength": "hard"}}


@pytest.mark.parametrize(
    ("tiny", "rules", "expected"),
    [
        (
            intake(school("a", country="HU"), school("b"), school("m1")),
            NONE_OUT | HARD_COUNTRY,
            "School a (a) must be placed, but no mentor may take it. "
            "The rule “Country” bars the only mentor.",
        ),
        (
            intake(school("a", country="HU"), school("m1"), links=(link("lock", "a", "m1"),)),
            HARD_COUNTRY,
            "School a (a) is locked to School m1 (m1), but a hard rule bars the pair: "
            "Country: the mentee is in Hungary, the mentor in Croatia.",
        ),
        (
            intake(
                school("a", country="HU", phases=["primary"]),
                school("m1", phases=["vocational"]),
                links=(link("lock", "a", "m1"),),
            ),
            HARD_COUNTRY | {"phase": {"strength": "hard"}},
            "School a (a) is locked to School m1 (m1), but a hard rule bars the pair: "
            "Country: the mentee is in Hungary, the mentor in Croatia and Phase: no phase in common "
            "(mentee: primary; mentor: vocational).",
        ),
        (
            intake(
                school("a"),
                school("m1"),
                school("m2"),
                links=(link("lock", "a", "m1"), link("lock", "a", "m2")),
            ),
            {},
            "School a (a) is locked to several mentors at once: School m1 (m1) and School m2 (m2).",
        ),
        (
            intake(school("a"), school("b"), school("m1", max_load=1)),
            NONE_OUT,
            "2 schools must be placed and need 2 places, but the 1 mentor in their reach offers only 1: "
            "School a (a) and School b (b).",
        ),
        (
            intake(school("a"), school("b"), school("m1"), links=(link("rivalry", "a", "b"),)),
            NONE_OUT,
            "These 2 schools all exclude each other, must all be placed, and only 1 mentor is in reach: "
            "School a (a) and School b (b).",
        ),
        (
            intake(school("a"), school("m1", min_load=2)),
            {"load": {"applies_to": "every"}},
            "School m1 (m1) must fill at least 2 places, but the mentees that may be placed with it "
            "fill only 1.",
        ),
        (
            intake(
                school("a"),
                school("b"),
                school("m1"),
                school("m2"),
                links=(link("rivalry", "a", "b"), link("must-link", "a", "b")),
            ),
            NONE_OUT,
            "School a (a) and School b (b) must be kept apart, yet links that must hold put them together "
            "in one cluster.",
        ),
        (
            intake(
                school("a"),
                school("b", country="HU"),
                school("m1"),
                school("m2", country="HU"),
                links=(link("must-link", "a", "b"),),
            ),
            NONE_OUT | HARD_COUNTRY,
            "School a (a) and School b (b) must share a cluster, but no mentor may take them all.",
        ),
    ],
)
def test_a_conflict_is_said_in_the_names_of_the_schools(
    tiny: Intake, rules: dict[str, Any], expected: str
) -> None:
    assert conflict_sentences(encode(tiny, wish_policy(rules=rules)))[0] == expected


def test_rules_that_go_together_give_no_sentence() -> None:
    assert conflict_sentences(encode(intake(school("a"), school("m1")), wish_policy())) == ()

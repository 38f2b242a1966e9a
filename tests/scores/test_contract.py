"""What holds for every criterion: range, unknown, order, purity, documentation."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.features.build import build_features
from matcher.features.pairs import PairList
from matcher.features.words import say_challenge
from matcher.policy.criteria import Criteria
from matcher.policy.model import Policy
from matcher.profiles import Intake, School
from matcher.scores.challenge_areas import CHALLENGE_AREAS
from matcher.scores.components import COMPONENTS
from matcher.scores.pair_scores import score_pairs
from matcher.scores.reasons import PHRASES, Reasons
from matcher.scores.registry import CRITERIA
from tests.features.samples import intake
from tests.scores.samples import everything_counts, varied_intake

POLICY = everything_counts()
KEYS = list(CRITERIA)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "criteria.md"
VARIED = varied_intake()


def _values(given: Intake, key: str, policy: Policy = POLICY) -> NDArray[np.float64]:
    pairs = PairList.every(len(given.mentees), len(given.mentors))
    table = score_pairs(given, build_features(given, policy), policy, pairs)
    shape = (len(given.mentees), len(given.mentors))
    found: NDArray[np.float64] = table.values[table.criteria.index(key)].reshape(shape)
    return found


def _data_missing(given: Intake, key: str) -> NDArray[np.bool_]:
    """Whether the form lacks what the criterion needs, worked out from the form itself, pair by pair."""
    areas: dict[str, set[str]] = {}
    for one in given.maturity:
        areas.setdefault(one.school_id, set()).add(one.area)
    askers = {(one.from_school[0], one.from_school) for one in given.preferences}
    tests: dict[str, Callable[[School, School], bool]] = {
        "maturity_band": lambda m, h: not (areas.get(m.school_id, set()) & areas.get(h.school_id, set())),
        "challenge_fit": lambda m, h: not (m.challenges and h.strengths),
        "travel": lambda m, h: m.latitude is None or h.latitude is None,
        "phase": lambda m, h: not (m.phases and h.phases),
        "size": lambda m, h: m.pupils is None or h.pupils is None,
        "context": lambda m, h: (
            (m.rurality is None or h.rurality is None) and (m.need_index is None or h.need_index is None)
        ),
        "work_mode": lambda m, h: m.work_mode is None or h.work_mode is None,
        "mentee_preference": lambda m, h: ("M", m.school_id) not in askers,
        "mentor_preference": lambda m, h: ("H", h.school_id) not in askers,
        "partnership": lambda m, h: False,
    }
    test = tests[key]
    return np.array([[test(m, h) for h in given.mentors] for m in given.mentees])


def test_the_registry_lists_the_criteria_of_the_policy_in_its_order() -> None:
    fields = [name for name in Criteria.model_fields if name != "unknown"]
    assert fields == KEYS == list(COMPONENTS) == list(PHRASES)
    assert all(info.key == key for key, info in CRITERIA.items())


@pytest.mark.parametrize("key", KEYS)
def test_values_are_between_0_and_1_or_unknown_and_not_all_alike(key: str) -> None:
    values = _values(VARIED, key)
    known = values[~np.isnan(values)]
    assert ((known >= 0) & (known <= 1)).all()
    assert len(np.unique(known)) > 1


@pytest.mark.parametrize("key", [key for key in KEYS if key != "shared_language"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_value_is_unknown_exactly_where_the_data_is_missing(key: str, seed: int) -> None:
    given = varied_intake(seed, known=0.6)
    np.testing.assert_array_equal(np.isnan(_values(given, key)), _data_missing(given, key))


@pytest.mark.parametrize("key", [key for key in KEYS if key != "partnership"])
def test_schools_that_say_nothing_are_unknown_and_not_0(key: str) -> None:
    assert np.isnan(_values(varied_intake(known=0.0), key)).all()


@pytest.mark.parametrize("key", KEYS)
def test_renaming_the_schools_moves_the_values_with_them(key: str) -> None:
    """Ids decide the order of rows; turning that order round must only turn the values round."""
    turned = VARIED.model_dump()
    new_id = {one.school_id: f"{one.school_id[0]}{99 - int(one.school_id[1:]):02}" for one in VARIED.schools}
    for table, columns in {
        "schools": ["school_id"],
        "maturity": ["school_id"],
        "links": ["school_a", "school_b"],
        "preferences": ["from_school", "to_school"],
    }.items():
        for row in turned[table]:
            row.update({column: new_id[row[column]] for column in columns})
    np.testing.assert_array_equal(
        _values(VARIED, key), _values(Intake.model_validate(turned), key)[::-1, ::-1]
    )


@pytest.mark.parametrize("key", KEYS)
def test_the_order_of_the_schools_in_the_form_does_not_matter(key: str) -> None:
    turned = intake(
        *VARIED.schools[::-1],
        maturity=VARIED.maturity[::-1],
        links=VARIED.links,
        preferences=VARIED.preferences[::-1],
    )
    np.testing.assert_array_equal(_values(VARIED, key), _values(turned, key))


@pytest.mark.parametrize("key", KEYS)
def test_a_criterion_leaves_its_inputs_as_they_were(key: str) -> None:
    features = build_features(VARIED, POLICY)
    pairs = PairList.every(len(VARIED.mentees), len(VARIED.mentors))
    before = copy.deepcopy((features.values, pairs.mentee, pairs.host, VARIED, POLICY))
    score_pairs(VARIED, features, POLICY, pairs)
    np.testing.assert_array_equal(before[0], features.values)
    np.testing.assert_array_equal(before[1], pairs.mentee)
    np.testing.assert_array_equal(before[2], pairs.host)
    assert before[3:] == (VARIED, POLICY)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("known", [0.0, 0.6, 1.0])
def test_the_reason_says_not_known_exactly_where_the_value_is_unknown(key: str, known: float) -> None:
    given = varied_intake(5, known=known)
    reasons = Reasons(given, build_features(given, POLICY), POLICY)
    for mentee, row in zip(given.mentees, _values(given, key), strict=True):
        for host, value in zip(given.mentors, row, strict=True):
            said = reasons.say(key, mentee.school_id, host.school_id)
            assert said.startswith("not known") is math.isnan(value), said
            assert said == said.strip()
            assert not said.endswith(".")
            assert "nan" not in said


@pytest.mark.parametrize("key", KEYS)
def test_every_criterion_is_documented_with_its_label_and_statement(key: str) -> None:
    page = DOCS.read_text(encoding="utf-8")
    info = CRITERIA[key]
    assert f"## `{key}` – {info.label}" in page
    assert info.statement in page
    section = page.split(f"## `{key}` ")[1].split("\n## ")[0]
    parameters = [name for name in type(getattr(POLICY.criteria, key)).model_fields if name != "weight"]
    assert [name for name in parameters if f"`{name}`" not in section] == []


def test_the_table_of_challenges_and_areas_is_documented_as_it_is() -> None:
    page = DOCS.read_text(encoding="utf-8")
    rows = [
        f"| {say_challenge(challenge)} | {', '.join(area.upper() for area in areas)} |"
        for challenge, areas in CHALLENGE_AREAS.items()
    ]
    assert [row for row in rows if row not in page] == []

from __future__ import annotations

from typing import Any

import pytest

from matcher.exceptions import InputError, UsageError
from matcher.laboratory.settings import full_name, setting_names, with_setting
from matcher.laboratory.variants import read_policies, read_vary, variants_of
from matcher.policy.grid import values_of
from matcher.policy.loader import load_policy, policy_from_mapping
from matcher.policy.model import Policy
from matcher.profiles import Strength


def advice(name: str, policy: Policy | None = None) -> str:
    with pytest.raises(InputError) as caught:
        with_setting(policy or Policy(), name, 1)
    return caught.value.issues[0].advice


def test_a_setting_is_changed_and_nothing_else() -> None:
    changed = with_setting(Policy(), "rules.travel.max_km", 45)
    assert changed.rules.travel.max_km == 45
    assert with_setting(changed, "rules.travel.max_km", Policy().rules.travel.max_km) == Policy()


def test_a_criterion_stands_for_its_weight_and_a_rule_for_its_strength() -> None:
    assert with_setting(Policy(), "criteria.travel", 7).criteria.travel.weight == 7
    assert with_setting(Policy(), "rules.rivalry", "off").rules.rivalry.strength is Strength.OFF
    assert full_name(Policy(), "criteria.travel") == "criteria.travel.weight"


def test_a_setting_in_a_list_is_named_by_its_position() -> None:
    policy = load_policy("mensi_pilot")
    changed = with_setting(policy, "rules.quotas[0].at_least", 1)
    assert changed.rules.quotas[0].at_least == 1
    assert changed.rules.quotas[1:] == policy.rules.quotas[1:]


def test_a_key_of_a_mapping_may_be_new() -> None:
    changed = with_setting(Policy(), "rules.country.by_country.IT.price", 3)
    assert changed.rules.country.by_country["IT"].price == 3


def test_a_misspelt_setting_is_answered_with_the_nearest_ones() -> None:
    assert "criteria.travel.weight" in advice("criteria.travle")
    assert "rules.travel.max_km" in advice("max_km")
    assert "rules.travel.max_km" in advice("rules.travel.max")


@pytest.mark.parametrize(
    "name", ["name", "criteria", "rules.quotas[9].at_least", "", "a..b", "grid", "outlook.seed"]
)
def test_what_cannot_be_varied_is_refused(name: str) -> None:
    assert advice(name)


def test_a_value_that_does_not_fit_is_said_with_the_setting_and_the_value() -> None:
    with pytest.raises(InputError) as caught:
        with_setting(Policy(), "criteria.travel", -1)
    (issue,) = caught.value.issues
    assert issue.location.header == "criteria.travel.weight"
    assert "criteria.travel = -1" in issue.problem
    assert "at least 0" in issue.problem


def test_every_name_that_is_listed_can_be_given_its_own_value() -> None:
    policy = load_policy("top_down")
    plain: Any = policy.model_dump(mode="json")
    names = [name for name in setting_names(policy) if not name.startswith("rules.quotas")]
    assert len(names) > 50
    for name in names[:: len(names) // 12]:
        value = plain
        for step in name.split("."):
            value = value[step]
        if isinstance(value, bool | int | float | str | None):
            assert with_setting(policy, name, value) == policy


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0:1:0.1", (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)),
        ("20:50:20", (20, 40)),
        ("5:5:1", (5,)),
        ("hard, off", ("hard", "off")),
        ("1,2.5,true,null", (1, 2.5, True, None)),
    ],
)
def test_values_are_read_as_they_are_meant(text: str, values: tuple[object, ...]) -> None:
    assert values_of(text) == values


@pytest.mark.parametrize(
    "text",
    ["travel", "=1", "travel=", "travel=1:0:1", "travel=0:1", "travel=0:1:0", "travel=1,1", "t=0:9:0.001"],
)
def test_a_sweep_that_is_not_written_as_one_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_vary([text])


def test_a_setting_is_not_varied_twice() -> None:
    with pytest.raises(UsageError, match="twice"):
        read_vary(["criteria.travel=1", "criteria.travel=2"])


def test_every_policy_that_is_not_there_is_named_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        read_policies(["default", "no-such", "nor-such"])
    assert [("no-such" in line, "nor-such" in line) for line in str(refused.value).splitlines()] == [
        (True, False),
        (False, True),
    ]


def test_every_fault_of_what_is_varied_is_said_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        read_vary(["travel", "size=0:1", "phase=1", "phase=2"])
    said = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in said[:2]] == ["--vary travel", "--vary size=0"]
    assert said[2].startswith("--vary phase is given twice")
    assert len(said) == 3


def test_a_sweep_is_the_policy_as_it_is_and_every_combination() -> None:
    policy = Policy(name="one")
    variants = variants_of([policy], {"criteria.travel": (1, 2), "rules.rivalry": ("hard", "off")})
    assert [variant.key for variant in variants] == [
        "one",
        "one[criteria.travel.weight=1,rules.rivalry.strength=hard]",
        "one[criteria.travel.weight=1,rules.rivalry.strength=off]",
        "one[criteria.travel.weight=2,rules.rivalry.strength=hard]",
        "one[criteria.travel.weight=2,rules.rivalry.strength=off]",
    ]
    assert [variant.policy.criteria.travel.weight for variant in variants[1:]] == [1, 1, 2, 2]
    assert variants[0].point == {}
    assert variants[2].point == {"criteria.travel.weight": 1, "rules.rivalry.strength": "off"}
    assert not any(variant.policy.outlook.enabled for variant in variants)


def test_the_grid_of_a_policy_is_swept_too_and_gives_way_to_what_is_asked_for() -> None:
    mapping = {"name": "own", "grid": {"criteria.travel": "0:4:2", "criteria.size": [1]}}
    policy = policy_from_mapping(mapping)
    keys = [variant.point for variant in variants_of([policy], {"criteria.travel.weight": (9,)})]
    assert keys == [{}, {"criteria.travel.weight": 9, "criteria.size.weight": 1}]
    assert len(variants_of([policy])) == 1 + 3


def test_a_seed_is_that_of_every_variant() -> None:
    assert {one.policy.solve.seed for one in variants_of([Policy()], {"criteria.travel": (1,)}, seed=7)} == {
        7
    }


@pytest.mark.parametrize("grid", [{"a": 3}, {"a": "0:1"}, {"a": []}, {"a": [[1]]}, {"a": [1, 1]}])
def test_a_grid_that_is_no_list_of_values_is_one_fault(grid: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        policy_from_mapping({"grid": grid})
    assert [issue.location.header for issue in caught.value.issues] == ["grid.a"]


def test_unknown_settings_and_bad_values_of_all_policies_are_listed_at_once() -> None:
    first, second = (
        Policy(name="first"),
        policy_from_mapping({"name": "second", "grid": {"rules.travle": [1]}}),
    )
    with pytest.raises(InputError) as caught:
        variants_of([first, second], {"criteria.travel": (-1, -2)})
    assert len(caught.value.issues) == 3


def test_two_policies_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="called default"):
        read_policies(["default", "default.yaml"])

from __future__ import annotations

from typing import Any

import pytest

from matcher.encoding.loads import encode_loads, wanted_loads
from matcher.policy.rules import LoadRule
from tests.encoding.builders import school

MENTORS = (
    school("m1"),
    school("m2", min_load=3, max_load=4),
    school("m3", max_load=0),
    school("m4", min_load=7),
)


def rule(**values: Any) -> LoadRule:
    return LoadRule.model_validate({"min": 2, "max": 5} | values)


def test_a_schools_own_loads_come_first_and_defaults_give_way() -> None:
    low, high = wanted_loads(MENTORS, rule())
    assert low.tolist() == [2, 3, 0, 7]
    assert high.tolist() == [5, 4, 0, 7]


def test_hard_loads_are_bounds_and_need_no_target() -> None:
    loads = encode_loads(MENTORS, rule(), total_demand=20)
    assert loads.min_load.tolist() == [2, 3, 0, 7]
    assert loads.max_load.tolist() == [5, 4, 0, 7]
    assert loads.target is None
    assert not loads.must_open.any()


def test_a_soft_maximum_may_be_passed_up_to_the_limit_at_a_price() -> None:
    loads = encode_loads(MENTORS, rule(max_strength="soft", over_limit=2, over_price=3), total_demand=20)
    assert loads.max_load.tolist() == [7, 6, 2, 9]
    assert loads.target is not None
    assert loads.target.high.tolist() == [5, 4, 0, 7]
    assert (loads.target.over_price, loads.target.under_price) == (3_000_000, 0)


def test_a_soft_minimum_is_a_target_and_no_bound() -> None:
    loads = encode_loads(MENTORS, rule(min_strength="soft", under_price=4), total_demand=20)
    assert loads.min_load.tolist() == [0, 0, 0, 0]
    assert loads.target is not None
    assert loads.target.low.tolist() == [2, 3, 0, 7]
    assert (loads.target.over_price, loads.target.under_price) == (0, 4_000_000)


def test_a_maximum_that_is_off_leaves_room_for_every_mentee() -> None:
    loads = encode_loads(MENTORS, rule(max_strength="off"), total_demand=6)
    assert loads.max_load.tolist() == [6, 6, 6, 7]


@pytest.mark.parametrize(("strength", "expected"), [("hard", True), ("soft", True), ("off", False)])
def test_every_mentor_must_reach_its_minimum_when_the_rule_says_every(strength: str, expected: bool) -> None:
    loads = encode_loads(MENTORS, rule(applies_to="every", min_strength=strength), total_demand=20)
    assert loads.must_open.tolist() == [expected, expected, False, expected]

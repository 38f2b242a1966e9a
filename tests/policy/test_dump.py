"""Writing a policy in full so that it reads back equal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.policy.fields import every_field
from matcher.policy.loader import dump_policy, load_policy
from matcher.policy.model import Maturity, Policy, Solve
from matcher.policy.rules import (
    CompositionRule,
    CountryOverride,
    Members,
    PhaseRule,
    RegionMode,
    RegionOverride,
    RegionRule,
    Rules,
    Unassigned,
)
from matcher.profiles import Phase, Strength, Willingness
from tests.examples import examples

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def read_back(policy: Policy) -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sealed.yaml"
        path.write_text(dump_policy(policy), encoding="utf-8", newline="\n")
        return load_policy(path)


def test_the_default_policy_reads_back_equal() -> None:
    assert read_back(Policy()) == Policy()


def test_lists_and_free_keys_read_back_equal() -> None:
    region = RegionRule(
        mode=RegionMode.EQUAL,
        exceptions=(("IT-1", "IT-2"), ("007", "off")),
        by_country={"IT": RegionOverride(strength=Strength.HARD, level=1), "NO": RegionOverride()},
    )
    phase = PhaseRule(by_country={"HR": CountryOverride(strength=Strength.SOFT, price=1e-07)})
    composition = CompositionRule(
        label="yes: no # 1", members=Members(phase=(Phase.PRIMARY,), max_pupils=120), at_most=3
    )
    unassigned = Unassigned(by_willingness={Willingness.OBLIGED: 0.8})
    rules = Rules(
        region=region, phase=phase, composition=(composition, composition), quotas=(), unassigned=unassigned
    )
    policy = Policy(rules=rules, solve=Solve(work_limit=None))
    assert read_back(policy) == policy


@settings(max_examples=examples(100))
@given(title=texts, group=texts, weight=st.floats(0, 1e300))
def test_any_text_and_any_number_read_back_equal(title: str, group: str, weight: float) -> None:
    policy = Policy(title=title, maturity=Maturity(group_weights={group: weight}))
    assert read_back(policy) == policy


def test_every_key_of_the_model_is_written() -> None:
    written = {line.split(":")[0].strip() for line in dump_policy(Policy()).splitlines()}
    keys = {name.rpartition(".")[2] for name, _ in every_field() if "[]" not in name and "<" not in name}
    assert keys - written == set()


def test_equal_policies_give_equal_text_whatever_the_order_of_their_keys() -> None:
    one = Policy(maturity=Maturity(group_weights={"pupils": 1.0, "leaders": 2.0}))
    other = Policy(maturity=Maturity(group_weights={"leaders": 2.0, "pupils": 1.0}))
    assert dump_policy(one) == dump_policy(other)

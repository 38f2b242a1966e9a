"""The policy files that come with matcher."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.policy.loader import dump_policy, load_policy
from matcher.policy.model import Policy
from matcher.policy.reference import default_yaml
from matcher.policy.rules import QuotaCounts, RegionMode
from matcher.policy.source import read_source
from matcher.profiles import Strength

POLICIES = Path(__file__).resolve().parents[2] / "configs" / "policies"
FILES = sorted(POLICIES.glob("*.yaml"))


def test_the_default_file_equals_the_defaults_of_the_code() -> None:
    assert load_policy(POLICIES / "default.yaml") == Policy()


def test_the_default_file_has_every_key(tmp_path: Path) -> None:
    full = tmp_path / "full.yaml"
    full.write_text(dump_policy(Policy()), encoding="utf-8")
    assert set(read_source(POLICIES / "default.yaml").keys) == set(read_source(full).keys)


def test_the_default_file_is_what_the_model_writes() -> None:
    assert (POLICIES / "default.yaml").read_text(encoding="utf-8") == default_yaml()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_policy_file_is_valid_named_after_its_file_and_described(path: Path) -> None:
    policy = load_policy(path)
    assert policy.name == path.stem
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert policy.description or path.stem == "default"


def test_the_mentoring_models_have_a_policy_each() -> None:
    wanted = {
        *("default", "mensi_pilot", "mensi_replay_hr", "virtual", "regional_hub"),
        *("bottom_up", "small_and_rural", "thematic", "top_down"),
        *("advanced_less_advanced", "cost_capped", "cost_weighed", "choose_mentors"),
    }
    assert {path.stem for path in FILES} >= wanted


def test_the_pilot_binds_phase_and_region_country_by_country() -> None:
    rules = load_policy(POLICIES / "mensi_pilot.yaml").rules
    assert (rules.phase.strength, rules.region.strength) == (Strength.OFF, Strength.OFF)
    assert rules.phase.by_country["CZ"].strength is Strength.HARD
    assert rules.phase.by_country["HR"].strength is Strength.SOFT
    assert rules.region.by_country["IT"].mode is RegionMode.EQUAL
    assert rules.region.by_country["CZ"].mode is RegionMode.ELIGIBLE_LIST
    assert len(rules.region.exceptions) == 1
    assert {quota.counts for quota in rules.quotas} == {QuotaCounts.CLUSTERS}


def test_the_replay_has_the_shape_of_one_mentor_and_four_mentees() -> None:
    rules = load_policy(POLICIES / "mensi_replay_hr.yaml").rules
    assert (rules.load.min, rules.load.max, rules.load.max_strength) == (4, 4, Strength.HARD)
    assert (rules.travel.strength, rules.phase.strength) == (Strength.OFF, Strength.OFF)

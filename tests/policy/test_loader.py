"""Reading policies: what is read, and how faults are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.exceptions import InputError, UsageError
from matcher.policy.loader import load_policy, policy_from_mapping
from matcher.policy.model import Policy
from matcher.policy.rules import RegionMode
from matcher.profiles import Strength

SHIPPED = Path(__file__).resolve().parents[2] / "configs" / "policies"


def write(folder: Path, text: str, name: str = "policy.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_policy(path)
    return [str(issue) for issue in caught.value.issues]


def test_a_key_that_is_not_given_keeps_its_default(tmp_path: Path) -> None:
    policy = load_policy(write(tmp_path, "name: mine\n"))
    assert policy == Policy(name="mine")


def test_off_and_no_are_words_and_not_false(tmp_path: Path) -> None:
    text = "title: no\nrules:\n  country: {strength: off, by_country: {NO: {strength: hard}}}\n"
    policy = load_policy(write(tmp_path, text))
    assert policy.title == "no"
    assert policy.rules.country.strength is Strength.OFF
    assert policy.rules.country.by_country["NO"].strength is Strength.HARD


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: mine\n")
    assert load_policy(path).name == "mine"


def test_a_date_in_a_title_stays_text(tmp_path: Path) -> None:
    assert load_policy(write(tmp_path, "title: 2026-09-01\n")).title == "2026-09-01"


def test_the_address_of_a_schema_is_not_read(tmp_path: Path) -> None:
    assert load_policy(write(tmp_path, '"$schema": ./policy.schema.json\nname: default\n')) == Policy()


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.yaml does not exist\. .*mensi_pilot"):
        load_policy(tmp_path / "absent.yaml")


def test_a_policy_that_comes_along_is_found_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_policy("mensi_pilot").name == "mensi_pilot"
    own = tmp_path / "own.yaml"
    own.write_text("extends: mensi_pilot\nname: own\n", encoding="utf-8")
    assert load_policy(own).rules == load_policy("mensi_pilot").rules


def test_a_file_beside_goes_before_a_policy_that_comes_along(tmp_path: Path) -> None:
    (tmp_path / "virtual.yaml").write_text("name: ours\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text("extends: virtual.yaml\n", encoding="utf-8")
    assert load_policy(tmp_path / "own.yaml").name == "ours"


def test_a_misspelt_policy_to_extend_gets_did_you_mean(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("extends: mensi_pilott\n", encoding="utf-8")
    with pytest.raises(InputError, match="Did you mean 'mensi_pilot'"):
        load_policy(tmp_path / "own.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "rules:\n  travle: {}\n",
            "error: policy.yaml [line 2, column 3]: 'travle' There is no such key in rules. "
            "Did you mean 'travel'?",
        ),
        (
            "rules:\n  max_km: 60\n",
            "error: policy.yaml [line 2, column 3]: 'max_km' There is no such key in rules. "
            "The key exists as rules.travel.max_km: check the indentation.",
        ),
        (
            "extend: default.yaml\n",
            "error: policy.yaml [line 1, column 1]: 'extend' There is no such key at the top of a policy. "
            "Did you mean 'extends'?",
        ),
        (
            "geography: {xyz: 1}\n",
            "error: policy.yaml [line 1, column 13]: 'xyz' There is no such key in geography. "
            "The keys here are: road_factor, town_floor_km.",
        ),
        (
            "rules:\n  phase:\n    strength: hrd\n",
            "error: policy.yaml [line 3, column 15]: 'hrd' rules.phase.strength must be one of: "
            "hard, soft, off. Did you mean 'hard'?",
        ),
        (
            'criteria: {travel: {weight: "25"}}\n',
            "error: policy.yaml [line 1, column 29]: '25' criteria.travel.weight must be a number. "
            "Write a number without quotes, such as 25; the default is 15.",
        ),
        (
            "rules: {travel: {max_km: true}}\n",
            "error: policy.yaml [line 1, column 26]: 'true' rules.travel.max_km must be a number. "
            "Write a number without quotes, such as 25.",
        ),
        (
            "criteria: {mentee_preference: {weight: -1}}\n",
            "error: policy.yaml [line 1, column 40]: '-1' criteria.mentee_preference.weight must be "
            "at least 0. Change the number; the default is 6.",
        ),
        (
            "rules: {region: {level: 2.0}}\n",
            "error: policy.yaml [line 1, column 25]: '2' rules.region.level must be a whole number. "
            "Write a whole number without quotes, such as 3; the default is 2.",
        ),
        (
            "rules:\n  load:\ncohesion: {}\n",
            "error: policy.yaml [line 2, column 3]: 'empty' rules.load must be a group of keys. "
            "Write its keys below it, indented, or remove the key.",
        ),
        (
            "criteria:\n  maturity_band: {low: 0.5}\n",
            "error: policy.yaml [line 2, column 18]: In criteria.maturity_band: the band must satisfy "
            "low < best_from <= best_to < high. Change one of these keys; a key not given keeps its default.",
        ),
        (
            "rules: {country: {by_country: {it: {strength: off}}}}\n",
            "error: policy.yaml [line 1, column 32]: 'it' rules.country.by_country.it must be a country "
            "code of two capital letters. Write for example IT or HR.",
        ),
        (
            "rules: {region: {exceptions: [[A-1]]}}\n",
            "error: policy.yaml [line 1, column 31]: rules.region.exceptions[0] must have exactly two "
            "entries. Write it as [mentee id, mentor id].",
        ),
        (
            "rules:\n  quotas:\n    - at_least: 1\n",
            "error: policy.yaml [line 3, column 7]: rules.quotas[0].label is missing. Add the key.",
        ),
        (
            "rules: {unassigned: {by_willingness: {oblgd: 1}}}\n",
            "error: policy.yaml [line 1, column 39]: 'oblgd' rules.unassigned.by_willingness.oblgd must be "
            "one of: volunteer, asked, obliged. Did you mean 'obliged'?",
        ),
        (
            "rules: {travel: {max_km: .inf}}\n",
            "error: policy.yaml [line 1, column 26]: '.inf' rules.travel.max_km must be a finite number. "
            "Write an ordinary number.",
        ),
        (
            "name: default\ntitle: A\nname: mine\n",
            "error: policy.yaml [line 3, column 1]: 'name' The key name stands here a second time "
            "(first on line 1). Keep one of the two.",
        ),
        (
            "rules:\n\ttravel: {}\n",
            "error: policy.yaml [line 2, column 1]: A tab stands where spaces are needed. "
            "Indent with spaces only.",
        ),
        (
            "",
            "error: policy.yaml [line 1, column 1]: The file holds no key. Write at least 'name: my_policy'.",
        ),
        (
            "- a\n- b\n",
            "error: policy.yaml [line 1, column 1]: The file is not a list of keys. "
            "Write one 'key: value' a line, as in the example policies.",
        ),
        (
            "solve: {workers: &n 2, seed: *n}\n",
            "error: policy.yaml [line 1, column 24]: Anchors and aliases (& and *) are not supported. "
            "Write the values out, or share them between files with 'extends'.",
        ),
        (
            "extends: absent.yaml\n",
            "error: policy.yaml [line 1, column 10]: 'absent.yaml' The policy to extend is neither a file "
            "beside this one nor comes with matcher. Write its path relative to this file, or one of: "
            f"{', '.join(sorted(path.stem for path in SHIPPED.glob('*.yaml')))}.",
        ),
        (
            "extends: policy.yaml\n",
            "error: policy.yaml [line 1, column 10]: 'policy.yaml' The policies extend each other in a "
            "circle: policy.yaml → policy.yaml. Remove one 'extends'.",
        ),
        (
            "extends: 3\n",
            "error: policy.yaml [line 1, column 10]: extends must name one policy file. "
            "Write for example 'extends: default.yaml'.",
        ),
        (
            "concessions: [{rule: maturity-gap, school: HR-005}]\n",
            "error: policy.yaml [line 1, column 22]: 'maturity-gap' "
            "concessions[0].rule must be one of: country, region, language, maturity_gap, travel, phase, "
            "authority, rivalry, forbid, must_link, lock, neighbours, apart_by_authority, places, minimum, "
            "unassigned, quotas[0], composition[0] and so on. Did you mean 'maturity_gap'?",
        ),
    ],
)
def test_a_fault_is_located_and_said_in_plain_words(tmp_path: Path, text: str, said: str) -> None:
    assert faults_of(write(tmp_path, text)) == [said]


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    [said] = faults_of(write(tmp_path, "name: mine\nrules: {travel: [\n"))
    assert said.startswith("error: policy.yaml [line 3, column 1]: This is not valid YAML: ")


def test_text_that_is_not_utf_8_is_a_located_fault(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_bytes(b"name: mine\ntitle: Caf\xe9\n")
    assert faults_of(path) == [
        "error: policy.yaml [line 2, column 1]: The file is not UTF-8 text. "
        "Save it again with the encoding UTF-8."
    ]


def test_all_faults_come_at_once_in_reading_order(tmp_path: Path) -> None:
    text = "nmae: x\ncriteria:\n  travel: {weight: heavy}\nrules:\n  phase: {strength: 1}\n  travle: {}\n"
    with pytest.raises(InputError) as caught:
        load_policy(write(tmp_path, text))
    assert [(issue.code, issue.location.row) for issue in caught.value.issues] == [
        ("policy-unknown-key", 1),
        ("policy-type", 3),
        ("policy-choice", 5),
        ("policy-unknown-key", 6),
    ]


def test_extends_merges_keys_and_replaces_lists(tmp_path: Path) -> None:
    quota = "{label: %s, at_least: %d}"
    base = f"name: base\nrules:\n  travel: {{strength: soft, max_km: 90}}\n  quotas: [{quota % ('A', 1)}]\n"
    write(tmp_path, base, "base.yaml")
    child = f"extends: base.yaml\nrules:\n  travel: {{price: 7}}\n  quotas: [{quota % ('B', 2)}]\n"
    policy = load_policy(write(tmp_path, child))
    assert policy.name == "base"
    assert (policy.rules.travel.strength, policy.rules.travel.max_km) == (Strength.SOFT, 90)
    assert policy.rules.travel.price == 7
    assert [(rule.label, rule.at_least) for rule in policy.rules.quotas] == [("B", 2)]


def test_extends_reaches_over_several_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "common").mkdir()
    write(tmp_path / "common", "solve: {seed: 3, workers: 2}\n", "first.yaml")
    write(tmp_path / "common", "extends: first.yaml\nsolve: {seed: 4}\n", "second.yaml")
    policy = load_policy(write(tmp_path, "extends: common/second.yaml\nname: third\n"))
    assert (policy.solve.seed, policy.solve.workers, policy.name) == (4, 2, "third")


def test_an_empty_value_overrides_what_was_extended(tmp_path: Path) -> None:
    write(tmp_path, "rules: {travel: {max_km: 90}}\n", "base.yaml")
    policy = load_policy(write(tmp_path, "extends: base.yaml\nrules: {travel: {max_km: }}\n"))
    assert policy.rules.travel.max_km is None


def test_an_empty_group_clears_what_was_extended(tmp_path: Path) -> None:
    write(tmp_path, "rules: {region: {strength: soft, by_country: {IT: {strength: hard}}}}\n", "base.yaml")
    policy = load_policy(write(tmp_path, "extends: base.yaml\nrules: {region: {by_country: {}}}\n"))
    assert policy.rules.region.by_country == {}
    assert policy.rules.region.strength is Strength.SOFT


def test_a_fault_of_a_parent_is_located_in_the_parent(tmp_path: Path) -> None:
    write(tmp_path, "rules:\n  travel: {max_km: -1, price: 3}\n", "base.yaml")
    child = "extends: base.yaml\nrules:\n  travel: {price: -3}\n"
    places = []
    with pytest.raises(InputError) as caught:
        load_policy(write(tmp_path, child))
    for issue in caught.value.issues:
        places.append((issue.location.file, issue.location.row, issue.location.header))
    assert places == [("base.yaml", 2, "rules.travel.max_km"), ("policy.yaml", 3, "rules.travel.price")]


def test_a_fault_that_the_child_repairs_is_none(tmp_path: Path) -> None:
    write(tmp_path, "rules: {travel: {max_km: -1}}\n", "base.yaml")
    policy = load_policy(write(tmp_path, "extends: base.yaml\nrules: {travel: {max_km: 60}}\n"))
    assert policy.rules.travel.max_km == 60


def test_a_mapping_is_checked_like_a_file() -> None:
    with pytest.raises(InputError) as caught:
        policy_from_mapping({"rules": {"travle": {}, "phase": {"strength": "hrd"}}})
    assert [(issue.location.header, issue.location.row) for issue in caught.value.issues] == [
        ("rules.phase.strength", None),
        ("rules.travle", None),
    ]


def test_a_mapping_may_hold_enumerations_and_tuples() -> None:
    region = {"mode": RegionMode.ELIGIBLE_LIST, "exceptions": (("A", "B"),)}
    policy = policy_from_mapping({"rules": {"region": region}})
    assert policy.rules.region.mode is RegionMode.ELIGIBLE_LIST
    assert policy.rules.region.exceptions == (("A", "B"),)

"""Every key of a policy and every rule is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matcher.policy.criteria import Criteria
from matcher.policy.fields import every_field
from matcher.policy.reference import key_table
from matcher.policy.rules import Rules

DOCS = Path(__file__).resolve().parents[2] / "docs"
POLICY_FILE = (DOCS / "policy-file.md").read_text(encoding="utf-8")
RULES = (DOCS / "rules.md").read_text(encoding="utf-8")
SOURCES = Path(__file__).resolve().parents[2] / "matcher" / "policy"


def test_the_tables_of_keys_are_what_the_model_writes() -> None:
    assert POLICY_FILE.endswith(key_table())


def test_every_key_stands_in_the_policy_file_page() -> None:
    assert [name for name, _ in every_field() if f"| `{name}` |" not in POLICY_FILE] == []


@pytest.mark.parametrize("name", list(Rules.model_fields))
def test_every_rule_has_a_section(name: str) -> None:
    assert f"\n### `{name}` – " in RULES


@pytest.mark.parametrize("name", list(Criteria.model_fields))
def test_every_criterion_stands_in_the_policy_file_page(name: str) -> None:
    assert f"| `criteria.{name}` |" in POLICY_FILE


def test_every_policy_file_that_comes_along_is_listed() -> None:
    files = (DOCS.parent / "configs" / "policies").glob("*.yaml")
    assert [path.name for path in sorted(files) if f"| `{path.name}` |" not in POLICY_FILE] == []


def test_every_code_of_a_fault_is_listed() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.py")))
    codes = set(re.findall(r'"(policy-[a-z-]+)"', code))
    assert len(codes) > 10
    assert {name for name in codes if f"`{name}`" not in POLICY_FILE} == set()


def test_every_key_has_a_meaning() -> None:
    rows = [line for line in key_table().splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.endswith("|  |")] == []

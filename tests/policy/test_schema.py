"""The JSON Schema of the policy file."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.policy.fields import every_part
from matcher.policy.schema import policy_schema

PARTS = {part.__name__: part for path, part in every_part() if path}


def test_the_keys_of_the_loader_stand_beside_those_of_the_model() -> None:
    schema = policy_schema()
    assert {"$schema", "extends", "name", "rules", "solve"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert schema["title"] == "matcher policy"


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_key_has_a_description(name: str) -> None:
    definition: dict[str, Any] = policy_schema()["$defs"][name]
    assert [key for key, said in definition["properties"].items() if not said.get("description")] == []
    assert definition["additionalProperties"] is False


def test_a_strength_is_one_of_three_words() -> None:
    assert policy_schema()["$defs"]["Strength"]["enum"] == ["hard", "soft", "off"]

"""Schemas of what other tools write and read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from matcher.changes import Change, ChangeKind
from matcher.cli import run


def schema(what: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["schema", what]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_schema_of_changes_names_every_kind_and_field(capsys: pytest.CaptureFixture[str]) -> None:
    found = schema("changes", capsys)
    assert list(found["properties"]) == ["changes"]
    assert found["$defs"]["ChangeKind"]["enum"] == [kind.value for kind in ChangeKind]
    assert list(found["$defs"]["Change"]["properties"]) == list(Change.model_fields)


def test_the_schema_of_a_patch_names_its_concessions(capsys: pytest.CaptureFixture[str]) -> None:
    found = schema("patch", capsys)
    assert "changes" in found["properties"]
    assert {"rule", "school", "other", "amount", "reason"} <= set(found["$defs"]["Concession"]["properties"])

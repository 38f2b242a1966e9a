"""Exit code 4: what a person reads when the hard rules contradict each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.cli import run
from matcher.generate import generate_intake
from matcher.intake.writers import write_intake


def _message(folder: Path, policy: str, capsys: pytest.CaptureFixture[str]) -> str:
    write_intake(generate_intake(mentors=2, mentees=6, countries=("HR",), seed=3), folder / "intake.json")
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    arguments = ["match", str(folder / "intake.json"), "--policy", str(folder / "policy.yaml")]
    assert run([*arguments, "--out", str(folder / "out"), "--quiet"]) == 4
    assert not (folder / "out").exists()
    return capsys.readouterr().err


def test_a_quota_that_nobody_can_fill_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = _message(tmp_path, "rules:\n  quotas: [{label: All of them, at_least: 99}]\n", capsys)
    assert "The quota 'All of them' asks for at least 99" in message


def test_findings_stand_one_a_line_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = (
        "rules:\n  unassigned: {allowed: false}\n"
        "  travel: {max_km: 0.001, virtual_exempt: false, unknown: forbid}\n"
    )
    lines = _message(tmp_path, policy, capsys).strip().splitlines()
    assert lines[0] == "No plan can keep all hard rules:"
    assert len([line for line in lines if line.startswith("  - ")]) == 6
    assert lines[-1].startswith("Make one of these rules soft")

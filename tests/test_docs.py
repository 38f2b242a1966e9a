"""Every command, option and exit code is documented."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from matcher.cli import cli

ROOT = Path(__file__).resolve().parents[1]
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme_and_the_docs(name: str) -> None:
    assert f"`matcher {name} " in README
    assert f"| `{name} " in COMMAND_LINE


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_is_documented(name: str) -> None:
    options = [
        opt
        for parameter in cli.commands[name].params
        if isinstance(parameter, click.Option)
        for opt in parameter.opts
        if opt.startswith("--")
    ]
    assert [opt for opt in options if f"`{opt}" not in COMMAND_LINE] == []


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 5, 6, 7, 130])
def test_every_exit_code_is_documented(code: int) -> None:
    assert f"| {code} |" in COMMAND_LINE


def test_the_links_between_the_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    broken = []
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []

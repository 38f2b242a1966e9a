"""The guide agrees with the code."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.intake.guide import guide_tables, headings_page

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "intake-workbook.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "matcher" / "intake"
_FAULT_MAKERS = {"error": 0, "warning": 0, "refused": 0, "Issue": 1, "Fault": 1}


def _codes_of_reading() -> set[str]:
    found = set()
    for path in PACKAGE.glob("*.py"):
        if path.name in ("nuts.py", "marked.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in _FAULT_MAKERS
            ):
                place = _FAULT_MAKERS[node.func.id]
                code = node.args[place] if len(node.args) > place else None
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
    return found


@pytest.mark.parametrize("title", list(guide_tables()))
def test_every_column_is_documented_as_the_reader_knows_it(title: str) -> None:
    assert guide_tables()[title] in GUIDE


def test_the_page_of_headings_is_what_the_code_makes() -> None:
    assert (ROOT / "docs" / "headings.md").read_text(encoding="utf-8") == headings_page()
    assert "| **Max load** |" in headings_page()


def test_every_issue_code_of_reading_is_documented_and_no_other() -> None:
    documented = {
        line.split("`")[1] for line in GUIDE.splitlines() if line.startswith("| `") and line.count("|") == 4
    }
    assert len(_codes_of_reading()) > 40
    assert documented == _codes_of_reading()


def test_importing_the_package_loads_neither_pandas_nor_openpyxl() -> None:
    script = (
        "import sys, matcher.intake; print(sorted({'pandas', 'openpyxl', 'numpy', 'odf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

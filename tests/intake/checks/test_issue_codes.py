from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
MAKERS = {"error", "warning", "refused", "Issue", "Fault", "RegionFault", "make", "_nobody"}
ELSEWHERE = (
    "analysis/reach.py",
    "report/pins.py",
    "report/decided.py",
    "report/letters/templates.py",
    "intake/changes_checks.py",
    "intake/changes_reader.py",
    "routes/changes.py",
)
MAKERS_ELSEWHERE = {"_error", "_fault", "fault", "Issue", "_issue", "issue"}
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def test_every_issue_code_is_documented_and_no_other() -> None:
    pages = [ROOT / "docs" / name for name in ("issue-codes.md", "intake-workbook.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages if page.is_file())
    used = {
        code for path in sorted((ROOT / "matcher" / "intake").rglob("*.py")) for code in _codes(path, MAKERS)
    }
    used |= {code for name in ELSEWHERE for code in _codes(ROOT / "matcher" / name, MAKERS_ELSEWHERE)}
    assert len(used) > 80
    assert sorted(code for code in used if f"`{code}`" not in text) == []
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", pages[0].read_text(encoding="utf-8"), re.MULTILINE))
    assert sorted(listed - used) == []


def _codes(path: Path, makers: set[str]) -> Iterator[str]:
    """Codes that stand as a text where an issue is made, or that are assigned to `code`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in makers:
            places: list[ast.expr] = node.args[:4]
        elif isinstance(node, ast.Assign) and any(_name(target) == "code" for target in node.targets):
            places = [node.value]
        else:
            continue
        for place in places:
            for part in ast.walk(place):
                if isinstance(part, ast.Constant) and CODE.fullmatch(str(part.value)):
                    yield str(part.value)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""

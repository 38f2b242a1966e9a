"""Issues as a text for the terminal and as rows for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.issues import Issue, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_OF_A_CODE = 20
"""So many issues of one kind are written out; the rest is counted."""

_HEADINGS = {
    Severity.ERROR: "Errors (they must be put right):",
    Severity.WARNING: "Warnings (worth a look):",
}


def issues_as_text(issues: Sequence[Issue]) -> str:
    """Return all issues for the terminal: errors first, one line each, kind by kind.

    Parameters
    ----------
    issues : sequence of Issue
        In any order; within a kind their order is kept.

    Returns
    -------
    str
        Lines ``file [Sheet!F12] 'value': what is wrong. What to do.``; more than 20 of a kind are folded
        into ``… and 37 more like this``; the last line counts. Ends without a line break.
    """
    lines: list[str] = []
    for severity, heading in _HEADINGS.items():
        kinds = _by_code([issue for issue in issues if issue.severity is severity])
        if kinds:
            lines += [heading, *(f"  {line}" for kind in kinds for line in _kind_lines(kind)), ""]
    return "\n".join([*lines, count_line(issues)])


def issues_as_rows(issues: Sequence[Issue]) -> list[dict[str, Any]]:
    """Return one dict an issue (see :meth:`Issue.as_dict`), errors first, otherwise in the given order."""
    ordered = sorted(issues, key=lambda issue: not issue.is_error)
    return [issue.as_dict() for issue in ordered]


def count_line(issues: Sequence[Issue]) -> str:
    """Say how many errors and warnings there are."""
    errors = sum(issue.is_error for issue in issues)
    warnings = len(issues) - errors
    if not issues:
        return "No errors, no warnings."
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}.".capitalize()


def _kind_lines(kind: list[Issue]) -> list[str]:
    lines = [_line(issue) for issue in kind[:SHOWN_OF_A_CODE]]
    if len(kind) > SHOWN_OF_A_CODE:
        lines.append(f"… and {len(kind) - SHOWN_OF_A_CODE} more like this ({kind[0].code})")
    return lines


def _line(issue: Issue) -> str:
    value = f"'{' '.join(issue.value.split())}'" if issue.value else ""
    head = " ".join(part for part in (str(issue.location), value) if part)
    return " ".join(part for part in (f"{head}:" if head else "", issue.problem, issue.advice) if part)


def _by_code(issues: list[Issue]) -> list[list[Issue]]:
    kinds: dict[str, list[Issue]] = {}
    for issue in issues:
        kinds.setdefault(issue.code, []).append(issue)
    return list(kinds.values())


def _number(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"

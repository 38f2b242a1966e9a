from __future__ import annotations

from matcher.intake.checks.listing import issues_as_rows, issues_as_text
from matcher.issues import Issue, Location, Severity


def test_errors_come_first_and_the_last_line_counts() -> None:
    text = issues_as_text(
        [_issue(Severity.WARNING, "few-respondents", 3), _issue(Severity.ERROR, "self-link", 9)]
    )
    assert text == (
        "Errors (they must be put right):\n"
        "  a.xlsx [Links!B9] 'x': It is wrong. Mend it.\n"
        "\n"
        "Warnings (worth a look):\n"
        "  a.xlsx [Links!B3] 'x': It is wrong. Mend it.\n"
        "\n"
        "1 error, 1 warning."
    )


def test_a_place_without_a_file_begins_with_its_sheet() -> None:
    issue = Issue(Severity.WARNING, "x", Location(sheet="Maturity"), "", "It is wrong.", "Mend it.")
    assert issues_as_text([issue]).splitlines()[1] == "  [Maturity]: It is wrong. Mend it."


def test_no_issue_is_said_in_one_line() -> None:
    assert issues_as_text([]) == "No errors, no warnings."


def test_more_than_twenty_of_a_kind_are_folded() -> None:
    issues = [_issue(Severity.WARNING, "few-respondents", row) for row in range(2, 59)]
    lines = issues_as_text(issues).splitlines()
    assert lines[21] == "  … and 37 more like this (few-respondents)"
    assert lines[-1] == "No errors, 57 warnings."


def test_exactly_twenty_are_not_folded() -> None:
    text = issues_as_text([_issue(Severity.ERROR, "self-link", row) for row in range(20)])
    assert "more like this" not in text


def test_line_breaks_in_a_value_do_not_break_the_line() -> None:
    issue = Issue(Severity.ERROR, "x", Location(), "a\nb", "It is wrong.", "Mend it.")
    assert "  'a b': It is wrong. Mend it." in issues_as_text([issue])


def test_rows_hold_every_issue_errors_first() -> None:
    rows = issues_as_rows([_issue(Severity.WARNING, "w", 3), _issue(Severity.ERROR, "e", 9)])
    assert [(row["severity"], row["cell"]) for row in rows] == [("error", "B9"), ("warning", "B3")]


def _issue(severity: Severity, code: str, row: int) -> Issue:
    return Issue(
        severity, code, Location("a.xlsx", "Links", row, "B", "From"), "x", "It is wrong.", "Mend it."
    )

"""result.xlsx: a plan as a workbook that staff can filter, print, correct and feed back in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.analysis.document import PlanDocument
from matcher.features.languages import language_name
from matcher.intake.grid import column_letters
from matcher.report.changes_table import CHANGED, CHANGED_COLUMNS, change_rows
from matcher.report.cover_table import COVER, COVER_COLUMNS, COVER_HINT, cover_rows
from matcher.report.fairness_table import (
    FAIRNESS,
    FAIRNESS_COLUMNS,
    FAIRNESS_HINT,
    fairness_rows,
    has_fairness,
)
from matcher.report.group_sheets import ALONE, GROUPS, MEMBERS, group_rows, member_rows
from matcher.report.money_table import COSTS, COSTS_COLUMNS, COSTS_HINT, cost_rows
from matcher.report.rows import Row, joined
from matcher.report.sheets import (
    HEAD_ROW,
    Column,
    finish_table,
    set_widths,
    table_widths,
    write_table,
    write_title,
)
from matcher.report.stability_table import STABILITY, STABILITY_COLUMNS, stability_rows
from matcher.report.summary_sheet import write_run, write_summary
from matcher.report.tables import POINTS, assignments_rows, clusters_rows, mentors_rows, unassigned_rows
from matcher.workbook import save_workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ASSIGNMENTS, UNASSIGNED, MENTORS = "Assignments", "Unassigned", "Mentors"
MENTEE_ID, MENTOR_ID, PIN, CHANGE_TO = "Mentee id", "Mentor id", "Pin?", "Change to"
AUTHOR, REASON = "Author of the change", "Reason for the change"

_PIN_HINT = (
    "To keep a pair, choose yes under 'Pin?'. To move a mentee, choose a mentor under 'Change to'. "
    "The author and the reason go on record. "
    "Save under another name (this file is sealed), and give that name to matcher rematch RUN --pins, which "
    "moves as few others as possible, or to matcher match --pins, which makes the whole plan anew."
)

_NO_PINS = (
    "To keep a pair or to forbid one, write a lock or a forbidden pair in the intake's Links sheet and run "
    "matcher match again."
)


def write_result_workbook(document: PlanDocument, path: Path) -> None:
    """Write the sheets Summary, Assignments, Clusters, Unassigned, Mentors, Issues and Run.

    After a rematch the sheet *What changed* comes second; with an outlook, *If a mentor drops out* follows
    the mentors, and *Fairness* and *Stability* where the policy asks for them. *Pin?* and *Change to* are
    left empty for :func:`matcher.report.pins.read_pins`. Names never run as formulas;
    an equal document gives equal bytes.

    Parameters
    ----------
    document : PlanDocument
    path : Path
        Where to write; the file is replaced.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - `import matcher` stays light

    book = Workbook()
    book.remove(book.worksheets[0])
    write_summary(book.create_sheet("Summary"), document)
    for table in _tables(document):
        _write(book.create_sheet(table.name), table, document)
    write_run(book.create_sheet("Run"), document)
    book.active = 0
    save_workbook(book, path)


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet: name, hint, columns, rows, frozen columns, drop-downs by heading, printed columns."""

    name: str
    hint: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    freeze: int = 0
    choices: dict[str, str] = field(default_factory=dict)
    printed: int = 0


def _tables(document: PlanDocument) -> list[_Table]:
    return _group_tables(document) if document.around == "group" else _mentor_tables(document)


def _group_tables(document: PlanDocument) -> list[_Table]:
    """Return the sheets of groups of equals; without pins, as no group outlives its plan."""
    together = (
        "To keep two schools together or apart, write a must-link or a rivalry in the intake's Links sheet."
    )
    members = _named(member_rows(document), "shared_languages")
    return [
        _Table(ASSIGNMENTS, together, MEMBERS, members, 2, printed=11),
        _Table("Groups", "One row a group of equals; no school leads it.", GROUPS, group_rows(document), 1),
        _Table(UNASSIGNED, "Schools without a group.", ALONE, unassigned_rows(document), 2),
        _Table(
            "Issues", _warned(document), _ISSUES, [dict(issue.model_dump()) for issue in document.warnings]
        ),
    ]


def _warned(document: PlanDocument) -> str:
    return "Warnings about the intake that the plan was made from." if document.warnings else "No warnings."


def _mentor_tables(document: PlanDocument) -> list[_Table]:
    mentors = _named(mentors_rows(document), "languages")
    hosts = f"{MENTORS}!$A${HEAD_ROW + 1}:$A${HEAD_ROW + max(1, len(mentors))}"
    free = "Mentees without a mentor. To place one by hand, choose a mentor under 'Change to'."
    issues: list[Row] = [dict(issue.model_dump()) for issue in document.warnings]
    pairs, pins = _named(assignments_rows(document), "shared_languages"), {PIN: '"yes"', CHANGE_TO: hosts}
    takes = _takes_pins(document)
    told = _PIN_HINT if takes else _NO_PINS
    free = free if takes else "Mentees without a place."
    covers = cover_rows(document)
    sure = {} if document.outlook is None else {row.mentee_id: row.words for row in document.outlook.holding}
    if sure:
        pairs = [{**row, "sure": sure.get(str(row["mentee_id"]), "not calculated")} for row in pairs]
    changed = "Schools whose mentor is another one than in the earlier plan."
    diffs = [_Table(CHANGED, changed, CHANGED_COLUMNS, change_rows(document), 2)] if document.rematch else []
    return [
        *diffs,
        _Table(
            ASSIGNMENTS,
            told,
            _fillable(_assignment_columns(document), takes),
            pairs,
            2,
            pins,
            18 if takes else 14,
        ),
        _Table("Clusters", "One row a mentor that leads a cluster.", _CLUSTERS, clusters_rows(document)),
        _Table(
            UNASSIGNED, free, _fillable(_UNASSIGNED, takes), unassigned_rows(document), 2, {CHANGE_TO: hosts}
        ),
        _Table(
            MENTORS,
            f"All mentors{', for the column ' + repr(CHANGE_TO) if takes else ''}.",
            _MENTORS,
            mentors,
            2,
        ),
        *([_Table(COSTS, COSTS_HINT, COSTS_COLUMNS, cost_rows(document), 3)] if document.money else []),
        *([_Table(COVER, COVER_HINT, COVER_COLUMNS, covers, 2)] if covers else []),
        *(
            [_Table(FAIRNESS, FAIRNESS_HINT, FAIRNESS_COLUMNS, fairness_rows(document), 1)]
            if has_fairness(document)
            else []
        ),
        *_wishes(document),
        _Table("Issues", _warned(document), _ISSUES, issues),
    ]


def _takes_pins(document: PlanDocument) -> bool:
    """Whether a pair may be pinned: not of a hub, of one theme of a mentor, or of a layer among others."""
    in_layers = any(one.key.startswith("layer") for one in document.first)
    return document.around == "mentor" and not in_layers and not any(c.lead_ids for c in document.clusters)


def _fillable(columns: Sequence[Column], takes: bool) -> Sequence[Column]:  # noqa: FBT001 - a fact
    return columns if takes else [column for column in columns if not column.is_input]


def _wishes(document: PlanDocument) -> list[_Table]:
    told = document.stability
    if told is None:
        return []
    return [_Table(STABILITY, told.sentence, STABILITY_COLUMNS, stability_rows(document), 2)]


def _named(rows: Sequence[Row], column: str) -> list[Row]:
    """Name the languages of one column, of which each begins with its code: ``Italian (native)``."""
    named = []
    for row in rows:
        parts = [part.partition(" ") for part in str(row[column]).split("; ")]
        named.append(
            {**row, column: joined([language_name(code) + gap + level for code, gap, level in parts])}
        )
    return named


def _write(sheet: Worksheet, table: _Table, document: PlanDocument) -> None:
    title = f"{table.name} – {document.title}"
    write_title(sheet, title, table.hint, synthetic=document.synthetic)
    widths = table_widths(table.columns, table.rows)
    set_widths(sheet, widths)
    last = write_table(sheet, table.columns, table.rows, HEAD_ROW, widths)
    finish_table(sheet, len(table.columns), last, freeze_columns=table.freeze, printed=table.printed)
    for at, column in enumerate(table.columns):
        if column.heading in table.choices:
            _offer(sheet, column_letters(at), table.choices[column.heading], len(table.rows))


def _offer(sheet: Worksheet, letter: str, choices: str, count: int) -> None:
    """Put a drop-down on the cells of one column."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - start light

    if count == 0:
        return
    rule = DataValidation(type="list", formula1=choices, allow_blank=True)
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = "Not in the list", "Choose an entry of the list or leave the cell empty."
    rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + count}")
    sheet.add_data_validation(rule)


_SIGNED = (Column(AUTHOR, "author", is_input=True), Column(REASON, "change_reason", is_input=True))


def _assignment_columns(document: PlanDocument) -> list[Column]:
    labels = {criterion.key: criterion.label for criterion in document.criteria}
    used = [
        key
        for key in labels
        if any(c.criterion == key for row in document.assignments for c in row.components)
    ]
    return [
        Column(MENTEE_ID, "mentee_id"),
        Column("Mentee", "mentee"),
        Column("Country", "country"),
        Column("Town", "town"),
        Column(PIN, "pin", is_input=True),
        Column(CHANGE_TO, "change_to", is_input=True),
        *_SIGNED,
        Column(MENTOR_ID, "mentor_id"),
        Column("Mentor", "mentor"),
        Column("Mentor's town", "mentor_town"),
        Column("Score (of 100)", "score", "0.0"),
        Column("Penalty", "penalty", "0.0"),
        Column("Road km", "distance_km", "0.0"),
        Column("Shared languages", "shared_languages"),
        Column("Known data", "known_share", "0%"),
        Column("Locked", "locked"),
        Column("To look at", "flags"),
        Column("Cluster", "cluster_id"),
        *(Column(labels[key], f"{POINTS}{key}", "0.0") for key in used),
        *([Column("Sure?", "sure")] if document.outlook and document.outlook.holding else []),
        Column("Why they fit", "why", wrap=False),
    ]


_CLUSTERS = (
    Column("Cluster", "cluster_id"),
    Column(MENTOR_ID, "mentor_id"),
    Column("Mentor", "mentor"),
    Column("Country", "country"),
    Column("Town", "town"),
    Column("Load", "load", "0"),
    Column("Min", "min_load", "0"),
    Column("Max", "max_load", "0"),
    Column("Mentee ids", "mentee_ids"),
    Column("Mentees", "mentees"),
    Column("Points", "points", "0.0"),
    Column("Cohesion points", "cohesion_points", "0.0"),
    Column("Mean road km", "mean_distance_km", "0.0"),
    Column("Shared challenges", "shared_challenges"),
    Column("Why", "why"),
)
_UNASSIGNED = (
    Column(MENTEE_ID, "mentee_id"),
    Column("Mentee", "mentee"),
    Column("Country", "country"),
    Column("Town", "town"),
    Column(CHANGE_TO, "change_to", is_input=True),
    *_SIGNED,
    Column("Price", "price", "0.0"),
    Column("Why", "reason"),
    Column("Best options", "options"),
)
_MENTORS = (
    Column(MENTOR_ID, "mentor_id"),
    Column("Mentor", "mentor"),
    Column("Country", "country"),
    Column("Town", "town"),
    Column("Load", "load", "0"),
    Column("Max", "max_load", "0"),
    Column("Languages", "languages"),
    Column("Strengths", "strengths"),
)
_ISSUES = (
    Column("Severity", "severity"),
    Column("Kind", "code"),
    Column("File", "file"),
    Column("Sheet", "sheet"),
    Column("Cell", "cell"),
    Column("Column", "header"),
    Column("Value", "value"),
    Column("What is wrong", "problem"),
    Column("What to do", "advice"),
)

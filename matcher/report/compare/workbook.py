"""compare.xlsx: the comparison as a workbook that analysts can filter and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.analysis.comparison_document import ComparedPlan, ComparisonDocument, MetricInfo, SchoolRow
from matcher.features.countries import country_name
from matcher.report.compare.figures import DIRECTIONS, UNITS
from matcher.report.compare.more_sheets import firm_rows, format_of, sensitivity_rows, sweep_rows, trade_rows
from matcher.report.compare.views import FAMILIES, VERDICTS, group_labels
from matcher.report.rows import Row, Value
from matcher.report.sheets import (
    HEAD_ROW,
    Column,
    finish_table,
    set_widths,
    table_widths,
    write_table,
    write_title,
)
from matcher.workbook import save_workbook

_BEST = (
    "Compare down a column only where a direction is given; see the sheet About for what each figure means."
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet: its name, a hint, columns, rows, frozen columns."""

    name: str
    hint: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    freeze: int = 1


def write_comparison_workbook(document: ComparisonDocument, path: Path) -> None:
    """Write the sheets Summary, Policies, Schools, Differences, Agreement, Criteria, Fairness and About.

    Where they were asked for, Sweeps, Trade-offs, Sensitivity and Firmness stand before About.
    Names never run as formulas; unknown is an empty cell; an equal document gives equal bytes.

    Parameters
    ----------
    document : ComparisonDocument
    path : Path
        Where to write; the file is replaced.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - `import matcher` stays light

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in _sheets(document):
        sheet = book.create_sheet(table.name)
        title = f"{table.name} – {document.title}"
        write_title(sheet, title, table.hint, synthetic=document.synthetic)
        widths = table_widths(table.columns, table.rows)
        set_widths(sheet, widths)
        last = write_table(sheet, table.columns, table.rows, HEAD_ROW, widths)
        finish_table(sheet, len(table.columns), last, freeze_columns=table.freeze)
    book.active = 0
    save_workbook(book, path)


def _sheets(document: ComparisonDocument) -> list[_Sheet]:
    return [
        _summary(document),
        _policies(document),
        _schools(document),
        _differences(document),
        _agreement(document),
        _by_group(document, "Criteria", ("fit_by_criterion", "own_fit_by_criterion")),
        _by_group(
            document, "Fairness", ("group_fit_gap", "group_unassigned_gap", "group_fit", "group_unassigned")
        ),
        *_asked(document),
        _about(document),
    ]


def _asked(document: ComparisonDocument) -> list[_Sheet]:
    """Sheets of what was asked beside the plans; none that would be empty."""
    sheets = (
        (
            "Sweeps",
            "Every point of the sweeps. Weights are relative: only proportions matter.",
            sweep_rows,
            2,
        ),
        ("Trade-offs", "Plans that no other beats in both figures are on the curve.", trade_rows, 3),
        ("Sensitivity", "One change at a time, and the schools that it moves.", sensitivity_rows, 2),
        ("Firmness", "Which schools keep their mentor whatever is changed.", firm_rows, 2),
    )
    made = [(name, hint, rows(document), freeze) for name, hint, rows, freeze in sheets]
    return [_Sheet(name, hint, *table, freeze) for name, hint, table, freeze in made if table[1]]


def _heading(info: MetricInfo) -> str:
    unit = UNITS.get(info.unit, info.unit)
    return f"{info.label} ({unit})" if unit else info.label


def _summary(document: ComparisonDocument) -> _Sheet:
    wholes = [
        info
        for info in document.metrics
        if any(one.metric == info.key and not one.group for plan in document.plans for one in plan.measures)
    ]
    columns = [
        Column("Policy", "title"),
        Column("Plan", "found"),
        Column("Proof", "status"),
        *(Column(_heading(info), info.key, format_of(info)) for info in wholes),
    ]
    rows: list[Row] = [
        {
            "title": plan.title,
            "found": plan.has_plan,
            "status": "" if plan.proof is None else str(plan.proof.status),
            **{info.key: plan.value(info.key) for info in wholes},
        }
        for plan in document.plans
    ]
    return _Sheet("Summary", f"{document.yardstick.sentence} {_BEST}", columns, rows)


def _policies(document: ComparisonDocument) -> _Sheet:
    columns = [
        Column("Policy", "title"),
        Column("Key", "key"),
        Column("Model", "model"),
        Column("Favours", "favours"),
        Column("Costs", "costs"),
        Column("Breaks, by the yardstick", "breaks"),
        Column("Gave way, under its own policy", "gave_way"),
        Column("Method", "method"),
        Column("Proof", "proof"),
        Column("Why there is no plan", "failure"),
        Column("Fingerprint (SHA-256)", "sha256"),
    ]
    rows: list[Row] = [
        {
            "title": plan.title,
            "key": plan.key,
            "model": plan.model,
            "favours": "\n".join(plan.favours),
            "costs": "\n".join(plan.costs),
            "breaks": "\n".join(f"{one.label}: {one.breaches}" for one in plan.breaks),
            "gave_way": "\n".join(f"{one.label}: {one.breaches}" for one in plan.gave_way),
            "method": "" if plan.proof is None else plan.proof.method,
            "proof": "" if plan.proof is None else plan.proof.sentence,
            "failure": plan.failure,
            "sha256": plan.policy_sha256,
        }
        for plan in document.plans
    ]
    return _Sheet("Policies", "What each policy favours, costs and breaks.", columns, rows)


_SCHOOL = (
    Column("School id", "school_id"),
    Column("School", "name"),
    Column("Country", "country"),
    Column("Town", "town"),
    Column("Over all policies", "verdict"),
)


def _school(row: SchoolRow) -> Row:
    return {
        "school_id": row.school_id,
        "name": row.name,
        "country": country_name(row.country),
        "town": row.municipality,
        "verdict": VERDICTS[row.verdict],
    }


def _schools(document: ComparisonDocument) -> _Sheet:
    found = document.found
    columns = [*_SCHOOL, *(Column(plan.title, f"host:{plan.key}") for plan in found)]
    rows: list[Row] = [
        {
            **_school(row),
            **{f"host:{plan.key}": _host(row, at) for at, plan in enumerate(found)},
        }
        for row in document.schools
    ]
    hint = "The mentor of each school under each policy. Filter 'Over all policies' for where they differ."
    return _Sheet("Schools", hint, columns, rows, 2)


def _host(row: SchoolRow, at: int) -> str:
    placement = row.placements[at]
    if placement.status == "unassigned":
        return "without a place"
    return placement.host if placement.status == "placed" else "not to be placed here"


def _differences(document: ComparisonDocument) -> _Sheet:
    """Long: a row a school that differs and policy, so that a filter or a pivot can turn it."""
    columns = [
        *_SCHOOL[:4],
        Column("Policy", "policy"),
        Column("Mentor id", "host_id"),
        Column("Mentor", "host"),
        Column("Fit by the yardstick", "fit", "0.0"),
        Column("Road km", "km", "0.0"),
    ]
    rows: list[Row] = [
        {
            **_school(row),
            "policy": plan.title,
            "host_id": placement.host_id,
            "host": _host(row, at),
            "fit": placement.fit,
            "km": placement.distance_km,
        }
        for row in document.schools
        if row.verdict == "differs"
        for at, (plan, placement) in enumerate(zip(document.found, row.placements, strict=True))
    ]
    hint = "Schools that have not the same mentor under every policy: one row a school and policy."
    return _Sheet("Differences", hint, columns, rows, 2)


def _agreement(document: ComparisonDocument) -> _Sheet:
    columns = [
        Column("Policy", "first"),
        Column("And policy", "second"),
        Column("Schools compared", "compared", "#,##0"),
        Column("Same mentor", "same", "#,##0"),
        Column("Share", "share", "0%"),
        Column("Cluster mates kept", "together", "0%"),
    ]
    rows: list[Row] = [
        {
            "first": document.plan(one.first).title,
            "second": document.plan(one.second).title,
            "compared": one.compared,
            "same": one.same,
            "share": one.share,
            "together": one.together,
        }
        for one in document.agreement
    ]
    hint = "How far every two policies agree; 'cluster mates kept' looks at schools that share a cluster."
    return _Sheet("Agreement", hint, columns, rows, 2)


def _by_group(document: ComparisonDocument, name: str, keys: Sequence[str]) -> _Sheet:
    """One row a metric and group, one column a plan."""
    labels = group_labels(document)
    known = [info for info in document.metrics if info.key in keys]
    columns = [
        Column("Figure", "label"),
        Column("Of", "group"),
        Column("Unit", "unit"),
        *(Column(plan.title, f"plan:{plan.key}", "0.0##") for plan in document.found),
    ]
    rows: list[Row] = [
        {
            "label": info.label,
            "group": labels.get(group, group),
            "unit": UNITS.get(info.unit, info.unit) or "share, 0 to 1",
            **{f"plan:{plan.key}": plan.value(info.key, group) for plan in document.found},
        }
        for info in known
        for group in _groups_of(document.found, info.key)
    ]
    hint = "Groups of schools as the sheet About says them." if name == "Fairness" else "Mean fit, 0 to 1."
    return _Sheet(name, hint, columns, rows, 2)


def _groups_of(plans: Sequence[ComparedPlan], metric: str) -> list[str]:
    return list(dict.fromkeys(one.group for plan in plans for one in plan.measures if one.metric == metric))


def _about(document: ComparisonDocument) -> _Sheet:
    columns = [Column("What", "what"), Column("Direction", "better"), Column("Meaning", "meaning", wrap=True)]

    def line(what: str, meaning: str, better: Value = "") -> Row:
        return {"what": what, "better": better, "meaning": meaning}

    rows = [
        line("Yardstick", document.yardstick.sentence),
        line("Fingerprint of the yardstick", document.yardstick.sha256),
        line("Seed of the drop-outs", str(document.seed)),
        *(line("To bear in mind", note) for note in document.notes),
        *(line(info.label, info.statement, DIRECTIONS[info.better]) for info in document.metrics),
        *(
            line(f"{FAMILIES[group.family]}: {group.label}", f"{group.statement}; {group.schools} schools")
            for group in document.groups
        ),
    ]
    return _Sheet("About", "What the figures mean.", columns, rows)

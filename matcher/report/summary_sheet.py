"""The first and the last sheet of a result workbook: headline figures, criteria, rules, run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.analysis.document import PlanDocument, RuleReport
from matcher.report.rows import Row
from matcher.report.sheets import (
    Column,
    fit_height,
    set_page,
    set_widths,
    write_heading,
    write_table,
    write_title,
)
from matcher.workbook import put

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (38.0, 62.0, 12.0, 12.0, 12.0, 14.0, 14.0, 12.0)

_CRITERIA = (
    Column("Criterion", "label"),
    Column("What it rewards", "statement"),
    Column("Weight", "weight", "0%"),
    Column("Mean fit", "mean", "0%"),
    Column("Known for", "known", "0"),
)
_RULES = (
    Column("Rule", "label"),
    Column("In words", "statement"),
    Column("Strength", "strength"),
    Column("Holds", "holds"),
    Column("Price", "price", "0.0"),
    Column("Looked at", "checked", "0"),
    Column("Not judged", "not_judged", "0"),
    Column("Broken", "broken", "0"),
)
_BROKEN = (
    Column("Rule", "label"),
    Column("What", "detail"),
    Column("Points lost", "price", "0.0"),
)


def write_summary(sheet: Worksheet, document: PlanDocument) -> None:
    """Write headline figures, the proof in words, criteria, rules and every breach of a soft rule."""
    set_widths(sheet, _WIDTHS)
    hint = f"Policy: {document.policy.title}"
    write_title(sheet, document.title, hint, synthetic=document.synthetic)
    row = _pairs(sheet, 4, "The plan", _figures(document))
    proof: list[tuple[str, object, str]] = [
        ("Proof", document.proof_sentence, "General"),
        ("Independent check", document.proof.referee, "General"),
    ]
    row = _pairs(sheet, row + 1, "How good it is", proof)
    criteria: list[Row] = [dict(criterion.model_dump()) for criterion in document.criteria]
    row = _block(sheet, row + 1, "Criteria", _CRITERIA, criteria)
    rules: list[Row] = [
        {
            **rule.model_dump(exclude={"broken", "given_up"}),
            "statement": _statement(rule),
            "strength": str(rule.strength),
            "broken": len(rule.broken),
        }
        for rule in document.rules
    ]
    row = _block(sheet, row + 1, "Rules", _RULES, rules)
    broken: list[Row] = [
        {"label": rule.label, "detail": f"{item.detail} ({', '.join(item.schools)})", "price": item.price}
        for rule in document.rules
        for item in rule.broken
    ]
    if broken:
        _block(sheet, row + 1, "Soft rules broken", _BROKEN, broken)
    set_page(sheet)
    sheet.freeze_panes = "A3"


def _statement(rule: RuleReport) -> str:
    return f"{rule.statement} Given up: {'; '.join(rule.given_up)}." if rule.given_up else rule.statement


def write_run(sheet: Worksheet, document: PlanDocument) -> None:
    """Write policy, method, bound, seed and versions: what is needed to make the plan again."""
    set_widths(sheet, _WIDTHS)
    write_title(sheet, f"Run – {document.title}", "How this plan was made.", synthetic=document.synthetic)
    policy, proof = document.policy, document.proof
    row = _pairs(
        sheet,
        4,
        "Policy",
        [
            ("Name", policy.name, "General"),
            ("Title", policy.title, "General"),
            ("What it is for", policy.description, "General"),
            ("Mentoring model", policy.model, "General"),
            ("SHA-256", policy.sha256, "General"),
            ("Links judged on", document.as_of.isoformat() if document.as_of else None, "General"),
        ],
    )
    row = _pairs(
        sheet,
        row + 1,
        "Search",
        [
            ("Status", proof.status, "General"),
            ("Objective (points)", proof.objective, "0.00"),
            ("Bound (points)", proof.bound, "0.00"),
            ("Gap", proof.gap, "0.00%"),
            ("Method", proof.method, "General"),
            ("Why this method", proof.method_reason, "General"),
            ("Stopped by", proof.stopped_by, "General"),
            ("Seed", proof.seed, "0"),
        ],
    )
    versions: list[tuple[str, object, str]] = [("Schema of result.json", document.schema_version, "General")]
    versions += [(name, version, "General") for name, version in sorted(proof.versions.items())]
    _pairs(sheet, row + 1, "Versions", versions)
    set_page(sheet, landscape=False)


def _figures(document: PlanDocument) -> list[tuple[str, object, str]]:
    totals = document.totals
    if document.around == "group":
        return _group_figures(document)
    return [
        ("Mentees placed", totals.assigned, "0"),
        ("Mentees in the intake", totals.mentees, "0"),
        ("Mentees without a mentor", totals.unassigned, "0"),
        ("Clusters", totals.clusters, "0"),
        ("Mentors", totals.mentors, "0"),
        ("Places", totals.places, "0"),
        ("Mean score (of 100)", totals.mean_score, "0.0"),
        ("Lowest score (of 100)", totals.worst_score, "0.0"),
        ("Mean road distance (km)", totals.mean_distance_km, "0.0"),
        ("Longest road distance (km)", totals.longest_distance_km, "0.0"),
        ("Pairs that share a working language", totals.sharing_language, "0"),
        ("Mentors strong in a mentee's challenge", totals.sharing_challenge, "0"),
        ("Pairs resting on weak data", totals.weak_assignments, "0"),
        ("Points of all pairs", totals.pair_points, "0.0"),
        ("Points lost to soft rules", totals.penalty_points, "0.0"),
        *([("Points that costs take", totals.money_points, "0.0")] if totals.money_points else []),
        *_costs(document),
        ("Points from cohesion", totals.cohesion_points, "0.0"),
        ("Warnings about the intake", len(document.warnings), "0"),
    ]


def _costs(document: PlanDocument) -> list[tuple[str, object, str]]:
    money = document.money
    if money is None:
        return []
    shown = "#,##0.00"
    return [("Costs (euro)", money.total, shown), ("A supported school (euro)", money.per_school, shown)]


def _group_figures(document: PlanDocument) -> list[tuple[str, object, str]]:
    totals = document.totals
    return [
        ("Schools in a group", totals.assigned, "0"),
        ("Schools that take part", totals.mentees, "0"),
        ("Schools without a group", totals.unassigned, "0"),
        ("Groups of equals", totals.clusters, "0"),
        ("Mean road distance to the others of the group (km)", totals.mean_distance_km, "0.0"),
        ("Longest of these (km)", totals.longest_distance_km, "0.0"),
        ("Schools that share a language with all of their group", totals.sharing_language, "0"),
        ("Schools that share a challenge with another of their group", totals.sharing_challenge, "0"),
        ("Points of what schools share", totals.cohesion_points, "0.0"),
        ("Points lost to soft rules", totals.penalty_points, "0.0"),
        ("Warnings about the intake", len(document.warnings), "0"),
    ]


def _pairs(sheet: Worksheet, row: int, heading: str, pairs: list[tuple[str, object, str]]) -> int:
    """Write a heading and label–value lines; return the row after them. Unknown is said, never 0."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - `import matcher` stays light

    write_heading(sheet, row, heading, len(_WIDTHS))
    for at, (label, value, number_format) in enumerate(pairs, start=row + 1):
        name = put(sheet, at, 1, label)
        name.alignment = Alignment(vertical="top", wrap_text=True)
        cell = put(sheet, at, 2, "not known" if value is None else value)
        cell.number_format, cell.font = number_format, Font(bold=not isinstance(value, str))
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        fit_height(sheet, at, [label, value if isinstance(value, str) else ""], _WIDTHS)
    return row + 1 + len(pairs)


def _block(sheet: Worksheet, row: int, heading: str, columns: tuple[Column, ...], rows: list[Row]) -> int:
    write_heading(sheet, row, heading, len(_WIDTHS))
    return write_table(sheet, columns, rows, row + 1, _WIDTHS) + 1

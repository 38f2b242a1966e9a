"""What the page of a comparison shows, gathered from the document once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from matcher.analysis.comparison_document import (
    Agreement,
    ComparedPlan,
    ComparisonDocument,
    MetricInfo,
    Placement,
    SchoolRow,
    Theme,
)
from matcher.features.countries import country_name
from matcher.report.compare.figures import UNKNOWN_GROUP, Figures, group_table, headline, theme_table
from matcher.scores.registry import CRITERIA

VERDICTS = {
    "same": "Same mentor",
    "unassigned": "Nowhere placed",
    "differs": "Differs",
    "open": "Cannot be compared",
}
"""Words for what the policies make of a school."""
FAMILIES = {"rurality": "Surroundings", "size": "Size", "language": "Language", "need": "Need"}
"""Words for the families of groups."""


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme: its table, and a table for each metric that has groups."""

    theme: Theme
    whole: Figures
    grouped: tuple[Figures, ...]
    metrics: tuple[MetricInfo, ...]


@dataclass(frozen=True, slots=True)
class PlacementView:
    """One school under one plan, and whether that differs from the plan that the others are told against."""

    placement: Placement
    differs: bool


@dataclass(frozen=True, slots=True)
class SchoolView:
    """One school under every plan."""

    row: SchoolRow
    verdict: str
    cells: tuple[PlacementView, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """The whole comparison, ready to be shown."""

    headline: Figures
    themes: tuple[ThemeView, ...]
    schools: tuple[SchoolView, ...]
    counts: dict[str, int]
    countries: tuple[tuple[str, str], ...]
    agreement: dict[tuple[str, str], Agreement]
    failed: tuple[ComparedPlan, ...]


def gather(document: ComparisonDocument) -> ComparisonView:
    """Gather what the templates show."""
    counts = Counter(str(row.verdict) for row in document.schools)
    base = next((at for at, plan in enumerate(document.found) if plan.key == document.baseline), None)
    codes = {row.country for row in document.schools}
    return ComparisonView(
        headline=headline(document),
        themes=tuple(_theme(document, theme) for theme in document.themes),
        schools=tuple(_school(row, base) for row in document.schools),
        counts={verdict: counts[verdict] for verdict in VERDICTS},
        countries=tuple(sorted(((code, country_name(code)) for code in codes), key=lambda one: one[1])),
        agreement={
            pair: one
            for one in document.agreement
            for pair in ((one.first, one.second), (one.second, one.first))
        },
        failed=tuple(plan for plan in document.plans if not plan.has_plan),
    )


def group_labels(document: ComparisonDocument) -> dict[str, str]:
    """Words for every criterion, family and group of schools."""
    return (
        {key: info.label for key, info in CRITERIA.items()}
        | FAMILIES
        | {
            group.key: f"{group.label} ({group.schools})"
            if not group.key.endswith(UNKNOWN_GROUP)
            else f"{FAMILIES[group.family]} not stated ({group.schools})"
            for group in document.groups
        }
    )


def _theme(document: ComparisonDocument, theme: Theme) -> ThemeView:
    metrics = tuple(info for info in document.metrics if info.theme == theme.key)
    whole = theme_table(document, theme.key, theme.label)
    labels = group_labels(document)
    tables = [group_table(document, info.key, labels, f"{theme.label}: {info.label}") for info in metrics]
    return ThemeView(theme, whole, tuple(one for one in tables if one.heads), metrics)


def _school(row: SchoolRow, base: int | None) -> SchoolView:
    def differs(one: Placement) -> bool:
        if base is None:
            return False
        other = row.placements[base]
        return one.status != other.status or (one != other and set(one.leads).isdisjoint(other.leads))

    return SchoolView(
        row, VERDICTS[row.verdict], tuple(PlacementView(one, differs(one)) for one in row.placements)
    )

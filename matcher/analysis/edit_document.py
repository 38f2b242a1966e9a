"""What is said about a plan that was changed by hand."""

from __future__ import annotations

from matcher.analysis.document_part import DocumentPart
from matcher.analysis.rematch_document import LinePoint, SchoolDiff
from matcher.changes import Change


class EditBreach(DocumentPart):
    """One rule that the edited plan breaks."""

    rule: str
    schools: tuple[str, ...]
    detail: str
    price: float | None
    """Points that it costs; None for a rule that must hold."""


class SchoolShare(DocumentPart):
    """What one school adds to the plan before and after: its pair, and half of its cohesion with others."""

    school_id: str
    name: str
    before: float
    after: float
    change: float


class EditAnswer(DocumentPart):
    """The solver's plan that keeps the edit and all hard rules, with the fewest further moves."""

    further_moves: int
    least_is_proven: bool
    change: float
    """Points against the plan before the edit."""
    line: tuple[LinePoint, ...]
    diffs: tuple[SchoolDiff, ...]
    sentences: tuple[str, ...]


class EditReport(DocumentPart):
    """A hand edit, judged."""

    edits: tuple[Change, ...]
    allowed: bool
    """Whether the edited plan keeps every rule that must hold."""
    broken: tuple[EditBreach, ...]
    """Rules that must hold and do not."""
    gave_way: tuple[EditBreach, ...]
    """Rules that cost points, broken by the edit and not before."""
    points_before: float
    points_after: float
    change: float
    schools: tuple[SchoolShare, ...]
    """Those whose share changes; with `rest` they add up to `change`."""
    rest: float
    """Change that belongs to no single school: clusters formed, loads, counts, links."""
    answer: EditAnswer | None
    """None where no plan can keep the edit and all hard rules, or none was found."""
    why_no_answer: tuple[str, ...]
    stopped_by: str
    """What ended the search for the answer: ``proof``, ``interrupt``, ``work-limit``, ``time-limit`` …"""
    sentences: tuple[str, ...]

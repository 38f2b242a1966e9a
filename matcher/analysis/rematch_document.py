"""What a rematch says: the changes, the line of moves against quality, and who is where before and after."""

from __future__ import annotations

from typing import Literal

from matcher.analysis.document_part import DocumentPart
from matcher.changes import Change

DiffKind = Literal["left", "joined", "forced", "moved", "placed"]


class LinePoint(DocumentPart):
    """One point of the line: the best plan with so many moves."""

    moves: int
    """Schools that could have stayed with their mentor, and did not."""
    points: float
    loss: float
    """Points below the best plan of the line."""
    loss_share: float | None
    """The same as a share of the best plan's points, in [0, 1]; None where these are not above 0."""
    gap: float | None
    """Points that a plan with as few moves could be worth more, at most; 0 where proven, None if unknown."""
    chosen: bool
    words: str


class SchoolDiff(DocumentPart):
    """One school whose mentor is another one than before, or none."""

    school_id: str
    name: str
    kind: DiffKind
    """left: takes part no more; joined: new; forced: its mentor left or may not be had any more; moved: could
    have stayed; placed: had no mentor before."""
    before: str | None
    """Id of its mentor before; None without one."""
    before_name: str | None
    after: str | None
    after_name: str | None
    why: str


class RematchReport(DocumentPart):
    """How a plan came from an earlier one."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    """What the changes took with them, and what was adjusted."""
    kept: int
    """Schools that have the mentor they had."""
    forced: int
    moved: int
    """Schools that could have stayed and did not: the moves."""
    least_moves: int
    least_is_proven: bool
    earlier_points: float
    """Points of the earlier plan, under what it was made from."""
    line: tuple[LinePoint, ...]
    sentences: tuple[str, ...]
    """The outcome in plain words."""
    diffs: tuple[SchoolDiff, ...]
    """By school id."""

"""What a rematch says: the changes, the line of moves against quality, and who is where before and after."""

from __future__ import annotations

from typing import Literal

from matcher.analysis.document_part import DocumentPart
from matcher.analysis.wording import counted, said_points
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

    @property
    def is_proven(self) -> bool:
        """Whether no plan that places as many schools with as few moves is better."""
        chosen = self._chosen
        return chosen is not None and chosen.gap == 0

    @property
    def has_fewest_moves(self) -> bool:
        """Whether it is proven that no plan that places as many schools needs fewer moves."""
        return self.least_is_proven and self.moved == self.least_moves

    def proof_words(self, otherwise: str) -> str:
        """Say how good the plan is among those with as few moves, and what more moves would gain.

        Parameters
        ----------
        otherwise : str
            What to say of the plan where that is not proven.
        """
        if self.is_proven and self.has_fewest_moves:
            said = (
                "Fewest moves, proven: no plan that places as many schools needs fewer moves, "
                "and none with as few is better."
            )
        elif self.is_proven:
            moves = counted(self.moved, "move", "moves")
            said = f"It is proven that no plan that places as many schools with at most {moves} is better."
        else:
            said = otherwise
        return " ".join(part for part in (said, self._with_more_moves()) if part)

    def _with_more_moves(self) -> str:
        chosen = self._chosen
        if chosen is None:
            return ""
        more = [point for point in self.line if point.moves > chosen.moves and point.points > chosen.points]
        if not more:
            return ""
        next_one = min(more, key=lambda point: point.moves)
        moves = counted(next_one.moves - chosen.moves, "more move", "more moves")
        gain = said_points(next_one.points - chosen.points)
        return f"With {moves} a plan {gain} points better exists; fewer moves were preferred."

    @property
    def _chosen(self) -> LinePoint | None:
        return next((point for point in self.line if point.chosen), None)

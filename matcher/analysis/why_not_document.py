"""What is said to somebody who wants another mentor."""

from __future__ import annotations

import math

from matcher.analysis.document_part import DocumentPart
from matcher.analysis.edit_document import EditBreach, SchoolShare
from matcher.analysis.wording import counted, rounded, said_points

NOTEWORTHY = 1.0
"""Points from which a change is told of a school that does not move."""


class Mover(DocumentPart):
    """One school that is elsewhere in the plan that grants a wish."""

    school_id: str
    name: str
    before: str | None
    """Id of its mentor; None without one."""
    before_name: str | None
    after: str | None
    after_name: str | None
    asked: bool
    """Whether the wish is about this school."""
    why: str


class PointsPart(DocumentPart):
    """One part of the points of both plans."""

    label: str
    change: float


class WhyNot(DocumentPart):
    """Why a wish is not granted: the rules that bar it, or what it would cost the whole plan."""

    wish: str
    """Such as ``Scuola Aurora (IT-007) with Liceo Galilei (IT-002)``."""
    barred_by: tuple[str, ...]
    """Hard rules that bar a pair of the wish, with the values; empty where none does."""
    possible: bool
    """False where it is proven that no plan keeps all hard rules and grants the wish."""
    at_least: float | None
    at_most: float | None
    """Proven limits of the points that the best plan with the wish is worth less than this one; equal where
    exact. Below 0 only where this plan is not the best; what the wish does not concern stays then."""
    anew_at_least: float | None = None
    anew_at_most: float | None = None
    """Points that placing the same schools anew, without the wish, would bring; None for the best plan."""
    hindrances: tuple[str, ...]
    """What stands in the way in the plan as it is: the rule or the load that binds."""
    moves: tuple[Mover, ...]
    schools: tuple[SchoolShare, ...]
    """Schools whose share of the points changes; with `rest` they add up to the change of the plan."""
    rest: float
    parts: tuple[PointsPart, ...]
    """The change by fit, soft rules, cohesion and so on; only what changes."""
    gave_way: tuple[EditBreach, ...]
    """Soft rules that the plan with the wish breaks and the other does not."""
    kept_again: tuple[EditBreach, ...] = ()
    """Soft rules that the other plan breaks and the one with the wish does not."""
    sentences: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether the answer is final: a rule or a proof bars the wish, or its price is exact."""
        return not self.possible or (self.at_least is not None and self.at_least == self.at_most)

    def text(self) -> str:
        """Return it as plain text, one fact a line."""
        lines = [f"Why not {self.wish}?", "", *self.sentences]
        if self.hindrances and not self.barred_by:
            lines += ["", "In the plan as it is:", *(f"  - {one}" for one in self.hindrances)]
        if self.moves:
            lines += ["", "Who moves where, in the best plan that grants it:"]
        for move in self.moves:
            line = f"  - {move.name} ({move.school_id}): {_place(move.before, move.before_name)}"
            lines.append(f"{line} → {_place(move.after, move.after_name)}. {move.why}".rstrip())
        lines += self._share_lines()
        if self.parts:
            lines += ["", "What the difference is made of:"]
            lines += [f"  - {part.label}: {_signed(part.change)}" for part in self.parts]
        if self.gave_way:
            lines += ["", "Soft rules that it would break:"]
            lines += [_breach(one, -1) for one in self.gave_way]
        if self.kept_again:
            lines += ["", "Soft rules that it would keep again:"]
            lines += [_breach(one, 1) for one in self.kept_again]
        return "\n".join(lines) + "\n"

    def _share_lines(self) -> list[str]:
        """Schools that move, and those whose share changes by a point or more; the others in one line."""
        moved = {move.school_id for move in self.moves}
        shown = [one for one in self.schools if one.school_id in moved or abs(one.change) >= NOTEWORTHY]
        rest = [one.change for one in self.schools if one not in shown]
        lines = [f"  - {one.name} ({one.school_id}): {_from_to(one)}" for one in shown]
        if rest:
            others = counted(len(rest), "other school", "other schools")
            lines.append(
                f"  - {others}, by less than a point each: {_signed(rounded(math.fsum(rest)))} in all"
            )
        if self.rest:
            lines.append(f"  - of no single school: {_signed(self.rest)}")
        head = "Who gains and who loses (points of its pair and half of what it shares with its cluster):"
        return ["", head, *lines] if lines else []


def _breach(one: EditBreach, sign: int) -> str:
    """Say a breach with what it takes from the plan, or gives back to it."""
    price = "" if one.price is None else f" ({_signed(sign * one.price)} points)"
    return f"  - {one.rule}: {one.detail.removeprefix(f'{one.rule}: ').rstrip('.')}{price}"


def _place(school_id: str | None, name: str | None) -> str:
    return "no mentor" if school_id is None else f"{name} ({school_id})"


def _from_to(one: SchoolShare) -> str:
    return f"{_plain(one.before)} → {_plain(one.after)} ({_signed(one.change)})"


def _plain(points: float) -> str:
    return f"{'−' if points < 0 else ''}{said_points(abs(points))}"


def _signed(points: float) -> str:
    return f"{'−' if points < 0 else '+'}{said_points(abs(points))}"

"""Say how a plan came from an earlier one: the line in words, and for each school that moved, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.analysis.bars import bars_on
from matcher.analysis.move_reasons import reason_of_move
from matcher.analysis.moves import MoveJudge
from matcher.analysis.rematch_document import LinePoint, RematchReport, SchoolDiff
from matcher.analysis.unassigned import reason_of
from matcher.analysis.view import view_of
from matcher.analysis.wording import as_sentence, counted, rounded, said_points
from matcher.changes import HAND_EDITS, Change, ChangeKind
from matcher.encoding import Encoding
from matcher.problem import SCALE
from matcher.profiles import Intake
from matcher.questions.edits import with_lock
from matcher.questions.moves import MovePoint, TradeOff
from matcher.solution import UNASSIGNED, Solution, evaluate


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The plan that was there: its intake, its pairs (mentee id to mentor id or None) and its points."""

    intake: Intake
    hosts: Mapping[str, str | None]
    objective: int


def build_rematch(
    before: Before,
    encoding: Encoding,
    line: TradeOff,
    chosen: MovePoint,
    *,
    changes: Sequence[Change],
    notes: Sequence[str] = (),
) -> RematchReport:
    """Say what a rematch did.

    Parameters
    ----------
    before : Before
    encoding : Encoding
        Of the changed intake.
    line : TradeOff
        With points.
    chosen : MovePoint
        One of them.
    changes : sequence of Change
    notes : sequence of str
        What the changes took with them.

    Returns
    -------
    RematchReport
    """
    diffs = _Diffs(before, encoding, line, chosen, changes).all()
    placed = {key: encoding.host_ids[at] for key, at in _pairs(encoding, chosen)}
    kept = sum(before.hosts.get(key) == host for key, host in placed.items())
    points = tuple(_line_point(line, point, is_chosen=point is chosen) for point in line.points)
    forced = sum(diff.kind == "forced" for diff in diffs)
    return RematchReport(
        changes=tuple(changes),
        notes=tuple(notes),
        kept=kept,
        forced=forced,
        moved=chosen.moves,
        least_moves=line.least.moves,
        least_is_proven=line.least_is_proven,
        earlier_points=rounded(before.objective / SCALE),
        line=points,
        sentences=_sentences(line, chosen, before, diffs, kept),
        diffs=diffs,
    )


def _pairs(encoding: Encoding, point: MovePoint) -> list[tuple[str, int]]:
    hosts = point.host_of.tolist()
    return [(key, at) for key, at in zip(encoding.mentee_ids, hosts, strict=True) if at != UNASSIGNED]


def _line_point(line: TradeOff, point: MovePoint, *, is_chosen: bool) -> LinePoint:
    loss = line.best.objective - point.objective
    share = None if line.best.objective <= 0 else loss / line.best.objective
    gap = None if point.bound is None else rounded((point.bound - point.objective) / SCALE)
    return LinePoint(
        moves=point.moves,
        points=rounded(point.objective / SCALE),
        loss=rounded(loss / SCALE),
        loss_share=None if share is None else rounded(share),
        gap=gap,
        chosen=is_chosen,
        words=point_words(point.moves, loss / SCALE, share, gap),
    )


def point_words(moves: int, loss: float, share: float | None, gap: float | None) -> str:
    """Say one point of the line.

    Examples
    --------
    >>> point_words(0, 28.5, 0.041, 0.0)
    '0 moves cost 4.1 % (28.5 points) against the best plan; no plan with as few moves is better'
    >>> point_words(1, 0.0, 0.0, 0.0)
    '1 move costs nothing: the best plan of all that place as many; proven'
    """
    head = f"{counted(moves, 'move', 'moves')} {'costs' if moves == 1 else 'cost'}"
    if gap is None:
        proof = "how much better one with as few moves could be is not known"
    elif gap > 0:
        proof = f"one with as few moves is worth at most {said_points(gap)} points more"
    else:
        proof = "no plan with as few moves is better"
    if loss == 0 and gap == 0:
        return f"{head} nothing: the best plan of all that place as many; proven"
    if loss == 0:
        return f"{head} nothing: the best plan found; {proof}"
    amount = f"{said_points(loss)} {'point' if loss == 1 else 'points'}"
    cost = amount if share is None else f"{said_share(share)} ({amount})"
    return f"{head} {cost} against the best plan; {proof}"


def said_share(share: float) -> str:
    """Say a share in per cent with one decimal, two where one would round it to nothing.

    Examples
    --------
    >>> said_share(0.0412), said_share(0.0003), said_share(0.000001)
    ('4.1 %', '0.03 %', 'less than 0.01 %')
    """
    if 0 < share < 0.0001:
        return "less than 0.01 %"
    return f"{100 * share:.{1 if share >= 0.001 or share == 0 else 2}f} %"


def _sentences(
    line: TradeOff, chosen: MovePoint, before: Before, diffs: Sequence[SchoolDiff], kept: int
) -> tuple[str, ...]:
    forced = [diff for diff in diffs if diff.kind == "forced"]
    bare = sum(diff.after is None for diff in forced)
    parts = [f"{counted(kept, 'school keeps its mentor', 'schools keep their mentor')}"]
    if forced:
        cannot = counted(len(forced), "school cannot keep its mentor", "schools cannot keep their mentor")
        none = f" ({bare} of them {'has' if bare == 1 else 'have'} none now)" if bare else ""
        parts.append(f"{cannot} because of the changes{none}")
    parts += _moved_words(diffs, "further " if forced else "")
    told = ["; ".join(parts) + "."]
    there = sum(host is not None for host in before.hosts.values())
    placed = (
        f"{line.placed} of {counted(len(chosen.host_of), 'school is', 'schools are')} placed "
        f"(before: {there} of {len(before.hosts)})"
    )
    if line.placed == line.placed_bound:
        told.append(f"{placed}; it is proven that no plan places more.")
    else:
        told.append(f"{placed}; whether a plan could place more is not known, the search was cut short.")
    told.append(_moves_sentence(line, chosen))
    return tuple(told)


def _moved_words(diffs: Sequence[SchoolDiff], further: str) -> list[str]:
    """Say apart how many go to another mentor and how many lose theirs, of those that could have stayed."""
    moved = [diff for diff in diffs if diff.kind == "moved"]
    lost = sum(diff.after is None for diff in moved)
    said = []
    if lost < len(moved) or not lost:
        said.append(counted(len(moved) - lost, f"{further}school moves", f"{further}schools move"))
    if lost:
        said.append(counted(lost, f"{further}school loses its mentor", f"{further}schools lose their mentor"))
    return said


def _moves_sentence(line: TradeOff, chosen: MovePoint) -> str:
    """Say how few moves would do, and what those beyond that gain."""
    least = counted(line.least.moves, "move", "moves")
    if chosen.moves > line.least.moves:
        gain = said_points((chosen.objective - line.least.objective) / SCALE)
        proven = ", which is proven" if line.least_is_proven else ", as far as was found"
        do = f"{least} would do{proven}" if line.least.moves else "Nobody else would have to move"
        return f"{do}; the moves beyond that gain {gain} points."
    if line.least.moves == 0:
        return "Nobody else has to move."
    if line.least_is_proven:
        return f"It is proven that no plan that places as many needs fewer than {least}."
    return (
        f"{least} would do; fewer were not found, and at least {line.least_bound} must move to place as many."
    )


class _Diffs:
    def __init__(
        self, before: Before, encoding: Encoding, line: TradeOff, chosen: MovePoint, changes: Sequence[Change]
    ) -> None:
        self._before, self._encoding, self._stays = before, encoding, line.stays
        solution = Solution(chosen.host_of)
        self._view = view_of(encoding, solution, evaluate(encoding.problem, solution))
        self._judge = MoveJudge(self._view)
        self._proven = chosen.is_proven
        self._changes: dict[str, Change] = {}
        for change in changes:
            self._changes.setdefault(change.school, change)
        self._asked = {one.school: one for one in changes if one.change in HAND_EDITS}
        self._old_names = {one.school_id: one.name for one in before.intake.schools}
        self._names = self._old_names | {one.school_id: one.name for one in encoding.intake.schools}

    def all(self) -> tuple[SchoolDiff, ...]:
        """Find every school whose mentor differs, by id."""
        ids = self._encoding.mentee_ids
        found = [diff for at, key in enumerate(ids) if (diff := self._of(at, key)) is not None]
        gone = sorted(set(self._before.hosts) - set(ids))
        found += [self._diff(key, "left", None, self._left(key)) for key in gone]
        return tuple(sorted(found, key=lambda diff: diff.school_id))

    def _of(self, mentee: int, key: str) -> SchoolDiff | None:
        host = self._view.host_of[mentee]
        after = None if host == UNASSIGNED else self._encoding.host_ids[host]
        if key not in self._before.hosts:
            return self._diff(key, "joined", after, self._joined(mentee, key, after))
        was = self._before.hosts[key]
        if was == after:
            return None
        if was is None:
            words = self._asked_for(key, after) or "It had no mentor; there is a place for it now."
            return self._diff(key, "placed", after, words)
        if self._stays[mentee]:
            words = reason_of_move(self._view, self._judge, self._came_to(), mentee, self._host_at(was))
            return self._diff(key, "moved", after, self._with_end(mentee, words))
        return self._diff(key, "forced", after, self._with_end(mentee, self._forced(mentee, key, was, after)))

    def _diff(self, key: str, kind: str, after: str | None, why: str) -> SchoolDiff:
        was = self._before.hosts.get(key)
        return SchoolDiff.model_validate(
            {
                "school_id": key,
                "name": self._names[key],
                "kind": kind,
                "before": was,
                "before_name": None if was is None else self._names[was],
                "after": after,
                "after_name": None if after is None else self._names[after],
                "why": why,
            }
        )

    def _host_at(self, host_id: str) -> int:
        return self._encoding.host_ids.index(host_id)

    def _came_to(self) -> dict[int, tuple[int, ...]]:
        """Find the mentees of each host that were not there before, or were put there by hand."""
        ids, hosts = self._encoding.mentee_ids, self._encoding.host_ids
        moved_by_hand = {key for key, one in self._asked.items() if one.change is ChangeKind.MOVE}
        return {
            host: tuple(
                at
                for at in members
                if ids[at] in moved_by_hand or self._before.hosts.get(ids[at]) != hosts[host]
            )
            for host, members in enumerate(self._view.members)
        }

    def _forced(self, mentee: int, key: str, was: str, after: str | None) -> str:
        asked = self._asked_for(key, after)
        if asked:
            return asked
        if was not in self._encoding.host_ids:
            return f"Its mentor {self._names[was]} ({was}) left{self._because(was)}."
        at = self._host_at(was)
        places = int(self._encoding.problem.max_load[at])
        if places < self._encoding.intake.mentees[mentee].demand:
            offers = f"offers {counted(places, 'place', 'places') if places else 'no place'} now"
            return f"Its mentor {self._names[was]} ({was}) {offers}{self._because(was)}."
        bars = bars_on(self._encoding, mentee, at)
        if bars:
            return f"It may no longer be with {self._names[was]} ({was}). {' '.join(bars)}"
        return f"It is locked to another mentor than {self._names[was]} ({was})."

    def _asked_for(self, key: str, after: str | None) -> str:
        change = self._asked.get(key)
        if change is None or after != (change.other or self._before.hosts.get(key)):
            return ""
        by = f" by {change.author}" if change.author else ""
        return f"Asked for by hand{by}{self._because(key, change)}."

    def _because(self, key: str, change: Change | None = None) -> str:
        change = change or self._changes.get(key)
        return f" ({change.reason.rstrip('.')})" if change is not None and change.reason else ""

    def _left(self, key: str) -> str:
        return f"The school takes part no more{self._because(key)}."

    def _joined(self, mentee: int, key: str, after: str | None) -> str:
        return self._with_end(
            mentee, self._asked_for(key, after) or f"The school is new{self._because(key)}."
        )

    def _with_end(self, mentee: int, words: str) -> str:
        """Add why it has no mentor now, if it has none."""
        if self._view.host_of[mentee] != UNASSIGNED:
            return words
        reason = reason_of(self._view, self._judge, mentee, proven=self._proven)
        return f"{words} {as_sentence(reason)}"


def as_asked(encoding: Encoding, changes: Sequence[Change], hosts: Mapping[str, str | None]) -> Encoding:
    """Hold every pin and move, also where the policy lets locks give way: what is asked by hand is no wish.

    Parameters
    ----------
    encoding : Encoding
        Of the changed intake.
    changes : sequence of Change
    hosts : mapping of str to (str or None)
        The plan before: a pin without a mentor means this one.

    Returns
    -------
    Encoding
        The same but for further locks of its problem.
    """
    problem = encoding.problem
    mentees = {key: at for at, key in enumerate(encoding.mentee_ids)}
    seats = {key: at for at, key in enumerate(encoding.host_ids)}
    for one in changes:
        if one.change in HAND_EDITS:
            goal = one.other or hosts.get(one.school) or ""
            problem = with_lock(problem, mentees[one.school], seats[goal])
    return replace(encoding, problem=problem)


def mapped_plan(encoding: Encoding, hosts: Mapping[str, str | None]) -> Solution:
    """Put an earlier plan into the numbers of a changed problem; what is not there any more is left out."""
    seat = {key: at for at, key in enumerate(encoding.host_ids)}
    found = [seat.get(hosts.get(key) or "", UNASSIGNED) for key in encoding.mentee_ids]
    return Solution(np.array(found, dtype=np.int64))

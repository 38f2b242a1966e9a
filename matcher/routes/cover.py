"""From a run and a mentor that may drop out to who covers, and to what a new plan would lose."""

from __future__ import annotations

from pathlib import Path

from matcher.analysis.asked_school import school_of
from matcher.analysis.cover import limits_each, said_cover
from matcher.analysis.document_part import DocumentPart
from matcher.analysis.outlook_document import Cover
from matcher.analysis.wording import counted, rounded, rounded_or_none, said_points
from matcher.encoding.reserve import without_reserve
from matcher.exceptions import UsageError
from matcher.models import refuse_hubs, refuse_if_ordered
from matcher.pipeline import Watch, settings_of
from matcher.problem import SCALE
from matcher.profiles import Role
from matcher.questions import Answers
from matcher.questions.cover import Covered, Rearranged, cover, cover_each, cover_with_moves
from matcher.runs.opened import OpenRun, open_run
from matcher.solution import UNASSIGNED


class OtherMove(DocumentPart):
    """One school that has another mentor, or none, in the new plan."""

    mentee_id: str
    before: str | None
    after: str | None


class NewPlan(DocumentPart):
    """The best plan without the mentor if everybody may move."""

    possible: bool
    """False where it is proven that no plan keeps the hard rules without the mentor."""
    loss: float | None
    """Points that it is worth less than the plan at hand; None if none was found."""
    loss_at_least: float | None
    """Points that no plan without the mentor can lose less than; equal to `loss` where proven."""
    moves: tuple[OtherMove, ...]
    """The mentor's own schools and all others that move, by id."""

    @property
    def settled(self) -> bool:
        """Whether it is proven what the plan loses, or that there is none."""
        return not self.possible or (self.loss is not None and self.loss == self.loss_at_least)


class DropOut(DocumentPart):
    """What one drop-out means."""

    cover: Cover
    new_plan: NewPlan | None
    """None where it was not asked for."""
    names: dict[str, str]
    """Names of the schools concerned, by id."""

    @property
    def settled(self) -> bool:
        """Whether no limit cut the search for a new plan short, where one was asked for."""
        return self.new_plan is None or self.new_plan.settled

    def text(self) -> str:
        """Return it as plain text, one school a line."""
        found, who = self.cover, self._named
        head = (
            f"If {who(found.host_id)} drops out and everybody else stays, the plan loses "
            f"{'' if found.proven else 'at most '}{said_points(found.loss)} points; "
            f"{counted(found.uncovered, 'school has', 'schools have')} no mentor."
        )
        lines = [head, *(f"  - {self._taken(at)}" for at in range(len(found.moves))), *found.broken]
        return "\n".join([*lines, *self._new_plan()]) + "\n"

    def _taken(self, at: int) -> str:
        move = self.cover.moves[at]
        if move.host_id is None:
            return f"{self._named(move.mentee_id)}: nobody can"
        change = "less" if move.loss >= 0 else "more"
        points = f"{said_points(abs(move.loss))} points {change}"
        return f"{self._named(move.mentee_id)} to {self._named(move.host_id)} ({points})"

    def _new_plan(self) -> list[str]:
        plan = self.new_plan
        if plan is None:
            return []
        if not plan.possible:
            return ["Even if everybody may move, no plan keeps all hard rules without this mentor."]
        if plan.loss is None:
            return ["If everybody may move: the limit was reached before a plan was found."]
        sure = "the least there is" if plan.loss == plan.loss_at_least else "the least that was found"
        lines = [f"If others may move, too, the plan loses {said_points(plan.loss)} points, {sure}:"]
        for move in plan.moves:
            before, after = (
                "no mentor" if one is None else self._named(one) for one in (move.before, move.after)
            )
            lines.append(f"  - {self._named(move.mentee_id)}: {before} → {after}")
        return lines

    def _named(self, school_id: str) -> str:
        return f"{self.names[school_id]} ({school_id})"


def find_cover(
    run: OpenRun | Path | str,
    mentor: str | None = None,
    *,
    others_move: bool = False,
    watch: Watch | None = None,
) -> tuple[DropOut, ...]:
    """Say what happens if a mentor drops out: who takes its schools, who is left over, what is lost.

    Parameters
    ----------
    run : OpenRun, Path or str
    mentor : str, optional
        Id of a mentor or a cluster; without, each mentor that leads a cluster in turn.
    others_move : bool
        Whether to seek the best plan in which everybody may move, too.
    watch : Watch, optional
        Listener of the searches.

    Returns
    -------
    tuple of DropOut
        By mentor id.

    Raises
    ------
    UsageError
        If the run has no such mentor, or it leads no cluster.
    """
    run = run if isinstance(run, OpenRun) else open_run(run)
    refuse_hubs(run.encoding.policy, "What a drop-out costs")
    refuse_if_ordered(run.encoding.policy, "What a drop-out costs", run.document.first)
    watch = watch or Watch()
    problem, limits = without_reserve(run.encoding), limits_each(run.encoding)
    if mentor is None:
        found = cover_each(problem, run.solution, settings=limits, should_stop=watch.should_stop)
    else:
        found = (cover(problem, run.solution, [_host_of(run, mentor)], settings=limits),)
    answers = Answers(
        settings_of(run.encoding.policy), on_progress=watch.on_progress, should_stop=watch.should_stop
    )
    answers.remember(problem, run.solution, bound=_bound(run))
    stories = []
    for one in found:
        moved = None
        if others_move:
            moved = cover_with_moves(problem, run.solution, one.hosts, answers=answers, start=one.plan)
        stories.append(_story(run, one, moved))
    return tuple(stories)


def _bound(run: OpenRun) -> int | None:
    """Proven bound of the plan; unknown where places are kept free, which a drop-out may take."""
    kept = without_reserve(run.encoding) is run.encoding.problem
    return run.document.proof.bound_units if kept else None


def _host_of(run: OpenRun, mentor: str) -> int:
    school = school_of(run.document, mentor, Role.MENTOR)
    if school not in run.encoding.host_ids:
        raise UsageError(f"{school} is not a mentor. Name one that leads a cluster.")
    host = run.encoding.host_ids.index(school)
    if not len(run.solution.members(host)):
        raise UsageError(f"{school} leads no cluster: nothing is lost if it drops out.")
    return host


def _story(run: OpenRun, found: Covered, moved: Rearranged | None) -> DropOut:
    said = said_cover(run.encoding, found)
    new = None if moved is None else _new_plan(run, moved)
    ids = {said.host_id, *(move.mentee_id for move in said.moves)}
    ids |= {move.host_id for move in said.moves if move.host_id is not None}
    for move in () if new is None else new.moves:
        ids |= {one for one in (move.mentee_id, move.before, move.after) if one is not None}
    names = {card.school_id: card.name for card in run.document.schools if card.school_id in ids}
    return DropOut(cover=said, new_plan=new, names=names)


def _new_plan(run: OpenRun, moved: Rearranged) -> NewPlan:
    encoding = run.encoding
    moves = []
    if moved.plan is not None:
        pairs = zip(run.solution.host_of.tolist(), moved.plan.host_of.tolist(), strict=True)
        for mentee, (before, after) in enumerate(pairs):
            if before != after:
                ids = [None if host == UNASSIGNED else encoding.host_ids[host] for host in (before, after)]
                moves.append(OtherMove(mentee_id=encoding.mentee_ids[mentee], before=ids[0], after=ids[1]))
    least = None if moved.at_least is None else moved.at_least / SCALE
    return NewPlan(
        possible=moved.possible,
        loss=None if moved.loss is None else rounded(moved.loss / SCALE),
        loss_at_least=rounded_or_none(least),
        moves=tuple(moves),
    )

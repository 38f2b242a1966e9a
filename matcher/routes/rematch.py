"""From a run and what has changed to the plan with the fewest moves, and the whole line beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from matcher.analysis.build import build_document
from matcher.analysis.conflict import conflict_sentences
from matcher.analysis.rematch import Before, as_asked, build_rematch, mapped_plan
from matcher.changes import Change
from matcher.encoding import Encoding, encode
from matcher.exceptions import InfeasibleError, InputError, UsageError
from matcher.intake.changes_apply import apply_changes
from matcher.intake.changes_checks import soft_notes
from matcher.intake.changes_origin import check_changed
from matcher.intake.origin import IntakeReading
from matcher.models import refuse_if_ordered
from matcher.pipeline import (
    Watch,
    contradiction_text,
    raise_without_plan,
    settings_of,
    with_outlook,
    with_policy_issues,
)
from matcher.plan import Plan
from matcher.policy.loader import dump_policy
from matcher.profiles import Intake
from matcher.questions import Answers
from matcher.questions.moves import MovePoint, TradeOff, trade_off
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.routes.changes import Request, edit_records, hosts_of, read_request
from matcher.runs.opened import OpenRun, open_run, sealed_intake
from matcher.runs.pinned import answered
from matcher.runs.record import sha256_of_text
from matcher.runs.write import RunInputs, write_run
from matcher.solution import Solution
from matcher.solvers.versions import versions


@dataclass(frozen=True, slots=True)
class Choice:
    """Which point of the line to take; the one with the fewest moves if nothing is said.

    Attributes
    ----------
    most_moves : int or None
        The best plan with at most so many moves.
    most_loss : float or None
        The plan with the fewest moves that is at most this share, in [0, 1], below the best.
    """

    most_moves: int | None = None
    most_loss: float | None = None

    def point(self, line: TradeOff) -> MovePoint:
        """Pick the point; raises UsageError if none fits or both are asked for."""
        if self.most_moves is not None and self.most_loss is not None:
            raise UsageError("Give either the most moves or the most loss, not both.")
        if self.most_moves is not None:
            point = line.within_moves(self.most_moves)
            if point is None:
                raise UsageError(
                    f"{self.most_moves} moves are too few: the fewest are {line.least.moves}. "
                    "Allow more, or leave the limit out."
                )
            return point
        if self.most_loss is not None:
            return line.within_loss(math.floor(self.most_loss * max(0, line.best.objective)))
        return line.least


@dataclass(frozen=True, slots=True, eq=False)
class Rematch:
    """A plan that came from an earlier one.

    Attributes
    ----------
    plan : Plan
        ``plan.document.rematch`` says what changed and why, and holds the line in words.
    line : TradeOff
        The line in numbers.
    encoding : Encoding
        Of the changed intake.
    inputs : RunInputs
    seconds : dict of str to float
    """

    plan: Plan
    line: TradeOff
    encoding: Encoding
    inputs: RunInputs
    seconds: dict[str, float]

    def write(self, out: Path | str, *, force: bool = False) -> Path:
        """Write a run folder that names the earlier run; raises UsageError if `out` may not be written."""
        return write_run(Path(out), self.plan.document, self.inputs, self.seconds, force=force)


def rematch(
    run: OpenRun | Path | str,
    changes: Path | str | Sequence[Change] | None = None,
    *,
    pins: Path | str | None = None,
    new_schools: Path | str | IntakeReading | Intake | None = None,
    most_moves: int | None = None,
    most_loss: float | None = None,
) -> Rematch:
    """Change a plan with as few moves as possible, and say what more moves would gain.

    Parameters
    ----------
    run : OpenRun, Path or str
        The run to start from.
    changes : Path, str or sequence of Change, optional
        A changes file, a corrected ``result.xlsx``, or the changes themselves.
    pins : Path or str, optional
        A corrected ``result.xlsx`` beside the changes.
    new_schools : Path, str, IntakeReading or Intake, optional
        Intake of the schools that join.
    most_moves : int, optional
        Take the best plan with at most so many moves instead of the one with the fewest.
    most_loss : float, optional
        Take the plan with the fewest moves that is at most this share, in [0, 1], below the best.

    Returns
    -------
    Rematch

    Raises
    ------
    UsageError, VerificationError, InputError, InfeasibleError, NoPlanError
        If the run or a file is not there; if the run was tampered with; if the changes have faults; if no
        plan can answer them; if a limit was reached before any plan was found.
    """
    run = run if isinstance(run, OpenRun) else open_run(run)
    request = read_request(
        run,
        Path(changes) if isinstance(changes, str) else changes,
        pins=None if pins is None else Path(pins),
        new_schools=Path(new_schools) if isinstance(new_schools, str) else new_schools,
    )
    return rematch_run(run, request, Choice(most_moves, most_loss), Watch())


def rematch_run(run: OpenRun, request: Request, choice: Choice, watch: Watch) -> Rematch:
    """Answer a request; the route behind :func:`rematch` and the command line.

    Parameters
    ----------
    run : OpenRun
    request : Request
    choice : Choice
    watch : Watch
        Listener; its `seconds` are filled.

    Returns
    -------
    Rematch

    Raises
    ------
    UsageError, InputError, InfeasibleError, NoPlanError, KeyboardInterrupt
        As for :func:`rematch`; KeyboardInterrupt if it was stopped before any plan was found.
    """
    hosts, policy = hosts_of(run), run.encoding.policy
    refuse_if_ordered(policy, "What moves gain", run.document.first)
    with watch.stage("check"):
        joining = None if request.joining is None else request.joining.intake
        before = sealed_intake(run.folder)
        intake, notes = apply_changes(before, request.changes, hosts=hosts, joining=joining)
        notes += soft_notes(request.changes, policy)
        issues, origin = check_changed(before, intake, request.rows, request.joining)
        issues = (*request.warnings, *issues)
        if any(issue.is_error for issue in issues):
            raise InputError(issues)
    with watch.stage("score"):
        encoding = encode(intake, policy)
        issues = with_policy_issues(issues, intake, origin, encoding)
        held = as_asked(encoding, request.changes, hosts)
        known = conflict_sentences(held)
    if known:
        raise InfeasibleError(contradiction_text(held, known))
    with watch.stage("rematch"):
        answers = Answers(settings_of(policy), policy.solve.method, watch.on_progress, watch.should_stop)
        answers.remember(run.encoding.problem, run.solution, bound=run.document.proof.bound_units)
        line = trade_off(held.problem, mapped_plan(encoding, hosts), answers)
        stopped = watch.should_stop is not None and watch.should_stop()
        raise_without_plan(held, _result(line, None, stopped=stopped))
        chosen = choice.point(line)
        if len(held.problem.locked) > len(encoding.problem.locked):  # the policy itself may prefer another
            free = answers.solve(encoding.problem, warm_start=Solution(chosen.host_of)).bound
            line = replace(line, free_bound=free)
    with watch.stage("explain"):
        result = _result(line, chosen, stopped=stopped)
        document = build_document(encoding, result, issues, policy_sha256=sha256_of_text(dump_policy(policy)))
        was = Before(before, hosts, run.evaluation.objective)
        report = build_rematch(was, encoding, line, chosen, changes=request.changes, notes=notes)
        document = document.model_copy(update={"rematch": report})
    document = with_outlook(document, encoding, result, watch)
    dropped = () if request.joining is None else request.joining.dropped_columns
    edits = answered(edit_records(request, run), document)
    inputs = RunInputs(intake, policy, request.sources, dropped, earlier=run, edits=edits)
    return Rematch(Plan(document), line, encoding, inputs, watch.seconds)


def _result(line: TradeOff, chosen: MovePoint | None, *, stopped: bool) -> Result:
    """Make a result of one point; without a point, of a line that has none."""
    if chosen is None:
        if line.points:
            chosen = line.least
        else:
            return Result(
                line.status, None, None, None, line.methods, "", _end(line, stopped=stopped), line.seed
            )
    cut_short = stopped and line.status is not SolveStatus.OPTIMAL
    proven = chosen.is_proven and line.least_is_proven and not cut_short
    end = StoppedBy.PROOF if proven else _end(line, stopped=stopped)
    best = chosen.objective == line.free_bound
    return Result(
        status=SolveStatus.OPTIMAL if best else SolveStatus.FEASIBLE,
        host_of=np.array(chosen.host_of),
        objective=chosen.objective,
        bound=line.free_bound,
        method=line.methods,
        reason="as many schools placed as can be, then as few moved as possible, then the best plan",
        stopped_by=end,
        seed=line.seed,
        versions=versions(),
        work=line.work,
    )


def _end(line: TradeOff, *, stopped: bool) -> StoppedBy:
    """Say what left something unproven; with every search proven it is the number of plans sought."""
    if stopped:
        return StoppedBy.INTERRUPT
    return StoppedBy.WORK_LIMIT if line.stopped_by is StoppedBy.PROOF else line.stopped_by

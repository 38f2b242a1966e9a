"""From a run and a hand edit to its verdict: broken rules, change of points, the best plan that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.analysis.conflict import conflict_sentences
from matcher.analysis.edit import Judged, change_words, judge_edit
from matcher.analysis.edit_document import EditAnswer, EditReport
from matcher.analysis.rematch import Before, as_asked, build_rematch, mapped_plan
from matcher.analysis.wording import counted, rounded, said_points
from matcher.changes import Change
from matcher.encoding import encode
from matcher.intake.changes_apply import apply_changes
from matcher.models.search import is_ordered, refuse_without_mentors
from matcher.pipeline import Watch, settings_of
from matcher.problem import SCALE
from matcher.questions import Answers
from matcher.questions.moves import trade_off
from matcher.result import SolveStatus, StoppedBy
from matcher.routes.changes import Request, hosts_of, read_request
from matcher.runs.opened import OpenRun, open_run

NOT_SOUGHT = (
    "The best plan that keeps the edit is not sought, as the policy puts something else before points: pin "
    "it in result.xlsx and use matcher match --pins."
)
NOT_OF_A_LAYER = (
    "The best plan that keeps the edit is not sought: this run is one layer of several, found together with "
    "the others. Change the intake or the policy, and run matcher match with all layers again."
)
_CUT_SHORT = {
    StoppedBy.INTERRUPT: "The search was stopped: what is said of the best plan holds as far as was found.",
    StoppedBy.WORK_LIMIT: "The limit of work ended the search: of the best plan it says what was found.",
    StoppedBy.TIME_LIMIT: "The limit of time ended the search: of the best plan it says what was found.",
}


def score_edit(run: OpenRun | Path | str, edits: Path | str | Sequence[Change]) -> EditReport:
    """Judge a hand edit of a plan at once.

    Parameters
    ----------
    run : OpenRun, Path or str
    edits : Path, str or sequence of Change
        A changes file with pins and moves, a corrected ``result.xlsx``, or the changes themselves.

    Returns
    -------
    EditReport
        Broken rules in words, change of points by school and in total, and the plan that keeps the edit
        with the fewest further moves.

    Raises
    ------
    UsageError, VerificationError, InputError
        If the run or a file is not there; if the run was tampered with; if the edits have faults.
    """
    run = run if isinstance(run, OpenRun) else open_run(run)
    request = read_request(run, Path(edits) if isinstance(edits, str) else edits, only_edits=True)
    return score_run(run, request, Watch())


def score_run(run: OpenRun, request: Request, watch: Watch) -> EditReport:
    """Judge a request of pins and moves; the route behind :func:`score_edit` and the command line.

    Parameters
    ----------
    run : OpenRun
    request : Request
        Pins and moves alone.
    watch : Watch

    Returns
    -------
    EditReport
    """
    refuse_without_mentors(run.encoding.policy, "An edit by hand")
    hosts = hosts_of(run)
    edited = dict(hosts)
    for edit in request.changes:
        if edit.other is not None:  # a pin without a mentor keeps the present one
            edited[edit.school] = edit.other
    with watch.stage("judge"):
        judged = judge_edit(run.encoding, run.solution, edited)
    with watch.stage("rematch"):
        answer, why_not, end = _answer(run, request, edited, watch)
    change = rounded((judged.after - judged.before) / SCALE)
    return EditReport(
        edits=request.changes,
        allowed=not judged.broken,
        broken=judged.broken,
        gave_way=judged.gave_way,
        points_before=rounded(judged.before / SCALE),
        points_after=rounded(judged.after / SCALE),
        change=change,
        schools=judged.schools,
        rest=judged.rest,
        answer=answer,
        why_no_answer=why_not,
        stopped_by=str(end),
        sentences=_sentences(judged, change, answer, why_not, _CUT_SHORT.get(end)),
    )


def _answer(
    run: OpenRun, request: Request, edited: dict[str, str | None], watch: Watch
) -> tuple[EditAnswer | None, tuple[str, ...], StoppedBy]:
    """Find the plan that keeps the edit with the fewest further moves."""
    if is_ordered(run.encoding.policy):
        return None, (NOT_SOUGHT,), StoppedBy.PROOF
    if run.document.first:
        return None, (NOT_OF_A_LAYER,), StoppedBy.PROOF
    intake, notes = apply_changes(run.encoding.intake, request.changes, hosts=edited)
    encoding = as_asked(encode(intake, run.encoding.policy), request.changes, edited)
    known = conflict_sentences(encoding)
    if known:
        return None, known, StoppedBy.PROOF
    answers = Answers(
        settings_of(run.encoding.policy),
        run.encoding.policy.solve.method,
        watch.on_progress,
        watch.should_stop,
    )
    answers.remember(run.encoding.problem, run.solution, bound=run.document.proof.bound_units)
    ends = 0  # only the fewest moves and the best of all: whoever edits by hand wants to know at once
    line = trade_off(encoding.problem, mapped_plan(encoding, edited), answers, most_solves=ends)
    if not line.points:
        why = "The search ended before a plan was found that keeps the edit."
        if line.status is SolveStatus.INFEASIBLE:
            why = "It is proven that no plan keeps the edit and every rule that must hold."
        return None, (why,), line.stopped_by
    before = Before(intake, edited, run.evaluation.objective)
    told = build_rematch(before, encoding, line, line.least, changes=request.changes, notes=notes)
    return (
        EditAnswer(
            further_moves=line.least.moves,
            least_is_proven=line.least_is_proven,
            change=rounded((line.least.objective - run.evaluation.objective) / SCALE),
            line=told.line,
            diffs=told.diffs,
            sentences=told.sentences[1:],
        ),
        (),
        line.stopped_by,
    )


def _sentences(
    judged: Judged, change: float, answer: EditAnswer | None, why_not: tuple[str, ...], cut_short: str | None
) -> tuple[str, ...]:
    told = []
    if judged.broken:
        told.append(
            f"The edit breaks {counted(len(judged.broken), 'rule that must', 'rules that must')} hold; "
            f"leaving that aside, the plan {change_words(change)}."
        )
    else:
        told.append(f"The edit keeps every rule that must hold; the plan {change_words(change)}.")
    if why_not == (NOT_SOUGHT,):
        told.append(NOT_SOUGHT)
    elif answer is None:
        told.append(f"No plan is known that keeps the edit and every such rule. {' '.join(why_not)}")
    else:
        moves = counted(answer.further_moves, "other school has to move", "other schools have to move")
        who = moves if answer.further_moves else "nobody else has to move"
        proof = "" if answer.least_is_proven else ", as far as was found"
        told.append(
            f"To keep the edit and every rule, {who}{proof}; that plan {change_words(answer.change)} "
            "against the one before the edit."
        )
        best = answer.line[-1]
        if best.moves > answer.further_moves:
            gain = said_points(best.points - answer.line[0].points)
            told.append(
                f"With {counted(best.moves, 'move', 'moves')} of others it could gain {gain} points more."
            )
    if cut_short is not None:
        told.append(cut_short)
    return tuple(told)

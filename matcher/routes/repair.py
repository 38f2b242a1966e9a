"""From an intake whose hard rules contradict each other to the smallest conflict and the cheapest repairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from matcher.analysis.concede import change_words, concessions_of, repair_sentences, stand_in_words
from matcher.analysis.conflict import conflict_sentences
from matcher.analysis.repair_document import (
    WITHOUT_POINTS,
    PatchChange,
    RepairDocument,
    RepairOption,
    RepairPatch,
)
from matcher.analysis.repair_words import shortage_lines, summary_of
from matcher.analysis.smallest import conflict_lines, smallest_conflict
from matcher.analysis.ways_out import PRICE_UNITS, relaxations_of
from matcher.analysis.wording import rounded
from matcher.encoding import Encoding, encode
from matcher.encoding.reserve import reserve_of, row_label
from matcher.exceptions import UsageError
from matcher.intake.origin import IntakeReading
from matcher.issues import Issue
from matcher.models.search import is_ordered, refuse_hubs
from matcher.pipeline import Watch, form_clusters, settings_of
from matcher.policy.model import Policy
from matcher.problem import SCALE, Problem
from matcher.profiles import Intake
from matcher.questions import Answers
from matcher.questions.conflict import ConflictState
from matcher.questions.demands import Demands
from matcher.questions.relaxing import Relaxations
from matcher.questions.repair import Repairs, RepairState, find_repairs
from matcher.questions.repaired import Repair
from matcher.questions.stand_ins import stand_ins
from matcher.result import Result, SolveStatus
from matcher.routes.patches import patched, sha256_of_rules
from matcher.runs.files import Writer
from matcher.runs.write import RunInputs, write_run
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import SolveSettings

WHOLE_PAIRS = 10_000
"""Eligible pairs up to which each repaired programme is solved with its whole objective."""
FIRST_GAP = 0.02
"""Relative gap at which the first plan of a larger repaired programme is good enough."""
WORK_OF_A_SEARCH = 15.0
"""Work units of each search for a repair, at most."""
MOST_REPAIRS = 5
MOST_STAND_INS = 3
"""Places in regions up to which it is looked who else could take them."""
MAY_BE_MORE = "There may be more of that price."
MORE = "There are more of that price, and the plan of one of them may be better: --most lists more."


def repair(
    intake: Intake, policy: Policy | None = None, *, most: int = MOST_REPAIRS, watch: Watch | None = None
) -> RepairDocument:
    """Find the smallest conflict of an intake and the cheapest repairs that its policy allows.

    Parameters
    ----------
    intake : Intake
        Without errors.
    policy : Policy, optional
        Its part `repair` says what may be given up, at what price; the default policy if None.
    most : int, default 5
        Repairs listed at most.
    watch : Watch, optional

    Returns
    -------
    RepairDocument
        Without repairs where there is no conflict.
    """
    policy, watch = policy or Policy(), watch or Watch()
    if policy.layers.of:
        raise UsageError(
            f"Policy {policy.name!r} has layers, each with rules of its own, and a repair would be of none "
            "of them. Match one layer as a policy of its own instead."
        )
    refuse_hubs(policy, "What a repair may give up")
    with watch.stage("score"):
        encoding = encode(intake, policy)
    others = [row for row in encoding.problem.rows if row.price is None and reserve_of(row.key) is None]
    if others:
        raise UsageError(
            f"matcher repair does not know what a hard limit on a sum is worth ({row_label(others[0].key)}). "
            "Make it soft, or wider, and run it again."
        )
    with watch.stage("conflict"):
        demands, conflict, lines = smallest_conflict(encoding, watch.should_stop, watch.on_check)
    if conflict.state is not ConflictState.FOUND:
        return _document(encoding, lines, (0, False), None, ())
    with watch.stage("repair"):
        relaxations = relaxations_of(encoding, demands)
        found = find_repairs(
            demands,
            relaxations,
            most=most + 1,  # one more than is listed, so as to know whether there are more
            settings=SolveSettings(
                work_limit=WORK_OF_A_SEARCH, workers=policy.solve.workers, seed=policy.solve.seed
            ),
            should_stop=watch.should_stop,
        )
    more = len(found.repairs) > most
    found = replace(found, repairs=found.repairs[:most], complete=found.complete and not more)
    with watch.stage("prove"):
        settings = settings_of(policy)
        if encoding.problem.n_pairs > WHOLE_PAIRS:  # a first plan: the best one is sought by the match
            settings = replace(settings, relative_gap=max(settings.relative_gap, FIRST_GAP))
        answers = Answers(
            settings,
            method=policy.solve.method,
            on_progress=watch.on_progress,
            should_stop=watch.should_stop,
        )
        options = tuple(
            _proven(intake, encoding, one, _patch(encoding, demands, one, number), answers)
            for number, one in enumerate(found.repairs, start=1)
        )
        options = tuple(
            option.model_copy(update={"stand_ins": said})
            for option, one in zip(options, found.repairs, strict=True)
            for said in [_stand_ins(encoding, demands, relaxations, one, watch)]
        )
    options = in_order(options)
    made = _document(encoding, lines, (len(conflict.demands), conflict.minimal), found, options)
    shortage = shortage_lines(demands)
    return made.model_copy(
        update={
            "shortage": shortage,
            "findings": conflict_sentences(encoding, places=not shortage),
            "state_sentence": made.state_sentence.replace(MAY_BE_MORE, MORE) if more else made.state_sentence,
            "conflict_in_full": conflict_lines(encoding, demands, conflict, names=len(intake.schools)),
        }
    )


def _stand_ins(
    encoding: Encoding, demands: Demands, relaxations: Relaxations, found: Repair, watch: Watch
) -> tuple[str, ...]:
    """Say of each place more in a region who else could take it, where there are few such places."""
    places = [one for one, _ in found.uses if one.group.startswith("places_in[")]
    if len(places) > MOST_STAND_INS:
        return ()
    tried = (stand_ins(demands, relaxations, found, one, should_stop=watch.should_stop) for one in places)
    return tuple(stand_in_words(encoding, one) for one in tried if one.others or one.untried)


def in_order(options: tuple[RepairOption, ...]) -> tuple[RepairOption, ...]:
    """Renumber repairs: the cheapest first, among equals that with the best plan; unsettled ones last."""

    def worth(one: RepairOption) -> tuple[float, bool, float]:
        return one.price, one.points is None, -(one.points or 0)

    return tuple(_numbered(one, number) for number, one in enumerate(sorted(options, key=worth), start=1))


def _numbered(option: RepairOption, number: int) -> RepairOption:
    reason = {"reason": _reason(number)}
    changes = tuple(
        change.model_copy(update={"concession": change.concession.model_copy(update=reason)})
        for change in option.patch.changes
    )
    patch = option.patch.model_copy(update={"number": number, "changes": changes})
    patch = patch.model_copy(update={"sha256": patch.seal()})
    return option.model_copy(update={"number": number, "patch": patch})


def _reason(number: int) -> str:
    return f"repair {number} of contradicting rules"


def repaired_run(
    reading: IntakeReading, issues: tuple[Issue, ...], policy: Policy, patch: RepairPatch, watch: Watch
) -> Writer:
    """Match with a repair applied; nothing is written yet.

    Returns
    -------
    callable
        Writes the run into the folder that it is given; the run's sealed policy holds the concessions.
    """
    changed = patched(policy, patch)
    made = form_clusters(reading.intake, changed, issues, reading.origin, watch)
    inputs = RunInputs(reading.intake, changed, reading.sources, reading.dropped_columns)
    return lambda out: write_run(out, made.plan.document, inputs, watch.seconds)


def _proven(
    intake: Intake, encoding: Encoding, found: Repair, patch: RepairPatch, answers: Answers
) -> RepairOption:
    """Solve the programme as repaired, with its true objective."""
    problem = encode(intake, patched(encoding.policy, patch)).problem
    result = answers.solve(problem) if problem.n_pairs <= WHOLE_PAIRS else _first_plan(problem, answers)
    works = None if result.host_of is None else True
    if is_ordered(encoding.policy):  # this plan was sought by points, which do not come first
        return _unpriced(encoding, found, patch, works=works)
    placed = None if result.host_of is None else int((result.host_of != UNASSIGNED).sum())
    return RepairOption(
        number=patch.number,
        price=patch.price,
        sentences=repair_sentences(encoding, found),
        summary=summary_of(found),
        works=works,
        status=str(result.status),
        points=_points(result.objective),
        bound_points=_points(result.bound),
        placed=placed,
        unassigned=None if placed is None else len(encoding.mentee_ids) - placed,
        patch=patch,
    )


def _unpriced(encoding: Encoding, found: Repair, patch: RepairPatch, *, works: bool | None) -> RepairOption:
    """Say that a repair works, and nothing of its points, as something else comes before them."""
    return RepairOption(
        number=patch.number,
        price=patch.price,
        sentences=repair_sentences(encoding, found),
        summary=summary_of(found),
        works=works,
        status=WITHOUT_POINTS if works else "unknown",
        points=None,
        bound_points=None,
        placed=None,
        unassigned=None,
        patch=patch,
    )


def _first_plan(problem: Problem, answers: Answers) -> Result:
    """Find a plan without regard to cohesion, and judge it with: soon, even for a thousand schools."""
    alone = replace(
        problem, cohesion_pair=problem.cohesion_pair[:0], cohesion_value=problem.cohesion_value[:0]
    )
    found = answers.solve(alone)
    if found.host_of is None:
        return found
    worth = evaluate(problem, Solution(found.host_of)).objective
    return replace(found, status=SolveStatus.FEASIBLE, objective=worth, bound=None)


def _points(units: int | None) -> float | None:
    return None if units is None else rounded(units / SCALE)


def _patch(encoding: Encoding, demands: Demands, found: Repair, number: int) -> RepairPatch:
    changes = []
    for use, sentence in zip(found.uses, repair_sentences(encoding, found), strict=True):
        before, after = change_words(encoding, *use)
        for concession in concessions_of(encoding, demands, Repair((use,), 0)):
            named = concession.model_copy(update={"reason": _reason(number)})
            changes.append(PatchChange(concession=named, before=before, after=after, sentence=sentence))
    patch = RepairPatch(
        number=number,
        price=found.price / PRICE_UNITS,
        intake_title=encoding.intake.title,
        policy_name=encoding.policy.name,
        policy_sha256=sha256_of_rules(encoding.policy),
        changes=tuple(changes),
    )
    return patch.model_copy(update={"sha256": patch.seal()})


def _document(
    encoding: Encoding,
    lines: tuple[str, ...],
    conflict: tuple[int, bool],
    found: Repairs | None,
    options: tuple[RepairOption, ...],
) -> RepairDocument:
    return RepairDocument(
        title=encoding.intake.title,
        synthetic=encoding.intake.synthetic,
        policy_name=encoding.policy.name,
        conflict=lines,
        conflict_size=conflict[0],
        conflict_minimal=conflict[1],
        state="no-conflict"
        if found is None and not lines
        else "unsettled"
        if found is None
        else str(found.state),
        state_sentence=_state_sentence(lines, found),
        least_price=0.0 if found is None else found.bound / PRICE_UNITS,
        complete=found is None or found.complete,
        repairs=options,
    )


def _state_sentence(lines: tuple[str, ...], found: Repairs | None) -> str:
    if found is None:
        return (
            lines[0] if lines else "The hard rules do not contradict each other; there is nothing to repair."
        )
    price = f"{found.bound / PRICE_UNITS:g}"
    said: dict[RepairState, Callable[[], str]] = {
        RepairState.CHEAPEST: lambda: (
            f"Proven: no repair that the policy allows costs less than {price}. "
            + ("These are all of that price." if found.complete else MAY_BE_MORE)
        ),
        RepairState.FOUND: lambda: (
            f"The limit was reached: no repair costs less than {price}, these may cost more."
        ),
        RepairState.IMPOSSIBLE: lambda: (
            "Proven: no repair that the policy allows works. Allow more under repair:."
        ),
        RepairState.UNSETTLED: lambda: "The limit was reached before a repair was found.",
    }
    return said[found.state]()

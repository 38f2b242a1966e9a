"""Fewest blocking pairs, then best quality: both proven, part by part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.exceptions import RefereeError
from matcher.problem import Problem, validate
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.budget import Budget, after
from matcher.solvers.clock import now
from matcher.solvers.cp_search import SearchOutcome, search
from matcher.solvers.dispatch import judge
from matcher.solvers.division import Division, unite
from matcher.solvers.incumbents import at_true_worth
from matcher.solvers.presolve import Part, split
from matcher.solvers.priorities import Ordered, Reached
from matcher.solvers.stable.blocking import blocking_pairs
from matcher.solvers.stable.model import StableModel, count_model, quality_model
from matcher.solvers.stable.preferences import Preferences
from matcher.solvers.stable.start import starting_plans
from matcher.solvers.versions import versions

BLOCKING_PAIRS = "blocking-pairs"
"""Key of what is reached: less the number of blocking pairs."""
METHOD = "fewest-blocking"
REASON = "every pair that could block the plan is counted in the model"
UNIT = "blocking pairs"


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of one part: its result, and the fewest blocking pairs that are possible at least."""

    result: Result
    fewest: int


@dataclass(frozen=True, slots=True)
class _Watch:
    """Listener of one part's searches."""

    on_progress: OnProgress | None
    should_stop: ShouldStop | None
    label: str
    constant: int

    def report(self, *, counting: bool) -> OnProgress | None:
        """Return what hears of one search; while counting, values are numbers of pairs below 0."""
        told = self.on_progress
        if told is None:
            return None
        label, unit, constant = self.label, UNIT if counting else "", 0 if counting else self.constant
        return lambda state: told(
            replace(state.shifted(constant), stage=f"{label}{state.stage}", counted=unit)
        )


def fewest_blocking(
    problem: Problem,
    preferences: Preferences,
    settings: SolveSettings | None = None,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Ordered:
    """Find a plan with as few blocking pairs as any that keeps all hard rules, and the best of those.

    The problem is split into parts that do not touch each other; blocking pairs lie within parts and add
    up, so that each part may be solved by itself. In each: a start by deferred acceptance, then the
    integer model for the number of blocking pairs, then for the objective with that number held. To find
    the fewest blocking pairs is hard even without other rules once everybody must be placed (Biró, Manlove
    and Mittal, "Size versus stability in the marriage problem", 2010), so limits may end it unproven.

    Parameters
    ----------
    problem : Problem
        Every pair of it is acceptable to both sides.
    preferences : Preferences
    settings : SolveSettings, optional
        Limits of the whole; each part may use an equal share of what is left, half of it to count.
    on_progress, should_stop : callable, optional
        As for :func:`matcher.solvers.solve`. While pairs are counted, progress is in pairs (see
        :attr:`matcher.result.Progress.counted`). Parts not begun when it is stopped get a short search.

    Returns
    -------
    Ordered
        ``reached`` holds one entry, :data:`BLOCKING_PAIRS`: less the number of blocking pairs of the plan,
        and less the number that no plan can do without. Objective and bound of ``result`` are those among
        plans with at most as many blocking pairs, in every part.

    Raises
    ------
    ValueError
        If the problem is not valid or the ranks are not those of its pairs.
    RefereeError
        If the plan does not survive the referee, or has more blocking pairs than claimed; always a defect.
    """
    settings, started = settings or SolveSettings(), now()
    validate(problem)
    preferences.check(problem)
    parts = split(problem)
    budget = Budget(settings, len(parts), started, constant=problem.constant if len(parts) == 1 else 0)
    found: list[_Found] = []
    for number, part in enumerate(parts, start=1):
        stopped = StoppedBy.INTERRUPT if should_stop is not None and should_stop() else budget.verdict()
        label = f"part {number} of {len(parts)}, " if len(parts) > 1 else ""
        one = _solve_part(
            part.problem,
            preferences.of_part(problem, part),
            budget.share(number) if stopped is None else budget.short(),
            _Watch(on_progress, should_stop, label, budget.constant),
            stopped,
        )
        budget.used += one.result.work
        found.append(one)
        if one.result.status is SolveStatus.INFEASIBLE:
            break
    return _whole(problem, preferences, parts, found, seed=settings.seed, started=started)


def _solve_part(
    problem: Problem,
    preferences: Preferences,
    settings: SolveSettings,
    watch: _Watch,
    stopped: StoppedBy | None,
) -> _Found:
    """Count, then improve; a part that was not begun in time keeps the plan that it starts from."""
    began = now()
    plans, work = starting_plans(problem, preferences, settings)
    start = min(plans, key=lambda plan: _order(problem, preferences, plan)) if plans else None
    fewest, count = 0, None
    counting = StoppedBy.PROOF
    if start is not None:
        count = len(blocking_pairs(problem, preferences, start))
    if count != 0:  # with none already there is nothing to count
        outcome, start = _count(
            problem, preferences, _half(settings, work, began), watch, start, stopped=stopped
        )
        work += outcome.work
        if outcome.status is SolveStatus.INFEASIBLE or start is None:
            return _Found(_without_plan(outcome, work, settings.seed, stopped), 0)
        count = len(blocking_pairs(problem, preferences, start))
        fewest = min(count, max(0, -(outcome.bound if outcome.bound is not None else 0)))
        counting = outcome.stopped_by if stopped is None else stopped
    if start is None or count is None:
        raise RefereeError("A part without blocking pairs has no plan.")  # cannot be: count 0 comes of a plan
    left = after(settings, work, now() - began)
    result = _improve(problem, preferences, left, watch, start=start, most=count, stopped=stopped)
    if count > fewest and counting is not StoppedBy.PROOF and result.stopped_by is StoppedBy.PROOF:
        result = replace(result, stopped_by=counting)
    return _Found(replace(result, work=result.work + work), fewest)


def _order(problem: Problem, preferences: Preferences, plan: Solution) -> tuple[int, int]:
    return len(blocking_pairs(problem, preferences, plan)), -evaluate(problem, plan).objective


def _half(settings: SolveSettings, work: float, began: float) -> SolveSettings:
    """Leave half of what is left for quality."""
    left = after(settings, work, now() - began)
    return replace(
        left,
        work_limit=None if left.work_limit is None else left.work_limit / 2,
        time_limit_s=None if left.time_limit_s is None else left.time_limit_s / 2,
        relative_gap=0.0,
        stop=None,  # a criterion of the policy is about points
    )


def _count(
    problem: Problem,
    preferences: Preferences,
    settings: SolveSettings,
    watch: _Watch,
    start: Solution | None,
    *,
    stopped: StoppedBy | None,
) -> tuple[SearchOutcome, Solution | None]:
    """Look for fewer blocking pairs than those of the start."""
    have = None if start is None else -len(blocking_pairs(problem, preferences, start))
    if stopped is not None and start is not None:
        return SearchOutcome(SolveStatus.UNKNOWN, stopped, (), None, None, 0.0), start
    built = count_model(problem, preferences, start)
    outcome = _search(built, settings, watch, "counting", have, counting=True)
    if outcome.objective is None:
        return outcome, start
    plan = Solution(built.plan(problem, outcome.chosen))
    if start is not None and _order(problem, preferences, start) <= _order(problem, preferences, plan):
        return outcome, start
    return outcome, plan


def _improve(
    problem: Problem,
    preferences: Preferences,
    settings: SolveSettings,
    watch: _Watch,
    *,
    start: Solution,
    most: int,
    stopped: StoppedBy | None,
) -> Result:
    """Look for a better plan with at most so many blocking pairs."""
    worth = evaluate(problem, start).objective
    kept = _result(SolveStatus.FEASIBLE, stopped or StoppedBy.WORK_LIMIT, settings.seed)
    kept = replace(kept, host_of=start.host_of.copy(), objective=worth)
    if stopped is not None:
        return kept
    built = quality_model(problem, preferences, most, start)
    outcome = _search(built, settings, watch, METHOD, worth, counting=False)
    if outcome.status is SolveStatus.INFEASIBLE:
        raise RefereeError("The model says that there is no plan with as few blocking pairs; one is known.")
    if outcome.objective is None:
        return replace(kept, stopped_by=outcome.stopped_by, bound=outcome.bound, work=outcome.work)
    result = replace(
        _result(outcome.status, outcome.stopped_by, settings.seed),
        host_of=built.plan(problem, outcome.chosen),
        objective=outcome.objective,
        bound=outcome.bound,
        work=outcome.work,
    )
    result = at_true_worth(problem, result)
    if result.objective is not None and result.objective < worth:  # it ended before it had reached its start
        return at_true_worth(problem, replace(result, host_of=start.host_of.copy(), objective=worth))
    return result


def _search(
    built: StableModel,
    settings: SolveSettings,
    watch: _Watch,
    stage: str,
    incumbent: int | None,
    *,
    counting: bool,
) -> SearchOutcome:
    return search(
        built.model,
        built.variables.choose,
        settings,
        stage=stage,
        incumbent=incumbent,
        on_progress=watch.report(counting=counting),
        should_stop=watch.should_stop,
    )


def _result(status: SolveStatus, stopped_by: StoppedBy, seed: int) -> Result:
    return Result(
        status=status,
        host_of=None,
        objective=None,
        bound=None,
        method=METHOD,
        reason=REASON,
        stopped_by=stopped_by,
        seed=seed,
        versions=versions(),
    )


def _without_plan(outcome: SearchOutcome, work: float, seed: int, stopped: StoppedBy | None) -> Result:
    status = SolveStatus.INFEASIBLE if outcome.status is SolveStatus.INFEASIBLE else SolveStatus.UNKNOWN
    by = outcome.stopped_by if stopped is None or status is SolveStatus.INFEASIBLE else stopped
    return replace(_result(status, by, seed), work=work)


def _whole(
    problem: Problem,
    preferences: Preferences,
    parts: tuple[Part, ...],
    found: list[_Found],
    *,
    seed: int,
    started: float,
) -> Ordered:
    whole = unite(Division(problem, parts), [one.result for one in found], seed)
    whole = replace(whole, runtime_s=now() - started)
    judge(problem, whole)
    if whole.host_of is None:
        return Ordered(whole, ())
    number = len(blocking_pairs(problem, preferences, Solution(whole.host_of)))
    fewest = sum(one.fewest for one in found)
    if number < fewest:
        raise RefereeError(
            f"It is said that no plan has fewer than {fewest} blocking pairs; one has {number}."
        )
    return Ordered(whole, (Reached(BLOCKING_PAIRS, -number, -fewest),))

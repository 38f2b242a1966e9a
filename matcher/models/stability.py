"""Preferences before points: deferred acceptance where no rule forbids it, or fewest blocking pairs."""

from __future__ import annotations

import time

from matcher.encoding import Encoding
from matcher.exceptions import InfeasibleError, UsageError
from matcher.models.broken import breach_words
from matcher.models.wishes import Wanted, draw_lots, wanted_pairs
from matcher.policy.stability import StabilityMode, Ties
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution import Solution, evaluate
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.dispatch import judge
from matcher.solvers.priorities import Ordered, Reached
from matcher.solvers.stable import (
    BLOCKING_PAIRS,
    Preferences,
    Side,
    break_ties,
    deferred_acceptance,
    fewest_blocking,
)
from matcher.solvers.versions import versions

METHOD = "deferred-acceptance"
_PROPOSER = {StabilityMode.MENTEE_OPTIMAL: Side.MENTEE, StabilityMode.MENTOR_OPTIMAL: Side.MENTOR}
_MOST_SAID = 8


def find_stable(
    encoding: Encoding,
    settings: SolveSettings,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Ordered:
    """Find the plan that the schools' preferences ask for.

    Parameters
    ----------
    encoding : Encoding
        Its policy asks for stability.
    settings : SolveSettings
    on_progress, should_stop : callable, optional

    Returns
    -------
    Ordered
        `reached` says how many pairs block the plan, and of a pure mode for which side it is best.

    Raises
    ------
    UsageError
        If a pure mode is asked for and its plan would break a hard rule; the message says which.
    InfeasibleError
        If no plan keeps all hard rules among pairs that both sides accept, though others might.
    """
    wanted = wanted_pairs(encoding)
    mode = encoding.policy.stability.mode
    if mode in _PROPOSER:
        return _accepted(encoding, wanted, mode, settings.seed)
    found = fewest_blocking(
        wanted.problem, wanted.preferences, settings, on_progress=on_progress, should_stop=should_stop
    )
    if found.result.status is SolveStatus.INFEASIBLE and wanted.left_out:
        raise InfeasibleError(
            "No plan keeps all hard rules if schools go only to schools that accept each other: "
            f"stability.unranked: unacceptable leaves out {wanted.left_out} of the "
            f"{encoding.problem.n_pairs} pairs that the rules allow. Set stability.unranked: last, or let "
            "schools stay without a mentor (rules.unassigned.allowed: true) and mentors without a cluster "
            "(rules.load.applies_to: leading)."
        )
    return found


def strict_preferences(encoding: Encoding, wanted: Wanted) -> Preferences:
    """Break ties as the policy says: by the pair's points and then by lot, or by lot alone."""
    rule, problem = encoding.policy.stability, wanted.problem
    lots = (
        draw_lots(encoding.host_ids, rule.seed)[problem.pair_host],
        draw_lots(encoding.mentee_ids, rule.seed)[problem.pair_mentee],
    )
    first = [-problem.pair_value] if rule.ties is Ties.SCORE else []
    return break_ties(problem, wanted.preferences, [*first, lots[0]], [*first, lots[1]])


def _accepted(encoding: Encoding, wanted: Wanted, mode: StabilityMode, seed: int) -> Ordered:
    """Match by deferred acceptance, or say which rule its plan would break."""
    started = time.perf_counter()
    several = [school.school_id for school in encoding.intake.mentees if school.demand > 1]
    if several:
        raise _refused(mode, [f"{school_id} takes more than one place" for school_id in several])
    plan = deferred_acceptance(wanted.problem, strict_preferences(encoding, wanted), _PROPOSER[mode])
    judged = evaluate(encoding.problem, plan)
    if judged.broken:
        raise _refused(mode, [breach_words(encoding, one) for one in judged.broken])
    result = Result(
        status=SolveStatus.OPTIMAL,
        host_of=plan.host_of,
        objective=judged.objective,
        bound=judged.objective,
        method=METHOD,
        reason="no rule stands against what the schools' own preferences ask for",
        stopped_by=StoppedBy.PROOF,
        seed=seed,
        versions=versions(),
        runtime_s=time.perf_counter() - started,
    )
    judge(encoding.problem, result)
    return Ordered(result, (Reached(BLOCKING_PAIRS, 0, 0), Reached(str(mode), 1, 1)))


def _refused(mode: StabilityMode, breaches: list[str]) -> UsageError:
    lines = [f"  - {words}." for words in breaches[:_MOST_SAID]]
    if len(breaches) > _MOST_SAID:
        lines.append(f"  … and {len(breaches) - _MOST_SAID} more like these.")
    return UsageError(
        "\n".join(
            [
                f"The {mode} plan (stability.mode) does not go with rules that must hold:",
                *lines,
                "Set stability.mode: fewest-blocking, which keeps every rule and has as few blocking pairs "
                "as any plan that does; or make these rules soft.",
            ]
        )
    )


def holds_claim(encoding: Encoding, plan: Solution) -> bool:
    """Whether the plan is the one that a pure mode asks for; true for every other mode."""
    mode = encoding.policy.stability.mode
    if mode not in _PROPOSER:
        return True
    wanted = wanted_pairs(encoding)
    if (wanted.problem.pair_demand != 1).any():
        return False
    asked = deferred_acceptance(wanted.problem, strict_preferences(encoding, wanted), _PROPOSER[mode])
    return bool((asked.host_of == plan.host_of).all())

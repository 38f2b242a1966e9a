"""The proof in plain words: how good the plan is, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.analysis.document import Proof, ProofPart
from matcher.analysis.wording import counted, listed, rounded, said_points
from matcher.encoding import Encoding
from matcher.exceptions import RefereeError
from matcher.features.countries import country_name
from matcher.problem import SCALE
from matcher.result import PartOutcome, Result, SolveStatus, StoppedBy, relative_gap
from matcher.solution.evaluation import Evaluation

ALL_HOLD = (
    "An independent check recomputed every rule and the total from the plan alone: "
    "all hard rules hold and the total agrees."
)
"""What the referee found on any plan that was let pass."""
_STOPPED = {
    StoppedBy.PROOF: "the search was complete",
    StoppedBy.GAP: "the plan was as close to the best possible as the policy asks for",
    StoppedBy.WORK_LIMIT: "its limit of work was reached",
    StoppedBy.TIME_LIMIT: "its limit of time was reached",
    StoppedBy.INTERRUPT: "it was interrupted",
    StoppedBy.NO_IMPROVEMENT: "it had found nothing better for as long as it was asked to wait",
    StoppedBy.EXHAUSTED: "nothing was left to try that could still improve it",
    StoppedBy.FIRST_FEASIBLE: "the first plan that keeps all hard rules was asked for",
}


def parts_of(encoding: Encoding, result: Result) -> tuple[ProofPart, ...]:
    """Say which method proved what, part by part.

    Parameters
    ----------
    encoding : Encoding
    result : Result
        With a plan.

    Returns
    -------
    tuple of ProofPart
        Parts with eligible pairs only, in the order in which they were solved: smallest first.
    """
    return tuple(_part(encoding, part) for part in result.parts if part.mentees and part.hosts)


def _part(encoding: Encoding, part: PartOutcome) -> ProofPart:
    mentees, mentors = encoding.intake.mentees, encoding.intake.mentors
    schools = [*(mentees[at] for at in part.mentees), *(mentors[at] for at in part.hosts)]
    gap = relative_gap(part.objective, part.bound)
    return ProofPart(
        where=listed(sorted({country_name(school.country) for school in schools})),
        mentees=len(part.mentees),
        mentors=len(part.hosts),
        method=part.method,
        reason=part.reason,
        status="optimal" if part.status is SolveStatus.OPTIMAL else "feasible",
        gap=None if gap is None else rounded(gap),
    )


def proof_of(
    result: Result,
    evaluation: Evaluation,
    versions: Mapping[str, str],
    parts: tuple[ProofPart, ...] = (),
    *,
    ordered: bool = False,
) -> Proof:
    """Say how good a plan is.

    Parameters
    ----------
    result : Result
        What the solver claims.
    evaluation : Evaluation
        What the referee found on the same plan.
    versions : mapping of str to str
        Versions to record beside those of the result.
    parts : tuple of ProofPart
        Which method proved what (see :func:`parts_of`).
    ordered : bool
        Whether something counted before points, so that the bound is among the plans that keep it.

    Returns
    -------
    Proof

    Raises
    ------
    RefereeError
        If the claim and the referee disagree, a hard rule is broken, or the bound lies below the plan.
    """
    check_claim(result, evaluation)
    optimal = result.status is SolveStatus.OPTIMAL
    gap = result.gap
    return Proof(
        status="optimal" if optimal else "feasible",
        objective=rounded(evaluation.objective / SCALE),
        bound=None if result.bound is None else rounded(result.bound / SCALE),
        gap=None if gap is None else rounded(gap),
        objective_units=evaluation.objective,
        bound_units=result.bound,
        method=result.method,
        method_reason=result.reason,
        stopped_by=result.stopped_by,
        seed=result.seed,
        sentence=_sentence(result, evaluation.objective, ordered=ordered),
        referee=_referee_sentence(evaluation),
        versions=dict(sorted({**result.versions, **versions}.items())),
        parts=parts,
    )


def check_claim(result: Result, evaluation: Evaluation) -> None:
    """Hold a result against the referee; raises RefereeError on any disagreement."""
    if evaluation.broken:
        rules = ", ".join(sorted({violation.rule for violation in evaluation.broken}))
        raise RefereeError(f"the plan of {result.method} breaks hard rules: {rules}")
    if result.objective != evaluation.objective:
        raise RefereeError(
            f"{result.method} claims an objective of {result.objective} units, "
            f"the referee finds {evaluation.objective}"
        )
    if result.bound is not None and result.bound < evaluation.objective:
        raise RefereeError(
            f"{result.method} claims that no plan exceeds {result.bound} units, "
            f"but its own plan has {evaluation.objective}"
        )
    if result.status not in (SolveStatus.OPTIMAL, SolveStatus.FEASIBLE):
        raise RefereeError(f"{result.method} returned a plan with the status {result.status}")
    if result.status is SolveStatus.OPTIMAL and result.bound != result.objective:
        raise RefereeError(f"{result.method} calls its plan optimal, but its bound is {result.bound}")


def _sentence(result: Result, objective: int, *, ordered: bool = False) -> str:
    if result.status is SolveStatus.OPTIMAL and ordered:
        return "It is proven that no other plan that keeps all hard rules and as much of this is better."
    if result.status is SolveStatus.OPTIMAL:
        return (
            "This is the best plan there is: it is proven that no other plan that keeps all hard rules "
            "is better."
        )
    head = "This plan keeps all hard rules. "
    tail = f" The search ended because {_STOPPED[result.stopped_by]}."
    if result.bound is None:
        return head + "How much better another plan could be is not known." + tail
    more = (result.bound - objective) / SCALE
    share = "" if result.gap is None or objective <= 0 else f" ({_percent(result.gap)} of its value)"
    return (
        head
        + f"A better plan may exist, but it is proven that none gains more than {said_points(more)} "
        + (f"points{share}." + tail)
    )


def _percent(gap: float) -> str:
    return "less than 0.01 %" if 0 < gap < 0.0001 else f"{100 * gap:.2f} %"


def _referee_sentence(evaluation: Evaluation) -> str:
    soft = [violation for violation in evaluation.violations if violation.price is not None]
    if not soft:
        return ALL_HOLD
    breaches = counted(len(soft), "breach", "breaches")
    return f"{ALL_HOLD} It counted {breaches} of soft rules on loads and counts."

"""From a plan by hand, or from a solver, to its document."""

from __future__ import annotations

from matcher.analysis.build import build_document
from matcher.analysis.document import PlanDocument, RuleReport
from matcher.encoding import Encoding, encode, solution_from
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.solution.referee import evaluate
from matcher.solvers.base import SolveSettings
from matcher.solvers.dispatch import solve


def result_of(encoding: Encoding, plan: dict[str, str | None], *, optimal: bool = True) -> Result:
    """A result that claims what the referee finds."""
    solution = solution_from(encoding, plan)
    objective = evaluate(encoding.problem, solution).objective
    return Result(
        status=SolveStatus.OPTIMAL if optimal else SolveStatus.FEASIBLE,
        host_of=solution.host_of,
        objective=objective,
        bound=objective if optimal else None,
        method="by hand",
        reason="A test gave the plan.",
        stopped_by=StoppedBy.PROOF if optimal else StoppedBy.WORK_LIMIT,
    )


def document_of(
    intake: Intake, policy: Policy, plan: dict[str, str | None], *, optimal: bool = True
) -> PlanDocument:
    encoding = encode(intake, policy)
    return build_document(encoding, result_of(encoding, plan, optimal=optimal), (), policy_sha256="0" * 64)


def solved(intake: Intake, policy: Policy) -> tuple[Encoding, Result]:
    encoding = encode(intake, policy)
    return encoding, solve(encoding.problem, SolveSettings(work_limit=5.0))


def rule(document: PlanDocument, key: str) -> RuleReport:
    return next(row for row in document.rules if row.key == key)

"""Build the plan document: the words and figures of one plan, each part by its own module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.analysis.assignments import assignments_of
from matcher.analysis.cards import cards_of
from matcher.analysis.choice import choice_of
from matcher.analysis.clusters import clusters_of
from matcher.analysis.document import FirstThing, IssueRow, PlanDocument, PolicySummary
from matcher.analysis.fairness import fairness_of, lottery_of
from matcher.analysis.model_words import around_of, reworded
from matcher.analysis.money import money_of
from matcher.analysis.moves import MoveJudge
from matcher.analysis.proof import parts_of, proof_of
from matcher.analysis.rule_report import rules_of
from matcher.analysis.stability import stability_of
from matcher.analysis.totals import criteria_of, totals_of
from matcher.analysis.unassigned import unassigned_of
from matcher.analysis.view import view_of
from matcher.encoding import Encoding
from matcher.exceptions import NoPlanError
from matcher.issues import Issue
from matcher.result import Result, SolveStatus
from matcher.solution.data import Solution
from matcher.solution.referee import evaluate

UNTITLED = "Mentoring plan"
"""Title of a plan whose intake has none."""


def build_document(
    encoding: Encoding,
    result: Result,
    warnings: Sequence[Issue],
    *,
    policy_sha256: str,
    versions: Mapping[str, str] | None = None,
    first: Sequence[FirstThing] = (),
) -> PlanDocument:
    """Say everything about one plan.

    The plan is judged by the referee here again; a document is made of a plan that passes, or not at all.

    Parameters
    ----------
    encoding : Encoding
    result : Result
        With a plan.
    warnings : sequence of Issue
        Issues of the intake to show in the report.
    policy_sha256 : str
        Hash of the policy's canonical text.
    versions : mapping of str to str, optional
        Versions to record beside those of the result.
    first : sequence of FirstThing
        What counted before points; the proof is then among the plans that keep it.

    Returns
    -------
    PlanDocument
        Numbers are rounded to :data:`matcher.analysis.wording.DECIMALS` decimals.

    Raises
    ------
    NoPlanError
        If the result holds no plan.
    RefereeError
        If the plan breaks a hard rule, or claims and findings disagree anywhere.
    """
    if result.host_of is None:
        raise NoPlanError("there is no plan to explain: the search ended without one")
    solution = Solution(result.host_of)
    evaluation = evaluate(encoding.problem, solution)
    proof = proof_of(result, evaluation, versions or {}, parts_of(encoding, result), ordered=bool(first))
    view = view_of(encoding, solution, evaluation)
    judge = MoveJudge(view)
    proven = result.status is SolveStatus.OPTIMAL
    policy = encoding.policy
    document = PlanDocument(
        title=encoding.intake.title or UNTITLED,
        synthetic=encoding.intake.synthetic,
        as_of=encoding.intake.as_of,
        policy=PolicySummary(
            name=policy.name,
            title=policy.title,
            description=policy.description,
            model=policy.model,
            sha256=policy_sha256,
        ),
        proof=proof,
        totals=totals_of(view),
        criteria=criteria_of(view),
        rules=rules_of(view),
        clusters=clusters_of(view),
        assignments=assignments_of(view, judge, proven=proven),
        unassigned=unassigned_of(view, judge, proven=proven),
        schools=cards_of(view),
        warnings=tuple(IssueRow(**issue.as_dict()) for issue in warnings),
        around=around_of(policy).value,
        first=tuple(first),
        stability=stability_of(encoding, solution, first),
        money=money_of(view),
        choice=choice_of(view),
        fairness=fairness_of(view),
        lottery=lottery_of(encoding),
    )
    return reworded(document, around_of(policy), [school.name for school in encoding.intake.schools])

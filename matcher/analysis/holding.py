"""Which assignments are sure: part of every plan that is nearly as good."""

from __future__ import annotations

from matcher.analysis.outlook_document import Holding
from matcher.analysis.wording import rounded
from matcher.encoding import Encoding
from matcher.problem import SCALE
from matcher.questions import Answers
from matcher.questions.holding import holding
from matcher.questions.prices import IMPOSSIBLE, PairPrices
from matcher.solution import Solution, evaluate


def holding_of(
    encoding: Encoding, plan: Solution, *, prices: PairPrices, answers: Answers
) -> tuple[Holding, ...]:
    """Say for each assignment whether every plan within the policy's tolerance has it; by mentee id.

    Parameters
    ----------
    encoding : Encoding
        Its policy states the tolerance, in ``policy.outlook``.
    plan : Solution
        One that keeps every hard rule.
    prices : PairPrices
        Of this plan.
    answers : Answers
        Solves small groups of schools again where nothing else settles it.

    Returns
    -------
    tuple of Holding
    """
    found = holding(
        encoding.problem,
        plan,
        prices=prices,
        tolerance=tolerance_units(encoding, plan),
        answers=answers,
        should_stop=answers.should_stop,
    )
    return tuple(
        Holding(
            mentee_id=encoding.mentee_ids[one.mentee],
            host_id=encoding.host_ids[one.host],
            loss_at_least=None if one.loss_at_least >= IMPOSSIBLE else rounded(one.loss_at_least / SCALE),
            holds=one.holds,
        )
        for one in found
    )


def tolerance_units(encoding: Encoding, plan: Solution) -> int:
    """Objective units within which another plan counts as nearly as good; 0 for a plan without points."""
    points = max(0, evaluate(encoding.problem, plan).objective)
    return int(encoding.policy.outlook.tolerance * points)

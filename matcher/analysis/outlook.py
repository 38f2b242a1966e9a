"""Build the outlook of a plan: each part by its own module."""

from __future__ import annotations

from matcher.analysis.cover import cover_of, robustness_of
from matcher.analysis.holding import holding_of
from matcher.analysis.outlook_document import Outlook
from matcher.analysis.prices import prices_of
from matcher.analysis.relaxations import relaxations_of
from matcher.encoding import Encoding
from matcher.problem import Problem
from matcher.questions import Answers
from matcher.questions.prices import pair_prices
from matcher.solution import Solution
from matcher.solvers.presolve import split
from matcher.solvers.set_partition.subsets import MAX_UNITS


def build_outlook(
    encoding: Encoding, plan: Solution, *, bound: int | None, answers: Answers, thorough: bool = False
) -> Outlook:
    """Say what could change in a plan, and what it would cost or bring.

    Parameters
    ----------
    encoding : Encoding
        Its policy says how, in ``policy.outlook``.
    plan : Solution
        One that keeps every hard rule.
    bound : int or None
        Proven upper bound of the objective, in objective units.
    answers : Answers
        Solves what has to be solved; it knows the plan if that is proven.
    thorough : bool
        Whether to look into what takes long in groups of many schools, too.

    Returns
    -------
    Outlook

    Raises
    ------
    KeyboardInterrupt
        Once ``answers.should_stop`` is true while pairs are priced. Later parts end early then: the
        outlook is not whole.
    """
    prices = pair_prices(encoding.problem, plan, bound, should_stop=answers.should_stop)
    return Outlook(
        tolerance=encoding.policy.outlook.tolerance,
        prices=prices_of(encoding, plan, prices),
        relaxations=relaxations_of(encoding, plan, bound=bound, answers=answers, large_groups=thorough),
        pair_rules=not encoding.problem.rows,
        left_aside=0 if thorough else _in_large_groups(encoding.problem),
        cover=cover_of(encoding, plan, should_stop=answers.should_stop),
        robustness=robustness_of(encoding, plan, should_stop=answers.should_stop),
        holding=holding_of(encoding, plan, prices=prices, answers=answers),
    )


def _in_large_groups(problem: Problem) -> int:
    """Mentees in groups in which what a relaxation is worth has no limit without a search."""
    sizes = [part.problem.n_mentees for part in split(problem) if part.problem.n_pairs]
    return sum(size for size in sizes if size > MAX_UNITS)

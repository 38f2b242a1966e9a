"""Build the outlook of a plan: each part by its own module."""

from __future__ import annotations

from matcher.analysis.cover import cover_of, robustness_of
from matcher.analysis.holding import holding_of
from matcher.analysis.outlook_document import Cover, Outlook, Robustness
from matcher.analysis.prices import prices_of
from matcher.analysis.relaxations import relaxations_of
from matcher.analysis.wording import counted
from matcher.encoding import Encoding
from matcher.problem import Problem
from matcher.questions import Answers
from matcher.questions.prices import pair_prices
from matcher.solution import UNASSIGNED, Solution
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

    Notes
    -----
    Once ``answers.allowance`` is spent, what is left is not calculated, and the outlook names it.
    """
    stop, allowance = answers.should_stop, answers.allowance
    prices = pair_prices(encoding.problem, plan, bound, should_stop=stop, allowance=allowance)
    relaxations = relaxations_of(encoding, plan, bound=bound, answers=answers, large_groups=thorough)
    spent = ["what else would help"] if allowance.is_spent else []
    cover = cover_of(encoding, plan, should_stop=stop, allowance=allowance)
    robustness = robustness_of(encoding, plan, should_stop=stop, allowance=allowance)
    return Outlook(
        tolerance=encoding.policy.outlook.tolerance,
        prices=prices_of(encoding, plan, prices),
        relaxations=relaxations,
        pair_rules=encoding.takes_new_pairs,
        left_aside=0 if thorough else _in_large_groups(encoding.problem),
        cover=cover,
        robustness=robustness,
        holding=holding_of(encoding, plan, prices=prices, answers=answers),
        not_calculated=(*spent, *_left_out(encoding, plan, len(prices.unpriced), cover, robustness)),
    )


def _left_out(
    encoding: Encoding, plan: Solution, unpriced: int, cover: tuple[Cover, ...], robustness: Robustness | None
) -> list[str]:
    """Say what was left out as the work was spent: whose prices, which drop-outs."""
    leading = set(plan.host_of[plan.host_of != UNASSIGNED].tolist())
    mentors, drawn = len(leading) - len(cover), robustness.samples if robustness is not None else 0
    samples = encoding.policy.outlook.samples - drawn if leading else 0
    said = []
    if unpriced:
        schools = counted(unpriced, "school", "schools")
        said.append(
            f"for {schools}, what insisting on another mentor would cost, and whether the mentor is sure"
        )
    if mentors:
        said.append(f"who takes over from {counted(mentors, 'mentor that drops', 'mentors that drop')} out")
    if samples:
        said.append(f"{counted(samples, 'further drop-out', 'further drop-outs')} at random")
    return said


def _in_large_groups(problem: Problem) -> int:
    """Mentees in groups in which what a relaxation is worth has no limit without a search."""
    sizes = [part.problem.n_mentees for part in split(problem) if part.problem.n_pairs]
    return sum(size for size in sizes if size > MAX_UNITS)

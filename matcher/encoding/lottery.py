"""Lots: scores rounded to steps, and ties broken by what anybody can draw again from the published seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.units import price_units, to_units
from matcher.exceptions import UsageError
from matcher.features.pairs import PairList
from matcher.policy.lottery import Lottery
from matcher.problem import Problem
from matcher.scores.table import ScoreTable

IntArray = NDArray[np.int64]
_DIGITS = 16
_DRAWN = 16**_DIGITS


def draw_lot(seed: str, mentee_id: str, host_id: str) -> int:
    """Draw the lot of a pair: the first 16 hexadecimal digits of a SHA-256, as a number.

    What is hashed is the text ``seed|mentee id|mentor id`` in UTF-8. The lot depends on nothing else, so that
    it is the same whoever else takes part, and anybody who knows the seed can draw it again.

    Examples
    --------
    >>> f"{draw_lot('2026-05-04', 'IT-001', 'IT-101'):016x}"
    '658029616e65e6fd'
    """
    digest = hashlib.sha256(f"{seed}|{mentee_id}|{host_id}".encode()).hexdigest()
    return int(digest[:_DIGITS], 16)


def lot_units(
    lottery: Lottery, mentee_ids: Sequence[str], host_ids: Sequence[str], pairs: PairList
) -> IntArray:
    """Lots of pairs in objective units, so small that those of a whole plan never reach one step.

    Parameters
    ----------
    lottery : Lottery
    mentee_ids, host_ids : sequence of str
    pairs : PairList

    Returns
    -------
    ndarray of int64, shape (n_pairs,)
        From 0 to M = (step - 1) // n_mentees, where a step is ``round_points`` in objective units: a plan
        has at most n_mentees pairs, whose lots add up to less than a step. 0 where no lots are drawn.

    Raises
    ------
    UsageError
        If a step is too small for so many schools.
    """
    if not lottery.seed:
        return np.zeros(len(pairs), np.int64)
    most = (price_units(lottery.round_points) - 1) // max(1, len(mentee_ids))
    if most < 1:
        raise UsageError(
            f"lottery.round_points: {lottery.round_points:g} is too small a step for the lots of "
            f"{len(mentee_ids):,} schools; take a larger one."
        )
    ends = zip(pairs.mentee.tolist(), pairs.host.tolist(), strict=True)
    lots = [draw_lot(lottery.seed, mentee_ids[mentee], host_ids[host]) for mentee, host in ends]
    return np.array([lot * (most + 1) // _DRAWN for lot in lots], dtype=np.int64)


def rounded_to_step(lottery: Lottery, units: IntArray) -> IntArray:
    """Round to multiples of the step, halves up; as they are where no lots are drawn."""
    if not lottery.seed:
        return units
    step = price_units(lottery.round_points)
    whole: IntArray = (units + step // 2) // step * step
    return whole


def rounded_scores(lottery: Lottery, scores: ScoreTable) -> ScoreTable:
    """Round the scores of pairs to the step; what each criterion adds is scaled so that it still adds up."""
    if not lottery.seed:
        return scores
    raw = to_units(scores.score)
    whole = rounded_to_step(lottery, raw)
    factor = np.divide(whole, raw, out=np.ones(len(raw)), where=raw > 0)
    return replace(scores, points=scores.points * factor)


def check_steps(lottery: Lottery, problem: Problem, lots: IntArray) -> None:
    """See that everything in the objective but the lots comes in whole steps.

    Raises
    ------
    UsageError
        Naming every price that does not: lots could outweigh it.
    """
    if not lottery.seed:
        return
    step = price_units(lottery.round_points)
    odd = [name for name, units in _terms(problem, lots) if any(one % step for one in units)]
    if odd:
        raise UsageError(
            "Lots break ties only where everything counts in whole steps of lottery.round_points, "
            f"{lottery.round_points:g}. These prices do not: {'; '.join(odd)}. Make them multiples of the "
            "step, or the rules hard."
        )


def _terms(problem: Problem, lots: IntArray) -> Iterator[tuple[str, list[int]]]:
    """Everything that adds to the objective, by the name of where it is set."""
    yield (
        "soft rules about pairs, locks (rules.*.price, fairness.floor.price), money.points_per_100_euro",
        (problem.pair_value - lots).tolist(),
    )
    yield (
        "staying without a mentor (rules.unassigned.price and by_willingness)",
        problem.unassigned_cost.tolist(),
    )
    yield "forming a cluster (rules.opening, money)", problem.open_cost.tolist()
    yield "soft rivalries, neighbours and must-links (rules.*.price)", problem.cohesion_value.tolist()
    yield "links that are not met (rules.*.price)", [problem.constant]
    prices = [one.price for one in problem.compositions] + [one.price for one in problem.quotas]
    yield "soft compositions and quotas (price)", [price for price in prices if price is not None]
    rows = [one.price for one in problem.rows if one.price is not None]
    yield "soft reserves, budgets and bounds between groups (price)", rows
    target = problem.load_target
    if target is not None:
        yield "soft loads (rules.load.under_price, over_price)", [target.under_price, target.over_price]

"""Several problems as one: side by side, with rows that tie them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.problem.data import Problem
from matcher.problem.rules import Composition, LoadTarget, Quota, Row
from matcher.problem.validation import validate

IntArray = NDArray[np.int64]
Counted = TypeVar("Counted", Composition, Quota)
Kind = TypeVar("Kind", np.int64, np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Several problems as one.

    Attributes
    ----------
    whole : Problem
        The problems one after the other: mentees, hosts and pairs of the second follow those of the first.
    mentee_from, host_from, pair_from : tuple of int
        Where the mentees, hosts and pairs of each problem begin; one entry more for the end.
    """

    whole: Problem
    mentee_from: tuple[int, ...]
    host_from: tuple[int, ...]
    pair_from: tuple[int, ...]

    def plan_of(self, host_of: IntArray, layer: int) -> IntArray:
        """Plan of one problem, cut out of a plan of the whole; shape (n_mentees of that problem,)."""
        own = host_of[self.mentee_from[layer] : self.mentee_from[layer + 1]]
        return np.where(own < 0, own, own - self.host_from[layer])

    def with_rows(self, rows: Sequence[Row]) -> Stack:
        """Return the same problems with further rows across them."""
        whole = replace(self.whole, rows=(*self.whole.rows, *rows))
        validate(whole)
        return replace(self, whole=whole)


def stack(problems: Sequence[Problem]) -> Stack:
    """Put problems side by side; a plan of the whole is a plan of each, its value the sum.

    Parameters
    ----------
    problems : sequence of Problem
        At least one.

    Returns
    -------
    Stack

    Raises
    ------
    ValueError
        If the problems price places beside a load target differently, which one problem cannot express.
    """
    mentee_from = _starts([problem.n_mentees for problem in problems])
    host_from = _starts([problem.n_hosts for problem in problems])
    pair_from = _starts([problem.n_pairs for problem in problems])
    placed = [_Placed(at, mentee_from[at], host_from[at], pair_from[at]) for at in range(len(problems))]
    sizes = _Placed(len(problems), mentee_from[-1], host_from[-1], pair_from[-1])

    ways = list(zip(problems, placed, strict=True))
    whole = Problem(
        n_mentees=sizes.mentee,
        n_hosts=sizes.host,
        pair_mentee=np.concatenate([one.pair_mentee + at.mentee for one, at in ways]),
        pair_host=np.concatenate([one.pair_host + at.host for one, at in ways]),
        pair_value=np.concatenate([one.pair_value for one in problems]),
        pair_demand=np.concatenate([one.pair_demand for one in problems]),
        min_load=np.concatenate([one.min_load for one in problems]),
        max_load=np.concatenate([one.max_load for one in problems]),
        must_open=np.concatenate([one.must_open for one in problems]),
        open_cost=np.concatenate([one.open_cost for one in problems]),
        may_stay=np.concatenate([one.may_stay for one in problems]),
        unassigned_cost=np.concatenate([one.unassigned_cost for one in problems]),
        cannot_link=np.concatenate([one.cannot_link + at.mentee for one, at in ways]),
        must_link=np.concatenate([one.must_link + at.mentee for one, at in ways]),
        locked=np.concatenate([one.locked + np.array([at.mentee, at.host]) for one, at in ways]),
        cohesion_pair=np.concatenate([one.cohesion_pair + at.mentee for one, at in ways]),
        cohesion_value=np.concatenate([one.cohesion_value for one in problems]),
        compositions=tuple(_widened(rule, at, sizes) for one, at in ways for rule in one.compositions),
        quotas=tuple(_widened(rule, at, sizes) for one, at in ways for rule in one.quotas),
        rows=tuple(_row(row, at, sizes) for one, at in ways for row in one.rows),
        load_target=_target(problems),
        constant=sum(problem.constant for problem in problems),
    )
    validate(whole)
    return Stack(whole, mentee_from, host_from, pair_from)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where the mentees, hosts and pairs of one problem, counted from 0, begin in the whole."""

    number: int
    mentee: int
    host: int
    pair: int


def _starts(sizes: Sequence[int]) -> tuple[int, ...]:
    return (0, *np.cumsum(sizes).tolist())


def _widened(rule: Counted, at: _Placed, sizes: _Placed) -> Counted:
    """Count in the whole what a composition or a quota counts in its own problem."""
    return replace(
        rule,
        key=f"{at.number}:{rule.key}",
        members=_spread(rule.members, at.mentee, sizes.mentee),
        hosts=_spread(rule.hosts, at.host, sizes.host),
    )


def _row(row: Row, at: _Placed, sizes: _Placed) -> Row:
    return replace(
        row,
        key=f"{at.number}:{row.key}",
        pair_weight=_spread(row.pair_weight, at.pair, sizes.pair),
        open_weight=_spread(row.open_weight, at.host, sizes.host),
    )


def _spread(values: NDArray[Kind], start: int, size: int) -> NDArray[Kind]:
    wide = np.zeros(size, values.dtype)
    wide[start : start + len(values)] = values
    return wide


def _target(problems: Sequence[Problem]) -> LoadTarget | None:
    targets = [problem.load_target for problem in problems]
    prices = {(one.under_price, one.over_price) for one in targets if one is not None}
    if not prices:
        return None
    if len(prices) > 1:
        raise ValueError("problems that are put side by side must price places beside a target alike")
    under, over = prices.pop()
    low, high = [], []
    for problem, target in zip(problems, targets, strict=True):
        low.append(np.zeros(problem.n_hosts, np.int64) if target is None else target.low)
        high.append(problem.max_load if target is None else target.high)
    return LoadTarget(np.concatenate(low), np.concatenate(high), under, over)

"""The integer master over listed columns, by CP-SAT: exact in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.result import SolveStatus
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.branch_and_price.columns import Pool, first_of_kinds
from matcher.solvers.prepared import NO_LIMIT, IntArray, Prepared


@dataclass(frozen=True, slots=True)
class Choice:
    """What the integer master found.

    Attributes
    ----------
    chosen : ndarray of int64 or None
        Positions in the pool; None without a plan.
    settled : bool
        Whether the search ended with a proof: the plan is the best one made of these columns and above the
        floor, or there is none.
    work : float
    """

    chosen: IntArray | None
    settled: bool
    work: float


def choose(
    pool: Pool,
    positions: IntArray,
    *,
    factor: int,
    floor: int | None,
    settings: SolveSettings,
    hint: IntArray | None = None,
    should_stop: ShouldStop | None = None,
) -> Choice:
    """Choose among some columns the best plan that is worth more than `floor`.

    Parameters
    ----------
    positions : ndarray of int64, shape (n,)
        Columns of the pool.
    factor : int
        All values are multiples of it.
    floor : int or None
        Scaled value that the plan must exceed.
    hint : ndarray of int64, optional
        Positions (in the pool) of the columns of a plan to start from.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    from matcher.solvers.cp_search import search  # noqa: PLC0415

    prepared = pool.prepared
    model = cp_model.CpModel()
    pick = [model.new_bool_var("") for _ in range(len(positions))]
    terms: list[cp_model.IntVar] = list(pick)
    worth = (pool.value[positions] // factor).tolist()
    _units_once(model, pool, positions, pick, terms, worth, factor)
    _kinds_once(model, pool, positions, pick, terms, worth, factor)
    for row in range(prepared.n_rows):
        _row(model, pool, positions, pick, terms, worth, row, factor)
    total = cp_model.LinearExpr.weighted_sum(terms, worth)
    if floor is not None:
        model.add(total >= floor // factor + 1)
    model.maximize(total)
    if hint is not None:
        wanted = set(hint.tolist())
        for at, position in enumerate(positions.tolist()):
            model.add_hint(pick[at], position in wanted)
    # one worker: taking turns with a second one costs more here than it brings (measured: six times as long)
    outcome = search(
        model,
        pick,
        replace(settings, workers=1),
        stage="choose clusters",
        linear=True,
        should_stop=should_stop,
    )
    if not outcome.chosen:
        return Choice(None, outcome.status is SolveStatus.INFEASIBLE, outcome.work)
    chosen = positions[np.flatnonzero(outcome.chosen)]
    return Choice(chosen, outcome.status is SolveStatus.OPTIMAL, outcome.work)


def _units_once(model, pool, positions, pick, terms, worth, factor) -> None:  # type: ignore[no-untyped-def]
    prepared: Prepared = pool.prepared
    holders: list[list[object]] = [[] for _ in range(prepared.n_units)]
    for at, cluster in enumerate(pool.members[positions].tolist()):
        for unit in cluster:
            if unit >= 0:
                holders[unit].append(pick[at])
    for unit, options in enumerate(holders):
        if prepared.may_stay[unit]:
            stay = model.new_bool_var("")
            options.append(stay)
            terms.append(stay)
            worth.append(-int(prepared.stay_cost[unit]) // factor)
        model.add_exactly_one(options)


def _kinds_once(model, pool, positions, pick, terms, worth, factor) -> None:  # type: ignore[no-untyped-def]
    prepared: Prepared = pool.prepared
    copies = np.bincount(prepared.kind_of).tolist()
    kind_of = prepared.kind_of[pool.host[positions]]
    for kind, host in enumerate(first_of_kinds(prepared).tolist()):
        options = [pick[at] for at in np.flatnonzero(kind_of == kind).tolist()]
        if prepared.may_close[host]:
            closed = int(prepared.closed_value[host]) // factor
            idle = model.new_int_var(0, copies[kind], "")
            options.append(idle)
            terms.append(idle)
            worth.append(closed)
        model.add(sum(options) == copies[kind])


def _row(model, pool, positions, pick, terms, worth, row, factor) -> None:  # type: ignore[no-untyped-def]
    prepared: Prepared = pool.prepared
    counts = pool.count_in_rows[positions, row]
    used = np.flatnonzero(counts)
    low, high = int(prepared.row_low[row]), int(prepared.row_high[row])
    price = int(prepared.row_price[row])
    options = [pick[at] for at in used.tolist()]
    weights = counts[used].tolist()
    for sign in (1, -1) if price >= 0 else ():
        most = int(np.abs(counts).sum()) + max(
            abs(low) if low > -NO_LIMIT else 0, high if high < NO_LIMIT else 0
        )
        miss = model.new_int_var(0, most, "")
        options.append(miss)
        weights.append(sign)
        terms.append(miss)
        worth.append(-price // factor)
    from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

    count = cp_model.LinearExpr.weighted_sum(options, weights)
    if low > -NO_LIMIT:
        model.add(count >= low)
    if high < NO_LIMIT:
        model.add(count <= high)

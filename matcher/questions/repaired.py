"""A repair, and the problem that it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matcher.problem import Problem, Row
from matcher.questions.demands import BoolArray, DemandKind, Demands, IntArray
from matcher.questions.relaxing import Relaxation, Relaxations, openable
from matcher.questions.repair_model import Counted


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out.

    Attributes
    ----------
    uses : tuple of (Relaxation, int)
        What is given up, and how many units of it; sorted.
    price : int
    """

    uses: tuple[tuple[Relaxation, int], ...]
    price: int

    @property
    def form(self) -> tuple[tuple[str, int], ...]:
        """How many units of each group it uses: repairs of one form differ in whom they concern."""
        counts: dict[str, int] = {}
        for one, units in self.uses:
            counts[one.group] = counts.get(one.group, 0) + units
        return tuple(sorted(counts.items()))


def repaired(demands: Demands, relaxations: Relaxations, repair: Repair) -> Problem:
    """Apply a repair to the problem; pairs that it opens are worth nothing here.

    Parameters
    ----------
    demands : Demands
    relaxations : Relaxations
    repair : Repair

    Returns
    -------
    Problem
        With the problem's own objective as far as it concerns what was there before. What the opened pairs
        are worth only the encoding can tell.
    """
    whole = demands.problem
    most, least, may_stay = whole.max_load.copy(), whole.min_load.copy(), whole.may_stay.copy()
    given_up = {one.demand for one, _ in repair.uses}
    moved: dict[str, list[tuple[bool, int]]] = {}
    bits = np.zeros(whole.n_mentees, np.uint16)
    room: dict[str, int] = {}
    for one, units in repair.uses:
        demand = one.demand
        if demand.kind is DemandKind.MOST:
            most[demand.host] += units
            for key, hosts in demands.row_hosts.items():
                room[key] = room.get(key, 0) + units * int(hosts[demand.host])
        elif demand.kind is DemandKind.ROW:
            room[demand.key] = room.get(demand.key, 0) + units
        elif demand.kind is DemandKind.LEAST:
            least[demand.host] = max(0, int(least[demand.host]) - units)
        elif demand.kind is DemandKind.PLACED:
            may_stay[demand.mentee] = True
        elif demand.kind is DemandKind.BAR:
            bits[demand.mentee] |= 1 << demands.bars.keys.index(demand.key)
        elif demand.key:
            moved.setdefault(demand.key, []).append((one.over, units))
    opened = openable(demands, relaxations)
    mask = demands.bars.mask
    opened &= (mask & ~(relaxations.opens & bits[:, None])) == 0
    gone = {(demand.kind, demand.mentee, demand.other, demand.host) for demand in given_up}
    with_pairs = _with_pairs(demands, opened)
    return replace(
        with_pairs,
        max_load=most,
        min_load=least,
        may_stay=may_stay,
        cannot_link=_kept(whole.cannot_link, lambda i, k: (DemandKind.APART, i, k, -1) not in gone),
        must_link=_kept(
            whole.must_link, lambda i, k: (DemandKind.TOGETHER, min(i, k), max(i, k), -1) not in gone
        ),
        locked=_kept(whole.locked, lambda i, j: (DemandKind.LOCK, i, -1, j) not in gone),
        compositions=tuple(_moved(one, moved.get(one.key, [])) for one in whole.compositions),
        quotas=tuple(_moved(one, moved.get(one.key, [])) for one in whole.quotas),
        rows=_roomier(demands, with_pairs, room),
    )


def _roomier(demands: Demands, problem: Problem, room: dict[str, int]) -> tuple[Row, ...]:
    """Hard rows that limit places, with their limits raised, over the pairs that there are now."""
    found = []
    for row in demands.problem.rows:
        if row.price is None and row.key in demands.row_hosts:
            weight = np.where(demands.row_hosts[row.key][problem.pair_host], problem.pair_demand, 0)
            most = None if row.at_most is None else row.at_most + room.get(row.key, 0)
            found.append(replace(row, pair_weight=weight.astype(np.int64), at_most=most))
    return tuple(found)


def _moved(rule: Counted, moves: list[tuple[bool, int]]) -> Counted:
    for over, units in moves:
        if over and rule.at_most is not None:
            rule = replace(rule, at_most=rule.at_most + units)
        if not over and rule.at_least is not None:
            rule = replace(rule, at_least=max(0, rule.at_least - units))
    return rule


def _kept(rows: IntArray, keep: Callable[[int, int], bool]) -> IntArray:
    mask: BoolArray = np.array([keep(first, second) for first, second in rows.tolist()], np.bool_)
    return rows[mask]


def _with_pairs(demands: Demands, opened: BoolArray) -> Problem:
    whole = demands.problem
    eligible = np.zeros((whole.n_mentees, whole.n_hosts), np.bool_)
    eligible[whole.pair_mentee, whole.pair_host] = True
    value = np.zeros((whole.n_mentees, whole.n_hosts), np.int64)
    value[whole.pair_mentee, whole.pair_host] = whole.pair_value
    places = np.repeat(demands.bars.places[:, None], whole.n_hosts, axis=1)
    places[whole.pair_mentee, whole.pair_host] = whole.pair_demand
    mentee, host = np.nonzero(eligible | opened)
    return replace(
        whole,
        pair_mentee=mentee.astype(np.int64),
        pair_host=host.astype(np.int64),
        pair_value=value[mentee, host],
        pair_demand=places[mentee, host],
        rows=(),
    )

"""A part of a prepared problem as a problem of its own: some units, some hosts, the rest held still."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matcher.solvers.compiled import compiled
from matcher.solvers.prepared import NO_LIMIT, IntArray, Prepared


class _Slices(NamedTuple):
    """Compressed arrays of the part (or of the whole); `candidate` holds original positions."""

    start: IntArray
    unit: IntArray
    candidate: IntArray
    nb_start: IntArray
    nb_unit: IntArray
    nb_value: IntArray
    rival_start: IntArray
    rival: IntArray


def restrict(
    prepared: Prepared, units: IntArray, hosts: IntArray, outside_rows: IntArray | None = None
) -> Prepared:
    """Return the problem of some units and hosts alone, in time linear in the part.

    Units and hosts are renumbered in their order, and so are the mentees. A plan of the part is worth what
    its clusters, closed hosts and units that stay are worth in the whole; cohesion and rivalry with units
    left out do not count, and links to them are dropped.

    Parameters
    ----------
    prepared : Prepared
    units, hosts : ndarray of int64
        Ascending original indices.
    outside_rows : ndarray of int64, shape (n_rows,), optional
        What all other clusters count in each row across clusters: the limits are lowered by it.

    Returns
    -------
    Prepared
        Its candidates are those of these hosts with these units.
    """
    p = prepared
    parts = _slices(
        p.start,
        p.unit,
        p.nb_start,
        p.nb_unit,
        p.nb_value,
        p.rival_start,
        p.rival,
        np.ascontiguousarray(units, np.int64),
        np.ascontiguousarray(hosts, np.int64),
    )
    pick = parts.candidate
    value, demand = p.value[pick], p.demand[pick]
    row_pair, row_open = np.take(p.row_pair, pick, axis=1), np.take(p.row_open, hosts, axis=1)
    comp_host = np.take(p.comp_host, hosts, axis=1)
    member_start, member = _members(p, units)
    outside = np.zeros(p.n_rows, np.int64) if outside_rows is None else outside_rows
    by_host = np.stack([getattr(p, name)[hosts].astype(np.int64) for name in _BY_HOST])
    kind_of = kinds(
        parts.start, parts.unit, value, demand, row_pair, np.concatenate([by_host, row_open, comp_host])
    )
    return Prepared(
        n_mentees=len(member),
        start=parts.start,
        unit=parts.unit,
        value=value,
        demand=demand,
        low=by_host[0],
        high=by_host[1],
        open_cost=by_host[2],
        closed_value=by_host[3],
        may_close=p.may_close[hosts],
        target_low=by_host[4],
        target_high=by_host[5],
        under_price=p.under_price,
        over_price=p.over_price,
        may_stay=p.may_stay[units],
        stay_cost=p.stay_cost[units],
        member_start=member_start,
        member=member,
        nb_start=parts.nb_start,
        nb_unit=parts.nb_unit,
        nb_value=parts.nb_value,
        rival_start=parts.rival_start,
        rival=parts.rival,
        comp_count=np.take(p.comp_count, units, axis=1),
        comp_low=p.comp_low,
        comp_high=p.comp_high,
        comp_price=p.comp_price,
        comp_host=comp_host,
        row_pair=row_pair,
        row_open=row_open,
        row_low=np.where(p.row_low <= -NO_LIMIT, -NO_LIMIT, p.row_low - outside),
        row_high=np.where(p.row_high >= NO_LIMIT, NO_LIMIT, p.row_high - outside),
        row_price=p.row_price,
        kind_of=kind_of,
    )


_BY_HOST = ("low", "high", "open_cost", "closed_value", "target_low", "target_high", "may_close")


def _members(prepared: Prepared, units: IntArray) -> tuple[IntArray, IntArray]:
    """Mentees of the units, renumbered by their order."""
    first, last = prepared.member_start[units], prepared.member_start[units + 1]
    start = np.concatenate([[0], np.cumsum(last - first)]).astype(np.int64)
    at = np.arange(start[-1]) - np.repeat(start[:-1] - first, last - first)
    mentees = prepared.member[at]
    return start, np.searchsorted(np.sort(mentees), mentees).astype(np.int64)


@compiled
def _place(ascending: IntArray, wanted: int) -> int:
    """Position of a value in an ascending array; -1 where it is not."""
    at = int(np.searchsorted(ascending, wanted))
    return at if at < len(ascending) and ascending[at] == wanted else -1


@compiled
def _links_inside(start: IntArray, other: IntArray, units: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Links between the units, compressed, and the original position of each."""
    space = 0
    for unit in units:
        space += start[unit + 1] - start[unit]
    first = np.zeros(len(units) + 1, np.int64)
    to, link = np.empty(space, np.int64), np.empty(space, np.int64)
    count = 0
    for at in range(len(units)):
        begin, end = start[units[at]], start[units[at] + 1]
        if end - begin < len(units):  # look the shorter list up in the longer one
            for position in range(begin, end):
                place = _place(units, other[position])
                if place >= 0:
                    to[count], link[count] = place, position
                    count += 1
        else:
            for place in range(len(units)):
                spot = _place(other[begin:end], units[place])
                if spot >= 0:
                    to[count], link[count] = place, begin + spot
                    count += 1
        first[at + 1] = count
    return first, to[:count].copy(), link[:count].copy()


@compiled
def _slices(
    start: IntArray,
    unit: IntArray,
    nb_start: IntArray,
    nb_unit: IntArray,
    nb_value: IntArray,
    rival_start: IntArray,
    rival: IntArray,
    units: IntArray,
    hosts: IntArray,
) -> _Slices:
    """Cut the compressed arrays down to the part."""
    first = np.zeros(len(hosts) + 1, np.int64)
    space = 0
    for host in hosts:
        space += start[host + 1] - start[host]
    place, candidate = np.empty(space, np.int64), np.empty(space, np.int64)
    count = 0
    for at in range(len(hosts)):
        for position in range(start[hosts[at]], start[hosts[at] + 1]):
            spot = _place(units, unit[position])
            if spot >= 0:
                place[count], candidate[count] = spot, position
                count += 1
        first[at + 1] = count
    near_first, near, near_link = _links_inside(nb_start, nb_unit, units)
    rival_first, rivals, _ = _links_inside(rival_start, rival, units)
    return _Slices(
        first,
        place[:count].copy(),
        candidate[:count].copy(),
        near_first,
        near,
        nb_value[near_link],
        rival_first,
        rivals,
    )


@compiled
def kinds(
    start: IntArray, unit: IntArray, value: IntArray, demand: IntArray, row_pair: IntArray, by_host: IntArray
) -> IntArray:
    """Kind of each host: equal candidates and equal columns of `by_host`; numbered by first host."""
    n_hosts = len(start) - 1
    kind, mark = np.empty(n_hosts, np.int64), np.zeros(n_hosts, np.int64)
    first_of = np.empty(n_hosts, np.int64)
    count = 0
    for host in range(n_hosts):
        total = start[host + 1] - start[host]  # hosts that differ here need no closer look
        for at in range(start[host], start[host + 1]):
            total = total * 1_000_003 + unit[at] * 7_919 + value[at]
        mark[host] = total
        kind[host] = -1
        for known in range(count):
            one = first_of[known]
            if mark[one] != total or start[one + 1] - start[one] != start[host + 1] - start[host]:
                continue
            shift, same = start[one] - start[host], True
            for row in range(by_host.shape[0]):
                same = same and by_host[row, one] == by_host[row, host]
            for at in range(start[host], start[host + 1]):
                other = at + shift
                same = same and unit[other] == unit[at]
                same = same and value[other] == value[at] and demand[other] == demand[at]
                for row in range(row_pair.shape[0]):
                    same = same and row_pair[row, other] == row_pair[row, at]
            if same:
                kind[host] = known
                break
        if kind[host] < 0:
            kind[host], first_of[count] = count, host
            count += 1
    return kind

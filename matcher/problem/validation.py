"""Whether a Problem keeps its own promises: shapes, types, order, ranges and magnitudes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.problem.data import Problem
from matcher.problem.rules import Composition, LoadTarget, Quota, Row

MAX_MAGNITUDE = 2**53
"""No sum of places or weights may reach this size: below it every total is exact in int64 *and* in a double,
so that CP-SAT, which reports objective and bound as doubles, cannot round them."""

MAX_OBJECTIVE = 2**50
"""No plan's objective may reach this size (a billion points): the prices of branch-and-price grow to a
thousand times the largest value, and are added up in int64."""

_VECTORS = {
    "pair_mentee": "n_pairs",
    "pair_host": "n_pairs",
    "pair_value": "n_pairs",
    "pair_demand": "n_pairs",
    "min_load": "n_hosts",
    "max_load": "n_hosts",
    "open_cost": "n_hosts",
    "unassigned_cost": "n_mentees",
    "cohesion_value": "n_cohesion",
}
_MASKS = {"must_open": "n_hosts", "may_stay": "n_mentees"}
_LINKS = ("cannot_link", "must_link", "locked", "cohesion_pair")


def validate(problem: Problem) -> None:
    """Check that `problem` is what its docstring says.

    Raises
    ------
    ValueError
        With all faults, one a line. A problem that is merely infeasible is valid.
    """
    faults = list(_shapes(problem))
    if not faults:  # the other checks index into arrays whose shapes are now known to be right
        faults = [*_pairs(problem), *_loads(problem), *_links(problem), *_rules(problem)]
    if not faults:
        faults = list(_magnitude(problem))
    if faults:
        raise ValueError("The problem is not valid:\n" + "\n".join(f"- {fault}" for fault in faults))


def _shapes(problem: Problem) -> Iterator[str]:
    if problem.n_mentees < 0 or problem.n_hosts < 0:
        yield "n_mentees and n_hosts must be 0 or more"
        return
    size = {
        "n_mentees": problem.n_mentees,
        "n_hosts": problem.n_hosts,
        "n_pairs": len(problem.pair_mentee),
        "n_cohesion": len(problem.cohesion_pair),
    }
    for name, axis in _VECTORS.items():
        yield from _array(name, getattr(problem, name), (size[axis],), np.int64)
    for name, axis in _MASKS.items():
        yield from _array(name, getattr(problem, name), (size[axis],), np.bool_)
    for name in _LINKS:
        array = getattr(problem, name)
        yield from _array(name, array, (len(array), 2), np.int64)
    for rule in _counted(problem):
        yield from _array(f"members of {rule.key!r}", rule.members, (problem.n_mentees,), np.bool_)
        yield from _array(f"hosts of {rule.key!r}", rule.hosts, (problem.n_hosts,), np.bool_)
    for row in problem.rows:
        yield from _array(f"pair_weight of {row.key!r}", row.pair_weight, (problem.n_pairs,), np.int64)
        yield from _array(f"open_weight of {row.key!r}", row.open_weight, (problem.n_hosts,), np.int64)
    if problem.load_target is not None:
        yield from _array("low of the load target", problem.load_target.low, (problem.n_hosts,), np.int64)
        yield from _array("high of the load target", problem.load_target.high, (problem.n_hosts,), np.int64)


def _counted(problem: Problem) -> tuple[Composition | Quota, ...]:
    return (*problem.compositions, *problem.quotas)


def _array(name: str, array: object, shape: tuple[int, ...], dtype: type) -> Iterator[str]:
    if not isinstance(array, np.ndarray):
        yield f"{name} must be an array, not {type(array).__name__}"
    elif array.shape != shape or array.dtype != dtype:
        wanted = np.dtype(dtype).name
        yield f"{name} must have shape {shape} and type {wanted}; it has {array.shape} and {array.dtype}"


def _increasing(first: NDArray[np.int64], second: NDArray[np.int64]) -> bool:
    """Whether the rows (first, second) ascend strictly, i.e. are sorted and without repeats."""
    ahead = (first[1:] > first[:-1]) | ((first[1:] == first[:-1]) & (second[1:] > second[:-1]))
    return bool(ahead.all())


def _outside(values: NDArray[np.int64], size: int) -> bool:
    return bool(((values < 0) | (values >= size)).any())


def _pairs(problem: Problem) -> Iterator[str]:
    if _outside(problem.pair_mentee, problem.n_mentees):
        yield f"pair_mentee names a mentee outside 0 to {problem.n_mentees - 1}"
    if _outside(problem.pair_host, problem.n_hosts):
        yield f"pair_host names a host outside 0 to {problem.n_hosts - 1}"
    if not _increasing(problem.pair_mentee, problem.pair_host):
        yield "the pairs must be sorted by mentee, then host, without repeats"
    if (problem.pair_demand < 1).any():
        yield "pair_demand must be at least 1"


def _loads(problem: Problem) -> Iterator[str]:
    if (problem.min_load < 0).any() or (problem.max_load < 0).any():
        yield "min_load and max_load must be 0 or more"
    for host in np.flatnonzero(problem.min_load > problem.max_load).tolist():
        yield f"host {host}: min_load {problem.min_load[host]} exceeds max_load {problem.max_load[host]}"


def _links(problem: Problem) -> Iterator[str]:
    for name in ("cannot_link", "must_link", "cohesion_pair"):
        links = getattr(problem, name)
        if _outside(links, problem.n_mentees):
            yield f"{name} names a mentee outside 0 to {problem.n_mentees - 1}"
        if (links[:, 0] == links[:, 1]).any():
            yield f"{name} links a mentee with itself"
        elif name != "must_link" and (links[:, 0] > links[:, 1]).any():
            yield f"{name} must have i < k in each row"
        if name != "must_link" and not _increasing(links[:, 0], links[:, 1]):
            yield f"{name} must be sorted, without repeats"
    if _outside(problem.locked[:, 0], problem.n_mentees) or _outside(problem.locked[:, 1], problem.n_hosts):
        yield "locked names a mentee or a host that does not exist"


def _rules(problem: Problem) -> Iterator[str]:
    for rule in (*_counted(problem), *problem.rows):
        yield from _counts(rule)
    if problem.load_target is not None:
        yield from _target(problem.load_target)


def _counts(rule: Composition | Quota | Row) -> Iterator[str]:
    low, high = rule.at_least, rule.at_most
    if low is None and high is None:
        yield f"rule {rule.key!r} states neither at_least nor at_most"
    negative = (low is not None and low < 0) or (high is not None and high < 0)
    if negative and not isinstance(rule, Row):
        yield f"rule {rule.key!r}: at_least and at_most must be 0 or more"
    if low is not None and high is not None and low > high:
        yield f"rule {rule.key!r}: at_least {low} exceeds at_most {high}"
    if rule.price is not None and rule.price < 0:
        yield f"rule {rule.key!r}: the price must be 0 or more"


def _target(target: LoadTarget) -> Iterator[str]:
    if (target.low < 0).any() or (target.low > target.high).any():
        yield "the load target needs 0 <= low <= high for every host"
    if target.under_price < 0 or target.over_price < 0:
        yield "the prices of the load target must be 0 or more"


def magnitude(problem: Problem) -> int:
    """Size that no plan's objective and no partial sum of it can exceed, in objective units.

    Every term's largest absolute value, added up exactly.
    """
    best = _sizes(problem.unassigned_cost)
    np.maximum.at(best, problem.pair_mentee, _sizes(problem.pair_value))
    total = abs(problem.constant) + _exact_sum(best)
    total += _exact_sum(_sizes(problem.cohesion_value)) + _exact_sum(_sizes(problem.open_cost))
    for rule in _counted(problem):
        most = problem.n_mentees + problem.n_hosts + (rule.at_least or 0)
        times = problem.n_hosts if isinstance(rule, Composition) else 1
        total += (rule.price or 0) * most * times
    for row in problem.rows:
        total += (row.price or 0) * row_span(row)
    if problem.load_target is not None:
        low = _exact_sum(_sizes(problem.load_target.low))
        high = min(_exact_sum(_sizes(problem.pair_demand)), _exact_sum(_sizes(problem.max_load)))
        total += problem.load_target.under_price * low + problem.load_target.over_price * high
    return total


def _sizes(values: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Absolute values; those of int64 all fit uint64, even that of its least."""
    return np.abs(values).view(np.uint64)  # abs leaves -2**63 as it is, which reads 2**63 without a sign


def _exact_sum(sizes: NDArray[np.uint64]) -> int:
    """Sum without overflow: the upper and lower 32 bits apart, each safe for 2**32 values."""
    return (int((sizes >> np.uint64(32)).sum()) << 32) + int((sizes & np.uint64(2**32 - 1)).sum())


def row_span(row: Row) -> int:
    """Size that neither a row's sum nor what it can miss exceeds, in units of its weights."""
    weights = _exact_sum(_sizes(row.pair_weight)) + _exact_sum(_sizes(row.open_weight))
    return weights + abs(row.at_least or 0) + abs(row.at_most or 0)


def _magnitude(problem: Problem) -> Iterator[str]:
    places = _exact_sum(_sizes(problem.pair_demand)) + _exact_sum(_sizes(problem.max_load))
    if places >= MAX_MAGNITUDE:
        yield f"the demands and loads are too large to be added up exactly: {places}, limit {MAX_MAGNITUDE}"
    for row in problem.rows:
        span = row_span(row)
        if span >= MAX_MAGNITUDE:
            words = f"the weights of {row.key!r} are too large to be added up exactly"
            yield f"{words}: {span}, limit {MAX_MAGNITUDE}"
    size = magnitude(problem)
    if size >= MAX_OBJECTIVE:
        yield f"the values are too large to be added up exactly: {size} units, limit {MAX_OBJECTIVE}"

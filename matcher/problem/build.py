"""make_problem: a valid Problem from friendly arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.problem.data import Problem
from matcher.problem.rules import Composition, LoadTarget, Quota, Row
from matcher.problem.validation import validate

IntArray = NDArray[np.int64]
Links = Iterable[tuple[int, int]] | NDArray[np.int64]


def make_problem(
    values: ArrayLike | Mapping[tuple[int, int], int],
    *,
    n_mentees: int | None = None,
    n_hosts: int | None = None,
    eligible: ArrayLike | None = None,
    demand: ArrayLike = 1,
    min_load: ArrayLike = 0,
    max_load: ArrayLike | None = None,
    must_open: ArrayLike = False,
    open_cost: ArrayLike = 0,
    may_stay: ArrayLike = True,
    unassigned_cost: ArrayLike = 0,
    cannot_link: Links = (),
    must_link: Links = (),
    locked: Links = (),
    cohesion: Mapping[tuple[int, int], int] | None = None,
    compositions: Iterable[Composition] = (),
    quotas: Iterable[Quota] = (),
    rows: Iterable[Row] = (),
    load_target: LoadTarget | None = None,
    constant: int = 0,
) -> Problem:
    """Build and validate a problem; sorts, removes repeats, turns links so that i < k, converts types.

    Parameters
    ----------
    values : array-like of int, shape (n_mentees, n_hosts), or mapping of (mentee, host) to int
        Pair values in objective units. A mapping lists the eligible pairs; an array needs `eligible`
        unless every pair is.
    n_mentees, n_hosts : int, optional
        Needed with a mapping; with an array they are its shape.
    eligible : array-like of bool, shape (n_mentees, n_hosts), optional
    demand : int or array-like, shape (n_mentees,) or (n_mentees, n_hosts), default 1
        Places that a mentee takes.
    min_load, max_load : int or array-like, shape (n_hosts,)
        In places. Without `max_load` a host may take everybody.
    must_open : bool or array-like, shape (n_hosts,), default False
    open_cost : int or array-like, shape (n_hosts,), default 0
    may_stay : bool or array-like, shape (n_mentees,), default True
    unassigned_cost : int or array-like, shape (n_mentees,), default 0
    cannot_link, must_link : pairs of mentees, in any order
    locked : pairs (mentee, host)
    cohesion : mapping of (mentee, mentee) to int, optional
        Value of the two sharing a host; the values of (i, k) and (k, i) are added up.
    rows : Rows across clusters
        ``pair_weight`` of shape (n_mentees, n_hosts), or of shape (n_pairs,) by mentee, then host.
    compositions, quotas, load_target, constant
        As in :class:`Problem`.

    Returns
    -------
    Problem

    Raises
    ------
    ValueError
        With all faults (see :func:`validate`), or if values are not whole numbers.

    Examples
    --------
    >>> problem = make_problem([[5, 3], [4, 4]], max_load=1)
    >>> problem.n_pairs
    4
    """
    mentee, host, value, shape = _pairs(values, n_mentees, n_hosts, eligible)
    n, m = shape
    places = _spread(demand, "demand")
    demands = np.broadcast_to(places[:, None] if places.ndim == 1 else places, shape)[mentee, host]
    if max_load is None:
        max_load = int(np.broadcast_to(places[:, None] if places.ndim == 1 else places, shape).sum())
    cohesion_pair, cohesion_value = _cohesion(cohesion or {})
    problem = Problem(
        n_mentees=n,
        n_hosts=m,
        pair_mentee=mentee,
        pair_host=host,
        pair_value=value,
        pair_demand=demands.copy(),
        min_load=_vector(min_load, m, "min_load"),
        max_load=_vector(max_load, m, "max_load"),
        must_open=_mask(must_open, m),
        open_cost=_vector(open_cost, m, "open_cost"),
        may_stay=_mask(may_stay, n),
        unassigned_cost=_vector(unassigned_cost, n, "unassigned_cost"),
        cannot_link=_links(cannot_link),
        must_link=_links(must_link),
        locked=_rows(sorted({(int(i), int(j)) for i, j in locked})),
        cohesion_pair=cohesion_pair,
        cohesion_value=cohesion_value,
        compositions=tuple(compositions),
        quotas=tuple(quotas),
        rows=tuple(_weighed(row, mentee, host, shape) for row in rows),
        load_target=load_target,
        constant=constant,
    )
    validate(problem)
    return problem


def _spread(values: ArrayLike, name: str) -> IntArray:
    """Whole numbers as int64; anything else is refused, not rounded."""
    array = np.asarray(values)
    if array.size == 0:
        return array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} must be whole numbers, not {array.dtype}")
    return array.astype(np.int64)


def _vector(values: ArrayLike, size: int, name: str) -> IntArray:
    return np.broadcast_to(_spread(values, name), (size,)).copy()


def _mask(values: ArrayLike, size: int) -> NDArray[np.bool_]:
    return np.broadcast_to(np.asarray(values, dtype=np.bool_), (size,)).copy()


def _pairs(
    values: ArrayLike | Mapping[tuple[int, int], int],
    n_mentees: int | None,
    n_hosts: int | None,
    eligible: ArrayLike | None,
) -> tuple[IntArray, IntArray, IntArray, tuple[int, int]]:
    if isinstance(values, Mapping):
        if n_mentees is None or n_hosts is None or eligible is not None:
            raise ValueError("a mapping of pair values needs n_mentees and n_hosts, and no eligible mask")
        pairs = _rows(sorted(values))
        listed = _spread([values[i, j] for i, j in pairs.tolist()], "values")
        return pairs[:, 0].copy(), pairs[:, 1].copy(), listed, (n_mentees, n_hosts)
    matrix = _spread(values, "values")
    if matrix.ndim != 2:
        shape = (n_mentees or 0, n_hosts or 0)
        if matrix.size or 0 not in shape:
            raise ValueError(f"values must have shape (n_mentees, n_hosts), not {matrix.shape}")
        matrix = matrix.reshape(shape)
    mask = np.broadcast_to(np.asarray(True if eligible is None else eligible, np.bool_), matrix.shape)
    mentee, host = np.nonzero(mask)
    return mentee.astype(np.int64), host.astype(np.int64), matrix[mask], (matrix.shape[0], matrix.shape[1])


def _weighed(row: Row, mentee: IntArray, host: IntArray, shape: tuple[int, int]) -> Row:
    """Align a row's pair weights with the pairs; other shapes are left for `validate` to name."""
    weight = _spread(row.pair_weight, f"pair_weight of {row.key!r}")
    if weight.ndim == 2 and weight.shape == shape:
        weight = weight[mentee, host]
    return replace(
        row, pair_weight=weight, open_weight=_spread(row.open_weight, f"open_weight of {row.key!r}")
    )


def _rows(pairs: list[tuple[int, int]]) -> IntArray:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _links(links: Links) -> IntArray:
    return _rows(sorted({(min(int(i), int(k)), max(int(i), int(k))) for i, k in links}))


def _cohesion(values: Mapping[tuple[int, int], int]) -> tuple[IntArray, IntArray]:
    total: dict[tuple[int, int], int] = {}
    for (i, k), value in values.items():
        pair = (min(i, k), max(i, k))
        total[pair] = total.get(pair, 0) + value
    pairs = sorted(total)
    return _rows(pairs), np.array([total[pair] for pair in pairs], dtype=np.int64)

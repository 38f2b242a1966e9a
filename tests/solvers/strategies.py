"""Tiny random problems with every kind of rule, for hypothesis."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from matcher.problem import Composition, LoadTarget, Problem, Quota, QuotaKind, Row, make_problem

VALUES = st.integers(-6, 12)


@st.composite
def problems(draw: st.DrawFn, max_mentees: int = 5, max_hosts: int = 3, *, rows: bool = True) -> Problem:
    """Any valid problem of at most so many mentees and hosts, feasible or not; weighted rows on demand."""
    n, m = draw(st.integers(0, max_mentees)), draw(st.integers(0, max_hosts))
    pairs = [(i, j) for i in range(n) for j in range(m) if draw(st.integers(0, 4))]
    min_load = [draw(st.sampled_from((0, 0, 0, 1, 2, 3))) for _ in range(m)]
    max_load = [low + draw(st.integers(0, 3)) for low in min_load]
    return make_problem(
        {pair: draw(VALUES) for pair in pairs},
        n_mentees=n,
        n_hosts=m,
        demand=_demand(draw, n, m),
        min_load=_whole(min_load),
        max_load=_whole(max_load),
        must_open=[draw(st.integers(0, 5)) == 0 for _ in range(m)],
        open_cost=_whole([draw(st.sampled_from((0, 0, 3, -2))) for _ in range(m)]),
        may_stay=[draw(st.integers(0, 3)) > 0 for _ in range(n)],
        unassigned_cost=_whole([draw(st.integers(-1, 8)) for _ in range(n)]),
        cannot_link=_links(draw, n, 4),
        must_link=_links(draw, n, 1),
        locked=_locked(draw, n, m),
        cohesion={link: draw(VALUES) for link in _links(draw, n, 6)},
        compositions=[_composition(draw, n, m, at) for at in range(_count(draw, 2))],
        quotas=[_quota(draw, n, m, at) for at in range(_count(draw, 2))],
        rows=[_row(draw, len(pairs), m, at) for at in range(_count(draw, 2))] if rows else (),
        load_target=_target(draw, m) if draw(st.integers(0, 3)) == 0 else None,
        constant=draw(st.integers(-3, 3)),
    )


@st.composite
def flow_problems(draw: st.DrawFn, max_mentees: int = 5, max_hosts: int = 3) -> Problem:
    """Problems in which only pair values and loads matter."""
    n, m = draw(st.integers(0, max_mentees)), draw(st.integers(0, max_hosts))
    pairs = [(i, j) for i in range(n) for j in range(m) if draw(st.integers(0, 4))]
    must_open = [draw(st.integers(0, 2)) == 0 for _ in range(m)]
    min_load = [draw(st.integers(0, 2)) if must else draw(st.integers(0, 1)) for must in must_open]
    target = None
    if draw(st.booleans()):
        low = [draw(st.integers(0, 2)) if must else 0 for must in must_open]
        high = [at + draw(st.integers(0, 2)) for at in low]
        target = LoadTarget(_whole(low), _whole(high), draw(st.integers(0, 5)), draw(st.integers(0, 5)))
    return make_problem(
        {pair: draw(VALUES) for pair in pairs},
        n_mentees=n,
        n_hosts=m,
        demand=draw(st.integers(1, 2)),
        min_load=_whole(min_load),
        max_load=_whole([low + draw(st.integers(0, 3)) for low in min_load]),
        must_open=must_open,
        may_stay=[draw(st.integers(0, 3)) > 0 for _ in range(n)],
        unassigned_cost=_whole([draw(st.integers(-1, 8)) for _ in range(n)]),
        locked=_locked(draw, n, m),
        load_target=target,
        constant=draw(st.integers(-3, 3)),
    )


def _count(draw: st.DrawFn, most: int) -> int:
    count: int = draw(st.sampled_from((0, 0, *range(1, most + 1))))
    return count


def _whole(values: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def _demand(draw: st.DrawFn, n: int, m: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    if draw(st.integers(0, 2)):
        return np.ones(n, np.int64)
    return _whole([draw(st.integers(1, 2)) for _ in range(n * m)]).reshape(n, m)


def _links(draw: st.DrawFn, n: int, most: int) -> list[tuple[int, int]]:
    if n < 2:
        return []
    link = st.lists(st.integers(0, n - 1), min_size=2, max_size=2, unique=True)
    links = draw(st.lists(link, max_size=most))
    return sorted({(min(pair), max(pair)) for pair in links})


def _locked(draw: st.DrawFn, n: int, m: int) -> list[tuple[int, int]]:
    if not n or not m or draw(st.integers(0, 4)):
        return []
    return [(draw(st.integers(0, n - 1)), draw(st.integers(0, m - 1)))]


def _mask(draw: st.DrawFn, size: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([draw(st.integers(0, 2)) > 0 for _ in range(size)], dtype=np.bool_)


def _limits(draw: st.DrawFn) -> tuple[int | None, int | None, int | None]:
    low, high = draw(st.sampled_from(((0, 1), (1, None), (None, 1), (1, 2), (2, None), (None, 0), (2, 3))))
    return low, high, draw(st.sampled_from((None, 0, 2, 5)))


def _composition(draw: st.DrawFn, n: int, m: int, at: int) -> Composition:
    low, high, price = _limits(draw)
    return Composition(f"rule {at}", _mask(draw, n), _mask(draw, m), low, high, price)


def _quota(draw: st.DrawFn, n: int, m: int, at: int) -> Quota:
    low, high, price = _limits(draw)
    kind = draw(st.sampled_from(QuotaKind))
    return Quota(f"quota {at}", kind, _mask(draw, n), _mask(draw, m), low, high, price)


def _row(draw: st.DrawFn, n_pairs: int, m: int, at: int) -> Row:
    weights = st.sampled_from((0, 0, 1, 1, 2, 3, -2))
    pair_weight, open_weight = (_whole([draw(weights) for _ in range(size)]) for size in (n_pairs, m))
    low, high = draw(st.sampled_from(((1, None), (None, 1), (-1, 3), (2, 2), (4, None), (None, -1), (0, 4))))
    return Row(f"row {at}", pair_weight, open_weight, low, high, draw(st.sampled_from((None, 0, 1, 4))))


def _target(draw: st.DrawFn, m: int) -> LoadTarget:
    low = [draw(st.integers(0, 3)) for _ in range(m)]
    high = [at + draw(st.integers(0, 2)) for at in low]
    return LoadTarget(_whole(low), _whole(high), draw(st.integers(0, 4)), draw(st.integers(0, 4)))

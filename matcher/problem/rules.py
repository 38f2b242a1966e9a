"""Rules that are more than a pair or a load, as data. Each states its inequality."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """In each open cluster of some hosts, at least / at most so many members with a property.

    Hard (``price is None``): for every open host j with ``hosts[j]``:
    ``at_least <= |{i in S_j : members[i]}| <= at_most``. Soft: each school short or over costs `price`.
    A closed host (empty cluster) satisfies the rule. Members count as schools, not as demand.

    Attributes
    ----------
    key : str
        Stable name, for reports.
    members : ndarray of bool, shape (n_mentees,)
    hosts : ndarray of bool, shape (n_hosts,)
    at_least, at_most : int or None
    price : int or None
        Objective units per school short or over; None makes the rule hard.
    """

    key: str
    members: NDArray[np.bool_]
    hosts: NDArray[np.bool_]
    at_least: int | None
    at_most: int | None
    price: int | None = None


class QuotaKind(StrEnum):
    """What a quota counts."""

    MENTEES = "mentees"
    CLUSTERS = "clusters"


@dataclass(frozen=True, slots=True, eq=False)
class Quota:
    """A row across clusters.

    Kind MENTEES: ``at_least <= |{i : members[i], host(i) in hosts}| <= at_most``.
    Kind CLUSTERS: ``at_least <= |{j in hosts : S_j not empty}| <= at_most`` (`members` is ignored).
    Soft (``price`` given): each school or cluster short or over costs `price`.

    Attributes
    ----------
    key : str
        Stable name, for reports.
    kind : QuotaKind
    members : ndarray of bool, shape (n_mentees,)
    hosts : ndarray of bool, shape (n_hosts,)
    at_least, at_most : int or None
    price : int or None
        Objective units per unit short or over; None makes the rule hard.
    """

    key: str
    kind: QuotaKind
    members: NDArray[np.bool_]
    hosts: NDArray[np.bool_]
    at_least: int | None
    at_most: int | None
    price: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A weighted row across clusters: budgets, limits on moves, exactly so many clusters.

    ``at_least <= sum of pair_weight over chosen pairs + sum of open_weight over open hosts <= at_most``,
    where a host is open if its cluster is not empty. Soft (``price`` given): each unit short or over
    costs `price`. Weights and limits may be negative.

    Attributes
    ----------
    key : str
        Stable name, for reports.
    pair_weight : ndarray of int64, shape (n_pairs,)
        Aligned with the problem's pairs; :func:`make_problem` also takes (n_mentees, n_hosts).
    open_weight : ndarray of int64, shape (n_hosts,)
    at_least, at_most : int or None
        In units of the weights.
    price : int or None
        Objective units per unit short or over; None makes the rule hard.
    """

    key: str
    pair_weight: NDArray[np.int64]
    open_weight: NDArray[np.int64]
    at_least: int | None
    at_most: int | None
    price: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LoadTarget:
    """Soft loads inside the hard ones: each place below or above a target costs.

    For every open host j (for every host where ``must_open[j]``):
    cost ``under_price * max(0, low[j] - load_j) + over_price * max(0, load_j - high[j])``.

    Attributes
    ----------
    low, high : ndarray of int64, shape (n_hosts,)
    under_price, over_price : int
        Objective units per place.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    under_price: int
    over_price: int

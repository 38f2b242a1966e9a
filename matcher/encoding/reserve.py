"""Reserve capacity: places that stay free, as limits on sums over the plan."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.budget import budget_label, budget_of
from matcher.encoding.data import Encoding
from matcher.encoding.fairness import group_label, group_of
from matcher.encoding.leads import lead_words
from matcher.encoding.loads import wanted_loads
from matcher.encoding.units import price_units
from matcher.features.countries import country_name
from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.policy.rules import LoadRule, Reserve, ReserveScope
from matcher.problem import Problem, Row
from matcher.profiles import School, Strength
from matcher.rules.concessions import granted_places, spared_places

_PREFIX = "reserve:"
PROGRAMME = "programme"
"""Stands for all countries together."""
_EPSILON = 1e-9


def reserved(rule: Reserve, places: int) -> int:
    """Places to keep free of so many; a share is rounded up to whole places.

    Examples
    --------
    >>> reserved(Reserve(share=0.1), 21), reserved(Reserve(places=2), 21)
    (3, 2)
    """
    return math.ceil(rule.share * places - _EPSILON) if rule.places is None else rule.places


def encode_reserve(
    mentors: tuple[School, ...], policy: Policy, pairs: PairList, demand: NDArray[np.int64]
) -> tuple[Row, ...]:
    """Turn the reserve into one row for each country, or one for the programme; none where it is off.

    A row counts the places that are filled: at most the mentors' stated maxima less the reserve. Places that
    concessions grant are for use: of them nothing is kept free.

    Parameters
    ----------
    mentors : tuple of School
        Sorted by id.
    policy : Policy
    pairs : PairList
        Eligible pairs.
    demand : ndarray of int64, shape (n_mentees,)
        Places that each mentee takes.

    Returns
    -------
    tuple of Row
        Sorted by country; keys as :func:`reserve_of` reads them.
    """
    if policy.rules.load.reserve.strength is Strength.OFF:
        return ()
    return tuple(_rows(mentors, policy, pairs, demand))


def _rows(
    mentors: tuple[School, ...], policy: Policy, pairs: PairList, demand: NDArray[np.int64]
) -> Iterator[Row]:
    rule, granted = policy.rules.load, granted_places(policy, mentors)
    _, most = wanted_loads(mentors, rule)
    groups = np.array([_group(school, rule) for school in mentors], dtype=np.str_)
    price = price_units(rule.reserve.price) if rule.reserve.strength is Strength.SOFT else None
    for group in np.unique(groups).tolist():
        hosts = groups == group
        places = int(most[hosts].sum())
        kept = reserved(rule.reserve, places - int(granted[hosts].sum())) - spared_places(policy, group)
        yield Row(
            key=f"{_PREFIX}{group}",
            pair_weight=np.where(hosts[pairs.host], demand[pairs.mentee], 0).astype(np.int64),
            open_weight=np.zeros(len(mentors), np.int64),
            at_least=None,
            at_most=places - max(0, kept),
            price=price,
        )


def _group(mentor: School, rule: LoadRule) -> str:
    return PROGRAMME if rule.reserve.per is ReserveScope.PROGRAMME else mentor.country


def more_to_fill(encoding: Encoding) -> dict[int, tuple[tuple[str, int], ...]]:
    """By mentor: the row whose limit rises with one more place granted there, and by how much.

    Of places that are granted none is kept free, so that each is one more to fill.
    """
    rule = encoding.policy.rules.load
    if rule.reserve.strength is Strength.OFF:
        return {}
    return {
        host: ((f"{_PREFIX}{_group(school, rule)}", 1),)
        for host, school in enumerate(encoding.intake.mentors)
    }


def reserve_hosts(encoding: Encoding) -> dict[str, NDArray[np.bool_]]:
    """By key of each row that keeps places free: the hosts whose places it counts, shape (n_hosts,)."""
    groups = [_group(school, encoding.policy.rules.load) for school in encoding.intake.mentors]
    return {
        row.key: np.array([group == reserve_of(row.key) for group in groups], np.bool_)
        for row in encoding.problem.rows
        if reserve_of(row.key) is not None
    }


def reserve_places(encoding: Encoding, key: str) -> int:
    """Places that the mentors have of whom a row keeps some free."""
    most = wanted_loads(encoding.intake.mentors, encoding.policy.rules.load)[1]
    return int(most[reserve_hosts(encoding)[key]].sum())


def reserve_of(key: str) -> str | None:
    """Country code of a row that keeps places free, or :data:`PROGRAMME`; None for any other row."""
    return key.removeprefix(_PREFIX) if key.startswith(_PREFIX) else None


def row_label(key: str) -> str:
    """Name of a row in reports; a row of another kind is named by its key."""
    group = reserve_of(key)
    if group_of(key) is not None:
        return group_label(key)
    if group is None and lead_words(key):
        return lead_words(key)
    if group is None:
        return key if budget_of(key) is None else budget_label(key)
    return "Reserve capacity" if group == PROGRAMME else f"Reserve capacity in {country_name(group)}"


def without_reserve(encoding: Encoding) -> Problem:
    """Problem of a drop-out: the places kept free for it may be taken, and groups are not held to bounds."""
    problem = encoding.problem
    rows = tuple(row for row in problem.rows if reserve_of(row.key) is None and group_of(row.key) is None)
    return problem if len(rows) == len(problem.rows) else replace(problem, rows=rows)

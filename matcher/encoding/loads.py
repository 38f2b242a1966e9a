"""Loads: how many places each host fills, from the workbook's columns and the policy's defaults."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.encoding.units import price_units
from matcher.policy.rules import LoadRule, LoadScope
from matcher.problem import LoadTarget
from matcher.profiles import School, Strength
from matcher.rules.concessions import stated_loads


@dataclass(frozen=True, slots=True, eq=False)
class Loads:
    """Load bounds of the hosts, as the problem takes them; arrays of shape (n_hosts,)."""

    min_load: NDArray[np.int64]
    max_load: NDArray[np.int64]
    must_open: NDArray[np.bool_]
    target: LoadTarget | None


def wanted_loads(mentors: tuple[School, ...], rule: LoadRule) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Smallest and largest load of each mentor, before strengths are looked at.

    The school's own columns come first. Where only one is filled in, the policy's default for the other
    gives way to it, so that a default can never contradict what a school said.

    Returns
    -------
    low, high : ndarray of int64, shape (n_hosts,)
    """
    stated = [stated_loads(school, rule) for school in mentors]
    low, high = [least for least, _ in stated], [most for _, most in stated]
    return np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)


def encode_loads(mentors: tuple[School, ...], rule: LoadRule, total_demand: int) -> Loads:
    """Turn the load rule into bounds and, where it is soft, a target.

    Parameters
    ----------
    mentors : tuple of School
        Sorted by id.
    rule : LoadRule
    total_demand : int
        Places that all mentees take together; the maximum where the rule is off.

    Returns
    -------
    Loads
    """
    low, high = wanted_loads(mentors, rule)
    hard_low = low if rule.min_strength is Strength.HARD else np.zeros_like(low)
    hard_high = {
        Strength.HARD: high,
        Strength.SOFT: high + rule.over_limit,
        Strength.OFF: np.maximum(low, total_demand),
    }[rule.max_strength]
    every = rule.applies_to is LoadScope.EVERY and rule.min_strength is not Strength.OFF
    return Loads(hard_low, hard_high, (low > 0) & every, _target(rule, low, high, hard_high))


def _target(
    rule: LoadRule, low: NDArray[np.int64], high: NDArray[np.int64], hard_high: NDArray[np.int64]
) -> LoadTarget | None:
    soft_min = rule.min_strength is Strength.SOFT
    soft_max = rule.max_strength is Strength.SOFT
    if not (soft_min or soft_max):
        return None
    return LoadTarget(
        low=low if soft_min else np.zeros_like(low),
        high=high if soft_max else hard_high,
        under_price=price_units(rule.under_price) if soft_min else 0,
        over_price=price_units(rule.over_price) if soft_max else 0,
    )

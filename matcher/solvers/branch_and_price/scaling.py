"""Multiply all values by a power of two, so that rounded prices prove bounds to the last unit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.problem import Problem
from matcher.problem.validation import magnitude
from matcher.solvers.prepared import Prepared

MOST_BITS = 20
ROOM = 2**46
"""Scaled totals stay below this, so that prices a thousand times as large can still be added up exactly."""


def factor_of(problem: Problem) -> int:
    """Power of two by which all values can be multiplied without any sum becoming too large."""
    room = ROOM // (magnitude(problem) + 1)
    return int(2 ** max(0, min(MOST_BITS, room.bit_length() - 1)))


def scaled(prepared: Prepared, factor: int) -> Prepared:
    """Return the same problem with all values multiplied."""
    hard_comp, hard_row = prepared.comp_price < 0, prepared.row_price < 0
    return replace(
        prepared,
        value=prepared.value * factor,
        open_cost=prepared.open_cost * factor,
        closed_value=prepared.closed_value * factor,
        under_price=prepared.under_price * factor,
        over_price=prepared.over_price * factor,
        stay_cost=prepared.stay_cost * factor,
        nb_value=prepared.nb_value * factor,
        comp_price=np.where(hard_comp, -1, prepared.comp_price * factor),
        row_price=np.where(hard_row, -1, prepared.row_price * factor),
    )

"""Whether the linear master has any solution at all: the same columns, with nothing but misses counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.solvers.prepared import Prepared

MISS = 2**24
"""Price of one miss; large, so that rounded prices still prove that some is needed."""


def only_misses(prepared: Prepared) -> Prepared:
    """Return a problem whose plans are worth 0 exactly if they are plans of `prepared`.

    A unit that must be placed may stay, a host that must open may close and hard rows may be missed, each
    at a price; nothing else has a value. A bound below 0 therefore proves that `prepared` has no plan.
    """
    nothing = np.zeros_like
    hard_row = prepared.row_price < 0
    return replace(
        prepared,
        value=nothing(prepared.value),
        open_cost=nothing(prepared.open_cost),
        closed_value=np.where(prepared.may_close, 0, -MISS),
        may_close=np.ones_like(prepared.may_close),
        under_price=0,
        over_price=0,
        stay_cost=np.where(prepared.may_stay, 0, MISS),
        may_stay=np.ones_like(prepared.may_stay),
        nb_start=nothing(prepared.nb_start),
        nb_unit=np.empty(0, np.int64),
        nb_value=np.empty(0, np.int64),
        comp_price=np.where(prepared.comp_price < 0, -1, 0),
        row_price=np.where(hard_row, MISS, 0),
    )

"""Declared links between a mentee and a mentor as verdicts on pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.profiles import LinkKind
from matcher.rules.context import RuleContext
from matcher.rules.declared import LINK_RULES
from matcher.rules.outcome import PairOutcome


def declared_outcome(context: RuleContext, pairs: PairList, kind: LinkKind) -> PairOutcome | None:
    """Judge by the links of one kind that bar mentee–mentor pairs; None if there is none.

    Where several links of the kind name one pair, a hard one wins and soft prices add.
    """
    prices: dict[int, float] = {}
    hard: list[int] = []
    for (mentee, host), links in context.barring_links.items():
        chosen = [one for one in links if one.link.kind is kind]
        if chosen:
            number = mentee * len(context.mentors) + host
            prices[number] = sum(one.price for one in chosen)
            hard += [number] if any(one.hard for one in chosen) else []
    if not prices:
        return None
    known = np.array(sorted(prices), np.int64)
    asked = pairs.mentee * len(context.mentors) + pairs.host
    at = np.minimum(np.searchsorted(known, asked), known.size - 1)
    broken: NDArray[np.bool_] = known[at] == asked
    is_hard = np.isin(asked, np.array(hard, np.int64))
    price = np.array([prices[number] for number in known.tolist()], np.float64)[at]
    return PairOutcome(
        key=LINK_RULES[kind],
        broken=broken,
        unknown=np.zeros(len(pairs), np.bool_),
        hard=is_hard,
        price=np.where(broken & ~is_hard, price, 0.0),
    )

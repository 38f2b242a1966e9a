"""Prices of the alternatives that a plan shows: what insisting on each would cost the whole plan."""

from __future__ import annotations

from matcher.analysis.alternatives import eligible_alternatives
from matcher.analysis.outlook_document import PairPrice
from matcher.analysis.wording import rounded
from matcher.encoding import Encoding
from matcher.problem import SCALE
from matcher.questions.prices import IMPOSSIBLE, PairPrices
from matcher.solution import Solution


def prices_of(encoding: Encoding, plan: Solution, prices: PairPrices) -> tuple[PairPrice, ...]:
    """Price the eligible next-best hosts of each mentee.

    Parameters
    ----------
    encoding : Encoding
    plan : Solution
    prices : PairPrices
        Of this plan.

    Returns
    -------
    tuple of PairPrice
        By mentee id, then in the order in which the alternatives are shown; none of what was not priced.
    """
    index = encoding.problem.pair_index
    found = []
    for mentee, own in enumerate(plan.host_of.tolist()):
        if mentee in prices.unpriced:
            continue
        for host in eligible_alternatives(encoding, mentee, own):
            at = index[mentee, host]
            price = int(prices.pair[at])
            found.append(
                PairPrice(
                    mentee_id=encoding.mentee_ids[mentee],
                    host_id=encoding.host_ids[host],
                    at_least=None if price == IMPOSSIBLE else rounded(price / SCALE),
                    exact=bool(prices.pair_exact[at]),
                )
            )
    return tuple(found)

"""Preferences of both sides: deferred acceptance, blocking pairs, and plans with as few of them as can be."""

from matcher.solvers.stable.acceptance import deferred_acceptance
from matcher.solvers.stable.blocking import blocking_pairs, blocks_at, standing_of
from matcher.solvers.stable.exchange import broken_by_exchange
from matcher.solvers.stable.fewest import BLOCKING_PAIRS, fewest_blocking
from matcher.solvers.stable.preferences import Preferences, Side, break_ties

__all__ = [
    "BLOCKING_PAIRS",
    "Preferences",
    "Side",
    "blocking_pairs",
    "blocks_at",
    "break_ties",
    "broken_by_exchange",
    "deferred_acceptance",
    "fewest_blocking",
    "standing_of",
]

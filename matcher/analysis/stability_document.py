"""What a plan's document says of preferences: how many pairs block it, which, and what excuses them."""

from __future__ import annotations

from typing import Literal

from matcher.analysis.document_part import DocumentPart


class BlockingPair(DocumentPart):
    """A mentee and a mentor that would both rather have each other than what the plan gives them."""

    mentee_id: str
    host_id: str
    mentee_words: str
    """What the mentee would prefer and what it has now, in its own ranks."""
    host_words: str
    """What the mentor would prefer: a free place filled, or whom it would let go for it."""
    lets_go: tuple[str, ...]
    """Mentees that the mentor would let go, the fewest that make room; empty where a place is free."""
    counted: bool
    """Whether it counts among those that the plan has as few of as possible; a barred pair does not."""
    excused_by: tuple[str, ...]
    """Rules that forbid it to have its way, with the schools and values; empty where none does."""


class StabilityReport(DocumentPart):
    """How well a plan keeps to the schools' own preferences."""

    mode: str
    unranked: Literal["unacceptable", "last"]
    number: int
    """Blocking pairs among the pairs that the rules allow."""
    excused: int
    """How many of these a rule about clusters excuses: their exchange would break it."""
    barred: int
    """Pairs, one of which named the other, that would block the plan if no rule about pairs barred them."""
    proven_fewest: bool
    """Whether it is proven that no plan that keeps the hard rules has fewer."""
    left_out: int
    """Pairs that the rules allow but one side does not accept."""
    sentence: str
    pairs: tuple[BlockingPair, ...]
    """Every blocking pair: those that no rule excuses first, then the excused, then the barred; by mentee."""

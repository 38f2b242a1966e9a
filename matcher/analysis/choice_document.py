"""Which candidates were chosen as mentors, as part of the plan document."""

from __future__ import annotations

from matcher.analysis.document_part import DocumentPart


class NotChosen(DocumentPart):
    """A candidate that leads no cluster."""

    host_id: str
    in_reach: int
    """Mentees that it may take."""
    loose_in_reach: int
    """Of these, mentees that have no mentor in this plan."""
    words: str
    """One sentence on what it could do."""


class ChoiceReport(DocumentPart):
    """Which of the candidates lead a cluster."""

    candidates: int
    chosen: int
    rule: str
    """What the policy asks for, one sentence."""
    at_most: int | None
    not_chosen: tuple[NotChosen, ...]
    """By id."""

    @property
    def sentence(self) -> str:
        """How many of the candidates were chosen."""
        return f"Of {self.candidates:,} candidates, {self.chosen:,} lead a cluster."

"""Fairness and lots, as part of the plan document."""

from __future__ import annotations

from typing import Literal

from matcher.analysis.document_part import DocumentPart


class GroupFigures(DocumentPart):
    """How one group of schools fares."""

    words: str
    """Which schools it is, in plain words."""
    schools: int
    placed: int
    share_placed: float | None
    """Share of its schools that have a mentor, 0 to 1; None without schools."""
    mean_score: float | None
    """Mean score of its schools, 0 for one without a mentor; None without schools."""
    worst_score: float | None
    """Lowest score of those that have a mentor; None where none has."""


class GroupPair(DocumentPart):
    """Two groups, what they are compared by, and how far apart they are."""

    label: str
    measure: Literal["mean-score", "share-placed"]
    first: GroupFigures
    second: GroupFigures
    not_judged: int
    """Schools in neither group, because their data is missing or they fit neither."""
    difference: float | None
    """First less second, in points or percent; None where a group has no schools."""
    at_most: float | None
    """Largest difference that the policy wants; None where it only shows the two."""
    sentence: str


class FairnessReport(DocumentPart):
    """Who is how badly off."""

    worst_id: str | None
    """The school that has a mentor and the lowest score; None where nobody is placed."""
    worst_score: float | None
    without: int
    """Schools without a mentor."""
    groups: tuple[GroupPair, ...]
    sentence: str


class FairnessPrice(DocumentPart):
    """What fairness costs: the plan against the best one without floor, leximin and bounds on groups."""

    points: float
    """Points that the plan has less, both counted without what fairness itself takes."""
    share: float | None
    """`points` as a share of the other plan's; None where that has none."""
    proven: bool
    """Whether both plans are proven; else `points` is only what is known."""
    placed: int
    """Schools that the other plan places."""
    worst_score: float | None
    """Lowest score of a placed school in the other plan."""
    sentence: str


class LotteryReport(DocumentPart):
    """That ties were broken by lot, and how to draw the lots again."""

    seed: str
    round_points: float
    """Points in one step, which the lots of a whole plan never reach."""
    sentence: str

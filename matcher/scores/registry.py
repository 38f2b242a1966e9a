"""The criteria in plain words, in the order of the policy file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CriterionInfo:
    """What a reader is told about one criterion.

    Attributes
    ----------
    key : str
        Field name in ``policy.criteria``.
    label : str
        Short name for tables and charts.
    statement : str
        What it asks for, one sentence.
    """

    key: str
    label: str
    statement: str


_INFOS = (
    CriterionInfo(
        "maturity_band",
        "Digital maturity",
        "The mentor is ahead of the mentee, area by area, but not too far ahead.",
    ),
    CriterionInfo(
        "challenge_fit",
        "Challenges and strengths",
        "The mentor is strong where the mentee's challenges lie; earlier challenges count more.",
    ),
    CriterionInfo("shared_language", "Shared language", "Both schools work well in one language."),
    CriterionInfo("travel", "Travel", "The schools are close to each other by road."),
    CriterionInfo("phase", "Phase of education", "The mentor covers the mentee's phases of education."),
    CriterionInfo("size", "Size", "The schools have a similar number of pupils."),
    CriterionInfo(
        "context", "Context", "The schools have similar surroundings and pupils with similar needs."
    ),
    CriterionInfo("work_mode", "Way of working", "The schools can work together in the same way."),
    CriterionInfo("mentee_preference", "Mentee's wish", "The mentee asked for this mentor."),
    CriterionInfo("mentor_preference", "Mentor's wish", "The mentor asked for this mentee."),
    CriterionInfo("partnership", "Earlier partnership", "The schools were partners before."),
)

CRITERIA: dict[str, CriterionInfo] = {info.key: info for info in _INFOS}
"""By key, in policy order."""

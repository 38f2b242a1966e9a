"""The columns of a changes file: headings, what they take, and which kind of change needs which."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.changes import ChangeKind

SHEET = "Changes"
FORMULA_SIGNS = ("=", "+", "-", "@")
"""A text that begins with one of these gets an apostrophe in a CSV file, so that no spreadsheet runs it."""


@dataclass(frozen=True, slots=True)
class ChangeColumn:
    """One column: its key in JSON, its heading, what it means, an example."""

    key: str
    heading: str
    meaning: str
    example: str


COLUMNS = (
    ChangeColumn("change", "Change", "What happens; one of the words of the list.", "mentor-leaves"),
    ChangeColumn("school", "School", "Id of the school that it happens to.", "HR-001"),
    ChangeColumn(
        "other", "Other school", "The rival, or the mentor of the pair; empty where there is none.", ""
    ),
    ChangeColumn("value", "Value", "Only for capacity: the places that the mentor offers from now on.", ""),
    ChangeColumn("reason", "Reason", "Why, in a sentence; it goes on record.", "No staff left for it"),
    ChangeColumn("author", "Author", "Who decided it; it goes on record.", "Ministry desk"),
)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind of change means, and which cells it needs or may have beside the school."""

    meaning: str
    needs: tuple[str, ...] = ()
    may_have: tuple[str, ...] = ()


KINDS = {
    ChangeKind.MENTOR_LEAVES: KindRule("The mentor drops out; its cluster needs new hosts."),
    ChangeKind.SCHOOL_LEAVES: KindRule("The mentee drops out; its place becomes free."),
    ChangeKind.SCHOOL_JOINS: KindRule(
        "The school, mentor or mentee, is new; its profile stands in the new schools' intake."
    ),
    ChangeKind.CAPACITY: KindRule("The mentor offers so many places from now on.", ("value",)),
    ChangeKind.RIVALRY: KindRule("The two schools must not share a cluster from now on.", ("other",)),
    ChangeKind.PIN: KindRule("The mentee keeps its mentor, whatever else changes.", may_have=("other",)),
    ChangeKind.MOVE: KindRule("The mentee goes to the mentor under 'Other school'.", ("other",)),
    ChangeKind.FORBID: KindRule("The mentee must not go to the mentor under 'Other school'.", ("other",)),
}

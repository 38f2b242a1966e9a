"""What changes after a plan was made: one record a change, in the words of the form."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class ChangeKind(StrEnum):
    """What a change does."""

    MENTOR_LEAVES = "mentor-leaves"
    SCHOOL_LEAVES = "school-leaves"
    SCHOOL_JOINS = "school-joins"
    CAPACITY = "capacity"
    RIVALRY = "rivalry"
    PIN = "pin"
    MOVE = "move"
    FORBID = "forbid"


HAND_EDITS = (ChangeKind.PIN, ChangeKind.MOVE)
"""Kinds that change a plan by hand; the others change what it is made from."""


class Change(BaseModel):
    """One change.

    Attributes
    ----------
    change : ChangeKind
    school : str
        Id of the school that it is about.
    other : str or None
        The other school: the rival; the mentor of a pair to pin, to move to, or to forbid. A pin without
        it means the mentor that the school has.
    value : int or None
        For ``capacity``: the places that the mentor offers from now on.
    reason, author : str or None
        Why, and who decided; both go on record.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    change: ChangeKind
    school: Annotated[str, Field(min_length=1)]
    other: str | None = None
    value: Annotated[int, Field(ge=0)] | None = None
    reason: str | None = None
    author: str | None = None


class ChangesFile(BaseModel):
    """A file of changes as JSON; a workbook or a CSV file holds the same, one change a row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    changes: tuple[Change, ...]

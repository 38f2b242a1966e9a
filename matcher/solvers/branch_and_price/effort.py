"""How far to go with one problem before branching, or before leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Steps:
    """Cuts in all and a round; columns and work of the choice among listed columns; columns of a guess."""

    cuts: int
    cuts_a_round: int
    columns: int
    guessed: int
    work: float


class Effort(Enum):
    """The root of a search, a node of its tree, a part of its plan."""

    ROOT = Steps(cuts=200, cuts_a_round=40, columns=1_500, guessed=1_500, work=1.0)
    NODE = Steps(cuts=80, cuts_a_round=30, columns=1_000, guessed=300, work=0.5)
    PART = Steps(cuts=40, cuts_a_round=20, columns=500, guessed=0, work=0.3)

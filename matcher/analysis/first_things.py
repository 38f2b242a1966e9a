"""What counted before points, in plain words: one sentence for each thing that a search reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.analysis.document import FirstThing
from matcher.solvers.priorities import Reached

WORDS: dict[str, Callable[[Reached], str]] = {}
"""By the key of what was reached, without what follows a colon: its sentence. Each model adds its own."""


def first_things(reached: Sequence[Reached]) -> tuple[FirstThing, ...]:
    """Say what was reached of everything that counted before points.

    Parameters
    ----------
    reached : sequence of Reached

    Returns
    -------
    tuple of FirstThing
        In the same order.

    Raises
    ------
    KeyError
        If no words are known for something.
    """
    return tuple(
        FirstThing(key=one.key, sentence=WORDS[one.key.split(":")[0]](one), proven=one.is_proven)
        for one in reached
    )

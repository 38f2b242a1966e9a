"""What counted before points, in plain words: one sentence for each thing that a search reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.analysis.document import FirstThing
from matcher.analysis.wording import listed
from matcher.models.fairness import PLACED_FIRST, WORST_OFF
from matcher.solvers.priorities import Reached


def _layers_together(one: Reached) -> str:
    number = one.key.split(":")[1]
    if one.is_proven:
        return (
            f"The {number} layers were found together: it is proven that no plans for all of them are "
            "better in sum."
        )
    return f"The {number} layers were found together; that their sum is the best possible is not proven."


def _layer_before(one: Reached) -> str:
    title = one.key.split(":", 1)[1]
    proven = "" if one.is_proven else ", which is not proven to be the best possible"
    return f"The layer {title} came first and is kept as it is{proven}."


def _blocking(one: Reached) -> str:
    number, least = -one.value, -(one.bound or 0)
    if not number:
        return "No pair blocks the plan: no mentee and mentor that the rules allow both want each other more."
    pairs = "pair blocks" if number == 1 else "pairs block"
    if one.is_proven:
        return f"{number} {pairs} the plan; it is proven that no plan allowed has fewer."
    return f"{number} {pairs} the plan; it is proven that no plan allowed has fewer than {least}."


def _best_for(side: str) -> Callable[[Reached], str]:
    return lambda _one: (
        f"It is the plan without blocking pairs that is best for every {side} at once, ties taken in the "
        "policy's order."
    )


def _placed(one: Reached) -> str:
    who = "school has" if one.value == 1 else "schools have"
    if one.bound is None:
        return f"{one.value:,} {who} a mentor; that no plan places more is not proven."
    return f"{one.value:,} {who} a mentor; it is proven that no plan places more than {one.bound:,}."


def _worst_off(steps: Sequence[Reached]) -> FirstThing:
    """Say all steps of the worst-off in one sentence: how many schools score below so many points."""
    proven = all(one.is_proven for one in steps)
    told = steps[:-1] if len(steps) > 1 else steps  # below the last step are all
    ends = [(one.key.split(":")[1], -one.value) for one in told]
    said = [f"{number:,} below {points}" if number else f"none below {points}" for points, number in ends]
    sure = "it is proven that no plan has fewer" if proven else "that no plan has fewer is not proven"
    return FirstThing(
        key=WORST_OFF,
        sentence=f"Of them, {listed(said, limit=len(said))} of 100 points; from the lowest up, {sure}.",
        proven=proven,
    )


WORDS: dict[str, Callable[[Reached], str]] = {
    "blocking-pairs": _blocking,
    "mentee-optimal": _best_for("mentee"),
    "mentor-optimal": _best_for("mentor"),
    PLACED_FIRST: _placed,
    "layers-together": _layers_together,
    "layer-before": _layer_before,
}
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
    worst = [one for one in reached if one.key.split(":")[0] == WORST_OFF]
    said = [
        FirstThing(key=one.key, sentence=WORDS[one.key.split(":")[0]](one), proven=one.is_proven)
        for one in reached
        if one not in worst
    ]
    return (*said, *([_worst_off(worst)] if worst else []))

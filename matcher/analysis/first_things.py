"""What counted before points, in plain words: one sentence for each thing that a search reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.analysis.document import FirstThing
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
    return f"{one.value:,} {who} a mentor{_no_plan(one, f'places more than {one.bound:,}' if one.bound else '')}."


def _worst_off(one: Reached) -> str:
    points, number, least = one.key.split(":")[1], -one.value, -(one.bound or 0)
    if not number:
        return f"No school that has a mentor scores below {points} points."
    who = "school that has a mentor scores" if number == 1 else "schools that have a mentor score"
    return f"{number:,} {who} below {points} points{_no_plan(one, f'has fewer than {least:,}')}."


def _no_plan(one: Reached, more: str) -> str:
    if one.bound is None:
        return "; that no plan does better is not proven"
    return f"; it is proven that no plan {more}, given what stands above"


WORDS: dict[str, Callable[[Reached], str]] = {
    "blocking-pairs": _blocking,
    "mentee-optimal": _best_for("mentee"),
    "mentor-optimal": _best_for("mentor"),
    "placed-first": _placed,
    "worst-off": _worst_off,
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
    return tuple(
        FirstThing(key=one.key, sentence=WORDS[one.key.split(":")[0]](one), proven=one.is_proven)
        for one in reached
    )

"""Values of a setting for a sweep: a list, or a range written as start:stop:step."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator

GridValue = bool | int | float | str | None
MOST_VALUES = 1000
"""Values of one setting at most."""


def values_of(text: str) -> tuple[GridValue, ...]:
    """Read values as they are written on the command line.

    Parameters
    ----------
    text : str
        ``0:1:0.25`` (start, stop, step; the stop counts if it is met exactly) or ``hard,soft,off``. Numbers,
        ``true``, ``false`` and ``null`` are read as in a policy file; everything else is text.

    Returns
    -------
    tuple
        At least one value; whole numbers as ints.

    Raises
    ------
    ValueError
        If the text is neither, in words for whoever wrote it.

    Examples
    --------
    >>> values_of("0:1:0.25")
    (0, 0.25, 0.5, 0.75, 1)
    >>> values_of("hard,off")
    ('hard', 'off')
    """
    if ":" in text:
        return _range(text)
    words = [word.strip() for word in text.split(",")]
    if not all(words):
        raise ValueError("write values with commas between them, such as 0,0.5,1, or a range such as 0:1:0.1")
    return _checked([_value(word) for word in words])


def _range(text: str) -> tuple[GridValue, ...]:
    try:
        # decimal arithmetic: 0.1 + 0.2 is 0.3 here, as whoever wrote the range thinks
        start, stop, step = (Decimal(word.strip()) for word in text.split(":"))
    except (ValueError, InvalidOperation):
        raise ValueError("a range is written start:stop:step, such as 0:1:0.1") from None
    if not (start.is_finite() and stop.is_finite() and step.is_finite()) or step <= 0 or stop < start:
        raise ValueError("a range runs upwards from start to stop by a step above 0, such as 0:1:0.1")
    number = int((stop - start) / step) + 1
    if number > MOST_VALUES:
        raise ValueError(f"the range has {number} values; {MOST_VALUES} are the most")
    return tuple(_plain(start + at * step) for at in range(number))


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _value(word: str) -> GridValue:
    try:
        value = json.loads(word)
    except json.JSONDecodeError:
        return word
    return value if isinstance(value, bool | int | float | str | None) else word


def _checked(values: list[Any] | tuple[Any, ...]) -> tuple[GridValue, ...]:
    if not values:
        raise ValueError("give at least one value")
    if len(values) > MOST_VALUES:
        raise ValueError(f"there are {len(values)} values; {MOST_VALUES} are the most")
    if not all(isinstance(value, bool | int | float | str | None) for value in values):
        raise ValueError("every value is a number, a word, true, false or empty")
    shown = [json.dumps(value) for value in values]
    twice = sorted({one for one in shown if shown.count(one) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} is given twice")
    return tuple(values)


def _expanded(given: Any) -> Any:
    """Turn a range into its values and check a list, so that a policy always holds the values themselves."""
    if isinstance(given, str):
        return values_of(given)
    return _checked(given) if isinstance(given, list | tuple) else given


GridValues = Annotated[
    tuple[GridValue, ...], BeforeValidator(_expanded, json_schema_input_type=str | list[GridValue])
]

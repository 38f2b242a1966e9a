"""What a template may do: no reach beyond its letter, no endless text; and its faults in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MOST_NUMBER = 1_000_000
"""Largest whole number that a template may give to a filter or a function, such as a width."""
MOST_POWER = 1000
MOST_TEXT = 20_000_000
"""Most characters that a template adds to what it is given, and of one text that it multiplies."""
_NUMBER = re.compile(r"\d+")


class TooMuchError(Exception):
    """A template makes more text than a letter may hold."""


_FAULTS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((TooMuchError, MemoryError, OverflowError), "It makes more text than a letter may hold."),
    ((RecursionError,), "It takes itself in, without end."),
    ((SecurityError,), "It reaches for something that a template may not use."),
    ((ZeroDivisionError,), "It divides by zero."),
)


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Sandbox whose templates escape every value, refuse unknown names and cannot make endless text.

    Parameters
    ----------
    loader : BaseLoader
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for name, function in self.filters.items():
            self.filters[name] = _bounded(function)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse products, powers and formats that are too long."""
        if operator == "**" and isinstance(right, int | float) and abs(right) > MOST_POWER:
            raise TooMuchError
        if operator == "*" and not all(isinstance(one, int | float) for one in (left, right)):
            times = next((one for one in (left, right) if isinstance(one, int)), 0)
            text = next((one for one in (left, right) if not isinstance(one, int)), "")
            if times * len(text) > MOST_TEXT:
                raise TooMuchError
        if operator == "%":
            _refuse_widths(left)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, function: Any, /, *given: Any, **named: Any) -> Any:
        """Call a function or a method, unless it is given too large a number."""
        _refuse_numbers((*given, *named.values()))
        _refuse_widths(getattr(function, "__self__", None))
        return super().call(context, function, *given, **named)


def filled_in(environment: LetterEnvironment, name: str, given: dict[str, Any]) -> Markup:
    """Fill in a template; raises TooMuchError if it adds more than :data:`MOST_TEXT` to what is given."""
    texts: list[str] = []
    size = -sum(len(text) for one in given.values() if isinstance(one, list) for text in one)
    for text in environment.get_template(name).generate(given):
        size += len(text)
        if size > MOST_TEXT:
            raise TooMuchError
        texts.append(text)
    return Markup("".join(texts))


def fault_words(error: Exception) -> str:
    """Say in plain words why a template cannot be filled in."""
    if isinstance(error, TemplateNotFound):
        return f"There is no template '{error.name}' in the folder."
    if isinstance(error, UndefinedError):
        found = re.search(r"'(\w+)'( is undefined)?$", error.message or "")
        return f"There is no '{found[1]}' here." if found else "It asks for something that is not there."
    other = "It does something with a value that cannot be done with it, such as adding a number to a text."
    return next((words for kinds, words in _FAULTS if isinstance(error, kinds)), other)


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)  # keeps what the environment reads from it
    def checked(*given: Any, **named: Any) -> Any:
        _refuse_numbers((*given, *named.values()))
        if function.__name__ == "do_format":
            _refuse_widths(given[0])
        return function(*given, **named)

    return checked


def _refuse_numbers(values: tuple[Any, ...]) -> None:
    if any(isinstance(one, int | float) and abs(one) > MOST_NUMBER for one in values):
        raise TooMuchError


def _refuse_widths(text: Any) -> None:
    """Refuse a pattern that asks for a width or precision beyond the largest number."""
    if isinstance(text, str) and any(
        len(number) > len(str(MOST_NUMBER)) or int(number) > MOST_NUMBER for number in _NUMBER.findall(text)
    ):
        raise TooMuchError

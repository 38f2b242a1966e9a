"""Decode JSON and remember the line on which each record of a table begins."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from json.decoder import WHITESPACE  # type: ignore[attr-defined]  # the standard decoder's own pattern
from typing import Any


class DuplicateKeyError(ValueError):
    """An object names one key twice, of which a plain decoder keeps the last without a word."""


@dataclass(slots=True)
class PositionedJson:
    """An object of JSON, and for each of its lists the line (from 1) on which every element begins."""

    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)


def decode_with_lines(text: str) -> PositionedJson:
    """Decode the object that `text` holds.

    Parameters
    ----------
    text : str

    Returns
    -------
    PositionedJson

    Raises
    ------
    json.JSONDecodeError
        If the text is not one JSON object; it knows line and column.
    DuplicateKeyError
        If an object names a key twice.
    ValueError
        If a number is infinite or not a number.
    """
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.decoder = json.JSONDecoder(object_pairs_hook=_without_doubles, parse_constant=_no_constant)

    def scan(self) -> PositionedJson:
        found = PositionedJson()
        self._take("{")
        if not self._peek("}"):
            while True:
                key = self._value()
                if not isinstance(key, str):
                    raise json.JSONDecodeError("Expecting a name in quotation marks", self.text, self.at)
                if key in found.content:
                    raise DuplicateKeyError(f"'{key}' stands twice")
                self._take(":")
                found.content[key] = (
                    self._list(found.lines.setdefault(key, [])) if self._peek("[") else self._value()
                )
                if not self._peek(","):
                    break
                self._take(",")
        self._take("}")
        self._space()
        if self.at != len(self.text):
            raise json.JSONDecodeError("Extra data", self.text, self.at)
        return found

    def _list(self, lines: list[int]) -> list[Any]:
        items: list[Any] = []
        line, counted = 1 + self.text.count("\n", 0, self.at), self.at
        self._take("[")
        if not self._peek("]"):
            while True:
                self._space()
                line, counted = line + self.text.count("\n", counted, self.at), self.at
                lines.append(line)
                items.append(self._value())
                if not self._peek(","):
                    break
                self._take(",")
        self._take("]")
        return items

    def _value(self) -> Any:
        self._space()
        value, self.at = self.decoder.raw_decode(self.text, self.at)
        return value

    def _space(self) -> None:
        self.at = WHITESPACE.match(self.text, self.at).end()

    def _peek(self, sign: str) -> bool:
        self._space()
        return self.text.startswith(sign, self.at)

    def _take(self, sign: str) -> None:
        if not self._peek(sign):
            raise json.JSONDecodeError(f"Expecting '{sign}'", self.text, self.at)
        self.at += len(sign)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKeyError(f"'{key}' stands twice")
        found[key] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")

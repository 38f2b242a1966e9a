"""Reading YAML 1.2 text into plain values, and remembering where each key and value stands."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.issues import Issue, Location, Severity

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

KeyPath = tuple[str | int, ...]
"""Where a value stands in the policy: keys and positions from the top."""

_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp")}
_TEXT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}
_ODD_CHARACTER = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a policy file; line and column count from 1, as an editor shows them."""

    file: str
    line: int
    column: int

    def location(self, path: KeyPath = ()) -> Location:
        """Return the place as the location of an issue, with the dotted key as its heading."""
        return Location(file=self.file, row=self.line, column=str(self.column), header=dotted(path))


@dataclass(slots=True)
class Source:
    """One policy file, read but not yet checked.

    Attributes
    ----------
    values : dict
        The keys and values as plain Python objects.
    keys, starts : dict of KeyPath to Place
        Where each key stands, and where its value begins.
    faults : list of Issue
        Faults of the text itself: syntax, repeated keys, anchors.
    """

    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    starts: dict[KeyPath, Place] = field(default_factory=dict)
    faults: list[Issue] = field(default_factory=list)

    def place_of_value(self, path: KeyPath) -> Place | None:
        """Where the value stands, or the nearest enclosing thing that has a place."""
        return self._nearest(path, self.starts)

    def place_of_key(self, path: KeyPath) -> Place | None:
        """Where the key stands, or the nearest enclosing thing that has a place."""
        return self.keys.get(path) or self._nearest(path, self.starts)

    def _nearest(self, path: KeyPath, places: Mapping[KeyPath, Place]) -> Place | None:
        for length in range(len(path), -1, -1):
            if (place := places.get(path[:length])) is not None:
                return place
        return None


def dotted(path: KeyPath) -> str:
    """Write a path as people read it: ``rules.quotas[0].at_least``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_source(path: Path) -> Source:
    """Read one policy file; faults of the text are collected, not raised."""
    source = Source()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem, advice = "The file is not UTF-8 text.", "Save it again with the encoding UTF-8."
        place = Place(path.name, line, 1)
        source.faults.append(_fault("policy-encoding", place, (), problem=problem, advice=advice))
        return source
    _Reader(path.name, source).read(text)
    return source


_KEYS = "Write one 'key: value' a line, as in the example policies."


def _fault(code: str, place: Place, path: KeyPath, *, value: str = "", problem: str, advice: str) -> Issue:
    return Issue(Severity.ERROR, code, place.location(path), value, problem, advice)


class _Reader:
    """Walks the YAML nodes of one file."""

    def __init__(self, file: str, source: Source) -> None:
        self.file = file
        self.source = source
        self.seen: set[int] = set()

    def read(self, text: str) -> None:
        """Fill the source from the text of the file."""
        from ruamel.yaml import YAML  # noqa: PLC0415 - `import matcher` stays light
        from ruamel.yaml.error import MarkedYAMLError  # noqa: PLC0415

        if (odd := _ODD_CHARACTER.search(text)) is not None:
            self._odd_character(text, odd.start())
            return
        self.yaml = YAML(typ="safe", pure=True)
        try:
            root = self.yaml.compose(text)
        except MarkedYAMLError as error:
            self._syntax(error)
            return
        top = Place(self.file, 1, 1)
        if root is None:
            advice = "Write at least 'name: my_policy'."
            self._note("policy-empty", top, (), problem="The file holds no key.", advice=advice)
            return
        value = self._value(root, ())
        self.source.starts.setdefault((), top)
        if isinstance(value, dict):
            self.source.values = value
        elif not self.source.faults:
            self._note("policy-shape", top, (), problem="The file is not a list of keys.", advice=_KEYS)

    def _note(
        self, code: str, place: Place, path: KeyPath, *, value: str = "", problem: str, advice: str
    ) -> None:
        fault = _fault(code, place, path, value=value, problem=problem, advice=advice)
        self.source.faults.append(fault)

    def _odd_character(self, text: str, at: int) -> None:
        line = text.count("\n", 0, at) + 1
        place = Place(self.file, line, at - text.rfind("\n", 0, at))
        problem = f"A character that no text should hold (U+{ord(text[at]):04X}) stands here."
        self._note("policy-syntax", place, (), problem=problem, advice="Delete it and type the line again.")

    def _syntax(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        place = Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file, 1, 1)
        problem = f"This is not valid YAML: {error.problem or error.context}."
        advice = "Check the indentation, colons and quotes on this line and on the line before."
        if "'\\t'" in problem:
            problem, advice = "A tab stands where spaces are needed.", "Indent with spaces only."
        self._note("policy-syntax", place, (), problem=problem, advice=advice)

    def _value(self, node: Node, path: KeyPath) -> Any:
        place = Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)
        if node.value == "" or id(node) in self.seen:  # the mark of either points somewhere else
            place = self.source.keys.get(path, place)
        self.source.starts[path] = place
        if id(node) in self.seen:
            problem = "Anchors and aliases (& and *) are not supported."
            advice = "Write the values out, or share them between files with 'extends'."
            self._note("policy-alias", place, path, problem=problem, advice=advice)
            return None
        self.seen.add(id(node))
        if isinstance(node.value, str) and node.tag in _PLAIN_TAGS:
            return self._scalar(node, path, place)
        if node.tag == "tag:yaml.org,2002:seq":
            return [self._value(item, (*path, at)) for at, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:map":
            return self._mapping(node, path)
        tag = str(node.tag)
        problem = "Tags (words after !) are not supported."
        self._note("policy-tag", place, path, value=tag, problem=problem, advice="Remove the tag.")
        return None

    def _scalar(self, node: Node, path: KeyPath, place: Place) -> Any:
        if node.tag in _TEXT_TAGS:
            return node.value
        value = self.yaml.constructor.construct_object(node)
        if isinstance(value, float) and not math.isfinite(value):
            problem, advice = f"{dotted(path)} must be a finite number.", "Write an ordinary number."
            self._note("policy-value", place, path, value=node.value, problem=problem, advice=advice)
            return None
        return value

    def _mapping(self, node: Node, path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = Place(self.file, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node.value, str):
                self._note("policy-syntax", place, path, problem="A key must be a single word.", advice=_KEYS)
                continue
            key = key_node.value
            where = (*path, key)
            if key in values:
                first = self.source.keys[where].line
                problem = f"The key {dotted(where)} stands here a second time (first on line {first})."
                advice = "Keep one of the two."
                self._note("policy-duplicate-key", place, where, value=key, problem=problem, advice=advice)
                continue
            self.source.keys[where] = place
            values[key] = self._value(value_node, where)
        return values

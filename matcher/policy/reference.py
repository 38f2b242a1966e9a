"""The policy explained by its own model: the commented default file and the table of keys."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import Any, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from matcher.policy.fields import choices_of, default_at, description_of, every_part, item_kind, without_none
from matcher.policy.model import Policy

_WIDTH = 108
_HEAD = """\
# The default policy: every key with its default.
#
# A policy need not repeat a key whose default it keeps. To start from another policy, write
# 'extends: default.yaml' as its first line. Strengths are hard (must hold), soft (costs its price)
# or off (ignored). A pair of schools that fits perfectly is worth 100 points; prices are in points.
# A comment is made once a section: 'weight' means the same under every criterion.
# Written by matcher.policy.reference from the model; a test keeps the two equal.
"""
_EXAMPLES = {
    "by_country": "{IT: {strength: hard}, HR: {strength: soft, price: 10}}",
    "exceptions": "[[IT-007, IT-003]]",
    "group_weights": "{teachers: 2, pupils: 1}",
    "by_willingness": "{obliged: 0.8}",
    "composition": "[{label: One rural school, members: {rurality: [rural]}, at_least: 1}]",
    "concessions": "[{rule: travel, school: HR-001, amount: 20, reason: agreed with the school}]",
    "groups": "[{label: Rural and others, members: {rurality: [rural]}, at_most: 5}]",
    "grid": "{criteria.travel: [0, 0.5, 1], rules.travel.max_km: '20:60:10'}",
    "never": "[obliged]",
    "by_mentor": "[{mentors: {phase: [primary]}, price: 10}]",
    "incentives": "[{kind: certificate, given_to: both, euro: 5}]",
    "quotas": "[{label: Two clusters in Italy, counts: clusters, members: {country: [IT]}, at_least: 2}]",
}
_KIND_WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false", Any: "any value"}
_BOUND_WORDS = ((Ge, "ge", "from"), (Gt, "gt", "above"), (Le, "le", "to"), (Lt, "lt", "below"))


def default_yaml() -> str:
    """Text of ``configs/policies/default.yaml``: every key, its default and what it means."""
    return _HEAD + "".join(_block(Policy, Policy().model_dump(mode="json"), 0, set()))


def key_table() -> str:
    """Table of every key for ``docs/policy-file.md``, in Markdown, one section a part of the policy."""
    sections = []
    for path, part in every_part():
        rows = ["| key | values | default | meaning |", "| --- | --- | --- | --- |"]
        for name, info in part.model_fields.items():
            dotted = f"{path}.{name}" if path else name
            meaning = description_of(part, name)
            rows.append(
                f"| `{dotted}` | {values_in_words(info)} | {_default_cell(info, dotted)} | {meaning} |"
            )
        title = f"### `{path}`" if path else "### Top of the file"
        sections.append(f"{title}\n\n{_first_line(part)}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(sections)


def values_in_words(info: FieldInfo) -> str:
    """Say which values a key takes, such as ``number from 0 to 1`` or ``hard, soft, off``."""
    kind = info.annotation
    bare = without_none(kind)
    words = _kind_in_words(kind, info.metadata)
    if get_origin(bare) is tuple:
        words = f"list of {_plural(words)}"
    elif bare is not item_kind(kind):
        words = f"{words}, by key"
    return f"{words}, or empty" if type(None) in get_args(kind) else words


def _kind_in_words(kind: Any, metadata: list[Any]) -> str:
    inner = item_kind(kind)
    if choices := choices_of(inner):
        return ", ".join(choices)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return "keys below"
    if get_origin(inner) is tuple:
        return "list of values" if ... in get_args(inner) else "pair of ids"
    bounds = _bounds([*metadata, *_inner_metadata(kind)])
    return f"{_KIND_WORDS[inner]}{bounds}"


def _inner_metadata(kind: Any) -> list[Any]:
    """Limits written inside ``X | None`` or inside a mapping's values."""
    found: list[Any] = []
    for arg in get_args(kind):
        for item in getattr(arg, "__metadata__", ()):
            found.extend(getattr(item, "metadata", [item]))
    return found


def _bounds(metadata: list[Any]) -> str:
    parts = []
    for kind, name, word in _BOUND_WORDS:
        for item in metadata:
            if isinstance(item, kind):
                parts.append(f"{word} {_number(getattr(item, name))}")
    return f" {' '.join(parts)}" if parts else ""


def _plural(words: str) -> str:
    return {"keys below": "groups of keys", "pair of ids": "pairs of ids", "text": "texts"}.get(words, words)


def _default_cell(info: FieldInfo, dotted: str) -> str:
    if info.is_required():
        return "required"
    path = (step for key in dotted.split(".") for step in ((key[:-2], 0) if key.endswith("[]") else (key,)))
    default = default_at(tuple(path))
    if isinstance(default, BaseModel):
        return ""
    return "empty" if default is None else f"`{_flow(_plain(default))}`"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, dict) else value


def _block(part: type[BaseModel], values: dict[str, Any], depth: int, said: set[str]) -> list[str]:
    """Lines of one part; `said` are the comments that its section has already made."""
    lines = []
    pad = "  " * depth
    for name, info in part.model_fields.items():
        comment = description_of(part, name)
        value = values[name]
        if name in _EXAMPLES and isinstance(value, (list, dict)) and not value:
            comment += f" For example {_EXAMPLES[name]}."
        if depth == 0:
            lines.append("\n")
            said = set()
        if comment not in said:
            lines += [f"{pad}# {line}\n" for line in wrap(comment, _WIDTH - len(pad))]
            said.add(comment)
        below = without_none(info.annotation)
        if isinstance(below, type) and issubclass(below, BaseModel):
            lines.append(f"{pad}{name}:\n")
            lines += _block(below, value, depth + 1, said)
            continue
        shown = "null" if value is None else _flow(value)
        lines.append(f"{pad}{name}: {shown}{_choices_note(info)}\n")
    return lines


def _choices_note(info: FieldInfo) -> str:
    choices = choices_of(info.annotation)
    return f"  # {', '.join(choices)}" if choices else ""


def _flow(value: Any) -> str:
    if isinstance(value, str):
        simple = value.replace("-", "").replace("_", "").isalnum()
        return str(value) if simple else json.dumps(value, ensure_ascii=False)
    return _number(value) if isinstance(value, float) else json.dumps(value)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _first_line(part: type[BaseModel]) -> str:
    return (part.__doc__ or "").strip().split("\n\n")[0]

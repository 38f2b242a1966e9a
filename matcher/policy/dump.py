"""Writing a policy in full: canonical YAML that reads back equal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from matcher.policy.model import Policy

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_PLAIN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def dump_policy(policy: Policy) -> str:
    """Write every value of a policy as YAML, in the model's order.

    The text depends on the values alone, so that a run can be sealed with it;
    ``load_policy`` of it gives an equal policy. Mappings with free keys are sorted.
    """
    return "".join(f"{line}\n" for line in _mapping(_plain(policy), 0))


def _plain(value: Any) -> Any:
    """Turn parts into dicts in the model's order, and free keys into sorted ones."""
    if isinstance(value, BaseModel):
        return {name: _plain(one) for name, one in value}
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _mapping(values: dict[str, Any], depth: int) -> list[str]:
    lines = []
    for key, value in values.items():
        head = f"{'  ' * depth}{_scalar(key)}:"
        lines.extend(_entry(head, value, depth))
    return lines


def _entry(head: str, value: Any, depth: int) -> list[str]:
    if isinstance(value, dict) and value:
        return [head, *_mapping(value, depth + 1)]
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [head, *(line for item in value for line in _item(item, depth + 1))]
    return [f"{head} {_flow(value)}"]


def _item(value: dict[str, Any], depth: int) -> list[str]:
    """One mapping of a list, its first key behind the dash."""
    lines = _mapping(value, depth + 1)
    pad = "  " * depth
    return [f"{pad}- {lines[0].lstrip()}", *lines[1:]]


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if isinstance(value, dict):
        return "{}"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda odd: f"\\u{ord(odd.group()):04x}", quoted)

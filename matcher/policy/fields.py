"""Walking the policy model: which keys a part has, and what stands below a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from matcher.policy.described import field_words
from matcher.policy.model import Policy
from matcher.policy.source import KeyPath

_FREE_KEYS = (dict, Mapping)


def part_at(path: KeyPath) -> type[BaseModel] | None:
    """Model that the mapping at `path` is checked against; None where there is none."""
    kind: Any = Policy
    for step in path:
        kind = _below(kind, step)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def keys_at(path: KeyPath) -> tuple[str, ...]:
    """Keys that the mapping at `path` may have, in the model's order."""
    part = part_at(path)
    return tuple(part.model_fields) if part is not None else ()


def field_at(path: KeyPath) -> FieldInfo | None:
    """Return the declaration of the key at `path`; None for list entries and free keys."""
    part = part_at(path[:-1]) if path else None
    return part.model_fields.get(str(path[-1])) if part is not None else None


def every_field(part: type[BaseModel] = Policy, above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """All keys of the policy as dotted names with their declarations, in the model's order.

    Entries of a list appear as ``rules.quotas[].label``, free keys as
    ``rules.country.by_country.<key>.price``.
    """
    for name, info in part.model_fields.items():
        here = f"{above}{name}"
        yield here, info
        below, suffix = _inner(info.annotation)
        if below is not None:
            yield from every_field(below, f"{here}{suffix}.")


def every_part(part: type[BaseModel] = Policy, path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """All parts of the policy with their dotted paths, from the top down."""
    yield path, part
    for name, info in part.model_fields.items():
        below, suffix = _inner(info.annotation)
        if below is not None:
            yield from every_part(below, f"{path}.{name}{suffix}" if path else f"{name}{suffix}")


def description_of(part: type[BaseModel], name: str) -> str:
    """Say what a key means, in one line.

    A class that changes only a default inherits the words; a key that holds a part without words of its
    own is described by that part.
    """
    for owner in part.__mro__:
        words = field_words(owner).get(name) if issubclass(owner, BaseModel) else None
        if words:
            return " ".join(words.split())
    below, _ = _inner(part.model_fields[name].annotation)
    return " ".join(((below.__doc__ if below is not None else "") or "").strip().split())


def default_at(path: KeyPath) -> object:
    """Return the default of a key: that of the default policy, or its class's inside lists and free keys."""
    value: Any = Policy()
    for step in path:
        value = getattr(value, str(step), None)
    info = field_at(path)
    if value is not None or info is None or info.is_required():
        return value
    return info.get_default(call_default_factory=True, validated_data={})


def without_none(kind: Any) -> Any:
    """Strip ``Annotated`` and ``| None`` from a type."""
    if get_origin(kind) is Annotated:
        return without_none(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        rest = [arg for arg in get_args(kind) if arg is not type(None)]
        return without_none(rest[0]) if len(rest) == 1 else kind
    return kind


def choices_of(kind: Any) -> tuple[str, ...]:
    """Return the allowed words of an enumeration; empty for any other type."""
    bare = without_none(kind)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return tuple(str(member) for member in bare)
    return ()


def item_kind(kind: Any) -> Any:
    """Type of the entries of a list or of the values of a mapping with free keys; else the type itself."""
    bare = without_none(kind)
    origin, args = get_origin(bare), get_args(bare)
    if origin is tuple:
        return without_none(args[0])
    return without_none(args[1]) if origin in _FREE_KEYS else bare


def _below(kind: Any, step: str | int) -> Any:
    bare = without_none(kind)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        info = bare.model_fields.get(str(step))
        return without_none(info.annotation) if info is not None else None
    return item_kind(bare) if get_origin(bare) in (tuple, *_FREE_KEYS) else None


def _inner(kind: Any) -> tuple[type[BaseModel] | None, str]:
    bare = without_none(kind)
    inner = item_kind(bare)
    if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
        return None, ""
    return inner, {tuple: "[]", dict: ".<key>", Mapping: ".<key>"}.get(get_origin(bare), "")

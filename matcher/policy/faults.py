"""Faults of a policy in plain words: pydantic's findings, located and re-said."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from matcher.issues import Issue, Location, Severity
from matcher.policy.concessions import CONCESSION_RULE, RULE_NAMES
from matcher.policy.fields import choices_of, default_at, every_field, field_at, item_kind, keys_at
from matcher.policy.source import KeyPath, Source, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

_KINDS = {
    "float_type": ("a number", "Write a number without quotes, such as 25"),
    "int_type": ("a whole number", "Write a whole number without quotes, such as 3"),
    "int_from_float": ("a whole number", "Write a whole number without quotes, such as 3"),
    "bool_type": ("true or false", "Write true or false without quotes"),
    "string_type": ("text", "Put the value in quotes"),
    "model_type": ("a group of keys", "Write its keys below it, indented, or remove the key"),
    "dict_type": ("a group of keys", "Write its keys below it, indented, or remove the key"),
    "tuple_type": ("a list", "Write it in square brackets, such as [a, b]"),
    "finite_number": ("a finite number", "Write an ordinary number"),
}
_LIMITS = {
    "greater_than": ("gt", "greater than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
_PATTERNS = {
    "^[A-Z]{2}$": ("a country code of two capital letters", "Write for example IT or HR"),
    "^[A-Z]{2}[0-9A-Z]{0,3}$": ("a NUTS code in capital letters", "Write for example ITC4 or HR"),
    "^[a-z]{2,3}$": ("a language code of two or three small letters", "Write for example it or hr"),
    "^[a-z0-9][a-z0-9_-]*$": (
        "a short name of small letters, digits, - and _",
        "Write for example my_policy",
    ),
}


def issue_of(error: ErrorDetails, source: Source) -> Issue:
    """Say one finding of pydantic in the words of the policy file, with its place."""
    loc = tuple(error["loc"])
    is_key = bool(loc) and loc[-1] == "[key]"
    path: KeyPath = loc[:-1] if is_key else loc
    kind = error["type"]
    if kind == "extra_forbidden":
        return unknown_key(path, source)
    place = source.place_of_key(path) if is_key else source.place_of_value(path)
    location = place.location(path) if place is not None else Location(header=dotted(path))
    code, problem, advice = _words(error, path)
    value = "" if kind in {"missing", "value_error"} else _shown(error["input"])
    return Issue(Severity.ERROR, code, location, value, problem, advice)


def unknown_key(path: KeyPath, source: Source) -> Issue:
    """Say that a key does not exist, and which was probably meant."""
    key, above = str(path[-1]), path[:-1]
    place = source.place_of_key(path)
    location = place.location(path) if place is not None else Location(header=dotted(path))
    where = f"in {dotted(above)}" if above else "at the top of a policy"
    siblings = keys_at(above) if above else (*keys_at(above), "extends")
    advice = _did_you_mean(key, siblings) or _stands_elsewhere(key)
    if not advice:
        advice = f"The keys here are: {', '.join(siblings)}."
    return Issue(
        Severity.ERROR, "policy-unknown-key", location, key, f"There is no such key {where}.", advice
    )


def in_reading_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Sort by file, line and column, then by key."""

    def order(issue: Issue) -> tuple[str, int, int, str]:
        at = issue.location
        return at.file, at.row or 0, int(at.column or 0), at.header

    return tuple(sorted(issues, key=order))


def _words(error: ErrorDetails, path: KeyPath) -> tuple[str, str, str]:
    """Code, problem and advice of a finding."""
    kind, name = error["type"], dotted(path) or "the policy"
    if kind in _KINDS:
        noun, advice = _KINDS[kind]
        return "policy-type", f"{name} must be {noun}.", f"{advice}{_default(path)}."
    if kind in {"enum", "literal_error"}:
        return _not_a_choice(error, path, name)
    if kind == "value_error":
        message = str(error["ctx"]["error"])
        problem = f"In {name}: {message}." if path else f"{message}."
        return "policy-contradiction", problem, "Change one of these keys; a key not given keeps its default."
    return _limit(error, path, name) or _missing(kind, path, name) or _other(error, name)


def _limit(error: ErrorDetails, path: KeyPath, name: str) -> tuple[str, str, str] | None:
    if error["type"] not in _LIMITS:
        return None
    bound, words = _LIMITS[error["type"]]
    problem = f"{name} must be {words} {error['ctx'][bound]:g}."
    return "policy-range", problem, f"Change the number{_default(path)}."


def _other(error: ErrorDetails, name: str) -> tuple[str, str, str]:
    pattern = error.get("ctx", {}).get("pattern")
    if pattern in _PATTERNS:
        noun, advice = _PATTERNS[pattern]
        return "policy-value", f"{name} must be {noun}.", f"{advice}."
    if pattern is not None and pattern == CONCESSION_RULE:
        return _not_a_rule(_shown(error["input"]), name)
    if error["type"] == "string_too_short":
        return "policy-value", f"{name} must not be empty.", "Write a short text."
    return "policy-value", f"{name}: {error['msg']}.", "Change the value."


def _not_a_rule(word: str, name: str) -> tuple[str, str, str]:
    """Say that a concession names no rule, and which was probably meant."""
    problem = f"{name} must be one of: {', '.join(RULE_NAMES)}, quotas[0], composition[0] and so on."
    advice = _did_you_mean(word, RULE_NAMES)
    return "policy-choice", problem, advice or "Write one of them, as it stands under rules."


def _missing(kind: str, path: KeyPath, name: str) -> tuple[str, str, str] | None:
    if kind == "missing" and isinstance(path[-1], str):
        return "policy-missing-key", f"{name} is missing.", "Add the key."
    if kind in {"missing", "too_long"}:
        entry = dotted(path[:-1]) if kind == "missing" else name
        return (
            "policy-value",
            f"{entry} must have exactly two entries.",
            "Write it as [mentee id, mentor id].",
        )
    return None


def _not_a_choice(error: ErrorDetails, path: KeyPath, name: str) -> tuple[str, str, str]:
    info = field_at(path)
    choices = choices_of(item_kind(info.annotation)) if info is not None else ()
    if not choices:  # an entry of a list or a free key: pydantic names the words itself
        choices = tuple(
            part.strip(" '") for part in error["ctx"]["expected"].replace(" or ", ", ").split(",")
        )
    advice = _did_you_mean(_shown(error["input"]), choices) or f"Write one of them{_default(path)}."
    return "policy-choice", f"{name} must be one of: {', '.join(choices)}.", advice


def _did_you_mean(word: str, words: tuple[str, ...]) -> str:
    lowered = {option.lower(): option for option in words}
    close = get_close_matches(word.lower().replace("-", "_"), lowered, n=1, cutoff=0.6) or get_close_matches(
        word.lower(), lowered, n=1, cutoff=0.6
    )
    return f"Did you mean '{lowered[close[0]]}'?" if close else ""


def _stands_elsewhere(key: str) -> str:
    homes = [name for name, _ in every_field() if name.rpartition(".")[2] == key and "." in name]
    return f"The key exists as {homes[0]}: check the indentation." if len(homes) == 1 else ""


def _default(path: KeyPath) -> str:
    default = default_at(path)
    return f"; the default is {_shown(default)}" if isinstance(default, str | int | float) else ""


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict | list | tuple):
        return ""
    return str(value)

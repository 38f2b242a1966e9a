"""Reading a policy: file or mapping → checked :class:`Policy`, all faults at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from matcher.exceptions import InputError, UsageError
from matcher.issues import Issue, Severity
from matcher.policy.dump import dump_policy
from matcher.policy.faults import in_reading_order, issue_of
from matcher.policy.model import Policy
from matcher.policy.shipped import find_policy, shipped_policies
from matcher.policy.source import KeyPath, Source, read_source

__all__ = ["dump_policy", "load_policy", "policy_from_mapping"]

EXTENDS = "extends"
"""Key that names the policy file to start from."""
IGNORED = "$schema"
"""Key that editors use to find the JSON Schema; its value is not read."""
UNREADABLE = {"policy-alias", "policy-tag", "policy-value"}
"""Faults of the text after which the value is missing, so that a second fault would only confuse."""


def load_policy(path: Path | str) -> Policy:
    """Read a policy file, with the files that it extends.

    YAML 1.2: ``off``, ``no`` and ``on`` are text. ``extends: other.yaml`` (a path relative to the file, or
    the name of a policy that comes with matcher) starts from another policy: mappings are merged key by
    key, anything else is replaced, lists and ``{}`` included.

    Parameters
    ----------
    path : Path or str
        The policy file, or the name of a policy that comes with matcher, such as ``mensi_pilot``.

    Returns
    -------
    Policy

    Raises
    ------
    UsageError
        If there is no such file.
    InputError
        If the file, or one that it extends, has faults; all of them are in ``issues``, located.
    """
    found = find_policy(path, Path())
    if found is None:
        what = "is a folder" if Path(path).is_dir() else "does not exist"
        known = ", ".join(shipped_policies())
        raise UsageError(
            f"The policy file {path} {what}. Give the path of a policy file, or the name of one that comes "
            f"with matcher: {known}."
        )
    source = _chain(found, ())
    return _checked(source)


def policy_from_mapping(mapping: Mapping[str, Any]) -> Policy:
    """Build a policy from nested mappings, with the checks of a file; ``extends`` is not followed.

    Raises
    ------
    InputError
        If the mapping has faults; each is located by its dotted key.
    TypeError
        If a value is not text, a number, true/false, None, a list or a mapping.
    """
    return _checked(Source(values=dict(mapping)))


def _checked(source: Source) -> Policy:
    from pydantic import ValidationError  # noqa: PLC0415 - loaded with the model, named only here

    values = {key: value for key, value in source.values.items() if key != IGNORED}
    faults = list(source.faults)
    # Strict JSON mode: "25" is not a number and true is not 1, while words still become enumerations.
    try:
        policy = Policy.model_validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        said = {fault.location.header for fault in faults if fault.code in UNREADABLE}
        found = (issue_of(detail, source) for detail in error.errors(include_url=False))
        faults.extend(issue for issue in found if issue.location.header not in said)
    if faults:
        raise InputError(in_reading_order(faults))
    return policy


def _chain(path: Path, above: tuple[Path, ...]) -> Source:
    """Read `path` on top of what it extends; `above` are the files that led here."""
    own = read_source(path)
    if EXTENDS not in own.values:
        return own
    named = own.values.pop(EXTENDS)
    parent = find_policy(named, path.parent) if isinstance(named, str) and named else None
    fault = _extends_fault(own, named, parent, (*above, path))
    if fault is not None or parent is None:
        own.faults.extend([fault] if fault else [])
        return own
    return _merged(_chain(parent, (*above, path)), own)


def _extends_fault(own: Source, named: object, parent: Path | None, files: tuple[Path, ...]) -> Issue | None:
    place = own.starts[(EXTENDS,)]

    def fault(value: str, problem: str, advice: str) -> Issue:
        where = place.location((EXTENDS,))
        return Issue(Severity.ERROR, "policy-extends", where, value, problem, advice)

    if not isinstance(named, str) or not named:
        return fault("", "extends must name one policy file.", "Write for example 'extends: default.yaml'.")
    if parent is None:
        problem = "The policy to extend is neither a file beside this one nor comes with matcher."
        return fault(named, problem, _known_advice(named))
    if parent.resolve() in {file.resolve() for file in files}:
        names = " → ".join([*(file.name for file in files), parent.name])
        return fault(named, f"The policies extend each other in a circle: {names}.", "Remove one 'extends'.")
    return None


def _known_advice(named: str) -> str:
    known = list(shipped_policies())
    close = get_close_matches(Path(named).stem, known, n=1, cutoff=0.6)
    meant = f"Did you mean '{close[0]}'? " if close else ""
    return f"{meant}Write its path relative to this file, or one of: {', '.join(known)}."


def _merged(parent: Source, child: Source) -> Source:
    """Lay `child` over `parent`: mappings key by key, everything else replaced."""
    parent.faults.extend(child.faults)
    parent.values = _overlaid(parent, child, parent.values, child.values, ())
    parent.starts[()] = child.starts.get((), parent.starts.get((), child.starts[()]))
    return parent


def _overlaid(
    parent: Source, child: Source, lower: dict[str, Any], upper: dict[str, Any], path: KeyPath
) -> dict[str, Any]:
    result = dict(lower)
    for key, value in upper.items():
        here = (*path, key)
        below = lower.get(key)
        if isinstance(value, dict) and value and isinstance(below, dict):  # {} clears what was there
            result[key] = _overlaid(parent, child, below, value, here)
            parent.keys[here], parent.starts[here] = child.keys[here], child.starts[here]
            continue
        result[key] = value
        _replace_places(parent, child, here)
    return result


def _replace_places(parent: Source, child: Source, path: KeyPath) -> None:
    depth = len(path)
    for lower, upper in ((parent.keys, child.keys), (parent.starts, child.starts)):
        for stale in [at for at in lower if at[:depth] == path]:
            del lower[stale]
        lower.update({at: place for at, place in upper.items() if at[:depth] == path})

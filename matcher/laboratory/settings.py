"""One setting of a policy, by its dotted name: found, and given another value."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from matcher.exceptions import InputError
from matcher.issues import Issue, Location, Severity
from matcher.policy.fields import keys_at, part_at
from matcher.policy.grid import GridValue
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.policy.source import KeyPath, dotted

FIXED = ("name", "title", "description", "model", "repair", "outlook", "grid")
"""Parts of a policy that say nothing about its plan."""
SHORT = ("weight", "strength")
"""What is meant where a name ends at a part that has it: a criterion's weight, a rule's strength."""
_STEP = re.compile(r"([A-Za-z0-9_-]+)|\[(\d+)\]")


def with_setting(policy: Policy, name: str, value: GridValue) -> Policy:
    """Return the policy with one setting changed, checked as a policy file is.

    Parameters
    ----------
    policy : Policy
    name : str
        Dotted name as in a policy file: ``rules.travel.max_km``, ``rules.quotas[0].at_least``; the name of
        a criterion stands for its weight (``criteria.travel``), that of a rule for its strength.
    value : bool, int, float, str or None
        As in a policy file.

    Returns
    -------
    Policy

    Raises
    ------
    InputError
        If there is no such setting (the nearest ones are named) or the value does not fit.
    """
    return with_settings(policy, {name: value})


def with_settings(policy: Policy, point: dict[str, GridValue]) -> Policy:
    """Return the policy with several settings changed at once, so that none is judged without the others.

    Raises
    ------
    InputError
        As :func:`with_setting`; every fault is listed.
    """
    plain = policy.model_dump(mode="json")
    faults: list[Issue] = []
    for name, value in point.items():
        try:
            _put(plain, setting_path(policy, name), value)
        except InputError as error:
            faults += error.issues
    if faults:
        raise InputError(tuple(faults))
    try:
        return policy_from_mapping(plain)
    except InputError as error:
        raise InputError(tuple(_about(issue, policy, point) for issue in error.issues)) from error


def full_name(policy: Policy, name: str) -> str:
    """Full dotted name of a setting, such as ``criteria.travel.weight`` for ``criteria.travel``."""
    return dotted(setting_path(policy, name))


def setting_path(policy: Policy, name: str) -> KeyPath:
    """Path of a setting in the policy.

    Raises
    ------
    InputError
        If there is no such setting; the nearest ones are named.
    """
    path: KeyPath = ()
    at: Any = policy.model_dump(mode="json")
    for step in _steps(name):
        if isinstance(at, list):
            known = isinstance(step, int) and step < len(at)
        else:  # a key of its own, or one of a mapping with free keys
            free = at is None or (isinstance(at, dict) and part_at(path) is None)
            known = isinstance(step, str) and (free or step in keys_at(path))
        if not known or (not path and step in FIXED):
            raise InputError((_unknown(policy, name),))
        path = (*path, step)
        at = at[step] if isinstance(step, int) else (at or {}).get(step)
    if not path or (isinstance(at, dict) and part_at(path) is not None):
        short = next((key for key in SHORT if path and key in keys_at(path)), None)
        if short is None:
            raise InputError((_unknown(policy, name),))
        path = (*path, short)
    return path


def setting_names(policy: Policy) -> tuple[str, ...]:
    """Full dotted names of every setting that the policy has and that can be varied, in its order."""
    plain = {key: value for key, value in policy.model_dump(mode="json").items() if key not in FIXED}
    return tuple(dotted(path) for path in _leaves(plain, ()))


def _leaves(value: Any, path: KeyPath) -> list[KeyPath]:
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in _leaves(one, (*path, key))]
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return [leaf for at, one in enumerate(value) for leaf in _leaves(one, (*path, at))]
    return [path]


def _steps(name: str) -> list[str | int]:
    """Cut a dotted name into keys and positions; what cannot be read stays one unknown key."""
    found: list[str | int] = []
    at = 0
    while at < len(name):
        if found and name[at] == ".":
            at += 1
        match = _STEP.match(name, at)
        if match is None:
            return [name]
        found.append(match[1] if match[2] is None else int(match[2]))
        at = match.end()
    return found


def _put(plain: dict[str, Any], path: KeyPath, value: GridValue) -> None:
    at: Any = plain
    for step in path[:-1]:
        if isinstance(step, str) and at.get(step) is None:
            at[step] = {}
        at = at[step]
    at[path[-1]] = value


def _unknown(policy: Policy, name: str) -> Issue:
    names = setting_names(policy)
    lowered = name.lower().replace("-", "_")
    near = get_close_matches(lowered, names, n=3, cutoff=0.6)
    if not near:  # the last word may be right and the way to it wrong
        last = lowered.rpartition(".")[2]
        near = [one for one in names if last in one.split(".")][:3]
    advice = f"Did you mean {' or '.join(near)}?" if near else f"Examples: {', '.join(names[:3])}."
    problem = f"There is no such setting that can be varied in policy {policy.name}."
    return Issue(Severity.ERROR, "policy-unknown-key", Location(header=name), name, problem, advice)


def _about(issue: Issue, policy: Policy, point: dict[str, GridValue]) -> Issue:
    """Say with which values a policy became faulty: the file itself is in order."""
    given = ", ".join(f"{name} = {value}" for name, value in point.items())
    problem = f"{issue.problem} This is policy {policy.name} with {given}."
    return Issue(issue.severity, issue.code, issue.location, issue.value, problem, issue.advice)

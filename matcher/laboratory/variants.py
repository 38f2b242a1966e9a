"""Variants: the policies to compare, and every point of the sweeps over them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path

from matcher.exceptions import InputError, UsageError
from matcher.issues import Issue
from matcher.laboratory.settings import full_name, with_settings
from matcher.laboratory.variant import Variant
from matcher.policy.grid import GridValue, values_of
from matcher.policy.loader import load_policy
from matcher.policy.model import Policy

Grid = Mapping[str, Sequence[GridValue]]
MOST_POINTS = 2_000
"""Points of the sweep over one policy at most."""


def read_policies(names: Sequence[Path | str]) -> tuple[Policy, ...]:
    """Read policy files, or policies that come with matcher by their names.

    Raises
    ------
    UsageError
        If one does not exist, or two have the same name inside.
    InputError
        If any has faults; those of all are listed.
    """
    found: list[Policy] = []
    faults: list[Issue] = []
    absent: list[str] = []
    for name in names:
        try:
            found.append(load_policy(name))
        except InputError as error:
            faults += error.issues
        except UsageError as error:
            absent.append(str(error))
    if absent:
        raise UsageError("\n".join(absent))
    if faults:
        raise InputError(tuple(faults))
    refuse_twice(found)
    return tuple(found)


def refuse_twice(policies: Sequence[Policy]) -> None:
    """Raise UsageError if two policies have the same name: results are told apart by it."""
    names = [policy.name for policy in policies]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(
            f"More than one of these policies is called {', '.join(twice)}. Give each a 'name' of its own "
            "in its file, or name it once."
        )


def read_vary(texts: Sequence[str]) -> dict[str, tuple[GridValue, ...]]:
    """Read ``name=0:1:0.1`` or ``name=hard,off``, one text a setting.

    Raises
    ------
    UsageError
        If a text is not written so, or a setting is named twice; every fault is listed.
    """
    grid: dict[str, tuple[GridValue, ...]] = {}
    faults: list[str] = []
    for text in texts:
        try:
            name, values = _read_one(text)
        except ValueError as error:
            faults.append(str(error))
            continue
        if name in grid:
            faults.append(f"--vary {name} is given twice; write all its values into one.")
        grid[name] = values
    if faults:
        raise UsageError("\n".join(faults))
    return grid


def _read_one(text: str) -> tuple[str, tuple[GridValue, ...]]:
    """Read one setting and its values; raises ValueError."""
    name, equals, values = (part.strip() for part in text.partition("="))
    if not name or not equals:
        raise ValueError(
            f"--vary {text}: write a setting and its values, such as criteria.travel=0:1:0.1 "
            "or rules.rivalry=hard,off."
        )
    try:
        read = values_of(values)
    except ValueError as error:
        raise ValueError(f"--vary {text}: {error}.") from None
    if len(set(map(json.dumps, read))) < len(read):
        raise ValueError(f"--vary {text}: a value is given twice.")
    return name, read


def variants_of(
    policies: Sequence[Policy], vary: Grid | None = None, *, seed: int | None = None
) -> tuple[Variant, ...]:
    """Each policy as it is, followed by every point of its sweep.

    A policy's own ``grid`` and `vary` make one sweep, in every combination; where both name a setting,
    `vary` counts. Nothing has an outlook: a comparison asks its own questions.

    Parameters
    ----------
    policies : sequence of Policy
    vary : mapping of str to sequence, optional
        Values by the dotted name of a setting (see :func:`matcher.laboratory.settings.with_setting`).
    seed : int, optional
        Seed of all; each policy's own if not given.

    Returns
    -------
    tuple of Variant
        The last setting changes fastest.

    Raises
    ------
    InputError
        If a setting does not exist or a value does not fit; every fault is listed.
    UsageError
        If two policies have the same name, or a sweep has more than :data:`MOST_POINTS` points.
    """
    refuse_twice(policies)
    found: list[Variant] = []
    faults: dict[Issue, None] = {}
    for policy in policies:
        plain = _plain(policy, seed)
        found.append(Variant(policy.name, policy.title, plain))
        try:
            grid = _grid(policy, vary or {})
        except InputError as error:
            faults.update(dict.fromkeys(error.issues))
            continue
        for values in product(*grid.values()) if grid else ():
            try:
                found.append(variant_at(policy, dict(zip(grid, values, strict=True)), seed=seed))
            except InputError as error:
                faults.update(dict.fromkeys(error.issues))
    if faults:
        raise InputError(tuple(faults))
    return tuple(found)


def variant_at(policy: Policy, point: Mapping[str, GridValue], *, seed: int | None = None) -> Variant:
    """One point of a sweep over a policy.

    Raises
    ------
    InputError
        If a setting does not exist or a value does not fit.
    """
    full = {full_name(policy, name): value for name, value in point.items()}
    said = [f"{name}={_written(value)}" for name, value in full.items()]
    return Variant(
        key=f"{policy.name}[{','.join(said)}]",
        title=f"{policy.title} ({', '.join(said)})",
        policy=with_settings(_plain(policy, seed), full),
        point=dict(full),
    )


def _plain(policy: Policy, seed: int | None) -> Policy:
    """Return the policy without outlook and sweep, and with the seed of all."""
    outlook = policy.outlook.model_copy(update={"enabled": False})
    solve = policy.solve if seed is None else policy.solve.model_copy(update={"seed": seed})
    return policy.model_copy(update={"outlook": outlook, "grid": {}, "solve": solve})


def _grid(policy: Policy, vary: Grid) -> dict[str, Sequence[GridValue]]:
    """Values by full names, those of the policy first; every unknown name is a fault."""
    grid: dict[str, Sequence[GridValue]] = {}
    faults: list[Issue] = []
    for name, values in (*policy.grid.items(), *vary.items()):
        try:
            grid[full_name(policy, name)] = values
        except InputError as error:
            faults += error.issues
    if faults:
        raise InputError(tuple(faults))
    points = prod(len(values) for values in grid.values())
    if points > MOST_POINTS:
        raise UsageError(
            f"The sweep over {policy.name} has {points:,} points; {MOST_POINTS:,} are the most. Vary fewer "
            "settings at once, or take larger steps."
        )
    return grid


def _written(value: GridValue) -> str:
    return value if isinstance(value, str) else json.dumps(value)

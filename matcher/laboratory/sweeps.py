"""Sweeps: the points over one policy, told as one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.analysis.findings_document import Setting, Sweep, SweepPoint, SweptSetting
from matcher.laboratory.differences import Named, agreements
from matcher.laboratory.plan_parts import Measured
from matcher.laboratory.settings import setting_path
from matcher.policy.model import Policy
from matcher.rules.registry import RULES
from matcher.scores.registry import CRITERIA


def sweeps_of(plans: Sequence[Measured], points: Sequence[Measured]) -> tuple[Sweep, ...]:
    """Gather the points of each policy (and layer), in their order.

    Parameters
    ----------
    plans : sequence of Measured
        The policies as they are.
    points : sequence of Measured
        Points of sweeps, each over one of these.

    Returns
    -------
    tuple of Sweep
    """
    by_policy: dict[tuple[str, str], list[Measured]] = {}
    for one in points:
        by_policy.setdefault((one.outcome.variant.policy.name, one.outcome.layer), []).append(one)
    bases = {(one.outcome.variant.key, one.outcome.layer): one for one in plans}
    return tuple(_sweep(bases.get(key), key, several) for key, several in by_policy.items())


def weight_share(policy: Policy, name: str) -> float | None:
    """Part of one criterion's weight of all weights; None for any other setting, or if all weigh nothing."""
    path = name.split(".")
    if len(path) != 3 or path[0] != "criteria" or path[1] not in CRITERIA or path[2] != "weight":
        return None
    total = sum(getattr(policy.criteria, key).weight for key in CRITERIA)
    return getattr(policy.criteria, path[1]).weight / total if total > 0 else None


def label_of(name: str) -> str:
    """Name of a setting for readers; its dotted name where it has none.

    Examples
    --------
    >>> label_of("criteria.travel.weight"), label_of("rules.travel.max_km"), label_of("solve.seed")
    ('Weight of travel', 'Travel: max km', 'solve.seed')
    """
    part, *rest = name.split(".")
    if len(rest) != 2:
        return name
    key, last = rest
    if part == "criteria" and key in CRITERIA:
        label = CRITERIA[key].label
        return f"Weight of {label.lower()}" if last == "weight" else f"{label}: {last.replace('_', ' ')}"
    return f"{RULES[key].label}: {last.replace('_', ' ')}" if part == "rules" and key in RULES else name


def is_relative(name: str) -> bool:
    """Whether of a setting only its proportion to others of its kind matters."""
    return name.startswith(("criteria.", "cohesion.")) and name.endswith(".weight")


def _sweep(base: Measured | None, key: tuple[str, str], points: Sequence[Measured]) -> Sweep:
    names = list(dict.fromkeys(name for one in points for name in one.outcome.variant.point))
    return Sweep(
        policy=key[0],
        layer=key[1],
        title=key[0] if base is None else base.title,
        settings=tuple(_setting(name, base, points) for name in names),
        own_share=_share(base, names),
        points=tuple(_point(one, base, names) for one in points),
    )


def _setting(name: str, base: Measured | None, points: Sequence[Measured]) -> SweptSetting:
    values = dict.fromkeys(_plain(one.outcome.variant.point.get(name)) for one in points)
    return SweptSetting(
        name=name,
        label=label_of(name),
        own=None if base is None else _plain(_value(base.outcome.variant.policy, name)),
        values=tuple(values),
        relative=is_relative(name),
    )


def _value(policy: Policy, name: str) -> object:
    at: object = policy.model_dump(mode="json")
    for step in setting_path(policy, name):
        if isinstance(at, Mapping):
            at = at.get(step)
        elif isinstance(at, list) and isinstance(step, int):
            at = at[step]
    return at


def _point(one: Measured, base: Measured | None, names: Sequence[str]) -> SweepPoint:
    point = one.outcome.variant.point
    shared = None
    if base is not None and base.seen is not None and one.seen is not None:
        both = (
            Named(base.key, base.title, base.outcome.variant.key, base.seen),
            Named(one.key, one.title, one.outcome.variant.key, one.seen),
        )
        shared = agreements(both)[0]
        shared = shared if shared.compared else None  # nobody mentors
    return SweepPoint(
        key=one.key,
        point={name: _plain(value) for name, value in point.items()},
        share=_share(one, names),
        same=None if shared is None else shared.same,
        compared=None if shared is None else shared.compared,
    )


def _plain(value: object) -> Setting:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _share(one: Measured | None, names: Sequence[str]) -> float | None:
    share = weight_share(one.outcome.variant.policy, names[0]) if one and len(names) == 1 else None
    return None if share is None else round(share, 6)

"""Nudges: each weight, price and rule of a policy changed by itself, to see what its plan hangs on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matcher.exceptions import InputError
from matcher.laboratory.variant import Variant
from matcher.policy.base import Rule
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.policy.rules import DeclaredRule, PairRule
from matcher.policy.source import KeyPath, dotted
from matcher.profiles import Intake, LinkKind, Strength
from matcher.rules.registry import RULES
from matcher.scores.registry import CRITERIA

Kind = Literal["weight", "price", "rule"]
LINKS = {
    "rivalry": LinkKind.RIVALRY,
    "must_link": LinkKind.MUST_LINK,
    "lock": LinkKind.LOCK,
    "forbid": LinkKind.FORBID,
}
"""Rules about what schools declared, and the links that they are about."""
DECIMALS = 9
"""To which a changed value is rounded, so that 0.1 × 1.2 reads as 0.12."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What can be changed in a policy by itself.

    Attributes
    ----------
    setting, label : str
        Dotted name, and its name for readers.
    kind : str
        ``weight``, ``price`` or ``rule``.
    paths : tuple of KeyPath
        Values that are changed together; of a rule, the rule itself.
    """

    setting: str
    label: str
    kind: Kind
    paths: tuple[KeyPath, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """One change, as a variant to be run.

    Attributes
    ----------
    lever : Lever
    words : str
        What was changed, e.g. ``25 → 30``.
    variant : Variant or None
        None where the policy would not be one any more.
    refusal : str
        Why not; empty where there is a variant.
    """

    lever: Lever
    words: str
    variant: Variant | None
    refusal: str = ""


def nudges_of(variant: Variant, intake: Intake, spread: float) -> tuple[Nudged, ...]:
    """Change each weight and price down and up by a share, and switch each rule off; one at a time.

    Parameters
    ----------
    variant : Variant
        A policy as it is.
    intake : Intake
        Rules about declared links are changed only if it has such links.
    spread : float
        Share by which values change, above 0 and below 1.

    Returns
    -------
    tuple of Nudged
        Weights, prices and rules, each in the policy's order.
    """
    policy = variant.policy
    plain = policy.model_dump(mode="json")
    scaled = [
        _scaled(variant, plain, lever, factor)
        for lever in levers_of(policy, intake)
        if lever.kind != "rule"
        for factor in (1 - spread, 1 + spread)
    ]
    off = [_off(variant, plain, lever) for lever in levers_of(policy, intake) if lever.kind == "rule"]
    return (*scaled, *off)


def levers_of(policy: Policy, intake: Intake) -> tuple[Lever, ...]:
    """Every weight above 0, every price that counts, and every rule that binds anybody."""
    return (*_weights(policy), *_prices(policy, intake), *_rules(policy, intake))


def _weights(policy: Policy) -> Iterator[Lever]:
    for key, info in CRITERIA.items():
        if getattr(policy.criteria, key).weight > 0:
            path: KeyPath = ("criteria", key, "weight")
            yield Lever(dotted(path), info.label, "weight", (path,))
    if policy.cohesion.points_per_pair > 0:
        path = ("cohesion", "points_per_pair")
        yield Lever(dotted(path), "What co-mentees share", "weight", (path,))


def _prices(policy: Policy, intake: Intake) -> Iterator[Lever]:
    """Prices that count; those of one rule, by country or mentor, change together."""
    for key, rule, label in _single_rules(policy):
        own: list[KeyPath] = [("rules", key, "price")] if _is_soft(key, rule, intake) else []
        paths = (*own, *_country_prices(key, rule))
        if paths:
            yield Lever(f"rules.{key}.price", f"{label}: price", "price", paths)
    rules = policy.rules
    for name, counts in (("composition", rules.composition), ("quotas", rules.quotas)):
        for at, count in enumerate(counts):
            if count.strength is Strength.SOFT:
                yield _price(("rules", name, at, "price"), f"{count.label}: price")
    opening = [("rules", "opening", "price")] if rules.opening.price > 0 else []
    several = [("rules", "opening", "by_mentor", at, "price") for at in range(len(rules.opening.by_mentor))]
    if opening or several:
        yield Lever("rules.opening.price", "Forming a cluster: price", "price", (*opening, *several))
    yield from (_price(path, label) for counts_at_all, path, label in _lone_prices(policy) if counts_at_all)


def _lone_prices(policy: Policy) -> tuple[tuple[bool, KeyPath, str], ...]:
    """Prices that stand alone: whether each counts, where it is, its name."""
    load, money, unassigned = policy.rules.load, policy.money, policy.rules.unassigned
    soft = Strength.SOFT
    return (
        (
            load.min_strength is soft,
            ("rules", "load", "under_price"),
            "Load: price of a place below the minimum",
        ),
        (
            load.max_strength is soft,
            ("rules", "load", "over_price"),
            "Load: price of a place above the maximum",
        ),
        (load.reserve.strength is soft, ("rules", "load", "reserve", "price"), "Reserve capacity: price"),
        (
            unassigned.allowed and unassigned.price > 0,
            ("rules", "unassigned", "price"),
            "Leaving a school without a mentor: price",
        ),
        (
            money.enabled and money.points_per_100_euro > 0,
            ("money", "points_per_100_euro"),
            "Points that 100 euro take",
        ),
        (money.enabled and money.budget.strength is soft, ("money", "budget", "price"), "Budget: price"),
    )


def _rules(policy: Policy, intake: Intake) -> Iterator[Lever]:
    """Rules that bind anybody and whose absence would still be a policy of the same kind."""
    for key, rule, label in _single_rules(policy):
        if _binds(key, rule, intake):
            yield Lever(f"rules.{key}", label, "rule", (("rules", key),))
    for name, counts in (("composition", policy.rules.composition), ("quotas", policy.rules.quotas)):
        for at, count in enumerate(counts):
            if count.strength is not Strength.OFF:
                path: KeyPath = ("rules", name, at)
                yield Lever(dotted(path), count.label, "rule", (path,))


def _single_rules(policy: Policy) -> Iterator[tuple[str, Rule | DeclaredRule, str]]:
    """Rules about pairs of schools, with their names for readers."""
    for key, words in RULES.items():
        rule = getattr(policy.rules, key)
        if isinstance(rule, Rule | DeclaredRule):
            yield key, rule, words.label


def _is_soft(key: str, rule: Rule | DeclaredRule, intake: Intake) -> bool:
    if isinstance(rule, Rule):
        return rule.strength is Strength.SOFT
    return Strength.SOFT in _declared(key, rule, intake)


def _binds(key: str, rule: Rule | DeclaredRule, intake: Intake) -> bool:
    if isinstance(rule, DeclaredRule):
        return bool(_declared(key, rule, intake) - {Strength.OFF})
    stated = {rule.strength}
    if isinstance(rule, PairRule):
        stated |= {one.strength for one in rule.by_country.values() if one.strength is not None}
    return stated != {Strength.OFF}


def _declared(key: str, rule: DeclaredRule, intake: Intake) -> set[Strength]:
    """Strengths of the links of a kind that are in force."""
    links = [link for link in intake.links if link.kind is LINKS[key] and link.in_force(intake.as_of)]
    return {rule.strength or link.strength for link in links}


def _country_prices(key: str, rule: Rule | DeclaredRule) -> list[KeyPath]:
    if not isinstance(rule, PairRule):
        return []
    return [
        ("rules", key, "by_country", country, "price")
        for country, one in rule.by_country.items()
        if (one.strength or rule.strength) is Strength.SOFT and one.price is not None
    ]


def _price(path: KeyPath, label: str) -> Lever:
    return Lever(dotted(path), label, "price", (path,))


def _scaled(variant: Variant, plain: Mapping[str, Any], lever: Lever, factor: float) -> Nudged:
    changed = json.loads(json.dumps(plain))
    said = []
    for path in lever.paths:
        part, key = _part(changed, path[:-1]), path[-1]
        before = part[key]
        part[key] = round(before * factor, DECIMALS)
        said.append(f"{before:g} → {part[key]:g}")
    return _nudged(variant, changed, lever, ", ".join(said))


def _off(variant: Variant, plain: Mapping[str, Any], lever: Lever) -> Nudged:
    changed = json.loads(json.dumps(plain))
    for path in lever.paths:
        part = _part(changed, path)
        part["strength"] = str(Strength.OFF)
        if "by_country" in part:
            part["by_country"] = {}
    return _nudged(variant, changed, lever, "switched off")


def _nudged(variant: Variant, changed: Mapping[str, Any], lever: Lever, words: str) -> Nudged:
    """Make the variant; the policy is checked as a policy file is."""
    said = f"{lever.setting}: {words}"
    try:
        policy = policy_from_mapping(changed)
    except InputError as error:
        return Nudged(lever, words, None, " ".join(issue.problem for issue in error.issues))
    return Nudged(lever, words, Variant(f"{variant.key}~{said}", f"{variant.title} ({said})", policy))


def _part(plain: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        plain = plain[step]
    return plain

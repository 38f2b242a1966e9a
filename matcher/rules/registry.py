"""Every rule of a policy in words: its name, its sentence, how binding it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcher.features.countries import country_name
from matcher.policy.model import Policy
from matcher.policy.rules import (
    CompositionRule,
    CountRule,
    DeclaredRule,
    LoadScope,
    Opening,
    PairRule,
    QuotaCounts,
    QuotaRule,
    ReserveScope,
    Rules,
    WhenUnknown,
)
from matcher.profiles import Strength
from matcher.rules.concessions import conceded_words
from matcher.rules.fairness import fairness_words
from matcher.rules.judge import PAIR_RULES
from matcher.rules.members import describe

LEADS = "hubs.leads"
"""Key of the rule that a school leads at most one hub."""
RESERVE = "load.reserve"
"""Key of the rule that keeps places free."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule of one policy in words.

    Attributes
    ----------
    key : str
        Name in the policy; entries of lists are ``composition[0]``, ``quotas[1]``.
    label : str
        Name in reports.
    statement : str
        The rule in one sentence, with its parameters.
    strength : Strength
        The strongest form in which it binds anybody.
    price : float or None
        Points a breach costs; None where it is hard or off.
    given_up : tuple of str
        For whom the policy's concessions give it up and why, one phrase each. They name schools, so that
        they are for the programme's staff alone.
    """

    key: str
    label: str
    statement: str
    strength: Strength
    price: float | None
    given_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Name and sentence of one field of :class:`matcher.policy.rules.Rules`."""

    key: str
    label: str
    statement: Callable[[Policy], str]


def _neighbours(policy: Policy) -> str:
    rule = policy.rules.neighbours
    who = " with a phase in common" if rule.same_phase_only else ""
    return f"Two mentees{who} nearer than {rule.min_km:g} km to each other do not share a cluster"


def _load(policy: Policy) -> str:
    rule = policy.rules.load
    who = "Each mentor" if rule.applies_to is LoadScope.EVERY else "Each mentor that leads a cluster"
    low = {
        Strength.HARD: f"at least {rule.min}",
        Strength.SOFT: f"at least {rule.min} (each place short costs {_points(rule.under_price)})",
        Strength.OFF: "any number",
    }[rule.min_strength]
    high = {
        Strength.HARD: f"at most {rule.max}",
        Strength.SOFT: f"at most {rule.max} (each of up to {rule.over_limit} places more costs "
        f"{_points(rule.over_price)})",
        Strength.OFF: "no upper limit",
    }[rule.max_strength]
    return f"{who} fills {low} and {high} places, unless its own entry in the form says otherwise"


def _reserve(policy: Policy) -> str:
    rule = policy.rules.load.reserve
    kept = f"{rule.share:.0%} of the places" if rule.places is None else _places(rule.places)
    where = "In each country" if rule.per is ReserveScope.COUNTRY else "Over all countries"
    verb = "stay" if rule.places != 1 else "stays"
    return f"{where}, {kept} {verb} free for mentors that drop out"


def _places(number: int) -> str:
    return f"{number} place" if number == 1 else f"{number} places"


def _unassigned(policy: Policy) -> str:
    rule = policy.rules.unassigned
    if not rule.allowed:
        return "No mentee may stay without a mentor"
    text = f"A mentee may stay without a mentor at a price of {_points(rule.price)}"
    factors = ", ".join(f"{who} × {factor:g}" for who, factor in sorted(rule.by_willingness.items()))
    text = f"{text} ({factors})" if factors else text
    if not rule.never:
        return text
    return f"{text}; none that is {' or '.join(rule.never)} may stay without one"


def _opening(policy: Policy) -> str:
    rule = policy.rules.opening
    free = "Forming a cluster is free"
    said = f"Each cluster that is formed costs {_points(rule.price)}" if rule.price else free
    for one in rule.by_mentor:
        said += f"; {_points(one.price)} where the mentor has {describe(one.mentors) or 'any property'}"
    if not rule.is_limited:
        return said
    number = _range(rule, "candidate")
    verb = "leads" if _last(rule) == 1 else "lead"
    return f"{number[0].upper()}{number[1:]} {verb} a cluster. {said}"


def _composition(_policy: Policy) -> str:
    return "In each cluster, at least or at most so many mentees have a property"


def _quotas(_policy: Policy) -> str:
    return "Over the whole plan, at least or at most so many mentees are placed or clusters formed"


def _said(sentence: str) -> Callable[[Policy], str]:
    return lambda _policy: sentence


_ALL: tuple[RuleWords, ...] = (
    *(RuleWords(spec.key, spec.label, spec.statement) for spec in PAIR_RULES),
    RuleWords("rivalry", "Rivalry", _said("Schools declared as rivals do not share a cluster")),
    RuleWords("neighbours", "Neighbours", _neighbours),
    RuleWords(
        "apart_by_authority",
        "Apart by authority",
        _said("Two mentees of one school authority do not share a cluster"),
    ),
    RuleWords(
        "must_link",
        "Kept together",
        _said("Mentees declared as belonging together share a cluster, or none is placed"),
    ),
    RuleWords("lock", "Locked pairs", _said("Pairs declared as locked are in the plan")),
    RuleWords("forbid", "Forbidden pairs", _said("Pairs declared as forbidden are not in the plan")),
    RuleWords("load", "Load", _load),
    RuleWords("composition", "Composition of clusters", _composition),
    RuleWords("quotas", "Quotas", _quotas),
    RuleWords("unassigned", "Unassigned", _unassigned),
    RuleWords("opening", "Opening a cluster", _opening),
)

RULES: Mapping[str, RuleWords] = {words.key: words for words in _ALL}
"""Every field of ``policy.rules``, in its order (a test holds the two against each other)."""


def statement(key: str, policy: Policy) -> str:
    """Say one rule of a policy in one plain sentence with its parameters.

    Parameters
    ----------
    key : str
        A field of ``policy.rules``, or one entry of a list such as ``quotas[0]``.
    policy : Policy

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If there is no such rule.
    """
    if key in RULES:
        setting = getattr(policy.rules, key)
        tail = _pair_tail(setting) if isinstance(setting, PairRule) else ""
        return f"{RULES[key].statement(policy)}{tail}."
    for entry in rule_entries(policy):
        if entry.key == key:
            return entry.statement
    raise KeyError(key)


def rule_entries(policy: Policy) -> tuple[RuleEntry, ...]:
    """Every rule of a policy in the policy's order, rules that are off included.

    ``composition`` and ``quotas`` appear as one entry for each rule in the list, keyed
    ``composition[0]`` and so on, and not at all when the list is empty; ``load.reserve`` appears
    where it is not off.
    """
    entries: list[RuleEntry] = []
    for words in RULES.values():
        if words.key == "composition":
            for at, rule in enumerate(policy.rules.composition):
                entries.append(_count_entry(policy, f"composition[{at}]", rule, _said_composition(rule)))
        elif words.key == "quotas":
            for at, quota in enumerate(policy.rules.quotas):
                entries.append(_count_entry(policy, f"quotas[{at}]", quota, _said_quota(quota)))
        else:
            strength, price = _binding(words.key, policy.rules)
            said, given_up = statement(words.key, policy), conceded_words(policy, words.key)
            entries.append(RuleEntry(words.key, words.label, said, strength, price, given_up))
            if words.key == "load" and policy.rules.load.reserve.strength is not Strength.OFF:
                entries.append(_reserve_entry(policy))
    if policy.hubs.enabled:
        entries.append(RuleEntry(LEADS, "Leads of hubs", _leads(policy), Strength.HARD, None))
    if policy.themed:
        once = "Each mentor leads one cluster at most, on one of its themes."
        entries.append(RuleEntry(LEADS, "One theme a mentor", once, Strength.HARD, None))
    entries += [RuleEntry(*words) for words in fairness_words(policy.fairness)]
    return tuple(entries)


def _leads(policy: Policy) -> str:
    rule = policy.hubs
    said = [f"one with {words}" if words else "" for words in map(describe, rule.leads)]
    who = "Two schools" + (f", {' and '.join(one or 'any other' for one in said)}," if any(said) else "")
    near = "" if rule.max_km_apart is None else f", at most {rule.max_km_apart:g} km apart by road"
    alone = ", or one alone" if rule.alone else ""
    return f"{who} lead a hub together{near}{alone}; no school leads more than one hub."


def _reserve_entry(policy: Policy) -> RuleEntry:
    rule = policy.rules.load.reserve
    price = rule.price if rule.strength is Strength.SOFT else None
    said, given_up = f"{_reserve(policy)}.", conceded_words(policy, RESERVE)
    return RuleEntry(RESERVE, "Reserve capacity", said, rule.strength, price, given_up)


def _count_entry(policy: Policy, key: str, rule: CountRule, said: str) -> RuleEntry:
    price = rule.price if rule.strength is Strength.SOFT else None
    return RuleEntry(key, rule.label, f"{said}.", rule.strength, price, conceded_words(policy, key))


def _said_composition(rule: CompositionRule) -> str:
    mentors = describe(rule.mentors)
    led = f" led by a mentor with {mentors}" if mentors else ""
    return f"Each cluster{led} has {_range(rule, 'mentee')}{_with(describe(rule.members))}"


def _said_quota(rule: QuotaRule) -> str:
    members, mentors = describe(rule.members), describe(rule.mentors)
    if rule.counts is QuotaCounts.CLUSTERS:
        return f"The plan has {_range(rule, 'cluster')}{_with(members, ' led by a mentor with')}"
    return f"The plan places {_range(rule, 'mentee')}{_with(members)}{_with(mentors, ' with a mentor of')}"


def _with(words: str, before: str = " with") -> str:
    return f"{before} {words}" if words else ""


def _last(rule: CountRule | Opening) -> int | None:
    return rule.at_least if rule.at_most is None else rule.at_most


def _range(rule: CountRule | Opening, noun: str) -> str:
    last = _last(rule)
    counted = noun if last == 1 else f"{noun}s"
    if rule.at_least == rule.at_most:
        return f"exactly {last} {counted}"
    low = f"at least {rule.at_least}" if rule.at_least is not None else ""
    high = f"at most {rule.at_most}" if rule.at_most is not None else ""
    return f"{' and '.join(part for part in (low, high) if part)} {counted}"


def _binding(key: str, rules: Rules) -> tuple[Strength, float | None]:
    """Strongest form of a rule, and its price where that is soft."""
    setting = getattr(rules, key)
    if isinstance(setting, DeclaredRule):  # each link may say for itself
        strength = setting.strength or Strength.HARD
        return strength, setting.price if strength is Strength.SOFT else None
    if key == "load":
        strength = _strongest((rules.load.min_strength, rules.load.max_strength))
        return strength, rules.load.over_price if strength is Strength.SOFT else None
    if key == "unassigned":
        allowed = rules.unassigned.allowed
        return (Strength.SOFT, rules.unassigned.price) if allowed else (Strength.HARD, None)
    if key == "opening":
        if rules.opening.is_limited:
            return Strength.HARD, None
        prices = [rules.opening.price, *(one.price for one in rules.opening.by_mentor)]
        return (Strength.SOFT, rules.opening.price) if any(prices) else (Strength.OFF, None)
    stated = [setting.strength]
    if isinstance(setting, PairRule):
        stated += [one.strength for one in setting.by_country.values() if one.strength is not None]
    strength = _strongest(tuple(stated))
    return strength, setting.price if strength is Strength.SOFT else None


def _strongest(stated: tuple[Strength, ...]) -> Strength:
    return min(stated, key=list(Strength).index)


def _pair_tail(rule: PairRule) -> str:
    """Say for which mentees' countries the rule binds otherwise than for the rest, and missing data."""
    rest = _force_words(rule.strength, rule.price)
    differing: dict[str, list[str]] = {}
    for country, override in sorted(rule.by_country.items()):
        strength = rule.strength if override.strength is None else override.strength
        own = _force_words(strength, rule.price if override.price is None else override.price)
        if own != rest:
            differing.setdefault(own, []).append(country_name(country))
    parts = [f"for schools in {' and '.join(names)} {own}" for own, names in differing.items()]
    tail = f"; {', '.join(parts)}, for all others {rest}" if parts else ""
    if rule.unknown is WhenUnknown.FORBID:
        tail += "; a pair whose data is missing counts as a breach"
    return tail


def _force_words(strength: Strength, price: float) -> str:
    return {
        Strength.HARD: "it must hold",
        Strength.SOFT: f"it may give way at {_points(price)} a breach",
        Strength.OFF: "it does not count",
    }[strength]


def _points(price: float) -> str:
    return f"{price:g} point{'' if price == 1 else 's'}"

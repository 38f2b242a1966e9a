"""Mentees that should not share a cluster: by declaration, by nearness, by authority.

Source: rivalry of neighbouring schools harms a cluster (Blamire, MenSI D2.1, 2021, §4.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features.geography import SAME_POINT_KM, near_pairs
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.profiles import Intake, LinkKind, School, Strength
from matcher.rules.authority import authority_numbers
from matcher.rules.between import between_members
from matcher.rules.concessions import waived_pairs
from matcher.rules.context import RuleContext, context_of
from matcher.rules.declared import LINK_RULES, Declared, declared_links
from matcher.rules.phase import phase_bits

_Entries = dict[tuple[int, int], tuple[bool, float, str]]


@dataclass(frozen=True, slots=True, eq=False)
class ApartPart:
    """Pairs of mentees that one rule keeps apart.

    Attributes
    ----------
    key : str
        ``rivalry``, ``forbid``, ``neighbours`` or ``apart_by_authority``.
    pairs : ndarray of int64, shape (n, 2)
        Positions in ``intake.mentees``, i < k in each row, sorted, without repeats.
    hard : ndarray of bool, shape (n,)
    price : ndarray of float64, shape (n,)
        Points that sharing a cluster costs; 0 where it is hard.
    reasons : tuple of str
        Why, in a phrase; one for each pair.
    unjudged : ndarray of int64, shape (m, 2)
        Pairs that the rule could not judge because data is missing (same form as `pairs`).
    """

    key: str
    pairs: NDArray[np.int64]
    hard: NDArray[np.bool_]
    price: NDArray[np.float64]
    reasons: tuple[str, ...]
    unjudged: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ApartPairs:
    """All pairs of mentees to keep apart, each once.

    Attributes
    ----------
    pairs : ndarray of int64, shape (n, 2)
        Positions in ``intake.mentees``, i < k in each row, sorted.
    hard : ndarray of bool, shape (n,)
        True where any rule keeps the pair apart for certain.
    price : ndarray of float64, shape (n,)
        Sum of the soft rules' points; 0 where the pair is hard.
    keys : tuple of tuple of str
        Rules that name each pair.
    reasons : tuple of str
        Their reasons, joined by ``; ``.
    parts : tuple of ApartPart
        The same by rule, for every rule that is not off, in the policy's order.
    """

    pairs: NDArray[np.int64]
    hard: NDArray[np.bool_]
    price: NDArray[np.float64]
    keys: tuple[tuple[str, ...], ...]
    reasons: tuple[str, ...]
    parts: tuple[ApartPart, ...]

    def __len__(self) -> int:
        return len(self.reasons)


def apart_pairs(intake: Intake, features: FeatureTable, policy: Policy) -> ApartPairs:
    """Collect the mentee–mentee pairs that rules keep apart.

    Neighbours are two mentees whose great-circle distance is below ``min_km``. Two schools known by
    the same town's centre only (or by one point that may be no better) are an unknown distance apart,
    not 0 km: they are not derived and stand in ``unjudged``; so do near schools whose phase is missing
    where the phase decides. A school without coordinates has no known neighbours (the intake check names
    such schools).

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
        Has a row for every school of `intake`.
    policy : Policy

    Returns
    -------
    ApartPairs
    """
    context = context_of(intake, features, policy)
    rules = policy.rules
    parts = []
    for kind, declared in ((LinkKind.RIVALRY, rules.rivalry), (LinkKind.FORBID, rules.forbid)):
        if declared.strength is not Strength.OFF:
            parts.append(_declared_part(context, kind))
    if rules.neighbours.strength is not Strength.OFF:
        parts.append(_neighbour_part(context))
    if rules.apart_by_authority.strength is not Strength.OFF:
        parts.append(_authority_part(context))
    parts = [_without_waived(context, part) for part in parts]
    if policy.peers.enabled:
        parts += [_part(one.key, one.broken, one.unjudged) for one in between_members(context)]
    return _merged(tuple(parts))


def _without_waived(context: RuleContext, part: ApartPart) -> ApartPart:
    """Take out the pairs for which a concession gives the rule up."""
    waived = waived_pairs(context.policy, part.key)
    if not waived:
        return part
    ids = [school.school_id for school in context.mentees]
    keep = np.array([(ids[i], ids[k]) not in waived for i, k in part.pairs.tolist()], dtype=np.bool_)
    reasons = tuple(reason for at, reason in enumerate(part.reasons) if keep[at])
    return ApartPart(part.key, part.pairs[keep], part.hard[keep], part.price[keep], reasons, part.unjudged)


def _declared_part(context: RuleContext, kind: LinkKind) -> ApartPart:
    found: dict[tuple[int, int], list[Declared]] = {}
    for one in declared_links(context.intake, context.policy, kind):
        ends = (context.mentee_at.get(one.link.school_a), context.mentee_at.get(one.link.school_b))
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            found.setdefault((min(ends[0], ends[1]), max(ends[0], ends[1])), []).append(one)
    entries = {
        pair: (
            any(one.hard for one in links),
            sum(one.price for one in links),
            "; ".join(one.reason for one in links),
        )
        for pair, links in found.items()
    }
    return _part(LINK_RULES[kind], entries, [])


def _neighbour_part(context: RuleContext) -> ApartPart:
    rule = context.policy.rules.neighbours
    first, second, km = near_pairs(context.features, context.mentee_rows, rule.min_km)
    near = km < rule.min_km
    first, second, km = first[near], second[near], km[near]
    better = context.features.column("town_point")[context.mentee_rows] == 0.0
    unknown = (km < SAME_POINT_KM) & ~better[first] & ~better[second]
    apart = ~unknown
    if rule.same_phase_only:
        bits = phase_bits(context.mentees)
        unstated = (bits[first] == 0) | (bits[second] == 0)
        shared = (bits[first] & bits[second]) != 0
        unknown = (unknown & shared) | unstated
        apart = apart & shared
    hard = rule.strength is Strength.HARD
    entries = {
        (i, k): (hard, rule.price, f"neighbours, {apart_km:.1f} km apart (nearer than {rule.min_km:g} km)")
        for i, k, apart_km in zip(
            first[apart].tolist(), second[apart].tolist(), km[apart].tolist(), strict=True
        )
    }
    unjudged = list(zip(first[unknown].tolist(), second[unknown].tolist(), strict=True))
    return _part("neighbours", entries, unjudged)


def _authority_part(context: RuleContext) -> ApartPart:
    rule = context.policy.rules.apart_by_authority
    numbers = authority_numbers(context.mentees)
    groups: dict[int, list[int]] = {}
    for mentee, number in enumerate(numbers.tolist()):
        if number >= 0:
            groups.setdefault(number, []).append(mentee)
    hard = rule.strength is Strength.HARD
    entries: _Entries = {}
    for group in groups.values():
        for at, i in enumerate(group):
            reason = f"both belong to {_authority(context.mentees[i])}"
            entries.update({(i, k): (hard, rule.price, reason) for k in group[at + 1 :]})
    return _part("apart_by_authority", entries, [])


def _authority(school: School) -> str:
    return " ".join((school.authority or "").split())


def _part(key: str, entries: _Entries, unjudged: list[tuple[int, int]]) -> ApartPart:
    ordered = sorted(entries.items())
    hard = np.array([entry[0] for _, entry in ordered], dtype=np.bool_)
    price = np.array([entry[1] for _, entry in ordered], dtype=np.float64)
    return ApartPart(
        key=key,
        pairs=_rows([pair for pair, _ in ordered]),
        hard=hard,
        price=np.where(hard, 0.0, price),
        reasons=tuple(entry[2] for _, entry in ordered),
        unjudged=_rows(sorted(unjudged)),
    )


def _merged(parts: tuple[ApartPart, ...]) -> ApartPairs:
    found: dict[tuple[int, int], list[tuple[str, bool, float, str]]] = {}
    for part in parts:
        for at, (i, k) in enumerate(part.pairs.tolist()):
            entry = (part.key, bool(part.hard[at]), float(part.price[at]), part.reasons[at])
            found.setdefault((i, k), []).append(entry)
    ordered = sorted(found.items())
    hard = np.array([any(entry[1] for entry in entries) for _, entries in ordered], dtype=np.bool_)
    price = np.array([sum(entry[2] for entry in entries) for _, entries in ordered], dtype=np.float64)
    return ApartPairs(
        pairs=_rows([pair for pair, _ in ordered]),
        hard=hard,
        price=np.where(hard, 0.0, price),
        keys=tuple(tuple(entry[0] for entry in entries) for _, entries in ordered),
        reasons=tuple("; ".join(entry[3] for entry in entries) for _, entries in ordered),
        parts=parts,
    )


def _rows(pairs: list[tuple[int, int]]) -> NDArray[np.int64]:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)

"""What a policy lets a repair give up, as relaxations with prices and limits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.analysis.barred_pairs import opened_pairs
from matcher.encoding import Encoding
from matcher.encoding.reserve import reserve_of, reserve_places
from matcher.policy.concessions import PAIR_RULE_NAMES
from matcher.policy.repair import MorePlaces, Relaxing, Repair, WiderGap, WiderTravel
from matcher.problem import Composition, Quota
from matcher.profiles import Strength
from matcher.questions.demands import Demand, DemandKind, Demands
from matcher.questions.relaxing import Relaxation, Relaxations
from matcher.rules.members import select

PRICE_UNITS = 1000
"""Units in which prices of relaxations are counted: thousandths."""
_BARS = (*PAIR_RULE_NAMES, "rivalry", "forbid")


def relaxations_of(encoding: Encoding, demands: Demands) -> Relaxations:
    """Turn the policy's part `repair` into relaxations of a problem's demands.

    Parameters
    ----------
    encoding : Encoding
    demands : Demands
        Of the encoding's problem.

    Returns
    -------
    Relaxations
        Groups are named by the keys of `repair`; two mentees that several rules keep apart take the sum of
        the prices, and all of the rules must be allowed to give way.
    """
    repair = encoding.policy.repair
    within = {key: _within(part) for key in _BARS if (part := _part(repair, key)).allowed}
    opens = opened_pairs(encoding, demands.bars, within)
    apart = _hard_apart(encoding)
    bit = {key: at for at, key in enumerate(demands.bars.keys)}
    places = _places_terms(encoding)
    listed: list[Relaxation] = []
    for demand in demands.listed:
        if demand.kind is DemandKind.BAR:
            fallen = (opens[demand.mentee] >> bit[demand.key]) & 1
            if fallen.any():
                listed.append(_one(demand, demand.key, _part(repair, demand.key)))
        elif demand.kind is DemandKind.APART:
            listed += _apart(demand, apart[demand.mentee, demand.other], repair)
        elif demand.kind is DemandKind.MOST:
            group, terms = places[demand.host]
            if terms.allowed and encoding.policy.rules.load.max_strength is not Strength.OFF:
                listed.append(_one(demand, group, terms, most=terms.most_each))
        else:
            listed += _other(encoding, demand, repair)
    limits = {key: part.most for key, part in repair if isinstance(part, Relaxing)}
    limits |= {places_in(at): part.most for at, part in enumerate(repair.places_in)}
    return Relaxations(tuple(sorted(listed)), opens, limits)


def places_in(at: int) -> str:
    """Group of the places more at the mentors of one entry of ``repair.places_in``."""
    return f"places_in[{at}]"


def _places_terms(encoding: Encoding) -> list[tuple[str, MorePlaces]]:
    """Group and terms of places more, by host: those of its region, where the policy has such."""
    repair, mentors = encoding.policy.repair, encoding.intake.mentors
    terms: list[tuple[str, MorePlaces]] = [("places", repair.places)] * len(mentors)
    for at, entry in reversed(list(enumerate(repair.places_in))):
        for host in np.flatnonzero(select(mentors, entry.mentors)).tolist():
            terms[host] = (places_in(at), entry)
    return terms


def _part(repair: Repair, key: str) -> Relaxing:
    part = getattr(repair, key)
    if not isinstance(part, Relaxing):
        raise TypeError(f"repair.{key} is not a way to give way")
    return part


def _within(part: Relaxing) -> float | None:
    return part.within if isinstance(part, WiderTravel | WiderGap) else None


def _units(price: float) -> int:
    return max(1, round(price * PRICE_UNITS))


def _one(demand: Demand, group: str, part: Relaxing, *, most: int = 1, over: bool = False) -> Relaxation:
    return Relaxation(demand, _units(part.price), most, group, over)


def _hard_apart(encoding: Encoding) -> dict[tuple[int, int], list[str]]:
    """Rules that keep two mentees apart for certain."""
    found: dict[tuple[int, int], list[str]] = {}
    for term in encoding.apart:
        if term.price is None:
            found.setdefault((term.first, term.second), []).append(term.key)
    return found


def _apart(demand: Demand, keys: list[str], repair: Repair) -> Iterator[Relaxation]:
    parts = [_part(repair, key) for key in keys]
    if all(part.allowed for part in parts):
        price = sum(_units(part.price) for part in parts)
        yield Relaxation(demand, price, 1, " and ".join(sorted(keys)))


def _other(encoding: Encoding, demand: Demand, repair: Repair) -> Iterator[Relaxation]:
    """Relaxations of what is not a rule about two schools."""
    load = encoding.policy.rules.load
    match demand.kind:
        case DemandKind.PLACED:
            offered: Relaxing = repair.unassigned
            named, most = "unassigned", 1
        case DemandKind.LOCK:
            offered, named, most = repair.lock, "lock", 1
        case DemandKind.TOGETHER:
            offered, named, most = repair.must_link, "must_link", 1
        case DemandKind.LEAST if load.min_strength is not Strength.OFF:
            offered, named, most = repair.minimum, "minimum", repair.minimum.most_each
        case DemandKind.ROW if reserve_of(demand.key) is not None:
            offered, named, most = repair.reserve, "reserve", _kept_free(encoding, demand.key)
        case DemandKind.QUOTA:
            yield from _missed(encoding, demand, repair, "quotas")
            return
        case DemandKind.COMPOSITION:
            yield from _missed(encoding, demand, repair, "composition")
            return
        case _:
            return
    if offered.allowed and most:
        yield _one(demand, named, offered, most=most)


def _kept_free(encoding: Encoding, key: str) -> int:
    """Places that a reserve keeps free."""
    row = next(one for one in encoding.problem.rows if one.key == key)
    return reserve_places(encoding, key) - (row.at_most or 0)


def _missed(encoding: Encoding, demand: Demand, repair: Repair, name: str) -> Iterator[Relaxation]:
    part = repair.quotas if name == "quotas" else repair.composition
    problem = encoding.problem
    rules: tuple[Quota | Composition, ...] = (*problem.quotas, *problem.compositions)
    (rule,) = (one for one in rules if one.key == demand.key)
    if not part.allowed or not demand.key.endswith("]"):  # how many candidates lead is no concession's matter
        return
    if rule.at_least:
        yield _one(demand, name, part, most=min(part.most_each, rule.at_least))
    if rule.at_most is not None:
        yield _one(demand, name, part, most=part.most_each, over=True)

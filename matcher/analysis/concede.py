"""Repairs in the words of the form, and as concessions that a policy can hold."""

from __future__ import annotations

import numpy as np

from matcher.analysis.wording import counted, listed
from matcher.encoding import Encoding
from matcher.encoding.reserve import PROGRAMME, reserve_of, reserve_places
from matcher.features.countries import country_name
from matcher.policy.concessions import Concession
from matcher.policy.repair import WiderGap, WiderTravel
from matcher.questions.demands import Demand, DemandKind, Demands
from matcher.questions.relaxing import Relaxation
from matcher.questions.repaired import Repair
from matcher.questions.stand_ins import StandIns
from matcher.rules.members import describe
from matcher.rules.registry import RULES, rule_entries


def concessions_of(encoding: Encoding, demands: Demands, repair: Repair) -> tuple[Concession, ...]:
    """Say a repair as concessions; applied to the policy they give the repaired problem."""
    return tuple(
        concession for one, units in repair.uses for concession in _conceded(encoding, demands, one, units)
    )


def repair_sentences(encoding: Encoding, repair: Repair) -> tuple[str, ...]:
    """Say a repair, one sentence for each thing that is given up."""
    return tuple(_said(encoding, one, units) for one, units in repair.uses)


def school_name(encoding: Encoding, school_id: str) -> str:
    """Name and id of a school."""
    for school in encoding.intake.schools:
        if school.school_id == school_id:
            return f"{school.name} ({school_id})"
    return school_id


def mentee_name(encoding: Encoding, mentee: int) -> str:
    """Name and id of a mentee."""
    return school_name(encoding, encoding.mentee_ids[mentee])


def host_name(encoding: Encoding, host: int) -> str:
    """Name and id of a mentor."""
    return school_name(encoding, encoding.host_ids[host])


def _within(encoding: Encoding, key: str) -> float | None:
    part = getattr(encoding.policy.repair, key)
    return part.within if isinstance(part, WiderTravel | WiderGap) else None


def _conceded(  # noqa: PLR0911 - one return a kind
    encoding: Encoding, demands: Demands, one: Relaxation, units: int
) -> list[Concession]:
    demand, mentees, hosts = one.demand, encoding.mentee_ids, encoding.host_ids
    reason = "repair of contradicting rules"
    match demand.kind:
        case DemandKind.PLACED:
            return [Concession(rule="unassigned", school=mentees[demand.mentee], reason=reason)]
        case DemandKind.LOCK:
            ends = {"school": mentees[demand.mentee], "other": hosts[demand.host]}
            return [Concession(rule="lock", **ends, reason=reason)]
        case DemandKind.TOGETHER:
            ends = {"school": mentees[demand.mentee], "other": mentees[demand.other]}
            return [Concession(rule="must_link", **ends, reason=reason)]
        case DemandKind.APART:
            ends = {"school": mentees[demand.mentee], "other": mentees[demand.other]}
            return [Concession(rule=key, **ends, reason=reason) for key in one.group.split(" and ")]
        case DemandKind.MOST:
            return [Concession(rule="places", school=hosts[demand.host], amount=units, reason=reason)]
        case DemandKind.LEAST:
            return [Concession(rule="minimum", school=hosts[demand.host], amount=units, reason=reason)]
        case DemandKind.ROW:
            rule = f"reserve[{reserve_of(demand.key)}]"
            return [Concession(rule=rule, amount=units, reason=reason)]
        case DemandKind.BAR if demand.key in ("rivalry", "forbid"):
            bit = demands.bars.keys.index(demand.key)
            barred = np.flatnonzero((demands.bars.mask[demand.mentee] >> bit) & 1).tolist()
            school = mentees[demand.mentee]
            return [
                Concession(rule=demand.key, school=school, other=hosts[host], reason=reason)
                for host in barred
            ]
        case DemandKind.BAR:
            within = _within(encoding, demand.key)
            school = mentees[demand.mentee]
            return [Concession(rule=demand.key, school=school, amount=within, reason=reason)]
        case _:
            return [Concession(rule=demand.key, amount=units if one.over else -units, reason=reason)]


def _said(encoding: Encoding, one: Relaxation, units: int) -> str:  # noqa: PLR0911 - one return a kind
    demand, problem = one.demand, encoding.problem
    match demand.kind:
        case DemandKind.PLACED:
            return f"{mentee_name(encoding, demand.mentee)} stays without a mentor."
        case DemandKind.LOCK:
            pair = f"{mentee_name(encoding, demand.mentee)} to {host_name(encoding, demand.host)}"
            return f"The lock of {pair} is given up."
        case DemandKind.TOGETHER:
            return f"{_two(encoding, demand)} need not share a cluster."
        case DemandKind.APART:
            rules = " and ".join(f"“{RULES[key].label}”" for key in one.group.split(" and "))
            return f"{_two(encoding, demand)} may share a cluster: {rules} is waived for the two."
        case DemandKind.MOST:
            before = int(problem.max_load[demand.host])
            more = counted(units, "place more", "places more")
            whose = _whose(encoding, one)
            return f"{host_name(encoding, demand.host)} takes {more} ({before} → {before + units}){whose}."
        case DemandKind.LEAST:
            before = int(problem.min_load[demand.host])
            fewer = counted(units, "place fewer", "places fewer")
            return (
                f"{host_name(encoding, demand.host)} makes do with {fewer} than its minimum "
                f"({before} → {before - units})."
            )
        case DemandKind.ROW:
            before, after = _kept_free(encoding, demand.key, units)
            group = reserve_of(demand.key) or PROGRAMME
            where = "Over all countries" if group == PROGRAMME else f"In {country_name(group)}"
            return f"{where}, {counted(after, 'place stays', 'places stay')} free instead of {before}."
        case DemandKind.BAR:
            within = _within(encoding, demand.key)
            unit = " km" if demand.key == "travel" else ""
            much = f"widened by {within:g}{unit}" if within is not None else "waived"
            return (
                f"The rule “{RULES[demand.key].label}” is {much} for {mentee_name(encoding, demand.mentee)}."
            )
        case _:
            label = next(entry.label for entry in rule_entries(encoding.policy) if entry.key == demand.key)
            return f"“{label}” is missed by {units}: {'more' if one.over else 'fewer'} than it asks for."


def _kept_free(encoding: Encoding, key: str, units: int) -> tuple[int, int]:
    """Places that a reserve keeps free, before and after a repair."""
    row = next(one for one in encoding.problem.rows if one.key == key)
    before = reserve_places(encoding, key) - (row.at_most or 0)
    return before, before - units


def _whose(encoding: Encoding, one: Relaxation) -> str:
    """Say on which terms of a region a place more is to be had; empty for those of all mentors."""
    if not one.group.startswith("places_in["):
        return ""
    entry = encoding.policy.repair.places_in[int(one.group.removeprefix("places_in[").removesuffix("]"))]
    return f", as the policy allows for mentors with {describe(entry.mentors)}"


def stand_in_words(encoding: Encoding, found: StandIns) -> str:
    """Say which other mentors of the region could take a place as well, each proven by a plan."""
    name = host_name(encoding, found.of.demand.host)
    untried = f" {counted(found.untried, 'other was', 'others were')} not tried." if found.untried else ""
    if not found.others:
        return f"No other mentor of these that was tried could take the place of {name}.{untried}"
    others = listed([host_name(encoding, one.demand.host) for one in found.others])
    would = "would do as well, as a plan shows" if len(found.others) == 1 else "would do, as plans show"
    return f"In place of {name}, at the same price, {others} {would}.{untried}"


def _two(encoding: Encoding, demand: Demand) -> str:
    return f"{mentee_name(encoding, demand.mentee)} and {mentee_name(encoding, demand.other)}"


def change_words(encoding: Encoding, one: Relaxation, units: int) -> tuple[str, str]:
    """Say what holds before a repair, and after it."""
    demand, problem = one.demand, encoding.problem
    if demand.kind is DemandKind.MOST:
        before = int(problem.max_load[demand.host])
        return f"{before} places at most", f"{before + units} places at most"
    if demand.kind is DemandKind.LEAST:
        before = int(problem.min_load[demand.host])
        return f"{before} places at least", f"{before - units} places at least"
    if demand.kind is DemandKind.ROW:
        before, after = _kept_free(encoding, demand.key, units)
        places = [f"{counted(number, 'place', 'places')} kept free" for number in (before, after)]
        return places[0], places[1]
    if demand.kind is DemandKind.BAR and (within := _within(encoding, demand.key)) is not None:
        return "the limit as stated", f"the limit widened by {within:g}"
    if demand.kind in (DemandKind.QUOTA, DemandKind.COMPOSITION):
        return "must hold", f"may be missed by {units}"
    return "must hold", "given up"

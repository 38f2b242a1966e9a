"""Where a plan puts each school, for plans that are counted and not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.laboratory.variant import Outcome
from matcher.profiles import Intake

Leads = tuple[str, ...]
Placing = Mapping[str, Leads]
"""By school: the schools that mentor it, :data:`NOBODY` if it is left out; empty where nobody mentors."""
NOBODY: Leads = ("",)
"""Stands for being left out, as a school id never does."""


@dataclass(frozen=True, slots=True)
class Held:
    """How far one plan holds to another: schools compared, and those of them placed otherwise."""

    compared: int
    moved: int


def placing_of(intake: Intake, outcome: Outcome) -> Placing:
    """Say where the plan of an outcome puts each school; nowhere if there is no plan."""
    document = outcome.document
    if document is None:
        return {}
    schools = {school.school_id for school in intake.schools}
    leads: dict[str, Leads] = {
        card.host_id: tuple(card.lead_ids) or ((card.host_id,) if card.host_id in schools else ())
        for card in document.clusters
    }
    placed = {row.mentee_id: leads[row.host_id] for row in document.assignments if leads[row.host_id]}
    if leads and not placed:
        return {}  # groups of equals: being left out is no matter of mentors either
    return {**{row.mentee_id: NOBODY for row in document.unassigned}, **placed}


def held(base: Placing, other: Placing) -> Held:
    """Count the schools of which both plans say a mentor or none, and those that have another."""
    both = [(base[school], other[school]) for school in base if school in other]
    compared = [pair for pair in both if pair != (NOBODY, NOBODY)]
    return Held(len(compared), sum(not same(one, two) for one, two in compared))


def same(one: Leads, other: Leads | None) -> bool:
    """Whether a school has a mentor in common in two plans, or none in both."""
    return other is not None and not set(one).isdisjoint(other)


def kept_share(base: Placing, other: Placing) -> float | None:
    """Share of a plan's pairs that are in another; None where it has none."""
    pairs = [school for school, leads in base.items() if leads != NOBODY]
    return sum(same(base[school], other.get(school)) for school in pairs) / len(pairs) if pairs else None

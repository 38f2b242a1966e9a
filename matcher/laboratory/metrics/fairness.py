"""Fairness: how groups of schools fare beside each other."""

from __future__ import annotations

from matcher.analysis.comparison_document import Measure
from matcher.analysis.wording import mean_or_none, rounded
from matcher.laboratory.groups import UNKNOWN
from matcher.laboratory.metrics.seen import Seen


def group_fit(seen: Seen) -> tuple[Measure, ...]:
    """Mean fit by the yardstick of the placed schools of each group."""
    return tuple(
        Measure(metric="group_fit", group=key, value=mean_or_none(fits), known=len(fits))
        for _, key, members in _groups(seen)
        for fits in ([seen.fit[school] for school in members if school in seen.fit],)
    )


def group_unassigned(seen: Seen) -> tuple[Measure, ...]:
    """Share of each group's schools that have no place."""
    out = set(seen.unassigned)
    return tuple(
        Measure(
            metric="group_unassigned",
            group=key,
            value=mean_or_none([float(school in out) for school in members]),
            known=len(members),
        )
        for _, key, members in _groups(seen)
    )


def group_fit_gap(seen: Seen) -> tuple[Measure, ...]:
    """Difference of the highest and the lowest group mean of fit, family by family."""
    return _gaps("group_fit_gap", group_fit(seen), seen)


def group_unassigned_gap(seen: Seen) -> tuple[Measure, ...]:
    """Difference of the highest and the lowest share without a place, family by family."""
    return _gaps("group_unassigned_gap", group_unassigned(seen), seen)


def _groups(seen: Seen) -> list[tuple[str, str, list[str]]]:
    """Family, key and schools of each group that has a school to be placed, in the order of the keys."""
    schools = sorted((*seen.placed, *seen.unassigned))
    found: list[tuple[str, str, list[str]]] = []
    for family, group_of in seen.group_of.items():
        members: dict[str, list[str]] = {}
        for school in schools:
            if school in group_of:
                members.setdefault(group_of[school], []).append(school)
        found += [(family, key, members[key]) for key in sorted(members)]
    return found


def _gaps(metric: str, measures: tuple[Measure, ...], seen: Seen) -> tuple[Measure, ...]:
    """Highest less lowest value of each family; schools whose group is not stated are left aside."""
    found = []
    for family in seen.group_of:
        values = [
            one.value
            for one in measures
            if one.value is not None
            and one.group.startswith(f"{family}:")
            and one.group != f"{family}:{UNKNOWN}"
        ]
        gap = rounded(max(values) - min(values)) if len(values) > 1 else None
        found.append(Measure(metric=metric, group=family, value=gap, known=len(values)))
    return tuple(found)

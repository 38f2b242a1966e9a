"""Many repairs, or long ones, in few words: shortages by count, interchangeable choices as one row."""

from __future__ import annotations

import numpy as np

from matcher.analysis.repair_document import RepairOption
from matcher.analysis.wording import counted
from matcher.questions.demands import DemandKind, Demands
from matcher.questions.repaired import Repair
from matcher.questions.shortage import hosts_and_rows, places_offered, short_of_places

LONG = 12
"""Things given up by one repair beyond which they are summed up."""


def shortage_lines(demands: Demands) -> tuple[str, ...]:
    """Say by how many places each part of the programme falls short; exact, by a largest flow.

    Parameters
    ----------
    demands : Demands

    Returns
    -------
    tuple of str
        Empty where no more than one place is missing: the smallest conflict says that already.
    """
    lines, missing = [], 0
    for active in short_of_places(demands, together=True):
        kept = demands.of(active)
        schools = len({one.mentee for one in kept if one.mentee >= 0})
        hosts, rows = hosts_and_rows(demands, kept)
        places = places_offered(demands, kept)
        free = " beside what is kept free" if rows else ""
        missing += schools - places
        lines.append(
            f"{counted(schools, 'school needs', 'schools need')} {counted(schools, 'place', 'places')}; "
            f"the {counted(len(hosts), 'mentor', 'mentors')} in their reach offer {places}{free}: "
            f"{schools - places} too few."
        )
    if missing <= 1:
        return ()
    return (f"Over the whole programme {missing} places are missing.", *lines)


def summary_of(repair: Repair) -> str:
    """Sum up a long repair, kind by kind; empty for a short one, whose sentences say enough."""
    if len(repair.uses) <= LONG:
        return ""
    kinds: dict[DemandKind, list[int]] = {}
    for one, units in repair.uses:
        kinds.setdefault(one.demand.kind, []).append(units)
    parts = []
    for kind, used in kinds.items():
        if kind is DemandKind.MOST:
            places, mentors = counted(sum(used), "place", "places"), counted(len(used), "mentor", "mentors")
            parts.append(f"{places} more at {mentors}, at most {int(np.max(used))} each")
        elif kind is DemandKind.ROW:
            parts.append(f"{counted(sum(used), 'place', 'places')} fewer kept free")
        elif kind is DemandKind.PLACED:
            parts.append(f"{counted(len(used), 'school', 'schools')} without a mentor")
        else:
            parts.append(f"{counted(len(used), 'other rule', 'other rules')} given up ({kind.value})")
    return (
        f"In all: {'; '.join(parts)}. This is one choice that works; other mentors or schools may do as well "
        "at the same price, though not every choice does. They are not listed one by one."
    )


def rows_of(options: tuple[RepairOption, ...]) -> list[tuple[RepairOption, ...]]:
    """Put repairs that give up one thing each, of one kind and price, into one row; others stand alone."""
    rows: dict[tuple[str, float, int], list[RepairOption]] = {}
    for one in options:
        changes = one.patch.changes
        alone = (
            (changes[0].concession.rule, one.price, 0) if len(changes) == 1 else ("", one.price, one.number)
        )
        rows.setdefault(alone, []).append(one)
    return [tuple(row) for row in rows.values()]

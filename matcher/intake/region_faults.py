"""Judge the regions of a school once its country is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.intake.faults import Fault
from matcher.intake.nuts import region_fault


def region_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, Fault]]:
    """Yield the field and the fault of every region of a school that is no NUTS code, or an outdated one.

    Parameters
    ----------
    values : mapping of str to Any
        Fields of a school: ``country``, ``region`` and ``eligible_regions`` where they are known.
    """
    region = values.get("region")
    found = region_fault(region, values.get("country")) if region else None
    if found is not None:
        advice = found.advice
        if region == "NA":
            advice = (
                "NA is the province sign of Napoli: write ITF33. If the region is not known, write nothing."
            )
        yield "region", Fault(found.severity, found.code, found.problem, advice)
    for item in values.get("eligible_regions") or ():
        found = region_fault(item, None)
        if found is not None:
            yield (
                "eligible_regions",
                Fault(found.severity, found.code, f"'{item}': {found.problem}", found.advice),
            )

"""Checks of maturity records: instruments, scales, duplicates, respondents, schools without any."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from matcher.features.instruments import INSTRUMENTS, find_area, find_instrument
from matcher.intake.checks.wording import counted
from matcher.intake.folding import fold
from matcher.intake.origin import Table

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue
    from matcher.profiles import MaturityRecord

FEW_RESPONDENTS = 3
"""Below this number of respondents a value says little, and may point at a person."""

_NAMED = 5


def check_instruments(context: CheckContext) -> Iterator[Issue]:
    """Find instruments and areas that are not known, and values outside their instrument's scale."""
    for at, record in enumerate(context.intake.maturity):
        instrument = find_instrument(record.instrument)
        if instrument is None:
            yield context.error(
                "instrument-unknown",
                (Table.MATURITY, at, "instrument"),
                record.instrument,
                "This maturity instrument is not known, so its scale is not known either.",
                _instrument_advice(record.instrument),
            )
        elif find_area(instrument, record.area) is None:
            yield context.error(
                "area-unknown",
                (Table.MATURITY, at, "area"),
                record.area,
                f"{instrument.key} has no area of this name.",
                f"Write one of {', '.join(area.key for area in instrument.areas)}, or the area's title.",
            )
        elif record.value is not None and not instrument.lowest <= record.value <= instrument.highest:
            yield context.error(
                "maturity-out-of-scale",
                (Table.MATURITY, at, "value"),
                f"{record.value:g}",
                f"Values of {instrument.key} run from {instrument.lowest:g} to {instrument.highest:g}.",
                "Correct the value; leave it empty where it was not answered or not applicable.",
            )


def check_repeated_records(context: CheckContext) -> Iterator[Issue]:
    """Find records of the same school, instrument, version, area, group and date."""
    first_by_key: dict[Hashable, int] = {}
    records = context.intake.maturity
    for at, record in enumerate(records):
        first = first_by_key.setdefault(_key(record), at)
        if first == at:
            continue
        where = context.place(Table.MATURITY, first)
        same = records[first].value == record.value
        make = context.warning if same else context.error
        yield make(
            "maturity-twice" if same else "maturity-contradiction",
            (Table.MATURITY, at, "value"),
            None,  # a warning travels with the plan, and a school's values are confidential
            f"{record.school_id} has this record (instrument, version, area, group, date) in {where} already"
            f"{'' if same else ', with another value'}.",
            "Keep one of the two rows; two surveys need two dates.",
        )


def check_respondents(context: CheckContext) -> Iterator[Issue]:
    """Find values that rest on fewer than three respondents."""
    for at, record in enumerate(context.intake.maturity):
        if record.value is not None and record.n is not None and record.n < FEW_RESPONDENTS:
            yield context.warning(
                "few-respondents",
                (Table.MATURITY, at, "n"),
                record.n,
                f"This value rests on {counted(record.n, 'respondent')}.",
                "Treat it with care; with so few, a value may point at a person.",
            )


def check_schools_without(context: CheckContext) -> Iterator[Issue]:
    """Say once how many schools have no maturity value at all."""
    if context.has_reading_errors(Table.MATURITY):
        return
    known = {record.school_id for record in context.intake.maturity if record.value is not None}
    missing = sorted(set(context.schools) - known)
    if missing:
        # Schools in rows with a fault are not counted, and the count must say so.
        count = f"{len(context.schools)} schools"
        whole = count if context.schools_are_complete else f"the {count} that could be read"
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        yield context.warning(
            "maturity-missing",
            (Table.MATURITY, None, None),
            None,
            f"{len(missing)} of {whole} have no maturity value: {', '.join(missing[:_NAMED])}{more}.",
            "Fill them in if you can; until then their maturity is unknown, not low.",
        )


def _instrument_advice(name: str) -> str:
    known = [instrument.key for instrument in INSTRUMENTS]
    near = get_close_matches(fold(name), known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}? Known are {', '.join(known)}."
    return f"Write one of {', '.join(known)}."


def _key(record: MaturityRecord) -> Hashable:
    """Say what makes two records the same; two versions of a survey may fall on one day."""
    instrument = find_instrument(record.instrument)
    name = instrument.key if instrument else fold(record.instrument)
    group, version = fold(record.group or ""), fold(record.version or "")
    return record.school_id, name, version, fold(record.area), group, record.taken_on

"""Maturity values drawn anew within their uncertainty, the same whatever the order of the records.

A mean of ratings from n people is drawn from a normal distribution with the standard error
``SPREAD / sqrt(n)``, ``ASSUMED_N`` standing in where n was not stated. A level is one higher or one lower
with the chance ``LEVEL_DOUBT / 2`` each. Both are cut to the scale of the instrument. `SPREAD`, `ASSUMED_N`
and `LEVEL_DOUBT` are assumptions of this project, not published figures.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from statistics import NormalDist

from matcher.features.instruments import Instrument, find_area, find_instrument, group_key
from matcher.laboratory.digest import digest_of
from matcher.laboratory.tasks import Material
from matcher.laboratory.variant import Draw
from matcher.profiles import Intake, MaturityRecord

SPREAD = 0.8
"""Standard deviation of the ratings of one area within one school and group, on the scale from 1 to 5."""
ASSUMED_N = 5
"""Respondents behind a mean whose number was not stated."""
LEVEL_DOUBT = 0.2
"""Chance that another assessment would have given another level."""
DECIMALS = 4
_BITS = 53


def redrawn(material: Material, draw: Draw) -> Material:
    """Return what a comparison is tried on, with the maturity values of one draw."""
    return replace(
        material, intake=redraw(material.intake, draw), digest=digest_of("draw", material.digest, draw)
    )


def redraw(intake: Intake, draw: Draw) -> Intake:
    """Draw every maturity value anew.

    Parameters
    ----------
    intake : Intake
    draw : Draw

    Returns
    -------
    Intake
        Records in their order; what is unknown, outside its scale or of an unknown instrument stays as it
        is. A value depends on seed, draw, school, instrument, area, group, version and date alone.
    """
    return intake.model_copy(update={"maturity": tuple(_redrawn(one, draw) for one in intake.maturity)})


def uncertain_values(intake: Intake) -> int:
    """Count the maturity values that a draw may change."""
    return sum(_instrument_of(record) is not None for record in intake.maturity)


def _redrawn(record: MaturityRecord, draw: Draw) -> MaturityRecord:
    instrument = _instrument_of(record)
    if instrument is None or record.value is None:
        return record
    chance = _chance(record, instrument, draw)
    shift = _shift_of_mean(chance, record.n, instrument) if instrument.is_mean else _shift_of_level(chance)
    value = min(instrument.highest, max(instrument.lowest, record.value + shift))
    return record.model_copy(update={"value": round(value, DECIMALS)})


def _instrument_of(record: MaturityRecord) -> Instrument | None:
    """Instrument of a value that can be read; None for all others."""
    found = find_instrument(record.instrument)
    if found is None or record.value is None or not found.lowest <= record.value <= found.highest:
        return None
    return found


def _shift_of_mean(chance: float, n: int | None, instrument: Instrument) -> float:
    """Shift of a mean; `SPREAD` is stated for a scale of length 4 and grows with the scale."""
    spread = SPREAD * (instrument.highest - instrument.lowest) / 4
    return NormalDist(0.0, spread / math.sqrt(n or ASSUMED_N)).inv_cdf(chance)


def _shift_of_level(chance: float) -> float:
    if chance < LEVEL_DOUBT / 2:
        return -1.0
    return 1.0 if chance > 1 - LEVEL_DOUBT / 2 else 0.0


def _chance(record: MaturityRecord, instrument: Instrument, draw: Draw) -> float:
    """Return a number above 0 and below 1, from a hash of what the value is of."""
    area = find_area(instrument, record.area)
    stated = (
        str(draw.seed),
        str(draw.number),
        record.school_id,
        instrument.key,
        record.area if area is None else area.key,
        "" if record.group is None else group_key(record.group),
        record.version or "",
        "" if record.taken_on is None else record.taken_on.isoformat(),
    )
    text = "".join(f"{len(part)}:{part}" for part in stated)
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> (64 - _BITS)
    return float(bits + 0.5) / float(1 << _BITS)

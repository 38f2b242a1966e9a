"""The canonical JSON form of an intake: one text for one intake."""

from __future__ import annotations

import json

from matcher.exceptions import InputError
from matcher.intake.json_reader import read_json
from matcher.profiles import Intake


def intake_to_json(intake: Intake) -> str:
    """Return `intake` as JSON text, the same text for equal intakes.

    It is ``Intake.model_dump_json`` with sets in alphabetical order and one field a line.

    Parameters
    ----------
    intake : Intake

    Returns
    -------
    str
        Text that ends with a newline.

    Raises
    ------
    ValueError
        If a number is infinite or not a number, which JSON cannot hold.
    """
    content = intake.model_dump(mode="json")
    for school in content["schools"]:
        school["phases"] = sorted(school["phases"])
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def intake_from_json(text: str) -> Intake:
    """Return the intake that `text` holds.

    Parameters
    ----------
    text : str
        What :func:`intake_to_json` or ``Intake.model_dump_json`` wrote.

    Returns
    -------
    Intake

    Raises
    ------
    InputError
        If the text is not JSON or not an intake; its issues say on which line and why.
    """
    reading = read_json(text.encode("utf-8"), "")
    if reading.has_errors:
        raise InputError(reading.issues)
    return reading.intake

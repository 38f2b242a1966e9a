"""What differs between the intakes of two runs, as the record of the later one says it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Literal

from matcher.intake import intake_to_json
from matcher.profiles import Intake
from matcher.runs.record import IntakeChange, sha256_of_text

_SETTINGS = ("title", "synthetic", "as_of")


def intake_changes(before: Intake, after: Intake) -> tuple[IntakeChange, ...]:
    """List every difference between two intakes; their order does not count.

    Parameters
    ----------
    before, after : Intake

    Returns
    -------
    tuple of IntakeChange
        Settings, then schools, links, wishes and maturity, each by key. Maturity values are not told:
        only for which school they differ.

    Examples
    --------
    >>> [change.after for change in intake_changes(Intake(title="a"), Intake(title="b"))]
    ['"b"']
    """
    old, new = _content(before), _content(after)
    settings = [
        _change("programme", key, "", old[key], new[key]) for key in _SETTINGS if old[key] != new[key]
    ]
    return (
        *settings,
        *_schools(old["schools"], new["schools"]),
        *_rows("link", old["links"], new["links"], ("school_a", "school_b")),
        *_rows("preference", old["preferences"], new["preferences"], ("from_school", "to_school")),
        *_maturity(old["maturity"], new["maturity"]),
    )


def _content(intake: Intake) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(intake_to_json(intake))
    return content


def _change(
    part: Literal["programme", "school"], key: str, field: str, before: object, after: object
) -> IntakeChange:
    return IntakeChange(part=part, key=key, field=field, before=_text(before), after=_text(after))


def _text(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _schools(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[IntakeChange]:
    before = {row["school_id"]: row for row in old}
    after = {row["school_id"]: row for row in new}
    found = []
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            found.append(_change("school", key, "", one, other))
        else:
            found += [
                _change("school", key, field, one[field], other[field])
                for field in one
                if one[field] != other[field]
            ]
    return found


def _rows(
    part: Literal["link", "preference"],
    old: list[dict[str, Any]],
    new: list[dict[str, Any]],
    keys: tuple[str, str],
) -> list[IntakeChange]:
    before, after = (Counter(_text(row) or "" for row in rows) for rows in (old, new))
    found = []
    for text in sorted(((before - after) + (after - before)).elements()):
        row = json.loads(text)
        key = " – ".join(row[name] for name in keys)
        gone = text in before - after
        found.append(
            IntakeChange(
                part=part, key=key, field="", before=text if gone else None, after=None if gone else text
            )
        )
    return sorted(found, key=lambda change: change.key)


def _maturity(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[IntakeChange]:
    before, after = _digests(old), _digests(new)
    return [
        IntakeChange(part="maturity", key=key, field="", before=before.get(key), after=after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def _digests(rows: list[dict[str, Any]]) -> dict[str, str]:
    by_school: dict[str, list[str]] = {}
    for row in rows:
        by_school.setdefault(row["school_id"], []).append(_text(row) or "")
    return {key: sha256_of_text("\n".join(sorted(texts))) for key, texts in by_school.items()}

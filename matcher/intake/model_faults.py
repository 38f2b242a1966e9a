"""Put what a model refuses into the words of the form."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from matcher.intake.columns import Sheet
from matcher.intake.faults import Fault, error


def model_faults(failure: ValidationError, sheet: Sheet) -> Iterator[tuple[str, Fault]]:
    """Yield the field and the fault of every value that the model of a sheet refuses.

    Parameters
    ----------
    failure : ValidationError
        What pydantic found.
    sheet : Sheet
        The sheet that the record belongs to; its columns say what to write.
    """
    known = {column.field: column for column in sheet.columns}
    seen: set[str] = set()
    for detail in failure.errors():
        name = str(detail["loc"][0]) if detail["loc"] else ""
        if name in seen:
            continue
        seen.add(name)
        column = known.get(name)
        if column is None:
            yield name, error("value-not-allowed", f"'{name}' does not belong here.", "Leave it out.")
        elif detail["type"] == "missing":
            yield (
                name,
                error(
                    "required-cell-empty",
                    f"'{column.heading}' is not filled in.",
                    f"Write {column.kind.format}.",
                ),
            )
        else:
            yield (
                name,
                error(
                    "value-not-allowed",
                    f"'{column.heading}' cannot be this.",
                    f"Write {column.kind.format}.",
                ),
            )

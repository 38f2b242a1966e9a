"""The cases: a sound small intake, and one change for each trap."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

Rows = list[list[Any]]
Tables = dict[str, Rows]

BASE: Tables = {
    "Schools": [
        line.split("|")
        for line in (
            "School id|Name|Role|Country|NUTS region|Municipality|Latitude|Longitude|Coordinate quality"
            "|Phases|Pupils|Need index|Languages|Max travel (km)|Min load|Max load|Demand|Eligible regions",
            "M1|Zagreb|mentor|HR|HR050|Zagreb|45.815|15.982|site|primary|410|0.2|hr (native)|400|1|3||",
            "M2|Split|mentor|HR|HR035|Split|43.508|16.44|site|primary|52|0.3|hr (native)|400|1|3||",
            "E1|Sisak|mentee|HR|HR028|Sisak|45.466|16.378|site|primary|180|0.6|hr (native)|400||||",
            "E2|Zadar|mentee|HR|HR033|Zadar|44.119|15.231|site|primary|230|0.5|hr (native)|400||||",
            "E3|Karlovac|mentee|HR|HR027|Karlovac|45.487|15.548|site|primary|95|0.7|hr (native)|400||||",
        )
    ],
    "Maturity": [
        ["School id", "Instrument", "Date", "Area", "Value", "N"],
        *(
            [one, "hr-eschools", "2026-03-02", "1", value, "12"]
            for one, value in zip(("M1", "M2", "E1", "E2", "E3"), ("4", "5", "2", "3", "2"), strict=True)
        ),
    ],
    "Links": [
        ["Kind", "School A", "School B", "Strength", "Reason", "Expires"],
        ["rivalry", "E1", "E3", "hard", "same town line", "2027-08-31"],
    ],
    "Preferences": [["From school", "To school", "Rank"], ["E1", "M1", "1"], ["M2", "E2", "1"]],
    "Programme": [["Title", "Faulty intake"], ["Synthetic", "yes"], ["As of", "2026-09-01"]],
}
"""A sound intake: without any issue. All of it is made up but the towns and their places."""


FIELDS = (
    *("id", "name", "role", "country", "nuts", "municipality", "latitude", "longitude", "coordinate"),
    *("phases", "pupils", "need", "languages", "travel", "min_load", "max_load", "demand", "eligible"),
)
"""Short names of the columns of *Schools*, in order."""


@dataclass
class Case:
    """One trap: what it is, and the tables that hold it."""

    name: str
    trap: str
    tables: Tables
    delimiter: str = ","
    encoding: str = "utf-8"
    as_workbook: bool = False
    text: str | None = None
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    below: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: dict[str, tuple[int, ...]] = field(default_factory=dict)


CASES: list[Case] = []


def case(name: str, trap: str, **settings: Any) -> Tables:
    """Add a case that starts as the sound intake; the caller changes the tables returned."""
    tables = copy.deepcopy(BASE)
    CASES.append(Case(name, trap, tables, **settings))
    return tables


def put(tables: Tables, school_id: str, **cells: Any) -> None:
    """Change cells of one school; the keywords are those of `FIELDS`."""
    rows = tables["Schools"]
    row = next(row for row in rows if row[0] == school_id)
    for heading, value in cells.items():
        row[FIELDS.index(heading)] = value


def copy_school(tables: Tables, school_id: str, **cells: Any) -> None:
    """Add a copy of a school as the last row, with some cells changed."""
    rows = tables["Schools"]
    rows.append(list(next(row for row in rows if row[0] == school_id)))
    row = rows.pop()
    marker = "a copy"
    rows.append([marker, *row[1:]])
    put(tables, marker, **{"id": school_id, **cells})


def link(tables: Tables, *cells: str) -> None:
    """Add a link: kind, two schools, strength, reason, expires."""
    tables["Links"].append([*cells, *[""] * (6 - len(cells))])


def rank(tables: Tables, *cells: str) -> None:
    """Add a preference: from, to, rank."""
    tables["Preferences"].append(list(cells))


def maturity(tables: Tables, *cells: str) -> None:
    """Add a maturity record: school, instrument, date, area, value, n."""
    tables["Maturity"].append(list(cells))

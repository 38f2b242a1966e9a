"""The one table of sheets and columns that reader, template, writer and documentation share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from matcher.intake import headings, words
from matcher.intake.folding import fold
from matcher.intake.kinds import Day, Identifier, Kind, Region, Text
from matcher.intake.number_kinds import Coordinate, DecimalNumber, WholeNumber
from matcher.intake.origin import Table
from matcher.intake.word_kinds import Coded, CodedList, Country, Languages, Regions, YesNo
from matcher.profiles import Intake, Link, MaturityRecord, Preference, School


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet, or one setting of the *Programme* sheet.

    Attributes
    ----------
    field : str
        Field of the model.
    heading : str
        English heading, as the template writes it.
    kind : Kind
        How cells are read and written.
    meaning : str
        What the column says, one or two sentences.
    example : str
        A cell as it may be filled in; the template's example row.
    required : bool
        Whether every row must fill the cell.
    heading_required : bool
        Whether the heading must be there though a cell may be empty; always true for a required column.
    """

    field: str
    heading: str
    kind: Kind
    meaning: str
    example: str
    required: bool = False
    heading_required: bool = False

    @property
    def must_be_there(self) -> bool:
        """Whether a sheet without this column is faulty."""
        return self.required or self.heading_required


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook, or one file of the folder.

    Attributes
    ----------
    table : Table
    model : type of BaseModel
        What a row becomes.
    columns : tuple of Column
        In the order of the template.
    meaning : str
        What the sheet is for.
    aliases : mapping of str to str
        Field → its further headings, language by language (:mod:`matcher.intake.headings`).
    doubtful : mapping of str to str
        Field → headings that may mean it and may mean something else: asked about, never read.
    headings : dict of str to str
        Folded heading → field (derived).
    """

    table: Table
    model: type[BaseModel]
    columns: tuple[Column, ...]
    meaning: str
    aliases: Mapping[str, str]
    doubtful: Mapping[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.columns:
            for word in (column.field, column.heading, *headings.words_of(self.aliases[column.field])):
                if self.headings.setdefault(fold(word), column.field) != column.field:
                    raise ValueError(f"heading '{word}' stands for two columns of {self.title}")

    @property
    def title(self) -> str:
        """The sheet's English name."""
        return self.table.value.capitalize()

    def column(self, field_name: str) -> Column:
        """Return the column of a field."""
        return next(column for column in self.columns if column.field == field_name)


_CHALLENGE = "a challenge"
_ID = Identifier()
_TEXT = Text()

SCHOOLS = Sheet(
    Table.SCHOOLS,
    School,
    (
        Column(
            "school_id",
            "School id",
            _ID,
            "The school's code; the other sheets use it.",
            "EXAMPLE-1",
            required=True,
        ),
        Column(
            "name", "Name", _TEXT, "The school's name as reports show it.", "Example School", required=True
        ),
        Column(
            "role",
            "Role",
            Coded("a role", words.ROLES),
            "Whether the school leads or is placed.",
            "mentee",
            required=True,
        ),
        Column("country", "Country", Country(), "Country of the school.", "HR", required=True),
        Column(
            "region",
            "NUTS region",
            Region(),
            "Region of the school. NA (Napoli) is a province sign, not a NUTS code: Napoli is ITF33.",
            "HR050",
        ),
        Column("municipality", "Municipality", _TEXT, "Town or municipality.", "Zagreb"),
        Column(
            "latitude",
            "Latitude",
            Coordinate("decimal degrees north, WGS 84, from -90 to 90", -90, 90),
            "How far north, in decimal degrees.",
            "45.815",
        ),
        Column(
            "longitude",
            "Longitude",
            Coordinate("decimal degrees east, WGS 84, from -180 to 180", -180, 180),
            "How far east, in decimal degrees.",
            "15.982",
        ),
        Column(
            "coordinate_quality",
            "Coordinate quality",
            Coded("a quality of coordinates", words.QUALITIES),
            "What the point is: the school's site, its street, or the centre of its municipality.",
            "site",
        ),
        Column(
            "phases",
            "Phases",
            CodedList("a phase of education", words.PHASES, as_set=True),
            "Phases taught. A national school type that covers two phases (osnovna škola, základní škola, "
            "általános iskola, istituto comprensivo, escola básica) counts for both.",
            "primary; lower-secondary",
        ),
        Column("pupils", "Pupils", WholeNumber(0, suppressed=True), "Number of pupils of the school.", "312"),
        Column(
            "rurality",
            "Rurality",
            Coded("a degree of urbanisation", words.RURALITIES),
            "Degree of urbanisation of the place (Eurostat DEGURBA).",
            "urban",
        ),
        Column(
            "need_index",
            "Need index",
            DecimalNumber("a number from 0 (least need) to 1 (most)", 0, 1, percent=True),
            "Social need of the intake of pupils, on the country's own scale brought to 0 to 1.",
            "0.35",
        ),
        Column(
            "authority",
            "Authority",
            _TEXT,
            "Authority that runs the school; schools of one authority may be kept apart or together.",
            "City of Zagreb",
        ),
        Column(
            "languages",
            "Languages",
            Languages(),
            "Working languages of the staff and their level. A level left out is unknown.",
            "hr (native); en (B2)",
        ),
        Column(
            "challenges",
            "Challenges",
            CodedList(_CHALLENGE, words.CHALLENGES),
            "Policy challenges that the school wants help with, the most important first.",
            "digital-pedagogy; inclusion",
        ),
        Column(
            "strengths",
            "Strengths",
            CodedList(_CHALLENGE, words.CHALLENGES),
            "Challenges that the school can help others with.",
            "stem",
        ),
        Column(
            "work_mode",
            "Mode of work",
            Coded("a mode of work", words.WORK_MODES),
            "How the school can work with its cluster.",
            "blended",
        ),
        Column(
            "max_travel_km",
            "Max travel (km)",
            DecimalNumber("kilometres, 0 or more", 0, unit="km", thousands=True),
            "The longest way, in kilometres, that the school accepts to a hub meeting.",
            "60",
        ),
        Column(
            "min_load",
            "Min load",
            WholeNumber(0),
            "Mentors: the fewest mentee places to be worth leading.",
            "2",
        ),
        Column("max_load", "Max load", WholeNumber(0), "Mentors: the most mentee places it can carry.", "4"),
        Column(
            "demand",
            "Demand",
            WholeNumber(1),
            "Mentees: how many places of a mentor the school takes. Empty means 1.",
            "1",
        ),
        Column(
            "eligible_regions",
            "Eligible regions",
            Regions(),
            "NUTS regions that the school may be matched with; empty means that no restriction was stated.",
            "HR0; HU3",
        ),
        Column(
            "willingness",
            "Willingness",
            Coded("a way of joining", words.WILLINGNESS),
            "How the school came to the programme.",
            "volunteer",
        ),
    ),
    "One row a school, mentors and mentees alike.",
    headings.SCHOOLS,
    headings.DOUBTFUL,
)

MATURITY = Sheet(
    Table.MATURITY,
    MaturityRecord,
    (
        Column("school_id", "School id", _ID, "The school that was assessed.", "EXAMPLE-1", required=True),
        Column(
            "instrument", "Instrument", _TEXT, "Name of the instrument, e.g. SELFIE.", "SELFIE", required=True
        ),
        Column("version", "Version", _TEXT, "Version or edition of the instrument.", "2021"),
        Column("taken_on", "Date", Day(), "Day on which it was taken.", "2026-03-15"),
        Column("group", "Group", _TEXT, "Who answered: leaders, teachers, pupils, external.", "teachers"),
        Column("area", "Area", _TEXT, "Area of the instrument, by its letter or name.", "F", required=True),
        Column(
            "value",
            "Value",
            DecimalNumber("a number on the instrument's own scale, or nothing"),
            "The value as reported. Leave it empty if not answered or not applicable.",
            "3.4",
            heading_required=True,
        ),
        Column("n", "N", WholeNumber(0), "Number of respondents behind the value.", "27"),
    ),
    "One row a value: school, instrument, area, group.",
    headings.MATURITY,
)

LINKS = Sheet(
    Table.LINKS,
    Link,
    (
        Column(
            "kind",
            "Kind",
            Coded("a kind of link", words.LINK_KINDS),
            "rivalry: keep apart; must-link: two mentees in one cluster; lock: this pair must occur; "
            "forbid: this pair must not; partnership: they have worked together.",
            "rivalry",
            required=True,
        ),
        Column("school_a", "School A", _ID, "Id of the one school.", "EXAMPLE-1", required=True),
        Column("school_b", "School B", _ID, "Id of the other school.", "EXAMPLE-2", required=True),
        Column(
            "strength",
            "Strength",
            Coded("a strength", words.STRENGTHS),
            "hard must hold; soft costs when broken; off is ignored. Empty means hard.",
            "hard",
        ),
        Column("reason", "Reason", _TEXT, "Why; the explanation shows it.", "compete for the same pupils"),
        Column("declared_by", "Declared by", _TEXT, "Who said so.", "regional office"),
        Column(
            "expires",
            "Expires",
            Day(),
            "Last day on which the link holds; empty means no end. An earlier partnership counts whatever "
            "its date.",
            "2027-08-31",
        ),
    ),
    "One row a pair of schools with a declared link.",
    headings.LINKS,
)

PREFERENCES = Sheet(
    Table.PREFERENCES,
    Preference,
    (
        Column(
            "from_school", "From school", _ID, "Id of the school that wishes.", "EXAMPLE-1", required=True
        ),
        Column(
            "to_school", "To school", _ID, "Id of the school that it wishes for.", "EXAMPLE-2", required=True
        ),
        Column(
            "rank",
            "Rank",
            WholeNumber(1),
            "1 is the first choice; equal ranks are ties; schools not named are not ranked.",
            "1",
            required=True,
        ),
    ),
    "One row a wish of one school for another.",
    headings.PREFERENCES,
)

PROGRAMME = Sheet(
    Table.PROGRAMME,
    Intake,
    (
        Column("title", "Title", _TEXT, "Name of this round of matching.", "MenSI 2026, first round"),
        Column(
            "synthetic",
            "Synthetic",
            YesNo(),
            "yes for made-up data: every output then says so. Empty means no.",
            "no",
        ),
        Column(
            "as_of", "As of", Day(), "Day on which links are judged to hold or to have expired.", "2026-09-01"
        ),
    ),
    "Optional: settings of the round, the name in the first column and the value in the second.",
    headings.PROGRAMME,
)

SHEETS: dict[Table, Sheet] = {
    sheet.table: sheet for sheet in (SCHOOLS, MATURITY, LINKS, PREFERENCES, PROGRAMME)
}
"""Every sheet, in the order of the workbook."""

EXAMPLE_PREFIX = "EXAMPLE-"
"""Beginning of the ids of the template's example rows, which are not read."""


COPY_NOTE = "This is a marked copy to look at. Correct your own file, then check that again."
"""First line of the list in front of a marked copy; the reader knows such a copy by it."""


def table_named(name: str) -> Table | None:
    """Return the table that a sheet or a file name stands for, in any of the languages; None if none."""
    found = _SHEET_NAMES.get(fold(name))
    return Table(found) if found and found in SHEETS else None


def is_note_sheet(name: str) -> bool:
    """Whether a sheet holds explanations that need not be read, such as *Read me*."""
    return _SHEET_NAMES.get(fold(name)) == "read me"


_SHEET_NAMES: dict[str, str] = {
    fold(word): name for name, more in headings.SHEETS.items() for word in (name, *headings.words_of(more))
}
SHEET_NAMES: tuple[str, ...] = tuple(sorted(_SHEET_NAMES))
"""Every folded sheet name that is known."""

"""Read delimited text files: decode the whole file, find the delimiter, keep every cell as text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator

from matcher.intake.grid import Grid, GridRow, RawCell, tidy
from matcher.issues import Issue, Location, Severity

_DELIMITERS = (",", ";", "\t", "|")
# Bytes that speak for Windows-1250 (Croatian, Czech, Hungarian): š ž ť and their capitals, ć đ ř ű ő Ć Đ Ř Ű,
# which stand for letters there that western languages lack or seldom use; and for Windows-1252 (Italian,
# Portuguese, Dutch): à ã ç.
_CENTRAL = frozenset(b"\x8a\x8d\x8e\x9a\x9d\x9e\xe6\xf0\xf8\xfb\xf5\xc6\xd0\xd8\xdb")
_WESTERN = frozenset(b"\xe0\xe3\xe7")
_SIGNED = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

HeadingScore = Callable[[list[list[str]]], int]


def read_text_grid(data: bytes, file: str, heading_score: HeadingScore) -> tuple[Grid, tuple[Issue, ...]]:
    """Read one delimited text file.

    Parameters
    ----------
    data : bytes
        The whole file: a byte that is not UTF-8 may come after megabytes.
    file : str
        Name without folder, for the locations.
    heading_score : callable
        How many known headings the best row of a parsed file has; it decides between delimiters.

    Returns
    -------
    Grid, tuple of Issue
        Row numbers are line numbers, the first line of a record that spans several.
    """
    text, encoding = decode(data)
    issues: list[Issue] = []
    if encoding.startswith("windows"):
        letters = sorted(
            {char for char in text if char.isalpha() and not char.isascii()}
        )  # a word may be a name
        issues.append(
            Issue(
                Severity.WARNING,
                "encoding-not-utf8",
                Location(file),
                " ".join(letters)[:40],
                f"The file is not in UTF-8; it was read as {encoding}.",
                "Look whether these are the letters of your names; if not, save the file as 'CSV UTF-8'.",
            )
        )
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        issues.append(
            Issue(
                Severity.ERROR,
                "undecodable-bytes",
                Location(file, row=line),
                "",
                f"The file holds bytes that are no letters in {encoding}.",
                "Open the file where it was made and save it as 'CSV UTF-8'.",
            )
        )
    delimiter = _delimiter(text, heading_score)
    rows: list[GridRow] = []
    try:
        for number, cells in _records(text, delimiter, strict=True):
            rows.append(GridRow(number, tuple(RawCell(tidy(cell)) for cell in cells)))
    except csv.Error as error:
        last = rows[-1].number if rows else 0
        issues.append(
            Issue(
                Severity.ERROR,
                "csv-broken-quotes",
                Location(file, row=last + 1),
                "",
                f"The quotation marks are broken from this line on, so the rest cannot be read ({error}).",
                "Put the cell between two quotation marks and write a quotation mark inside it twice.",
            )
        )
    return Grid(file, "", tuple(rows)), tuple(issues)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the name of the encoding that it was read with.

    A byte order mark decides; else UTF-8 if the whole file is valid UTF-8; else Windows-1250 or
    Windows-1252, whichever the letters speak for. The last is a guess, which the caller reports.
    """
    for mark, encoding in _SIGNED:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        counts = Counter(data)
        central = sum(counts[byte] for byte in _CENTRAL)
        western = sum(counts[byte] for byte in _WESTERN)
        number = "1250" if central > western else "1252"
        return data.decode(f"cp{number}", errors="replace"), f"windows-{number}"


def _delimiter(text: str, heading_score: HeadingScore) -> str:
    """Return the delimiter whose rows hold most known headings, then the most even column counts."""

    def merit(delimiter: str) -> tuple[int, float, int]:
        try:
            rows = [cells for _, cells in _records(text, delimiter, strict=False) if any(cells)]
        except csv.Error:
            return (0, 0.0, 0)
        counts = Counter(len(cells) for cells in rows)
        width, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        evenness = times / len(rows) if rows and width > 1 else 0.0
        return (heading_score(rows[:25]), evenness, width)

    return max(_DELIMITERS, key=merit)


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    start = 1
    for cells in reader:
        yield start, cells
        start = reader.line_num + 1

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from matcher.intake.checks import check_intake
from matcher.intake.columns import COPY_NOTE
from matcher.intake.marked import ISSUES_SHEET, UNREAD_NOTE, write_marked_workbook
from matcher.intake.origin import IntakeReading
from matcher.intake.reading import read_intake
from matcher.issues import Issue, Location, Severity
from tests.intake.checks.builders import intake, mentee, mentor, wish

FAULTY = Path(__file__).parents[2] / "data" / "faulty"
RED, AMBER = "FFF4B6B6", "FFFFE39A"


def test_cells_of_a_workbook_are_marked_where_the_messages_point(tmp_path: Path) -> None:
    source = FAULTY / "fault-lost-zeros" / "intake.xlsx"
    book = _marked(source, tmp_path)
    cell = book["Links"]["C2"]
    assert cell.value == "007"
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment is not None
    assert "leading zeros" in cell.comment.text
    assert book["Schools"]["A6"].fill.fgColor.rgb == AMBER
    assert book["Schools"]["A5"].fill.fill_type is None


def test_a_row_that_could_not_be_read_stands_in_the_copy(tmp_path: Path) -> None:
    book = _marked(FAULTY / "fault-formula-error" / "intake.xlsx", tmp_path)
    assert book["Schools"]["B4"].value == "Sisak"
    assert book["Schools"]["K4"].fill.fgColor.rgb == RED


def test_a_folder_of_text_files_becomes_sheets_with_the_same_addresses(tmp_path: Path) -> None:
    book = _marked(FAULTY / "fault-rejected-school" / "intake", tmp_path)
    schools = book["Schools"]
    assert [schools["A1"].value, schools["A2"].value, schools["A5"].value] == ["School id", "M1", "E2"]
    assert schools["C4"].value == "mentie"
    assert schools["C4"].fill.fgColor.rgb == RED


def test_the_list_of_issues_comes_first_errors_on_top_and_can_be_filtered(tmp_path: Path) -> None:
    book = _marked(FAULTY / "fault-lost-zeros" / "intake.xlsx", tmp_path)
    listing = book[book.sheetnames[0]]
    assert listing.title == ISSUES_SHEET
    assert listing.auto_filter.ref == "A2:I5"
    rows = list(listing.iter_rows(values_only=True))
    assert rows[0][0] == COPY_NOTE
    assert rows[1][:5] == ("Severity", "Kind", "File", "Sheet", "Cell")
    assert [row[:5] for row in rows[2:]] == [
        ("error", "unknown-school", "intake.xlsx", "Links", "C2"),
        ("warning", "id-is-a-number", "intake.xlsx", "Schools", "A6"),
        ("warning", "id-is-a-number", "intake.xlsx", "Maturity", "A6"),
    ]


def test_columns_that_are_not_read_are_not_copied(tmp_path: Path) -> None:
    source = tmp_path / "contacts.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Schools"
    sheet.append(["School id", "Head teacher e-mail", "Name", "Role", "Country"])
    sheet.append(["M1", "someone@example.org", "One", "mentor", "HR"])
    sheet.append(["E1", "other@example.org", "Two", "mentee", "HR"])
    book.save(source)
    marked = _marked(source, tmp_path)
    values = [cell.value for sheet in marked.worksheets[1:] for row in sheet.iter_rows() for cell in row]
    assert "One" in values
    assert not any("@" in str(value) for value in values)
    heading = marked["Schools"]["B1"]
    assert marked["Schools"].column_dimensions["B"].width > len("Head teacher e-mail")
    assert (heading.value, heading.fill.fgColor.rgb) == ("Head teacher e-mail", "FFD9D9D9")
    assert heading.comment is not None
    assert heading.comment.text == UNREAD_NOTE


def test_a_column_that_is_not_read_keeps_its_heading_from_a_text_file_too(tmp_path: Path) -> None:
    folder = tmp_path / "intake"
    folder.mkdir()
    text = "Canteen,School id,Name,Role,Country\nyes,M1,One,mentor,HR\nno,E1,Two,mentie,HR\n"
    (folder / "schools.csv").write_text(text, encoding="utf-8")
    book = _marked(folder, tmp_path)
    schools = next(sheet for sheet in book.worksheets if sheet.title != ISSUES_SHEET)
    assert [schools["A1"].value, schools["A2"].value, schools["B2"].value] == ["Canteen", None, "M1"]
    assert schools["A1"].comment is not None
    assert all(text in schools["A1"].comment.text for text in (COPY_NOTE, UNREAD_NOTE, "Not read: "))


def test_the_list_prints_one_page_wide_with_its_headings(tmp_path: Path) -> None:
    listing = _marked(FAULTY / "fault-lost-zeros" / "intake.xlsx", tmp_path)[ISSUES_SHEET]
    assert (listing.page_setup.orientation, listing.page_setup.fitToHeight) == ("landscape", 0)
    assert listing.print_title_rows == "$2:$2"
    height = listing.row_dimensions[3].height
    assert height is not None
    assert height >= 15 * len(str(listing["H3"].value)) / 50


def test_checking_a_marked_copy_is_warned_of(tmp_path: Path) -> None:
    _marked(FAULTY / "fault-lost-zeros" / "intake.xlsx", tmp_path)
    issues = [one for one in read_intake(tmp_path / "marked.xlsx").issues if one.code == "marked-copy"]
    assert [(one.is_error, one.location.sheet) for one in issues] == [(False, ISSUES_SHEET)]


def test_what_stands_above_the_headings_or_in_a_foot_note_is_not_copied(tmp_path: Path) -> None:
    source = tmp_path / "contacts.xlsx"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Schools"
    sheet.append(["Filled in by someone@example.org"])
    sheet.append(["School id", "Name", "Role", "Country"])
    sheet.append(["M1", "One", "mentor", "HR"])
    sheet.append(["E1", "Two", "mentie", "HR"])
    sheet.append(["Source: other@example.org"])
    book.save(source)
    marked = _marked(source, tmp_path)
    assert [cell.value for cell in marked["Schools"]["A"]][:4] == [COPY_NOTE, "School id", "M1", "E1"]
    values = [cell.value for sheet in marked.worksheets for row in sheet.iter_rows() for cell in row]
    assert not any("@" in str(value) for value in values)


def test_an_intake_built_in_code_is_written_as_tables_with_its_issues(tmp_path: Path) -> None:
    reading = IntakeReading(intake(mentor("M1"), mentee("E1"), preferences=(wish("E1", "Q", 1),)))
    path = tmp_path / "marked.xlsx"
    write_marked_workbook(reading, check_intake(reading), path)
    book = load_workbook(path)
    assert book["Schools"]["A2"].value == "M1"
    assert book[ISSUES_SHEET]["B3"].value == "unknown-school"


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    reading = IntakeReading(intake(mentor("M1", name="=1+1"), mentee("E1")))
    issue = Issue(Severity.ERROR, "x-y", Location(sheet="Schools"), "=2+2", "It is wrong.", "Mend it.")
    path = tmp_path / "marked.xlsx"
    write_marked_workbook(reading, [issue], path)
    book = load_workbook(path)
    assert (book["Schools"]["B2"].value, book["Schools"]["B2"].data_type) == ("=1+1", "s")
    assert book[ISSUES_SHEET]["G3"].data_type == "s"


def test_the_same_intake_gives_the_same_bytes(tmp_path: Path) -> None:
    reading = read_intake(FAULTY / "fault-lost-zeros" / "intake.xlsx")
    for name in ("one.xlsx", "two.xlsx"):
        write_marked_workbook(reading, reading.issues, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def _marked(source: Path, folder: Path) -> Workbook:
    reading = read_intake(source)
    path = folder / "marked.xlsx"
    write_marked_workbook(reading, (*reading.issues, *check_intake(reading)), path, source)
    return load_workbook(path)

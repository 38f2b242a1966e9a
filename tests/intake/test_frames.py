"""Intakes from data frames."""

from __future__ import annotations

from datetime import date

import pandas as pd

from matcher.intake import intake_to_json
from matcher.intake.frames import intake_from_frames
from matcher.profiles import Cefr, LanguageSkill


def test_frames_are_read_like_files() -> None:
    schools = pd.DataFrame(
        {
            "Šifra škole": ["007", "8"],
            "naam": ["A", "B"],
            "role": ["mentor", "mentorált"],
            "country": ["IT", "HU"],
            "authority": ["NA", None],
            "pupils": [250, float("nan")],
            "languages": [["it (native)", "en B2"], pd.NA],
        }
    )
    maturity = pd.DataFrame(
        {
            "school": ["8"],
            "instrument": ["DNR"],
            "area": ["1"],
            "value": [2.5],
            "date": [pd.Timestamp("2026-03-15")],
        }
    )
    reading = intake_from_frames(schools, maturity, title="T", synthetic=True, as_of=date(2026, 9, 1))
    assert reading.issues == ()
    first, second = reading.intake.schools
    assert (first.school_id, first.authority, first.pupils) == ("007", "NA", 250)
    assert first.languages == (
        LanguageSkill(code="it", level=Cefr.NATIVE),
        LanguageSkill(code="en", level=Cefr.B2),
    )
    assert (second.authority, second.pupils, second.languages) == (None, None, ())
    assert reading.intake.maturity[0].taken_on == date(2026, 3, 15)
    assert (reading.intake.title, reading.intake.synthetic, reading.intake.as_of) == (
        "T",
        True,
        date(2026, 9, 1),
    )
    assert '"NA"' in intake_to_json(reading.intake)


def test_faults_of_a_frame_name_its_row_and_column() -> None:
    schools = pd.DataFrame({"id": [7.0], "name": ["A"], "role": ["boss"], "country": ["IT"]}, index=[99])
    reading = intake_from_frames(schools)
    assert [(issue.code, str(issue.location)) for issue in reading.issues] == [
        ("id-is-a-number", "data frame [Schools!A1]"),
        ("unknown-word", "data frame [Schools!C1]"),
    ]
    assert reading.rejected_ids == {"7"}


def test_the_models_of_the_library_may_stand_in_cells() -> None:
    skill = LanguageSkill(code="it", level=Cefr.C1)
    row = {"id": "1", "name": "A", "role": "mentor", "country": "IT", "languages": (skill,)}
    assert intake_from_frames(pd.DataFrame([row])).intake.schools[0].languages == (skill,)

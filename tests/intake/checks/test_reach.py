from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.checks import reach
from matcher.intake.checks.reach import find_barriers
from matcher.profiles import LanguageSkill, Role, School, WorkMode
from tests.intake.checks.builders import check, codes, link, mentee, mentor, only

ZAGREB = {"latitude": 45.815, "longitude": 15.9819}
OSIJEK = {"latitude": 45.5511, "longitude": 18.6939}  # 213 km from Zagreb as the crow flies


def test_a_mentee_that_shares_no_language_with_any_mentor_may_be_taken_by_nobody() -> None:
    issues = check(
        mentor("M1", **_speaks("hr")), mentee("E1", **_speaks("hr")), mentee("E2", **_speaks("it"))
    )
    issue = only(issues, "mentee-unplaceable")
    assert issue.value == "E2"
    assert issue.problem == "Of 1 mentor, none can take School E2 (no shared language: 1)."
    assert not issue.is_error


def test_any_level_of_a_shared_language_and_unknown_languages_are_within_reach() -> None:
    schools = (mentor("M1", **_speaks("hr")), mentee("E1"), mentee("E2", **_speaks("it", "hr")))
    assert check(*schools) == ()


def test_a_mentor_whose_eligible_regions_hold_no_mentee_is_unreachable() -> None:
    schools = (
        mentor("M1", eligible_regions=("HR03",)),
        mentor("M2"),
        mentee("E1", region="HR021"),
        mentee("E2", region="HR050"),
    )
    assert only(check(*schools), "mentor-unreachable").value == "M1"


@pytest.mark.parametrize("region", ["HR036", "HR03", "HR", None])
def test_a_region_inside_coarser_or_unknown_is_not_ruled_out(region: str | None) -> None:
    assert check(mentor("M1", eligible_regions=("HR036",)), mentee("E1", region=region)) == ()


def test_travel_is_judged_by_the_smaller_of_the_two_limits() -> None:
    far = (mentor("M1", max_travel_km=300, **ZAGREB), mentee("E1", max_travel_km=200, **OSIJEK))
    assert codes(check(*far)) == ["mentee-unplaceable", "mentor-unreachable"]
    near = (mentor("M1", max_travel_km=300, **ZAGREB), mentee("E1", max_travel_km=250, **OSIJEK))
    assert check(*near) == ()


def test_a_school_without_coordinates_or_that_works_virtually_is_not_ruled_out_by_travel() -> None:
    assert check(mentor("M1", max_travel_km=1, **ZAGREB), mentee("E1")) == ()
    virtual = mentee("E1", work_mode=WorkMode.VIRTUAL, **OSIJEK)
    assert check(mentor("M1", max_travel_km=1, **ZAGREB), virtual) == ()


def test_schools_at_one_point_are_within_reach_even_of_a_school_that_does_not_travel() -> None:
    assert codes(check(mentor("M1", max_travel_km=0, **ZAGREB), mentee("E1", **ZAGREB))) == [
        "shared-town-point"
    ]


def test_a_national_intake_judged_in_chunks_gives_the_same_issues(monkeypatch: pytest.MonkeyPatch) -> None:
    schools = (
        mentor("M1", max_travel_km=50, **ZAGREB, **_speaks("hr")),
        mentor("M2", eligible_regions=("HR06",)),
        *(mentee(f"E{at}", region="HR050", **OSIJEK, **_speaks("hr")) for at in range(5)),
    )
    whole = [str(issue) for issue in check(*schools) if issue.code != "shared-town-point"]
    monkeypatch.setattr(reach, "_CHUNK", 2)
    assert [str(issue) for issue in check(*schools) if issue.code != "shared-town-point"] == whole
    assert len(whole) == 7
    assert "Of 5 mentees, none can be taken by School M2 (eligible regions: 5)." in whole[-1]


def test_a_point_that_is_surely_wrong_does_not_make_a_second_fault() -> None:
    swapped = mentee("E1", latitude=OSIJEK["longitude"], longitude=OSIJEK["latitude"], max_travel_km=250)
    assert codes(check(mentor("M1", **ZAGREB), swapped)) == ["coordinates-swapped"]


def test_hard_forbids_and_rivalries_with_every_mentor_leave_nobody() -> None:
    schools = (mentor("M1"), mentor("M2"), mentee("E1"), mentee("E2"))
    links = (link("forbid", "E1", "M1"), link("rivalry", "M2", "E1"))
    assert only(check(*schools, links=links), "mentee-unplaceable").value == "E1"


@given(
    st.lists(st.sampled_from([(), ("hr",), ("it",), ("hr", "it")]), min_size=1, max_size=5),
    st.lists(st.sampled_from([(), ("hr",), ("it",), ("hr", "it")]), min_size=1, max_size=5),
)
def test_the_language_barrier_agrees_with_the_definition(
    left: list[tuple[str, ...]], right: list[tuple[str, ...]]
) -> None:
    mentees = [_school(f"E{at}", Role.MENTEE, codes) for at, codes in enumerate(left)]
    mentors = [_school(f"M{at}", Role.MENTOR, codes) for at, codes in enumerate(right)]
    wanted = [[bool(a) and bool(b) and not set(a) & set(b) for b in right] for a in left]
    assert np.array_equal(find_barriers(mentees, mentors, []).language, np.array(wanted))


def _school(school_id: str, role: Role, languages: tuple[str, ...]) -> School:
    made = mentee(school_id, **_speaks(*languages))
    return made.model_copy(update={"role": role})


def _speaks(*languages: str) -> dict[str, Any]:
    return {"languages": tuple(LanguageSkill(code=code) for code in languages)}

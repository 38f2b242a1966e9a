"""The page of repairs: long ones summed up, interchangeable ones in one row; also in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.analysis.repair_document import RepairDocument
from matcher.cli import run
from matcher.intake.writers import write_intake
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.routes.repair import repair
from matcher.routes.repair_files import repair_page
from tests.encoding.builders import intake, link, school, wish_policy
from tests.report.browser import CHROMIUM, Browser

MENTORS = 14


def _many_places_short() -> tuple[Intake, Policy]:
    """28 schools, 14 mentors with one place each that may take one more each: all of them have to."""
    mentors = [school(f"m{at:02}", max_load=1) for at in range(MENTORS)]
    schools = [school(f"a{at:02}") for at in range(2 * MENTORS)]
    offered = {"places": {"most": 20, "most_each": 1}}
    return intake(*schools, *mentors), wish_policy(rules={"unassigned": {"allowed": False}}, repair=offered)


def _one_place_short() -> tuple[Intake, Policy]:
    mentors = [school("m1", max_load=1), school("m2", max_load=1)]
    schools = [school("a"), school("b"), school("c")]
    return intake(*schools, *mentors), wish_policy(rules={"unassigned": {"allowed": False}})


@pytest.fixture(scope="module")
def many() -> RepairDocument:
    return repair(*_many_places_short())


def test_a_long_repair_is_summed_up_and_still_named_in_full(many: RepairDocument) -> None:
    assert many.least_price == 10.0 * MENTORS
    assert many.repairs[0].summary.startswith("In all: 14 places more at 14 mentors, at most 1 each.")
    assert len(many.repairs[0].sentences) == MENTORS
    assert "<summary>All of them</summary>" in repair_page(many)


def test_missing_places_are_counted_over_the_whole_programme(many: RepairDocument) -> None:
    assert many.shortage == (
        "Over the whole programme 14 places are missing.",
        "28 schools need 28 places; the 14 mentors in their reach offer 14: 14 too few.",
    )


def test_repairs_that_differ_in_one_choice_share_a_row_with_a_patch_each() -> None:
    found = repair(*_one_place_short())
    page = repair_page(found)
    assert found.complete
    assert "<p>Any one of these:</p>" in page
    assert page.count("<tr><td>") == 1
    assert '<a href="repair-1.json">repair-1.json</a><br><a href="repair-2.json">' in page


def test_the_page_says_what_a_price_is_and_how_to_apply_a_patch() -> None:
    page = repair_page(repair(*_one_place_short()))
    assert "<caption>" in page
    assert "they are no points of the plan" in page
    assert "--patch repair-1.json" in page
    assert "Solved" not in page


def test_the_page_names_every_school_of_the_conflict(many: RepairDocument) -> None:
    (shortened,) = (line for line in many.conflict if line.startswith("Must be placed: "))
    (full,) = (line for line in many.conflict_in_full if line.startswith("Must be placed: "))
    assert shortened.endswith("and 3 more.")
    assert full.count("School a") == MENTORS + 1
    page = repair_page(many)
    assert full in page
    assert shortened not in page


def test_a_repair_of_two_conflicts_shows_what_counting_finds_of_both() -> None:
    schools = [school("a"), school("b"), school("m1", country="HU")]
    locks = (link("lock", "a", "m1"), link("lock", "b", "m1"))
    found = repair(intake(*schools, links=locks), wish_policy(rules={"country": {"strength": "hard"}}))
    assert len(found.conflict) > 0
    assert [line.split(" is locked")[0] for line in found.findings] == ["School a (a)", "School b (b)"]
    page = repair_page(found)
    assert page.index("What counting finds") < page.index("The smallest conflict")
    assert "School b (b) is locked to School m1 (m1)" in page


def test_a_limit_that_comes_at_once_is_said_and_ends_with_its_own_code(tmp_path: Path) -> None:
    tiny, _ = _one_place_short()
    write_intake(tiny, tmp_path / "intake.json")
    (tmp_path / "policy.yaml").write_text("rules:\n  unassigned: {allowed: false}\n", encoding="utf-8")
    arguments = ["repair", str(tmp_path / "intake.json"), "--policy", str(tmp_path / "policy.yaml")]
    assert run([*arguments, "--time-limit", "0.000001", "--quiet"]) == 6


def _called(folder: Path) -> list[str]:
    tiny, _ = _one_place_short()
    write_intake(tiny, folder / "intake.json")
    (folder / "policy.yaml").write_text("rules:\n  unassigned: {allowed: false}\n", encoding="utf-8")
    policy = ["--policy", str(folder / "policy.yaml")]
    return ["repair", str(folder / "intake.json"), *policy, "--out", str(folder / "out"), "--quiet"]


def test_earlier_repairs_are_replaced_only_when_asked_to(tmp_path: Path) -> None:
    arguments = _called(tmp_path)
    assert run([*arguments, "--most", "2"]) == 0
    assert run([*arguments, "--most", "1"]) == 2
    assert (tmp_path / "out" / "repair-2.json").exists()
    assert run([*arguments, "--most", "1", "--force"]) == 0
    assert not (tmp_path / "out" / "repair-2.json").exists()


def test_a_folder_that_holds_a_run_as_well_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = _called(tmp_path)
    assert run([*arguments, "--apply", "1"]) == 0
    assert run([*arguments, "--force"]) == 2
    assert "did not write there: run" in capsys.readouterr().err
    assert (tmp_path / "out" / "run" / "record.json").exists()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH")
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_opens_without_sideways_scroll_and_its_folds_unfold(
    tmp_path: Path, many: RepairDocument, width: int
) -> None:
    page = tmp_path / "repair.html"
    page.write_text(repair_page(many), encoding="utf-8")
    with Browser(tmp_path) as browser:
        browser.open(page, width)
        assert browser.value("document.documentElement.scrollWidth") <= width
        assert browser.value("document.querySelectorAll('#repairs tbody tr').length") == 1
        folded = "document.querySelector('#repairs li').checkVisibility()"
        assert not browser.value(folded)
        browser.value("document.querySelector('#repairs summary').click()")
        assert browser.value(folded)

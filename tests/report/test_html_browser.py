"""The page in a real browser without network; ``make test-browser``."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from matcher.report.html import write_report
from matcher.report.html.anchors import anchor
from tests.report.browser import CHROMIUM, FLAGS, Browser
from tests.report.parsed import Page
from tests.report.sample import build_document, sample_document

QUICK = ("--enable-logging=stderr", "--virtual-time-budget=4000")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
]


def opened(folder: Path, *more: str) -> tuple[str, str]:
    """Text of the page after its scripts, and what the console said."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM,
            *FLAGS,
            *QUICK,
            f"--user-data-dir={folder / 'profile'}",
            *more,
            (folder / "report.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


def test_the_script_enhances_the_page_without_a_word_on_the_console(tmp_path: Path) -> None:
    write_report(sample_document(), tmp_path / "report.html")
    text, console = opened(tmp_path, "--dump-dom")
    assert console == ""
    page = Page(text.replace("\x00", ""))
    root = page.all("html")[0].attributes
    assert root["class"] == "js"
    assert [root.get(f"data-{part}") for part in ("navigate", "find", "table", "map")] == ["ready"] * 4
    assert "data-script-error" not in root
    sorts = [e for e in page.all("button") if e.attributes.get("class") == "sort"]
    assert len(sorts) == len([e for e in page.all("th") if "data-sort" in e.attributes]) > 10
    assert all(e.parent and e.parent.attributes["aria-sort"] == "none" for e in sorts)
    for name in ("find", "table-tools", "atlas-tools", "atlas-keys"):
        assert "hidden" not in page.by_id(name).attributes
    assert page.by_id("table-shown").text == "96 of 96 shown"
    marks = [e for e in page.all("a") if str(e.attributes.get("class")).startswith("mark")]
    assert [e.attributes["tabindex"] for e in marks].count("0") == 1


def test_a_thousand_assignments_still_open(tmp_path: Path) -> None:
    document = build_document(per_cluster=42)
    assert len(document.assignments) == 1008
    write_report(document, tmp_path / "report.html")
    text, console = opened(tmp_path, "--dump-dom")
    assert console == ""
    assert re.search(r'data-table="ready"', text)
    assert "1008 of 1008 shown" in text


def test_the_page_prints(tmp_path: Path) -> None:
    write_report(sample_document(), tmp_path / "report.html")
    opened(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'report.pdf'}")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("width", [390, 1440])
def test_no_sideways_scroll_and_links_into_the_page_land_at_their_section(tmp_path: Path, width: int) -> None:
    write_report(sample_document(), tmp_path / "report.html")
    with Browser(tmp_path) as browser:
        school = anchor("school", sample_document().assignments[-1].mentee_id)
        for section in ("assignments", "unassigned", "rules", school):
            browser.open(tmp_path / "report.html", width, fragment=f"#{section}")
            root = "document.scrollingElement"
            assert browser.value(f"{root}.scrollWidth - document.documentElement.clientWidth") == 0
            top = browser.value(f"document.getElementById('{section}').getBoundingClientRect().top")
            assert 0 <= top < 200


def test_a_link_lands_right_where_most_cards_are_not_laid_out_yet(tmp_path: Path) -> None:
    document = build_document()
    ids = [f"C{number:03d}" for number in range(1, 91)]
    (cluster, *_) = document.clusters
    many = tuple(cluster.model_copy(update={"cluster_id": one}) for one in ids)
    write_report(document.model_copy(update={"clusters": many}), tmp_path / "report.html")
    with Browser(tmp_path) as browser:
        for target in (anchor("cluster", "C070"), "rules"):
            browser.open(tmp_path / "report.html", 390, fragment=f"#{target}")
            assert (
                browser.value("getComputedStyle(document.querySelector('.card')).contentVisibility") == "auto"
            )
            assert (
                0 <= browser.value(f"document.getElementById('{target}').getBoundingClientRect().top") < 200
            )


@pytest.mark.parametrize("width", [800, 1440, 1920])
def test_every_school_on_the_head_of_the_report_is_in_sight_and_clear_of_the_text(
    tmp_path: Path, width: int
) -> None:
    write_report(sample_document(), tmp_path / "report.html")
    with Browser(tmp_path) as browser:
        browser.open(tmp_path / "report.html", width)
        box = "(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
        hero = browser.value(f"{box}(document.querySelector('.hero'))")
        text = browser.value(
            f"Math.max(...['h1', '.claim'].map(s => {box}(document.querySelector('.hero ' + s))[2]))"
        )
        lines = browser.value(f"{box}(document.querySelector('.hero-lines'))")
    assert max(hero[0], text) <= lines[0] < lines[2] <= hero[2]
    assert hero[1] <= lines[1] < lines[3] <= hero[3]


def test_marks_are_small_on_paper_whatever_the_screen_was_set_to(tmp_path: Path) -> None:
    write_report(sample_document(), tmp_path / "report.html")
    with Browser(tmp_path) as browser:
        browser.open(tmp_path / "report.html", 390)
        browser.call("Emulation.setEmulatedMedia", media="print")
        scales = "['--k', '--k-print'].map(name => getComputedStyle(stage).getPropertyValue(name))"
        on_paper = browser.value(f"(stage => {scales})(document.querySelector('.atlas-stage'))")
    assert on_paper[0] == on_paper[1] != ""

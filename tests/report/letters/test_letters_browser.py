"""The letters in a real browser without network; ``make test-browser``."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from matcher.report.letters import Contacts, letter_texts, letters_of, load_templates
from tests.report.browser import CHROMIUM, FLAGS, Browser
from tests.report.letters.plans import plan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
]


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    letters = letters_of(plan("pilot"), Contacts("Mentoring desk, desk@example.org"), "0123456789ab")
    for name, text in letter_texts(letters, load_templates()).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def sheets(page: Path, folder: Path) -> int:
    """Sheets of A4 that a page prints on."""
    assert CHROMIUM is not None
    target = folder / "printed.pdf"
    flags = (*FLAGS, f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer")
    subprocess.run(
        [CHROMIUM, *flags, f"--print-to-pdf={target}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))


def test_every_letter_to_a_school_or_a_mentor_fits_on_one_sheet(pilot: Path, tmp_path: Path) -> None:
    together = sheets(pilot / "all.html", tmp_path)
    ministry = sheets(pilot / "ministry.html", tmp_path)
    assert together - ministry == 100 + 24
    assert ministry <= 3


@pytest.mark.parametrize("kind", ["schools", "mentors", "."])
def test_no_letter_scrolls_sideways_on_a_telephone(kind: str, pilot: Path, tmp_path: Path) -> None:
    longest = max((pilot / kind).glob("*.html"), key=lambda path: path.stat().st_size)
    with Browser(tmp_path) as browser:
        browser.open(longest, 320)
        assert browser.value("document.documentElement.scrollWidth") <= 320

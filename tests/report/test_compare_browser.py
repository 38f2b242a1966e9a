"""The page of a comparison in a real browser without network; ``make test-browser``."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.report.compare.page import write_comparison
from tests.report.browser import CHROMIUM, Browser
from tests.report.compared import comparison

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
]

SHOWN = "Array.from(document.querySelectorAll('#school-table tbody tr')).filter(r => !r.hidden).length"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_fits_filters_and_sorts(tmp_path: Path, width: int) -> None:
    page = tmp_path / "compare.html"
    write_comparison(comparison(), page)
    with Browser(tmp_path) as browser:
        browser.open(page, width)
        assert browser.value("document.documentElement.dataset.scriptError || ''") == ""
        assert browser.value("document.documentElement.scrollWidth") <= width
        assert browser.value(SHOWN) == 2
        browser.value("document.querySelector('#school-differs').click()")
        assert browser.value(SHOWN) == 1
        browser.value("document.querySelectorAll('.figures-table .sort')[1].click()")
        first = "document.querySelector('.figures-table tbody th').textContent.trim()"
        assert browser.value(first).startswith("=1+1")
        browser.value("document.querySelectorAll('.figures-table .sort')[1].click()")
        assert browser.value(first).startswith("@Q")

"""The page on features says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.features.instruments import COMMON_AREA_TITLES, INSTRUMENTS
from tests.features.samples import features_of, languages, school

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "features.md").read_text(encoding="utf-8")
UNFOLDED = ("phase_", "language_", "challenge_", "strength_")


@pytest.mark.parametrize("name", features_of(school("A", languages=languages(("it", "C1")))).names)
def test_every_column_is_documented(name: str) -> None:
    prefix = next((one for one in UNFOLDED if name.startswith(one)), None)
    if name.removeprefix("maturity_") in COMMON_AREA_TITLES:
        assert "`maturity_a` … `maturity_h`" in PAGE
    else:
        assert (f"`{prefix}…`" if prefix else f"`{name}`") in PAGE


@pytest.mark.parametrize("common", sorted(COMMON_AREA_TITLES))
def test_the_crosswalk_is_documented_as_it_is(common: str) -> None:
    cells = [f"{common.upper()} {COMMON_AREA_TITLES[common]}", common.upper()]
    for instrument in INSTRUMENTS[1:]:
        areas = [f"{area.key} {area.title}" for area in instrument.areas if common in area.common]
        cells.append(", ".join(areas) or "–")
    assert f"| {' | '.join(cells)} |" in PAGE

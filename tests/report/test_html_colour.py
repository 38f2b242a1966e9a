"""WCAG 2.2: text 4.5 to 1 (success criterion 1.4.3), marks and edges of controls 3 to 1 (1.4.11)."""

from __future__ import annotations

import re

import pytest

from matcher.report.html.charts import HUES
from matcher.report.html.page import STYLES, joined

SHEETS = ("paper", "sheet")
TEXT_PAIRS = (
    *((ink, ground) for ink in ("ink", "soft", "accent", "loss", "note", "gain") for ground in SHEETS),
    ("ink", "mentee-wash"),
    ("ink", "accent-wash"),
    ("soft", "accent-wash"),
    ("accent", "accent-wash"),
    ("note", "accent-wash"),
    ("ink", "sunk"),
    ("soft", "land-on"),
    ("soft", "land"),
    ("soft", "sea"),
    ("ink", "land-on"),
    ("sheet", "mentee"),
    ("sheet", "accent"),
    ("sheet", "ink"),
    ("hero-ink", "hero"),
    ("hero-soft", "hero"),
    ("hero-ink", "hero-land"),
    ("hero-soft", "hero-land"),
)
MARK_PAIRS = (
    *((f"k{hue}", "sheet") for hue in range(HUES)),
    *(
        (mark, ground)
        for mark in ("accent", "mentee", "loss")
        for ground in ("land-on", "land", "sea", "sheet")
    ),
    *((edge, ground) for edge in ("edge", "focus") for ground in SHEETS),
    ("gain", "sheet"),
    ("accent", "sunk"),
    ("hero-line", "hero-land"),
)


def tokens(scheme: str) -> dict[str, str]:
    sheet = joined("css", ("tokens",))
    light, dark = sheet.split("@media screen and (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_21_between_black_and_white_and_1_within_one_colour() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARK_PAIRS)
def test_marks_and_edges_can_be_seen(scheme: str, mark: str, ground: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[mark], colours[ground]) >= 3.0


def test_every_colour_of_the_light_scheme_has_its_dark_one() -> None:
    sheet = joined("css", ("tokens",))
    light, dark = (
        re.findall(r"--([\w-]+): #", half)
        for half in sheet.split("@media screen and (prefers-color-scheme: dark)")
    )
    assert light == dark


def test_colours_are_named_in_one_place_only() -> None:
    rest = joined("css", tuple(name for name in STYLES if name not in {"tokens", "print"}))
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rest)) <= {"#000"}  # a mask


def test_every_variable_in_use_is_defined() -> None:
    sheet = joined("css", STYLES)
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) <= set(re.findall(r"--([\w-]+):", sheet))

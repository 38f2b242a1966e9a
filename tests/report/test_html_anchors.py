from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from matcher.report.html.anchors import anchor


def test_an_ordinary_id_stays_readable() -> None:
    assert anchor("school", "IT-M01") == "school-IT-M01"


def test_every_other_character_becomes_its_code_point() -> None:
    assert anchor("school", "a b_<") == "school-a_20_b_5f__3c_"


@given(st.text(), st.text())
def test_two_ids_have_one_anchor_only_if_they_are_the_same(a: str, b: str) -> None:
    assert (anchor("school", a) == anchor("school", b)) == (a == b)


@given(st.text())
def test_an_anchor_needs_no_escaping_anywhere(name: str) -> None:
    assert re.fullmatch(r"school-[A-Za-z0-9_-]*", anchor("school", name))

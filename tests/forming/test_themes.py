"""Themes: one challenge a cluster, one cluster a mentor, against all plans at tiny size."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.encoding import encode
from matcher.exceptions import UsageError
from matcher.forming import form
from matcher.models import refuse_hubs
from matcher.pipeline import match
from matcher.policy.model import Policy
from matcher.profiles import Challenge
from matcher.report.letters import Contacts, letters_of
from matcher.report.workbook import write_result_workbook
from tests.encoding.builders import intake, link, school, wish, wish_policy

STEM, INCLUSION, GIFTED = Challenge.STEM, Challenge.INCLUSION, Challenge.GIFTED_PUPILS


def themed(rules: dict[str, Any] | None = None, **theme: Any) -> Policy:
    """Only the mentees' wishes count; clusters of 1 to 3 on one theme each."""
    wanted = {
        "load": {"min": 1, "max": 3},
        "unassigned": {"price": 10},
        "theme": {"strength": "hard"} | theme,
    }
    return wish_policy(rules=wanted | (rules or {}))


def test_a_mentor_leads_themes_that_it_is_strong_in_and_somebody_named() -> None:
    schools = (
        school("m1", strengths=(STEM, GIFTED)),
        school("m2"),
        school("a", challenges=(STEM, INCLUSION)),
    )
    assert list(form(intake(*schools), themed()).leads) == ["m1~stem", "m2~stem", "m2~inclusion"]
    loose = form(intake(*schools), themed(mentor_strong=False))
    assert list(loose.leads) == ["m1~stem", "m1~inclusion", "m2~stem", "m2~inclusion"]


def test_only_schools_that_named_the_theme_are_in_reach() -> None:
    schools = (school("m1", strengths=(STEM,)), school("a", challenges=(INCLUSION, STEM)), school("b"))
    encoding = encode(intake(*schools), themed())
    assert [encoding.mentee_ids[at] for at in encoding.problem.pair_mentee] == ["a"]
    assert encode(intake(*schools), themed(first=1)).problem.n_pairs == 0
    unknown = encode(intake(*schools), themed(unknown="allow"))
    assert [unknown.mentee_ids[at] for at in unknown.problem.pair_mentee] == ["a", "b"]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_plan_is_the_best_of_all_with_one_theme_a_mentor(data: st.DataObject) -> None:
    every = (STEM, INCLUSION, GIFTED)
    named = st.lists(st.sampled_from(every), max_size=2, unique=True).map(tuple)
    mentees = {name: data.draw(named) for name in "abcd"}
    strong = {name: data.draw(named) for name in ("m1", "m2")}
    schools = [school(name, challenges=own) for name, own in mentees.items()]
    schools += [school(name, strengths=own) for name, own in strong.items()]
    plan = match(intake(*schools), themed()).hosts
    best = 0
    for choice in product((None, "m1", "m2"), repeat=4):
        clusters = [
            [mentees[name] for name, host in zip(mentees, choice, strict=True) if host == mentor]
            for mentor in strong
        ]
        if all(_has_theme(own, members) for own, members in zip(strong.values(), clusters, strict=True)):
            best = max(best, sum(host is not None for host in choice))
    assert sum(host is not None for host in plan.values()) == best


def _has_theme(strong: tuple[Challenge, ...], members: list[tuple[Challenge, ...]]) -> bool:
    themes = strong or tuple(Challenge)
    common = not members or any(all(theme in own for own in members) for theme in themes)
    return common and len(members) <= 3


def test_a_mentor_leads_one_theme_only() -> None:
    schools = (school("m1"), school("a", challenges=(STEM,)), school("b", challenges=(INCLUSION,)))
    plan = match(intake(*schools), themed())
    assert sorted(host is None for host in plan.hosts.values()) == [False, True]
    assert plan.document.totals.mentors == 1
    assert any(rule.key == "hubs.leads" and rule.holds for rule in plan.document.rules)


def test_links_and_wishes_hold_for_each_theme_and_a_lock_for_any() -> None:
    schools = [school("m1"), school("m2")]
    schools += [school(name, challenges=(STEM, INCLUSION)) for name in "ab"]
    wishes, lock = wish("a", "m2", "m1"), link("lock", "a", "m1")
    plan = match(intake(*schools, wishes=wishes, links=(lock,)), themed())
    assert str(plan.hosts["a"]).startswith("m1~")
    barred = match(intake(*schools, wishes=wishes, links=(link("rivalry", "a", "m2"),)), themed())
    assert str(barred.hosts["a"]).startswith("m1~")


def test_what_themes_cannot_go_with_is_said() -> None:
    for rules in (
        {"load": {"min": 1, "max": 3, "applies_to": "every"}},
        {"load": {"reserve": {"strength": "soft"}}},
    ):
        with pytest.raises(ValueError, match=r"rules\.theme"):
            themed(rules)
    with pytest.raises(UsageError, match="any of several themes"):
        refuse_hubs(themed(), "The price of a wish")


def test_each_mentor_gets_one_letter_whatever_its_theme() -> None:
    schools = (
        school("m1", strengths=(STEM,)),
        school("m2", strengths=(GIFTED,)),
        school("a", challenges=(STEM,)),
    )
    document = match(intake(*schools, wishes=wish("a", "m1")), themed()).document
    letters = letters_of(document, Contacts(), "r").mentors
    assert [(one.school_id, len(one.mentees)) for one in letters] == [("m1", 1), ("m2", 0)]


def test_the_workbook_offers_no_pins_that_a_rematch_would_refuse(tmp_path: Path) -> None:
    document = match(
        intake(school("m1", strengths=(STEM,)), school("a", challenges=(STEM,))), themed()
    ).document
    write_result_workbook(document, tmp_path / "result.xlsx")
    book = openpyxl.load_workbook(tmp_path / "result.xlsx")
    offered = {cell.value for sheet in book for cell in sheet[3]} & {"Pin?", "Change to"}
    assert not offered
    assert "rematch" not in book["Assignments"]["A2"].value
    assert "write a lock" in book["Assignments"]["A2"].value


def test_ids_of_themes_do_not_hide_schools() -> None:
    schools = (school("m1"), school("m1~stem"), school("a", challenges=(STEM,)))
    with pytest.raises(UsageError, match="stand for themes"):
        form(intake(*schools), themed())


def test_every_two_themes_of_one_mentor_exclude_each_other() -> None:
    schools = (school("m1"), school("a", challenges=(STEM, INCLUSION, GIFTED)))
    encoding = encode(intake(*schools), themed())
    (row,) = encoding.problem.rows
    assert row.at_most == 1
    assert all(row.open_weight[list(two)].sum() == 2 for two in combinations(range(3), 2))

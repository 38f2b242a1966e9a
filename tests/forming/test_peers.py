"""Groups of equals: how they are formed, which is best, what is said of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from matcher.encoding import encode
from matcher.exceptions import UsageError
from matcher.forming import form
from matcher.models import find_plan, refuse_without_mentors
from matcher.pipeline import match, settings_of
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.profiles import Intake, LinkKind, Role, School
from matcher.report.html import render_report
from tests.encoding.builders import intake, link, school

_OFF = {"country": {"strength": "off"}, "language": {"strength": "off"}, "travel": {"strength": "off"}}


def peers_policy(rules: dict[str, Any] | None = None, **parts: Any) -> Policy:
    """Only pupils count: two schools of one size share 10 points, of sizes 1 to 5 or wider apart none."""
    cohesion = {
        key: {"weight": 0} for key in ("challenges", "languages", "travel", "phase", "rurality", "maturity")
    }
    cohesion |= {"points_per_pair": 10, "size": {"weight": 1}}  # type: ignore[dict-item]
    wanted: dict[str, Any] = {
        "cohesion": cohesion,
        "rules": _OFF | {"load": {"min": 2, "max": 3}, "unassigned": {"price": 3}} | (rules or {}),
        "peers": {"enabled": True, "hub": "central", "reviews": "ring"} | parts.pop("peers", {}),
    }
    return Policy.model_validate(wanted | parts)


def sized(*pupils: int, **fields: Any) -> tuple[School, ...]:
    return tuple(school(f"s{at}", pupils=number, **fields) for at, number in enumerate(pupils))


def as_given(name: str, value: str) -> Any:
    """One value as the form's model takes it."""
    lists: dict[str, Any] = {"languages": ({"code": value, "level": "native"},), "phases": {value}}
    return lists.get(name, value)


def groups_in(rest: tuple[int, ...], least: int, most: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way to put some of the schools into groups of the sizes allowed; the others stay out."""
    if not rest:
        yield ()
        return
    first, others = rest[0], rest[1:]
    yield from groups_in(others, least, most)
    for mask in range(1 << len(others)):
        with_it = tuple(one for at, one in enumerate(others) if mask >> at & 1)
        if least <= len(with_it) + 1 <= most:
            left = tuple(one for one in others if one not in with_it)
            for more in groups_in(left, least, most):
                yield ((first, *with_it), *more)


@settings(max_examples=12)
@given(st.lists(st.sampled_from([10, 14, 20, 27, 45]), min_size=2, max_size=6), st.integers(0, 99))
def test_the_best_groups_are_those_of_all_groupings_tried(pupils: list[int], seed: int) -> None:
    pairs = [(a, b) for a in range(len(pupils)) for b in range(a + 1, len(pupils))]
    rivals = set(random.Random(seed).sample(pairs, min(2, len(pairs))))
    taken = intake(*sized(*pupils), links=tuple(link("rivalry", f"s{a}", f"s{b}") for a, b in sorted(rivals)))
    policy = peers_policy()
    encoding = encode(taken, policy)
    worth = {
        (a, b): units
        for (a, b), units in zip(
            encoding.cohesion_pair.tolist(), encoding.cohesion_points.tolist(), strict=True
        )
    }
    best = max(
        sum(worth.get((a, b), 0) for group in groups for a in group for b in group if a < b)
        - 3 * SCALE * (len(pupils) - sum(map(len, groups)))
        for groups in groups_in(tuple(range(len(pupils))), 2, 3)
        if not any((a, b) in rivals for group in groups for a in group for b in group)
    )
    assert find_plan(encoding, settings_of(policy)).result.objective == best


def test_there_are_as_many_groups_as_can_be_filled_in_each_country() -> None:
    schools = (*(school(f"h{at}") for at in range(7)), *(school(f"i{at}", country="IT") for at in range(1)))
    formed = form(intake(*schools), peers_policy({"country": {"strength": "hard"}})).intake
    assert [(one.school_id, one.name, one.country) for one in formed.mentors] == [
        ("group-HR-1", "Group 1 (Croatia)", "HR"),
        ("group-HR-2", "Group 2 (Croatia)", "HR"),
        ("group-HR-3", "Group 3 (Croatia)", "HR"),
    ]


def test_groups_across_borders_belong_to_several_countries() -> None:
    schools = (school("h"), school("i", country="IT"))
    plan = match(intake(*schools), peers_policy())
    assert [card.country for card in plan.document.schools if card.role is Role.MENTOR] == ["ZZ"]
    assert plan.document.clusters[0].mentee_ids == ("h", "i")


def test_mentors_take_part_only_where_the_policy_says_so() -> None:
    schools, locks = (school("m1", max_load=9), school("a"), school("b")), (link("lock", "a", "m1"),)
    alone = form(intake(*schools, links=locks), peers_policy()).intake
    assert [one.school_id for one in alone.mentees] == ["a", "b"]
    assert alone.links == ()
    everyone = form(intake(*schools, links=locks), peers_policy(peers={"schools": "all"})).intake
    assert [one.school_id for one in everyone.mentees] == ["a", "b", "m1"]
    assert [one.kind for one in everyone.links] == [LinkKind.MUST_LINK]


def test_the_order_of_the_rows_says_nothing() -> None:
    schools = list(sized(10, 14, 20, 27, 45))
    first = match(intake(*schools), peers_policy()).to_json()
    random.Random(3).shuffle(schools)
    assert match(intake(*schools), peers_policy()).to_json() == first


@pytest.mark.parametrize(
    ("rules", "fields", "key"),
    [
        ({"language": {"strength": "hard"}}, {"languages": ["hr", "it"]}, "language"),
        ({"phase": {"strength": "hard"}}, {"phases": ["primary", "special"]}, "phase"),
        (
            {"authority": {"strength": "hard", "mode": "different"}},
            {"authority": ["Grad", "Grad"]},
            "authority",
        ),
        ({"region": {"strength": "hard", "level": 2}}, {"region": ["HR02", "HR05"]}, "region"),
        ({"country": {"strength": "soft"}}, {"country": ["HR", "SI"]}, "country"),
    ],
)
def test_rules_about_pairs_hold_between_every_two_schools(
    rules: dict[str, Any], fields: dict[str, list[str]], key: str
) -> None:
    ((name, values),) = fields.items()
    schools = [school(f"s{at}", **{name: as_given(name, value)}) for at, value in enumerate(values)]
    encoding = encode(intake(*schools), peers_policy(rules))
    assert [(term.key, term.first, term.second) for term in encoding.apart] == [(key, 0, 1)]
    assert "School s" in encoding.apart[0].detail or key == "authority"
    assert "mentor" not in encoding.apart[0].detail


def test_equals_are_no_further_apart_in_maturity_than_the_policy_lets_them() -> None:
    policy = peers_policy({"maturity_gap": {"strength": "hard", "min_gap": -0.3, "max_gap": 0.3}})
    levels = {"a": 1, "b": 2, "c": 5}  # of 5: 0.1, 0.3, 0.9
    records = [
        {"school_id": one, "instrument": "hr-dms", "area": area, "value": level}
        for one, level in levels.items()
        for area in ("1",)
    ]
    taken = Intake.model_validate(
        {"schools": [school(one).model_dump() for one in levels], "maturity": records}
    )
    encoding = encode(taken, policy)
    apart = {(term.first, term.second) for term in encoding.apart}
    assert (0, 1) not in apart
    assert apart <= {(0, 2), (1, 2)}


def test_the_hub_is_the_school_that_shares_most_and_ties_go_to_the_first_id() -> None:
    plan = match(intake(*sized(20, 20, 27)), peers_policy())
    hub = plan.document.clusters[0].hub
    assert hub is not None
    assert hub.school_id == "s0"
    assert "School s1 would do as well" in hub.reason


def test_everybody_reviews_and_is_reviewed_once() -> None:
    (group,) = match(intake(*sized(20, 20, 27)), peers_policy()).document.clusters
    assert group.reviews == ("s0", "s1", "s2")


def test_a_school_that_may_be_with_too_few_is_left_out_with_the_reason() -> None:
    rivals = (link("rivalry", "s0", "s1"), link("rivalry", "s0", "s2"))
    plan = match(intake(*sized(20, 20, 20), links=rivals), peers_policy())
    (row,) = plan.document.unassigned
    assert row.mentee_id == "s0"
    assert (
        row.reason
        == "It may be with no other school, and a group takes at least 2; it is kept apart by “Rivalry” (2)."
    )


def test_nothing_that_is_shown_speaks_of_mentors() -> None:
    document = match(intake(*sized(20, 20, 27, 14, 400)), peers_policy()).document
    assert document.around == "group"
    shown = render_report(document.model_copy(update={"title": "Groups"}))
    body = shown[shown.index("<body") : shown.index("<script", shown.index("<body"))]
    words = [part.split("<")[0].lower() for part in body.split(">")]
    assert [
        text for text in words if ("mentor" in text or "mentee" in text) and "mentoring" not in text
    ] == []
    assert "Proposed hub school" in shown
    assert "Who reviews whom" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"cohesion": {"points_per_pair": 0}},
        {"rules": {"load": {"min": 1}}},
        {"rules": {"load": {"min": 2, "applies_to": "every"}}},
        {"rules": {"load": {"min": 2}, "maturity_gap": {"strength": "hard"}}},
    ],
)
def test_a_policy_that_contradicts_groups_of_equals_is_refused(wrong: dict[str, Any]) -> None:
    base = {"peers": {"enabled": True}, "cohesion": {"points_per_pair": 1}, "rules": {"load": {"min": 2}}}
    Policy.model_validate(base)
    with pytest.raises(ValidationError):
        Policy.model_validate(base | wrong)


def test_questions_about_mentors_are_refused_in_words() -> None:
    with pytest.raises(UsageError, match="groups of equals"):
        refuse_without_mentors(peers_policy(), "A pin")

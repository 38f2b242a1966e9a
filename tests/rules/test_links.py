"""Must-links and locks."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.exceptions import InputError
from matcher.profiles import Intake, Link
from matcher.rules.links import locks, must_links
from tests.rules.samples import intake, policy, school


def linked(*links: tuple[Any, ...]) -> Intake:
    made = tuple(
        Link.model_validate({"kind": kind, "school_a": one, "school_b": other, "strength": strength})
        for kind, one, other, strength in links
    )
    mentors = (school("Y", "mentor"), school("Z", "mentor"))
    return intake(school("A"), school("B"), school("C"), *mentors, links=made)


def test_a_must_link_joins_two_mentees_in_order() -> None:
    found = must_links(linked(("must-link", "C", "A", "hard"), ("must-link", "B", "A", "soft")), policy())
    assert found.pairs.tolist() == [[0, 1], [0, 2]]
    assert found.hard.tolist() == [False, True]
    assert found.price.tolist() == [40, 0]
    assert found.reasons == ("declared must-link", "declared must-link")


def test_a_lock_joins_a_mentee_and_a_mentor_in_either_order() -> None:
    found = locks(linked(("lock", "Z", "A", "hard"), ("lock", "C", "Y", "soft")), policy())
    assert found.pairs.tolist() == [[0, 1], [2, 0]]
    assert found.hard.tolist() == [True, False]


def test_the_same_link_twice_stands_once_and_adds_its_price() -> None:
    found = must_links(linked(("must-link", "A", "B", "soft"), ("must-link", "B", "A", "soft")), policy())
    assert (found.pairs.tolist(), found.price.tolist()) == ([[0, 1]], [80])


def test_without_links_the_arrays_are_empty_and_keep_their_shape() -> None:
    for found in (must_links(linked(), policy()), locks(linked(), policy())):
        assert (found.pairs.shape, found.hard.shape, found.price.shape) == ((0, 2), (0,), (0,))


def test_the_policy_may_switch_links_off() -> None:
    given = linked(("must-link", "A", "B", "hard"), ("lock", "A", "Y", "hard"))
    chosen = policy(must_link={"strength": "off"}, lock={"strength": "off"})
    assert (len(must_links(given, chosen)), len(locks(given, chosen))) == (0, 0)


@pytest.mark.parametrize(("one", "other"), [("A", "Z"), ("Y", "Z"), ("A", "A"), ("A", "absent")])
def test_a_must_link_of_other_schools_is_a_fault(one: str, other: str) -> None:
    with pytest.raises(InputError, match="A must-link joins two different mentees"):
        must_links(linked(("must-link", one, other, "hard")), policy())


@pytest.mark.parametrize(("one", "other"), [("A", "B"), ("Y", "Z"), ("absent", "Z")])
def test_a_lock_of_other_schools_is_a_fault(one: str, other: str) -> None:
    with pytest.raises(InputError, match=r"A lock joins a mentee and a mentor"):
        locks(linked(("lock", one, other, "hard")), policy())

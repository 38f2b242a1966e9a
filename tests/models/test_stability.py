"""Preferences before points, from tiny intakes to their plans and words."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.analysis.build import build_document
from matcher.analysis.document import PlanDocument
from matcher.analysis.first_things import first_things
from matcher.encoding import Encoding, encode, solution_from
from matcher.exceptions import InfeasibleError, RefereeError, UsageError
from matcher.intake import read_intake
from matcher.models import find_plan
from matcher.models.stability import find_stable
from matcher.models.wishes import count_blocking, draw_lots, wanted_pairs
from matcher.policy.loader import load_policy
from matcher.policy.stability import Unranked
from matcher.profiles import Intake
from matcher.report.html.page import render_report
from matcher.report.stability_table import stability_rows
from matcher.solvers import Ordered, Reached, SolveSettings
from tests.encoding.builders import intake, link, school, wish, wish_policy

ROOT = Path(__file__).resolve().parents[2]
LOAD = {"load": {"min": 0, "max": 1}}


def two_sides(**fields: Any) -> Intake:
    """Two mentees want m1 first, a mentor with one place that likes b more; b alone names m2, too."""
    return intake(
        school("a", **fields),
        school("b"),
        school("m1"),
        school("m2"),
        wishes=(*wish("a", "m1"), *wish("b", "m1", "m2"), *wish("m1", "b", "a")),
    )


def solved(one: Intake, rules: dict[str, Any] | None = None, **stability: Any) -> tuple[Encoding, Ordered]:
    policy = wish_policy(rules=LOAD | (rules or {}), stability={"mode": "fewest-blocking"} | stability)
    encoding = encode(one, policy)
    return encoding, find_plan(encoding, SolveSettings())


def hosts(encoding: Encoding, ordered: Ordered) -> dict[str, str | None]:
    assert ordered.result.host_of is not None
    names = [None if host < 0 else encoding.host_ids[host] for host in ordered.result.host_of.tolist()]
    return dict(zip(encoding.mentee_ids, names, strict=True))


def told(encoding: Encoding, ordered: Ordered) -> PlanDocument:
    first = first_things(ordered.reached)
    return build_document(encoding, ordered.result, (), policy_sha256="0" * 64, first=first)


def test_a_school_that_named_others_only_is_placed_with_one_of_them_or_not_at_all() -> None:
    encoding, ordered = solved(two_sides())
    assert hosts(encoding, ordered) == {"a": None, "b": "m1"}
    assert wanted_pairs(encoding).left_out == 1  # a with m2, which a did not name
    document = told(encoding, ordered)
    assert document.unassigned[0].reason == (
        "Of the 2 mentors it may be placed with, 1 is full and 1 is out of question, as one side named other "
        "schools only."
    )


def test_a_school_not_named_comes_last_where_the_policy_says_so() -> None:
    encoding, ordered = solved(two_sides(), unranked="last")
    assert hosts(encoding, ordered) == {"a": "m2", "b": "m1"}
    assert ordered.reached == (Reached("blocking-pairs", 0, 0),)


@pytest.mark.parametrize("mode", ["mentee-optimal", "mentor-optimal"])
def test_a_pure_mode_takes_deferred_acceptance_and_says_for_whom_it_is_best(mode: str) -> None:
    # both mentees prefer the mentor that prefers the other one
    opposed = intake(
        *(school(name) for name in ("a", "b", "m1", "m2")),
        wishes=(*wish("a", "m1", "m2"), *wish("b", "m2", "m1"), *wish("m1", "b", "a"), *wish("m2", "a", "b")),
    )
    encoding, ordered = solved(opposed, mode=mode)
    wanted = {"mentee-optimal": {"a": "m1", "b": "m2"}, "mentor-optimal": {"a": "m2", "b": "m1"}}
    assert hosts(encoding, ordered) == wanted[mode]
    assert ordered.is_proven
    side = mode.partition("-")[0]
    assert f"best for every {side} at once" in told(encoding, ordered).proof_sentence


def test_a_document_of_another_plan_than_the_pure_mode_asks_for_is_not_made() -> None:
    encoding, ordered = solved(two_sides(), mode="mentee-optimal")
    other = solution_from(encoding, {"a": "m1", "b": "m2"})
    worth = int(encoding.problem.pair_value[encoding.problem.pair_index[0, 0]])
    worth += int(encoding.problem.pair_value[encoding.problem.pair_index[1, 1]])
    forged = replace(ordered.result, host_of=other.host_of, objective=worth, bound=worth)
    with pytest.raises(RefereeError, match="mentee-optimal"):
        told(encoding, Ordered(forged, ordered.reached))


def test_a_pure_mode_names_the_rules_that_its_plan_would_break() -> None:
    rivals = intake(
        *(school(name) for name in ("a", "b", "m1", "m2")),
        links=(link("rivalry", "a", "b"),),
        wishes=(*wish("a", "m1"), *wish("b", "m1")),
    )
    with pytest.raises(UsageError) as error:
        solved(rivals, {"load": {"min": 0, "max": 2}}, mode="mentee-optimal")
    message = str(error.value)
    assert "“Rivalry”: School a (a) and School b (b) would share the cluster of School m1 (m1)." in message
    assert "stability.mode: fewest-blocking" in message
    with pytest.raises(UsageError, match=r"“Load”: School m1 \(m1\) would fill 2 of at least 3 places"):
        solved(two_sides(), {"load": {"min": 3, "max": 3}}, mode="mentor-optimal")


def test_a_pure_mode_is_for_schools_that_take_one_place() -> None:
    with pytest.raises(UsageError, match="a takes more than one place"):
        solved(two_sides(demand=2), {"load": {"min": 0, "max": 3}}, mode="mentee-optimal")


def test_what_no_acceptable_plan_can_keep_is_said_with_a_way_out() -> None:
    both_want_one = intake(
        *(school(name) for name in ("a", "b", "m1", "m2")), wishes=(*wish("a", "m1"), *wish("b", "m1"))
    )
    with pytest.raises(InfeasibleError, match="leaves out 2 of the 4 pairs"):
        solved(both_want_one, {"unassigned": {"allowed": False}})


def test_a_lock_stands_although_a_side_named_others_only() -> None:
    locked = two_sides().model_copy(update={"links": (link("lock", "a", "m2"),)})
    encoding, ordered = solved(locked)
    assert hosts(encoding, ordered) == {"a": "m2", "b": "m1"}
    assert ordered.reached == (Reached("blocking-pairs", 0, 0),)  # m1 likes b more than a


def test_ties_go_by_points_and_by_lot_as_the_policy_says() -> None:
    # nobody but a and b names anybody: m1 takes both alike; the form says nothing that decides
    tied = intake(*(school(f"e{at}") for at in range(6)), school("m1"), wishes=())
    order = np.argsort(draw_lots([f"e{at}" for at in range(6)], 7))
    encoding, ordered = solved(tied, mode="mentee-optimal", ties="lottery", seed=7)
    assert [mentee for mentee, host in hosts(encoding, ordered).items() if host] == [f"e{order[0]}"]


def test_lots_are_those_of_the_published_recipe_and_independent_of_who_else_takes_part() -> None:
    ids = ["HR-001", "HR-002", "HR-003"]
    by_hash = sorted(ids, key=lambda one: hashlib.sha256(f"5:{one}".encode()).hexdigest())
    lots = draw_lots(ids, 5)
    assert [ids[at] for at in np.argsort(lots)] == by_hash
    without = [one for one in by_hash if one != "HR-002"]
    assert [["HR-001", "HR-003"][at] for at in np.argsort(draw_lots(["HR-001", "HR-003"], 5))] == without


def test_every_blocking_pair_is_listed_with_what_both_have_and_the_rule_that_excuses_it() -> None:
    """B is barred from m1 by its travel limit, a and c are rivals whom m1 would take both."""
    many = intake(
        school("a"),
        school("c"),
        school("b", latitude=45.0, longitude=9.0, coordinate_quality="site", max_travel_km=10),
        school("m1", latitude=45.0, longitude=10.0, coordinate_quality="site"),
        school("m2"),
        links=(link("rivalry", "a", "c"),),
        wishes=(*wish("a", "m1"), *wish("c", "m1", "m2"), *wish("b", "m1"), *wish("m1", "a", "c", "b")),
    )
    rules = {"load": {"min": 0, "max": 3}, "travel": {"strength": "hard"}}
    encoding, ordered = solved(many, rules, unranked="last")
    assert hosts(encoding, ordered) == {"a": "m1", "b": "m2", "c": "m2"}
    assert ordered.reached == (Reached("blocking-pairs", -1, -1),)
    report = told(encoding, ordered).stability
    assert report is not None
    assert (report.number, report.excused, report.barred, report.proven_fewest) == (1, 1, 1, True)
    first, second = report.pairs
    assert (first.mentee_id, first.host_id, first.counted) == ("c", "m1", True)
    assert first.mentee_words == "choice 1; now it has School m2 (m2), choice 2"
    assert first.host_words == "choice 2; a place is free"
    assert first.excused_by == (
        "“Rivalry”: School a (a) and School c (c) would share the cluster of School m1 (m1).",
    )
    assert (second.mentee_id, second.host_id, second.counted) == ("b", "m1", False)
    assert second.excused_by[0].startswith("Travel: 102 km by road, the mentee can travel 10 km")


def test_a_mentor_says_whom_it_would_let_go() -> None:
    full = two_sides()
    policy = wish_policy(rules=LOAD, stability={"mode": "fewest-blocking", "unranked": "last"})
    encoding = encode(full.model_copy(update={"links": (link("lock", "a", "m1"),)}), policy)
    ordered = find_stable(encoding, SolveSettings())
    report = told(encoding, ordered).stability
    assert report is not None
    (pair,) = report.pairs
    assert (pair.mentee_id, pair.host_id, pair.lets_go) == ("b", "m1", ("a",))
    assert pair.host_words == "choice 1; it would let go School a (a), choice 2"
    # the lock keeps a at m1, and m1 has one place
    assert pair.excused_by == ("“Locked pairs”: School a (a) is locked to School m1 (m1).",)


def test_the_report_and_the_sheet_list_the_pairs() -> None:
    locked = two_sides().model_copy(update={"links": (link("lock", "a", "m1"),)})
    encoding, ordered = solved(locked, unranked="last")
    document = told(encoding, ordered)
    page = render_report(document)
    assert "What the schools wished" in page
    assert "it would let go School a (a), choice 2" in page
    assert page.index('href="#stability"') < page.index('href="#rules"')
    (row,) = stability_rows(document)
    assert (row["mentee_id"], row["mentor"], row["counted"]) == ("b", "School m1", True)


def test_a_policy_without_stability_has_no_such_section_but_its_pairs_can_be_counted() -> None:
    encoding = encode(two_sides(), wish_policy(rules=LOAD))
    ordered = find_plan(encoding, SolveSettings())
    document = told(encoding, ordered)
    assert document.stability is None
    assert stability_rows(document) == []
    assert "What the schools wished" not in render_report(document)
    plan = solution_from(encoding, {"a": "m1", "b": "m2"})
    assert count_blocking(encoding, plan, Unranked.LAST) == 1


def test_with_ties_by_points_the_pair_worth_more_comes_first() -> None:
    # m1 named nobody; e2 wants it most by points, as the others wished for it second
    tied = intake(
        *(school(f"e{at}") for at in range(3)),
        school("m1"),
        school("m2", max_load=0),
        wishes=(*wish("e0", "m2", "m1"), *wish("e1", "m2", "m1"), *wish("e2", "m1")),
    )
    encoding, ordered = solved(tied, mode="mentee-optimal")
    assert [mentee for mentee, host in hosts(encoding, ordered).items() if host == "m1"] == ["e2"]


def test_the_shipped_policy_leaves_no_blocking_pair_on_the_pilot() -> None:
    policy = load_policy(ROOT / "configs" / "policies" / "bottom_up.yaml")
    encoding = encode(read_intake(ROOT / "data" / "pilot").intake, policy)
    ordered = find_plan(encoding, SolveSettings())
    assert ordered.reached == (Reached("blocking-pairs", 0, 0),)
    assert ordered.is_proven
    assert sum(host is not None for host in hosts(encoding, ordered).values()) == 98

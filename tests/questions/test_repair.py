"""The cheapest repairs, held against brute force: every choice of relaxations, every plan."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.problem import Problem, Row, make_problem
from matcher.questions import repair as repair_module
from matcher.questions import repair_plan
from matcher.questions.demands import Demand, DemandKind, Demands, list_demands
from matcher.questions.relaxing import Relaxation, Relaxations
from matcher.questions.repair import RepairState, find_repairs
from matcher.questions.repaired import Repair, repaired
from matcher.solution import Solution, evaluate
from matcher.solvers.base import SolveSettings
from tests.examples import examples
from tests.questions.tiny_demands import tiny_demands

UNITS = (DemandKind.MOST, DemandKind.LEAST, DemandKind.QUOTA, DemandKind.COMPOSITION, DemandKind.ROW)


def _has_plan(problem: Problem) -> bool:
    hosts = [range(-1, problem.n_hosts)] * problem.n_mentees
    return any(not evaluate(problem, Solution(np.array(plan, np.int64))).broken for plan in product(*hosts))


def _every_repair(demands: Demands, relaxations: Relaxations) -> dict[Repair, bool]:
    """Every choice of units within the limits, cheapest first, as far as the first price that works."""
    choices = product(*(range(one.most + 1) for one in relaxations.listed))
    found = []
    for units in choices:
        uses = tuple((one, used) for one, used in zip(relaxations.listed, units, strict=True) if used)
        repair = Repair(uses, sum(one.price * used for one, used in uses))
        if all(count <= relaxations.limits.get(group, 99) for group, count in repair.form):
            found.append(repair)
    found.sort(key=lambda repair: repair.price)
    works: dict[Repair, bool] = {}
    for repair in found:
        if any(works.values()) and repair.price > min(one.price for one, good in works.items() if good):
            break
        works[repair] = _has_plan(repaired(demands, relaxations, repair))
    return works


@st.composite
def with_relaxations(draw: st.DrawFn) -> tuple[Demands, Relaxations]:
    demands = draw(tiny_demands())
    offered = draw(st.lists(st.sampled_from(demands.listed), unique=True, max_size=6))
    listed = []
    for demand in sorted(offered):
        units = draw(st.integers(1, 2)) if demand.kind in UNITS else 1
        over = demand.kind is DemandKind.COMPOSITION and draw(st.booleans())
        listed.append(Relaxation(demand, draw(st.integers(1, 3)), units, demand.kind.value, over))
    opens = demands.bars.mask & np.uint16(draw(st.sampled_from([0, 1, 3, 3])))
    limits = {"placed": draw(st.integers(1, 3))}
    return demands, Relaxations(tuple(sorted(listed)), opens, limits)


@pytest.mark.parametrize("whole", [4_000, -1], ids=["one model", "relaxations alone"])
@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=with_relaxations())
def test_the_repairs_are_all_the_cheapest_that_work(
    monkeypatch: pytest.MonkeyPatch, whole: int, case: tuple[Demands, Relaxations]
) -> None:
    monkeypatch.setattr(repair_module, "WHOLE", whole)
    demands, relaxations = case
    works = {repair for repair, good in _every_repair(demands, relaxations).items() if good}
    found = find_repairs(demands, relaxations, most=1000)
    if not works:
        assert found.state is RepairState.IMPOSSIBLE
        return
    assert found.state is RepairState.CHEAPEST
    assert found.complete
    assert len(set(found.repairs)) == len(found.repairs)
    assert set(found.repairs) == works
    assert found.bound == min(repair.price for repair in works)


def test_to_leave_out_one_may_free_a_rival_that_stays_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair_module, "WHOLE", -1)
    demands = list_demands(
        make_problem(
            np.zeros((3, 1), np.int64),
            may_stay=[False, True, False],
            max_load=3,
            must_link=[(0, 1)],
            cannot_link=[(1, 2)],
        )
    )  # 1 is placed only because it stays with 0, and then meets its rival 2 at the one host
    out = Relaxation(Demand(DemandKind.PLACED, 0), 5, 1, "unassigned")
    found = find_repairs(demands, Relaxations((out,), _none_open(demands), {}))
    assert (found.state, found.bound) == (RepairState.CHEAPEST, 5)


def test_one_link_may_free_two_rivals_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair_module, "WHOLE", -1)
    rivals = [(i, k) for i in range(4) for k in range(i + 1, 4)]
    demands = list_demands(
        make_problem(
            np.zeros((5, 2), np.int64),
            may_stay=[True, True, False, False, False],
            max_load=5,
            must_link=[(0, 4), (1, 4)],
            cannot_link=rivals,
        )
    )  # of four rivals two must be placed only because they stay with the fifth school
    out = Relaxation(Demand(DemandKind.PLACED, 4), 7, 1, "unassigned")
    found = find_repairs(demands, Relaxations((out,), _none_open(demands), {}))
    assert (found.state, found.bound) == (RepairState.CHEAPEST, 7)


def test_a_host_too_small_for_one_of_the_rivals_may_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair_module, "WHOLE", -1)
    demands = list_demands(
        make_problem(
            np.zeros((2, 2), np.int64), demand=[2, 2], may_stay=False, max_load=[2, 1], cannot_link=[(0, 1)]
        )
    )
    more = Relaxation(Demand(DemandKind.MOST, host=1), 3, 1, "places")
    found = find_repairs(demands, Relaxations((more,), _none_open(demands), {}))
    assert (found.state, found.bound) == (RepairState.CHEAPEST, 3)


def _two_places_short() -> Demands:
    return list_demands(make_problem(np.zeros((4, 2), np.int64), may_stay=False, max_load=1))


def _none_open(demands: Demands) -> np.ndarray[tuple[int, int], np.dtype[np.uint16]]:
    return np.zeros_like(demands.bars.mask)


def test_other_forms_come_before_others_of_the_same_form() -> None:
    demands = _two_places_short()
    places = [Relaxation(Demand(DemandKind.MOST, host=host), 2, 2, "places") for host in range(2)]
    out = [Relaxation(Demand(DemandKind.PLACED, mentee), 2, 1, "unassigned") for mentee in range(4)]
    found = find_repairs(
        demands, Relaxations(tuple(sorted([*places, *out])), _none_open(demands), {}), most=4
    )
    forms = [repair.form for repair in found.repairs]
    assert len(set(forms[:3])) == 3  # two places, two left out, one of each
    assert forms[3] in forms[:3]
    assert not found.complete
    assert {repair.price for repair in found.repairs} == {4}


def test_where_the_limits_allow_no_repair_it_is_said_as_a_proof() -> None:
    demands = _two_places_short()
    places = tuple(Relaxation(Demand(DemandKind.MOST, host=host), 2, 2, "places") for host in range(2))
    found = find_repairs(demands, Relaxations(places, _none_open(demands), {"places": 1}))
    assert (found.state, found.repairs) == (RepairState.IMPOSSIBLE, ())


def test_a_search_that_runs_out_of_work_does_not_claim_to_have_seen_all() -> None:
    links = [(i, k) for i in range(12) for k in range(i + 1, 12)]
    problem = make_problem(np.zeros((12, 9), np.int64), may_stay=False, cannot_link=links)
    waive = tuple(Relaxation(Demand(DemandKind.APART, i, k), 5, 1, "rivalry") for i, k in links)
    demands = list_demands(problem)
    found = find_repairs(
        demands,
        Relaxations(waive, _none_open(demands), {}),
        settings=SolveSettings(work_limit=1e-6),
    )
    assert found.state in (RepairState.UNSETTLED, RepairState.FOUND)
    assert not found.complete


def test_rivals_of_a_large_clique_are_waived_as_few_as_there_are_pigeons() -> None:
    rivals, hosts = 12, 9
    links = [(i, k) for i in range(rivals) for k in range(i + 1, rivals)]
    demands = list_demands(
        make_problem(np.zeros((rivals, hosts), np.int64), may_stay=False, cannot_link=links)
    )
    waive = tuple(Relaxation(Demand(DemandKind.APART, i, k), 5, 1, "rivalry") for i, k in links)
    found = find_repairs(demands, Relaxations(waive, _none_open(demands), {}), most=2)
    assert found.state is RepairState.CHEAPEST
    assert found.bound == 3 * 5


def test_a_hard_weighted_row_is_refused() -> None:
    row = Row("budget", np.ones((4, 2), np.int64), np.zeros(2, np.int64), None, 1)
    demands = list_demands(make_problem(np.zeros((4, 2), np.int64), may_stay=False, rows=[row]))
    with pytest.raises(ValueError, match="weighted rows"):
        find_repairs(demands, Relaxations((), _none_open(demands), {}))


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=with_relaxations())
def test_who_is_concerned_chosen_anew_by_a_plan_costs_no_more_than_the_cheapest(
    monkeypatch: pytest.MonkeyPatch, case: tuple[Demands, Relaxations]
) -> None:
    monkeypatch.setattr(repair_module, "WHOLE", -1)
    monkeypatch.setattr(repair_module, "SINGLES", 0)
    monkeypatch.setattr(repair_plan, "MANY", 0)
    works = {repair for repair, good in _every_repair(*case).items() if good}
    found = find_repairs(*case, most=1)
    assert found.state is (RepairState.CHEAPEST if works else RepairState.IMPOSSIBLE)
    assert set(found.repairs) <= works
    assert found.bound == min((repair.price for repair in works), default=0)


def test_who_stays_out_is_chosen_by_a_plan_where_counting_could_choose_rivals() -> None:
    rivals = [(i, i + 1) for i in range(0, 40, 2)]
    demands = list_demands(
        make_problem(np.zeros((40, 1), np.int64), may_stay=False, max_load=20, cannot_link=rivals)
    )  # of each two rivals one must stay out, of which counting places knows nothing
    out = tuple(Relaxation(Demand(DemandKind.PLACED, at), 5, 1, "unassigned") for at in range(40))
    relaxations = Relaxations(out, _none_open(demands), {"unassigned": 20})
    counted = Repair(tuple((one, 1) for one in out[:20]), 100)
    found = repair_plan.replanned(demands, relaxations, counted)
    assert found is not None
    assert found.price == 100
    left_out = {one.demand.mentee for one, _ in found.uses}
    assert all(len({i, k} & left_out) == 1 for i, k in rivals)


def test_a_plan_that_goes_beyond_a_limit_is_no_repair() -> None:
    rivals = [(i, k) for i in range(14) for k in range(i + 1, 14)]
    demands = list_demands(
        make_problem(np.zeros((14, 1), np.int64), may_stay=False, max_load=1, cannot_link=rivals)
    )
    out = tuple(Relaxation(Demand(DemandKind.PLACED, at), 5, 1, "unassigned") for at in range(14))
    counted = Repair(tuple((one, 1) for one in out[:13]), 65)
    limits = {"unassigned": 12}
    assert repair_plan.replanned(demands, Relaxations(out, _none_open(demands), limits), counted) is None

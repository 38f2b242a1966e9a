"""Missing places: the price of the cheapest choice, worked out by hand, and what limits do to it."""

from __future__ import annotations

import numpy as np

from matcher.problem import make_problem
from matcher.questions.demands import Demand, DemandKind, Demands, list_demands
from matcher.questions.oracle import Oracle
from matcher.questions.relaxing import Relaxation, Relaxations
from matcher.questions.repair_flow import PlacesModel
from matcher.questions.repaired import Repair
from matcher.result import SolveStatus


def _two_places_short() -> Demands:
    return list_demands(make_problem(np.zeros((4, 2), np.int64), may_stay=False, max_load=1))


def _offered(demands: Demands, limits: dict[str, int]) -> Relaxations:
    places = [Relaxation(Demand(DemandKind.MOST, host=host), 2, 2, "places") for host in range(2)]
    out = [Relaxation(Demand(DemandKind.PLACED, mentee), 5, 1, "unassigned") for mentee in range(4)]
    return Relaxations(tuple(sorted([*places, *out])), np.zeros_like(demands.bars.mask), limits)


def test_each_missing_place_costs_the_cheapest_that_gives_one() -> None:
    demands = _two_places_short()
    model = PlacesModel(demands, _offered(demands, {}))
    found = model.choose()
    assert isinstance(found, Repair)
    assert (found.price, found.form) == (4, (("places", 2),))
    assert model.bound() == 4


def test_a_limit_makes_the_next_cheapest_pay_and_the_bound_knows_it() -> None:
    demands = _two_places_short()
    model = PlacesModel(demands, _offered(demands, {"places": 1}))
    found = model.choose()
    assert isinstance(found, Repair)
    assert (found.price, found.form) == (7, (("places", 1), ("unassigned", 1)))
    assert model.bound() == 7


def test_a_cut_makes_a_repair_pay_for_what_places_do_not_show() -> None:
    demands = _two_places_short()
    offered = _offered(demands, {})
    model = PlacesModel(demands, offered)
    left_out = tuple((one, 0) for one in offered.listed if one.group == "unassigned")
    model.require([(left_out, 1)])
    found = model.choose()
    assert isinstance(found, Repair)
    assert (found.price, model.bound()) == (7, 7)


def test_limits_that_leave_too_few_places_leave_no_choice() -> None:
    demands = _two_places_short()
    model = PlacesModel(demands, _offered(demands, {"places": 1, "unassigned": 0}))
    assert model.choose() is SolveStatus.INFEASIBLE


def test_a_check_beyond_the_budget_is_unsettled_and_not_guessed() -> None:
    demands = _two_places_short()
    assert Oracle(demands, budget=0.0).feasible(demands.everything()) is None
    assert Oracle(demands).feasible(demands.everything()) is False


def test_limits_that_cannot_suffice_are_found_by_counting_alone() -> None:
    demands = _two_places_short()
    assert PlacesModel(demands, _offered(demands, {"places": 1, "unassigned": 0})).impossible()
    assert not PlacesModel(demands, _offered(demands, {"places": 1, "unassigned": 1})).impossible()


def test_a_limit_and_a_cut_that_contradict_each_other_are_found_by_counting() -> None:
    demands = _two_places_short()
    offered = _offered(demands, {"unassigned": 2})
    model = PlacesModel(demands, offered)
    model.require([(tuple((one, 0) for one in offered.listed if one.group == "unassigned"), 3)])
    assert model.impossible()


def test_a_mentee_who_reaches_no_host_and_may_not_stay_out_is_counted_as_impossible() -> None:
    problem = make_problem(np.zeros((1, 1), np.int64), eligible=[[False]], may_stay=False)
    demands = list_demands(problem)
    places = (Relaxation(Demand(DemandKind.MOST, host=0), 2, 1, "places"),)
    assert PlacesModel(demands, Relaxations(places, np.zeros_like(demands.bars.mask), {})).impossible()

"""What every solver must keep, checked on each against a brute-force oracle."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.problem import Composition, LoadTarget, Problem, Quota, Row, make_problem
from matcher.result import Progress, Result, SolveStatus
from matcher.solution import Solution, evaluate
from matcher.solvers import Solver, SolveSettings, judge, solve
from matcher.solvers.branch_and_price import BranchAndPriceSolver
from matcher.solvers.cp_sat import CpSatSolver
from matcher.solvers.flow import FlowSolver
from matcher.solvers.flow_fixing import FlowFixingSolver
from matcher.solvers.relaxed import relax
from matcher.solvers.set_partition import SetPartitionSolver
from tests.solvers.naive import brute_force
from tests.solvers.strategies import flow_problems, problems

GENERAL: tuple[Solver, ...] = (
    FlowFixingSolver(),
    SetPartitionSolver(),
    BranchAndPriceSolver(),
    CpSatSolver(),
)
SOLVERS: tuple[Solver, ...] = (FlowSolver(), *GENERAL)

every_solver = pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: solver.name)
general_solver = pytest.mark.parametrize("solver", GENERAL, ids=lambda solver: solver.name)


def quick(examples: int) -> settings:
    return settings(
        max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )


def agrees_with_brute_force(problem: Problem, result: Result) -> None:
    best = brute_force(problem)
    judge(problem, result)
    if best is None:
        assert result.status is SolveStatus.INFEASIBLE
        assert result.host_of is None
        assert result.objective is None
        assert result.bound is None
    else:
        assert result.status is SolveStatus.OPTIMAL
        assert result.objective == result.bound == best[0]


def takes(solver: Solver, problem: Problem) -> Problem:
    """The problem, or as much of it as the solver does not refuse."""
    less = problem
    hard = [rule for rule in problem.compositions if rule.price is None and rule.at_least is None]
    for less in (
        problem,
        replace(problem, rows=(), quotas=()),
        replace(
            relax(problem),
            cannot_link=problem.cannot_link,
            must_link=problem.must_link,
            cohesion_pair=np.empty((0, 2), np.int64),
            cohesion_value=np.empty(0, np.int64),
            compositions=tuple(hard),
            rows=tuple(row for row in problem.rows if row.price is None and not row.open_weight.any()),
        ),
    ):
        if solver.refusal(less) is None:
            break
    if solver.refusal(less) is not None:
        assume(False)
    return less


@general_solver
@quick(60)
@given(problem=problems())
def test_a_general_solver_agrees_with_brute_force(solver: Solver, problem: Problem) -> None:
    problem = takes(solver, problem)
    agrees_with_brute_force(problem, solver.solve(problem, SolveSettings()))


@every_solver
@quick(60)
@given(problem=flow_problems())
def test_every_solver_agrees_with_brute_force_where_only_pairs_and_loads_matter(
    solver: Solver, problem: Problem
) -> None:
    assert solver.refusal(problem) is None
    agrees_with_brute_force(problem, solver.solve(problem, SolveSettings()))


@quick(100)
@given(problem=problems())
def test_the_dispatcher_agrees_with_brute_force(problem: Problem) -> None:
    agrees_with_brute_force(problem, solve(problem))


@pytest.mark.slow
@quick(3000)
@given(problem=st.one_of(problems(max_mentees=6), flow_problems(max_mentees=6)))
def test_every_solver_and_the_dispatcher_agree_with_brute_force_on_thousands(problem: Problem) -> None:
    agrees_with_brute_force(problem, solve(problem))
    for solver in SOLVERS:
        if solver.refusal(problem) is None:
            agrees_with_brute_force(problem, solver.solve(problem, SolveSettings()))


@general_solver
@quick(15)
@given(problem=problems())
def test_the_same_problem_gives_the_same_plan_twice_and_stays_unchanged(
    solver: Solver, problem: Problem
) -> None:
    problem = takes(solver, problem)
    before = {item.name: np.array(getattr(problem, item.name), dtype=object) for item in fields(problem)}
    first = solver.solve(problem, SolveSettings())
    second = solver.solve(problem, SolveSettings())
    assert np.array_equal(plan(first), plan(second))
    assert (first.status, first.work) == (second.status, second.work)
    for name, value in before.items():
        assert np.array_equal(value, np.array(getattr(problem, name), dtype=object)), name


def plan(result: Result) -> list[int]:
    return [] if result.host_of is None else result.host_of.tolist()


@general_solver
@quick(30)
@given(problem=problems(), data=st.data())
def test_renumbering_mentees_and_hosts_keeps_the_objective(
    solver: Solver, problem: Problem, data: st.DataObject
) -> None:
    problem = takes(solver, problem)
    mentees = np.array(data.draw(st.permutations(range(problem.n_mentees))), dtype=np.int64)
    hosts = np.array(data.draw(st.permutations(range(problem.n_hosts))), dtype=np.int64)
    other = renumbered(problem, mentees, hosts)
    given_one, given_other = (solver.solve(p, SolveSettings()) for p in (problem, other))
    assert given_one.status is given_other.status
    assert given_one.objective == given_other.objective


def renumbered(problem: Problem, mentees: np.ndarray, hosts: np.ndarray) -> Problem:
    """The same problem where old mentee i is ``mentees[i]``, old host j is ``hosts[j]``."""
    pairs = list(zip(mentees[problem.pair_mentee].tolist(), hosts[problem.pair_host].tolist(), strict=True))
    demand = np.ones((problem.n_mentees, problem.n_hosts), np.int64)
    for pair, places in zip(pairs, problem.pair_demand.tolist(), strict=True):
        demand[pair] = places
    old_mentee, old_host = np.argsort(mentees), np.argsort(hosts)
    target = problem.load_target
    links = [tuple(pair) for pair in mentees[problem.cohesion_pair].tolist()]
    return make_problem(
        dict(zip(pairs, problem.pair_value.tolist(), strict=True)),
        n_mentees=problem.n_mentees,
        n_hosts=problem.n_hosts,
        demand=demand,
        min_load=problem.min_load[old_host],
        max_load=problem.max_load[old_host],
        must_open=problem.must_open[old_host],
        open_cost=problem.open_cost[old_host],
        may_stay=problem.may_stay[old_mentee],
        unassigned_cost=problem.unassigned_cost[old_mentee],
        cannot_link=mentees[problem.cannot_link],
        must_link=mentees[problem.must_link],
        locked=[(int(mentees[i]), int(hosts[j])) for i, j in problem.locked],
        cohesion=dict(zip(links, problem.cohesion_value.tolist(), strict=True)),
        compositions=[
            Composition(
                rule.key,
                rule.members[old_mentee],
                rule.hosts[old_host],
                rule.at_least,
                rule.at_most,
                rule.price,
            )
            for rule in problem.compositions
        ],
        quotas=[
            Quota(
                quota.key,
                quota.kind,
                quota.members[old_mentee],
                quota.hosts[old_host],
                quota.at_least,
                quota.at_most,
                quota.price,
            )
            for quota in problem.quotas
        ],
        rows=[
            Row(
                row.key,
                spread(row.pair_weight, pairs, demand.shape),
                row.open_weight[old_host],
                row.at_least,
                row.at_most,
                row.price,
            )
            for row in problem.rows
        ],
        load_target=None
        if target is None
        else LoadTarget(target.low[old_host], target.high[old_host], target.under_price, target.over_price),
        constant=problem.constant,
    )


def spread(weights: np.ndarray, pairs: list[tuple[int, int]], shape: tuple[int, ...]) -> np.ndarray:
    """Weights of pairs as a matrix."""
    matrix = np.zeros(shape, np.int64)
    for pair, weight in zip(pairs, weights.tolist(), strict=True):
        matrix[pair] = weight
    return matrix


@every_solver
def test_no_mentees_leave_an_empty_plan_worth_the_constant(solver: Solver) -> None:
    problem = make_problem(np.zeros((0, 2), np.int64), constant=7)
    result = solver.solve(problem, SolveSettings())
    assert (result.status, result.objective, plan(result)) == (SolveStatus.OPTIMAL, 7, [])


@every_solver
def test_without_hosts_everybody_stays_and_is_paid_for(solver: Solver) -> None:
    problem = make_problem(np.zeros((3, 0), np.int64), unassigned_cost=[1, 2, 3])
    result = solver.solve(problem, SolveSettings())
    assert (result.objective, plan(result)) == (-6, [-1, -1, -1])


@every_solver
def test_a_mentee_that_must_be_placed_without_a_host_is_infeasible(solver: Solver) -> None:
    problem = make_problem(np.zeros((1, 0), np.int64), may_stay=False)
    assert solver.solve(problem, SolveSettings()).status is SolveStatus.INFEASIBLE


@every_solver
def test_equal_values_everywhere_still_fill_every_place(solver: Solver) -> None:
    problem = make_problem(np.full((6, 3), 5), max_load=2, unassigned_cost=1)
    result = solver.solve(problem, SolveSettings())
    assert result.objective == 30
    assert sorted(plan(result)) == [0, 0, 1, 1, 2, 2]


@every_solver
def test_too_few_places_are_said_to_be_infeasible(solver: Solver) -> None:
    problem = make_problem(np.ones((3, 2), np.int64), max_load=1, may_stay=False)
    result = solver.solve(problem, SolveSettings())
    assert (result.status, result.host_of, result.bound) == (SolveStatus.INFEASIBLE, None, None)


@every_solver
def test_a_locked_pair_that_is_not_eligible_is_infeasible(solver: Solver) -> None:
    problem = make_problem([[1, 1]], eligible=[[True, False]], locked=[(0, 1)])
    assert solver.solve(problem, SolveSettings()).status is SolveStatus.INFEASIBLE


@every_solver
def test_a_mentee_locked_to_two_hosts_is_infeasible(solver: Solver) -> None:
    problem = make_problem([[1, 1]], locked=[(0, 0), (0, 1)])
    assert solver.solve(problem, SolveSettings()).status is SolveStatus.INFEASIBLE


@every_solver
def test_a_host_that_must_lead_but_cannot_reach_its_minimum_is_infeasible(solver: Solver) -> None:
    problem = make_problem([[9], [9]], min_load=3, max_load=4, must_open=True)
    assert solver.solve(problem, SolveSettings()).status is SolveStatus.INFEASIBLE


@every_solver
def test_values_near_the_limit_of_exactness_are_added_up_to_the_unit(solver: Solver) -> None:
    big = 2**48
    problem = make_problem([[big, big - 1], [big - 2, big - 4]], max_load=1)
    result = solver.solve(problem, SolveSettings())
    assert result.objective == 2 * big - 3
    assert result.bound == result.objective


@general_solver
@quick(30)
@given(problem=problems())
def test_a_warm_start_is_never_made_worse_even_without_any_work(solver: Solver, problem: Problem) -> None:
    problem = takes(solver, problem)
    best = brute_force(problem)
    if best is None:
        return
    result = solver.solve(problem, SolveSettings(work_limit=0.0), warm_start=best[1])
    assert result.objective == best[0]
    judge(problem, result)


@every_solver
def test_an_infeasible_warm_start_is_not_passed_off_as_a_plan(solver: Solver) -> None:
    problem = make_problem(np.ones((2, 1), np.int64), max_load=1)
    result = solver.solve(problem, SolveSettings(), warm_start=Solution(np.array([0, 0])))
    assert result.objective == 1
    assert evaluate(problem, Solution(np.array(plan(result)))).is_feasible


@every_solver
def test_progress_is_reported_with_incumbent_and_bound(solver: Solver) -> None:
    problem = make_problem([[3, 1], [1, 2]], max_load=1)
    seen: list[Progress] = []
    solver.solve(problem, SolveSettings(), on_progress=seen.append)
    assert (seen[-1].incumbent, seen[-1].bound, seen[-1].gap) == (5, 5, 0.0)


@every_solver
def test_the_versions_of_what_computed_it_travel_with_the_result(solver: Solver) -> None:
    result = solver.solve(make_problem([[1]]), SolveSettings(seed=5))
    assert set(result.versions) == {"matcher", "numpy", "ortools"}
    assert result.seed == 5

"""What is particular to the CP-SAT model and its search."""

from __future__ import annotations

import math

import pytest
from ortools.sat.python import cp_model

from matcher.exceptions import MatcherError
from matcher.result import SolveStatus, StoppedBy
from matcher.solvers import SolveSettings
from matcher.solvers.cp_sat.constraints import clique_cover
from matcher.solvers.cp_search import search, whole_bound


def test_a_clique_cover_covers_every_edge_and_nothing_else() -> None:
    edges = {(0, 1), (0, 2), (1, 2), (2, 3), (4, 5), (3, 5)}
    neighbours = {i: {a + b - i for a, b in edges if i in (a, b)} for i in range(6)}
    cliques = clique_cover(neighbours)
    covered = {(a, b) for clique in cliques for a in clique for b in clique if a < b}
    assert covered == edges
    assert [0, 1, 2] in cliques


def test_a_bound_is_rounded_down_but_never_below_a_lost_last_digit() -> None:
    assert whole_bound(7.9) == 7
    assert whole_bound(-7.1) == -8
    assert whole_bound(7.9999999999) == 8
    assert whole_bound(float(2**53 - 1)) == 2**53 - 1


def test_an_infinite_bound_is_unknown_not_a_number() -> None:
    assert whole_bound(math.inf) is None
    assert whole_bound(-math.inf) is None


def test_no_plan_within_the_limit_is_unknown_and_has_no_bound() -> None:
    model = cp_model.CpModel()
    holes = [[model.new_bool_var("") for _ in range(11)] for _ in range(12)]  # pigeons: hard to refute
    for row in holes:
        model.add_bool_or(row)
    for at in range(11):
        for first in range(12):
            for second in range(first):
                model.add_bool_or([~holes[first][at], ~holes[second][at]])
    model.maximize(sum(holes[0]))
    outcome = search(model, [], SolveSettings(work_limit=0.0), stage="test")
    assert outcome.status is SolveStatus.UNKNOWN
    assert outcome.stopped_by is StoppedBy.WORK_LIMIT
    assert (outcome.objective, outcome.bound) == (None, None)


def test_a_model_that_cp_sat_rejects_is_an_error_not_a_status() -> None:
    model = cp_model.CpModel()
    literal = model.new_bool_var("")
    model.maximize(literal)
    model.add(2**62 * literal + 2**62 * model.new_int_var(0, 2**40, "") <= 5)  # overflows
    with pytest.raises(MatcherError, match="MODEL_INVALID"):
        search(model, [literal], SolveSettings(), stage="test")

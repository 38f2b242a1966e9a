"""Limits on sums over the whole plan in words, and which method proved what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.analysis.build import build_document
from matcher.encoding import Encoding, encode
from matcher.exceptions import RefereeError
from matcher.problem import SCALE, Row, make_problem
from matcher.solvers import SolveSettings
from matcher.solvers.dispatch import solve
from matcher.solvers.local_search import LocalSearchSolver
from matcher.solvers.methods import SOLVERS
from tests.analysis.plans import result_of, rule, solved
from tests.encoding.builders import intake, school, wish, wish_policy


def with_budget(most: int, price: int | None) -> Encoding:
    """One mentee, one mentor, whose pair costs 10 of a budget."""
    encoding = encode(intake(school("a"), school("m1"), wishes=wish("a", "m1")), wish_policy())
    budget = Row("travel", np.array([10], np.int64), np.zeros(1, np.int64), None, most, price)
    return replace(encoding, problem=replace(encoding.problem, rows=(budget,)))


def test_a_limit_that_is_kept_is_reported_with_its_ends() -> None:
    encoding = with_budget(12, None)
    row = rule(build_document(encoding, result_of(encoding, {"a": "m1"}), (), policy_sha256=""), "row:travel")
    assert row.statement == "The sum of “travel” over the plan is at most 12."
    assert (row.label, row.holds, row.checked, row.price) == ("travel", True, 1, None)


def test_a_soft_limit_that_is_missed_says_by_how_much_and_what_it_costs() -> None:
    encoding = with_budget(7, 2 * SCALE)
    row = rule(build_document(encoding, result_of(encoding, {"a": "m1"}), (), policy_sha256=""), "row:travel")
    assert (row.holds, row.price) == (False, 2)
    (broken,) = row.broken
    assert broken.detail == "The sum over the plan misses the limit “travel” by 3."
    assert broken.price == 6


def test_a_hard_limit_that_is_missed_is_no_plan() -> None:
    encoding = with_budget(7, None)
    with pytest.raises(RefereeError, match="row:travel"):
        build_document(encoding, result_of(encoding, {"a": "m1"}), (), policy_sha256="")


def test_the_document_names_the_method_and_its_reason() -> None:
    one = intake(school("a"), school("m1"), wishes=wish("a", "m1"))
    encoding, result = solved(one, wish_policy())
    proof = build_document(encoding, result, (), policy_sha256="").proof
    assert proof.method == "flow"
    assert proof.method_reason == "flow: only pair values and loads matter"


@pytest.mark.parametrize("method", [*SOLVERS, "local-search"])
def test_every_method_gives_its_reason_in_plain_words(method: str) -> None:
    problem, settings = make_problem([[3, 1], [1, 2]], max_load=1), SolveSettings(work_limit=0.005)
    if method == "local-search":
        reason = LocalSearchSolver().solve(problem, settings).reason
    else:
        reason = solve(problem, settings, method=method).reason.removeprefix(f"{method}: ")
    assert len(reason.split()) >= 5
    assert reason[0].islower()
    assert not set(reason) & set("_{}[]<>=.")

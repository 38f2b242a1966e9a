from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.analysis.build import build_document
from matcher.analysis.proof import proof_of
from matcher.analysis.shares import shares_in_units
from matcher.encoding import encode
from matcher.exceptions import RefereeError
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.result import SolveStatus, StoppedBy
from matcher.solution.data import Solution
from matcher.solution.referee import evaluate
from matcher.solvers import solve
from tests.analysis.plans import result_of
from tests.encoding.builders import intake, link, school, wish, wish_policy

ENCODING = encode(intake(school("a"), school("m1"), wishes=wish("a", "m1")), wish_policy())
BEST = result_of(ENCODING, {"a": "m1"})
EVALUATION = evaluate(ENCODING.problem, Solution(np.array([0], dtype=np.int64)))


def test_an_optimal_plan_is_said_to_be_the_best_there_is() -> None:
    proof = proof_of(BEST, EVALUATION, {})
    assert (proof.status, proof.objective, proof.bound, proof.gap) == ("optimal", 100, 100, 0)
    assert proof.sentence.startswith("This is the best plan there is")
    assert "no other plan that keeps all hard rules is better" in proof.sentence
    assert "all hard rules hold" in proof.referee


def test_each_independent_part_says_where_it_is_and_which_method_proved_it() -> None:
    schools = [school("a"), school("m1"), school("b", country="IT"), school("m2", country="IT")]
    encoding = encode(intake(*schools), Policy())
    parts = build_document(encoding, solve(encoding.problem), (), policy_sha256="").proof.parts
    assert {(part.where, part.mentees, part.mentors, part.status) for part in parts} == {
        ("Croatia", 1, 1, "optimal"),
        ("Italy", 1, 1, "optimal"),
    }
    assert {part.method for part in parts} == {"flow"}


@pytest.mark.parametrize(
    ("stopped_by", "words"),
    [
        (StoppedBy.WORK_LIMIT, "limit of work"),
        (StoppedBy.TIME_LIMIT, "limit of time"),
        (StoppedBy.GAP, "as close to the best possible as the policy asks for"),
        (StoppedBy.INTERRUPT, "interrupted"),
        (StoppedBy.NO_IMPROVEMENT, "nothing better"),
        (StoppedBy.FIRST_FEASIBLE, "first plan"),
    ],
)
def test_a_plan_with_a_gap_says_how_much_could_be_gained_and_what_stopped_it(
    stopped_by: StoppedBy, words: str
) -> None:
    result = replace(BEST, status=SolveStatus.FEASIBLE, bound=110 * SCALE, stopped_by=stopped_by)
    proof = proof_of(result, EVALUATION, {})
    assert (proof.status, proof.gap) == ("feasible", 0.1)
    assert "none gains more than 10 points (10.00 % of its value)" in proof.sentence
    assert words in proof.sentence


def test_an_unknown_bound_is_said_to_be_unknown() -> None:
    result = replace(BEST, status=SolveStatus.FEASIBLE, bound=None, stopped_by=StoppedBy.WORK_LIMIT)
    proof = proof_of(result, EVALUATION, {})
    assert (proof.bound, proof.gap, proof.bound_units) == (None, None, None)
    assert "is not known" in proof.sentence


@pytest.mark.parametrize(
    "claim",
    [
        {"objective": 101 * SCALE},
        {"bound": 99 * SCALE, "status": SolveStatus.FEASIBLE},
        {"bound": 101 * SCALE},
        {"status": SolveStatus.INFEASIBLE},
    ],
)
def test_a_false_claim_is_refused(claim: dict[str, Any]) -> None:
    with pytest.raises(RefereeError):
        build_document(ENCODING, replace(BEST, **claim), (), policy_sha256="")


def test_a_plan_that_breaks_a_hard_rule_is_refused() -> None:
    rivals = intake(school("a"), school("b"), school("m1"), links=(link("rivalry", "a", "b"),))
    encoding = encode(rivals, wish_policy())
    with pytest.raises(RefereeError, match="cannot-link"):
        build_document(encoding, result_of(encoding, {"a": "m1", "b": "m1"}), (), policy_sha256="")


@given(st.lists(st.floats(0, 100), min_size=1, max_size=11))
def test_rounded_shares_always_add_up_to_the_score(points: list[float]) -> None:
    values = np.array(points)
    units = int(np.rint(values.sum() * SCALE))
    shares = shares_in_units(values, units)
    assert sum(shares) == units
    assert all(abs(share - value * SCALE) <= 1.5 for share, value in zip(shares, points, strict=True))


def test_points_that_do_not_make_the_score_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        shares_in_units(np.array([1.0, 2.0]), 5 * SCALE)

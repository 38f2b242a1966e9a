"""Lots: drawn from the seed alone, and never worth more than what they break the tie of."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from matcher.encoding import Encoding, encode
from matcher.encoding.lottery import draw_lot, lot_units, rounded_to_step
from matcher.exceptions import UsageError
from matcher.features.pairs import PairList
from matcher.pipeline import match
from matcher.policy.lottery import Lottery
from matcher.policy.model import Policy
from matcher.runs.verify import verify_run
from matcher.solution import Solution, evaluate
from matcher.solvers import solve
from tests.encoding.builders import intake, school, wish, wish_policy
from tests.routes.runs import policy as small_policy
from tests.routes.runs import write_small_run

STEP = 1_000_000
# four schools alike and two places: any two of the four, with either mentor, are worth the same
SAME = intake(*(school(one) for one in ("a", "b", "c", "d", "m1", "m2")))
RULES = {"load": {"min": 0, "max": 1}, "unassigned": {"price": 10}}


def lots(seed: str = "seed", **parts: Any) -> Policy:
    return wish_policy(rules=RULES | parts.pop("rules", {}), lottery={"seed": seed}, **parts)


def placed(encoding: Encoding) -> tuple[tuple[str, str], ...]:
    result = solve(encoding.problem)
    assert result.host_of is not None
    ends = zip(encoding.mentee_ids, result.host_of.tolist(), strict=True)
    return tuple((mentee, encoding.host_ids[host]) for mentee, host in ends if host >= 0)


def test_a_lot_is_what_anybody_can_draw_again() -> None:
    digest = hashlib.sha256(b"2026-05-04|IT-001|IT-101").hexdigest()
    assert draw_lot("2026-05-04", "IT-001", "IT-101") == int(digest[:16], 16)


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=8), st.integers(1, 40), st.integers(1, 4))
def test_the_lots_of_a_whole_plan_never_reach_a_step(seed: str, n_mentees: int, n_hosts: int) -> None:
    mentees, hosts = [f"e{at}" for at in range(n_mentees)], [f"m{at}" for at in range(n_hosts)]
    pairs = PairList.every(n_mentees, n_hosts)
    for step in (1.0, 0.001):
        drawn = lot_units(Lottery(seed=seed, round_points=step), mentees, hosts, pairs)
        assert int(drawn.min()) >= 0
        best = drawn.reshape(n_mentees, n_hosts).max(axis=1)
        assert int(best.sum()) < step * STEP


def test_every_score_is_a_whole_number_of_steps_and_its_parts_add_up() -> None:
    named = intake(*(school(one) for one in ("a", "b", "m1", "m2", "m3")), wishes=wish("a", "m1", "m2", "m3"))
    encoding = encode(named, lots(cohesion={"points_per_pair": 2.5}))
    assert encoding.pair_score[:3].tolist() == [100 * STEP, 75 * STEP, 56 * STEP]  # the third choice: 56.25
    assert (encoding.pair_score % STEP == 0).all()
    assert (encoding.cohesion_points % STEP == 0).all()
    assert np.abs(encoding.scores.points.sum(axis=0) * STEP - encoding.pair_score).max() < 1
    assert rounded_to_step(Lottery(seed="x"), np.array([1_499_999, 1_500_000])).tolist() == [STEP, 2 * STEP]


def test_a_lot_never_beats_a_step_of_points() -> None:
    # one place in all: two pairs are first choices, worth 100 points, and one a second choice, worth 75
    better = intake(
        *(school(one) for one in ("a", "b", "m1", "m2")), wishes=(*wish("a", "m2", "m1"), *wish("b", "m1"))
    )
    rules = {"quotas": [{"label": "One", "counts": "mentees", "at_most": 1, "strength": "hard"}]}
    for number in range(20):
        encoding = encode(better, lots(f"seed {number}", rules=rules))
        ((mentee, host),) = placed(encoding)
        at = encoding.problem.pair_index[encoding.mentee_ids.index(mentee), encoding.host_ids.index(host)]
        assert encoding.pair_score[at] == 100 * STEP


def test_over_the_seeds_every_tied_plan_is_drawn() -> None:
    seen = {placed(encode(SAME, lots(f"seed {number}"))) for number in range(120)}
    assert len(seen) == 4 * 3  # any two of the four, with either mentor


def test_the_order_of_rows_does_not_matter_and_the_same_seed_gives_the_same_bytes() -> None:
    turned = SAME.model_copy(update={"schools": SAME.schools[::-1], "preferences": SAME.preferences[::-1]})
    assert match(SAME, lots()).document.to_json() == match(turned, lots()).document.to_json()


def test_the_plan_is_the_best_by_points_and_then_by_lot() -> None:
    encoding = encode(SAME, lots())
    result = solve(encoding.problem)
    assert result.host_of is not None
    judged = evaluate(encoding.problem, Solution(result.host_of))
    told = match(SAME, lots()).document
    assert told.totals.lot_points == (judged.objective % STEP) / STEP
    assert told.lottery is not None
    assert told.lottery.seed == "seed"
    assert told.lottery.sentence.startswith("Ties were broken by lot. Scores count in steps of 1 point;")


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"unassigned": {"price": 10.5}}, "staying without a mentor"),
        ({"opening": {"price": 0.25}}, "forming a cluster"),
        ({"country": {"strength": "soft", "price": 2.5}}, "soft rules about pairs"),
    ],
)
def test_a_price_between_two_steps_is_refused_by_name(rules: dict[str, Any], named: str) -> None:
    abroad = intake(school("a", country="IT"), school("m1"), wishes=wish("a", "m1"))
    with pytest.raises(UsageError, match=rf"whole steps of lottery.round_points, 1\. .*{named}"):
        encode(abroad, lots(rules=rules))


def test_too_small_a_step_for_so_many_schools_is_refused() -> None:
    pairs = PairList.every(1000, 1)
    with pytest.raises(UsageError, match="too small a step for the lots of 1,000 schools"):
        lot_units(Lottery(seed="x", round_points=0.001), ["e"] * 1000, ["m"], pairs)
    with pytest.raises(ValidationError, match="at most three decimals"):
        Lottery(seed="x", round_points=0.0001)


def test_without_a_seed_nothing_is_rounded_or_drawn() -> None:
    encoding = encode(SAME, wish_policy(rules=RULES))
    assert not encoding.lots.any()
    assert match(SAME, wish_policy(rules=RULES)).document.lottery is None


def test_a_run_with_lots_verifies(tmp_path: Path) -> None:
    used = Policy.model_validate(small_policy().model_dump() | {"lottery": {"seed": "a seed"}})
    assert verify_run(write_small_run(tmp_path / "run", used)).faults == ()

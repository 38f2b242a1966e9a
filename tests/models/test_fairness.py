"""Floor, worst-off first, bounds between groups of schools and what they cost, on tiny intakes."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from matcher.analysis.conflict import conflict_sentences
from matcher.analysis.smallest import smallest_conflict
from matcher.encoding import Encoding, encode
from matcher.exceptions import InfeasibleError, UsageError
from matcher.intake.origin import Origin
from matcher.laboratory.yardstick import Yardstick
from matcher.laboratory.yardstick_rules import broken_rules
from matcher.models import find_plan
from matcher.models.fairness import _counting
from matcher.pipeline import Watch, form_clusters, match
from matcher.plan import Plan
from matcher.policy.model import Policy
from matcher.problem import SCALE
from matcher.report.fairness_table import fairness_rows
from matcher.report.html.page import render_report
from matcher.result import Progress
from matcher.rules.members import undecided
from matcher.runs.verify import verify_run
from matcher.solution import Solution, evaluate
from matcher.solvers import SolveSettings, solve
from tests.encoding.builders import intake, link, school, wish, wish_policy
from tests.routes.runs import intake as small_intake
from tests.routes.runs import policy as small_policy
from tests.routes.runs import write_small_run

ONE_PLACE = {"load": {"min": 0, "max": 1}}
# first choice 100 points, second 75, third 56.25, not named 0
THREE = intake(
    school("a", rurality="rural", pupils=90),
    school("b", rurality="rural"),
    school("c", rurality="urban", pupils=700),
    *(school(one) for one in ("m1", "m2", "m3")),
    wishes=(*wish("a", "m1", "m2"), *wish("b", "m2", "m3"), *wish("c", "m1", "m3")),
)
RURAL = {"label": "Rural and other", "members": {"rurality": ["rural"]}}


def fair(rules: dict[str, Any] | None = None, **parts: Any) -> Policy:
    return wish_policy(rules=ONE_PLACE | (rules or {}), fairness=parts)


def hosts(plan: Plan) -> dict[str, str]:
    return {row.mentee_id: row.host_id for row in plan.document.assignments}


def every_plan(encoding: Encoding) -> list[tuple[int, ...]]:
    """Every plan that keeps loads and eligibility, whatever the rows say."""
    found = []
    for plan in product(range(-1, 3), repeat=3):
        broken = evaluate(encoding.problem, Solution(np.array(plan, np.int64))).broken
        if all(one.rule.startswith("row:") for one in broken):
            found.append(plan)
    return found


def score(encoding: Encoding, mentee: int, host: int) -> Fraction:
    """Points of a mentee in a plan, 0 without a mentor."""
    if host < 0:
        return Fraction(0)
    return Fraction(int(encoding.pair_score[encoding.problem.pair_index[mentee, host]]), 1_000_000)


def test_a_pair_below_a_hard_floor_is_barred_and_the_reason_is_told() -> None:
    two = intake(
        school("a"), school("b"), school("m1"), school("m2"), wishes=(*wish("a", "m1"), *wish("b", "m1"))
    )
    free = {"unassigned": {"price": 10}}
    assert len(hosts(match(two, fair(free)))) == 2  # one of them with m2, which it did not name: 0 points
    made = match(two, fair(free, floor={"strength": "hard", "points": 50}))
    assert set(hosts(made).values()) == {"m1"}
    (left,) = made.document.unassigned
    told = [bar for option in left.options for bar in option.barred_by]
    assert told == ["Floor: the pair scores 0 of 100 points, below 50."]
    (rule,) = [rule for rule in made.document.rules if rule.key == "fairness.floor"]
    assert rule.statement == "No school is placed in a pair that scores below 50 of 100 points."
    assert (rule.holds, rule.checked) == (True, 1)


def test_a_score_on_the_floor_is_enough() -> None:
    made = match(THREE, fair({"unassigned": {"price": 10}}, floor={"strength": "hard", "points": 75}))
    assert hosts(made) == {"a": "m1", "b": "m2", "c": "m3"}


def test_a_soft_floor_costs_its_price_a_pair() -> None:
    made = match(THREE, fair(floor={"strength": "soft", "points": 76, "price": 7}))
    # 100 + 100 + 75 less 7: c is below the floor
    assert made.document.proof.objective == 268
    (rule,) = [rule for rule in made.document.rules if rule.key == "fairness.floor"]
    assert [one.detail for one in rule.broken] == ["Floor: the pair scores 75 of 100 points, below 76."]
    assert made.document.totals.penalty_points == 7


def test_a_floor_that_leaves_a_school_nobody_is_named_in_the_contradiction() -> None:
    must = {"unassigned": {"allowed": False}}
    one = intake(school("a"), school("m1"), school("m2"), wishes=wish("a", "m1"))
    encoding = encode(one, fair(must, floor={"strength": "hard", "points": 50}))
    assert conflict_sentences(encoding) == ()
    locked = intake(
        school("a"),
        school("m1"),
        school("m2"),
        wishes=wish("a", "m1"),
        links=(link("lock", "a", "m2"),),
    )
    with pytest.raises(InfeasibleError, match="Floor: the pair scores 0 of 100 points, below 50"):
        match(locked, fair(must, floor={"strength": "hard", "points": 50}))
    with pytest.raises(
        InfeasibleError, match="The rule “Floor” bars 2 of 3 mentors and “Forbidden pairs” bars 1"
    ):
        match(
            intake(school("a"), school("m1"), school("m2"), school("m3"), wishes=wish("a", "m3")).model_copy(
                update={"links": (link("forbid", "a", "m3"),)}
            ),
            fair(must, floor={"strength": "hard", "points": 50}),
        )
    crowded = intake(
        *(school(one) for one in ("a", "b", "m1", "m2")), wishes=(*wish("a", "m1"), *wish("b", "m1"))
    )
    _, _, lines = smallest_conflict(encode(crowded, fair(must, floor={"strength": "hard", "points": 50})))
    assert "The rule “Floor” bars all 2 of them from 1 mentor." in lines


def test_the_worst_off_are_raised_before_points_count() -> None:
    # a: m1 100, m2 75; b: m1 100, m2 0, as it did not name it
    two = intake(
        *(school(one) for one in ("a", "b", "m1", "m2")),
        wishes=(*wish("a", "m1", "m2"), *wish("b", "m1")),
    )
    scores = encode(two, fair()).pair_score.tolist()
    assert scores == [100_000_000, 75_000_000, 100_000_000, 0]
    made = match(two, fair(leximin={"enabled": True, "step_points": 5}, show_price=True))
    assert hosts(made) == {"a": "m2", "b": "m1"}
    first = [thing.sentence for thing in made.document.first]
    assert first == [
        "2 schools have a mentor; it is proven that no plan places more than 2.",
        "Of them, none below 5 and 1 below 80 of 100 points; from the lowest up, it is proven that no plan "
        "has fewer.",
    ]
    assert made.document.outlook is None


def test_the_price_of_fairness_is_what_the_plan_without_it_has_more() -> None:
    made = match(THREE, fair(groups=[RURAL | {"at_most": 20}], show_price=True))
    price = made.document.fairness_price
    free = match(THREE, fair())
    assert price is not None
    assert free.document.proof.objective == 275
    assert price.points == 275 - made.document.proof.objective
    assert price.points > 0
    assert (price.proven, price.placed, price.worst_score) == (True, 3, 75)
    assert price.sentence.startswith(f"Fairness costs {price.points:g} points (")


@pytest.mark.parametrize("most", [0, 10, 24.99, 25, 37.5, 60])
def test_a_bound_on_means_keeps_the_best_plan_within_it(most: float) -> None:
    encoding = encode(THREE, fair({"unassigned": {"price": 20}}, groups=[RURAL | {"at_most": most}]))

    def apart(plan: tuple[int, ...]) -> Fraction:
        own = [score(encoding, mentee, host) for mentee, host in enumerate(plan)]
        return abs((own[0] + own[1]) / 2 - own[2])

    plans = [plan for plan in every_plan(encoding) if apart(plan) <= Fraction(str(most))]
    best = max(evaluate(encoding.problem, Solution(np.array(plan, np.int64))).objective for plan in plans)
    result = solve(encoding.problem)
    assert result.objective == best
    assert result.host_of is not None
    assert tuple(result.host_of.tolist()) in plans


def test_a_bound_on_shares_placed_counts_schools() -> None:
    # one place in all: without the bound the best is one school; 50 percent of two is nearer to 0 than to 100
    one = intake(
        school("a", rurality="rural"),
        school("b", rurality="rural"),
        school("c", rurality="urban"),
        school("m1"),
        wishes=(*wish("a", "m1"), *wish("b", "m1"), *wish("c", "m1")),
    )
    bound = RURAL | {"measure": "share-placed", "at_most": 50}
    made = match(one, fair(groups=[bound]))
    assert len(hosts(made)) == 1
    assert "c" not in hosts(made)  # 0 against 100 percent would be 100 apart
    strict = match(one, fair(groups=[bound | {"at_most": 49}]))
    assert hosts(strict) == {}
    report = strict.document.fairness
    assert report is not None
    assert report.groups[0].sentence == (
        "The share placed of schools with rurality rural and of all others is the same; the policy wants at "
        "most 49 percent either way."
    )


def test_a_soft_bound_costs_its_price_a_point() -> None:
    # the best plan is 25 points apart; 5 points beyond 20 at 2 points each
    made = match(THREE, fair(groups=[RURAL | {"at_most": 20, "strength": "soft", "price": 2}]))
    assert made.document.proof.objective == pytest.approx(265)
    (rule,) = [rule for rule in made.document.rules if rule.key == "fairness.groups[0]"]
    assert [one.detail for one in rule.broken] == ["The two groups are further apart than the limit."]
    assert rule.label == "Rural and other"


def test_a_school_that_did_not_say_is_in_neither_group_and_a_missing_group_binds_nothing() -> None:
    bounds = [
        {"label": "Small", "members": {"max_pupils": 200}, "at_most": 0},
        {"label": "Nobody", "members": {"country": ["IT"]}, "at_most": 0},
    ]
    made = match(THREE, fair(groups=bounds, show_price=False))
    report = made.document.fairness
    assert report is not None
    small, nobody = report.groups
    assert (small.first.schools, small.second.schools, small.not_judged) == (1, 1, 1)
    assert undecided(THREE.mentees, fair(groups=bounds).fairness.groups[0].members).tolist() == [
        False,
        True,
        False,
    ]
    assert nobody.difference is None
    assert [row.key for row in encode(THREE, fair(groups=bounds)).problem.rows] == ["group:0:Small"]


def test_a_price_too_small_for_a_whole_number_is_refused() -> None:
    bound = RURAL | {"at_most": 5, "strength": "soft", "price": 0.0001}
    with pytest.raises(UsageError, match=r"“Rural and other”.*priced so low"):
        encode(THREE, fair(groups=[bound]))


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValidationError, match="show_price needs something that has a price"):
        fair(show_price=True)
    with pytest.raises(ValidationError, match="only one thing can come first"):
        wish_policy(stability={"mode": "fewest-blocking"}, fairness={"leximin": {"enabled": True}})


def test_a_stopped_search_for_the_worst_off_claims_nothing() -> None:
    encoding = encode(THREE, fair(leximin={"enabled": True}))
    found = find_plan(encoding, SolveSettings(), should_stop=lambda: True)
    assert found.result.bound is None
    assert not found.is_proven


@pytest.mark.parametrize(
    "parts",
    [
        {"leximin": {"enabled": True}, "show_price": True},
        {
            "floor": {"strength": "hard", "points": 30},
            "groups": [RURAL | {"at_most": 90}],
            "show_price": True,
        },
    ],
    ids=["leximin", "floor and groups"],
)
def test_a_run_with_fairness_verifies_and_shows_it(parts: dict[str, Any], tmp_path: Path) -> None:
    used = Policy.model_validate(small_policy().model_dump() | {"fairness": parts})
    folder = write_small_run(tmp_path / "run", used)
    assert verify_run(folder).faults == ()
    made = form_clusters(small_intake(), used, (), Origin(), Watch()).plan.document
    page = render_report(made)
    assert "How fair it is" in page
    assert made.fairness_price is not None
    rows = fairness_rows(made)
    assert [row["what"] for row in rows][-2:] == ["The worst-off", "Price of fairness"]


def test_a_yardstick_with_a_floor_names_the_pairs_of_another_plan_that_lie_below_it() -> None:
    yardstick = Yardstick.of(THREE, fair(floor={"strength": "hard", "points": 80}))
    own = encode(THREE, fair())
    (rule,) = broken_rules(yardstick, own, match(THREE, fair()).document, {})
    assert (rule.label, rule.must_hold, rule.breaches) == ("Floor", True, 1)
    assert rule.details == ("School c with School m3: Floor: the pair scores 75 of 100 points, below 80.",)


def test_progress_of_the_worst_off_is_told_in_schools() -> None:
    seen: list[Progress] = []
    report = _counting(seen.append, 5 * SCALE)
    assert report is not None
    report(Progress("part 2 of 6, priority below:9, flow", -3, -2, None, 1.0))
    report(Progress("priority placed, flow", 4, 5, None, 1.0))
    report(Progress("branch-and-price", 7, 8, None, 1.0))
    assert [(one.stage, one.counted, one.incumbent) for one in seen] == [
        ("part 2 of 6, flow", "schools below 50 points", -3),
        ("placing as many schools as possible, flow", "", None),
        ("branch-and-price", "", 7),
    ]

"""Layers: several mentors a school, found together or in order, against all plans at tiny size."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from matcher.cli import run
from matcher.encoding import Encoding, decode
from matcher.exceptions import InputError, UsageError
from matcher.generate import generate_intake
from matcher.layered import refuse_layers
from matcher.models.layers import LayeredPlan, encode_layers, find_layers, tied_together
from matcher.policy.layers import LayerOrder
from matcher.policy.loader import policy_from_mapping
from matcher.policy.lottery import Lottery
from matcher.policy.model import Policy
from matcher.policy.peers import Peers
from matcher.problem import Problem
from matcher.profiles import Challenge, Intake, Link, LinkKind
from matcher.result import Result, SolveStatus, StoppedBy
from matcher.runs.verify import verify_run
from matcher.solution import Solution, evaluate
from matcher.solvers.dispatch import solve
from matcher.solvers.priorities import Ordered
from tests.encoding.builders import intake, school, wish_policy

INTAKE = generate_intake(mentors=2, mentees=4, countries=("HR",), seed=3)
LAYERS = {
    "of": [
        {"key": "idea", "title": "Idea mentor", "changes": {"criteria": {"travel": {"weight": 0}}}},
        {"key": "hub", "title": "Hub", "places": {"min": 0, "max": 4}},
    ]
}
FREE = {"travel": {"strength": "off"}, "load": {"min": 0, "max": 4}, "rivalry": {"strength": "off"}}


def _policy(**layers: object) -> Policy:
    return policy_from_mapping({"rules": FREE, "layers": LAYERS | layers})


def _find(problem: Problem, _step: int) -> Result:
    return solve(problem)


def _found(policy: Policy, intake: Intake = INTAKE) -> tuple[LayeredPlan, tuple[Encoding, ...]]:
    encodings = encode_layers(intake, policy)
    return find_layers(policy, encodings, _find), encodings


def _best(policy: Policy, *, in_order: bool) -> tuple[int, ...]:
    """Points of the layers in the best of all plans, by trying each."""
    encodings = encode_layers(INTAKE, policy)
    whole = tied_together(policy.layers, encodings)
    n, hosts = len(encodings[0].mentee_ids), len(encodings[0].host_ids)
    best: tuple[int, ...] | None = None
    for plan in product(range(-1, hosts), repeat=2 * n):
        host_of = np.array([h if at < n or h < 0 else h + hosts for at, h in enumerate(plan)])
        if evaluate(whole.whole, Solution(host_of)).broken:
            continue
        worth = tuple(
            evaluate(one.problem, Solution(whole.plan_of(host_of, at))).objective
            for at, one in enumerate(encodings)
        )
        key = worth if in_order else (sum(worth),)
        if best is None or key > best:
            best = key
    assert best is not None
    return best


def _worth(plans: tuple[Ordered, ...]) -> tuple[int, ...]:
    return tuple(plan.result.objective or 0 for plan in plans)


@pytest.mark.parametrize("ties", [{}, {"all_or_none": True}, {"places_in_all": 3}])
def test_layers_found_together_are_best_in_sum(ties: dict[str, object]) -> None:
    policy = _policy(**ties)
    found, _ = _found(policy)
    assert (sum(_worth(found.plans)),) == _best(policy, in_order=False)
    assert found.joint.bound == found.joint.objective


def test_layers_found_in_order_put_the_first_before_the_second() -> None:
    policy = _policy(order="in-order", places_in_all=3)
    found, _ = _found(policy)
    assert _worth(found.plans) == _best(policy, in_order=True)
    assert [one.key for one in found.plans[1].reached] == ["layer-before:Idea mentor"]


def test_no_school_has_one_mentor_twice_unless_the_policy_allows_it() -> None:
    apart, encodings = _found(_policy())
    free, _ = _found(_policy(different_mentors=False))
    twice = [
        {
            mentee
            for mentee, host in decode(encodings[0], each.plans[0].result).items()
            if host is not None and host == decode(encodings[1], each.plans[1].result)[mentee]
        }
        for each in (apart, free)
    ]
    assert not twice[0]
    assert twice[1]
    assert sum(_worth(free.plans)) > sum(_worth(apart.plans))


@pytest.mark.parametrize("places", [None, 1])
def test_a_mentor_that_may_lead_several_themes_is_one_mentor_in_all_layers(places: int | None) -> None:
    both = (Challenge.STEM, Challenge.INCLUSION)
    own = intake(school("m", strengths=both), school("a", challenges=both))
    rules = {
        "load": {"min": 1, "max": 3},
        "theme": {"strength": "hard"},
        "unassigned": {"allowed": True, "price": 10},
    }
    layers = {"of": [{"key": "one", "title": "One"}, {"key": "two", "title": "Two"}]}
    ties = {"different_mentors": places is None, "places_in_all": places}
    policy = wish_policy(rules=rules).model_dump(mode="json") | {"layers": layers | ties}
    found, _ = _found(policy_from_mapping(policy), own)
    placed = sum(
        int((one.result.host_of >= 0).sum()) for one in found.plans if one.result.host_of is not None
    )
    assert placed == 1


def test_a_layer_that_is_stopped_before_it_has_a_plan_keeps_the_one_that_is_known() -> None:
    def stopped(problem: Problem, step: int) -> Result:
        result = solve(problem)
        if step == 0:
            return result
        return replace(
            result,
            status=SolveStatus.UNKNOWN,
            host_of=None,
            objective=None,
            bound=None,
            stopped_by=StoppedBy.INTERRUPT,
        )

    policy = _policy(order="in-order")
    encodings = encode_layers(INTAKE, policy)
    found = find_layers(policy, encodings, stopped)
    assert [one.result.status for one in found.plans] == [SolveStatus.OPTIMAL, SolveStatus.FEASIBLE]
    whole = tied_together(policy.layers, encodings).whole
    assert found.joint.host_of is not None
    assert evaluate(whole, Solution(found.joint.host_of)).is_feasible
    assert not found.plans[1].is_proven


def test_a_layer_has_its_own_mentors_places_and_links() -> None:
    one = INTAKE.mentors[0].school_id
    layers = {"of": [LAYERS["of"][0], {**LAYERS["of"][1], "mentors": {"schools": [one]}}]}
    second = encode_layers(INTAKE, policy_from_mapping({"rules": FREE, "layers": layers}))[1]
    assert second.host_ids == (one,)
    assert second.problem.max_load.tolist() == [4]


def test_faults_of_a_layer_are_those_of_a_policy() -> None:
    changes = {"criteria": {"travel": {"wight": 0}}}
    layers = {"of": [{"key": "a", "title": "A", "changes": changes}, LAYERS["of"][1]]}
    with pytest.raises(InputError, match=r"layer a: changes\.criteria\.travel\.wight"):
        policy_from_mapping({"layers": layers})
    with pytest.raises(InputError, match="at least two layers"):
        policy_from_mapping({"layers": {"of": LAYERS["of"][:1]}})


def _written(tmp_path: Path, policy: str, intake: Intake = INTAKE) -> tuple[int, Path]:
    from matcher.intake import intake_to_json  # noqa: PLC0415

    source, file = tmp_path / "intake.json", tmp_path / "layers.yaml"
    source.write_text(intake_to_json(intake), encoding="utf-8")
    file.write_text(policy, encoding="utf-8")
    out = tmp_path / "out"
    return run(["match", str(source), "--policy", str(file), "--out", str(out), "--quiet"]), out


def _yaml(layers: object) -> str:
    return f"name: two\nrules: {json.dumps(FREE)}\nlayers: {json.dumps(layers)}\n"


def test_lots_that_add_up_over_layers_and_layers_of_groups_without_mentors_are_refused() -> None:
    drawn = _policy().model_copy(update={"lottery": Lottery(seed="x")})
    with pytest.raises(UsageError, match="in-order"):
        refuse_layers(drawn)
    in_order = drawn.layers.model_copy(update={"order": LayerOrder.IN_ORDER})
    refuse_layers(drawn.model_copy(update={"layers": in_order}))
    with pytest.raises(UsageError, match="groups of equals"):
        refuse_layers(_policy().model_copy(update={"peers": Peers(enabled=True)}))


def test_a_match_writes_a_verified_run_for_each_layer_and_a_page_over_them(tmp_path: Path) -> None:
    code, out = _written(tmp_path, _yaml(LAYERS))
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "hub",
        "idea",
        "layers.csv",
        "layers.html",
        "layers.json",
    ]
    for layer in ("idea", "hub"):
        assert verify_run(out / layer).ok
    page = (out / "layers.html").read_text(encoding="utf-8")
    assert all(school.name in page for school in INTAKE.mentees)
    summary = json.loads((out / "layers.json").read_text(encoding="utf-8"))
    assert summary["status"] == "optimal"
    assert summary["objective_units"] == summary["bound_units"]


def test_a_pair_locked_in_two_layers_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mentee, mentor = INTAKE.mentees[0].school_id, INTAKE.mentors[0].school_id
    lock = Link(kind=LinkKind.LOCK, school_a=mentee, school_b=mentor)
    intake = INTAKE.model_copy(update={"links": (*INTAKE.links, lock)})
    code, out = _written(tmp_path, _yaml(LAYERS), intake)
    assert code == 4
    assert not out.exists()
    assert f"{mentee} with {mentor} (layers idea and hub)" in capsys.readouterr().err


def test_the_same_match_gives_the_same_bytes_but_for_its_seconds(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first, second = (_written(tmp_path / name, _yaml(LAYERS))[1] for name in ("one", "two"))
    for name in ("layers.json", "layers.html", "layers.csv", "idea/result.json", "hub/report.html"):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_layers_that_price_places_differently_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soft = {"rules": {"load": {"max_strength": "soft", "over_price": 5}}}
    other = {"rules": {"load": {"max_strength": "soft", "over_price": 7}}}
    idea, hub = LAYERS["of"]
    layers = {"of": [{**idea, "changes": soft}, {**hub, "changes": other}]}
    code, out = _written(tmp_path, _yaml(layers))
    assert code == 2
    assert not out.exists()
    assert "price places beside a mentor's loads differently" in capsys.readouterr().err

from __future__ import annotations

import json
import pickle
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matcher.encoding import encode
from matcher.exceptions import UsageError
from matcher.laboratory.answers import result_as_json, result_from_json
from matcher.laboratory.digest import code_version, digest_of
from matcher.laboratory.tasks import MatchWhole, SolvePart, Tell, run_task
from matcher.pipeline import match
from matcher.policy.model import Policy
from matcher.problem import Problem, Row
from matcher.solvers.base import SolveSettings
from matcher.solvers.dispatch import solve
from tests.laboratory.sweeps import INTAKE, OPEN, material

PROBLEM = encode(INTAKE, OPEN).problem
TASK = SolvePart("open", PROBLEM, SolveSettings(), "auto")


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, np.ndarray):
        return np.append(value.ravel(), value.dtype.type(1))
    if isinstance(value, tuple):
        return (Row("new", np.zeros(1, np.int64), np.zeros(1, np.int64), 1, None),)
    return {None: 1}.get(value, (value or 0) + 1) if not isinstance(value, str) else value + "x"


@pytest.mark.parametrize("name", [item.name for item in fields(Problem)])
def test_the_key_of_a_part_depends_on_everything_in_its_problem(name: str) -> None:
    changed = pickle.loads(pickle.dumps(PROBLEM))  # a copy that no check looks at
    object.__setattr__(changed, name, other(getattr(PROBLEM, name)))
    assert replace(TASK, problem=changed).key() != TASK.key()


@pytest.mark.parametrize(
    "settings",
    [
        SolveSettings(work_limit=1.0),
        SolveSettings(time_limit_s=1.0),
        SolveSettings(relative_gap=0.1),
        SolveSettings(workers=2),
        SolveSettings(seed=1),
    ],
)
def test_the_key_of_a_part_depends_on_every_setting_and_on_the_method(settings: SolveSettings) -> None:
    assert replace(TASK, settings=settings).key() != TASK.key()
    assert replace(TASK, method="flow").key() != TASK.key()


def test_the_key_of_a_part_does_not_depend_on_who_asks_nor_on_where_it_was() -> None:
    assert replace(TASK, label="another policy").key() == TASK.key()
    assert pickle.loads(pickle.dumps(TASK)).key() == TASK.key()


def test_the_keys_of_other_tasks_depend_on_intake_policy_and_plan() -> None:
    result = solve(PROBLEM)
    changed = replace(material(), digest="other")
    renamed = OPEN.model_copy(update={"title": "Another title"})
    tell = Tell("", material(), OPEN, result)
    keys = {
        tell.key(),
        Tell("", changed, OPEN, result).key(),
        Tell("", material(), renamed, result).key(),
        Tell("", material(), OPEN, replace(result, reason="another")).key(),
        MatchWhole("", material(), OPEN).key(),
        MatchWhole("", changed, OPEN).key(),
        MatchWhole("", material(), renamed).key(),
    }
    assert len(keys) == 7


def test_the_material_of_another_intake_has_another_hash() -> None:
    schools = (INTAKE.schools[0].model_copy(update={"name": "Renamed"}), *INTAKE.schools[1:])
    assert digest_of(INTAKE.model_copy(update={"schools": schools})) != digest_of(INTAKE)


def test_equal_values_hash_alike_and_different_ones_do_not() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    assert digest_of(frozenset({3, 1})) == digest_of(frozenset({1, 3}))
    values = [(1,), (1.0,), (True,), ("1",), (None,), ((1,),), (1, 1), ({"1": 1},), (b"1",), (np.array([1]),)]
    values += [(np.array([[1]]),), (np.array([1], np.int32),), (Policy(),), ()]
    assert len({digest_of(*value) for value in values}) == len(values)


def test_what_cannot_be_hashed_by_what_it_holds_is_refused() -> None:
    with pytest.raises(TypeError):
        digest_of(object())


def test_a_result_is_the_same_after_its_way_through_json() -> None:
    result = solve(PROBLEM)
    read = result_from_json(json.loads(json.dumps(result_as_json(result))))
    assert result.parts
    for item in fields(result):
        if item.name == "host_of":
            np.testing.assert_array_equal(read.host_of, result.host_of)
        elif item.name != "runtime_s":
            assert getattr(read, item.name) == getattr(result, item.name)


def test_a_task_sent_to_another_process_answers_the_same() -> None:
    sent = pickle.loads(pickle.dumps(TASK))
    assert run_task(sent, code_version()).text == run_task(TASK, code_version()).text


def test_a_whole_match_as_a_task_is_the_match() -> None:
    policy = OPEN.model_copy(update={"outlook": OPEN.outlook.model_copy(update={"enabled": False})})
    answer = run_task(MatchWhole("", material(), policy), code_version())
    assert answer.content["documents"] == [["", match(INTAKE, policy).document.to_json()]]


def test_a_worker_of_another_version_refuses() -> None:
    with pytest.raises(UsageError, match="another version"):
        run_task(TASK, "of yesterday")

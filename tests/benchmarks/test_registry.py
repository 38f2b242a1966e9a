"""The registry of cases is sound."""

from __future__ import annotations

import importlib.util

import pytest

from benchmarks.registry import all_cases
from matcher.problem import validate

CASES = all_cases()


@pytest.mark.parametrize("name", CASES)
def test_every_case_names_solvers_that_exist_and_warms_up_on_a_valid_problem(name: str) -> None:
    case = CASES[name]
    for entry in case.entries:
        assert importlib.util.find_spec(f"benchmarks.solvers.{entry.solver}") is not None
    validate(case.tiny().problem)


@pytest.mark.parametrize("name", CASES)
def test_the_instances_of_a_case_have_keys_of_their_own(name: str) -> None:
    keys = [instance.key for instance in CASES[name].instances()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", CASES)
def test_a_case_without_rows_claims_nothing(name: str) -> None:
    assert CASES[name].check([]).reached is None

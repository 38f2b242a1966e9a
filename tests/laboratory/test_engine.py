from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from matcher.exceptions import MatcherError, UsageError
from matcher.laboratory.cache import FolderCache, MemoryCache
from matcher.laboratory.engine import MOST_TRIES, SweepState, SweepStoppedError, run_variants
from matcher.laboratory.variants import variants_of
from matcher.laboratory.workers import Processes
from matcher.pipeline import match
from matcher.policy.model import Policy
from tests.encoding.builders import wish_policy
from tests.laboratory.sweeps import (
    INTAKE,
    OPEN,
    RULES,
    TASKS,
    TOO_STRICT,
    VARY,
    Counting,
    entries,
    material,
    sweep,
    texts,
)

VARIANTS = 1 + len(VARY["rules.unassigned.price"])


def test_the_plans_of_a_sweep_are_those_of_a_match() -> None:
    outcomes = sweep(OPEN)
    assert [one.document.to_json() for one in outcomes if one.document] == [
        match(INTAKE, one.variant.policy).document.to_json() for one in outcomes
    ]
    assert len(outcomes) == VARIANTS


def test_processes_of_this_machine_give_the_same_bytes() -> None:
    variants = variants_of([OPEN, TOO_STRICT])
    here = run_variants(material(), variants, Counting(), MemoryCache())
    there = run_variants(material(), variants, Processes(2), MemoryCache())
    assert texts(there) == texts(here)


@pytest.mark.slow
def test_a_process_of_this_machine_that_is_killed_loses_nothing() -> None:
    workers, killed = Processes(2), list[int]()

    def kill(state: SweepState) -> None:
        if state.made >= 2 and not killed:
            killed.append(next(iter(workers._executor._processes)))
            os.kill(killed[0], signal.SIGKILL)

    outcomes = run_variants(material(), variants_of([OPEN], VARY), workers, MemoryCache(), on_state=kill)
    assert killed
    assert texts(outcomes) == texts(sweep(OPEN))


def test_a_policy_that_no_plan_can_keep_is_an_outcome_and_the_others_go_on() -> None:
    first, second = (sweep_one(policy) for policy in (TOO_STRICT, OPEN))
    assert first.document is None
    assert "No plan can keep all hard rules" in first.failure
    assert second.document is not None
    assert second.failure == ""


def sweep_one(policy: Policy):  # type: ignore[no-untyped-def]
    (outcome,) = run_variants(material(), variants_of([policy]), Counting(), MemoryCache())
    return outcome


def test_a_gap_of_the_whole_is_not_shared_out_so_the_policy_is_one_task() -> None:
    workers = Counting()
    loose = wish_policy(name="loose", rules=RULES, solve={"relative_gap": 0.1})
    run_variants(material(), variants_of([loose]), workers, MemoryCache())
    assert workers.made == ["loose"]


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    first, again = Counting(), Counting()
    made = sweep(OPEN, workers=first, cache=FolderCache(tmp_path))
    kept = sweep(OPEN, workers=again, cache=FolderCache(tmp_path))
    assert len(first.made) == len(entries(tmp_path)) == VARIANTS * TASKS
    assert again.made == []
    assert texts(kept) == texts(made)


def test_equal_tasks_are_made_once() -> None:
    workers = Counting()
    twin = OPEN.model_copy(update={"name": "twin"})
    run_variants(material(), variants_of([OPEN, twin]), workers, MemoryCache())
    assert workers.made == ["open, part 1 of 2", "open, part 2 of 2", "open, reasons", "twin, reasons"]


def test_a_stopped_sweep_goes_on_where_it_stopped(tmp_path: Path) -> None:
    states: list[SweepState] = []
    first, again = Counting(), Counting()
    with pytest.raises(SweepStoppedError) as caught:
        run_variants(
            material(),
            variants_of([OPEN], VARY),
            first,
            FolderCache(tmp_path),
            on_state=states.append,
            should_stop=lambda: bool(states) and states[-1].made >= 4,
        )
    assert caught.value.exit_code == 130
    assert len(first.made) == len(entries(tmp_path)) == 4
    resumed = sweep(OPEN, workers=again, cache=FolderCache(tmp_path))
    assert len(again.made) == VARIANTS * TASKS - 4
    assert set(again.made).isdisjoint(first.made)
    assert texts(resumed) == texts(sweep(OPEN))


def test_an_answer_that_a_stop_cut_short_is_not_kept(tmp_path: Path) -> None:
    stopped = False

    class Stopping(Counting):
        def submit(self, task):  # type: ignore[no-untyped-def]
            nonlocal stopped
            stopped = True
            return super().submit(task)

    with pytest.raises(SweepStoppedError):
        run_variants(
            material(), variants_of([OPEN]), Stopping(), FolderCache(tmp_path), should_stop=lambda: stopped
        )
    assert entries(tmp_path) == []


def test_a_task_whose_worker_is_lost_is_made_by_another() -> None:
    assert texts(sweep(OPEN, workers=Counting(lose=(1, 4, 5)))) == texts(sweep(OPEN))


def test_a_task_that_ends_every_worker_is_given_up_and_named() -> None:
    with pytest.raises(MatcherError, match="open, part 1 of 2"):
        sweep(OPEN, workers=Counting(lose=tuple(range(1, MOST_TRIES + 1))))


def test_a_fault_of_matcher_itself_is_not_an_outcome() -> None:
    class Broken(Counting):
        def is_loss(self, error: BaseException) -> bool:
            return False

    with pytest.raises(ConnectionError):
        sweep(OPEN, workers=Broken(lose=(2,)))


@pytest.mark.parametrize("damage", ["", "{", '{"answer": 3}', "changed"])
def test_a_damaged_entry_is_said_and_made_anew(tmp_path: Path, damage: str) -> None:
    sweep(OPEN, cache=FolderCache(tmp_path))
    victim = entries(tmp_path)[0]
    text = victim.read_text(encoding="utf-8")
    if damage == "changed":
        entry = json.loads(text)
        damage = json.dumps(entry | {"answer": entry["answer"].replace("1", "2")})
    victim.write_text(damage, encoding="utf-8")
    told: list[str] = []
    workers = Counting()
    outcomes = sweep(OPEN, workers=workers, cache=FolderCache(tmp_path, told.append))
    assert len(workers.made) == len(told) == 1
    assert victim.name in told[0]
    assert texts(outcomes) == texts(sweep(OPEN))
    assert victim.read_text(encoding="utf-8").startswith('{"format"')


def test_an_entry_under_a_foreign_key_is_not_used(tmp_path: Path) -> None:
    sweep(OPEN, cache=FolderCache(tmp_path))
    one, other, *_ = entries(tmp_path)
    one.write_bytes(other.read_bytes())
    told: list[str] = []
    sweep(OPEN, cache=FolderCache(tmp_path, told.append))
    assert len(told) == 1


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague", encoding="utf-8")
    with pytest.raises(UsageError, match="not a cache"):
        FolderCache(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]

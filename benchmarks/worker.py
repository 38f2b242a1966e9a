"""One (case, instance, solver) in a process of its own: ``python -m benchmarks.worker``, a row on stdout."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import resource
import statistics
import sys
import time
from dataclasses import asdict, fields, is_dataclass, replace
from typing import Protocol, cast

import numpy as np

from benchmarks.answers import Answer, Limits
from benchmarks.case import Case
from benchmarks.instances import Instance, Loaded
from benchmarks.machine import versions
from benchmarks.registry import all_cases
from benchmarks.rows import Row
from benchmarks.runner import OURS
from benchmarks.warm_up import warm_up
from matcher.problem import Problem
from matcher.solution import Solution, evaluate

SHORT_S = 0.5
MOST_REPEATS = 15


class Contestant(Protocol):
    """A module of :mod:`benchmarks.solvers`."""

    PACKAGES: tuple[str, ...]

    def solve(self, loaded: Loaded, limits: Limits) -> Answer:
        """Solve one problem."""
        ...


def run(case: Case, instance: Instance, solver: str, limits: Limits, blank: Row) -> Row:
    """Warm up, solve, judge; calls shorter than half a second are repeated and their median taken."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    contestant = cast("Contestant", importlib.import_module(f"benchmarks.solvers.{solver}"))
    began = time.perf_counter()
    warm_up(contestant, case, limits, ours=solver in OURS)
    warm = time.perf_counter() - began
    began = time.perf_counter()
    loaded = instance.load()
    built = time.perf_counter() - began
    times: list[float] = []
    processor: list[float] = []
    while not times or (sum(times) < SHORT_S and len(times) < MOST_REPEATS):
        began, begun = time.perf_counter(), time.process_time()
        answer = contestant.solve(loaded, limits)
        times.append(time.perf_counter() - began)
        processor.append(time.process_time() - begun)
    reference = instance.reference
    row = replace(
        blank,
        problem=digest(loaded.problem),
        reference=None if reference is None else reference.value,
        tolerance=0 if reference is None else reference.tolerance,
        seconds=statistics.median(times),
        cpu_s=statistics.median(processor),
        repeats=len(times),
        load=load,
        warm_up_s=warm,
        build_s=built,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        size=_size(loaded.problem),
        versions=versions(contestant.PACKAGES),
    )
    return judged(row, loaded.problem, answer)


def judged(row: Row, problem: Problem, answer: Answer) -> Row:
    """Add what the referee says of the answer to a row."""
    row = replace(row, status=answer.status, bound=answer.bound, words=answer.words, extra=answer.extra)
    if answer.host_of is None:
        return row
    verdict = evaluate(problem, Solution(np.asarray(answer.host_of, np.int64)))
    if not verdict.is_feasible:
        rules = sorted({violation.rule for violation in verdict.broken})
        return replace(row, status="broken", words=f"breaks {', '.join(rules)}")
    value = verdict.pairs + verdict.cohesion
    return replace(
        row,
        objective=verdict.objective,
        cohesion_share=verdict.cohesion / value if verdict.cohesion and value else None,
        unassigned=int((answer.host_of < 0).sum()),
    )


def digest(problem: Problem) -> str:
    """Short digest of all arrays and numbers of a problem."""
    total = hashlib.sha256()
    for item in fields(problem):
        value = getattr(problem, item.name)
        if isinstance(value, tuple) and not value:
            continue  # so that a kind of rule added later does not change the digest of problems without it
        total.update(item.name.encode())
        for part in value if isinstance(value, tuple) else (value,):
            _feed(total, part)
    return total.hexdigest()[:16]


def _feed(total: hashlib._Hash, value: object) -> None:
    """Add an array, a rule or a number to a digest."""
    if isinstance(value, np.ndarray):
        total.update(value.tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            _feed(total, getattr(value, item.name))
    else:
        total.update(repr(value).encode())


def _size(problem: Problem) -> dict[str, int]:
    return {
        "mentees": problem.n_mentees,
        "hosts": problem.n_hosts,
        "pairs": problem.n_pairs,
        "cohesion": len(problem.cohesion_pair),
        "rivals": len(problem.cannot_link),
    }


def main() -> None:
    """Read the task from the one argument, a JSON object, and print the row."""
    task = json.loads(sys.argv[1])
    blank = Row(**task["row"])
    case = all_cases()[blank.case]
    instance = next(item for item in case.instances() if item.key == blank.instance)
    limits = Limits(seconds=blank.limit_s, gap=blank.limit_gap, workers=blank.workers)
    row = run(case, instance, blank.solver, limits, blank)
    print(json.dumps(asdict(row)))


if __name__ == "__main__":
    main()

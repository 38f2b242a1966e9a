"""Run cases: one process a row, rows written as they come, rows already there skipped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks import rows
from benchmarks.case import Case, Entry
from benchmarks.instances import Instance
from benchmarks.machine import ROOT, Stamp, stamp
from benchmarks.rows import Row

OURS = ("ours", "annealing")
"""Solvers whose rows hold for one state of the library only."""

GRACE_S = 900.0
"""Seconds beyond its limit (twice) that a process may take to warm up, read, stop and be judged."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run.

    Attributes
    ----------
    cases : tuple of Case
    solvers : tuple of str
        Empty for all.
    seeds : int or None
        First so many instances of each case.
    quick : bool
        The quick set, with its limits.
    seconds : float or None
        Overrides every limit.
    workers : int
    again : bool
        Run what is there already.
    """

    cases: tuple[Case, ...]
    solvers: tuple[str, ...] = ()
    seeds: int | None = None
    quick: bool = False
    seconds: float | None = None
    workers: int = 1
    again: bool = False


def run(plan: Plan, out: Path) -> None:
    """Run a plan; a run that was stopped goes on where it was."""
    header = stamp()
    there = rows.read([out])
    if header.run not in {item["run"] for item in there.stamps}:
        rows.append(out, "run", asdict(header))
    done = set() if plan.again else {_key(row) for row in there.rows if not row.starved}
    for case, instance, entry in tasks(plan):
        blank = _blank(case, instance, entry, header, plan)
        if _key(blank) in done:
            continue
        row = in_process(blank)
        rows.append(out, "row", row)
        print(_line(row), flush=True)


def tasks(plan: Plan) -> Iterator[tuple[Case, Instance, Entry]]:
    """List the rows to make: all solvers of an instance in turn, so that ratios compare equal conditions."""
    for case in plan.cases:
        if plan.quick and not case.quick:
            continue
        instances: Sequence[Instance] = case.instances()
        count = min(
            item
            for item in (plan.seeds, case.quick if plan.quick else None, len(instances))
            if item is not None
        )
        for number, instance in enumerate(instances[:count]):
            for entry in case.entries:
                chosen = entry.solver in plan.solvers if plan.solvers else entry.quick or not plan.quick
                if chosen and (entry.first is None or number < entry.first):
                    yield case, instance, entry


def _blank(case: Case, instance: Instance, entry: Entry, header: Stamp, plan: Plan) -> Row:
    seconds = min(entry.seconds, case.quick_seconds) if plan.quick else entry.seconds
    return Row(
        run=header.run,
        case=case.name,
        instance=instance.key,
        solver=entry.solver,
        commit=header.commit,
        limit_s=plan.seconds or seconds,
        limit_gap=entry.gap,
        workers=plan.workers,
        status="failed",
    )


def _key(row: Row) -> tuple[object, ...]:
    """Say what makes a row the same; one of a changed library (commit with ``+``) is never the same."""
    state: object = row.commit if row.solver in OURS else ""
    if row.solver in OURS and row.commit.endswith("+"):
        state = object()
    return row.case, row.instance, row.solver, row.limit_s, row.limit_gap, row.workers, state


def in_process(blank: Row) -> Row:
    """Make one row in a process of its own; a process that ends badly gives a row that says so."""
    threads = str(blank.workers)
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), threads)
    command = [sys.executable, "-m", "benchmarks.worker", json.dumps({"row": asdict(blank)})]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=2 * blank.limit_s + GRACE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return replace(blank, words="did not stop at its limit")
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"ended with code {done.returncode}"])[-1]
        return replace(blank, words=last.replace(str(ROOT), "")[:200])
    return Row(**json.loads(done.stdout.strip().splitlines()[-1]))


def _line(row: Row) -> str:
    points = "-" if row.points is None else f"{row.points:.3f}"
    gap = "-" if row.gap is None else f"{100 * row.gap:.3f} %"
    seconds = "-" if row.seconds is None else f"{row.seconds:.3f} s"
    name = f"{row.case:18} {row.instance:18} {row.solver:14}"
    return f"{name} {row.status:10} {points:>14} gap {gap:>10} {seconds:>10} {row.words[:60]}"

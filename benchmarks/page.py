"""The page ``docs/benchmarks.md``, written from files of results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import table
from benchmarks.case import Case
from benchmarks.rows import Results

INTRODUCTION = """\
# Benchmarks

Written by `python -m benchmarks docs` from `benchmarks/results/`; do not edit it by hand. How to run the
cases and add one: [benchmarks/README.md](../benchmarks/README.md).

- Every row is one solver on one instance in a process of its own, with one thread unless a row says
  otherwise. Seconds are wall-clock for the whole call, from the problem to the plan, models built included;
  compiled code was warmed up on a tiny problem before.
- The objective is what the library's referee finds (`matcher.solution.evaluate`), in points, whatever the
  solver claims. Published minimisation problems count negated: −713 points is a cost of 713.
- *Below best*: distance from the best plan that any solver here, or the published value, has for the same
  instance. *Own gap*: distance of a plan from its solver's own bound. Both are means over instances, with
  the worst beside them.
- A solver may have run on fewer instances than another (see *proven*: proven/run). Mean points compare only
  where the counts are equal.
- Ratios are taken within one run (same machine, same state of the code); where rows of different runs had
  to be compared, the figure says so.
- Where others used the machine as well, the results file shows a load average above the row's threads
  (`load`). Speed ratios therefore compare processor seconds (`cpu_s`), and CP-SAT's limit counts them.
"""

SOLVERS = """\
| solver | what it is |
|---|---|
| ours | `matcher.solvers.solve`, method chosen by itself |
| cp_sat | plain CP-SAT, one Boolean a pair, products linearised; no start of ours. One worker as everybody |
| highs | HiGHS in `scipy.optimize.milp` on the linearised pair model; proofs within its tolerance of 10⁻⁶ |
| min_cost_flow | OR-tools' `SimpleMinCostFlow`, called directly |
| linear_sum | `scipy.optimize.linear_sum_assignment` on places |
| annealing | simulated annealing: the library's own local search alone |
| k_means | `k-means-constrained` on the places of the schools, best number of clusters by objective |
"""

CAPTIONS = {
    "sizes.svg": "Time to a proven gap of 1 % against the number of mentees",
    "gaps.svg": "Mean gap to the solver's own bound",
    "below-best.svg": "Mean distance below the best plan known",
    "seconds.svg": "Median seconds of the whole call",
}


def page(cases: Sequence[Case], results: Results, plots: Sequence[Path]) -> str:
    """Write the page.

    Parameters
    ----------
    cases : sequence of Case
    results : Results
    plots : sequence of Path
        SVG files in ``docs/benchmarks/``.
    """
    parts = [
        INTRODUCTION,
        "## Figures\n",
        table.as_markdown(table.FIGURES, table.figures(cases, results)) + "\n",
        "## Side by side\n",
        SOLVERS,
        table.as_markdown(table.HEAD, table.side_by_side(cases, results), table.RIGHT) + "\n",
        *(f"![{CAPTIONS[path.name]}](benchmarks/{path.name})\n" for path in plots),
        "## Parts by themselves\n",
        table.as_markdown(table.MICRO, table.micro(results), frozenset((2, 3, 4))) + "\n",
        "## The cases\n",
        _cases(cases),
        "## Machine and versions\n",
        table.as_markdown(("run", "library", "machine", "versions"), _machines(results)) + "\n",
    ]
    return "\n".join(parts)


def _cases(cases: Sequence[Case]) -> str:
    rows = []
    for case in cases:
        limits = ", ".join(
            f"{entry.solver} {entry.seconds:g} s" + (f" (first {entry.first})" if entry.first else "")
            for entry in case.entries
        )
        rows.append((case.name, case.title, limits))
    return table.as_markdown(("case", "what", "limits"), rows) + "\n"


def _machines(results: Results) -> list[tuple[str, ...]]:
    used = {row.run for row in results.latest().values()} | {item.run for item in results.timings}
    return [_machine(stamp) for stamp in results.stamps if stamp["run"] in used]


def _machine(stamp: dict[str, Any]) -> tuple[str, ...]:
    machine = f"{stamp['cpus']} × {stamp['cpu']}, {stamp['memory_gb']} GB, {stamp['system']}"
    versions = ", ".join(f"{name} {version}" for name, version in stamp["versions"].items())
    return stamp["run"], stamp["commit"], machine, versions

"""Single-source capacitated facility location: hosts at a set-up price.

Minimise set-up and supply: a pair's value is the cost of all the customer's demand, negated; the set-up
price is the cost of opening. All costs of these files are whole numbers: a plan reaches the best known
when its objective is exactly minus that or more.

References
----------
K. Holmberg, M. Rönnqvist, D. Yuan, "An exact algorithm for the capacitated facility location problems
with single sourcing", EJOR 113 (1999). Format: ``m n``, m capacities, m set-up prices, n demands, then
n × m costs.
"""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

from benchmarks.instances.loaded import Instance, Loaded, Reference, folder
from benchmarks.instances.numbers import Numbers, units
from matcher.problem import make_problem


def read_facility(path: Path) -> Loaded:
    """Read one file."""
    numbers = Numbers(path)
    m, n = numbers.whole(), numbers.whole()
    room, price, demand = numbers.wholes(m), numbers.reals(m), numbers.wholes(n)
    cost = numbers.reals(n * m).reshape(n, m)
    problem = make_problem(units(-cost), demand=demand, max_load=room, open_cost=units(price), may_stay=False)
    return Loaded(problem)


def holmberg() -> tuple[Instance, ...]:
    """List the 71 files with their best known values."""
    root = folder()
    table = root / "sscflp" / "best_known.csv" if root else None
    if root is None or table is None or not table.exists():
        return ()
    with table.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return tuple(
        Instance(
            line["file"],
            partial(read_facility, root / "sscflp" / "holmberg" / line["file"]),
            Reference.of(float(line["best_known"]), sign=-1, terms=0, digits=0, proven=True),
        )
        for line in lines
        if (root / "sscflp" / "holmberg" / line["file"]).exists()
    )

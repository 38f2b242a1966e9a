"""Load every compiled kernel before anything is timed, whichever of them a case will reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.answers import Limits
from benchmarks.instances.tiny import tiny_flow, tiny_peers, tiny_programme, tiny_rivals
from matcher.solvers.branch_and_price.bound import NO_CUTS, prices_of
from matcher.solvers.branch_and_price.columns import cut_hits
from matcher.solvers.branch_and_price.cuts import violated
from matcher.solvers.branch_and_price.fixing import best_with_candidates
from matcher.solvers.branch_and_price.master import Duals
from matcher.solvers.branch_and_price.neighbourhood import near_hosts, reach_of
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.shared import SharedBound
from matcher.solvers.prepared import prepare

if TYPE_CHECKING:
    from benchmarks.case import Case
    from benchmarks.worker import Contestant

WARM_UP = Limits(seconds=1.0)
PASSES = 2
"""The first pass may meet its limit while code is still being made."""


def warm_up(contestant: Contestant, case: Case, limits: Limits, *, ours: bool) -> None:
    """Solve a tiny problem of the case's kind; with the library's own solvers one of each kind."""
    shorter = replace(WARM_UP, workers=limits.workers)
    contestant.solve(case.tiny(), shorter)
    if not ours:
        return
    for _ in range(PASSES):
        for tiny in (tiny_flow, tiny_rivals, tiny_programme, tiny_peers):
            contestant.solve(tiny(), shorter)
    touch()


def touch() -> None:
    """Call the kernels that only hard or large problems reach: fixing, neighbourhoods, cuts, shares."""
    prepared = prepare(tiny_programme().problem)
    none = np.zeros(0, np.int64)
    kinds = int(prepared.kind_of.max()) + 1
    zero = Duals(np.zeros(prepared.n_units, np.int64), np.zeros(kinds, np.int64), none, none)
    best_with_candidates(tables_of(prepared), prices_of(prepared, zero, NO_CUTS))
    reach = reach_of(prepared)
    unit_host = np.zeros(prepared.n_units, np.int64)
    noise = np.ones(prepared.n_hosts, np.int64)
    near_hosts(reach.start, reach.host, unit_host, 0, 1, prepared.n_hosts, noise)
    members = np.array([[0, 1], [1, 2], [0, 2]], np.int64)
    triples, _ = violated(members, np.full(3, 0.5), prepared.n_units, 0.02)
    cut_hits(members, triples)
    SharedBound(prepared, tables_of(prepared), 0).run(lambda _: False, rounds=2)

"""The package ``matching``: hospitals and residents, the residents proposing."""

from __future__ import annotations

import time

import numpy as np
from matching.games import HospitalResident

from benchmarks.answers import Answer, Limits, refused
from benchmarks.instances import Loaded
from matcher.solution import UNASSIGNED

PACKAGES = ("matching",)


def solve(loaded: Loaded, limits: Limits) -> Answer:  # noqa: ARG001 - it takes no limits
    """Match by deferred acceptance; names that nobody lists are left out, as it takes no empty lists."""
    problem, ranks = loaded.problem, loaded.preferences
    if ranks is None:
        return refused("preferences only")
    residents: dict[int, list[int]] = {}
    hospitals: dict[int, list[int]] = {}
    for at in np.argsort(ranks.mentee_rank, kind="stable").tolist():
        residents.setdefault(int(problem.pair_mentee[at]), []).append(int(problem.pair_host[at]))
    for at in np.argsort(ranks.host_rank, kind="stable").tolist():
        hospitals.setdefault(int(problem.pair_host[at]), []).append(int(problem.pair_mentee[at]))
    places = {host: int(problem.max_load[host]) for host in hospitals}
    began = time.perf_counter()
    found = HospitalResident.create_from_dictionaries(residents, hospitals, places).solve(optimal="resident")
    seconds = time.perf_counter() - began
    plan = np.full(problem.n_mentees, UNASSIGNED, np.int64)
    for hospital, matched in found.items():
        plan[[resident.name for resident in matched]] = hospital.name
    return Answer("feasible", plan, extra={"call_s": seconds})

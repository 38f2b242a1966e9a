"""Which parts of a problem have to be repaired at all."""

from __future__ import annotations

import numpy as np

from matcher.problem.graph import component_labels
from matcher.questions.demands import BoolArray, DemandKind, Demands, IntArray
from matcher.questions.oracle import Oracle
from matcher.questions.relaxing import Relaxations, openable
from matcher.solvers.base import ShouldStop


def concerned(
    demands: Demands, relaxations: Relaxations, should_stop: ShouldStop | None
) -> tuple[BoolArray, BoolArray]:
    """Mentees and hosts of the parts that are not feasible as they stand."""
    problem = demands.problem
    label = _parts(demands, relaxations)
    of_mentee, of_host = label[: problem.n_mentees], label[problem.n_mentees :]
    oracle = Oracle(demands, should_stop=should_stop)
    mentees, hosts = np.zeros(problem.n_mentees, np.bool_), np.zeros(problem.n_hosts, np.bool_)
    quota_label = {one.key: set(of_host[one.hosts].tolist()) for one in problem.quotas}
    for part in np.unique(label).tolist():
        active = np.array(
            [
                True  # dropping a bar would let mentees of other parts in
                if one.kind is DemandKind.BAR
                else of_mentee[one.mentee] == part
                if one.mentee >= 0
                else of_host[one.host] == part
                if one.host >= 0
                else not quota_label.get(one.key) or part in quota_label[one.key]
                for one in demands.listed
            ],
            np.bool_,
        )
        if oracle.feasible(active) is not True:
            mentees |= of_mentee == part
            hosts |= of_host == part
    return mentees, hosts


def _parts(demands: Demands, relaxations: Relaxations) -> IntArray:
    """Label mentees, then hosts, by part; shape (n_mentees + n_hosts,)."""
    problem = demands.problem
    n = problem.n_mentees
    mentee, host = np.nonzero(openable(demands, relaxations))
    tails = [problem.pair_mentee, mentee, problem.must_link[:, 0], problem.locked[:, 0]]
    heads = [problem.pair_host + n, host + n, problem.must_link[:, 1], problem.locked[:, 1] + n]
    for quota in problem.quotas:
        if quota.price is None and quota.hosts.any():
            own = np.flatnonzero(quota.hosts) + n
            tails.append(own)
            heads.append(np.full(len(own), own[0]))
    for counted in demands.row_hosts.values():
        own = np.flatnonzero(counted) + n
        tails.append(own)
        heads.append(np.full(len(own), own[0] if len(own) else 0))
    tail, head = np.concatenate(tails), np.concatenate(heads)
    return component_labels(tail, head, n + problem.n_hosts)

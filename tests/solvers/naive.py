"""A second referee and a brute-force oracle: plain dictionaries, no numpy arithmetic, no shared code."""

from __future__ import annotations

from itertools import product

import numpy as np

from matcher.problem import Problem, QuotaKind
from matcher.solution import Solution


def naive_objective(problem: Problem, host_of: tuple[int, ...]) -> int | None:
    """Objective of a plan, None if it breaks a hard rule; written rule by rule from the docstrings."""
    value, demand = {}, {}
    for at in range(problem.n_pairs):
        pair = int(problem.pair_mentee[at]), int(problem.pair_host[at])
        value[pair], demand[pair] = int(problem.pair_value[at]), int(problem.pair_demand[at])
    cluster: dict[int, set[int]] = {j: set() for j in range(problem.n_hosts)}
    load = dict.fromkeys(range(problem.n_hosts), 0)
    total = problem.constant
    for i, j in enumerate(host_of):
        if j == -1:
            if not problem.may_stay[i]:
                return None
            total -= int(problem.unassigned_cost[i])
            continue
        if (i, j) not in value:
            return None
        cluster[j].add(i)
        load[j] += demand[i, j]
        total += value[i, j]
    for i, j in problem.locked.tolist():
        if host_of[i] != j:
            return None
    for i, k in problem.cannot_link.tolist():
        if any({i, k} <= members for members in cluster.values()):
            return None
    for i, k in problem.must_link.tolist():
        if host_of[i] != host_of[k]:
            return None
    for (i, k), worth in zip(problem.cohesion_pair.tolist(), problem.cohesion_value.tolist(), strict=True):
        total += sum(worth for members in cluster.values() if {i, k} <= members)
    for j, members in cluster.items():
        if members:
            total -= int(problem.open_cost[j])
        if members or problem.must_open[j]:
            if load[j] < problem.min_load[j]:
                return None
            if problem.load_target is not None:
                target = problem.load_target
                if load[j] < target.low[j]:
                    total -= target.under_price * (int(target.low[j]) - load[j])
                if load[j] > target.high[j]:
                    total -= target.over_price * (load[j] - int(target.high[j]))
        if load[j] > problem.max_load[j]:
            return None
    misses = []
    for rule in problem.compositions:
        for j, members in cluster.items():
            if members and rule.hosts[j]:
                count = len([i for i in members if rule.members[i]])
                misses.append((rule.at_least, rule.at_most, rule.price, count))
    for quota in problem.quotas:
        if quota.kind == QuotaKind.MENTEES:
            count = len([i for j in cluster if quota.hosts[j] for i in cluster[j] if quota.members[i]])
        else:
            count = len([j for j in cluster if quota.hosts[j] and cluster[j]])
        misses.append((quota.at_least, quota.at_most, quota.price, count))
    for row in problem.rows:
        weight = {
            (int(problem.pair_mentee[at]), int(problem.pair_host[at])): int(row.pair_weight[at])
            for at in range(problem.n_pairs)
        }
        count = sum(weight[i, j] for i, j in enumerate(host_of) if j != -1)
        count += sum(int(row.open_weight[j]) for j in cluster if cluster[j])
        misses.append((row.at_least, row.at_most, row.price, count))
    for low, high, price, count in misses:
        miss = 0
        if low is not None and count < low:
            miss = low - count
        if high is not None and count > high:
            miss += count - high
        if miss and price is None:
            return None
        total -= miss * (price or 0)
    return total


def brute_force(problem: Problem) -> tuple[int, Solution] | None:
    """Best objective and a plan that has it, by trying every plan; None if there is none."""
    best: tuple[int, tuple[int, ...]] | None = None
    for host_of in product(range(-1, problem.n_hosts), repeat=problem.n_mentees):
        objective = naive_objective(problem, host_of)
        if objective is not None and (best is None or objective > best[0]):
            best = objective, host_of
    if best is None:
        return None
    return best[0], Solution(np.array(best[1], dtype=np.int64))

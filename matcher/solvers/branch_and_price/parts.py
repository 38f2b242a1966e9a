"""What a part of a plan needs from the whole: the rest of the rows, and the columns that lie inside it."""

from __future__ import annotations

import numpy as np

from matcher.solvers.branch_and_price.columns import Pool, row_counts
from matcher.solvers.prepared import IntArray, Prepared


def outside_rows(prepared: Prepared, unit_host: IntArray, units: IntArray) -> IntArray:
    """Count what the clusters of all other units add to the rows, shape (n_rows,)."""
    if not prepared.n_rows:
        return np.zeros(0, np.int64)
    rest = unit_host.copy()
    rest[units] = -1
    hosts = np.unique(rest[rest >= 0])
    total = np.zeros(prepared.n_rows, np.int64)
    for host in hosts.tolist():
        cluster = np.flatnonzero(rest == host).astype(np.int64).reshape(1, -1)
        one = np.array([host], np.int64)
        total += row_counts(
            prepared.start, prepared.unit, prepared.row_pair, prepared.row_open, one, cluster
        )[0]
    return total


def share(pool: Pool, small: Pool, units: IntArray, hosts: IntArray) -> IntArray:
    """Carry over the columns that lie wholly inside the part."""
    prepared = pool.prepared
    unit_at = np.full(prepared.n_units + 1, -2, np.int64)
    unit_at[units], unit_at[-1] = np.arange(len(units)), -1
    host_at = np.full(prepared.n_hosts, -1, np.int64)
    host_at[hosts] = np.arange(len(hosts))
    members = unit_at[pool.members]
    inside = (host_at[pool.host] >= 0) & (members != -2).all(axis=1)
    kept = members[inside]
    width = small.longest
    fits = (kept[:, width:] < 0).all(axis=1)
    block = np.full((int(fits.sum()), width), -1, np.int64)
    block[:, : kept.shape[1]] = kept[fits][:, :width]
    return small.add(host_at[pool.host[inside]][fits], block)

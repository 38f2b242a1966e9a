"""Number the groups of a plan: which of several groups that are alike stands first says nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.encoding import Encoding
from matcher.result import Result


def numbered(encoding: Encoding, result: Result) -> Result:
    """Give the groups of equals that are formed the first numbers of their country, in one order.

    Groups of one country differ in nothing but their number, so that the plan is worth the same. They are
    numbered in the order of their first schools' ids: how a search happened to number them says nothing.

    Parameters
    ----------
    encoding : Encoding
    result : Result
        With or without a plan.

    Returns
    -------
    Result
        The same object where clusters are no groups of equals.
    """
    if not encoding.policy.peers.enabled or result.host_of is None:
        return result
    groups = encoding.intake.mentors
    free: dict[str, list[int]] = {}
    for host, group in enumerate(groups):
        free.setdefault(group.country, []).append(host)
    number: dict[int, int] = {-1: -1}
    for host in result.host_of.tolist():
        if host not in number:
            number[host] = free[groups[host].country].pop(0)
    return replace(
        result, host_of=np.array([number[host] for host in result.host_of.tolist()], dtype=np.int64)
    )

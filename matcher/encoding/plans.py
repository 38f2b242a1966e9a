"""Plans as school ids and back: the way out of the numbers, and in again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.encoding.data import Encoding
from matcher.exceptions import NoPlanError, UsageError
from matcher.result import Result
from matcher.solution.data import UNASSIGNED, Solution


def decode(encoding: Encoding, plan: Result | Solution) -> dict[str, str | None]:
    """Say a plan in school ids.

    Parameters
    ----------
    encoding : Encoding
    plan : Result or Solution

    Returns
    -------
    dict of str to (str or None)
        Mentee id to host id, sorted by mentee id; None for a mentee that is left unassigned.

    Raises
    ------
    NoPlanError
        If the result holds no plan.
    """
    if plan.host_of is None:
        raise NoPlanError("there is no plan: the search ended without one")
    hosts = plan.host_of.tolist()
    return {
        mentee: None if host == UNASSIGNED else encoding.host_ids[host]
        for mentee, host in zip(encoding.mentee_ids, hosts, strict=True)
    }


def solution_from(encoding: Encoding, mapping: Mapping[str, str | None]) -> Solution:
    """Turn a plan in school ids into numbers, e.g. one that was changed by hand.

    Parameters
    ----------
    encoding : Encoding
    mapping : mapping of str to (str or None)
        Mentee id to host id or None. A mentee that is not named is left unassigned.

    Returns
    -------
    Solution

    Raises
    ------
    UsageError
        If an id is not a mentee (or not a mentor) of the intake.
    """
    mentee_at = {school_id: at for at, school_id in enumerate(encoding.mentee_ids)}
    host_at = {school_id: at for at, school_id in enumerate(encoding.host_ids)}
    host_of = np.full(len(encoding.mentee_ids), UNASSIGNED, dtype=np.int64)
    for mentee, host in mapping.items():
        if mentee not in mentee_at:
            raise UsageError(f"{mentee!r} is not a mentee of this intake")
        if host is None:
            continue
        if host not in host_at:
            raise UsageError(f"{host!r} is not a mentor of this intake")
        host_of[mentee_at[mentee]] = host_at[host]
    return Solution(host_of)

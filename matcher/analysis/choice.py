"""Which candidates a plan chose as mentors, and what those left out could do."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.analysis.choice_document import ChoiceReport, NotChosen
from matcher.analysis.view import PlanView
from matcher.analysis.wording import counted
from matcher.encoding.budget import euro_words
from matcher.policy.model import Policy
from matcher.rules.registry import statement
from matcher.solution.data import UNASSIGNED


def is_choosing(policy: Policy) -> bool:
    """Whether the policy chooses among the candidates: by a number, or by a price of forming a cluster."""
    opening, money = policy.rules.opening, policy.money
    set_up = (money.rates.set_up, *(one.set_up or 0 for one in money.by_country.values()))
    priced = opening.price > 0 or any(one.price > 0 for one in opening.by_mentor)
    return opening.is_limited or priced or (money.decides and any(set_up))


def choice_of(view: PlanView) -> ChoiceReport | None:
    """Say which candidates lead no cluster; None where the policy does not choose.

    Parameters
    ----------
    view : PlanView

    Returns
    -------
    ChoiceReport or None
    """
    policy = view.encoding.policy
    if not is_choosing(policy):
        return None
    return ChoiceReport(
        candidates=len(view.mentors),
        chosen=len(view.opened),
        rule=statement("opening", policy),
        at_most=policy.rules.opening.at_most,
        not_chosen=tuple(_left_out(view)),
    )


def _left_out(view: PlanView) -> Iterator[NotChosen]:
    problem, costs = view.encoding.problem, view.encoding.costs
    loose = np.array(view.host_of, dtype=np.int64) == UNASSIGNED
    for host, members in enumerate(view.members):
        if members:
            continue
        reach = problem.pair_mentee[problem.pair_host == host]
        free = int(loose[reach].sum())
        words = f"May take {counted(len(reach), 'mentee', 'mentees')}"
        words += f", {free} of them without a mentor in this plan" if free else ""
        if costs is not None and costs.host[host]:
            words += f"; its cluster would cost {euro_words(int(costs.host[host]))} beside its pairs"
        yield NotChosen(
            host_id=view.encoding.host_ids[host],
            in_reach=len(reach),
            loose_in_reach=free,
            words=f"{words}.",
        )

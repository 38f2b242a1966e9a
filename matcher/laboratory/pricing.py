"""What every plan would cost by one and the same cost model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.analysis.document import PlanDocument
from matcher.costs import cost_table
from matcher.costs.table import CENTS
from matcher.encoding import Encoding
from matcher.features.pairs import PairList
from matcher.laboratory.variant import Outcome
from matcher.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Priced:
    """What a plan costs.

    Attributes
    ----------
    known : float
        Euro, as far as known.
    unknown : int
        Placed schools whose travel cost is not known.
    placed : int
        Placed schools.
    """

    known: float
    unknown: int
    placed: int


def common_costs(outcomes: Sequence[Outcome], yardstick: Policy) -> tuple[Policy, str] | None:
    """Choose the policy whose cost model prices every plan: the yardstick's, else the first that has one.

    Returns
    -------
    (Policy, str) or None
        The yardstick with that cost model, and the title of the policy it comes from; None where none counts
        money.
    """
    for policy in (yardstick, *(outcome.variant.policy for outcome in outcomes)):
        if policy.money.enabled:
            return yardstick.model_copy(update={"money": policy.money}), policy.title
    return None


def priced(policy: Policy, own: Encoding, document: PlanDocument) -> Priced:
    """Price one plan; distances are estimated as the yardstick does.

    Parameters
    ----------
    policy : Policy
        Of :func:`common_costs`.
    own : Encoding
        Under the plan's own policy: what its clusters are formed around.
    document : PlanDocument
    """
    mentee_at = {school: at for at, school in enumerate(own.mentee_ids)}
    host_at = {school: at for at, school in enumerate(own.host_ids)}
    rows = document.assignments
    pairs = PairList(
        np.array([mentee_at[row.mentee_id] for row in rows], dtype=np.int64),
        np.array([host_at[row.host_id] for row in rows], dtype=np.int64),
    )
    costs = cost_table(own.intake, own.features, policy, pairs, own.leads)
    leading = np.unique(pairs.host)
    cents = int(costs.pair.sum()) + int(costs.host[leading].sum())
    return Priced(round(cents / CENTS, 2), int((~costs.known).sum()), len(rows))

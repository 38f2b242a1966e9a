"""Headline figures of a plan, and its criteria over the whole plan."""

from __future__ import annotations

import numpy as np

from matcher.analysis.document import CriterionReport, Totals
from matcher.analysis.view import PlanView
from matcher.analysis.wording import mean_or_none, rounded
from matcher.encoding.budget import cluster_cent_units
from matcher.encoding.loads import wanted_loads
from matcher.exceptions import RefereeError
from matcher.problem import SCALE
from matcher.scores.registry import CRITERIA

WEAK_SHARE = 0.5
"""An assignment rests on weak data when less than this share of the weights is known."""


def totals_of(view: PlanView) -> Totals:
    """Headline figures, reconciled with the referee to the last unit.

    Parameters
    ----------
    view : PlanView

    Returns
    -------
    Totals
        ``pair_points - penalty_points - money_points + cohesion_points + lot_points - opening_points -
        unassigned_points`` is the objective.

    Raises
    ------
    RefereeError
        If the parts do not add up to the objective that the referee found.
    """
    encoding, evaluation, pairs = view.encoding, view.evaluation, view.placed_pairs
    scores = [float(score) for score in encoding.pair_score[pairs] / SCALE]
    distances = [float(km) for km in view.distance_km if not np.isnan(km)]
    pair_units = int(encoding.pair_score[pairs].sum())
    cohesion_units = cohesion_units_of(view)
    penalty_units = penalty_units_of(view)
    cluster_money = _cluster_money_units(view)
    money_units = int(encoding.money_penalty[pairs].sum()) + cluster_money
    opening = evaluation.opening - cluster_money
    lots = int(encoding.lots[pairs].sum())
    found = pair_units - penalty_units - money_units + cohesion_units + lots - opening - evaluation.unassigned
    if found != evaluation.objective:
        raise RefereeError(
            f"the parts of the plan add up to {found} units, the referee finds {evaluation.objective}"
        )
    # of groups and hubs only those that are formed are there to be counted
    formed = view.of_equals or bool(encoding.leads)
    hosts = tuple(view.mentors[host] for host in view.opened) if formed else view.mentors
    scores = [] if view.of_equals else scores  # a group is no school that a school could suit
    return Totals(
        mentees=len(view.mentees),
        mentors=len(encoding.given.mentors if encoding.leads else hosts),
        places=int(wanted_loads(hosts, encoding.policy.rules.load)[1].sum()),
        assigned=len(view.placed),
        unassigned=len(view.mentees) - len(view.placed),
        clusters=len(view.opened),
        mean_score=mean_or_none(scores),
        worst_score=rounded(min(scores)) if scores else None,
        mean_distance_km=mean_or_none(distances),
        longest_distance_km=rounded(max(distances)) if distances else None,
        sharing_language=sum(bool(shared_languages(view, mentee)) for mentee in view.placed),
        sharing_challenge=sum(_strong_in_challenge(view, mentee) for mentee in view.placed),
        pair_points=rounded(pair_units / SCALE),
        penalty_points=rounded(penalty_units / SCALE),
        cohesion_points=rounded(cohesion_units / SCALE),
        opening_points=rounded(opening / SCALE),
        unassigned_points=rounded(evaluation.unassigned / SCALE),
        money_points=rounded(money_units / SCALE),
        lot_points=rounded(lots / SCALE),
        weak_assignments=int((encoding.scores.known_share[pairs] < WEAK_SHARE).sum()),
    )


def cohesion_units_of(view: PlanView, host: int | None = None) -> int:
    """Cohesion of one cluster, or of all, in objective units and without the prices of soft links."""
    encoding = view.encoding
    if not encoding.cohesion_pair.shape[0]:
        return 0
    hosts = np.array(view.host_of, dtype=np.int64)
    first, second = hosts[encoding.cohesion_pair[:, 0]], hosts[encoding.cohesion_pair[:, 1]]
    met = (first == second) & (first >= 0 if host is None else first == host)
    return int(encoding.cohesion_points[met].sum())


def penalty_units_of(view: PlanView) -> int:
    """Everything that soft rules cost on this plan, in objective units, counted from the rules' side."""
    encoding = view.encoding
    total = int(encoding.rule_penalty[:, view.placed_pairs].sum()) + view.evaluation.penalties
    for link in encoding.apart:
        total += link.price or 0 if view.together(link.first, link.second) else 0
    for link in encoding.together:
        total += 0 if view.together(link.first, link.second) else link.price or 0
    for link in encoding.locks:
        total += 0 if view.host_of[link.first] == link.second else link.price or 0
    return total


def _cluster_money_units(view: PlanView) -> int:
    """Objective units that the costs of clusters, beside their pairs, take from the plan."""
    costs = view.encoding.costs
    if costs is None:
        return 0
    hosts = np.array(view.opened, dtype=np.int64)
    return int(costs.host[hosts].sum()) * cluster_cent_units(view.encoding.policy.money, costs)


def criteria_of(view: PlanView) -> tuple[CriterionReport, ...]:
    """Each criterion with a weight: how well the assignments do on it, and for how many it is known."""
    table = view.encoding.scores
    values = table.values[:, view.placed_pairs]
    reports = []
    for at, key in enumerate(table.criteria):
        known = [float(value) for value in values[at] if not np.isnan(value)]
        reports.append(
            CriterionReport(
                key=key,
                label=CRITERIA[key].label,
                statement=CRITERIA[key].statement,
                weight=rounded(float(table.weights[at])),
                mean=mean_or_none(known),
                known=len(known),
            )
        )
    return tuple(reports)


def shared_languages(view: PlanView, mentee: int) -> tuple[str, ...]:
    """Sort the codes of the working languages that a placed mentee and its host or group share."""
    own = {skill.code for skill in view.mentees[mentee].languages}
    if view.of_equals:
        others = [view.mentees[other] for other in view.members[view.host_of[mentee]]]
        return tuple(sorted(own.intersection(*({skill.code for skill in one.languages} for one in others))))
    return tuple(sorted(own & {skill.code for skill in view.mentors[view.host_of[mentee]].languages}))


def _strong_in_challenge(view: PlanView, mentee: int) -> bool:
    if view.of_equals:
        others = (other for other in view.members[view.host_of[mentee]] if other != mentee)
        named = {one for other in others for one in view.mentees[other].challenges}
        return not named.isdisjoint(view.mentees[mentee].challenges)
    host = view.mentors[view.host_of[mentee]]
    return not set(view.mentees[mentee].challenges).isdisjoint(host.strengths)

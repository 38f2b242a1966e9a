"""From an intake and a policy to a problem: the way down into the numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.costs import CostTable, cost_table
from matcher.encoding.budget import cluster_cent_units, encode_budget, money_outcome
from matcher.encoding.cohesion import meeting_pairs, summed_by_pair
from matcher.encoding.counts import encode_compositions, encode_opening, encode_quotas, opening_prices
from matcher.encoding.data import Encoding, LinkTerm
from matcher.encoding.eligibility import judged_pairs
from matcher.encoding.fairness import encode_groups, hold_floor
from matcher.encoding.intake_order import in_order
from matcher.encoding.leads import encode_leads
from matcher.encoding.links import apart_terms, bound_terms, hard_rows, priced_rows
from matcher.encoding.loads import Loads, encode_loads
from matcher.encoding.lottery import check_steps, lot_units, rounded_scores, rounded_to_step
from matcher.encoding.reserve import encode_reserve
from matcher.encoding.units import to_units
from matcher.features.build import build_features
from matcher.features.pairs import PairList
from matcher.features.table import FeatureTable
from matcher.forming import Formed, form
from matcher.policy.model import Policy
from matcher.policy.rules import Unassigned
from matcher.problem import Problem
from matcher.problem.validation import validate
from matcher.profiles import Intake, School
from matcher.rules.apart import apart_pairs
from matcher.rules.concessions import conceded_counts, conceded_intake, may_stay
from matcher.rules.links import locks, must_links
from matcher.scores.cohesion import cohesion_points
from matcher.scores.pair_scores import score_pairs


@dataclass(frozen=True, slots=True)
class Links:
    """All links of an intake under a policy: apart, together, locked."""

    apart: tuple[LinkTerm, ...]
    together: tuple[LinkTerm, ...]
    locks: tuple[LinkTerm, ...]


def encode(intake: Intake, policy: Policy) -> Encoding:
    """Turn an intake and a policy into a problem.

    Hard pair rules decide which pairs are eligible; soft ones take their price from the pair's value. Soft
    links between mentees are folded into the cohesion of the pair. A hard lock on a pair that a hard
    rule bars stays locked and not eligible: the two contradict each other, and the precheck says so.

    Parameters
    ----------
    intake : Intake
        Without errors; the order of its tables does not matter.
    policy : Policy

    Returns
    -------
    Encoding

    Raises
    ------
    UsageError
        If ids are not unique, or a link or preference names a school that is not there.
    """
    given = conceded_intake(in_order(intake), policy)
    formed = form(given, policy)
    intake = formed.intake
    features = build_features(intake, policy)
    pairs, outcomes = judged_pairs(intake, features, policy)
    scores = rounded_scores(policy.lottery, score_pairs(intake, features, policy, pairs))
    kept = hold_floor(
        policy.fairness.floor, outcomes, scores, rounded_to_step(policy.lottery, to_units(scores.score))
    )
    pairs, outcomes, scores, pair_score = kept.pairs, kept.outcomes, kept.scores, kept.units
    penalties = [to_units(outcome.penalty) for outcome in outcomes]
    costs = _costs(formed, policy, features, pairs)
    for outcome, taken in money_outcome(policy.money, costs):
        outcomes = (*outcomes, outcome)
        penalties.append(taken)
    pair_penalty = np.array(penalties, dtype=np.int64).reshape(len(outcomes), len(pairs))
    links = Links(
        apart_terms(apart_pairs(intake, features, policy)),
        bound_terms("must_link", must_links(intake, policy)),
        bound_terms("lock", locks(intake, policy)),
    )
    meeting, cohesion = _cohesion(intake, features, policy, pairs, hard_rows(links.apart))
    mentee_ids = tuple(school.school_id for school in intake.mentees)
    host_ids = tuple(school.school_id for school in intake.mentors)
    lots = lot_units(policy.lottery, mentee_ids, host_ids, pairs)
    problem = _problem(
        formed,
        given,
        policy,
        pairs,
        pair_score=pair_score,
        pair_value=pair_score - pair_penalty.sum(axis=0) + lots,
        links=links,
        meeting=meeting,
        cohesion=cohesion,
        costs=costs,
    )
    check_steps(policy.lottery, problem, lots)
    return Encoding(
        problem=problem,
        intake=intake,
        policy=policy,
        features=features,
        mentee_ids=mentee_ids,
        host_ids=host_ids,
        scores=scores,
        pair_rules=outcomes,
        pair_score=pair_score,
        pair_penalty=pair_penalty,
        apart=links.apart,
        together=links.together,
        locks=links.locks,
        cohesion_pair=meeting,
        cohesion_points=cohesion,
        leads=formed.leads,
        given=given,
        costs=costs,
        lots=lots,
        floored=kept.floored,
        floored_score=kept.floored_units,
    )


def _costs(formed: Formed, policy: Policy, features: FeatureTable, pairs: PairList) -> CostTable | None:
    if not policy.money.enabled:
        return None
    return cost_table(formed.intake, features, policy, pairs, formed.leads)


def _cohesion(
    intake: Intake, features: FeatureTable, policy: Policy, pairs: PairList, apart: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if policy.cohesion.points_per_pair == 0:
        return np.empty((0, 2), dtype=np.int64), np.empty(0, dtype=np.int64)
    meeting = meeting_pairs(pairs, len(intake.mentees), len(intake.mentors), apart)
    units = to_units(cohesion_points(intake, features, policy, meeting))
    return meeting, rounded_to_step(policy.lottery, units)


def _problem(
    formed: Formed,
    given: Intake,
    policy: Policy,
    pairs: PairList,
    *,
    pair_score: NDArray[np.int64],
    pair_value: NDArray[np.int64],
    links: Links,
    meeting: NDArray[np.int64],
    cohesion: NDArray[np.int64],
    costs: CostTable | None,
) -> Problem:
    intake, rules = formed.intake, policy.rules
    mentees, mentors = intake.mentees, intake.mentors
    demand = np.array([school.demand for school in mentees], dtype=np.int64)
    loads: Loads = encode_loads(mentors, rules.load, int(demand.sum()))
    cohesion_pair, cohesion_value = _with_soft_links(intake, pairs, meeting, cohesion, links)
    open_cost = opening_prices(mentors, rules.opening)
    if costs is not None:
        open_cost = open_cost + costs.host * cluster_cent_units(policy.money, costs)
    problem = Problem(
        n_mentees=len(mentees),
        n_hosts=len(mentors),
        pair_mentee=pairs.mentee,
        pair_host=pairs.host,
        pair_value=pair_value + soft_lock_bonus(pairs, links.locks),
        pair_demand=demand[pairs.mentee],
        min_load=loads.min_load,
        max_load=loads.max_load,
        must_open=loads.must_open,
        open_cost=open_cost,
        may_stay=may_stay(policy, mentees),
        unassigned_cost=unassigned_costs(mentees, rules.unassigned),
        cannot_link=hard_rows(links.apart),
        must_link=hard_rows(links.together),
        locked=hard_rows(links.locks),
        cohesion_pair=cohesion_pair,
        cohesion_value=cohesion_value,
        compositions=encode_compositions(intake, conceded_counts(rules.composition, "composition", policy)),
        quotas=(
            *encode_quotas(intake, conceded_counts(rules.quotas, "quotas", policy)),
            *encode_opening(intake, rules.opening),
        ),
        rows=(
            *encode_reserve(mentors, policy, pairs, demand),
            *encode_budget(intake, policy.money, pairs, costs),
            *encode_leads(formed, given, policy, pairs),
            *encode_groups(intake, policy.fairness, pairs, pair_score),
        ),
        load_target=loads.target,
        constant=-sum(link.price or 0 for link in (*links.together, *links.locks)),
    )
    validate(problem)
    return problem


def unassigned_costs(mentees: tuple[School, ...], rule: Unassigned) -> NDArray[np.int64]:
    """Price of leaving each mentee out, in objective units; a willingness without a factor counts 1."""
    prices = [
        rule.price * (1.0 if school.willingness is None else rule.by_willingness.get(school.willingness, 1.0))
        for school in mentees
    ]
    return to_units(np.array(prices, dtype=np.float64))


def soft_lock_bonus(pairs: PairList, locks: tuple[LinkTerm, ...]) -> NDArray[np.int64]:
    """Price of a soft lock, given back to its pair; the problem's constant charges it to every plan."""
    bonus = np.zeros(len(pairs), dtype=np.int64)
    for link in locks:
        if link.price is not None:
            bonus[(pairs.mentee == link.first) & (pairs.host == link.second)] += link.price
    return bonus


def _with_soft_links(
    intake: Intake,
    pairs: PairList,
    meeting: NDArray[np.int64],
    cohesion: NDArray[np.int64],
    links: Links,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cohesion with the prices of soft links folded in; links that can never be met are left out."""
    n_mentees = len(intake.mentees)
    apart_pairs, apart_prices = priced_rows(links.apart)
    together_pairs, together_prices = priced_rows(links.together)
    linked = np.concatenate((apart_pairs, together_pairs))
    prices = np.concatenate((-apart_prices, together_prices))
    possible = _can_meet(linked, pairs, hard_rows(links.apart))
    return summed_by_pair(
        np.concatenate((meeting, linked[possible])), np.concatenate((cohesion, prices[possible])), n_mentees
    )


def _can_meet(linked: NDArray[np.int64], pairs: PairList, apart: NDArray[np.int64]) -> NDArray[np.bool_]:
    hosts_of: dict[int, set[int]] = {}
    concerned = np.isin(pairs.mentee, linked)
    for mentee, host in zip(pairs.mentee[concerned].tolist(), pairs.host[concerned].tolist(), strict=True):
        hosts_of.setdefault(mentee, set()).add(host)
    barred = {(first, second) for first, second in apart.tolist()}
    return np.array(
        [
            (first, second) not in barred
            and not hosts_of.get(first, set()).isdisjoint(hosts_of.get(second, set()))
            for first, second in linked.tolist()
        ],
        dtype=np.bool_,
    )

"""Cluster cards: each host with its mentees, and why they belong together."""

from __future__ import annotations

import numpy as np

from matcher.analysis.document import ClusterCard
from matcher.analysis.groups import hub_of, reviews_of, why_group
from matcher.analysis.totals import cohesion_units_of, shared_languages
from matcher.analysis.view import PlanView
from matcher.analysis.wording import counted, listed, mean_or_none, rounded
from matcher.encoding.loads import wanted_loads
from matcher.features.languages import language_name
from matcher.features.words import say_challenge
from matcher.problem import SCALE
from matcher.profiles import Challenge


def cluster_id(number: int) -> str:
    """Id of the cluster with this number (from 1, in the order of the hosts' ids).

    Examples
    --------
    >>> cluster_id(7)
    'C007'
    """
    return f"C{number:03d}"


def cluster_ids(view: PlanView) -> dict[int, str]:
    """Cluster id of each host that leads one."""
    return {host: cluster_id(number) for number, host in enumerate(view.opened, start=1)}


def clusters_of(view: PlanView) -> tuple[ClusterCard, ...]:
    """One card a host that leads a cluster, in the order of the hosts' ids."""
    ids = cluster_ids(view)
    low, high = wanted_loads(view.mentors, view.encoding.policy.rules.load)
    return tuple(_card(view, host, ids[host], int(low[host]), int(high[host])) for host in view.opened)


def shared_challenges(view: PlanView, host: int) -> tuple[Challenge, ...]:
    """Challenges that at least half of a cluster's mentees name, in the form's order."""
    members = view.members[host]
    named = [one for mentee in members for one in set(view.mentees[mentee].challenges)]
    return tuple(one for one in Challenge if 2 * named.count(one) >= len(members))


def _card(view: PlanView, host: int, name: str, low: int, high: int) -> ClusterCard:
    encoding, members = view.encoding, view.members[host]
    pairs = np.array([view.pair_at[mentee] for mentee in members], dtype=np.int64)
    units = int(encoding.pair_score[pairs].sum()) - int(encoding.rule_penalty[:, pairs].sum())
    known = [float(km) for km in view.distance_km[list(members)] if not np.isnan(km)]
    return ClusterCard(
        cluster_id=name,
        host_id=encoding.host_ids[host],
        mentee_ids=tuple(encoding.mentee_ids[mentee] for mentee in members),
        load=view.evaluation.loads[host],
        min_load=low,
        max_load=high,
        points=rounded(units / SCALE),
        cohesion_points=rounded(cohesion_units_of(view, host) / SCALE),
        mean_distance_km=mean_or_none(known),
        shared_challenges=shared_challenges(view, host),
        why=why_group(view, host) if view.of_equals else _why(view, host, known),
        lead_ids=encoding.leads.get(encoding.host_ids[host], ()),
        hub=hub_of(view, host) if view.of_equals else None,
        reviews=reviews_of(view, host) if view.of_equals else (),
    )


def _why(view: PlanView, host: int, known_km: list[float]) -> tuple[str, ...]:
    members = view.members[host]
    said = [_language(view, host), _challenge(view, host)]
    if known_km:
        away = f"{max(known_km):.0f} km" if max(known_km) >= 1 else "less than 1 km"
        partly = "" if len(known_km) == len(members) else f" ({len(members) - len(known_km)} not known)"
        said.append(f"The mentee farthest from the mentor is {away} away by road{partly}.")
    if len(members) > 1:
        said.append(_places(view, members))
    return tuple(sentence for sentence in said if sentence)


def _language(view: PlanView, host: int) -> str:
    members = view.members[host]
    common = set.intersection(*(set(shared_languages(view, mentee)) for mentee in members))
    if not common:
        return ""
    names = [language_name(code) for code in sorted(common)]
    whom = "The mentor and its mentee" if len(members) == 1 else "The mentor and all its mentees"
    return f"{whom} work in {listed(names)}."


def _challenge(view: PlanView, host: int) -> str:
    members = view.members[host]
    strong = set(view.mentors[host].strengths)
    helped = [mentee for mentee in members if strong & set(view.mentees[mentee].challenges)]
    if not helped:
        return ""
    used = [
        one for one in Challenge if one in strong and any(one in view.mentees[m].challenges for m in helped)
    ]
    words = listed([say_challenge(one) for one in used], limit=3)
    whom = "its mentee" if len(members) == 1 else f"{len(helped)} of its {len(members)} mentees"
    return f"The mentor is strong in a challenge that {whom} named: {words}."


def _places(view: PlanView, members: tuple[int, ...]) -> str:
    towns = {view.mentees[mentee].municipality for mentee in members} - {None}
    countries = {view.mentees[mentee].country for mentee in members}
    if len(countries) > 1:
        return f"The mentees come from {counted(len(countries), 'country', 'countries')}."
    return f"The mentees come from {len(towns)} different towns." if len(towns) > 1 else ""

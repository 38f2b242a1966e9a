"""Groups of equals in words: what their schools share, a hub school proposed afterwards, who reviews whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.document import HubSchool
from matcher.analysis.view import PlanView
from matcher.analysis.wording import counted, listed, rounded, said_points
from matcher.features.languages import language_name
from matcher.features.pairs import PairList
from matcher.features.words import say_challenge
from matcher.policy.peers import HubChoice, Reviews
from matcher.problem import SCALE
from matcher.profiles import Challenge, School
from matcher.rules.context import RuleContext, context_of
from matcher.rules.judge import PAIR_RULES
from matcher.rules.registry import RULES

_CONNECTING = ("language", "travel")
"""Rules that say whether two schools can work with each other."""
MOST_PARTNERS = 2
"""Schools named as those that one shares most with."""


def hub_of(view: PlanView, host: int) -> HubSchool | None:
    """Propose the hub school of a group that is formed; None where the policy asks for none.

    *central*: the medoid, the school with the largest sum of cohesion with the others. *connected*: the one
    that works with most of the others in a common language and can travel to them, by the policy's
    language and travel rules whether or not these bind; then the one that shares most. What is not known does
    not connect. Ties go to the smaller id.
    """
    choice, members = view.encoding.policy.peers.hub, view.members[host]
    if choice is HubChoice.OFF:
        return None
    shared = _shared(view, members).sum(axis=1)
    links = _connections(view, members) if choice is HubChoice.CONNECTED else np.zeros_like(shared)
    best = int(np.lexsort((np.arange(len(members)), -shared, -links))[0])
    others = len(members) - 1
    points = f"{said_points(rounded(int(shared[best]) / SCALE))} points of what two schools share"
    if choice is HubChoice.CENTRAL:
        reason = f"It shares most with the others of its group: {points}."
    else:
        number = int(links[best])
        whom = "every other school" if number == others else f"{number} of the {others} other schools"
        reason = (
            f"It can work with {whom} of its group in a common language and travel there; it shares {points}."
        )
    alike = [
        at
        for at in range(len(members))
        if (links[at], shared[at]) == (links[best], shared[best]) and at != best
    ]
    if alike:
        reason += f" {listed([view.mentees[members[at]].name for at in alike])} would do as well."
    return HubSchool(school_id=view.encoding.mentee_ids[members[best]], reason=reason)


def reviews_of(view: PlanView, host: int) -> tuple[str, ...]:
    """Order by id in which each school reviews the next and the last the first; empty if none is wanted."""
    if view.encoding.policy.peers.reviews is Reviews.OFF:
        return ()
    return tuple(view.encoding.mentee_ids[mentee] for mentee in view.members[host])


def why_group(view: PlanView, host: int) -> tuple[str, ...]:
    """Say in a few sentences what the schools of a group have in common, and how far apart they are."""
    schools = [view.mentees[mentee] for mentee in view.members[host]]
    common = set.intersection(*({skill.code for skill in school.languages} for school in schools))
    said = []
    if common:
        said.append(f"All its schools work in {listed([language_name(code) for code in sorted(common)])}.")
    said.append(_challenges(schools))
    known = view.distance_km[list(view.members[host])]
    if not np.isnan(known).all():
        said.append(f"Its schools are {float(np.nanmean(known)):.0f} km by road from each other on average.")
    return tuple(sentence for sentence in said if sentence)


def why_member(view: PlanView, mentee: int) -> tuple[str, ...]:
    """Say with whom of its group a school shares most, and what it has in common with the others."""
    members = view.members[view.host_of[mentee]]
    at, shared = members.index(mentee), _shared(view, members)
    own = shared[at]
    said = []
    best = [other for other in np.lexsort((np.arange(len(members)), -own)).tolist() if own[other] > 0]
    if best:
        names = [
            f"{view.mentees[members[other]].name} ({said_points(rounded(int(own[other]) / SCALE))} points)"
            for other in best[:MOST_PARTNERS]
        ]
        said.append(f"It shares most with {listed(names)}.")
    named = set(view.mentees[mentee].challenges)
    alike = [other for other in members if other != mentee and named & set(view.mentees[other].challenges)]
    if alike:
        said.append(
            f"{len(alike)} of the {counted(len(members) - 1, 'other school', 'other schools')} of its group "
            f"{'has' if len(alike) == 1 else 'have'} a challenge in common with it."
        )
    said.append(f"Altogether it shares {said_points(rounded(int(own.sum()) / SCALE))} points with its group.")
    return tuple(said)


def _clash(view: PlanView, mentee: int) -> str:
    """Say that a school must stay with one that a hard rule keeps it apart from; empty if there is none."""
    partners = {
        *(link.second for link in view.encoding.together if link.price is None and link.first == mentee),
        *(link.first for link in view.encoding.together if link.price is None and link.second == mentee),
    }
    for link in view.encoding.apart:
        ends = {link.first, link.second}
        if link.price is None and mentee in ends and ends - {mentee} <= partners:
            (other,) = ends - {mentee}
            return (
                f"It must stay with {view.mentees[other].name}, from which the rule "
                f"“{RULES[link.key].label}” keeps it apart ({link.detail})."
            )
    return ""


def _shared(view: PlanView, members: tuple[int, ...]) -> NDArray[np.int64]:
    """Cohesion of every two members in objective units; shape (n, n), 0 on the diagonal."""
    encoding = view.encoding
    place = np.full(len(view.mentees), -1, dtype=np.int64)
    place[list(members)] = np.arange(len(members))
    first, second = place[encoding.cohesion_pair[:, 0]], place[encoding.cohesion_pair[:, 1]]
    inside = (first >= 0) & (second >= 0)
    found = np.zeros((len(members), len(members)), dtype=np.int64)
    found[first[inside], second[inside]] = encoding.cohesion_points[inside]
    found[second[inside], first[inside]] = encoding.cohesion_points[inside]
    return found


def _connections(view: PlanView, members: tuple[int, ...]) -> NDArray[np.int64]:
    """Of each member: how many of the others it can work with and travel to; shape (n,)."""
    encoding = view.encoding
    context = context_of(encoding.intake, encoding.features, encoding.policy)
    both: RuleContext = replace(context, mentors=context.mentees)
    first, second = (one.ravel() for one in np.meshgrid(members, members, indexing="ij"))
    pairs = PairList(first.astype(np.int64), second.astype(np.int64))
    able = first != second
    for spec in PAIR_RULES:
        if spec.key in _CONNECTING:
            verdict = spec.judge(both, pairs)
            able &= ~(verdict.broken | verdict.unknown)
    count: NDArray[np.int64] = able.reshape(len(members), len(members)).sum(axis=1).astype(np.int64)
    return count


def _challenges(schools: list[School]) -> str:
    named = [one for school in schools for one in set(school.challenges)]
    shared = [one for one in Challenge if named.count(one) > 1]
    if not shared:
        return ""
    shared.sort(key=lambda one: -named.count(one))
    words = [f"{say_challenge(one)} ({named.count(one)} of {len(schools)})" for one in shared]
    return f"Challenges that its schools have in common: {listed(words, limit=3)}."


def why_alone(view: PlanView, mentee: int) -> str:
    """Say of a school without a group whether there are schools enough that it may be with; empty if so."""
    encoding = view.encoding
    clash = _clash(view, mentee)
    if clash:
        return clash
    apart = {
        other: link.key
        for link in encoding.apart
        if link.price is None and mentee in (link.first, link.second)
        for other in (link.first, link.second)
        if other != mentee
    }
    reach = set(encoding.problem.pair_host[encoding.problem.pair_mentee == mentee].tolist())
    meeting = np.isin(encoding.problem.pair_host, list(reach))
    company = set(encoding.problem.pair_mentee[meeting].tolist()) - {mentee}
    free = company - set(apart)
    least = encoding.policy.rules.load.min
    places = sum(view.mentees[other].demand for other in (*free, mentee))
    if places >= least:
        return ""
    keys = [apart[other] for other in company & set(apart)]
    rules = sorted(set(keys), key=lambda key: (-keys.count(key), key))[:2]
    because = listed([f"“{RULES[key].label}” ({keys.count(key)})" for key in rules])
    many = f"only {counted(len(free), 'other school', 'other schools')}" if free else "no other school"
    kept = f"; it is kept apart by {because}" if because else ""
    return f"It may be with {many}, and a group takes at least {least}{kept}."

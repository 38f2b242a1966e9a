"""Next-best hosts of a mentee, eligible or barred, each with the reason why it is not taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.bars import bars_on, rule_label, soft_breaches_on
from matcher.analysis.document import Alternative
from matcher.analysis.moves import MoveJudge
from matcher.analysis.view import PlanView
from matcher.analysis.wording import listed, rounded, rounded_or_none, said_points
from matcher.encoding import Encoding
from matcher.encoding.budget import euro_words
from matcher.encoding.data import MONEY
from matcher.encoding.eligibility import BLOCK_PAIRS
from matcher.features.geography import road_km
from matcher.features.pairs import PairList
from matcher.problem import SCALE
from matcher.scores.pair_scores import score_pairs

MOST = 5
"""Alternatives shown for a mentee."""


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """One other host: its position, the score in points, and whether the pair is barred."""

    host: int
    score: float
    barred: bool


def alternatives_of(
    view: PlanView, judge: MoveJudge, mentees: tuple[int, ...], *, proven: bool
) -> dict[int, tuple[Alternative, ...]]:
    """Find the next-best hosts of some mentees.

    Parameters
    ----------
    view : PlanView
    judge : MoveJudge
    mentees : tuple of int
        Positions of the mentees.
    proven : bool
        Whether the plan is proven best, so that a better free place must have its price elsewhere.

    Returns
    -------
    dict of int to tuple of Alternative
        At most :data:`MOST` each: eligible hosts by score, then barred ones, those of the mentee's own
        country first, by score; ties by host id.
        A mentee's own host is never among them. None where hosts are groups of equals: no school stands for
        one, so that there is nothing to weigh against its own.
    """
    if view.of_equals:
        return dict.fromkeys(mentees, ())
    chosen = {mentee: _eligible(view, mentee) for mentee in mentees}
    short = tuple(mentee for mentee in mentees if len(chosen[mentee]) < MOST)
    for mentee, barred in _barred(view, short).items():
        chosen[mentee] += barred[: MOST - len(chosen[mentee])]
    return {
        mentee: tuple(_alternative(view, judge, mentee, one, proven=proven) for one in candidates)
        for mentee, candidates in chosen.items()
    }


def eligible_hosts(view: PlanView, mentee: int) -> NDArray[np.int64]:
    """Positions of the eligible hosts of one mentee, ascending."""
    start, end = _span(view.encoding, mentee)
    hosts: NDArray[np.int64] = view.encoding.problem.pair_host[start:end]
    return hosts


def _span(encoding: Encoding, mentee: int) -> tuple[int, int]:
    pair_mentee = encoding.problem.pair_mentee
    return int(np.searchsorted(pair_mentee, mentee, "left")), int(
        np.searchsorted(pair_mentee, mentee, "right")
    )


def eligible_alternatives(encoding: Encoding, mentee: int, own: int) -> dict[int, float]:
    """Best eligible hosts of a mentee other than its own, at most :data:`MOST`: position to points."""
    start, end = _span(encoding, mentee)
    hosts, scores = encoding.problem.pair_host[start:end], encoding.pair_score[start:end]
    best = np.lexsort((hosts, -scores))
    others = [at for at in best.tolist() if int(hosts[at]) != own][:MOST]
    return {int(hosts[at]): float(scores[at]) / SCALE for at in others}


def _eligible(view: PlanView, mentee: int) -> list[_Candidate]:
    found = eligible_alternatives(view.encoding, mentee, view.host_of[mentee])
    return [_Candidate(host, score, barred=False) for host, score in found.items()]


def _barred(view: PlanView, mentees: tuple[int, ...]) -> dict[int, list[_Candidate]]:
    """Best barred hosts of the mentees that have few eligible ones, some mentees at a time."""
    found: dict[int, list[_Candidate]] = {}
    encoding, step = view.encoding, max(1, BLOCK_PAIRS // max(1, len(view.mentors)))
    for start in range(0, len(mentees), step):
        pairs = _barred_pairs(view, mentees[start : start + step])
        scores = score_pairs(encoding.intake, encoding.features, encoding.policy, pairs).score
        best = np.lexsort((pairs.host, -scores, _abroad(view, pairs), pairs.mentee))
        for at in best.tolist():
            candidates = found.setdefault(int(pairs.mentee[at]), [])
            if len(candidates) < MOST:
                candidates.append(_Candidate(int(pairs.host[at]), float(scores[at]), barred=True))
    return found


def _abroad(view: PlanView, pairs: PairList) -> NDArray[np.bool_]:
    """Whether the two schools of each pair are in different countries; shape (n_pairs,)."""
    mentee_country = np.array([school.country for school in view.mentees])
    mentor_country = np.array([school.country for school in view.mentors])
    abroad: NDArray[np.bool_] = mentee_country[pairs.mentee] != mentor_country[pairs.host]
    return abroad


def _barred_pairs(view: PlanView, mentees: tuple[int, ...]) -> PairList:
    hosts = [np.setdiff1d(np.arange(len(view.mentors)), eligible_hosts(view, one)) for one in mentees]
    rows = np.repeat(np.array(mentees, dtype=np.int64), [len(some) for some in hosts])
    return PairList(rows, np.concatenate(hosts).astype(np.int64))


def _alternative(
    view: PlanView, judge: MoveJudge, mentee: int, candidate: _Candidate, *, proven: bool
) -> Alternative:
    host = candidate.host
    rows = view.mentee_rows[[mentee]], view.host_rows[[host]]
    distance = float(road_km(view.encoding.features, *rows, view.encoding.policy.geography)[0])
    bars = bars_on(view.encoding, mentee, host) if candidate.barred else ()
    note = "" if candidate.barred else _note(view, judge, mentee, candidate, proven=proven)
    return Alternative(
        host_id=view.encoding.host_ids[host],
        score=rounded(candidate.score),
        distance_km=rounded_or_none(distance),
        barred_by=bars,
        note=note,
    )


def _note(view: PlanView, judge: MoveJudge, mentee: int, candidate: _Candidate, *, proven: bool) -> str:
    """Say what keeps a mentee from an eligible host: hard rules first, then the price of soft ones."""
    host = candidate.host
    hindrances = listed([one.words for one in judge.hindrances(mentee, host)[:2]])
    breaches = _soft_breaches(view, mentee, host)
    free = ""
    if not hindrances and _beats_own(view, mentee, host):
        free = (
            "a place is free, but the plan as a whole is better this way"
            if proven
            else "a place is free; the search ended before this was looked into"
        )
    return "; ".join(part for part in (hindrances, breaches, free) if part)


def _soft_breaches(view: PlanView, mentee: int, host: int) -> str:
    """Say which soft rules a pair would break, each with its price; empty where it breaks none."""
    encoding = view.encoding
    at = encoding.problem.pair_index[mentee, host]
    costs, money = encoding.costs, int(encoding.money_penalty[at]) / SCALE
    paid = ""
    if costs is not None and money:
        paid = f"it costs {euro_words(int(costs.pair[at]))} (−{said_points(money)} points)"
    prices = {
        outcome.key: int(encoding.pair_penalty[number, at]) / SCALE
        for number, outcome in enumerate(encoding.pair_rules)
        if encoding.pair_penalty[number, at] and outcome.key != MONEY
    }
    if not prices:
        return paid
    words = {key: sentence for key, sentence in soft_breaches_on(encoding, mentee, host) if key in prices}
    said = []
    for key, price in prices.items():
        phrase = words.get(key, rule_label(key)).rstrip(".").replace(": ", " – ", 1)
        said.append(f"{phrase} (−{said_points(price)} points)")
    return "; ".join(part for part in (f"it would break {listed(said)}", paid) if part)


def _beats_own(view: PlanView, mentee: int, host: int) -> bool:
    """Whether a pair is worth more than the mentee's own, or than none, the price of soft rules deducted."""
    at, encoding = view.pair_at[mentee], view.encoding
    unplaced = -int(encoding.problem.unassigned_cost[mentee]) / SCALE
    own = unplaced if at < 0 else net_points(encoding, at)
    return net_points(encoding, encoding.problem.pair_index[mentee, host]) > own


def net_points(encoding: Encoding, at: int) -> float:
    """Points of an eligible pair after the prices of the soft rules that it breaks."""
    return (int(encoding.pair_score[at]) - int(encoding.pair_penalty[:, at].sum())) / SCALE

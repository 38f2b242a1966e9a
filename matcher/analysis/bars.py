"""Which hard rules bar pairs, and which of them bars most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.wording import listed, said_points
from matcher.encoding import Encoding
from matcher.features.pairs import PairList
from matcher.problem import SCALE
from matcher.rules.fairness import FLOOR, FLOOR_LABEL
from matcher.rules.judge import barred_reasons, judge_pairs, soft_reasons
from matcher.rules.registry import RULES


def bars_on(encoding: Encoding, mentee: int, host: int) -> tuple[str, ...]:
    """Sentences on the hard rules that bar one pair; empty for an eligible pair."""
    found = barred_reasons(encoding.intake, encoding.features, encoding.policy, mentee, host)
    return (*(sentence for _, sentence in found), *below_floor(encoding, mentee, host))


def below_floor(encoding: Encoding, mentee: int, host: int) -> tuple[str, ...]:
    """Sentence on the floor if it alone bars the pair."""
    at = np.flatnonzero((encoding.floored.mentee == mentee) & (encoding.floored.host == host))
    return tuple(f"{FLOOR_LABEL}: {_scores(encoding, int(encoding.floored_score[one]))}." for one in at)


def _scores(encoding: Encoding, units: int) -> str:
    floor = encoding.policy.fairness.floor.points
    return f"the pair scores {said_points(units / SCALE)} of 100 points, below {floor:g}"


def soft_breaches_on(encoding: Encoding, mentee: int, host: int) -> tuple[tuple[str, str], ...]:
    """Soft rules that one pair breaks: the rule's key and a sentence each."""
    found = soft_reasons(encoding.intake, encoding.features, encoding.policy, mentee, host)
    at = encoding.problem.pair_index.get((mentee, host), -1)
    low = [one for one in encoding.pair_rules if one.key == FLOOR and at >= 0 and one.broken[at]]
    said = [(FLOOR, f"{FLOOR_LABEL}: {_scores(encoding, int(encoding.pair_score[at]))}.") for _ in low]
    return (*found, *said)


def rule_label(key: str) -> str:
    """Name of a rule in reports; raises KeyError for a key that no rule has."""
    return FLOOR_LABEL if key == FLOOR else RULES[key].label


def commonest_bar(encoding: Encoding, *, mentee: int | None = None, host: int | None = None) -> str:
    """Say which rules bar most of the pairs of one mentee, or of one host.

    Parameters
    ----------
    encoding : Encoding
    mentee, host : int, optional
        Give one of the two.

    Returns
    -------
    str
        Such as ``the rule “Country” bars 20 of 24 mentors and “Travel” bars 4 of 24 mentors``; empty
        when no rule bars anything.
    """
    pairs = _pairs_of(encoding, mentee, host)
    noun = "mentor" if host is None else "mentee"
    counts = [
        (int(outcome.forbids.sum()), outcome.key)
        for outcome in judge_pairs(encoding.intake, encoding.features, encoding.policy, pairs)
        if outcome.forbids.any()
    ]
    ends, own = (encoding.floored.mentee, mentee) if host is None else (encoding.floored.host, host)
    floored = int((ends == own).sum())
    counts += [(floored, FLOOR)] if floored else []
    counts.sort(key=lambda entry: -entry[0])
    words = [f"“{rule_label(key)}” bars {_part(number, len(pairs), noun)}" for number, key in counts[:2]]
    return f"the rule {listed(words)}" if words else ""


def _part(number: int, whole: int, noun: str) -> str:
    if number < whole:
        return f"{number} of {whole} {noun}s"
    return f"the only {noun}" if whole == 1 else f"all {whole} {noun}s"


def _pairs_of(encoding: Encoding, mentee: int | None, host: int | None) -> PairList:
    if mentee is not None:
        hosts: NDArray[np.int64] = np.arange(len(encoding.host_ids), dtype=np.int64)
        return PairList(np.full_like(hosts, mentee), hosts)
    if host is not None:
        mentees: NDArray[np.int64] = np.arange(len(encoding.mentee_ids), dtype=np.int64)
        return PairList(mentees, np.full_like(mentees, host))
    raise ValueError("give a mentee or a host")

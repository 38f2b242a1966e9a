"""The schools' own preferences as ranks over pairs, under a policy's word on schools not named."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoding
from matcher.policy.stability import StabilityMode, Unranked
from matcher.problem import Problem
from matcher.questions.edits import without_pairs
from matcher.scores.pair_values import Wishes, mentee_wishes, mentor_wishes
from matcher.solution import Solution
from matcher.solvers.stable import Preferences, blocking_pairs

IntArray = NDArray[np.int64]

LAST = 2**60
"""Rank of a school that was not named by one that named others: after every rank that a form holds."""


@dataclass(frozen=True, slots=True, eq=False)
class RankedPairs:
    """Ranks that the two sides of some pairs give each other.

    Attributes
    ----------
    preferences : Preferences
        1 throughout for a school that named nobody: it takes all alike.
    mentee_named, host_named : ndarray of bool, shape (n_pairs,)
        Whether the mentee named the host, and the other way round.
    acceptable : ndarray of bool, shape (n_pairs,)
        Whether both sides would have each other.
    """

    preferences: Preferences
    mentee_named: NDArray[np.bool_]
    host_named: NDArray[np.bool_]
    acceptable: NDArray[np.bool_]


def rank_pairs(encoding: Encoding, mentee: IntArray, host: IntArray, unranked: Unranked) -> RankedPairs:
    """Look up what the two sides of some pairs think of each other.

    Parameters
    ----------
    encoding : Encoding
    mentee, host : ndarray of int64, shape (n_pairs,)
        Positions of any pairs, eligible or not.
    unranked : Unranked
        What a school that named others thinks of one that it did not name.

    Returns
    -------
    RankedPairs
    """
    mine = _looked_up(mentee_wishes(encoding.intake), mentee, host, mentee)
    theirs = _looked_up(mentor_wishes(encoding.intake), mentee, host, host)
    refused = (mine == LAST) | (theirs == LAST)
    named = mentee_wishes(encoding.intake).ranks.look_up(mentee, host) > 0
    host_named = mentor_wishes(encoding.intake).ranks.look_up(mentee, host) > 0
    acceptable = ~refused if unranked is Unranked.UNACCEPTABLE else np.ones_like(refused)
    return RankedPairs(Preferences(mine, theirs), named, host_named, acceptable)


def _looked_up(wishes: Wishes, mentee: IntArray, host: IntArray, asker: IntArray) -> IntArray:
    rank = wishes.ranks.look_up(mentee, host)
    named = np.where(rank > 0, rank, LAST).astype(np.int64)
    return np.where(wishes.has_named[asker], named, 1).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A problem left with the pairs that both sides accept, and what they think of each other.

    Attributes
    ----------
    problem : Problem
        As the encoding's, without the pairs that a side does not accept; a locked pair stays.
    preferences : Preferences
        Over the pairs of `problem`.
    left_out : int
        Eligible pairs that one side does not accept.
    """

    problem: Problem
    preferences: Preferences
    left_out: int


def wanted_pairs(encoding: Encoding, unranked: Unranked | None = None) -> Wanted:
    """Leave out the eligible pairs that one side does not accept.

    A locked pair is somebody's decision: it stays, and an unwilling side ranks it after all others.

    Parameters
    ----------
    encoding : Encoding
    unranked : Unranked, optional
        As the policy says if None.

    Returns
    -------
    Wanted
    """
    problem = encoding.problem
    unranked = encoding.policy.stability.unranked if unranked is None else unranked
    ranked = rank_pairs(encoding, problem.pair_mentee, problem.pair_host, unranked)
    locked = {(int(mentee), int(host)) for mentee, host in problem.locked}
    decided = [at for pair, at in problem.pair_index.items() if pair in locked]
    keep = ranked.acceptable.copy()
    keep[decided] = True
    return Wanted(without_pairs(problem, ~keep), ranked.preferences.kept(keep), int((~keep).sum()))


def not_accepted(encoding: Encoding) -> frozenset[tuple[int, int]]:
    """Eligible pairs that the policy's word on stability leaves out; none where it asks for none."""
    problem, rule = encoding.problem, encoding.policy.stability
    if rule.mode is StabilityMode.OFF or rule.unranked is not Unranked.UNACCEPTABLE:
        return frozenset()
    kept = wanted_pairs(encoding).problem.pair_index
    return frozenset(problem.pair_index.keys() - kept.keys())


def count_blocking(encoding: Encoding, plan: Solution, unranked: Unranked | None = None) -> int:
    """Count the eligible pairs that block a plan, whatever model made it.

    Parameters
    ----------
    encoding : Encoding
    plan : Solution
    unranked : Unranked, optional
        As the policy says if None. A pair that a side does not accept blocks nothing; a mentee that is in
        such a pair all the same counts as having none.

    Returns
    -------
    int
    """
    wanted = wanted_pairs(encoding, unranked)
    return len(blocking_pairs(wanted.problem, wanted.preferences, plan))


def draw_lots(school_ids: Sequence[str], seed: int) -> IntArray:
    """Draw a lot for each school: by the SHA-256 of the seed, a colon and the id, so that anybody can check.

    Returns
    -------
    ndarray of int64, shape (n_schools,)
        Positions from 0 in the order of the lots; whoever else takes part, two schools keep their order.
    """
    hashes = [hashlib.sha256(f"{seed}:{school_id}".encode()).digest() for school_id in school_ids]
    order = sorted(range(len(hashes)), key=lambda at: hashes[at])
    lots = np.empty(len(hashes), np.int64)
    lots[order] = np.arange(len(hashes))
    return lots

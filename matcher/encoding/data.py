"""Encoding: a problem, and everything needed to say in words what its numbers mean."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.costs import CostTable
from matcher.features.pairs import PairList
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.problem import Problem
from matcher.profiles import Intake, Strength
from matcher.rules.outcome import PairOutcome
from matcher.scores.table import ScoreTable

MONEY = "money"
"""Key of what costs take from the points of pairs."""


@dataclass(frozen=True, slots=True)
class LinkTerm:
    """One declared or derived link as it entered the problem.

    Attributes
    ----------
    key : str
        Rule of the policy it comes from: ``rivalry``, ``neighbours``, ``apart_by_authority``,
        ``must_link`` or ``lock``.
    first, second : int
        Mentee positions ``first < second``; for a lock the mentee and the host.
    price : int or None
        Objective units that a breach costs; None when the link is hard.
    detail : str
        Why the link stands, in plain words; may be empty.
    """

    key: str
    first: int
    second: int
    price: int | None
    detail: str


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """A problem and everything needed to say in words what its numbers mean.

    Attributes
    ----------
    problem : Problem
        What the solver gets.
    intake : Intake
        The intake with every table sorted, so that the order of rows can never matter.
    policy : Policy
    features : FeatureTable
    mentee_ids, host_ids : tuple of str
        Index → id, both sorted by id (``intake.mentees``, ``intake.mentors``).
    scores : ScoreTable
        Scores of the eligible pairs, aligned with ``problem.pair_mentee`` / ``pair_host``.
    pair_rules : tuple of PairOutcome
        Verdict of every pair rule that is not off on the eligible pairs, aligned in the same way.
    pair_score : ndarray of int64, shape (n_pairs,)
        Scores in objective units, before penalties.
    pair_penalty : ndarray of int64, shape (n_pair_rules, n_pairs)
        Objective units that each pair rule takes; ``pair_score - pair_penalty.sum(0)`` plus the price of a
        soft lock met and the pair's lot is ``problem.pair_value``.
    apart, together, locks : tuple of LinkTerm
        Mentee pairs to keep apart, mentee pairs to keep together, (mentee, host) pairs to choose.
    cohesion_pair : ndarray of int64, shape (n, 2)
        Mentee pairs whose likeness counts.
    cohesion_points : ndarray of int64, shape (n,)
        Value of their sharing a cluster in objective units, without soft links.
    leads : dict of str to tuple of str
        By host id: the schools that lead it, where these are not the host itself (see
        :class:`matcher.forming.Formed`).
    given : Intake
        The intake before anything was formed of its schools.
    costs : CostTable or None
        What the eligible pairs and the clusters cost; None where the policy counts no money. What costs take
        from the pairs' points is the last row of `pair_penalty`, and ``money`` the last of `pair_rules`.
    lots : ndarray of int64, shape (n_pairs,)
        Objective units that lots add to each pair; 0 throughout where the policy draws none.
    floored : PairList
        Pairs that the floor of ``policy.fairness`` alone bars.
    floored_score : ndarray of int64, shape (n_floored,)
        Their scores in objective units.
    """

    problem: Problem
    intake: Intake
    policy: Policy
    features: FeatureTable
    mentee_ids: tuple[str, ...]
    host_ids: tuple[str, ...]
    scores: ScoreTable
    pair_rules: tuple[PairOutcome, ...]
    pair_score: NDArray[np.int64]
    pair_penalty: NDArray[np.int64]
    apart: tuple[LinkTerm, ...]
    together: tuple[LinkTerm, ...]
    locks: tuple[LinkTerm, ...]
    cohesion_pair: NDArray[np.int64]
    cohesion_points: NDArray[np.int64]
    leads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    given: Intake = field(default_factory=Intake)
    costs: CostTable | None = None
    lots: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    floored: PairList = field(default_factory=lambda: PairList.every(0, 0))
    floored_score: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def rule_penalty(self) -> NDArray[np.int64]:
        """Objective units that soft pair rules take, without what costs take; shape (n, n_pairs)."""
        counted = [at for at, outcome in enumerate(self.pair_rules) if outcome.key != MONEY]
        return self.pair_penalty[counted]

    @property
    def money_penalty(self) -> NDArray[np.int64]:
        """Objective units that costs take from each pair; shape (n_pairs,)."""
        taken: NDArray[np.int64] = self.pair_penalty.sum(axis=0) - self.rule_penalty.sum(axis=0)
        return taken

    @property
    def takes_new_pairs(self) -> bool:
        """Whether a barred pair could be added alone: no limit on a sum, cost, floor or lot is on."""
        fair = self.policy.fairness.floor.strength is not Strength.OFF or bool(self.policy.lottery.seed)
        return not (self.problem.rows or self.money_penalty.any() or fair)

"""The only joint between words and numbers: (Intake, policy) → Problem and back.

Below this module there are arrays and ints; above it there are schools and tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.problem import Problem
from matcher.profiles import Intake
from matcher.rules.outcome import PairOutcome
from matcher.scores.table import ScoreTable


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """A problem and everything needed to say in words what its numbers mean.

    Attributes
    ----------
    problem : Problem
        What the solver gets.
    intake : Intake
    policy : Policy
    features : FeatureTable
    mentee_ids, host_ids : tuple of str
        Index → id, both sorted by id (``intake.mentees``, ``intake.mentors``).
    scores : ScoreTable
        Scores of the eligible pairs, aligned with ``problem.pair_mentee`` / ``pair_host``.
    pair_rules : tuple of PairOutcome
        Verdict of every pair rule that is not off on the eligible pairs, aligned in the same way.
    """

    problem: Problem
    intake: Intake
    policy: Policy
    features: FeatureTable
    mentee_ids: tuple[str, ...]
    host_ids: tuple[str, ...]
    scores: ScoreTable
    pair_rules: tuple[PairOutcome, ...]

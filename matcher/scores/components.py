"""From pairs to the component of each criterion: gathers the inputs and calls the pure functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features.geography import road_km
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.scores.challenge_areas import area_weights
from matcher.scores.challenge_fit import score_challenge_fit
from matcher.scores.context import score_context
from matcher.scores.maturity_band import score_maturity_band
from matcher.scores.pair_values import PairValues, Wishes, mentee_wishes, mentor_wishes, partnerships
from matcher.scores.partnership import score_partnership
from matcher.scores.phase import score_phase
from matcher.scores.preference import score_preference
from matcher.scores.shared_language import score_shared_language
from matcher.scores.side import Side
from matcher.scores.size import score_size
from matcher.scores.travel import score_travel
from matcher.scores.work_mode import score_work_mode


@dataclass(frozen=True, slots=True, eq=False)
class PairData:
    """What all criteria need, gathered once for one intake, feature table and policy."""

    features: FeatureTable
    policy: Policy
    mentees: Side
    hosts: Side
    mentee_wishes: Wishes
    mentor_wishes: Wishes
    partnerships: PairValues
    mentees_list_languages: NDArray[np.bool_]
    hosts_list_languages: NDArray[np.bool_]

    @classmethod
    def of(cls, intake: Intake, features: FeatureTable, policy: Policy) -> PairData:
        """Gather from an intake and its feature table. Raises KeyError if a school is not in the table."""
        return cls(
            features,
            policy,
            Side.of(features, intake.mentees),
            Side.of(features, intake.mentors),
            mentee_wishes(intake),
            mentor_wishes(intake),
            partnerships(intake),
            np.array([bool(school.languages) for school in intake.mentees], dtype=np.bool_),
            np.array([bool(school.languages) for school in intake.mentors], dtype=np.bool_),
        )

    def block(self, mentee: NDArray[np.int64], host: NDArray[np.int64]) -> PairBlock:
        """Gather the rows of some pairs, given as positions in ``intake.mentees`` and ``intake.mentors``."""
        return PairBlock(self, mentee, host, self.mentees.take(mentee), self.hosts.take(host))


@dataclass(frozen=True, slots=True, eq=False)
class PairBlock:
    """Some pairs with the features of both sides, row by row."""

    data: PairData
    mentee: NDArray[np.int64]
    host: NDArray[np.int64]
    of_mentee: Side
    of_host: Side

    @property
    def policy(self) -> Policy:
        """The policy in use."""
        return self.data.policy

    @property
    def km(self) -> NDArray[np.float64]:
        """Road distance of each pair in km; NaN where unknown."""
        return road_km(self.data.features, self.of_mentee.rows, self.of_host.rows, self.policy.geography)

    @property
    def mentee_rank(self) -> NDArray[np.float64]:
        """Rank that the mentee gave the mentor; 0 not named, NaN where it named nobody."""
        wishes = self.data.mentee_wishes
        rank = wishes.ranks.look_up(self.mentee, self.host)
        return np.where(wishes.has_named[self.mentee], rank, np.nan)

    @property
    def mentor_rank(self) -> NDArray[np.float64]:
        """Rank that the mentor gave the mentee; 0 not named, NaN where it named nobody."""
        wishes = self.data.mentor_wishes
        rank = wishes.ranks.look_up(self.mentee, self.host)
        return np.where(wishes.has_named[self.host], rank, np.nan)


def _maturity_band(block: PairBlock) -> NDArray[np.float64]:
    band = block.policy.criteria.maturity_band
    weights = area_weights(block.of_mentee.challenges, band.challenge_emphasis)
    return score_maturity_band(block.of_mentee.maturity, block.of_host.maturity, weights, band)


def _challenge_fit(block: PairBlock) -> NDArray[np.float64]:
    decay = block.policy.criteria.challenge_fit.rank_decay
    return score_challenge_fit(block.of_mentee.challenges, block.of_host.strengths, decay)


def _shared_language(block: PairBlock) -> NDArray[np.float64]:
    enough = block.policy.criteria.shared_language.enough.order
    return score_shared_language(block.of_mentee.languages, block.of_host.languages, enough)


def _travel(block: PairBlock) -> NDArray[np.float64]:
    return score_travel(block.km, block.policy.criteria.travel.zero_km)


def _phase(block: PairBlock) -> NDArray[np.float64]:
    return score_phase(block.of_mentee.phases, block.of_host.phases)


def _size(block: PairBlock) -> NDArray[np.float64]:
    ratio = block.policy.criteria.size.zero_ratio
    return score_size(block.of_mentee.pupils, block.of_host.pupils, ratio)


def _context(block: PairBlock) -> NDArray[np.float64]:
    mentee, host = block.of_mentee, block.of_host
    share = block.policy.criteria.context.rurality_share
    return score_context(mentee.rurality, host.rurality, mentee.need, host.need, share)


def _work_mode(block: PairBlock) -> NDArray[np.float64]:
    return score_work_mode(block.of_mentee.work_mode, block.of_host.work_mode)


def _mentee_preference(block: PairBlock) -> NDArray[np.float64]:
    wish = block.policy.criteria.mentee_preference
    return score_preference(block.mentee_rank, wish.rank_decay, wish.unranked)


def _mentor_preference(block: PairBlock) -> NDArray[np.float64]:
    wish = block.policy.criteria.mentor_preference
    return score_preference(block.mentor_rank, wish.rank_decay, wish.unranked)


def _partnership(block: PairBlock) -> NDArray[np.float64]:
    return score_partnership(block.data.partnerships.look_up(block.mentee, block.host) > 0)


COMPONENTS: dict[str, Callable[[PairBlock], NDArray[np.float64]]] = {
    "maturity_band": _maturity_band,
    "challenge_fit": _challenge_fit,
    "shared_language": _shared_language,
    "travel": _travel,
    "phase": _phase,
    "size": _size,
    "context": _context,
    "work_mode": _work_mode,
    "mentee_preference": _mentee_preference,
    "mentor_preference": _mentor_preference,
    "partnership": _partnership,
}
"""For each criterion, its component of a block of pairs: in [0, 1], NaN where unknown."""

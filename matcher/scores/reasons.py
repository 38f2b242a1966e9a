"""One short factual phrase for each criterion of a pair: the values behind its score, in plain words.

Maturity is told as a number of areas, never as a value.
"""

from __future__ import annotations

import numpy as np

from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.scores.components import PairData
from matcher.scores.reasons_content import (
    say_challenge_fit,
    say_maturity_band,
    say_mentee_preference,
    say_mentor_preference,
    say_partnership,
    say_phase,
)
from matcher.scores.reasons_context import (
    say_context,
    say_shared_language,
    say_size,
    say_travel,
    say_work_mode,
)

PHRASES = {
    "maturity_band": say_maturity_band,
    "challenge_fit": say_challenge_fit,
    "shared_language": say_shared_language,
    "travel": say_travel,
    "phase": say_phase,
    "size": say_size,
    "context": say_context,
    "work_mode": say_work_mode,
    "mentee_preference": say_mentee_preference,
    "mentor_preference": say_mentor_preference,
    "partnership": say_partnership,
}
"""For each criterion, the function that words a block of one pair."""


class Reasons:
    """Words for the scores of an intake's pairs; gathers the data once, then answers for many pairs.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
        Built from `intake`.
    policy : Policy
    """

    def __init__(self, intake: Intake, features: FeatureTable, policy: Policy) -> None:
        self._data = PairData.of(intake, features, policy)
        self._mentees = {school.school_id: at for at, school in enumerate(intake.mentees)}
        self._hosts = {school.school_id: at for at, school in enumerate(intake.mentors)}

    def say(self, key: str, mentee: str | int, host: str | int) -> str:
        """Say in one short phrase why a pair scores as it does in one criterion.

        Parameters
        ----------
        key : str
            Key of the criterion.
        mentee, host : str or int
            School ids, or positions in ``intake.mentees`` and ``intake.mentors``.

        Returns
        -------
        str
            Such as ``12 km by road (town centres)``; begins with ``not known`` exactly where the
            component is unknown.

        Raises
        ------
        KeyError
            If the criterion or a school does not exist.
        """
        mentee_at = self._mentees[mentee] if isinstance(mentee, str) else mentee
        host_at = self._hosts[host] if isinstance(host, str) else host
        phrase = PHRASES[key]
        return phrase(self._data.block(np.array([mentee_at]), np.array([host_at])))


def component_reason(  # noqa: PLR0917 - the whole context, then the pair
    intake: Intake, features: FeatureTable, policy: Policy, key: str, mentee: str | int, host: str | int
) -> str:
    """Say in one short phrase why one pair scores as it does in one criterion.

    Gathers the data anew at each call; for many pairs keep a :class:`Reasons`.

    Parameters
    ----------
    intake : Intake
    features : FeatureTable
    policy : Policy
    key : str
        Key of the criterion.
    mentee, host : str or int
        School ids, or positions in ``intake.mentees`` and ``intake.mentors``.

    Returns
    -------
    str
        In plain words, without a full stop.

    Raises
    ------
    KeyError
        If the criterion or a school does not exist.
    """
    return Reasons(intake, features, policy).say(key, mentee, host)

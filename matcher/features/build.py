"""Build the feature table: every school's profile as a row of numbers, unknown kept unknown."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from matcher.features.columns import Draft, lists_as_features, profile_as_features
from matcher.features.maturity import maturity_as_features
from matcher.features.table import FeatureTable
from matcher.policy.model import Policy
from matcher.profiles import Intake


def build_features(intake: Intake, policy: Policy) -> FeatureTable:
    """Turn every school of an intake into a feature vector.

    The columns are listed in ``docs/features.md``. Ids are kept, names are not.

    Parameters
    ----------
    intake : Intake
        All schools, mentees and mentors alike; the order of its tuples does not matter.
    policy : Policy
        ``policy.maturity`` says how maturity values are made comparable.

    Returns
    -------
    FeatureTable
        One row a school, sorted by id; NaN wherever the value is unknown.

    Raises
    ------
    ValueError
        If two schools share an id.
    """
    schools = sorted(intake.schools, key=lambda school: school.school_id)
    ids = tuple(school.school_id for school in schools)
    if len(set(ids)) != len(ids):
        twice = sorted({one for one, other in pairwise(ids) if one == other})
        raise ValueError(f"school ids must be unique; given more than once: {', '.join(twice)}")
    drafts: list[Draft] = [
        *profile_as_features(schools),
        *lists_as_features(schools),
        *maturity_as_features(intake, policy),
    ]
    values = (
        np.column_stack([draft.values for draft in drafts])
        if schools
        else np.empty((0, len(drafts)), np.float64)
    )
    return FeatureTable(ids, tuple(draft.column for draft in drafts), values, np.isnan(values))

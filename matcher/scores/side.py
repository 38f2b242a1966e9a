"""One side's schools as arrays, ready to be gathered pair by pair."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matcher.features.columns import code_name
from matcher.features.instruments import COMMON_AREAS
from matcher.features.rows import row_positions
from matcher.features.table import FeatureTable
from matcher.profiles import Challenge, Phase, School


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """Features of some schools (all mentees, or all mentors, or one chunk of them).

    Attributes
    ----------
    rows : ndarray of int64, shape (n,)
        Rows of the feature table.
    pupils, rurality, need, work_mode : ndarray of float64, shape (n,)
    phases : ndarray of float64, shape (n, 5)
        Flags in the order of ``Phase``.
    languages : ndarray of float64, shape (n, n_languages)
        CEFR levels.
    challenges, strengths : ndarray of float64, shape (n, 16)
        Ranks and flags in the order of ``Challenge``.
    maturity : ndarray of float64, shape (n, 8)
        Levels in the common areas A–H.
    """

    rows: NDArray[np.int64]
    pupils: NDArray[np.float64]
    rurality: NDArray[np.float64]
    need: NDArray[np.float64]
    work_mode: NDArray[np.float64]
    phases: NDArray[np.float64]
    languages: NDArray[np.float64]
    challenges: NDArray[np.float64]
    strengths: NDArray[np.float64]
    maturity: NDArray[np.float64]

    @classmethod
    def of(cls, features: FeatureTable, schools: tuple[School, ...]) -> Side:
        """Gather the features of `schools`, in their order. Raises KeyError if one is not in the table."""
        rows = row_positions(features, (school.school_id for school in schools))
        where = {name: at for at, name in enumerate(features.names)}

        def block(names: list[str]) -> NDArray[np.float64]:
            columns = np.array([where[name] for name in names], dtype=np.int64)
            return features.values[rows[:, None], columns[None, :]]

        return cls(
            rows=rows,
            pupils=features.column("pupils")[rows],
            rurality=features.column("rurality")[rows],
            need=features.column("need_index")[rows],
            work_mode=features.column("work_mode")[rows],
            phases=block([code_name("phase", phase) for phase in Phase]),
            languages=block([name for name in features.names if name.startswith("language_")]),
            challenges=block([code_name("challenge", one) for one in Challenge]),
            strengths=block([code_name("strength", one) for one in Challenge]),
            maturity=block([f"maturity_{area}" for area in COMMON_AREAS]),
        )

    def take(self, positions: NDArray[np.int64]) -> Side:
        """Gather chosen schools, one row a position."""
        return Side(*(getattr(self, one.name)[positions] for one in fields(self)))

"""FeatureTable: profiles as numbers, with what is missing, in which unit and where from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class FeatureColumn:
    """What one feature means.

    Attributes
    ----------
    name : str
        Column name, lower case with underscores, its unit in the name where a bare number would mislead.
    unit : str
        Unit or scale, e.g. ``degree``, ``km``, ``0-1``, ``flag``, ``cefr 1-7``.
    provenance : str
        Where the value comes from, e.g. ``Schools.pupils`` or ``Maturity: SELFIE, table scale``.
    """

    name: str
    unit: str
    provenance: str


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """One row a school, one column a feature.

    Attributes
    ----------
    school_ids : tuple of str
        Row labels, sorted by id.
    columns : tuple of FeatureColumn
        Column labels.
    values : ndarray of float64, shape (n_schools, n_features)
        NaN wherever `missing` is true, so that an unknown can never pass for 0.
    missing : ndarray of bool, shape (n_schools, n_features)
        True where the value is unknown.
    """

    school_ids: tuple[str, ...]
    columns: tuple[FeatureColumn, ...]
    values: NDArray[np.float64]
    missing: NDArray[np.bool_]
    _position: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        shape = (len(self.school_ids), len(self.columns))
        if self.values.shape != shape or self.missing.shape != shape:
            raise ValueError(f"values and missing must have shape {shape}")
        if not np.array_equal(np.isnan(self.values), self.missing):
            raise ValueError("values must be NaN exactly where missing is true")
        # Looked up once for each pair that is explained, so it is made once.
        object.__setattr__(self, "_position", {column.name: at for at, column in enumerate(self.columns)})
        self.values.setflags(write=False)
        self.missing.setflags(write=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(self._position)

    def column(self, name: str) -> NDArray[np.float64]:
        """Values of one feature, shape (n_schools,), NaN where unknown. Raises KeyError if absent."""
        try:
            return self.values[:, self._position[name]]
        except KeyError:
            raise KeyError(f"no feature {name!r}") from None

    def block(self, prefix: str) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        """All features whose name begins with `prefix`: their names and values (n_schools, k)."""
        where = [at for at, name in enumerate(self.names) if name.startswith(prefix)]
        return tuple(self.names[at] for at in where), self.values[:, where]

    def to_frame(self) -> pd.DataFrame:
        """Values as a pandas data frame indexed by school id; unknown is NaN."""
        import pandas as pd  # noqa: PLC0415 - `import matcher` stays light

        return pd.DataFrame(
            self.values, index=pd.Index(self.school_ids, name="school_id"), columns=list(self.names)
        )

"""Work that many questions share: once it is spent, what is left over is not looked into."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from matcher.solvers.base import SolveSettings

EACH = 0.002
"""Work units that a question costs beside its searches, for every thousand pairs that it has to look at."""


@dataclass(slots=True)
class Allowance:
    """Deterministic work units for several questions; whoever works says what it took.

    Attributes
    ----------
    limit : float
        Work units in all; infinite for no limit.
    used : float
        Of these, so far.
    """

    limit: float = math.inf
    used: float = 0.0

    @property
    def left(self) -> float:
        """Work units left, at least 0."""
        return max(0.0, self.limit - self.used)

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.used >= self.limit

    def spend(self, work: float) -> None:
        """Count the work of a search."""
        self.used += work

    def look(self, n_pairs: int) -> None:
        """Count what a question costs beside its searches, in a problem of so many pairs."""
        self.used += EACH * (1 + n_pairs / 1_000)

    def within(self, settings: SolveSettings) -> SolveSettings:
        """Return the limits of one search, its work at most what is left."""
        if math.isinf(self.limit):
            return settings
        limit = self.left if settings.work_limit is None else min(self.left, settings.work_limit)
        return replace(settings, work_limit=limit)

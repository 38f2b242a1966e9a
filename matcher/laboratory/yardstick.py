"""The yardstick: one policy by which the plans of all policies are judged alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.analysis.wording import rounded
from matcher.encoding import Encoding, encode
from matcher.encoding.intake_order import in_order
from matcher.exceptions import UsageError
from matcher.features.geography import road_km
from matcher.features.pairs import PairList
from matcher.features.rows import row_positions
from matcher.forming import form
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.scores.pair_scores import score_pairs
from matcher.scores.table import ScoreTable

Leads = Mapping[str, tuple[str, ...]]
"""By placed school: the schools that lead its cluster; empty in a group of equals."""


@dataclass(frozen=True, slots=True)
class Fits:
    """How the schools of a plan fit their mentors; what is not known is absent.

    Attributes
    ----------
    points : dict of str to float
        By school, of 100.
    values : dict of str to (dict of str to float)
        By criterion, by school, in [0, 1].
    """

    points: dict[str, float]
    values: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Yardstick:
    """A policy that takes the intake as it is, with that intake encoded under it.

    Attributes
    ----------
    policy : Policy
    encoding : Encoding
    """

    policy: Policy
    encoding: Encoding

    @classmethod
    def of(cls, intake: Intake, policy: Policy) -> Yardstick:
        """Encode an intake under a yardstick; raises UsageError for a policy that cannot be one."""
        if not can_measure(intake, policy):
            raise UsageError(
                f"The policy '{policy.name}' cannot be the yardstick: it forms clusters around something "
                "other than single mentor schools. Name one that takes the mentors as they are."
            )
        return cls(policy, encode(intake, policy))

    def fits(self, leads: Leads) -> Fits:
        """Score each school with its mentor; with several leads the mean over them.

        Parameters
        ----------
        leads : mapping of str to tuple of str
            A school that this intake does not place, or a lead that is no mentor of it, has no fit.

        Returns
        -------
        Fits
        """
        encoding = self.encoding
        mentee_at = {school: at for at, school in enumerate(encoding.mentee_ids)}
        host_at = {school: at for at, school in enumerate(encoding.host_ids)}
        asked = {
            school: [host_at[lead] for lead in some]
            for school, some in leads.items()
            if some and school in mentee_at and all(lead in host_at for lead in some)
        }
        pairs = [(mentee_at[school], host) for school, hosts in asked.items() for host in hosts]
        table = self._scored(pairs)
        points: dict[str, float] = {}
        values: dict[str, dict[str, float]] = {key: {} for key in table.criteria}
        at = 0
        for school, hosts in asked.items():
            span = slice(at, at + len(hosts))
            at += len(hosts)
            if table.known_share[span].min() > 0:
                points[school] = rounded(float(table.score[span].mean()))
            for row, key in enumerate(table.criteria):
                value = float(table.values[row, span].mean())
                if not math.isnan(value):
                    values[key][school] = rounded(value)
        return Fits(points, values)

    def distances(self, leads: Leads) -> dict[str, float]:
        """Road distance of each school to its mentor, of several leads the mean; absent where unknown."""
        pairs = [(school, lead) for school, some in leads.items() for lead in some]
        found: dict[str, list[float]] = {}
        for (school, _), km in zip(pairs, self._km(pairs).tolist(), strict=True):
            found.setdefault(school, []).append(km)
        means = {school: math.fsum(some) / len(some) for school, some in found.items()}
        return {school: rounded(mean) for school, mean in means.items() if not math.isnan(mean)}

    def between(self, clusters: Iterable[Sequence[str]]) -> tuple[float, ...]:
        """Road distances of every two schools of each cluster, those that are known."""
        pairs = [pair for schools in clusters for pair in combinations(schools, 2)]
        return tuple(rounded(km) for km in self._km(pairs).tolist() if not math.isnan(km))

    def _km(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        features = self.encoding.features
        first, second = ([pair[side] for pair in pairs] for side in (0, 1))
        rows = row_positions(features, first), row_positions(features, second)
        return road_km(features, *rows, self.policy.geography)

    def _scored(self, pairs: list[tuple[int, int]]) -> ScoreTable:
        """Score some pairs beside all eligible ones, so that a mean that stands in hardly differs."""
        problem, count = self.encoding.problem, len(pairs)
        some = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        mentees = np.concatenate((some[:, 0], problem.pair_mentee))
        hosts = np.concatenate((some[:, 1], problem.pair_host))
        whole = score_pairs(
            self.encoding.intake, self.encoding.features, self.policy, PairList(mentees, hosts)
        )
        return ScoreTable(
            whole.pairs.take(np.arange(count)),
            whole.criteria,
            whole.weights,
            whole.values[:, :count],
            whole.points[:, :count],
            whole.known_share[:count],
        )


def can_measure(intake: Intake, policy: Policy) -> bool:
    """Whether a policy takes the mentors as they are, so that every plan can be held against it."""
    ordered = in_order(intake)
    return not policy.layers.of and form(ordered, policy).intake is ordered

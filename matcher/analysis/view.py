"""PlanView: one plan beside its encoding, with the look-ups that every part of the document needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoding
from matcher.exceptions import RefereeError
from matcher.features.geography import road_km
from matcher.features.rows import row_positions
from matcher.profiles import Intake, School
from matcher.solution.data import UNASSIGNED, Solution
from matcher.solution.evaluation import Evaluation


@dataclass(frozen=True, slots=True, eq=False)
class PlanView:
    """One plan beside its encoding.

    Attributes
    ----------
    encoding : Encoding
    evaluation : Evaluation
        What the referee found.
    mentees, mentors : tuple of School
        Sorted by id, so that positions are those of the problem.
    host_of : tuple of int
        Host position of each mentee, or -1.
    pair_at : tuple of int
        Position of each mentee's pair among the eligible pairs, or -1 (also for a pair that a rule bars).
    members : tuple of tuple of int
        Mentees of each host, ascending; empty for a host that leads nothing.
    distance_km : ndarray of float64, shape (n_mentees,)
        Road distance of each mentee to its host, or the mean distance to the other schools of its group of
        equals; NaN when unknown or unassigned.
    mentee_rows, host_rows : ndarray of int64
        Rows of the feature table.
    """

    encoding: Encoding
    evaluation: Evaluation
    mentees: tuple[School, ...]
    mentors: tuple[School, ...]
    host_of: tuple[int, ...]
    pair_at: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    distance_km: NDArray[np.float64]
    mentee_rows: NDArray[np.int64]
    host_rows: NDArray[np.int64]

    @property
    def intake(self) -> Intake:
        """The intake of the encoding."""
        return self.encoding.intake

    @property
    def of_equals(self) -> bool:
        """Whether clusters are groups of equals, which no school leads."""
        return self.encoding.policy.peers.enabled

    @property
    def placed(self) -> tuple[int, ...]:
        """Mentees that have a host, ascending."""
        return tuple(mentee for mentee, host in enumerate(self.host_of) if host != UNASSIGNED)

    @property
    def opened(self) -> tuple[int, ...]:
        """Hosts that lead a cluster, ascending."""
        return tuple(host for host, members in enumerate(self.members) if members)

    @property
    def placed_pairs(self) -> NDArray[np.int64]:
        """Positions of the chosen pairs among the eligible pairs, by mentee; shape (n_placed,)."""
        return np.array([at for at in self.pair_at if at >= 0], dtype=np.int64)

    def together(self, first: int, second: int) -> bool:
        """Whether two mentees share a cluster."""
        return self.host_of[first] != UNASSIGNED and self.host_of[first] == self.host_of[second]


def view_of(
    encoding: Encoding, solution: Solution, evaluation: Evaluation, *, barred_too: bool = False
) -> PlanView:
    """Put a plan beside its encoding; with `barred_too`, one changed by hand that uses pairs a rule bars.

    Raises
    ------
    RefereeError
        If the plan uses a pair that is not eligible, unless `barred_too`.
    """
    intake = encoding.intake
    host_of = tuple(int(host) for host in solution.host_of)
    index = encoding.problem.pair_index
    pair_at = tuple(
        -1 if host == UNASSIGNED else index.get((at, host), -1) for at, host in enumerate(host_of)
    )
    for mentee, (host, pair) in enumerate(zip(host_of, pair_at, strict=True)):
        if host != UNASSIGNED and pair < 0 and not barred_too:
            names = f"{encoding.mentee_ids[mentee]} with {encoding.host_ids[host]}"
            raise RefereeError(f"the plan uses a pair that is not eligible: {names}")
    members: list[list[int]] = [[] for _ in encoding.host_ids]
    for mentee, host in enumerate(host_of):
        if host != UNASSIGNED:
            members[host].append(mentee)
    mentee_rows = row_positions(encoding.features, encoding.mentee_ids)
    host_rows = row_positions(encoding.features, encoding.host_ids)
    return PlanView(
        encoding=encoding,
        evaluation=evaluation,
        mentees=intake.mentees,
        mentors=intake.mentors,
        host_of=host_of,
        pair_at=pair_at,
        members=tuple(tuple(group) for group in members),
        distance_km=_distances(encoding, host_of, mentee_rows, host_rows),
        mentee_rows=mentee_rows,
        host_rows=host_rows,
    )


def _distances(
    encoding: Encoding,
    host_of: tuple[int, ...],
    mentee_rows: NDArray[np.int64],
    host_rows: NDArray[np.int64],
) -> NDArray[np.float64]:
    distances = np.full(len(host_of), np.nan)
    placed = np.array([at for at, host in enumerate(host_of) if host != UNASSIGNED], dtype=np.int64)
    hosts = np.array([host for host in host_of if host != UNASSIGNED], dtype=np.int64)
    geography = encoding.policy.geography
    if encoding.policy.peers.enabled:
        for group in np.unique(hosts).tolist():
            rows = mentee_rows[placed[hosts == group]]
            km = road_km(encoding.features, rows[:, None], rows[None, :], geography)
            np.fill_diagonal(km, np.nan)
            known = ~np.isnan(km)
            total = np.where(known, km, 0.0).sum(axis=1)
            distances[placed[hosts == group]] = np.where(
                known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan
            )
    elif placed.size:
        distances[placed] = road_km(encoding.features, mentee_rows[placed], host_rows[hosts], geography)
    return distances

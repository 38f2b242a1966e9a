"""Invented schools in the plane, and what pairs of them are worth in [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

AREAS = 10
"""Challenge areas to choose from."""


@dataclass(frozen=True, slots=True, eq=False)
class Schools:
    """Schools of one side.

    Attributes
    ----------
    place : ndarray of float64, shape (n, 2)
        km.
    maturity : ndarray of float64, shape (n,)
        1 to 5.
    area : ndarray of float64, shape (n, AREAS)
        1 where the school has the challenge (mentee) or the strength (host).
    size : ndarray of float64, shape (n,)
        Pupils, logarithm, scaled to [0, 1].
    """

    place: FloatArray
    maturity: FloatArray
    area: FloatArray
    size: FloatArray

    def __len__(self) -> int:
        return len(self.maturity)


def invent(
    count: int, side_km: float, maturity: tuple[float, float], areas: int, dice: np.random.Generator
) -> Schools:
    """Invent schools, evenly in a square of `side_km`, each with so many `areas`."""
    order = np.argsort(dice.random((count, AREAS)), axis=1)[:, :areas]
    area = np.zeros((count, AREAS))
    np.put_along_axis(area, order, 1.0, axis=1)
    return Schools(
        place=dice.random((count, 2)) * side_km,
        maturity=dice.uniform(*maturity, count),
        area=area,
        size=dice.random(count),
    )


def distance_km(one: Schools, at: IntArray, other: Schools, to: IntArray) -> FloatArray:
    """Distances of the listed pairs, shape (n_pairs,)."""
    apart: FloatArray = np.sqrt(((one.place[at] - other.place[to]) ** 2).sum(axis=1))
    return apart


def mentoring_score(
    mentees: Schools, at: IntArray, hosts: Schools, to: IntArray, dice: np.random.Generator
) -> FloatArray:
    """Score of the listed (mentee, host) pairs in [0, 1]: distance, maturity band, shared areas, noise."""
    near = np.exp(-distance_km(mentees, at, hosts, to) / 50.0)
    ahead = hosts.maturity[to] - mentees.maturity[at]
    band = np.clip(1.0 - np.abs(ahead - 1.0) / 2.0, 0.0, 1.0)
    shared = (mentees.area[at] * hosts.area[to]).sum(axis=1) / mentees.area[at].sum(axis=1)
    score: FloatArray = 0.4 * near + 0.25 * band + 0.25 * shared + 0.1 * dice.random(len(at))
    return score


def peer_score(mentees: Schools, one: IntArray, other: IntArray, dice: np.random.Generator) -> FloatArray:
    """Worth of the listed pairs of mentees in (0, 1]: shared challenges, distance, size, noise."""
    shared = (mentees.area[one] * mentees.area[other]).sum(axis=1) / mentees.area[one].sum(axis=1)
    near = np.exp(-distance_km(mentees, one, mentees, other) / 30.0)
    alike = 1.0 - np.abs(mentees.size[one] - mentees.size[other])
    score: FloatArray = 0.35 * shared + 0.35 * near + 0.15 * alike + 0.15 * dice.random(len(one))
    return score

"""From degrees to the page: a conic projection fitted to the schools."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

EARTH_KM = 6371.0088
"""Mean radius of the Earth in km (IUGG)."""
Degrees = tuple[float, float]
"""Longitude, latitude."""


@dataclass(frozen=True, slots=True)
class Box:
    """A window in degrees."""

    west: float
    south: float
    east: float
    north: float

    def padded(self, share: float, least: float) -> Box:
        """Widen by `share` of each side, by `least` degrees at least, within the poles."""
        dx = max(least * 1.4, share * (self.east - self.west))
        dy = max(least, share * (self.north - self.south))
        return Box(
            self.west - dx,
            max(-89.0, self.south - dy),
            self.east + dx,
            min(89.0, self.north + dy),
        )


def box_of(points: Sequence[Degrees]) -> Box:
    """Smallest box around some points; raises ValueError without any."""
    longitudes = [point[0] for point in points]
    latitudes = [point[1] for point in points]
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to kilometres on the page, x to the right and y downwards.

    Lambert's conformal conic projection of a sphere with two standard parallels, one sixth inside the
    box's southern and northern edge; the plate carrée with its true parallel at the middle where a cone
    has no use (a box that is near the equator, reaches across it, or is higher than 50°).

    References
    ----------
    J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395, 1987, §15, §12.
    """

    middle: float
    """Meridian that runs straight up, in degrees."""
    parallel: float
    """True parallel of the plate carrée, in degrees."""
    cone: float
    """Constant of the cone, Snyder's n; 0 for the plate carrée."""
    factor: float
    """Snyder's R·F in km."""

    @classmethod
    def fitted(cls, box: Box) -> Projection:
        """Fit a projection to a box."""
        middle = (box.west + box.east) / 2
        parallel = (box.south + box.north) / 2
        height = box.north - box.south
        if abs(parallel) < 15 or box.south * box.north < 0 or height > 50:
            return cls(middle, parallel, 0.0, 0.0)
        low, high = math.radians(box.south + height / 6), math.radians(box.north - height / 6)
        if high - low < 1e-6:
            cone = math.sin(low)
        else:
            cone = math.log(math.cos(low) / math.cos(high)) / math.log(_cot(low) / _cot(high))
        factor = EARTH_KM * math.cos(low) / (cone * _cot(low) ** cone)
        return cls(middle, parallel, cone, factor)

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Place a point: x and y in km, y growing to the south."""
        turn = math.radians(longitude - self.middle)
        if self.cone == 0.0:
            x = EARTH_KM * turn * math.cos(math.radians(self.parallel))
            return x, -EARTH_KM * math.radians(latitude)
        radius = self.factor * _cot(math.radians(latitude)) ** self.cone
        return radius * math.sin(self.cone * turn), radius * math.cos(self.cone * turn)


def _cot(latitude: float) -> float:
    """Snyder's cot(π/4 + φ/2), which falls from the south pole to the north pole."""
    return 1.0 / math.tan(math.pi / 4 + latitude / 2)

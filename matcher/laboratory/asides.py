"""Asides: plans that are made to be counted, for sensitivity and for doubt in the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matcher.exceptions import UsageError
from matcher.laboratory.nudges import Nudged, nudges_of
from matcher.laboratory.variant import Draw, Variant
from matcher.profiles import Intake

SPREAD = 0.2
"""Share by which weights and prices are changed if nothing else is said."""
MOST_DRAWS = 10_000
"""Draws at most."""


@dataclass(frozen=True, slots=True)
class Asides:
    """What is run beside the policies and their sweeps.

    Attributes
    ----------
    spread : float
        Share by which weights and prices are changed.
    nudged : dict of str to tuple of Nudged
        By the policy's key: its changes, one at a time.
    drawn : dict of str to tuple of Variant
        By the policy's key: one variant a draw.
    """

    spread: float = SPREAD
    nudged: Mapping[str, tuple[Nudged, ...]] = field(default_factory=dict)
    drawn: Mapping[str, tuple[Variant, ...]] = field(default_factory=dict)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Every variant to be run."""
        nudged = (one.variant for several in self.nudged.values() for one in several)
        drawn = (one for several in self.drawn.values() for one in several)
        return (*(one for one in nudged if one is not None), *drawn)


def asides_of(
    variants: Sequence[Variant],
    intake: Intake,
    *,
    sensitivity: float | None = None,
    noise: int = 0,
    seed: int = 0,
) -> Asides:
    """Lay out the changes and the draws of every policy as it is; points of sweeps have none.

    Parameters
    ----------
    variants : sequence of Variant
    intake : Intake
    sensitivity : float, optional
        Share by which each weight and price is changed, above 0 and below 1; None asks for no sensitivity.
    noise : int
        Draws of the maturity values; 0 asks for none.
    seed : int
        Of the draws.

    Returns
    -------
    Asides

    Raises
    ------
    UsageError
        If the share or the number of draws is out of its range.
    """
    if sensitivity is not None and not 0 < sensitivity < 1:
        raise UsageError(
            f"--sensitivity {sensitivity:g} is not a share above 0 and below 1; 0.2 is 20 % down and up."
        )
    if not 0 <= noise <= MOST_DRAWS:
        raise UsageError(f"--noise {noise} is not a number of draws from 0 to {MOST_DRAWS:,}.")
    plain = [variant for variant in variants if not variant.point]
    return Asides(
        spread=SPREAD if sensitivity is None else sensitivity,
        nudged={} if sensitivity is None else {one.key: nudges_of(one, intake, sensitivity) for one in plain},
        drawn={one.key: _draws(one, noise, seed) for one in plain} if noise else {},
    )


def _draws(variant: Variant, number: int, seed: int) -> tuple[Variant, ...]:
    return tuple(
        Variant(
            key=f"{variant.key}#draw {at}",
            title=f"{variant.title} (draw {at})",
            policy=variant.policy,
            draw=Draw(at, seed),
        )
        for at in range(1, number + 1)
    )

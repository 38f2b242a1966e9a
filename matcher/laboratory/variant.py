"""Variant and outcome: what the laboratory runs, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.analysis.document import PlanDocument
from matcher.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Draw:
    """Which drawing of the maturity values anew: its number, and the seed of all of them."""

    number: int
    seed: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One policy, or one point of a sweep over it.

    Attributes
    ----------
    key : str
        Unique and stable: the policy's name, and for a point of a sweep its settings behind it, e.g.
        ``mensi_pilot`` or ``mensi_pilot[criteria.travel.weight=0.5]``.
    title : str
        What readers see.
    policy : Policy
        With the point's settings in it and without an outlook.
    point : dict of str to object
        Settings of a sweep by their dotted name; empty for the policy as it is.
    draw : Draw or None
        Its intake is the one with maturity values drawn so; None for the intake as it came in.
    """

    key: str
    title: str
    policy: Policy
    point: dict[str, object] = field(default_factory=dict)
    draw: Draw | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one variant gave.

    Attributes
    ----------
    variant : Variant
    document : PlanDocument or None
        The plan; None where none was found.
    failure : str
        Why there is none, in plain words: the contradiction, or the limit that came too soon.
    seconds : float
        Processor seconds of its searches; never part of a deterministic output.
    layer : str
        Which layer of a policy with several layers the plan is for; empty for all others.
    """

    variant: Variant
    document: PlanDocument | None
    failure: str = ""
    seconds: float = 0.0
    layer: str = ""

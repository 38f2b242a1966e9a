"""Layers: several mentors for each school, each found by rules of its own, on one intake."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, model_validator

from matcher.policy.base import PolicyPart
from matcher.policy.rules import Members

CHANGEABLE = ("maturity", "geography", "criteria", "cohesion", "rules", "solve")
"""Parts of a policy that a layer may state otherwise."""


class LayerPlaces(PolicyPart):
    """Loads of every mentor in one layer, instead of those that the schools offered."""

    min: Annotated[int, Field(ge=0)]
    """Smallest load of a mentor that leads a cluster in this layer."""
    max: Annotated[int, Field(ge=1)]
    """Largest load of a mentor in this layer."""

    @model_validator(mode="after")
    def _ordered(self) -> LayerPlaces:
        if self.min > self.max:
            raise ValueError("min must not exceed max")
        return self


class Layer(PolicyPart):
    """One layer: which mentors lead in it, and what it does otherwise than the policy."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    """Short name, lower case; the folder of the layer's plan is called so."""
    title: Annotated[str, Field(min_length=1)]
    """Name of the layer in reports, such as Idea mentor."""
    mentors: Members = Members()
    """Which mentors lead in this layer; empty means all."""
    places: LayerPlaces | None = None
    """Loads in this layer for every mentor; empty keeps those of the intake."""
    changes: Mapping[str, Any] = Field(default_factory=dict)
    """What differs from the policy: criteria, cohesion, rules and so on, written as in a policy file and
    merged key by key."""

    @model_validator(mode="after")
    def _known(self) -> Layer:
        for name, value in self.changes.items():
            if name not in CHANGEABLE:
                raise ValueError(f"changes may hold {', '.join(CHANGEABLE)}; not {name}")
            if not isinstance(value, Mapping):
                raise ValueError(f"changes.{name} must be a mapping of keys")
        return self


class LayerOrder(StrEnum):
    """Whether the layers are solved as one, or one after the other."""

    TOGETHER = "together"
    IN_ORDER = "in-order"


class Layers(PolicyPart):
    """Layers of a programme in which each school gets one mentor in each layer."""

    of: tuple[Layer, ...] = ()
    """The layers; empty means one plan without layers."""
    order: LayerOrder = LayerOrder.TOGETHER
    """together: the sum of all layers' points is as high as possible; in-order: the first layer is as good as
    possible, then the second among the plans that go with it, and so on."""
    different_mentors: bool = True
    """Whether a school must have another mentor in each layer."""
    all_or_none: bool = False
    """Whether a school has a mentor in every layer or in none."""
    places_in_all: Annotated[int, Field(ge=1)] | None = None
    """Places that one mentor fills at most over all layers together; empty: no limit but the layers' own."""

    @model_validator(mode="after")
    def _distinct(self) -> Layers:
        keys = [layer.key for layer in self.of]
        if len(keys) == 1:
            raise ValueError("give at least two layers, or none")
        if len(set(keys)) != len(keys):
            raise ValueError("every layer needs a key of its own")
        return self

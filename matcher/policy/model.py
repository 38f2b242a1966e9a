"""The policy: one file that says what counts, what must hold and how long to search."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from matcher.policy.base import PolicyPart, UnitInterval
from matcher.policy.concessions import Concession
from matcher.policy.criteria import Cohesion, Criteria
from matcher.policy.fairness import Fairness, fairness_faults
from matcher.policy.grid import GridValues
from matcher.policy.hubs import Hubs, hubs_faults
from matcher.policy.layers import Layer, Layers
from matcher.policy.lottery import Lottery
from matcher.policy.money import Money
from matcher.policy.outlook import OutlookRule
from matcher.policy.peers import Peers, peers_faults
from matcher.policy.repair import Repair
from matcher.policy.rules import LoadScope, Rules, WhenUnknown
from matcher.policy.stability import Stability
from matcher.profiles import Strength


class MaturityScale(StrEnum):
    """How raw maturity values are brought to one scale from 0 to 1."""

    TABLE = "table"
    QUANTILE = "quantile"


class Maturity(PolicyPart):
    """How maturity values of several instruments are made comparable."""

    scale: MaturityScale = MaturityScale.TABLE
    """table: the instrument's monotone table (level k of K gives (k - 1/2)/K, a SELFIE mean x gives
    (x - 1)/4); quantile: the rank among the schools that used the same instrument."""
    min_respondents: Annotated[int, Field(ge=0)] = 3
    """A value from fewer respondents (where their number is known) is used and flagged as weak."""
    group_weights: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """Weight of a respondent group, by its name as it stands in the intake; a group not named weighs 1."""


class Geography(PolicyPart):
    """How distances are estimated from coordinates."""

    road_factor: Annotated[float, Field(ge=1, le=3)] = 1.3
    """Road distance as a multiple of the great-circle distance."""
    town_floor_km: Annotated[float, Field(ge=0)] = 2.0
    """Smallest road distance between two different schools when a point is only its town's centre."""


class Method(StrEnum):
    """Solvers that a policy can ask for."""

    AUTO = "auto"
    FLOW = "flow"
    FLOW_FIXING = "flow-fixing"
    SET_PARTITION = "set-partition"
    BRANCH_AND_PRICE = "branch-and-price"
    CP_SAT = "cp-sat"


class Solve(PolicyPart):
    """How long and how far to search. Limits on work keep the answer the same on every machine."""

    method: Method = Method.AUTO
    """auto, or the name of one solver."""
    work_limit: Annotated[float, Field(gt=0)] | None = 60.0
    """Deterministic work units after which the search stops with the best plan so far; empty: none."""
    time_limit_s: Annotated[float, Field(gt=0)] | None = None
    """Wall-clock seconds after which the search stops; the same input may then give another plan."""
    relative_gap: UnitInterval = 0.0
    """Stop when the plan is proven to be within this share of the best possible; 0 asks for full proof."""
    workers: Annotated[int, Field(ge=1, le=256)] = 1
    """Threads of the search."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Seed of everything random."""


class Policy(PolicyPart):
    """A whole policy. Every default here is the default of the policy file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")] = "default"
    """Short name, lower case."""
    title: str = "Default policy"
    """Title shown in the report."""
    description: str = ""
    """What the policy is for, one or two sentences shown in the report."""
    model: str = "advanced-less-advanced"
    """Mentoring model of the programme that the policy expresses."""
    maturity: Maturity = Maturity()
    geography: Geography = Geography()
    criteria: Criteria = Criteria()
    cohesion: Cohesion = Cohesion()
    rules: Rules = Rules()
    money: Money = Money()
    concessions: tuple[Concession, ...] = ()
    """Where a hard rule is given up for named schools."""
    layers: Layers = Layers()
    peers: Peers = Peers()
    hubs: Hubs = Hubs()
    stability: Stability = Stability()
    fairness: Fairness = Fairness()
    lottery: Lottery = Lottery()
    repair: Repair = Repair()
    outlook: OutlookRule = OutlookRule()
    solve: Solve = Solve()
    grid: dict[str, GridValues] = Field(default_factory=dict)
    """Settings that `matcher compare` tries in every combination, by their dotted name: a list of values, or
    'start:stop:step'. `matcher match` takes the policy as it is."""

    @model_validator(mode="after")
    def _unknown_costs_are_settled(self) -> Policy:
        rule = self.rules.known_cost
        bars = rule.strength is Strength.HARD and rule.unknown is WhenUnknown.FORBID
        bars = bars and all(one.strength in (None, Strength.HARD) for one in rule.by_country.values())
        if self.money.decides and self.money.may_lack_distances and not bars:
            raise ValueError(
                "where money decides, a distance that is not known must not cost nothing: state "
                "money.rates.assumed_km, or leave such pairs out with rules.known_cost.strength: hard"
            )
        return self

    @model_validator(mode="after")
    def _hosts_can_be_formed(self) -> Policy:
        faults = (*peers_faults(self), *hubs_faults(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @model_validator(mode="after")
    def _fairness_has_scores(self) -> Policy:
        faults = fairness_faults(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def themed(self) -> bool:
        """Whether clusters have themes, for the mentees of some country at least."""
        rule = self.rules.theme
        stated = (rule.strength, *(one.strength for one in rule.by_country.values()))
        return any(strength not in (None, Strength.OFF) for strength in stated)

    @property
    def chooses_leads(self) -> bool:
        """Whether a mentor may stand in several hosts of the problem, of which it leads one at most."""
        return self.hubs.enabled or self.themed

    @model_validator(mode="after")
    def _hosts_are_formed_in_one_way(self) -> Policy:
        if not self.chooses_leads:
            return self
        if self.hubs.enabled and self.themed:
            raise ValueError("hubs and rules.theme cannot be asked for together")
        what = "hubs" if self.hubs.enabled else "rules.theme"
        if self.rules.load.reserve.strength is not Strength.OFF:
            raise ValueError(f"{what} and rules.load.reserve cannot be asked for together")
        if self.rules.load.applies_to is LoadScope.EVERY:
            raise ValueError(f"with {what}, rules.load.applies_to must be leading")
        return self

    @model_validator(mode="after")
    def _layers_are_policies(self) -> Policy:
        for layer in self.layers.of:
            try:
                self.of_layer(layer)
            except ValidationError as error:
                raise ValueError(f"layer {layer.key}: {_first_fault(error)}") from None
        return self

    def of_layer(self, layer: Layer) -> Policy:
        """Policy of one layer: this one with the layer's changes, and without layers.

        Parameters
        ----------
        layer : Layer

        Returns
        -------
        Policy

        Raises
        ------
        pydantic.ValidationError
            If the changes do not fit; a policy that was read has none that do not.
        """
        plain = self.model_dump(mode="json", exclude={"layers"})
        named = {"name": f"{self.name}-{layer.key}", "title": f"{self.title}: {layer.title}"}
        merged = _overlaid(plain, dict(layer.changes)) | named
        return Policy.model_validate_json(json.dumps(merged), strict=True)


def _overlaid(lower: dict[str, Any], upper: Mapping[str, Any]) -> dict[str, Any]:
    """Lay `upper` over `lower`: mappings key by key, everything else replaced."""
    result = dict(lower)
    for key, value in upper.items():
        below = lower.get(key)
        both = isinstance(value, Mapping) and isinstance(below, dict)
        result[key] = _overlaid(below, value) if both and isinstance(below, dict) else value
    return result


def _first_fault(error: ValidationError) -> str:
    """Say the first fault of a layer's changes: where it stands and what is wrong."""
    first = error.errors(include_url=False)[0]
    return f"changes.{'.'.join(map(str, first['loc']))}: {first['msg']}"

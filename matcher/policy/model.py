"""The policy: one file that says what counts, what must hold and how long to search."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from matcher.policy.base import PolicyPart, UnitInterval
from matcher.policy.concessions import Concession
from matcher.policy.criteria import Cohesion, Criteria
from matcher.policy.grid import GridValues
from matcher.policy.outlook import OutlookRule
from matcher.policy.repair import Repair
from matcher.policy.rules import Rules


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
    concessions: tuple[Concession, ...] = ()
    """Where a hard rule is given up for named schools."""
    repair: Repair = Repair()
    outlook: OutlookRule = OutlookRule()
    solve: Solve = Solve()
    grid: dict[str, GridValues] = Field(default_factory=dict)
    """Settings that `matcher compare` tries in every combination, by their dotted name: a list of values, or
    'start:stop:step'. `matcher match` takes the policy as it is."""

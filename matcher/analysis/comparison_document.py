"""The comparison document: what several plans for one intake have in common, and where they part.

``compare.html``, ``compare.xlsx`` and ``compare.csv`` are made from it alone. Like the plan document it
holds no time stamp, no machine path and no raw maturity value.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from matcher.analysis.document import SchoolCard
from matcher.analysis.document_part import DocumentPart
from matcher.analysis.findings_document import Noise, Sensitivity, Sweep, Trade

Better = Literal["more", "less"]
Setting = bool | int | float | str | None


class MetricInfo(DocumentPart):
    """What a reader is told about one metric."""

    key: str
    label: str
    unit: Literal["points", "share", "km", "schools", "clusters", "places", "breaches", "pairs", "money", ""]
    """``share`` is in [0, 1] and shown in per cent; ``money`` is in euro."""
    better: Better | None
    """Which direction is better, all else equal; None where neither is, or where plans cannot be compared."""
    statement: str
    """What it says, one or two sentences."""
    theme: str
    """Key of the theme under which it is shown."""
    decimals: int = 1


class Theme(DocumentPart):
    """Metrics that are read together."""

    key: str
    label: str
    statement: str


class Measure(DocumentPart):
    """One metric of one plan, in all or for one group of schools or one criterion."""

    metric: str
    group: str = ""
    """Criterion or group of schools; empty for the whole plan."""
    value: float | None
    """None when unknown; never 0 instead."""
    known: int | None = None
    """How many schools it rests on, where that says something."""


class ComparedCriterion(DocumentPart):
    """One criterion of a plan, by its own policy and by the yardstick."""

    key: str
    label: str
    own_weight: float | None
    """Share of all weights, in [0, 1]; None where the policy leaves it out."""
    own_mean: float | None
    """Mean fit over placed schools where it is known, in [0, 1], with the policy's own settings."""
    yardstick_mean: float | None
    yardstick_known: int


class ComparedRule(DocumentPart):
    """One rule that a plan breaks."""

    key: str
    label: str
    must_hold: bool
    """Whether it is a hard rule of the policy by which it is judged."""
    breaches: int
    points: float | None
    """What the breaches cost; None for a hard rule."""
    details: tuple[str, ...]
    """The first few, in words."""


class ComparedCluster(DocumentPart):
    """One cluster of a plan."""

    cluster_id: str
    host_id: str
    host: str
    """Name of what leads it, as the plan says it."""
    leads: tuple[str, ...]
    """Schools that lead it; empty for a group of equals."""
    mentee_ids: tuple[str, ...]
    load: int
    max_load: int


class ProofWords(DocumentPart):
    """How good a plan is under its own policy, and how that is known."""

    status: Literal["optimal", "feasible"]
    gap: float | None
    method: str
    sentence: str


class ComparedPlan(DocumentPart):
    """One policy, or one point of a sweep, or one layer of it: the plan and what is measured of it."""

    key: str
    """Key of the variant; of a layer, with its name behind it."""
    variant: str
    layer: str
    title: str
    description: str
    model: str
    policy_sha256: str
    """Empty where there is no plan."""
    point: dict[str, Setting]
    failure: str
    """Why there is no plan; empty where there is one."""
    proof: ProofWords | None
    measures: tuple[Measure, ...]
    criteria: tuple[ComparedCriterion, ...]
    breaks: tuple[ComparedRule, ...]
    """Rules of the yardstick that it breaks."""
    gave_way: tuple[ComparedRule, ...]
    """Soft rules of its own policy that it breaks."""
    favours: tuple[str, ...]
    """What counts most in it, and where it is best or better."""
    costs: tuple[str, ...]
    """What it gives up, against the plan that the others are told against."""
    clusters: tuple[ComparedCluster, ...]

    @property
    def has_plan(self) -> bool:
        """Whether a plan was found."""
        return not self.failure

    def value(self, metric: str, group: str = "") -> float | None:
        """Value of a metric; None where it is unknown or was not measured."""
        found = (one.value for one in self.measures if (one.metric, one.group) == (metric, group))
        return next(found, None)


class Placement(DocumentPart):
    """Where one plan puts one school."""

    status: Literal["placed", "unassigned", "elsewhere"]
    """``elsewhere``: the school is no mentee under this policy (it leads, say)."""
    host_id: str | None = None
    host: str = ""
    """Name of what leads its cluster, as the plan says it."""
    leads: tuple[str, ...] = ()
    """Schools that lead; empty for a group of equals."""
    fit: float | None = None
    """Points of 100 by the yardstick; None when unassigned or not known."""
    distance_km: float | None = None
    noise_kept: float | None = None
    """Share of the draws of maturity scores under which it stays so; None where none was drawn."""


class SchoolRow(DocumentPart):
    """One school under every plan."""

    school_id: str
    name: str
    country: str
    municipality: str | None
    groups: tuple[str, ...]
    """Groups that it belongs to, e.g. ``rurality:rural``."""
    verdict: Literal["same", "unassigned", "differs", "open"]
    """Same mentor under every policy; without one under every policy; different; ``open``: fewer than two
    policies say a mentor or none for it (groups of equals have no mentor)."""
    placements: tuple[Placement, ...]
    """In the order of the plans, failed ones left out."""


class Agreement(DocumentPart):
    """How far two plans agree."""

    first: str
    second: str
    compared: int
    """Schools that both place with a mentor, or one of them leaves out."""
    same: int
    """Those with the same mentor in both; of several mentors one in common is enough."""
    together: float | None
    """Of the pairs of schools that share a cluster in one plan, the share in both; None without any."""

    @property
    def share(self) -> float | None:
        """Share of the compared schools with the same mentor; None when none can be compared."""
        return self.same / self.compared if self.compared else None


class SchoolGroup(DocumentPart):
    """One group of schools between which fairness is judged."""

    key: str
    """Such as ``rurality:rural``; ``rurality:unknown`` for schools that do not say."""
    family: str
    label: str
    statement: str
    schools: int


class YardstickWords(DocumentPart):
    """The one policy by which all plans are judged."""

    name: str
    title: str
    sha256: str
    sentence: str
    """Which one it is and why it is needed."""


class ComparisonDocument(DocumentPart):
    """The whole comparison."""

    schema_version: Literal["1.0"] = "1.0"
    title: str
    synthetic: bool
    as_of: date | None
    seed: int
    baseline: str
    """Key of the plan against which costs are told; empty where there is none."""
    yardstick: YardstickWords
    themes: tuple[Theme, ...]
    metrics: tuple[MetricInfo, ...]
    plans: tuple[ComparedPlan, ...]
    schools: tuple[SchoolRow, ...]
    agreement: tuple[Agreement, ...]
    groups: tuple[SchoolGroup, ...]
    cards: tuple[SchoolCard, ...]
    """Cards of the intake's schools, for the maps."""
    notes: tuple[str, ...]
    """What a reader has to know before comparing, in plain sentences."""
    points: tuple[ComparedPlan, ...] = ()
    """Every point of the sweeps; `plans` holds the policies as they are."""
    sweeps: tuple[Sweep, ...] = ()
    trades: tuple[Trade, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    noise: tuple[Noise, ...] = ()

    @property
    def every(self) -> tuple[ComparedPlan, ...]:
        """Policies, then points of sweeps."""
        return (*self.plans, *self.points)

    @property
    def found(self) -> tuple[ComparedPlan, ...]:
        """Plans that were found, in order."""
        return tuple(plan for plan in self.plans if plan.has_plan)

    def plan(self, key: str) -> ComparedPlan:
        """Return the plan of a key; raises KeyError if there is none."""
        for plan in self.every:
            if plan.key == key:
                return plan
        raise KeyError(key)

    def metric(self, key: str) -> MetricInfo:
        """Return what is told about a metric; raises KeyError if it is not in the document."""
        for info in self.metrics:
            if info.key == key:
                return info
        raise KeyError(key)

    def to_json(self) -> str:
        """Canonical JSON text: two spaces, keys in model order, a newline at the end."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ComparisonDocument:
        """Read a document back; raises pydantic.ValidationError on another schema version's layout."""
        return cls.model_validate_json(text)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON-ready dict."""
        return self.model_dump(mode="json")

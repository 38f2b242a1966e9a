"""The plan document: everything a reader may see of one plan, in words and points.

``result.json`` is this model; the report, the workbook and the tables are made from it alone. It holds
no time stamp, no machine path, no raw maturity value: maturity appears as bands only.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from matcher.analysis.choice_document import ChoiceReport
from matcher.analysis.document_part import DocumentPart
from matcher.analysis.fairness_document import FairnessPrice, FairnessReport, LotteryReport
from matcher.analysis.money_document import MoneyReport
from matcher.analysis.outlook_document import Outlook
from matcher.analysis.rematch_document import RematchReport
from matcher.analysis.stability_document import StabilityReport
from matcher.profiles import Challenge, CoordinateQuality, Phase, Role, Rurality, Strength, WorkMode
from matcher.result import StoppedBy


class MaturityBandName(StrEnum):
    """Bands in which maturity may be shown; never a rank, never a number."""

    STARTING = "starting"
    DEVELOPING = "developing"
    ESTABLISHED = "established"
    UNKNOWN = "unknown"


class SchoolCard(DocumentPart):
    """What the outputs say about one school."""

    school_id: str
    name: str
    role: Role
    country: str
    region: str | None
    municipality: str | None
    latitude: float | None
    longitude: float | None
    coordinate_quality: CoordinateQuality | None
    phases: tuple[Phase, ...]
    pupils: int | None
    rurality: Rurality | None
    languages: tuple[str, ...]
    """Such as ``it (native)``, ``en (B2)``, ``de (level not stated)``."""
    challenges: tuple[Challenge, ...]
    strengths: tuple[Challenge, ...]
    work_mode: WorkMode | None
    maturity_band: MaturityBandName
    weak_data: tuple[str, ...]
    """Plain sentences on what is missing or weak, e.g. ``No maturity values.``"""


class ComponentShare(DocumentPart):
    """One criterion of one pair."""

    criterion: str
    value: float | None
    """Fit in [0, 1]; None when unknown."""
    points: float
    """What it adds to the pair's score."""
    reason: str
    """The values behind it such as ``12 km by road``, ``both work in Italian (at least C1)``."""


class Alternative(DocumentPart):
    """Another host for a mentee."""

    host_id: str
    score: float
    distance_km: float | None
    barred_by: tuple[str, ...]
    """Hard rules that bar the pair, with the values; empty for an eligible host."""
    note: str
    """For an eligible host: why it is not taken, e.g. ``full (5 of 5 places)``; may be empty."""


class AssignmentRow(DocumentPart):
    """One mentee and its mentor."""

    mentee_id: str
    host_id: str
    cluster_id: str
    score: float
    """Points out of 100, before penalties."""
    penalty: float
    """Points lost to soft pair rules."""
    components: tuple[ComponentShare, ...]
    known_share: float
    """Share of the weights that rests on known data, in [0, 1]."""
    distance_km: float | None
    shared_languages: tuple[str, ...]
    why: tuple[str, ...]
    """Two to four plain sentences for the card: why they fit."""
    flags: tuple[str, ...]
    """Soft rules broken, and weak data this pair rests on, in plain sentences."""
    locked: bool
    alternatives: tuple[Alternative, ...]
    """Next-best hosts by score, at most five, eligible ones first."""


class HubSchool(DocumentPart):
    """School of a group of equals that is proposed to call the others together."""

    school_id: str
    reason: str
    """One or two plain sentences."""


class ClusterCard(DocumentPart):
    """One host and its mentees."""

    cluster_id: str
    host_id: str
    mentee_ids: tuple[str, ...]
    load: int
    min_load: int
    max_load: int
    points: float
    """Sum of its pairs' scores less their penalties."""
    cohesion_points: float
    mean_distance_km: float | None
    shared_challenges: tuple[Challenge, ...]
    """Challenges that at least half of its mentees name."""
    why: tuple[str, ...]
    lead_ids: tuple[str, ...] = ()
    """Of a hub: the schools that lead it; empty where the host leads as itself or nobody does."""
    hub: HubSchool | None = None
    """Of a group of equals: the hub school proposed once the group was formed."""
    reviews: tuple[str, ...] = ()
    """Of a group of equals: ids in the order in which each reviews the next and the last the first."""


class UnassignedRow(DocumentPart):
    """A mentee without a mentor."""

    mentee_id: str
    price: float
    reason: str
    """One plain sentence."""
    options: tuple[Alternative, ...]
    """Its best hosts, eligible or barred, at most five."""


class BrokenRule(DocumentPart):
    """One breach of a soft rule."""

    schools: tuple[str, ...]
    detail: str
    price: float


class RuleReport(DocumentPart):
    """One rule of the policy, and whether the plan keeps it."""

    key: str
    label: str
    statement: str
    """The rule in one sentence, with its parameters."""
    strength: Strength
    price: float | None
    """Points a breach costs; None for a hard rule."""
    holds: bool
    checked: int
    """How many pairs, clusters or links were looked at."""
    not_judged: int
    """How many could not be judged because data is missing."""
    broken: tuple[BrokenRule, ...]
    given_up: tuple[str, ...] = ()
    """For whom the policy's concessions give it up and why, one phrase each; they name schools."""


class CriterionReport(DocumentPart):
    """One criterion of the policy over the whole plan."""

    key: str
    label: str
    statement: str
    """What it rewards, one sentence."""
    weight: float
    """Share of all weights, in [0, 1]."""
    mean: float | None
    """Mean fit over assignments where it is known, in [0, 1]."""
    known: int
    """Assignments for which it is known."""


class ProofPart(DocumentPart):
    """How the clusters of some schools were found that no other school can touch."""

    where: str
    """Countries of its schools, in words."""
    mentees: int
    mentors: int
    method: str
    reason: str
    """Why this method, in plain words."""
    status: Literal["optimal", "feasible"]
    gap: float | None


class Proof(DocumentPart):
    """How good the plan is, and how that is known."""

    status: Literal["optimal", "feasible"]
    objective: float
    """Points."""
    bound: float | None
    """Points that no plan can exceed; None if unknown."""
    gap: float | None
    objective_units: int
    bound_units: int | None
    method: str
    method_reason: str
    stopped_by: StoppedBy
    seed: int
    sentence: str
    """The proof in plain words."""
    referee: str
    """What the independent check found, in plain words."""
    versions: dict[str, str]
    parts: tuple[ProofPart, ...] = ()
    """Which method proved what, part by part; smallest first."""


class Totals(DocumentPart):
    """Headline figures."""

    mentees: int
    mentors: int
    places: int
    """Sum of the mentors' maximum loads."""
    assigned: int
    unassigned: int
    clusters: int
    mean_score: float | None
    worst_score: float | None
    mean_distance_km: float | None
    longest_distance_km: float | None
    sharing_language: int
    """Assignments in which both sides share a working language."""
    sharing_challenge: int
    """Assignments in which the mentor is strong in a challenge of the mentee."""
    pair_points: float
    penalty_points: float
    """Points lost to soft rules of any kind."""
    cohesion_points: float
    opening_points: float
    money_points: float = 0.0
    """Points that costs take, where the policy lets them count."""
    lot_points: float = 0.0
    """Lots of the pairs, less than one step in all; 0 where the policy draws none."""
    unassigned_points: float
    weak_assignments: int
    """Assignments with less than half of the weights resting on known data."""


class PolicySummary(DocumentPart):
    """The policy that made the plan."""

    name: str
    title: str
    description: str
    model: str
    sha256: str


class IssueRow(DocumentPart):
    """A warning about the intake (see :class:`matcher.issues.Issue`)."""

    severity: str
    code: str
    file: str
    sheet: str
    cell: str
    header: str
    value: str
    problem: str
    advice: str


class FirstThing(DocumentPart):
    """Something that counted before points, and what was reached of it."""

    key: str
    sentence: str
    """What was reached, and whether it is proven that no plan has more of it."""
    proven: bool


class PlanDocument(DocumentPart):
    """The whole document."""

    schema_version: Literal["1.1"] = "1.1"
    title: str
    synthetic: bool
    as_of: date | None
    policy: PolicySummary
    proof: Proof
    totals: Totals
    criteria: tuple[CriterionReport, ...]
    rules: tuple[RuleReport, ...]
    clusters: tuple[ClusterCard, ...]
    assignments: tuple[AssignmentRow, ...]
    unassigned: tuple[UnassignedRow, ...]
    schools: tuple[SchoolCard, ...]
    warnings: tuple[IssueRow, ...]
    outlook: Outlook | None = None
    """What could change, and what it would cost; None where it was not asked for."""
    rematch: RematchReport | None = None
    """How the plan came from an earlier one; None for a plan made anew."""
    around: Literal["mentor", "hub", "group"] = "mentor"
    """What clusters form around: a mentor school, a hub of lead schools, or nothing (a group of equals)."""
    first: tuple[FirstThing, ...] = ()
    """What counted before points, first things first; the proof is among the plans that keep it."""
    stability: StabilityReport | None = None
    """Which pairs block the plan; None where the policy does not ask for stability."""
    money: MoneyReport | None = None
    """What the plan costs; None where the policy counts no money."""
    choice: ChoiceReport | None = None
    """Which candidates lead a cluster; None where the policy does not choose among them."""
    fairness: FairnessReport | None = None
    """Who is how badly off; None where the policy asks for no fairness."""
    fairness_price: FairnessPrice | None = None
    """What fairness costs; None where it was not asked for, or the search was stopped."""
    lottery: LotteryReport | None = None
    """How ties were broken by lot; None where no lots were drawn."""

    @property
    def proof_sentence(self) -> str:
        """How good the plan is; of a rematched plan, among those with as few moves."""
        if self.first:
            return " ".join((*(thing.sentence for thing in self.first), self.proof.sentence))
        if self.rematch is None or self.proof.status == "optimal":
            return self.proof.sentence
        return self.rematch.proof_words(self.proof.sentence)

    @property
    def concessions(self) -> tuple[str, ...]:
        """Concessions that the policy makes, in the order of its rules: the rule, for whom, and why."""
        return self._concessions(None)

    def concessions_for(self, school_ids: Collection[str]) -> tuple[str, ...]:
        """Concessions for some schools, as :attr:`concessions` says them."""
        return self._concessions(school_ids)

    def _concessions(self, school_ids: Collection[str] | None) -> tuple[str, ...]:
        said = [(rule.label, phrase) for rule in self.rules for phrase in rule.given_up]
        if school_ids is not None:  # the reason, in brackets, may name anybody
            said = [one for one in said if set(one[1].split(" (")[0].split()) & set(school_ids)]
        return tuple(f"{label}: {phrase}" for label, phrase in said)

    def to_json(self) -> str:
        """Canonical JSON text: two spaces, keys in model order, a newline at the end."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> PlanDocument:
        """Read a document back; raises pydantic.ValidationError on another schema version's layout."""
        return cls.model_validate_json(text)

    def school(self, school_id: str) -> SchoolCard:
        """Card of one school; raises KeyError if it is not in the plan."""
        for card in self.schools:
            if card.school_id == school_id:
                return card
        raise KeyError(school_id)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON-ready dict."""
        return self.model_dump(mode="json")

"""What `matcher repair` answers, as a frozen document."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from matcher.analysis.document_part import DocumentPart
from matcher.analysis.wording import counted, said_points
from matcher.policy.concessions import Concession


class PatchChange(DocumentPart):
    """One thing that a repair gives up."""

    concession: Concession
    before: str
    after: str
    sentence: str


class RepairPatch(DocumentPart):
    """A repair as a file that `matcher match --patch` applies."""

    schema_version: Literal["1.0"] = "1.0"
    number: int
    price: float
    intake_title: str
    policy_name: str
    policy_sha256: str
    """SHA-256 of the policy that it was made for, without its part `solve`."""
    changes: tuple[PatchChange, ...]
    sha256: str = ""
    """SHA-256 of the canonical JSON text of the rest."""

    def seal(self) -> str:
        """Return what `sha256` must be for the patch to be as it was written."""
        return hashlib.sha256(self.model_copy(update={"sha256": ""}).to_json().encode("utf-8")).hexdigest()

    def to_json(self) -> str:
        """Canonical JSON text."""
        return self.model_dump_json(indent=2) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON-ready dict."""
        return self.model_dump(mode="json")


WITHOUT_POINTS = "without-points"
"""Status of a repair under a policy in which something comes before points."""


class RepairOption(DocumentPart):
    """One repair, proven by solving the repaired programme."""

    number: int
    price: float
    sentences: tuple[str, ...]
    stand_ins: tuple[str, ...] = ()
    """Which other mentors of a region could take a place as well."""
    summary: str = ""
    """Sums up what is given up, where it is much."""
    works: bool | None
    """True: a plan that keeps all other rules was found; None: not settled within the limit."""
    status: str
    points: float | None
    bound_points: float | None
    placed: int | None
    unassigned: int | None
    patch: RepairPatch

    @property
    def quality(self) -> str:
        """Say what the plan is worth once the programme is repaired so."""
        if self.status == WITHOUT_POINTS:
            return "A plan was found that keeps all other rules; `matcher match --patch` seeks the best."
        if self.points is None:
            return (
                "No plan was found within the limit; that this repair works was shown, its quality was not."
            )
        proven = (
            "proven the best"
            if self.status == "optimal"
            else "a first plan; `matcher match --patch` seeks the best"
            if self.bound_points is None
            else f"no plan can exceed {said_points(self.bound_points)}"
        )
        return (
            f"The plan then: {counted(self.placed or 0, 'school', 'schools')} placed, "
            f"{self.unassigned} without a mentor, {said_points(self.points)} points ({proven})."
        )


class RepairDocument(DocumentPart):
    """The conflict and its cheapest repairs."""

    schema_version: Literal["1.0"] = "1.0"
    title: str
    synthetic: bool
    policy_name: str
    conflict: tuple[str, ...]
    conflict_size: int
    conflict_minimal: bool
    state: str
    state_sentence: str
    least_price: float
    complete: bool
    shortage: tuple[str, ...] = ()
    """By how many places the parts of the programme fall short, by count."""
    findings: tuple[str, ...] = ()
    """What counting finds besides, of every conflict: repairs mend them all, not the smallest alone."""
    conflict_in_full: tuple[str, ...] = ()
    """As `conflict`, with every school named."""
    repairs: tuple[RepairOption, ...]

    def to_json(self) -> str:
        """Canonical JSON text."""
        return self.model_dump_json(indent=2) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON-ready dict."""
        return self.model_dump(mode="json")

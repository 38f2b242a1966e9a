"""What a plan costs, as part of the plan document. Amounts are euro with two decimals."""

from __future__ import annotations

from matcher.analysis.document_part import DocumentPart
from matcher.costs.table import CostKind


class CostLine(DocumentPart):
    """One kind of cost over the whole plan."""

    key: CostKind
    label: str
    euro: float
    """What is known of it."""
    how: str
    """How it comes about, one sentence."""


class CountryCost(DocumentPart):
    """What one country pays for its own schools."""

    country: str
    euro: float
    """What is known of it."""
    lines: dict[CostKind, float]
    """Euro by kind; kinds that cost nothing anywhere are left out."""
    supported: int
    """Mentees of the country that have a mentor."""
    per_school: float | None
    """Euro for each of them; None where there is none, or where a cost is not known."""
    unknown: int
    """Mentees whose travel is not known."""
    budget: float | None
    left: float | None
    """Budget less costs, below 0 where it is exceeded; None without a budget or where a cost is not known."""


class PairCost(DocumentPart):
    """What one mentee's pair costs, whoever pays."""

    mentee_id: str
    euro: float | None
    """None where its travel is not known."""
    points: float
    """Points that it takes from the plan; 0 where costs do not count in the objective."""
    words: str
    """One sentence."""


class ClusterCost(DocumentPart):
    """What one cluster costs: its pairs, and what is paid once for the cluster."""

    cluster_id: str
    host_id: str
    euro: float | None
    """None where the travel of a mentee is not known."""
    once: float
    """What is paid for the cluster whatever its size: hours, lump sum, incentives, setting up."""


class MoneyReport(DocumentPart):
    """What a plan costs."""

    total: float | None
    """Euro for the whole programme; None where the cost of a pair is not known."""
    known: float
    """What is known of the total."""
    unknown: int
    """Mentees whose travel is not known."""
    supported: int
    """Mentees that have a mentor."""
    per_school: float | None
    """Cost a supported school: the total by the mentees that have a mentor; None where it is not known."""
    budget: float | None
    """Euro for the whole programme; None without such a budget."""
    left: float | None
    """Budget less total; None without a budget or where a cost is not known."""
    budget_words: str
    """What the budget asks for, and whether it is kept, in plain words; empty where there is none."""
    points_per_100_euro: float
    points: float
    """Points that costs take from the plan."""
    kinds: tuple[CostLine, ...]
    countries: tuple[CountryCost, ...]
    clusters: tuple[ClusterCost, ...]
    pairs: tuple[PairCost, ...]
    assumptions: tuple[str, ...]
    """What the figures rest on that is assumed or missing, each with its number of pairs."""

    @property
    def headline(self) -> str:
        """The total and the cost a supported school in one sentence."""
        if self.total is None:
            return (
                f"At least {self.known:,.2f} euro; the travel of {self.unknown:,} of {self.supported:,} "
                "mentees is not known."
            )
        each = "" if self.per_school is None else f", {self.per_school:,.2f} euro a supported school"
        return f"The plan costs {self.total:,.2f} euro a year{each}."

    def of_pair(self, mentee_id: str) -> PairCost | None:
        """Cost of one mentee's pair; None for a mentee without a mentor."""
        return next((one for one in self.pairs if one.mentee_id == mentee_id), None)

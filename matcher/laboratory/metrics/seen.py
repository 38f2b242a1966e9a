"""Seen: all that the metrics look at, as plain values by school id."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.analysis.comparison_document import ComparedRule
from matcher.analysis.document import PlanDocument
from matcher.laboratory.pricing import Priced


@dataclass(frozen=True, slots=True)
class Withstood:
    """What is left of a plan in each draw of drop-outs, as shares.

    Attributes
    ----------
    kept : tuple of float
        Pairs that stay as they are, of all pairs.
    placed : tuple of float
        Placed schools that have a mentor afterwards.
    points : tuple of float or None
        Points afterwards as a share of the plan's own; None where those are not above 0.
    """

    kept: tuple[float, ...]
    placed: tuple[float, ...]
    points: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One plan, judged by its own policy and by the yardstick.

    Attributes
    ----------
    document : PlanDocument
    leads : dict of str to tuple of str
        By id of each host that has a cluster: the schools that lead it; empty for a group of equals.
    fit : dict of str to float
        By placed school: points of 100 by the yardstick; absent where unknown.
    values : dict of str to (dict of str to float)
        By criterion of the yardstick, by placed school: fit in [0, 1]; absent where unknown.
    distance_km : dict of str to float
        By placed school: road distance to its mentor; absent where unknown.
    member_km : tuple of float
        Road distance of every two schools of one cluster, where known.
    rules : tuple of ComparedRule
        Rules of the yardstick that the plan breaks.
    group_of : dict of str to (dict of str to str)
        Family of groups → school id → key of its group.
    withstood : Withstood or None
        None where no drop-out was drawn.
    noise_kept : float or None
        Share of pairs kept when maturity is drawn anew; None where it was not.
    cost : Priced or None
        By the common cost model; None where no policy counts money.
    blocking : int or None
        Blocking pairs; None where no school has wishes or nobody leads.
    """

    document: PlanDocument
    leads: dict[str, tuple[str, ...]]
    fit: dict[str, float] = field(default_factory=dict)
    values: dict[str, dict[str, float]] = field(default_factory=dict)
    distance_km: dict[str, float] = field(default_factory=dict)
    member_km: tuple[float, ...] = ()
    rules: tuple[ComparedRule, ...] = ()
    group_of: dict[str, dict[str, str]] = field(default_factory=dict)
    withstood: Withstood | None = None
    noise_kept: float | None = None
    cost: Priced | None = None
    blocking: int | None = None

    @property
    def placed(self) -> tuple[str, ...]:
        """Schools that have a place in a cluster."""
        return tuple(row.mentee_id for row in self.document.assignments)

    @property
    def unassigned(self) -> tuple[str, ...]:
        """Schools that have none."""
        return tuple(row.mentee_id for row in self.document.unassigned)

    @property
    def filled(self) -> tuple[tuple[int, int], ...]:
        """Load and places of each cluster that a school leads; groups of equals burden no mentor."""
        return tuple(
            (card.load, card.max_load) for card in self.document.clusters if self.leads.get(card.host_id)
        )

"""A plan beside what was really decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.analysis.document import PlanDocument
from matcher.report.decided import Decided
from matcher.report.rows import Row


@dataclass(frozen=True, slots=True)
class HostAgreement:
    """One mentor in both plans: how many mentees each gave it, and how many are the same."""

    mentor_id: str
    decided: int
    planned: int
    same: int


@dataclass(frozen=True, slots=True)
class BesideSummary:
    """How far the plan agrees with the decision.

    Attributes
    ----------
    compared : int
        Mentees that the decision placed and that the plan knows.
    agree : int
        Those with the same mentor in both.
    hosts : tuple of HostAgreement
        Mentor by mentor, sorted by id.
    measured : int
        Mentees whose road distance is known in both; the means are taken over these alone.
    mean_km_decided, mean_km_planned : float or None
        Mean road distance; None when `measured` is 0.
    """

    compared: int
    agree: int
    hosts: tuple[HostAgreement, ...]
    measured: int
    mean_km_decided: float | None
    mean_km_planned: float | None

    @property
    def sentence(self) -> str:
        """The comparison in plain words."""
        text = f"{self.agree} of {self.compared} schools have the mentor that was really decided."
        if self.mean_km_decided is None or self.mean_km_planned is None:
            return text + " The road distances cannot be compared."
        return (
            f"{text} Mean road distance: {self.mean_km_planned:.1f} km in this plan, "
            f"{self.mean_km_decided:.1f} km as decided ({self.measured} schools)."
        )


def compare_with_decided(document: PlanDocument, decided: Sequence[Decided]) -> list[Row]:
    """Put the plan beside the decision, one row a mentee, sorted by the decided mentor and the mentee.

    Clusters are judged mentor by mentor: the last three columns count, for the mentor that was decided, its
    mentees as decided, its mentees in the plan, and those in both. Distances come from the plan document
    (the assignment or the mentee's listed alternatives); one that it does not hold is unknown.

    Parameters
    ----------
    document : PlanDocument
    decided : sequence of Decided
        At most one a mentee, as :func:`matcher.report.decided.read_decided` makes sure.

    Returns
    -------
    list of Row
        ``agrees`` is None for a mentee that only one of the two knows; ``note`` says which.
    """
    wanted = {item.mentee_id: item.mentor_id for item in decided}
    planned: dict[str, str | None] = {row.mentee_id: row.host_id for row in document.assignments}
    planned.update({row.mentee_id: None for row in document.unassigned})
    distances = _distances(document)
    names = {card.school_id: card.name for card in document.schools}
    size_decided = Counter(wanted.values())
    size_planned = Counter(host for host in planned.values() if host)
    same = Counter(host for mentee, host in wanted.items() if planned.get(mentee) == host)
    rows: list[Row] = []
    for mentee in sorted({*wanted, *planned}, key=lambda school: (wanted.get(school, "\uffff"), school)):
        decided_host, host = wanted.get(mentee), planned.get(mentee)
        in_both = mentee in wanted and mentee in planned
        rows.append(
            {
                "mentee_id": mentee,
                "mentee": names.get(mentee),
                "decided_mentor_id": decided_host,
                "decided_mentor": names.get(decided_host or ""),
                "planned_mentor_id": host,
                "planned_mentor": names.get(host or ""),
                "agrees": decided_host == host if in_both else None,
                "decided_km": distances.get((mentee, decided_host or "")),
                "planned_km": distances.get((mentee, host or "")),
                "note": _note(mentee, wanted, planned, names),
                "decided_mentor_mentees_decided": size_decided[decided_host] if decided_host else None,
                "decided_mentor_mentees_planned": size_planned[decided_host] if decided_host else None,
                "decided_mentor_mentees_in_both": same[decided_host] if decided_host else None,
            }
        )
    return rows


def summarise_beside(rows: Sequence[Row]) -> BesideSummary:
    """Count what agrees in the rows of :func:`compare_with_decided`, mentor by mentor, and both means."""
    compared = [row for row in rows if row["agrees"] is not None]
    pairs = [
        (row["decided_km"], row["planned_km"])
        for row in compared
        if isinstance(row["decided_km"], float) and isinstance(row["planned_km"], float)
    ]
    decided = Counter(str(row["decided_mentor_id"]) for row in rows if row["decided_mentor_id"])
    planned = Counter(str(row["planned_mentor_id"]) for row in rows if row["planned_mentor_id"])
    same = Counter(str(row["decided_mentor_id"]) for row in compared if row["agrees"])
    hosts = tuple(
        HostAgreement(host, decided[host], planned[host], same[host]) for host in sorted({*decided, *planned})
    )
    count = len(pairs)
    return BesideSummary(
        compared=len(compared),
        agree=sum(same.values()),
        hosts=hosts,
        measured=count,
        mean_km_decided=sum(float(pair[0]) for pair in pairs) / count if count else None,
        mean_km_planned=sum(float(pair[1]) for pair in pairs) / count if count else None,
    )


def _distances(document: PlanDocument) -> dict[tuple[str, str], float]:
    known: dict[tuple[str, str], float] = {}
    listed = [(row.mentee_id, row.alternatives) for row in document.assignments]
    listed += [(row.mentee_id, row.options) for row in document.unassigned]
    for mentee_id, alternatives in listed:
        for option in alternatives:
            if option.distance_km is not None:
                known[mentee_id, option.host_id] = option.distance_km
    for row in document.assignments:
        if row.distance_km is not None:
            known[row.mentee_id, row.host_id] = row.distance_km
    return known


def _note(mentee: str, wanted: dict[str, str], planned: dict[str, str | None], names: dict[str, str]) -> str:
    if mentee not in planned:
        return "decided, but not in this plan's intake"
    if mentee not in wanted:
        return "in this plan, but nothing was decided"
    if wanted[mentee] not in names:
        return "the mentor decided is not in this plan's intake"
    return "left without a mentor by this plan" if planned[mentee] is None else ""

"""Why these schools: a cluster's points by criterion, and what each two of its mentees share."""

from __future__ import annotations

import math
from typing import Literal

from matcher.analysis.document import ClusterCard, PlanDocument
from matcher.analysis.document_part import DocumentPart
from matcher.analysis.wording import counted, rounded, said_points
from matcher.encoding import Encoding
from matcher.problem import SCALE
from matcher.scores.registry import CRITERIA


class CriterionSum(DocumentPart):
    """What one criterion adds to a cluster's pairs."""

    label: str
    points: float
    assumed: float
    """Points of these that are assumed because data is missing."""


class SharedPoints(DocumentPart):
    """What two mentees add by sharing a cluster."""

    first: str
    second: str
    points: float


class ClusterStory(DocumentPart):
    """One cluster: where its points come from."""

    cluster_id: str
    host_id: str
    host_name: str
    names: dict[str, str]
    criteria: tuple[CriterionSum, ...]
    """Largest first."""
    shared: tuple[SharedPoints, ...]
    """Most first; pairs that share nothing are left out."""
    around: Literal["mentor", "hub", "group"] = "mentor"

    def text(self) -> str:
        """Return it as plain text, one fact a line."""
        if self.around == "group":
            return self._among_equals()
        total = math.fsum(one.points for one in self.criteria)
        assumed = math.fsum(one.assumed for one in self.criteria)
        schools = counted(len(self.names), "mentee", "mentees")
        lines = [f"Why these {schools} with {self.host_name} ({self.host_id}), cluster {self.cluster_id}:"]
        lines += [f"  - {one.label}: {said_points(one.points)} points" for one in self.criteria if one.points]
        lines.append(f"All pairs together: {said_points(rounded(total))} points before soft rules.")
        if assumed:
            lines.append(f"Of these, {said_points(rounded(assumed))} are assumed because data is missing.")
        if self.shared:
            lines += ["", "What its mentees add by being together (cohesion):"]
        for one in self.shared:
            pair = f"{self.names[one.first]} ({one.first}) and {self.names[one.second]} ({one.second})"
            lines.append(f"  - {pair}: {said_points(one.points)} points")
        return "\n".join(lines) + "\n"

    def _among_equals(self) -> str:
        """Say of a group of equals what every two of its schools share."""
        schools = counted(len(self.names), "school", "schools")
        total = said_points(rounded(math.fsum(one.points for one in self.shared)))
        lines = [f"Why these {schools} are {self.host_name}: together they share {total} points."]
        for one in self.shared:
            pair = f"{self.names[one.first]} ({one.first}) and {self.names[one.second]} ({one.second})"
            lines.append(f"  - {pair}: {said_points(one.points)} points")
        return "\n".join(lines) + "\n"


def cluster_story(document: PlanDocument, encoding: Encoding, card: ClusterCard) -> ClusterStory:
    """Tell where a cluster's points come from.

    Parameters
    ----------
    document : PlanDocument
    encoding : Encoding
        What the document was made from.
    card : ClusterCard
        One of the document.

    Returns
    -------
    ClusterStory
    """
    names = {school.school_id: school.name for school in document.schools}
    points: dict[str, list[float]] = {}
    assumed: dict[str, list[float]] = {}
    for row in document.assignments:
        if row.cluster_id == card.cluster_id:
            for share in row.components:
                points.setdefault(share.criterion, []).append(share.points)
                assumed.setdefault(share.criterion, []).append(
                    0.0 if share.value is not None else share.points
                )
    criteria = [
        CriterionSum(
            label=CRITERIA[key].label,
            points=rounded(math.fsum(shares)),
            assumed=rounded(math.fsum(assumed[key])),
        )
        for key, shares in points.items()
    ]
    return ClusterStory(
        cluster_id=card.cluster_id,
        host_id=card.host_id,
        host_name=names[card.host_id],
        names={mentee: names[mentee] for mentee in card.mentee_ids},
        criteria=tuple(sorted(criteria, key=lambda one: (-one.points, one.label))),
        shared=shared_points(encoding, card),
        around=document.around,
    )


def shared_points(encoding: Encoding, card: ClusterCard) -> tuple[SharedPoints, ...]:
    """Points of each two mentees of a cluster, most first, without the prices of soft rules."""
    members = set(card.mentee_ids)
    ids, found = encoding.mentee_ids, []
    for (one, other), units in zip(
        encoding.cohesion_pair.tolist(), encoding.cohesion_points.tolist(), strict=True
    ):
        if units and ids[one] in members and ids[other] in members:
            found.append(SharedPoints(first=ids[one], second=ids[other], points=rounded(units / SCALE)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.first, one.second)))

"""Explain one school's place in a plan, from the plan document alone."""

from __future__ import annotations

import math
from typing import Literal

from pydantic import BaseModel, ConfigDict

from matcher.analysis.document import (
    Alternative,
    AssignmentRow,
    ClusterCard,
    PlanDocument,
    RuleReport,
    SchoolCard,
    UnassignedRow,
)
from matcher.analysis.model_words import said
from matcher.analysis.money_document import PairCost
from matcher.analysis.outlook_document import PairPrice
from matcher.analysis.wording import listed, rounded, said_points
from matcher.forming.hubs import JOIN
from matcher.profiles import Role
from matcher.scores.registry import CRITERIA


class Explanation(BaseModel):
    """Everything a plan says about one school.

    Attributes
    ----------
    school : SchoolCard
    assignment : AssignmentRow or None
        For a mentee that has a mentor.
    unassigned : UnassignedRow or None
        For a mentee that has none.
    cluster : ClusterCard or None
        For a mentor that leads, and for a mentee that has a mentor.
    rules : tuple of RuleReport
        Rules of which this school, with others, breaks the soft side; each with its own breaches only.
    options : tuple of Alternative
        Next-best mentors of a mentee; empty for a mentor.
    prices : tuple of PairPrice
        What insisting on the next-best mentors would cost; empty where the plan has no outlook.
    cost : PairCost or None
        What its pair costs; None where the policy counts no money.
    names : dict of str to str
        Names of the schools that the explanation mentions, by id.
    around : str
        What clusters form around: mentor, hub or group.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    school: SchoolCard
    assignment: AssignmentRow | None
    unassigned: UnassignedRow | None
    cluster: ClusterCard | None
    rules: tuple[RuleReport, ...]
    options: tuple[Alternative, ...]
    prices: tuple[PairPrice, ...]
    cost: PairCost | None = None
    names: dict[str, str]
    around: Literal["mentor", "hub", "group"] = "mentor"

    def text(self) -> str:
        """Return the explanation as plain text, one fact a line."""
        if self.around == "group":
            return self._among_equals()
        labels = (rule.label for rule in self.rules)
        return said(self._with_a_mentor(), self.around, (*self.names.values(), *labels))

    def _with_a_mentor(self) -> str:
        """Explain a school, a mentor or a hub, in the words of a mentor."""
        lines = [f"{self.school.name} ({self.school.school_id}, {self.school.role})", ""]
        if self.assignment is not None:
            lines += self._assignment_lines(self.assignment)
        elif self.unassigned is not None:
            lines += [f"Without a mentor. {self.unassigned.reason}"]
        elif self.cluster is not None:
            lines += self._cluster_lines(self.cluster)
        else:
            lines += ["This mentor leads no cluster in this plan."]
        lines += self._option_lines() + self._rule_lines()
        if self.school.weak_data:
            lines += ["", "Weak data:", *(f"  - {sentence}" for sentence in self.school.weak_data)]
        return "\n".join(lines) + "\n"

    def _name(self, school_id: str) -> str:
        return f"{self.names.get(school_id, school_id)} ({school_id})"

    def _among_equals(self) -> str:
        """Explain a group of equals, or a school's place in one."""
        lines = [f"{self.school.name} ({self.school.school_id})", ""]
        if self.unassigned is not None:
            lines.append(f"Without a group. {self.unassigned.reason}")
        if self.assignment is not None:
            lines += [f"In {self.names[self.assignment.host_id]}.", *self.assignment.why]
            lines += [f"Note: {flag}" for flag in self.assignment.flags]
        if self.cluster is not None:
            others = [self._name(one) for one in self.cluster.mentee_ids if one != self.school.school_id]
            alone = self.assignment is None
            lines += [
                "",
                f"{'Its schools' if alone else 'The others of its group'}: {listed(others, limit=50)}.",
            ]
            lines += list(self.cluster.why)
            if self.cluster.hub is not None:
                hub = self.cluster.hub
                lines.append(f"Proposed hub school: {self._name(hub.school_id)}. {hub.reason}")
            if self.cluster.reviews:
                ring = [self._name(one) for one in (*self.cluster.reviews, self.cluster.reviews[0])]
                lines.append(f"Who reviews whom: {' → '.join(ring)}.")
        lines += self._rule_lines()
        if self.school.weak_data:
            lines += ["", "Weak data:", *(f"  - {sentence}" for sentence in self.school.weak_data)]
        return "\n".join(lines) + "\n"

    def _assignment_lines(self, row: AssignmentRow) -> list[str]:
        lines = [f"Mentor: {self._name(row.host_id)}, {said_points(row.score)} points of 100.", *row.why, ""]
        lines.append("Score by criterion:")
        for share in row.components:
            fit = (
                "" if share.value is None else f"fit {share.value:.2f}; "
            )  # the reason says what is not known
            label = CRITERIA[share.criterion].label
            lines.append(f"  - {label}: {said_points(share.points)} points ({fit}{share.reason})")
        lines.append(_data_line(row))
        if row.penalty:
            lines.append(f"Less {said_points(row.penalty)} points for soft rules that are broken.")
        if self.cost is not None:
            points = f" It takes {said_points(self.cost.points)} points." if self.cost.points else ""
            lines.append(f"{self.cost.words}{points}")
        lines += [f"Note: {flag}" for flag in row.flags]
        if self.cluster is not None:
            others = [self._name(other) for other in self.cluster.mentee_ids if other != row.mentee_id]
            lines.append(f"In the same cluster: {listed(others) if others else 'no other school'}.")
        return lines

    def _cluster_lines(self, card: ClusterCard) -> list[str]:
        mentees = [self._name(mentee) for mentee in card.mentee_ids]
        lines = [
            f"Leads a cluster: {listed(mentees, limit=50)}.",
            f"Places filled: {card.load} of {card.max_load}.",
        ]
        others = [self._name(lead) for lead in card.lead_ids if lead != self.school.school_id]
        if others:
            lines.append(
                f"Led by {listed(others)}{', too' if self.school.school_id in card.lead_ids else ''}."
            )
        return lines + list(card.why)

    def _option_lines(self) -> list[str]:
        if not self.options:
            return []
        lines = ["", "Next-best mentors:"]
        prices = {price.host_id: price.words for price in self.prices}
        for option in self.options:
            reason = f"not possible. {' '.join(option.barred_by)}" if option.barred_by else option.note
            price = prices.get(option.host_id, "")
            parts = [reason, f"insisting on it: {price}" if price else ""]
            end = "".join(f" – {one}" for one in parts if one)
            lines.append(f"  - {self._name(option.host_id)}, {said_points(option.score)} points{end}")
        return lines

    def _rule_lines(self) -> list[str]:
        lines = ["", "Rules that are not kept here:"] if self.rules else []
        for rule in self.rules:
            lines += [f"  - {rule.label}: {breach.detail}" for breach in rule.broken]
        return lines


def explain(document: PlanDocument, school_id: str) -> Explanation:
    """Explain one school's place in a plan.

    Parameters
    ----------
    document : PlanDocument
    school_id : str

    Returns
    -------
    Explanation

    Raises
    ------
    KeyError
        If the plan holds no school of that id.
    """
    school = document.school(school_id)
    assignment = next((row for row in document.assignments if row.mentee_id == school_id), None)
    unassigned = next((row for row in document.unassigned if row.mentee_id == school_id), None)
    host = school_id if school.role is Role.MENTOR else assignment.host_id if assignment else None
    cluster = next((card for card in document.clusters if host in (card.host_id, *card.lead_ids)), None)
    options = assignment.alternatives if assignment else unassigned.options if unassigned else ()
    rules = _own_breaches(document.rules, school_id)
    outlook = document.outlook
    prices = () if outlook is None else tuple(one for one in outlook.prices if one.mentee_id == school_id)
    mentioned = {school_id, *(option.host_id for option in options)}
    if cluster is not None:
        mentioned |= {
            cluster.host_id,
            *cluster.lead_ids,
            *cluster.mentee_ids,
            *((cluster.hub.school_id,) if cluster.hub else ()),
        }
    mentioned |= {other for rule in rules for breach in rule.broken for other in breach.schools}
    names = {card.school_id: card.name for card in document.schools}
    names |= {one: _hub_name(one, names) for one in mentioned if one not in names}
    return Explanation(
        school=school,
        assignment=assignment,
        unassigned=unassigned,
        cluster=cluster,
        rules=rules,
        options=options,
        prices=prices,
        cost=None if document.money is None else document.money.of_pair(school_id),
        names={one: names[one] for one in names if one in mentioned},
        around=document.around,
    )


def _hub_name(hub_id: str, names: dict[str, str]) -> str:
    """Name a hub that is not formed in the plan, and so has no card, by its leads."""
    return " & ".join(names.get(lead, lead) for lead in hub_id.split(JOIN))


def _data_line(row: AssignmentRow) -> str:
    """Say how much of the score rests on data that is missing."""
    assumed = math.fsum(share.points for share in row.components if share.value is None)
    if row.known_share >= 1:
        return "All that counts is known for this pair."
    points = (
        f"{said_points(rounded(assumed))} of its {said_points(row.score)} points are assumed for the rest"
    )
    return f"{100 * row.known_share:.0f} % of what counts is known for this pair; {points}."


def _own_breaches(rules: tuple[RuleReport, ...], school_id: str) -> tuple[RuleReport, ...]:
    chosen = []
    for rule in rules:
        own = tuple(breach for breach in rule.broken if school_id in breach.schools)
        if own:
            chosen.append(rule.model_copy(update={"broken": own}))
    return tuple(chosen)

"""What the sample document says of the plan as a whole: rules, totals, criteria, proof, warnings."""

from __future__ import annotations

from matcher.analysis.document import (
    AssignmentRow,
    BrokenRule,
    ClusterCard,
    CriterionReport,
    IssueRow,
    Proof,
    RuleReport,
    Totals,
)
from matcher.profiles import Strength

CRITERIA: tuple[tuple[str, str, str, float], ...] = (
    (
        "maturity_band",
        "Maturity band",
        "Mentor ahead of the mentee, area by area, but not too far ahead.",
        25.0,
    ),
    ("challenge_fit", "Challenge fit", "Mentor strong where the mentee's challenges lie.", 25.0),
    ("shared_language", "Shared language", "Level of the best language that both sides work in.", 15.0),
    ("travel", "Travel", "Closeness: best at the door, nothing at 150 km by road.", 15.0),
    ("phase", "Phase", "Share of the mentee's phases that the mentor covers.", 8.0),
    ("size", "Size", "Similar number of pupils.", 4.0),
    ("context", "Context", "Similar surroundings: rurality and need.", 4.0),
    ("work_mode", "Way of working", "Compatible ways of working.", 4.0),
    ("mentee_preference", "Mentee's wish", "The mentee's own order of wishes.", 6.0),
    ("mentor_preference", "Mentor's wish", "The mentor's own order of wishes.", 3.0),
)


def rules_of_the_sample() -> tuple[RuleReport, ...]:
    def rule(
        key: str,
        label: str,
        statement: str,
        price: float | None = None,
        broken: tuple[BrokenRule, ...] = (),
        missing: int = 0,
    ) -> RuleReport:
        strength = Strength.HARD if price is None else Strength.SOFT
        return RuleReport(
            key=key,
            label=label,
            statement=statement,
            strength=strength,
            price=price,
            holds=not broken,
            checked=96,
            not_judged=missing,
            broken=broken,
        )

    breach = BrokenRule(
        schools=("IT-S03", "IT-M01"), detail="The mentor does not teach upper secondary.", price=10.0
    )
    return (
        rule("country", "Same country", "Mentee and mentor are in the same country."),
        rule("language", "Working language", "Mentee and mentor share a working language at B2 or better."),
        rule("travel", "Travel cap", "The road distance is at most 120 km.", missing=5),
        rule("phase", "Phase", "Mentee and mentor have a phase in common.", 10.0, (breach, breach)),
        rule("rivalry", "Declared rivals", "Declared rivals do not share a cluster."),
        rule(
            "neighbours",
            "Neighbours apart",
            "Mentees of one phase nearer than 3 km do not share a cluster.",
            15.0,
        ),
        rule("load", "Load of each mentor", "A mentor that leads a cluster has 2 to 5 mentees."),
        rule("composition.1", "Rural schools spread", "In each cluster at most 3 rural mentees."),
    )


def totals_of_the_sample(rows: list[AssignmentRow], clusters: list[ClusterCard], unassigned: int) -> Totals:
    known = [row.distance_km for row in rows if row.distance_km is not None]
    return Totals(
        mentees=len(rows) + unassigned,
        mentors=len(clusters),
        places=sum(card.max_load for card in clusters),
        assigned=len(rows),
        unassigned=unassigned,
        clusters=len(clusters),
        mean_score=sum(row.score for row in rows) / len(rows),
        worst_score=min(row.score for row in rows),
        mean_distance_km=sum(known) / len(known),
        longest_distance_km=max(known),
        sharing_language=len(rows),
        sharing_challenge=len(rows) - 7,
        pair_points=sum(row.score for row in rows),
        penalty_points=sum(row.penalty for row in rows),
        cohesion_points=sum(card.cohesion_points for card in clusters),
        opening_points=0.0,
        unassigned_points=150.0 * unassigned,
        weak_assignments=sum(row.known_share < 0.5 for row in rows),
    )


def criteria_of_the_sample(rows: list[AssignmentRow]) -> tuple[CriterionReport, ...]:
    total = sum(weight for *_, weight in CRITERIA)
    reports = []
    for index, (key, label, statement, weight) in enumerate(CRITERIA):
        values = [row.components[index].value for row in rows]
        known = [value for value in values if value is not None]
        reports.append(
            CriterionReport(
                key=key,
                label=label,
                statement=statement,
                weight=weight / total,
                mean=sum(known) / len(known) if known else None,
                known=len(known),
            )
        )
    return tuple(reports)


def proof_of_the_sample(totals: Totals) -> Proof:
    points = (
        totals.pair_points
        + totals.cohesion_points
        - totals.penalty_points
        - totals.opening_points
        - totals.unassigned_points
    )
    return Proof(
        status="optimal",
        objective=points,
        bound=points,
        gap=0.0,
        objective_units=round(points * 1000),
        bound_units=round(points * 1000),
        method="cp-sat",
        method_reason="Rules about who shares a cluster are in force, so the general model is needed.",
        stopped_by="proof",
        seed=0,
        sentence="Proven to be the best possible: no plan that keeps all hard rules has more points.",
        referee="The independent check found the same points and no hard rule broken.",
        versions={"matcher": "0.1.0", "ortools": "9.14.6206", "python": "3.11"},
    )


def warnings_of_the_sample() -> tuple[IssueRow, ...]:
    def issue(sheet: str, cell: str, header: str, value: str, problem: str, advice: str) -> IssueRow:
        return IssueRow(
            severity="warning",
            code="W-" + header.upper().replace(" ", "-"),
            file="pilot.xlsx",
            sheet=sheet,
            cell=cell,
            header=header,
            value=value,
            problem=problem,
            advice=advice,
        )

    return (
        issue(
            "Schools",
            "H41",
            "Latitude",
            "",
            "The school has no coordinates.",
            "Give the point of its entrance.",
        ),
        issue(
            "Maturity",
            "G112",
            "n",
            "2",
            "Only 2 respondents stand behind this value.",
            "Ask more staff to answer.",
        ),
        issue(
            "Schools",
            "F77",
            "Region",
            "PT170",
            "NUTS 2024 split this region into PT1A0 and PT1B0.",
            "Write the new code.",
        ),
    )

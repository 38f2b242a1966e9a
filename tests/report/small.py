"""A tiny plan made by hand, with hostile names, on which tables can be checked cell by cell."""

from __future__ import annotations

from datetime import date

from matcher.analysis.document import (
    Alternative,
    AssignmentRow,
    BrokenRule,
    ClusterCard,
    ComponentShare,
    CriterionReport,
    IssueRow,
    MaturityBandName,
    PlanDocument,
    PolicySummary,
    Proof,
    RuleReport,
    SchoolCard,
    Totals,
    UnassignedRow,
)
from matcher.profiles import Challenge, Phase, Role, Strength

HOSTILE = ('=HYPERLINK("http://evil.example","click")', "+1", "@cmd", "-2+3", "\tTab")


def small_document(*, synthetic: bool = True) -> PlanDocument:
    """Three mentors (M3 leads nobody), four mentees: A and B with M1, 007 with M2, D without a mentor."""
    mentees = (("A", HOSTILE[0]), ("B", HOSTILE[1]), ("007", HOSTILE[2]), ("D", HOSTILE[3]))
    mentors = (("M1", "Škola Šljivić"), ("M2", "Mentor Two"), ("M3", HOSTILE[4]))
    return PlanDocument(
        title="Small plan",
        synthetic=synthetic,
        as_of=date(2026, 9, 1),
        policy=PolicySummary(name="p", title="P", description="d", model="m", sha256="0" * 64),
        proof=_proof(),
        totals=_totals(),
        criteria=(
            CriterionReport(key="travel", label="Travel", statement="Close.", weight=0.75, mean=0.8, known=2),
            CriterionReport(key="size", label="Size", statement="Alike.", weight=0.25, mean=None, known=0),
        ),
        rules=(
            RuleReport(
                key="phase",
                label="Phase",
                statement="A phase in common.",
                strength=Strength.SOFT,
                price=10.0,
                holds=False,
                checked=3,
                not_judged=0,
                broken=(BrokenRule(schools=("B", "M1"), detail="No phase in common.", price=10.0),),
            ),
        ),
        clusters=(
            _cluster("C1", "M1", ("A", "B"), 130.25, 14.0),
            _cluster("C2", "M2", ("007",), 50.0, None),
        ),
        assignments=(
            _assignment("B", "M1", 60.0, 18.0, penalty=10.0, others=(("M2", 40.0), ("M3", None))),
            _assignment("A", "M1", 80.25, 10.0, others=(("M2", 30.5),)),
            _assignment("007", "M2", 50.0, None, locked=True),
        ),
        unassigned=(
            UnassignedRow(
                mentee_id="D",
                price=150.0,
                reason="All mentors in reach are full.",
                options=(Alternative(host_id="M1", score=71.25, distance_km=5.0, barred_by=(), note="full"),),
            ),
        ),
        schools=tuple(
            _card(school_id, name, role)
            for role, some in ((Role.MENTEE, mentees), (Role.MENTOR, mentors))
            for school_id, name in some
        ),
        warnings=(
            IssueRow(
                severity="warning",
                code="few-respondents",
                file="maturity.csv",
                sheet="",
                cell="H2",
                header="N",
                value="=2",
                problem="Few.",
                advice="Take care.",
            ),
        ),
    )


def _card(school_id: str, name: str, role: Role) -> SchoolCard:
    mentor = role is Role.MENTOR
    return SchoolCard(
        school_id=school_id,
        name=name,
        role=role,
        country="HR",
        region=None,
        municipality=f"Town {school_id}",
        latitude=None,
        longitude=None,
        coordinate_quality=None,
        phases=(Phase.PRIMARY,),
        pupils=None,
        rurality=None,
        languages=("hr (native)", "en (B2)") if mentor else ("hr (native)",),
        challenges=(),
        strengths=(Challenge.STEM,) if mentor else (),
        work_mode=None,
        maturity_band=MaturityBandName.UNKNOWN,
        weak_data=(),
    )


def _assignment(
    mentee: str,
    host: str,
    score: float,
    distance: float | None,
    *,
    penalty: float = 0.0,
    locked: bool = False,
    others: tuple[tuple[str, float | None], ...] = (),
) -> AssignmentRow:
    return AssignmentRow(
        mentee_id=mentee,
        host_id=host,
        cluster_id="C1" if host == "M1" else "C2",
        score=score,
        penalty=penalty,
        components=(
            ComponentShare(criterion="travel", value=score / 100.0, points=score, reason="near"),
            ComponentShare(criterion="size", value=None, points=0.0, reason="not known"),
        ),
        known_share=0.75,
        distance_km=distance,
        shared_languages=("Croatian", "English"),
        why=("Both are near.", "Both speak Croatian."),
        flags=("No phase in common.", "Size not known."),
        locked=locked,
        alternatives=tuple(
            Alternative(host_id=other, score=1.0, distance_km=km, barred_by=(), note="")
            for other, km in others
        ),
    )


def _cluster(
    cluster_id: str, host: str, mentees: tuple[str, ...], points: float, distance: float | None
) -> ClusterCard:
    return ClusterCard(
        cluster_id=cluster_id,
        host_id=host,
        mentee_ids=mentees,
        load=len(mentees),
        min_load=1,
        max_load=2,
        points=points,
        cohesion_points=0.0,
        mean_distance_km=distance,
        shared_challenges=(Challenge.STEM, Challenge.INCLUSION),
        why=("They are close.",),
    )


def _proof() -> Proof:
    return Proof(
        status="optimal",
        objective=30.25,
        bound=30.25,
        gap=0.0,
        objective_units=30250,
        bound_units=30250,
        method="flow",
        method_reason="Only pairs count.",
        stopped_by="proof",
        seed=0,
        sentence="No better plan exists.",
        referee="The independent check agrees.",
        versions={"matcher": "0.1.0"},
    )


def _totals() -> Totals:
    return Totals(
        mentees=4,
        mentors=3,
        places=6,
        assigned=3,
        unassigned=1,
        clusters=2,
        mean_score=63.4,
        worst_score=50.0,
        mean_distance_km=14.0,
        longest_distance_km=18.0,
        sharing_language=3,
        sharing_challenge=0,
        pair_points=190.25,
        penalty_points=10.0,
        cohesion_points=0.0,
        opening_points=0.0,
        unassigned_points=150.0,
        weak_assignments=0,
    )

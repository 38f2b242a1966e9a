"""A small comparison made by hand, with hostile names, on which every output can be checked."""

from __future__ import annotations

from datetime import date

from matcher.analysis.comparison_document import (
    Agreement,
    ComparedCluster,
    ComparedCriterion,
    ComparedPlan,
    ComparedRule,
    ComparisonDocument,
    Measure,
    MetricInfo,
    Placement,
    ProofWords,
    SchoolGroup,
    SchoolRow,
    Theme,
    YardstickWords,
)
from tests.report.small import HOSTILE, small_document

HOSTILE_TITLE = "=1+1 <script>alert(1)</script>"


def comparison(*, synthetic: bool = True) -> ComparisonDocument:
    """Two plans and a failed policy: P places A with M1 and leaves D out, Q is a group of equals of both."""
    return ComparisonDocument(
        title="Small comparison",
        synthetic=synthetic,
        as_of=date(2026, 9, 1),
        seed=7,
        baseline="p",
        yardstick=YardstickWords(name="y", title="Y", sha256="0" * 64, sentence="By Y."),
        themes=(
            Theme(key="reach", label="Who is placed", statement="How many."),
            Theme(key="fairness", label="Fairness", statement="How far apart."),
        ),
        metrics=(
            _info("placed", "Placed", "schools", "more", "reach"),
            _info("fit_mean", "Mean fit", "points", "more", "reach", 1),
            _info("own_points", "Points", "points", None, "reach", 1),
            _info("group_fit", "Mean fit of the group", "points", "more", "fairness", 1),
        ),
        plans=(
            _plan("p", HOSTILE_TITLE, (1.0, 80.26, 10.0), {"size:small": 80.0, "size:unknown": 1.0}, ("M1",)),
            _plan("q", "@Q", (2.0, None, 99.0), {"size:small": None, "size:unknown": 2.0}, ()),
            _failed(),
        ),
        schools=(
            _school("A", HOSTILE[0], "open", _with("M1", ("M1",), 80.26, 12.5), _with("G1", (), None, None)),
            _school("D", HOSTILE[3], "differs", Placement(status="unassigned"), _with("G1", (), None, None)),
        ),
        agreement=(Agreement(first="p", second="q", compared=0, same=0, together=None),),
        groups=(
            SchoolGroup(key="size:small", family="size", label="Small", statement="small: few", schools=1),
            SchoolGroup(
                key="size:unknown", family="size", label="Not stated", statement="small: few", schools=1
            ),
        ),
        cards=tuple(
            card.model_copy(update={"latitude": 45.0 + at / 10, "longitude": 16.0})
            for at, card in enumerate(small_document().schools)
        ),
        notes=("A note with <b>.",),
    )


def _info(key: str, label: str, unit: str, better: str | None, theme: str, decimals: int = 0) -> MetricInfo:
    return MetricInfo.model_validate(
        {
            "key": key,
            "label": label,
            "unit": unit,
            "better": better,
            "statement": f"About {label}.",
            "theme": theme,
            "decimals": decimals,
        }
    )


def _plan(
    key: str,
    title: str,
    values: tuple[float | None, float | None, float | None],
    groups: dict[str, float | None],
    leads: tuple[str, ...],
) -> ComparedPlan:
    keys = ("placed", "fit_mean", "own_points")
    mentees = ("A",) if leads else ("A", "D")
    rule = ComparedRule(
        key="country",
        label="Country",
        must_hold=True,
        breaches=9,
        points=None,
        details=(f"{HOSTILE[1]}: <i>.",),
    )
    return ComparedPlan(
        key=key,
        variant=key,
        layer="",
        title=title,
        description="What <it> is.",
        model="model",
        policy_sha256="1" * 64,
        point={"criteria.travel.weight": 0.5} if key == "q" else {},
        failure="",
        proof=ProofWords(status="optimal", gap=0.0, method="flow", sentence="Proven."),
        measures=(
            *(Measure(metric=name, value=one) for name, one in zip(keys, values, strict=True)),
            *(Measure(metric="group_fit", group=group, value=one) for group, one in groups.items()),
        ),
        criteria=(
            ComparedCriterion(
                key="travel",
                label="Travel",
                own_weight=None,
                own_mean=None,
                yardstick_mean=0.5,
                yardstick_known=1,
            ),
        ),
        breaks=(rule,),
        gave_way=(),
        favours=("Most weight lies on <travel>.",),
        costs=(),
        clusters=(
            ComparedCluster(
                cluster_id="C1",
                host_id="M1" if leads else "G1",
                host="Mentor" if leads else "Group 1",
                leads=leads,
                mentee_ids=mentees,
                load=len(mentees),
                max_load=2,
            ),
        ),
    )


def _failed() -> ComparedPlan:
    lost = _plan("r", "R", (None, None, None), {}, ())
    return lost.model_copy(
        update={
            "failure": "No plan can keep all hard rules:\n  - <none> fits.",
            "proof": None,
            "measures": (),
            "criteria": (),
            "breaks": (),
            "favours": (),
            "clusters": (),
            "policy_sha256": "",
        }
    )


def _with(host: str, leads: tuple[str, ...], fit: float | None, km: float | None) -> Placement:
    return Placement(status="placed", host_id=host, host=f"+{host}", leads=leads, fit=fit, distance_km=km)


def _school(school_id: str, name: str, verdict: str, *placements: Placement) -> SchoolRow:
    return SchoolRow.model_validate(
        {
            "school_id": school_id,
            "name": name,
            "country": "HR",
            "municipality": None,
            "groups": (),
            "verdict": verdict,
            "placements": placements,
        }
    )

"""Plans whose letters are looked at, and one in which all that is confidential is made up anew."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from matcher.analysis.document import (
    Alternative,
    AssignmentRow,
    BrokenRule,
    MaturityBandName,
    PlanDocument,
    RuleReport,
    SchoolCard,
)
from matcher.generate import generate_intake
from matcher.intake import read_intake
from matcher.pipeline import match
from matcher.policy.loader import load_policy
from matcher.profiles import Intake, Strength

PILOT = Path(__file__).resolve().parents[3] / "data" / "pilot"
NAMES = ("pilot", "two countries", "another seed")


@cache
def intake(name: str) -> Intake:
    if name == "pilot":
        return read_intake(PILOT).intake
    seed = 5 if name == "two countries" else 11
    return generate_intake(mentors=6, mentees=26, countries=("HR", "IT"), seed=seed)


@cache
def plan(name: str) -> PlanDocument:
    return match(intake(name), load_policy("mensi_pilot")).document


def scrambled(document: PlanDocument, seed: int) -> PlanDocument:
    """The same plan with other scores, reasons, alternatives, bands, needs, breaches and prices.

    Left alone: who is with whom, names, towns, distances, and which criteria add points to a pair, as the
    letters name the criteria that count.
    """
    dice = random.Random(seed)
    hosts = [card.host_id for card in document.clusters]
    return document.model_copy(
        update={
            "assignments": tuple(_pair(row, hosts, dice) for row in document.assignments),
            "unassigned": tuple(
                row.model_copy(
                    update={
                        "price": dice.random(),
                        "reason": "Rivals of HR-001 stand in its way.",
                        "options": _options(hosts, dice),
                    }
                )
                for row in document.unassigned
            ),
            "clusters": tuple(
                card.model_copy(
                    update={"points": dice.random(), "cohesion_points": dice.random(), "why": ("Maturity.",)}
                )
                for card in document.clusters
            ),
            "rules": tuple(_rule(rule, document, dice) for rule in document.rules),
            "schools": tuple(_card(card, dice) for card in document.schools),
            "criteria": (),
            "warnings": (),
            "totals": document.totals.model_copy(update={"mean_score": dice.random(), "worst_score": 0.0}),
            "outlook": None,
            "proof": document.proof.model_copy(
                update={"referee": f"It counted {dice.randrange(90)} breaches of soft rules."}
            ),
        }
    )


def _pair(row: AssignmentRow, hosts: list[str], dice: random.Random) -> AssignmentRow:
    shares = tuple(
        share.model_copy(
            update={
                "points": dice.random() + 0.1 if share.points > 0 else share.points,
                "value": dice.random(),
                "reason": "mentor is ahead in 3 of 8 areas by a workable distance",
            }
        )
        for share in row.components
    )
    return row.model_copy(
        update={
            "score": 100 * dice.random(),
            "penalty": dice.random(),
            "components": shares,
            "known_share": dice.random(),
            "why": ("Kept apart from its rival.",),
            "flags": ("Rivals share this cluster.",),
            "alternatives": _options(hosts, dice),
        }
    )


def _options(hosts: list[str], dice: random.Random) -> tuple[Alternative, ...]:
    chosen = dice.sample(hosts, min(3, len(hosts)))
    return tuple(
        Alternative(host_id=host, score=dice.random(), distance_km=1.0, barred_by=("Rivals.",), note="full")
        for host in chosen
    )


def _rule(rule: RuleReport, document: PlanDocument, dice: random.Random) -> RuleReport:
    """Other breaches of soft rules on confidential data; of the others, other schools."""
    schools = tuple(card.school_id for card in dice.sample(document.schools, 2))
    made_up = BrokenRule(schools=schools, detail="Both bid for one grant.", price=dice.random())
    confidential = rule.key.startswith(("rivalry", "forbid", "maturity", "must_link", "lock"))
    many = dice.randrange(5) if confidential and rule.strength is Strength.SOFT else len(rule.broken)
    return rule.model_copy(update={"broken": (made_up,) * many, "holds": not many, "checked": 7})


def _card(card: SchoolCard, dice: random.Random) -> SchoolCard:
    return card.model_copy(
        update={
            "maturity_band": dice.choice(list(MaturityBandName)),
            "pupils": dice.randrange(1000),
            "latitude": None,
        }
    )

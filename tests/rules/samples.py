"""Small intakes and policies for the tests of the rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from matcher.features.build import build_features
from matcher.features.pairs import PairList
from matcher.features.table import FeatureColumn, FeatureTable
from matcher.policy.loader import policy_from_mapping
from matcher.policy.model import Policy
from matcher.profiles import Intake, Link, School
from matcher.rules.judge import barred_reasons, judge_pairs, soft_reasons
from matcher.rules.outcome import PairOutcome

OFF = {key: {"strength": "off"} for key in ("country", "language", "travel")}


def school(school_id: str, role: str = "mentee", **given: Any) -> School:
    """Return a school of which only what is given is known."""
    values = {"school_id": school_id, "name": f"Name of {school_id}", "role": role, "country": "IT", **given}
    return School.model_validate(values)


def mentee(**given: Any) -> School:
    """Return the mentee ``A``."""
    return school("A", "mentee", **given)


def mentor(**given: Any) -> School:
    """Return the mentor ``Z``."""
    return school("Z", "mentor", **given)


def intake(*schools: School, links: tuple[Link, ...] = (), **given: Any) -> Intake:
    """Return an intake of these schools."""
    return Intake(schools=schools, links=links, **given)


def policy(**rules: Any) -> Policy:
    """Return a policy in which only the given rules are on."""
    return policy_from_mapping({"rules": {**OFF, **rules}})


def features(given: Intake, chosen: Policy, maturity: dict[str, float] | None = None) -> FeatureTable:
    """Return the features of an intake, with the mean maturity of some schools set by hand."""
    table = build_features(given, chosen)
    if maturity is None:
        return table
    values = np.array(table.values)
    at = table.names.index("maturity_mean")
    values[:, at] = [maturity.get(school_id, np.nan) for school_id in table.school_ids]
    columns: tuple[FeatureColumn, ...] = table.columns
    return FeatureTable(table.school_ids, columns, values, np.isnan(values))


def judged(given: Intake, chosen: Policy, maturity: dict[str, float] | None = None) -> dict[str, PairOutcome]:
    """Return the outcomes on all pairs, by rule."""
    pairs = PairList.every(len(given.mentees), len(given.mentors))
    outcomes = judge_pairs(given, features(given, chosen, maturity), chosen, pairs)
    return {outcome.key: outcome for outcome in outcomes}


def verdict(
    one: School, other: School, maturity: dict[str, float] | None = None, **rules: Any
) -> tuple[bool, bool]:
    """Return (broken, unknown) of the single pair of two schools under the single rule given."""
    [key] = rules
    outcome = judged(intake(one, other), policy(**rules), maturity)[key]
    return bool(outcome.broken[0]), bool(outcome.unknown[0])


def reasons(
    one: School, other: School, maturity: dict[str, float] | None = None, **rules: Any
) -> tuple[str, ...]:
    """Return the sentences that bar the single pair of two schools."""
    given, chosen = intake(one, other), policy(**rules)
    found = barred_reasons(given, features(given, chosen, maturity), chosen, 0, 0)
    return tuple(sentence for _, sentence in found)


def soft_sentences(one: School, other: School, **rules: Any) -> tuple[str, ...]:
    """Return the sentences on soft rules that the single pair of two schools breaks."""
    given, chosen = intake(one, other), policy(**rules)
    found = soft_reasons(given, features(given, chosen), chosen, 0, 0)
    return tuple(sentence for _, sentence in found)

"""Rule *country*: mentee and mentor are in the same country."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.countries import country_name
from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.profiles import School
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Broken where the country codes differ; a country is always known.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,).
    """
    broken = _codes(context.mentees)[pairs.mentee] != _codes(context.mentors)[pairs.host]
    return Verdict(broken, np.zeros(len(pairs), np.bool_))


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name both countries."""
    return (
        f"the mentee is in {country_name(context.mentees[mentee].country)}, "
        f"the mentor in {country_name(context.mentors[host].country)}"
    )


def missing(_context: RuleContext, _mentee: int, _host: int) -> str:
    """Never asked for: every school has a country."""
    return "the country is not known"


def statement(_policy: Policy) -> str:
    """Say the rule."""
    return "Mentee and mentor are in the same country"


def _codes(schools: tuple[School, ...]) -> NDArray[np.str_]:
    return np.array([school.country for school in schools], dtype="<U2")


RULE = PairRuleSpec("country", "Country", judge, breach, missing, statement)

"""Rule *theme*: every mentee of a cluster named the challenge that the cluster is about.

Source: thematic networks, one challenge a cluster (Blamire, MenSI D2.1, 2021, §2; Ireland's 41 thematic
clusters).
"""

from __future__ import annotations

import numpy as np

from matcher.features.pairs import PairList
from matcher.features.words import say_challenge
from matcher.policy.model import Policy
from matcher.policy.themes import theme_of
from matcher.profiles import Challenge, School
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Broken where the mentee did not name the theme; unknown if it named none, or the host has none.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,).
    """
    place = {challenge: at for at, challenge in enumerate(Challenge)}
    named = np.zeros((len(context.mentees), len(place)), np.bool_)
    for at, school in enumerate(context.mentees):
        named[at, [place[one] for one in _counted(school, context.policy)]] = True
    themes = [theme_of(school.school_id) for school in context.mentors]
    theme = np.array([-1 if one is None else place[one] for one in themes], dtype=np.int64)[pairs.host]
    unknown = np.logical_not(np.any(named, axis=1))[pairs.mentee] | (theme < 0)
    return Verdict(~named[pairs.mentee, theme] & ~unknown, unknown)


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name the theme and what the mentee named."""
    named = ", ".join(map(say_challenge, _counted(context.mentees[mentee], context.policy)))
    theme = theme_of(context.mentors[host].school_id)
    return f"the theme is {'not known' if theme is None else say_challenge(theme)}; the mentee named {named}"


def missing(context: RuleContext, _mentee: int, host: int) -> str:
    """Say what is not known."""
    themed = theme_of(context.mentors[host].school_id) is not None
    return "the mentee named no challenge" if themed else "the mentor has no theme"


def statement(policy: Policy) -> str:
    """Say the rule."""
    first = policy.rules.theme.first
    which = {None: "", 1: " as its first"}.get(first, f" among its first {first}")
    strong = ", in which the mentor is strong" if policy.rules.theme.mentor_strong else ""
    return f"Each cluster has one challenge as its theme{strong}, and every mentee in it named it{which}"


def _counted(school: School, policy: Policy) -> tuple[Challenge, ...]:
    return school.challenges[: policy.rules.theme.first]


RULE = PairRuleSpec("theme", "Theme", judge, breach, missing, statement)

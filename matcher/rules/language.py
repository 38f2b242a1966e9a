"""Rule *language*: mentee and mentor share a working language at a level.

Source: practice is shared in the local language (Blamire, MenSI D2.1, 2021, §5).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.languages import language_name
from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.profiles import School
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict

_BITS = 63


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Kept where some language is at the level on both sides.

    A language without a stated level, or a school without any language listed, may or may not be
    enough: a pair that only such a language could join is unknown.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,).
    """
    _, levels = context.features.block("language_")
    enough = np.greater_equal(levels, context.policy.rules.language.level.order)
    sure = _words(enough)
    maybe = _words(enough | np.isnan(levels))
    mentee, mentor = context.mentee_rows[pairs.mentee], context.mentor_rows[pairs.host]
    shared = _meet(sure, mentee, mentor)
    # A language that nobody in the whole intake lists has no column; two schools without a list may share it.
    unlisted = np.asarray(np.isnan(levels).all(axis=1), dtype=np.bool_)
    possible = _meet(maybe, mentee, mentor) | (unlisted[mentee] & unlisted[mentor])
    return Verdict(~possible & ~shared, possible & ~shared)


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name the level, and the languages of both sides."""
    level = context.policy.rules.language.level
    ours, theirs = _listed(context.mentees[mentee]), _listed(context.mentors[host])
    return f"no working language in common at {level} or better (mentee: {ours}; mentor: {theirs})"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Name the languages of both sides as far as they are stated."""
    ours, theirs = _listed(context.mentees[mentee]), _listed(context.mentors[host])
    return f"the languages or their levels are not stated in full (mentee: {ours}; mentor: {theirs})"


def statement(policy: Policy) -> str:
    """Say the rule with its level."""
    level = policy.rules.language.level
    return f"Mentee and mentor share a working language, both at {level} or better"


def _listed(school: School) -> str:
    skills = [
        f"{language_name(skill.code)} ({skill.level or 'level not stated'})" for skill in school.languages
    ]
    return ", ".join(skills) or "none listed"


def _words(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Pack a row of flags into 63-bit words, shape (n_schools, n_words)."""
    n_words = -(-flags.shape[1] // _BITS)
    words = np.zeros((flags.shape[0], n_words), np.int64)
    for at in range(flags.shape[1]):
        words[:, at // _BITS] |= flags[:, at].astype(np.int64) << (at % _BITS)
    return words


def _meet(words: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where two rows have a flag in common, shape (n_pairs,)."""
    met = np.zeros(one.shape[0], np.bool_)
    for at in range(words.shape[1]):
        met |= (words[one, at] & words[other, at]) != 0
    return met


RULE = PairRuleSpec("language", "Language", judge, breach, missing, statement)

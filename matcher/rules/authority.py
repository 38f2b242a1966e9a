"""Rule *authority*: mentee and mentor belong to the same, or to different, school authorities.

Source: professional distance between reviewers and reviewed (NAHT, *The principles of effective school
to school peer review*, 2019).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.policy.rules import AuthorityMode
from matcher.profiles import School
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Compare the names of the authorities, whatever their case and spacing.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,); unknown where a school states none.
    """
    numbers = authority_numbers((*context.mentees, *context.mentors))
    mentee = numbers[: len(context.mentees)][pairs.mentee]
    mentor = numbers[len(context.mentees) :][pairs.host]
    unknown = (mentee < 0) | (mentor < 0)
    same = mentee == mentor
    broken = ~same if context.policy.rules.authority.mode is AuthorityMode.SAME else same
    return Verdict(broken & ~unknown, unknown)


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name the authority or authorities."""
    ours, theirs = context.mentees[mentee].authority, context.mentors[host].authority
    if context.policy.rules.authority.mode is AuthorityMode.SAME:
        return f"the mentee belongs to {ours}, the mentor to {theirs}"
    return f"both schools belong to {ours}"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Say whose authority is not known."""
    sides = (("mentee", context.mentees[mentee]), ("mentor", context.mentors[host]))
    unknown = [who for who, school in sides if authority_name(school) is None]
    return f"the school authority of the {' and the '.join(unknown)} is not known"


def statement(policy: Policy) -> str:
    """Say the rule with its mode."""
    if policy.rules.authority.mode is AuthorityMode.SAME:
        return "Mentee and mentor belong to the same school authority"
    return "Mentee and mentor belong to different school authorities"


def authority_name(school: School) -> str | None:
    """Name of the authority in one spelling, for comparing; None if not stated."""
    return folded(school.authority or "") or None


def folded(name: str) -> str:
    """Fold case and spacing away."""
    return " ".join(name.split()).casefold()


def authority_numbers(schools: tuple[School, ...]) -> NDArray[np.int64]:
    """One number for each authority, shape (n_schools,); -1 where it is not stated."""
    names = [authority_name(school) for school in schools]
    number = {name: at for at, name in enumerate(sorted({name for name in names if name is not None}))}
    return np.array([-1 if name is None else number[name] for name in names], dtype=np.int64)


RULE = PairRuleSpec("authority", "School authority", judge, breach, missing, statement)

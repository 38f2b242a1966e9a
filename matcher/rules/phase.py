"""Rule *phase*: mentee and mentor have a phase of education in common.

Source: MenSI took primary schools only in the Czech Republic and mixed phases in Croatia (domain.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features.pairs import PairList
from matcher.policy.model import Policy
from matcher.profiles import Phase, School
from matcher.rules.context import PairRuleSpec, RuleContext, Verdict


def judge(context: RuleContext, pairs: PairList) -> Verdict:
    """Broken where no phase is common; unknown where a school states none.

    Parameters
    ----------
    context : RuleContext
    pairs : PairList

    Returns
    -------
    Verdict
        Arrays of shape (n_pairs,).
    """
    mentee = phase_bits(context.mentees)[pairs.mentee]
    mentor = phase_bits(context.mentors)[pairs.host]
    unknown = (mentee == 0) | (mentor == 0)
    return Verdict(((mentee & mentor) == 0) & ~unknown, unknown)


def breach(context: RuleContext, mentee: int, host: int) -> str:
    """Name the phases of both sides."""
    ours, theirs = _listed(context.mentees[mentee]), _listed(context.mentors[host])
    return f"no phase in common (mentee: {ours}; mentor: {theirs})"


def missing(context: RuleContext, mentee: int, host: int) -> str:
    """Say whose phase is not known."""
    sides = (("mentee", context.mentees[mentee]), ("mentor", context.mentors[host]))
    return f"the phase of the {' and the '.join(who for who, one in sides if not one.phases)} is not known"


def statement(_policy: Policy) -> str:
    """Say the rule."""
    return "Mentee and mentor have a phase of education in common"


def phase_bits(schools: tuple[School, ...]) -> NDArray[np.int64]:
    """Phases of each school as bits, shape (n_schools,); 0 means not stated."""
    bit = {phase: 1 << at for at, phase in enumerate(Phase)}
    return np.array([sum(bit[phase] for phase in school.phases) for school in schools], dtype=np.int64)


def _listed(school: School) -> str:
    return ", ".join(phase for phase in Phase if phase in school.phases)


RULE = PairRuleSpec("phase", "Phase", judge, breach, missing, statement)

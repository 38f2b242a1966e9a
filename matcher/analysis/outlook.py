"""Build the outlook of a plan: each part by its own module."""

from __future__ import annotations

from matcher.analysis.outlook_document import Outlook
from matcher.encoding import Encoding
from matcher.questions import Answers
from matcher.solution import Solution

TOLERANCE = 0.01
"""Share of a plan's points within which another plan counts as nearly as good."""


def build_outlook(encoding: Encoding, plan: Solution, *, bound: int | None, answers: Answers) -> Outlook:
    """Say what could change in a plan, and what it would cost or bring.

    Parameters
    ----------
    encoding : Encoding
    plan : Solution
        One that keeps every hard rule.
    bound : int or None
        Proven upper bound of the objective, in objective units.
    answers : Answers
        Solves what has to be solved; it knows the plan if that is proven.

    Returns
    -------
    Outlook
    """
    del encoding, plan, bound, answers  # each part is added with its module
    return Outlook(tolerance=TOLERANCE)

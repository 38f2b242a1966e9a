"""The problem in numbers only: frozen arrays, rules as data."""

from matcher.problem.build import make_problem
from matcher.problem.data import SCALE, Problem
from matcher.problem.precheck import Conflict, ConflictKind, precheck
from matcher.problem.rules import Composition, LoadTarget, Quota, QuotaKind, Row
from matcher.problem.stack import Stack, stack
from matcher.problem.validation import validate

__all__ = [
    "SCALE",
    "Composition",
    "Conflict",
    "ConflictKind",
    "LoadTarget",
    "Problem",
    "Quota",
    "QuotaKind",
    "Row",
    "Stack",
    "make_problem",
    "precheck",
    "stack",
    "validate",
]

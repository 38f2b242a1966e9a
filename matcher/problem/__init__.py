"""The problem in numbers only: frozen arrays, rules as data."""

from matcher.problem.data import SCALE, Problem
from matcher.problem.rules import Composition, LoadTarget, Quota, QuotaKind

__all__ = ["SCALE", "Composition", "LoadTarget", "Problem", "Quota", "QuotaKind"]

"""One plan, and the independent referee that judges it."""

from matcher.solution.data import UNASSIGNED, Solution
from matcher.solution.evaluation import Evaluation, Violation
from matcher.solution.referee import evaluate

__all__ = ["UNASSIGNED", "Evaluation", "Solution", "Violation", "evaluate"]

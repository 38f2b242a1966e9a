"""Compiled local search on prepared problems: plans early, better ones with more work, no proof."""

from matcher.solvers.local_search.search import Found, Search, first_plan, improve
from matcher.solvers.local_search.solver import LocalSearchSolver

__all__ = ["Found", "LocalSearchSolver", "Search", "first_plan", "improve"]

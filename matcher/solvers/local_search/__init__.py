"""Compiled local search on prepared problems: plans early, better ones with more work, no proof."""

from matcher.solvers.local_search.search import Found, Search, first_plan, improve

__all__ = ["Found", "Search", "first_plan", "improve"]

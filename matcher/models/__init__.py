"""How each mentoring model looks for its plan: by the objective alone, or by what comes before it."""

from matcher.models.search import find_plan, refuse_hubs, refuse_if_ordered, refuse_without_mentors

__all__ = ["find_plan", "refuse_hubs", "refuse_if_ordered", "refuse_without_mentors"]

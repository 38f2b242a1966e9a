"""Intakes as a mentoring model sees them: hubs of several leads, groups of equals without mentors."""

from matcher.forming.formed import Formed, form

__all__ = ["Formed", "form"]

"""Questions to a plan, in numbers: what insisting costs, what contradicts, what moves, what else there is."""

from matcher.questions.answers import Answers

__all__ = ["Answers"]

"""Evaluation: what the referee found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule of a plan.

    Attributes
    ----------
    rule : str
        ``eligibility``, ``min-load``, ``max-load``, ``must-assign``, ``cannot-link``, ``must-link``,
        ``lock``, ``composition:<key>``, ``quota:<key>``, ``row:<key>``, ``load-target``.
    mentees, hosts : tuple of int
        Who is concerned, ascending.
    amount : int
        Units short or over (1 for a yes/no rule).
    price : int or None
        Objective units charged; None when the rule is hard.
    """

    rule: str
    mentees: tuple[int, ...]
    hosts: tuple[int, ...]
    amount: int
    price: int | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Objective of a plan, recomputed from nothing but the problem and the plan.

    All values in objective units (``SCALE`` to a point). ``objective = constant + pairs + cohesion -
    opening - unassigned - penalties``.
    """

    objective: int
    pairs: int
    cohesion: int
    opening: int
    unassigned: int
    penalties: int
    loads: tuple[int, ...]
    violations: tuple[Violation, ...]

    @property
    def broken(self) -> tuple[Violation, ...]:
        """Violations of hard rules; empty for a valid plan."""
        return tuple(violation for violation in self.violations if violation.price is None)

    @property
    def is_feasible(self) -> bool:
        """Whether every hard rule holds."""
        return not self.broken

"""Cheapest repairs of large problems: relaxations alone are searched, plans only to judge them.

A small model of the relaxations is asked for the cheapest choice; the repaired problem is then looked at by
itself. If it is still infeasible, what was found there is a cut: relaxations of which a repair must use more.
The model holds only what all repairs must keep, so that the first choice that works is a cheapest one.

References
----------
E. Moreno-Centeno, R. M. Karp, "The implicit hitting set approach to solve combinatorial optimization
problems", Operations Research 61 (2013).
J. N. Hooker, G. Ottosson, "Logic-based Benders decomposition", Mathematical Programming 96 (2003).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from matcher.questions.demands import Demands
from matcher.questions.relaxing import Relaxation, Relaxations
from matcher.questions.repair_flow import Cut
from matcher.questions.repaired import Repair
from matcher.result import SolveStatus
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.cp_search import search

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(slots=True, eq=False)
class RelaxationModel:
    """The model of the relaxations, with the cuts found so far.

    Attributes
    ----------
    demands : Demands
    relaxations : Relaxations
    settings : SolveSettings
    should_stop : callable or None
    work : float
    """

    demands: Demands
    relaxations: Relaxations
    settings: SolveSettings
    should_stop: ShouldStop | None
    work: float = 0.0
    model: cp_model.CpModel = field(init=False)
    units: dict[Relaxation, list[cp_model.IntVar]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

        self.model = cp_model.CpModel()
        groups: dict[str, list[cp_model.IntVar]] = {}
        for one in self.relaxations.listed:
            literals = [self.model.new_bool_var("") for _ in range(one.most)]
            for fewer, more in pairwise(literals):
                self.model.add_implication(more, fewer)
            self.units[one] = literals
            groups.setdefault(one.group, []).extend(literals)
        for group, literals in groups.items():
            if group in self.relaxations.limits:
                self.model.add(sum(literals) <= self.relaxations.limits[group])

    def price(self) -> cp_model.LinearExpr:
        """Price of what is given up."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - keeps `import matcher` light

        prices = [one.price for one, literals in self.units.items() for _ in literals]
        every = [literal for literals in self.units.values() for literal in literals]
        return cp_model.LinearExpr.weighted_sum(every, prices)

    def choose(self) -> Repair | SolveStatus:
        """Ask for a choice that keeps all cuts; a status where there is none."""
        every = [literal for literals in self.units.values() for literal in literals]
        outcome = search(self.model, every, self.settings, stage="repair", should_stop=self.should_stop)
        self.work += outcome.work
        if outcome.objective is None:
            return outcome.status
        if self.model.has_objective() and outcome.status is not SolveStatus.OPTIMAL:
            return SolveStatus.UNKNOWN
        values = iter(outcome.chosen)
        counts = {one: sum(next(values) for _ in literals) for one, literals in self.units.items()}
        uses = tuple(sorted((one, count) for one, count in counts.items() if count))
        return Repair(uses, sum(one.price * count for one, count in uses))

    def require(self, cuts: Iterable[Cut]) -> None:
        """Add cuts: what every repair must use."""
        for units, least in cuts:
            self.model.add(sum(self.units[one][level] for one, level in units) >= least)

"""Ground: what the counted plans are held against, with every plan's placings worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matcher.analysis.wording import mean_or_none
from matcher.laboratory.asides import Asides
from matcher.laboratory.placing import NOBODY, Placing, placing_of
from matcher.laboratory.variant import Outcome
from matcher.laboratory.yardstick import Yardstick
from matcher.profiles import Intake

Found = Mapping[str, Sequence[Outcome]]
"""Outcomes by the key of their variant; one, or one a layer."""


class Ground:
    """What sensitivity and doubt in the scores are counted from.

    Parameters
    ----------
    intake : Intake
        As it came in.
    plans : mapping of str to Outcome
        Of the policies as they are, by the key of their plan in the document.
    asides : Asides
        What was asked for beside them.
    others : sequence of Outcome
        What came of it.
    stick : Yardstick
        That of the document; judges by the scores as they came in.
    """

    def __init__(
        self,
        intake: Intake,
        plans: Mapping[str, Outcome],
        asides: Asides,
        others: Sequence[Outcome],
        stick: Yardstick,
    ) -> None:
        self.intake, self.plans, self.asides, self.stick = intake, plans, asides, stick
        self._others: dict[str, list[Outcome]] = {}
        for outcome in others:
            self._others.setdefault(outcome.variant.key, []).append(outcome)
        self._placings: dict[tuple[str, str], Placing] = {}

    def draws(self, key: str) -> tuple[Outcome, ...]:
        """One outcome a draw for the plan of a key; none where nothing was drawn."""
        plan = self.plans[key]
        return tuple(
            self.beside(variant.key, plan.layer) for variant in self.asides.drawn.get(plan.variant.key, ())
        )

    def beside(self, variant: str, layer: str) -> Outcome:
        """Outcome of a layer of an aside; of one without a plan, what says why."""
        some = self._others[variant]
        return next((one for one in some if one.layer == layer), some[0])

    def placing(self, outcome: Outcome) -> Placing:
        """Say where an outcome puts each school."""
        key = (outcome.variant.key, outcome.layer)
        if key not in self._placings:
            self._placings[key] = placing_of(self.intake, outcome)
        return self._placings[key]

    def mean_fit(self, placing: Placing) -> float | None:
        """Mean fit by the yardstick of the placed schools, in points, where known."""
        placed = {school: leads for school, leads in placing.items() if leads != NOBODY}
        return mean_or_none(list(self.stick.fits(placed).points.values()))

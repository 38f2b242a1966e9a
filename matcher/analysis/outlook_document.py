"""The outlook of a plan: prices, relaxations, cover and robustness – what needs solving to be known.

Everything else in the plan document follows from the plan and its sealed inputs alone and can be told
again without a solver; this part rests on its hash.
"""

from __future__ import annotations

from typing import Literal

from matcher.analysis.document_part import DocumentPart
from matcher.analysis.wording import said_points


class PairPrice(DocumentPart):
    """What insisting on another mentor would cost the whole plan, against the plan as it is."""

    mentee_id: str
    host_id: str
    at_least: float | None
    """Points that the best plan with this pair is worth less, at least; proven. None: no plan contains it.
    Below 0 only for a plan that is not the best: so much is gained then, by placing others anew as well."""
    exact: bool
    """Whether it is exactly so much."""

    @property
    def words(self) -> str:
        """The price as a phrase: ``exactly 3.2 points for the whole plan``; empty where none is known."""
        if self.at_least is None:
            return "no plan that keeps all hard rules contains it"
        if self.at_least < 0:
            gain = f"{_points(-self.at_least)}, as others would be placed better, too"
            return f"costs nothing: the whole plan would gain {gain}" if self.exact else ""
        if self.exact:
            return (
                f"exactly {_points(self.at_least)} for the whole plan" if self.at_least else "costs nothing"
            )
        return f"at least {_points(self.at_least)} for the whole plan" if self.at_least else ""


class Relaxation(DocumentPart):
    """One thing that stands in the way of a better plan, and what giving it up would be worth."""

    kind: Literal["place", "apart", "travel", "rule"]
    schools: tuple[str, ...]
    words: str
    """Such as ``one more place at Scuola Aurora (IT-M02)``."""
    worth_at_least: float
    """Points gained by a plan that was found."""
    worth_at_most: float | None
    """Points that no plan can gain more than; equal to `worth_at_least` where that is proven."""

    @property
    def settled(self) -> bool:
        """Whether it is proven what it is worth."""
        return self.worth_at_most == self.worth_at_least

    @property
    def worth_words(self) -> str:
        """What it is worth as a phrase, such as ``worth 12.3 points``."""
        if self.settled:
            return f"worth {_points(self.worth_at_least)}"
        if self.worth_at_most is None:
            return f"worth at least {_points(self.worth_at_least)}"
        return f"worth {said_points(self.worth_at_least)} to {_points(self.worth_at_most)}"


class CoverMove(DocumentPart):
    """One school whose mentor drops out, and who takes it."""

    mentee_id: str
    host_id: str | None
    """None where nobody can."""
    loss: float
    """Points lost by the pair, before cohesion; all its points where nobody can take the school."""


class Cover(DocumentPart):
    """What happens if one mentor drops out and everybody else stays where they are."""

    host_id: str
    loss: float
    """Points that the plan loses."""
    uncovered: int
    """Schools of its cluster that nobody else can take without moving others."""
    moves: tuple[CoverMove, ...]
    proven: bool
    """Whether these schools cannot be placed better while the others stay."""
    broken: tuple[str, ...] = ()
    """Hard rules that cannot be kept any more, in words."""


class Robustness(DocumentPart):
    """What drop-outs of mentors at random leave of the plan, others staying where they are."""

    samples: int
    share: float
    """Share of the mentors that drop out in each sample, in [0, 1]."""
    dropped: int
    """How many mentors that is."""
    seed: int
    kept_mean: float
    """Share of pairs that stay as they are, in [0, 1]; mean over the samples."""
    kept_worst: float
    placed_mean: float
    """Share of the placed schools that have a mentor afterwards, in [0, 1]."""
    placed_worst: float
    quality_mean: float | None
    """Points afterwards as a share of the plan's points; can be below 0. None if the plan has no points."""
    quality_worst: float | None
    proven: bool
    """Whether no sample could be answered better while the others stay."""

    @property
    def sentence(self) -> str:
        """The figures in plain words."""
        who = "one mentor drops" if self.dropped == 1 else f"{self.dropped} mentors drop"
        said = (
            f"When {who} out at random, {self.kept_mean:.0%} of the pairs stay as they are "
            f"({self.kept_worst:.0%} at worst), and {self.placed_mean:.0%} of the schools that have a mentor "
            f"still have one afterwards ({self.placed_worst:.0%} at worst)."
        )
        if self.quality_mean is None or self.quality_worst is None:
            return said
        worst = f"{self.quality_worst:.0%} at worst"
        return f"{said[:-1]}; the plan keeps {self.quality_mean:.0%} of its points ({worst})."

    @property
    def how(self) -> str:
        """How the figures came about, in plain words."""
        drawn = "1 drop-out was" if self.samples == 1 else f"{self.samples:,} drop-outs were"
        text = (
            f"{drawn} drawn (seed {self.seed}), each of {self.share:.0%} of the mentors, at least one. "
            "Their schools take the free places of others as well as the rules allow; "
            "everybody else stays. Schools left over count with the price of having no mentor."
        )
        return (
            text if self.proven else f"{text} Some drop-outs may be answered still better: limits were met."
        )


class Holding(DocumentPart):
    """Whether an assignment is part of every plan that is nearly as good."""

    mentee_id: str
    host_id: str
    loss_at_least: float | None
    """Points that any plan without this pair is worth less, at least; proven. None: no plan is without it."""
    holds: bool | None
    """True: in every plan within the tolerance; False: a plan without it was found; None: not known."""

    @property
    def words(self) -> str:
        """``sure``, ``could be otherwise`` or ``not known``."""
        return "not known" if self.holds is None else "sure" if self.holds else "could be otherwise"


class Outlook(DocumentPart):
    """What could change, and what it would cost or bring."""

    tolerance: float
    """Share of the plan's points within which another plan counts as nearly as good."""
    prices: tuple[PairPrice, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    """Most valuable first, at most ten."""
    pair_rules: bool = True
    """Whether `relaxations` looks at travel and the other rules about pairs; not where a reserve is kept."""
    left_aside: int = 0
    """Mentees in groups so large that what would help there was not looked into."""
    cover: tuple[Cover, ...] = ()
    robustness: Robustness | None = None
    holding: tuple[Holding, ...] = ()
    not_calculated: tuple[str, ...] = ()
    """What the work limit of the outlook left out, in words; empty if nothing."""


def _points(points: float) -> str:
    return f"{said_points(points)} {'point' if points == 1 else 'points'}"

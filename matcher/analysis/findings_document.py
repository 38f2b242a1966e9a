"""What a comparison finds beyond its plans: sweeps, trade-offs, sensitivity, and doubt in the scores."""

from __future__ import annotations

from typing import Literal

from matcher.analysis.document_part import DocumentPart

Setting = bool | int | float | str | None


class SweptSetting(DocumentPart):
    """One setting that a sweep varies."""

    name: str
    """Full dotted name, as in a policy file."""
    label: str
    own: Setting
    """Its value in the policy as it is."""
    values: tuple[Setting, ...]
    relative: bool
    """Whether only its proportion to the other weights matters."""


class SweepPoint(DocumentPart):
    """One point of a sweep; its figures stand with the plan of the same key."""

    key: str
    point: dict[str, Setting]
    share: float | None
    """Of a sweep over one weight: its part of all weights, in [0, 1]; None for all other sweeps."""
    same: int | None
    """Schools with the same mentor as under the policy as it is; None where either has no plan."""
    compared: int | None


class Sweep(DocumentPart):
    """Every point of the sweep over one policy."""

    policy: str
    """Key of the policy as it is."""
    layer: str
    title: str
    settings: tuple[SweptSetting, ...]
    own_share: float | None
    """Of a sweep over one weight: its part of all weights in the policy as it is."""
    points: tuple[SweepPoint, ...]


class TradePoint(DocumentPart):
    """One plan on the plane of two metrics."""

    key: str
    title: str
    x: float
    y: float
    proven: bool
    """Whether it is proven best under its own policy."""
    status: Literal["undominated", "dominated"]
    dominated_by: str = ""
    """Key of a plan that is at least as good in both and better in one; empty where there is none."""


class Trade(DocumentPart):
    """What one metric costs in the other, over all plans that were tried."""

    x: str
    y: str
    """Keys of the metrics."""
    points: tuple[TradePoint, ...]
    """Undominated ones first, along the curve; then the others in their order."""
    unknown: tuple[str, ...]
    """Titles of plans of which one of the two is not known."""


class Nudge(DocumentPart):
    """One thing changed in a policy, and what came of it."""

    setting: str
    """Dotted name; of several prices that belong together, that of their rule."""
    label: str
    kind: Literal["weight", "price", "rule"]
    words: str
    """What was changed, e.g. ``25 → 30``."""
    failure: str
    """Why there is no plan; empty where there is one."""
    proven: bool
    still_best: bool | None
    """Whether the policy's own plan is as good as any under the change; None where that cannot be said."""
    compared: int
    moved: int
    """Schools with another mentor, or none; 0 where the policy's own plan is still best."""
    fit_change: float | None
    """Mean fit by the yardstick less that of the policy's own plan, in points."""
    placed_change: int | None

    @property
    def share(self) -> float | None:
        """Share of the compared schools that have another mentor; None where nothing can be compared."""
        return self.moved / self.compared if self.compared and not self.failure else None


class Factor(DocumentPart):
    """One setting with all its changes, for the list of what matters most."""

    setting: str
    label: str
    kind: Literal["weight", "price", "rule"]
    moved: int
    compared: int
    """Of its change that moves most."""
    fit_change: float | None
    """The largest change of the mean fit, with its sign."""
    sentence: str


class Sensitivity(DocumentPart):
    """How far the plan of one policy hangs on each weight, price and rule."""

    policy: str
    title: str
    spread: float
    nudges: tuple[Nudge, ...]
    factors: tuple[Factor, ...]
    """What matters most first."""
    schools: int
    """Schools that the policy's own plan places."""
    firm: tuple[str, ...]
    """Those of them that keep their mentor under every change of a weight or price, by id."""
    firm_without_rules: tuple[str, ...]
    """Those of these that keep it also when any one rule is switched off."""
    sentences: tuple[str, ...]


class DoubtedSchool(DocumentPart):
    """How often one school keeps its place when the scores are drawn anew."""

    school_id: str
    name: str
    kept: float
    """Share of the draws with the same mentor, or again none."""
    other: str
    """Name of the mentor that it has most often otherwise; empty where there is none."""


class Noise(DocumentPart):
    """How far the plan of one policy hangs on maturity scores that are not exact."""

    policy: str
    """Key of the plan."""
    title: str
    draws: int
    """Draws that gave a plan."""
    failed: int
    """Draws without one."""
    values: int
    """Maturity values that were drawn anew in each."""
    kept_mean: float | None
    kept_least: float | None
    kept_most: float | None
    """Share of the pairs of the plan that are in the plan of a draw, over the draws."""
    fit_least: float | None
    fit_most: float | None
    """Mean fit by the yardstick, with the scores as they came in, of the plans of the draws."""
    schools: tuple[DoubtedSchool, ...]
    sentence: str

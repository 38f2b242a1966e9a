"""From the outcomes of many policies to one comparison document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.laboratory.variant import Outcome
from matcher.policy.model import Policy
from matcher.profiles import Intake


def build_comparison(
    intake: Intake,
    outcomes: Sequence[Outcome],
    *,
    baseline: str | None = None,
    yardstick: Policy | None = None,
    seed: int = 0,
    samples: int = 30,
    noise: Mapping[str, float] | None = None,
    on_item: Callable[[int, int, str], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ComparisonDocument:
    """Measure every plan by its own policy and by one common yardstick, and say where they part.

    Parameters
    ----------
    intake : Intake
        The intake of all outcomes, as it was read.
    outcomes : sequence of Outcome
        In the order in which they are shown; those without a plan say why.
    baseline : str, optional
        Key of the variant against which the others are told; the first that has a plan if None.
    yardstick : Policy, optional
        The policy by which all plans are judged; that of the named baseline if None, the default policy
        where no baseline is named.
    seed : int
        Of the drop-outs drawn at random.
    samples : int
        How many drop-outs are drawn for each plan; 0 leaves robustness out.
    noise : mapping of str to float, optional
        By plan key: share of pairs kept when maturity is drawn anew within its uncertainty.
    on_item : callable, optional
        Called before each plan is measured: which it is, of how many, its title.
    should_stop : callable, optional
        Once true, drop-outs are drawn no further, and the document says that they were cut short.

    Returns
    -------
    ComparisonDocument
        The same for the same arguments; processor seconds are not in it.

    Raises
    ------
    UsageError
        If two outcomes have one key, the baseline is no outcome, or the yardstick forms hosts of its own.
    """
    raise NotImplementedError

"""What is found beyond the plans of a comparison, added to its document."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.analysis.comparison_document import ComparisonDocument
from matcher.laboratory.ground import Ground
from matcher.laboratory.noise import with_noise
from matcher.laboratory.sensitivity import sensitivity_of
from matcher.laboratory.trade import Axes, trades_of


def with_findings(
    document: ComparisonDocument, ground: Ground, trades: Sequence[Axes] = ()
) -> ComparisonDocument:
    """Add trade-offs, sensitivity and noise, as far as they were asked for.

    Parameters
    ----------
    document : ComparisonDocument
    ground : Ground
        Has an outcome for every plan of the document.
    trades : sequence of (str, str)
        Of :func:`matcher.laboratory.trade.read_trades`.

    Returns
    -------
    ComparisonDocument
    """
    told = (sensitivity_of(ground, plan.key, plan.title) for plan in document.found)
    return with_noise(document, ground).model_copy(
        update={
            "sensitivity": tuple(one for one in told if one is not None),
            "trades": trades_of(document, trades),
        }
    )

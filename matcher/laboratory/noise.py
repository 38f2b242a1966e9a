"""Doubt in the maturity scores: what stays of a plan when they are drawn anew and it is made again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from matcher.analysis.comparison_document import ComparisonDocument, Placement
from matcher.analysis.findings_document import DoubtedSchool, Noise
from matcher.analysis.wording import counted, mean_or_none, rounded
from matcher.laboratory.ground import Ground
from matcher.laboratory.placing import NOBODY, Placing, kept_share, same
from matcher.laboratory.redraw import ASSUMED_N, LEVEL_DOUBT, SPREAD, uncertain_values
from matcher.profiles import Intake

MODEL = (
    f"A mean of ratings was drawn with a standard error of {SPREAD:g} divided by the root of the number of "
    f"respondents ({ASSUMED_N} where it was not stated), a level was one higher or one lower with a chance "
    f"of {100 * LEVEL_DOUBT / 2:.0f} % each; both stay on their scale."
)
"""How values are drawn, for readers."""


def noise_of(ground: Ground, key: str, title: str) -> Noise | None:
    """Hold a plan against the plans of all draws.

    Parameters
    ----------
    ground : Ground
    key, title : str
        Of the plan in the comparison.

    Returns
    -------
    Noise or None
        None where there is no plan to hold, or nothing was drawn.
    """
    draws, outcome = ground.draws(key), ground.plans[key]
    if not draws or outcome.document is None:
        return None
    base = ground.placing(outcome)
    placings = [ground.placing(draw) for draw in draws if draw.document is not None]
    shares = _shares(base, placings)
    fits = [fit for one in placings if (fit := ground.mean_fit(one)) is not None]
    return Noise(
        policy=key,
        title=title,
        draws=len(placings),
        failed=len(draws) - len(placings),
        values=uncertain_values(ground.intake),
        kept_mean=mean_or_none(shares),
        kept_least=rounded(min(shares)) if shares else None,
        kept_most=rounded(max(shares)) if shares else None,
        fit_least=min(fits, default=None),
        fit_most=max(fits, default=None),
        schools=_schools(ground.intake, base, placings),
        sentence=_sentence(shares, len(draws) - len(placings)),
    )


def kept_by_plan(ground: Ground) -> dict[str, float]:
    """Mean share of each plan's pairs that stay, by the plan's key; absent where nothing was drawn."""
    kept = {}
    for key, outcome in ground.plans.items():
        placings = [ground.placing(draw) for draw in ground.draws(key) if draw.document is not None]
        mean = mean_or_none(_shares(ground.placing(outcome), placings))
        if mean is not None:
            kept[key] = mean
    return kept


def with_noise(document: ComparisonDocument, ground: Ground) -> ComparisonDocument:
    """Add what the draws left of each plan, and how often each school keeps its place."""
    told = [one for plan in document.found if (one := noise_of(ground, plan.key, plan.title)) is not None]
    kept = {one.policy: {school.school_id: school.kept for school in one.schools} for one in told}
    rows = tuple(
        row.model_copy(
            update={
                "placements": tuple(
                    _with_kept(placement, kept.get(plan.key, {}).get(row.school_id))
                    for plan, placement in zip(document.found, row.placements, strict=True)
                )
            }
        )
        for row in document.schools
    )
    return document.model_copy(update={"noise": tuple(told), "schools": rows})


def _shares(base: Placing, placings: Sequence[Placing]) -> list[float]:
    return [share for one in placings if (share := kept_share(base, one)) is not None]


def _with_kept(placement: Placement, kept: float | None) -> Placement:
    return placement if kept is None else placement.model_copy(update={"noise_kept": kept})


def _schools(intake: Intake, base: Placing, placings: Sequence[Placing]) -> tuple[DoubtedSchool, ...]:
    """Least often kept first, then by id."""
    if not placings:
        return ()
    names = {school.school_id: school.name for school in intake.schools}
    found = []
    for school, leads in base.items():
        others = Counter(one[school] for one in placings if school in one and not same(leads, one[school]))
        most = min(others, key=lambda other: (-others[other], other), default=None)
        found.append(
            DoubtedSchool(
                school_id=school,
                name=names[school],
                kept=rounded(sum(same(leads, one.get(school)) for one in placings) / len(placings)),
                other="" if most is None else _name(most, names),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.kept, one.school_id)))


def _name(leads: tuple[str, ...], names: Mapping[str, str]) -> str:
    return "without a place" if leads == NOBODY else " and ".join(names[lead] for lead in leads)


def _sentence(shares: Sequence[float], failed: int) -> str:
    said = f" In {counted(failed, 'draw', 'draws')} no plan was found." if failed else ""
    if not shares:
        return f"No draw gave a plan that could be compared. {MODEL}{said}"
    mean = math.fsum(shares) / len(shares)
    return (
        f"In {counted(len(shares), 'draw', 'draws')}, {_percent(mean)} of the pairs stayed on average, "
        f"between {_percent(min(shares))} and {_percent(max(shares))}. {MODEL}{said}"
    )


def _percent(share: float) -> str:
    """Write a share so that only all of something reads as 100 %."""
    return f"{100 * share:.0f} %" if share in (0.0, 1.0) else f"{100 * share:.1f} %"

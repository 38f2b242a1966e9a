"""Cover and robustness in the document: who takes over if mentors drop out, and what that costs."""

from __future__ import annotations

from statistics import fmean

from matcher.analysis.outlook_document import Cover, CoverMove, Robustness
from matcher.analysis.wording import rounded
from matcher.encoding import Encoding
from matcher.encoding.reserve import without_reserve
from matcher.policy.outlook import OutlookRule
from matcher.problem import SCALE
from matcher.questions.allowance import Allowance
from matcher.questions.cover import Covered, cover_each
from matcher.questions.robustness import Robust, robustness
from matcher.solution import UNASSIGNED, Solution, Violation
from matcher.solvers.base import ShouldStop, SolveSettings

WORK_EACH = 0.2
"""Work units that one drop-out may take; what is not proven by then is said to be so."""

_BROKEN = {
    "must-assign": "Not every school has a mentor, although each must.",
    "quota": "A number that must be reached over the whole plan is missed.",
    "row": "A limit over the whole plan is missed.",
}
"""What a drop-out can put out of reach, by kind of rule."""


def limits_each(encoding: Encoding) -> SolveSettings:
    """Search limits of one drop-out."""
    return SolveSettings(work_limit=WORK_EACH, seed=encoding.policy.solve.seed)


def cover_of(
    encoding: Encoding,
    plan: Solution,
    *,
    should_stop: ShouldStop | None = None,
    allowance: Allowance | None = None,
) -> tuple[Cover, ...]:
    """Say for each mentor that leads a cluster what happens if it drops out; by id.

    Parameters
    ----------
    encoding : Encoding
    plan : Solution
        One that keeps every hard rule.
    should_stop : callable, optional
        Once true, the mentors not yet looked at are missing.
    allowance : Allowance, optional
        Once it is spent, they are missing, too.

    Returns
    -------
    tuple of Cover
    """
    problem, limits = without_reserve(encoding), limits_each(encoding)
    found = cover_each(problem, plan, settings=limits, should_stop=should_stop, allowance=allowance)
    return tuple(said_cover(encoding, one) for one in found)


def said_cover(encoding: Encoding, found: Covered) -> Cover:
    """Say what one drop-out means."""
    return Cover(
        host_id=encoding.host_ids[found.hosts[0]],
        loss=rounded(found.loss / SCALE),
        uncovered=found.uncovered,
        moves=tuple(
            CoverMove(
                mentee_id=encoding.mentee_ids[mentee],
                host_id=None if host == UNASSIGNED else encoding.host_ids[host],
                loss=rounded(loss / SCALE),
            )
            for mentee, host, loss in zip(
                found.mentees.tolist(), found.host_of.tolist(), found.pair_loss.tolist(), strict=True
            )
        ),
        proven=found.proven,
        broken=broken_words(found.broken),
    )


def broken_words(broken: tuple[Violation, ...]) -> tuple[str, ...]:
    """Say which hard rules a drop-out puts out of reach, each once."""
    kinds = dict.fromkeys(violation.rule.partition(":")[0] for violation in broken)
    return tuple(_BROKEN[kind] for kind in kinds)


def robustness_of(
    encoding: Encoding,
    plan: Solution,
    *,
    should_stop: ShouldStop | None = None,
    allowance: Allowance | None = None,
) -> Robustness | None:
    """Say what drop-outs at random leave of the plan, as the policy asks.

    Parameters
    ----------
    encoding : Encoding
        Its policy states share, samples and seed, in ``policy.outlook``.
    plan : Solution
        One that keeps every hard rule.
    should_stop : callable, optional
        Once true, no further sample is drawn; the document says how many there are.
    allowance : Allowance, optional
        Once it is spent, no further sample is drawn, either.

    Returns
    -------
    Robustness or None
        None where the policy asks for no sample, nobody is placed, or it was stopped before the first.
    """
    rule = encoding.policy.outlook
    if not rule.samples or not (plan.host_of != UNASSIGNED).any():
        return None
    found = robustness(
        without_reserve(encoding),
        plan,
        share=rule.share,
        samples=rule.samples,
        seed=rule.seed,
        settings=limits_each(encoding),
        should_stop=should_stop,
        allowance=allowance,
    )
    return said_robustness(found, rule) if found.samples else None


def said_robustness(found: Robust, rule: OutlookRule) -> Robustness:
    """Say what the samples show."""
    kept, placed, quality = found.kept_shares(), found.placed_shares(), found.quality_shares()
    return Robustness(
        samples=len(found.samples),
        share=rule.share,
        dropped=len(found.samples[0].hosts),
        seed=rule.seed,
        kept_mean=rounded(fmean(kept)),
        kept_worst=rounded(min(kept)),
        placed_mean=rounded(fmean(placed)),
        placed_worst=rounded(min(placed)),
        quality_mean=None if quality is None else rounded(fmean(quality)),
        quality_worst=None if quality is None else rounded(min(quality)),
        proven=found.proven,
    )

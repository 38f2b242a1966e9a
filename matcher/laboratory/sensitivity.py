"""Sensitivity: what each weight, price and rule does to a plan, and which assignments survive all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matcher.analysis.findings_document import Factor, Nudge, Sensitivity
from matcher.analysis.wording import counted, listed, rounded, said_points
from matcher.encoding import Encoding, solution_from
from matcher.exceptions import MatcherError
from matcher.laboratory.ground import Ground
from matcher.laboratory.nudges import Nudged
from matcher.laboratory.placing import NOBODY, Held, Placing, held, same
from matcher.laboratory.seeing import own_encoding
from matcher.laboratory.variant import Outcome
from matcher.models.search import is_ordered
from matcher.profiles import Intake
from matcher.solution import Solution, evaluate

MOST_FACTORS = 5
"""Factors named in the summary."""


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """The plan of the policy as it is."""

    outcome: Outcome
    placing: Placing
    fit: float | None
    placed: int


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    nudge: Nudge
    placing: Placing | None


def sensitivity_of(ground: Ground, key: str, title: str) -> Sensitivity | None:
    """Hold the plan of a policy against the plans of all its changes.

    Parameters
    ----------
    ground : Ground
    key, title : str
        Of the plan in the comparison.

    Returns
    -------
    Sensitivity or None
        None where there is no plan to hold, or nothing was changed.
    """
    outcome = ground.plans[key]
    changes = ground.asides.nudged.get(outcome.variant.key, ())
    if not changes or outcome.document is None:
        return None
    placing = ground.placing(outcome)
    base = _Base(outcome, placing, ground.mean_fit(placing), len(outcome.document.assignments))
    told = [_told(ground, base, nudged) for nudged in changes]
    placed = sorted(school for school, leads in placing.items() if leads != NOBODY)
    firm = _firm(base, placed, [one for one in told if one.nudge.kind != "rule"])
    nudges = tuple(one.nudge for one in told)
    factors = factors_of(nudges)
    return Sensitivity(
        policy=key,
        title=title,
        spread=ground.asides.spread,
        nudges=nudges,
        factors=factors,
        schools=len(placed),
        firm=firm,
        firm_without_rules=_firm(base, list(firm), told),
        sentences=_sentences(factors, nudges, (len(firm), len(placed)), ground.asides.spread),
    )


def factors_of(nudges: Sequence[Nudge]) -> tuple[Factor, ...]:
    """Sort what matters most first: by schools moved, then by the change of the mean fit, then by name."""
    factors = [
        _factor(tuple(several))
        for _, several in groupby(nudges, key=lambda nudge: (nudge.setting, nudge.kind))
    ]
    return tuple(sorted(factors, key=lambda one: (-one.moved, -abs(one.fit_change or 0.0), one.setting)))


def _factor(nudges: Sequence[Nudge]) -> Factor:
    most = max(nudges, key=lambda one: (one.moved, abs(one.fit_change or 0.0)))
    changes = [one.fit_change for one in nudges if one.fit_change is not None]
    return Factor(
        setting=most.setting,
        label=most.label,
        kind=most.kind,
        moved=most.moved,
        compared=most.compared,
        fit_change=max(changes, key=abs, default=None),
        sentence=_factor_sentence(most, nudges),
    )


def _factor_sentence(most: Nudge, nudges: Sequence[Nudge]) -> str:
    what = f"{most.label} {most.words}" if most.kind == "rule" else f"{most.label} ({most.words})"
    failed = [one for one in nudges if one.failure]
    if len(failed) == len(nudges):
        return f"{what}: no plan. {failed[0].failure.splitlines()[0]}"
    if not most.compared:
        return f"{what}: cannot be compared, since nobody mentors."
    if not most.moved:
        return f"{what}: no school moves."
    fit = _fit_words(most.fit_change)
    return f"{what}: {most.moved} of {counted(most.compared, 'school', 'schools')} moved{fit}."


def _fit_words(change: float | None) -> str:
    if change is None or round(abs(change), 1) == 0:
        return ""
    way = "higher" if change > 0 else "lower"
    return f", mean fit {said_points(round(abs(change), 1))} points {way}"


def _told(ground: Ground, base: _Base, nudged: Nudged) -> _Told:
    """Say what one change did."""
    nudge = Nudge(
        setting=nudged.lever.setting,
        label=nudged.lever.label,
        kind=nudged.lever.kind,
        words=nudged.words,
        failure=nudged.refusal,
        proven=False,
        still_best=None,
        compared=0,
        moved=0,
        fit_change=None,
        placed_change=None,
    )
    if nudged.variant is None:
        return _Told(nudge, None)
    other = ground.beside(nudged.variant.key, base.outcome.layer)
    if other.document is None:
        failure = other.failure or "No plan was found."
        return _Told(nudge.model_copy(update={"failure": failure}), None)
    placing = ground.placing(other)
    counts = held(base.placing, placing)
    still_best: bool | None = True if counts.compared else None
    if counts.moved:
        still_best = _still_best(ground.intake, base.outcome, other)
    if still_best:  # both plans are equally good under the change, so that it moves nobody
        placing, counts = base.placing, Held(counts.compared, 0)
    fit = ground.mean_fit(placing)
    placed = base.placed if still_best else len(other.document.assignments)
    update = {
        "proven": other.document.proof.status == "optimal",
        "still_best": still_best,
        "compared": counts.compared,
        "moved": counts.moved,
        "fit_change": None if fit is None or base.fit is None else rounded(fit - base.fit),
        "placed_change": placed - base.placed,
    }
    return _Told(nudge.model_copy(update=update), placing)


def _still_best(intake: Intake, base: Outcome, other: Outcome) -> bool | None:
    """Whether the policy's own plan is worth as much under the change as the plan made for it, exactly."""
    policy = other.variant.policy
    if base.layer or is_ordered(policy) or base.document is None or other.document is None:
        return None  # points do not come first, or several plans share them
    own = own_encoding(intake, other)
    try:
        mine, best = (evaluate(own.problem, _solution(one, own)) for one in (base, other))
    except MatcherError:
        return None  # they do not form the same hosts
    return mine.is_feasible and mine.objective >= best.objective


def _solution(outcome: Outcome, own: Encoding) -> Solution:
    rows = () if outcome.document is None else outcome.document.assignments
    return solution_from(own, {row.mentee_id: row.host_id for row in rows})


def _firm(base: _Base, schools: Sequence[str], told: Sequence[_Told]) -> tuple[str, ...]:
    """Schools that have their mentor in every plan; changes without a plan do not count."""
    placings = [one.placing for one in told if one.placing is not None]
    return tuple(
        school for school in schools if all(same(base.placing[school], one.get(school)) for one in placings)
    )


def _sentences(
    factors: Sequence[Factor], nudges: Sequence[Nudge], firm: tuple[int, int], spread: float
) -> tuple[str, ...]:
    if not firm[1]:
        return ("Nobody mentors in this plan, so that no mentor can change.",)
    said = [
        f"{firm[0]} of {counted(firm[1], 'placed school', 'placed schools')} keep their mentor when any "
        f"one weight or price is changed by {100 * spread:g} %, down or up."
    ]
    moving = [one for one in factors if one.moved]
    for kinds, words in ((("weight", "price"), "weights and prices"), (("rule",), "rules")):
        some = [one for one in moving if one.kind in kinds]
        if some:
            names = listed([f"{one.label} ({one.moved})" for one in some[:MOST_FACTORS]])
            said.append(f"Of the {words}, what moves most schools: {names}.")
        elif any(one.kind in kinds for one in factors):
            said.append(f"None of the {words}, changed by itself, moves a school.")
    failed = [one for one in nudges if one.failure]
    if failed:
        names = listed([f"{one.label} ({one.words})" for one in failed])
        said.append(f"Without a plan, and so not counted: {names}.")
    open_ones = [one for one in nudges if not one.failure and not one.proven]
    if open_ones:
        number = counted(len(open_ones), "change", "changes")
        said.append(f"{number} gave a plan that is not proven best: some moves may be the search's.")
    return tuple(said)

"""From the outcomes of many policies to one comparison document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matcher.analysis.build import UNTITLED
from matcher.analysis.comparison_document import ComparedPlan, ComparisonDocument, YardstickWords
from matcher.analysis.document import SchoolCard
from matcher.exceptions import UsageError
from matcher.laboratory.differences import Named, agreements, school_rows
from matcher.laboratory.groups import school_groups
from matcher.laboratory.metrics import METRICS, THEMES, measures_of
from matcher.laboratory.notes import notes_of, yardstick_sentence
from matcher.laboratory.plan_parts import Beside, Measured, compared_plan, compared_point, shown_metrics
from matcher.laboratory.pricing import common_costs
from matcher.laboratory.seeing import Bench, DropOuts, own_encoding, see, unranked_by
from matcher.laboratory.sweeps import sweeps_of
from matcher.laboratory.variant import Outcome
from matcher.laboratory.yardstick import Yardstick, can_measure
from matcher.policy.loader import dump_policy
from matcher.policy.model import Policy
from matcher.profiles import Intake
from matcher.runs.record import sha256_of_text

SAMPLES = 30
"""Draws of drop-outs for each plan."""


def build_comparison(
    intake: Intake,
    outcomes: Sequence[Outcome],
    *,
    baseline: str | None = None,
    yardstick: Policy | None = None,
    seed: int = 0,
    samples: int = SAMPLES,
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
        The policy by which all plans are judged; that of the named baseline if None and if it takes the
        mentors as they are, the default policy otherwise. The document says which.
    seed : int
        Of the drop-outs drawn at random.
    samples : int
        How many drop-outs are drawn for each plan; 0 leaves them out.
    noise : mapping of str to float, optional
        By plan key (see :func:`plan_key`): share of pairs kept when maturity is drawn anew.
    on_item : callable, optional
        Called before each outcome is measured: which it is (from 0), of how many, its title.
    should_stop : callable, optional
        Once true, no further drop-out is drawn; what rests on them is then unknown.

    Returns
    -------
    ComparisonDocument
        The same for the same arguments; processor seconds are not in it.

    Raises
    ------
    UsageError
        If two outcomes have one key, the baseline is no outcome, or `yardstick` forms hosts of its own.
    """
    base_outcome = _baseline(outcomes, baseline)
    stick, sentence = yardstick_of(intake, outcomes, baseline=baseline, asked=yardstick)
    priced_by = common_costs(outcomes, stick.policy)
    bench = Bench(
        stick,
        school_groups(intake),
        DropOuts(samples, seed),
        should_stop,
        None if priced_by is None else priced_by[0],
        unranked_by(outcomes),
    )
    measured = []
    for at, outcome in enumerate(outcomes):
        if on_item is not None:
            on_item(at, len(outcomes), _title(outcome))
        kept = (noise or {}).get(plan_key(outcome))
        measured.append(_measured(intake, outcome, bench, kept))
    plans, points = _apart(measured, base_outcome)
    words = (sentence, "" if priced_by is None else priced_by[1])
    document = _document(intake, (plans, points), bench, words)
    base = next((one.key for one in plans if one.outcome is base_outcome and one.seen is not None), "")
    return document.model_copy(
        update={
            "plans": _plans(plans, document, base),
            "points": tuple(compared_point(one, document.metrics) for one in points),
            "sweeps": sweeps_of(plans, points),
            "baseline": base,
        }
    )


def _apart(
    measured: Sequence[Measured], base: Outcome | None
) -> tuple[Sequence[Measured], Sequence[Measured]]:
    """Policies as they are, and points of sweeps; a point that the others are told against counts as one."""
    is_point = [bool(one.outcome.variant.point) and one.outcome is not base for one in measured]
    if all(is_point):
        return measured, ()
    return (
        [one for one, point in zip(measured, is_point, strict=True) if not point],
        [one for one, point in zip(measured, is_point, strict=True) if point],
    )


def plan_key(outcome: Outcome) -> str:
    """Key of an outcome's plan: its variant's, with the layer's name behind it."""
    return f"{outcome.variant.key}/{outcome.layer}" if outcome.layer else outcome.variant.key


def _title(outcome: Outcome) -> str:
    """Title of the variant; of a layer, with the layer's own behind it."""
    titles = {layer.key: layer.title for layer in outcome.variant.policy.layers.of}
    layer = titles.get(outcome.layer, outcome.layer)
    return f"{outcome.variant.title} – {layer}" if layer else outcome.variant.title


def _baseline(outcomes: Sequence[Outcome], baseline: str | None) -> Outcome | None:
    """Return the outcome that the others are told against; the first with a plan where none is named."""
    keys = [plan_key(outcome) for outcome in outcomes]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise UsageError(f"Two plans have the same key: {', '.join(twice)}.")
    if baseline is None:
        return next((outcome for outcome in outcomes if outcome.document is not None), None)
    for outcome in outcomes:
        if baseline in (outcome.variant.key, plan_key(outcome)):
            return outcome
    raise UsageError(f"The baseline '{baseline}' is none of the policies compared: {', '.join(keys)}.")


def yardstick_of(
    intake: Intake, outcomes: Sequence[Outcome], *, baseline: str | None, asked: Policy | None = None
) -> tuple[Yardstick, str]:
    """Choose the yardstick of a comparison, and say which it is and why."""
    named = None if baseline is None else _baseline(outcomes, baseline)
    own = None if named is None else named.variant.policy
    fits = own is not None and can_measure(intake, own)
    policy = asked or (own if own is not None and fits else Policy())
    sentence = yardstick_sentence(
        policy, is_baseline=policy is own, named_but_unfit=asked is None and own is not None and not fits
    )
    return Yardstick.of(intake, policy), sentence


def _measured(intake: Intake, outcome: Outcome, bench: Bench, noise_kept: float | None) -> Measured:
    key, title = plan_key(outcome), _title(outcome)
    if outcome.document is None:
        return Measured(key, title, outcome, None, ())
    seen = see(outcome.document, own_encoding(intake, outcome), bench, noise_kept=noise_kept)
    return Measured(key, title, outcome, seen, measures_of(seen))


def _document(
    intake: Intake,
    apart: tuple[Sequence[Measured], Sequence[Measured]],
    bench: Bench,
    words: tuple[str, str],
) -> ComparisonDocument:
    """Put together everything but the plans; `words` say which yardstick it is, and whose cost model."""
    measured, points = apart
    stick, grouping = bench.yardstick, bench.grouping
    named = [
        Named(one.key, one.title, one.outcome.variant.key, one.seen)
        for one in measured
        if one.seen is not None
    ]
    metrics = shown_metrics([*measured, *points], [metric.info for metric in METRICS])
    unknown = [metric.info.label for metric in METRICS if metric.info not in metrics]
    return ComparisonDocument(
        title=intake.title or UNTITLED,
        synthetic=intake.synthetic,
        as_of=intake.as_of,
        seed=bench.draws.seed,
        baseline="",
        yardstick=YardstickWords(
            name=stick.policy.name,
            title=stick.policy.title,
            sha256=sha256_of_text(dump_policy(stick.policy)),
            sentence=words[0],
        ),
        themes=tuple(theme for theme in THEMES if any(info.theme == theme.key for info in metrics)),
        metrics=metrics,
        plans=(),
        schools=school_rows(intake, named, grouping),
        agreement=agreements(named),
        groups=grouping.groups,
        cards=_cards(intake, named),
        notes=notes_of(
            stick, named, [one.outcome for one in measured if one.seen is None], unknown, words[1]
        ),
    )


def _plans(
    measured: Sequence[Measured], document: ComparisonDocument, base_key: str
) -> tuple[ComparedPlan, ...]:
    base = next((one for one in measured if one.key == base_key), None)
    with_base = {
        other: one
        for one in document.agreement
        for key, other in ((one.first, one.second), (one.second, one.first))
        if key == base_key
    }
    found = [one for one in measured if one.seen is not None]
    return tuple(
        compared_plan(
            one,
            Beside(
                metrics=document.metrics,
                others=tuple(other.values for other in found if other is not one),
                base=base,
                agreement=with_base.get(one.key),
            ),
        )
        for one in measured
    )


def _cards(intake: Intake, plans: Sequence[Named]) -> tuple[SchoolCard, ...]:
    """Card of each school of the intake as a plan has it, best in the role that the intake gives it."""
    roles = {school.school_id: school.role for school in intake.schools}
    found: dict[str, SchoolCard] = {}
    for plan in plans:
        for card in plan.seen.document.schools:
            role = roles.get(card.school_id)
            known = found.get(card.school_id)
            if role is not None and (known is None or (known.role is not role and card.role is role)):
                found[card.school_id] = card
    return tuple(found[school] for school in sorted(found))

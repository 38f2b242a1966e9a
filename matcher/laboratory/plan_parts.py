"""One plan of a comparison: what was measured of it, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.analysis.comparison_document import (
    Agreement,
    ComparedCluster,
    ComparedCriterion,
    ComparedPlan,
    ComparedRule,
    Measure,
    MetricInfo,
    ProofWords,
)
from matcher.analysis.document import PlanDocument
from matcher.analysis.wording import mean_or_none, rounded
from matcher.laboratory.metrics import Seen
from matcher.laboratory.story import Values, against, favours, moved
from matcher.laboratory.variant import Outcome
from matcher.laboratory.yardstick_rules import LEFT_OUT, MOST_DETAILS
from matcher.profiles import Strength
from matcher.scores.registry import CRITERIA


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One outcome with what was seen and measured of it; nothing where there is no plan.

    Attributes
    ----------
    key, title : str
    outcome : Outcome
    seen : Seen or None
    measures : tuple of Measure
    """

    key: str
    title: str
    outcome: Outcome
    seen: Seen | None
    measures: tuple[Measure, ...]

    @property
    def values(self) -> Values:
        """Value of each metric of the whole plan."""
        return {one.metric: one.value for one in self.measures if not one.group}


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What a plan is told beside.

    Attributes
    ----------
    metrics : tuple of MetricInfo
        Those that are known for some plan.
    others : tuple of mapping
        Values of the other plans.
    base : Measured or None
        The plan that the others are told against.
    agreement : Agreement or None
        With that plan.
    """

    metrics: tuple[MetricInfo, ...]
    others: tuple[Values, ...]
    base: Measured | None
    agreement: Agreement | None


def compared_plan(one: Measured, beside: Beside) -> ComparedPlan:
    """Say everything about one plan of the comparison."""
    variant, seen = one.outcome.variant, one.seen
    plan = ComparedPlan(
        key=one.key,
        variant=variant.key,
        layer=one.outcome.layer,
        title=one.title,
        description=variant.policy.description,
        model=variant.policy.model,
        policy_sha256="",
        point={name: _plain(value) for name, value in variant.point.items()},
        failure=one.outcome.failure or ("" if seen is not None else "No plan was found."),
        proof=None,
        measures=(),
        criteria=(),
        breaks=(),
        gave_way=(),
        favours=(),
        costs=(),
        clusters=(),
    )
    if seen is None:
        return plan
    document = seen.document
    shown = {info.key for info in beside.metrics}
    good, bad = _against(one, beside)
    wholes = [info for info in beside.metrics if info.key in one.values]
    return plan.model_copy(
        update={
            "failure": "",
            "policy_sha256": document.policy.sha256,
            "proof": ProofWords(
                status=document.proof.status,
                gap=document.proof.gap,
                method=document.proof.method,
                sentence=document.proof_sentence,
            ),
            "measures": tuple(measure for measure in one.measures if measure.metric in shown),
            "criteria": _criteria(seen),
            "breaks": seen.rules,
            "gave_way": _gave_way(document),
            "favours": tuple(
                said for said in (*favours(document, one.values, beside.others, wholes), good) if said
            ),
            "costs": bad,
            "clusters": _clusters(seen),
        }
    )


def compared_point(one: Measured, metrics: tuple[MetricInfo, ...]) -> ComparedPlan:
    """Say in figures what a point of a sweep gave: what is told in words is told of its policy."""
    plan = compared_plan(one, Beside(metrics, (), None, None))
    return plan.model_copy(
        update={"criteria": (), "breaks": (), "gave_way": (), "favours": (), "costs": (), "clusters": ()}
    )


def _plain(value: object) -> bool | int | float | str | None:
    """Keep a setting that is one plain value, and write any other as text."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _against(one: Measured, beside: Beside) -> tuple[str, tuple[str, ...]]:
    """Say in what a plan is better and worse than the one it is told against."""
    base = beside.base
    if base is None or base is one:
        return "", ()
    metrics = {info.key: info for info in beside.metrics}
    better = against(one.values, base.values, base.title, better=True, metrics=metrics)
    worse = against(one.values, base.values, base.title, better=False, metrics=metrics)
    return better, tuple(said for said in (worse, moved(beside.agreement, base.title)) if said)


def _criteria(seen: Seen) -> tuple[ComparedCriterion, ...]:
    """Every criterion that counts for the policy or for the yardstick, in the policy file's order."""
    own = {report.key: report for report in seen.document.criteria}
    found: Mapping[str, dict[str, float]] = seen.values
    return tuple(
        ComparedCriterion(
            key=key,
            label=CRITERIA[key].label,
            own_weight=own[key].weight if key in own else None,
            own_mean=own[key].mean if key in own else None,
            yardstick_mean=mean_or_none(list(found.get(key, {}).values())),
            yardstick_known=len(found.get(key, {})),
        )
        for key in CRITERIA
        if key in own or key in found
    )


def _gave_way(document: PlanDocument) -> tuple[ComparedRule, ...]:
    """Soft rules of its own policy that the plan breaks; leaving schools out is told apart."""
    return tuple(
        ComparedRule(
            key=rule.key,
            label=rule.label,
            must_hold=False,
            breaches=len(rule.broken),
            points=rounded(sum(one.price for one in rule.broken)),
            details=tuple(one.detail for one in rule.broken[:MOST_DETAILS]),
        )
        for rule in document.rules
        if rule.broken and rule.strength is Strength.SOFT and rule.key != LEFT_OUT
    )


def _clusters(seen: Seen) -> tuple[ComparedCluster, ...]:
    names = {card.school_id: card.name for card in seen.document.schools}
    return tuple(
        ComparedCluster(
            cluster_id=card.cluster_id,
            host_id=card.host_id,
            host=names.get(card.host_id, card.host_id),
            leads=seen.leads[card.host_id],
            mentee_ids=card.mentee_ids,
            load=card.load,
            max_load=card.max_load,
        )
        for card in seen.document.clusters
    )


def shown_metrics(measured: Sequence[Measured], known: Sequence[MetricInfo]) -> tuple[MetricInfo, ...]:
    """Metrics of which some plan has a value, in the registry's order."""
    found = {one.metric for plan in measured for one in plan.measures if one.value is not None}
    return tuple(info for info in known if info.key in found)

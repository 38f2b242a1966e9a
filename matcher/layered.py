"""The route for a policy with layers: one plan a layer, found together or in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.analysis.build import build_document
from matcher.analysis.conflict import conflict_sentences
from matcher.analysis.first_things import first_things
from matcher.encoding import Encoding
from matcher.exceptions import InfeasibleError, UsageError
from matcher.intake.origin import Origin
from matcher.issues import Issue
from matcher.models.layers import Find, LayeredPlan, encode_layers, find_layers
from matcher.models.search import is_ordered
from matcher.pipeline import (
    Match,
    Watch,
    contradiction_text,
    raise_without_plan,
    settings_of,
    with_policy_issues,
)
from matcher.plan import Plan
from matcher.policy.layers import Layer, LayerOrder
from matcher.policy.loader import dump_policy
from matcher.policy.model import Policy
from matcher.problem import Problem
from matcher.profiles import Intake
from matcher.result import Progress, Result
from matcher.runs.record import sha256_of_text
from matcher.solvers.base import SolveSettings
from matcher.solvers.budget import after
from matcher.solvers.clock import now
from matcher.solvers.dispatch import solve


@dataclass(frozen=True, slots=True, eq=False)
class LayerMatch:
    """The plan of one layer, with what it was made from.

    Attributes
    ----------
    layer : Layer
    match : Match
    """

    layer: Layer
    match: Match


@dataclass(frozen=True, slots=True, eq=False)
class LayeredMatch:
    """Plans of all layers of a programme.

    Attributes
    ----------
    layers : tuple of LayerMatch
        In the policy's order.
    joint : Result
        Of all layers as one problem (in order: of the last layer found).
    """

    layers: tuple[LayerMatch, ...]
    joint: Result


def form_layers(
    intake: Intake, policy: Policy, issues: tuple[Issue, ...], origin: Origin, watch: Watch
) -> LayeredMatch:
    """Encode, solve, referee and explain every layer of a policy.

    Parameters
    ----------
    intake : Intake
        An intake without errors.
    policy : Policy
        With layers.
    issues : tuple of Issue
        Warnings found so far; they are shown in every layer's plan.
    origin : Origin
    watch : Watch

    Returns
    -------
    LayeredMatch

    Raises
    ------
    UsageError
        If a layer's policy cannot be part of layers.
    InfeasibleError, NoPlanError, RefereeError, KeyboardInterrupt
        As for :func:`matcher.match`.
    """
    refuse_layers(policy)
    with watch.stage("score"):
        encodings = encode_layers(intake, policy)
        warned = [with_policy_issues(issues, one.intake, origin, one) for one in encodings]
    prices = {
        (one.under_price, one.over_price)
        for one in (encoding.problem.load_target for encoding in encodings)
        if one is not None
    }
    if len(prices) > 1:
        raise UsageError(
            f"The layers of policy {policy.name!r} price places beside a mentor's loads differently. State "
            "the same rules.load.under_price and over_price in every layer."
        )
    for layer, encoding in zip(policy.layers.of, encodings, strict=True):
        known = conflict_sentences(encoding)
        if known:
            raise InfeasibleError(f"Layer {layer.title!r}. {contradiction_text(encoding, known)}")
    refuse_locks_in_two(policy, encodings)
    with watch.stage("solve"):
        found = find_layers(policy, encodings, _solver(policy, watch))
    if not found.plans:
        raise_without_plan(encodings[0], found.joint)
    with watch.stage("explain"):
        matches = tuple(_explained(found, at, encoding, warned[at]) for at, encoding in enumerate(encodings))
    return LayeredMatch(matches, found.joint)


def refuse_layers(policy: Policy) -> None:
    """Raise UsageError where a layer asks for what layers cannot be solved with."""
    if policy.peers.enabled:
        raise UsageError(
            f"Policy {policy.name!r} asks for layers of groups of equals, but layers are about mentors, and "
            "such groups have none. Take out layers or peers."
        )
    if policy.lottery.seed and policy.layers.order is LayerOrder.TOGETHER:
        raise UsageError(
            f"Policy {policy.name!r} draws lots in layers that are solved together: the lots of all layers "
            "add up, and could outweigh a step of lottery.round_points. Set layers.order: in-order."
        )
    for layer in policy.layers.of:
        if is_ordered(policy.of_layer(layer)):
            raise UsageError(
                f"Layer {layer.key!r} of policy {policy.name!r} puts something before points (stability, "
                "fairness). Layers are solved by points; take it out, or run that layer as its own policy."
            )


def refuse_locks_in_two(policy: Policy, encodings: Sequence[Encoding]) -> None:
    """Raise InfeasibleError where one pair is locked in two layers that must have different mentors."""
    if not policy.layers.different_mentors:
        return
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for layer, encoding in zip(policy.layers.of, encodings, strict=True):
        for mentee, host in encoding.problem.locked.tolist():
            pair = encoding.mentee_ids[mentee], encoding.host_ids[host]
            if pair in seen:
                twice.append(f"  - {pair[0]} with {pair[1]} (layers {seen[pair]} and {layer.key})")
            seen[pair] = layer.key
    if twice:
        lines = "\n".join(twice)
        raise InfeasibleError(
            f"Locked in two layers, which must have different mentors:\n{lines}\n"
            "Switch locks off in all layers but one (changes: {rules: {lock: {strength: off}}}), or set "
            "layers.different_mentors: false."
        )


def _solver(policy: Policy, watch: Watch) -> Find:
    """Return the solver of the layers' problems.

    In order, each layer may use the policy's whole limits. Together, all rounds share them; the last gets a
    tenth at least, so that it ends with a plan.
    """
    settings, in_order = settings_of(policy), policy.layers.order is LayerOrder.IN_ORDER
    began, used = now(), [0.0]

    def find(problem: Problem, step: int) -> Result:
        def report(progress: Progress) -> None:
            if watch.on_progress is None:
                return
            # together, a step is one more round of rows that bind; in order, it is a layer
            where = policy.layers.of[step].title if in_order else f"round {step + 1}"
            watch.on_progress(replace(progress, stage=f"{where}, {progress.stage}"))

        share = settings if in_order or step == 0 else _left(settings, used[0], now() - began)
        result = solve(
            problem, share, method=policy.solve.method, on_progress=report, should_stop=watch.should_stop
        )
        used[0] += result.work
        return result

    return find


def _left(settings: SolveSettings, work: float, seconds: float) -> SolveSettings:
    """Return what is left of the limits, and a tenth of them at least."""
    left = after(settings, work, seconds)
    if left.work_limit is not None and settings.work_limit is not None:
        left = replace(left, work_limit=max(left.work_limit, settings.work_limit / 10))
    if left.time_limit_s is not None and settings.time_limit_s is not None:
        left = replace(left, time_limit_s=max(left.time_limit_s, settings.time_limit_s / 10))
    return left


def _explained(found: LayeredPlan, at: int, encoding: Encoding, issues: Sequence[Issue]) -> LayerMatch:
    plan = found.plans[at]
    document = build_document(
        encoding,
        plan.result,
        issues,
        policy_sha256=sha256_of_text(dump_policy(encoding.policy)),
        first=first_things(plan.reached),
    )
    return LayerMatch(found.layers[at], Match(Plan(document), encoding, plan.result))

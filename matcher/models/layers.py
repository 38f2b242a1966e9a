"""Layers: several mentors for each school, on one intake, solved together or in a stated order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.encoding import Encoding, encode
from matcher.policy.layers import Layer, LayerOrder, Layers
from matcher.policy.model import Policy
from matcher.problem import Problem, Row, Stack, stack
from matcher.profiles import Intake, Role, School
from matcher.result import Result, SolveStatus
from matcher.rules.members import select
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.incumbents import keep_better
from matcher.solvers.priorities import Ordered, Reached

Find = Callable[[Problem, int], Result]
"""Solves a problem; the number says which step of how many it is (from 0)."""

ONE_SCHOOL = "layers-one-school"
ALL_OR_NONE = "layers-all-or-none"
IN_ALL = "layers-places"


@dataclass(frozen=True, slots=True, eq=False)
class LayeredPlan:
    """Plans of all layers and how good they are.

    Attributes
    ----------
    layers : tuple of Layer
    encodings : tuple of Encoding
        One a layer: the intake with that layer's mentors under that layer's policy.
    plans : tuple of Ordered
        One a layer; empty where no plans were found.
    joint : Result
        Of all layers as one problem; where they were solved in order, of the last one found.
    """

    layers: tuple[Layer, ...]
    encodings: tuple[Encoding, ...]
    plans: tuple[Ordered, ...]
    joint: Result


def encode_layers(intake: Intake, policy: Policy) -> tuple[Encoding, ...]:
    """Encode every layer: the intake with the layer's mentors and places, under the layer's policy."""
    return tuple(encode(intake_of_layer(intake, layer), policy.of_layer(layer)) for layer in policy.layers.of)


def intake_of_layer(intake: Intake, layer: Layer) -> Intake:
    """Return the intake with the mentors of one layer only, and nothing that names another mentor.

    Parameters
    ----------
    intake : Intake
    layer : Layer

    Returns
    -------
    Intake
        Mentors take the layer's places where it states them.
    """
    mentors = intake.mentors
    chosen = select(mentors, layer.mentors)
    gone = {school.school_id for school, stays in zip(mentors, chosen, strict=True) if not stays}
    return intake.model_copy(
        update={
            "schools": tuple(_placed(one, layer) for one in intake.schools if one.school_id not in gone),
            "maturity": tuple(one for one in intake.maturity if one.school_id not in gone),
            "links": tuple(one for one in intake.links if not {one.school_a, one.school_b} & gone),
            "preferences": tuple(
                one for one in intake.preferences if not {one.from_school, one.to_school} & gone
            ),
        }
    )


def _placed(school: School, layer: Layer) -> School:
    if school.role is not Role.MENTOR or layer.places is None:
        return school
    return school.model_copy(update={"min_load": layer.places.min, "max_load": layer.places.max})


def find_layers(policy: Policy, encodings: Sequence[Encoding], find: Find) -> LayeredPlan:
    """Find a plan for every layer.

    Solved together, the layers are one problem whose objective is the sum of theirs, with a row for
    everything that ties them. Solved in order, each layer is solved with the layers before it held as they
    are: the lexicographic order of the layers' points.

    Parameters
    ----------
    policy : Policy
        With layers.
    encodings : sequence of Encoding
        From :func:`encode_layers`.
    find : callable
        The solver.

    Returns
    -------
    LayeredPlan
    """
    tied = tied_together(policy.layers, encodings)
    if policy.layers.order is LayerOrder.TOGETHER:
        joint = _with_rows_that_bind(tied.whole, find)
        plans = _cut(tied, encodings, joint, policy.layers.of)
    else:
        plans, joint = _in_order(tied, encodings, find, policy.layers.of)
    return LayeredPlan(policy.layers.of, tuple(encodings), plans, joint)


def _with_rows_that_bind(whole: Problem, find: Find) -> Result:
    """Solve with the rows on different mentors that bind, and no others.

    Most of these rows (one for each school and mentor of two layers) never bind, and without them the layers
    fall apart into parts that are solved in no time. A proven optimum that keeps the rows left out is one of
    the whole; rows that it breaks are added (Dantzig, Fulkerson, Johnson, "Solution of a large-scale
    traveling-salesman problem", 1954). Where a limit comes first, all rows are added at once.
    """
    loose = [row for row in whole.rows if row.key.startswith(ONE_SCHOOL)]
    held = [row for row in whole.rows if not row.key.startswith(ONE_SCHOOL)]
    bounds: list[int] = []
    while True:
        result = find(replace(whole, rows=tuple(held)), len(bounds))
        if result.bound is not None:
            bounds.append(result.bound)
        if not loose or result.host_of is None:
            break
        chosen = result.host_of[whole.pair_mentee] == whole.pair_host
        broken = [row for row in loose if int(row.pair_weight[chosen].sum()) > 1]
        if not broken:
            break
        if result.status is not SolveStatus.OPTIMAL:
            broken = loose
        keys = {row.key for row in broken}
        held += broken
        loose = [row for row in loose if row.key not in keys]
    if result.bound is None or not bounds:
        return result
    return replace(result, bound=min(bounds))  # each was a bound of the whole


def _cut(
    tied: Stack, encodings: Sequence[Encoding], joint: Result, layers: Sequence[Layer]
) -> tuple[Ordered, ...]:
    """Each layer's own plan; its bound is what it could reach at most while the others stay as they are."""
    if joint.host_of is None or joint.objective is None:
        return ()
    slack = None if joint.bound is None else joint.bound - joint.objective
    plans = []
    for at, encoding in enumerate(encodings):
        host_of = tied.plan_of(joint.host_of, at)
        worth = evaluate(encoding.problem, Solution(host_of)).objective
        bound = None if slack is None else worth + slack
        own = replace(joint, host_of=host_of, objective=worth, bound=bound, parts=())
        key = f"layers-together:{len(layers)}"
        plans.append(Ordered(own, (Reached(key, joint.objective, joint.bound),)))
    return tuple(plans)


def _in_order(
    tied: Stack, encodings: Sequence[Encoding], find: Find, layers: Sequence[Layer]
) -> tuple[tuple[Ordered, ...], Result]:
    """Solve layer after layer; those after it may still be anything that their hard rules allow."""
    whole, plans = tied.whole, list[Ordered]()
    proven = True
    result: Result | None = None
    for at in range(len(encodings)):
        asked, before = only_layer(tied, whole, at), result
        result = find(asked, at)
        if before is not None and before.host_of is not None:  # it keeps every hard rule of this layer, too
            result = keep_better(asked, result, Solution(before.host_of))
        if result.host_of is None:
            return (), result
        own = tied.plan_of(result.host_of, at)
        worth = evaluate(encodings[at].problem, Solution(own)).objective
        slack = None if result.bound is None or result.objective is None else result.bound - result.objective
        bound = None if slack is None else worth + slack
        cut = replace(result, host_of=own, objective=worth, bound=bound, parts=())
        held = tuple(
            Reached(f"layer-before:{layers[earlier].title}", 1, 1 if proven else None)
            for earlier in range(at)
        )
        plans.append(Ordered(cut, held))
        proven = proven and result.status is SolveStatus.OPTIMAL
        whole = _held(tied, whole, result.host_of, at)
    assert result is not None  # there are at least two layers
    return tuple(plans), result


def only_layer(tied: Stack, whole: Problem, layer: int) -> Problem:
    """Keep every hard rule of the whole, with the objective of one layer alone."""
    pairs = slice(tied.pair_from[layer], tied.pair_from[layer + 1])
    hosts = slice(tied.host_from[layer], tied.host_from[layer + 1])
    mentees = slice(tied.mentee_from[layer], tied.mentee_from[layer + 1])
    first = whole.cohesion_pair[:, 0]
    own = (first >= mentees.start) & (first < mentees.stop)
    target = whole.load_target
    if target is not None:
        low, high = np.zeros(whole.n_hosts, np.int64), whole.max_load.copy()
        low[hosts], high[hosts] = target.low[hosts], target.high[hosts]
        target = replace(target, low=low, high=high)
    prefix = f"{layer}:"
    return replace(
        whole,
        pair_value=_only(whole.pair_value, pairs),
        open_cost=_only(whole.open_cost, hosts),
        unassigned_cost=_only(whole.unassigned_cost, mentees),
        cohesion_pair=whole.cohesion_pair[own],
        cohesion_value=whole.cohesion_value[own],
        compositions=tuple(
            one for one in whole.compositions if one.price is None or one.key.startswith(prefix)
        ),
        quotas=tuple(one for one in whole.quotas if one.price is None or one.key.startswith(prefix)),
        rows=tuple(one for one in whole.rows if one.price is None or one.key.startswith(prefix)),
        load_target=target,
    )


def _only(values: NDArray[np.int64], kept: slice) -> NDArray[np.int64]:
    alone = np.zeros_like(values)
    alone[kept] = values[kept]
    return alone


def _held(tied: Stack, whole: Problem, host_of: NDArray[np.int64], layer: int) -> Problem:
    """Hold one layer as it was found: its mentees keep their host, or stay without one."""
    mentees = np.arange(tied.mentee_from[layer], tied.mentee_from[layer + 1])
    placed = mentees[host_of[mentees] != UNASSIGNED]
    locked = np.unique(np.concatenate((whole.locked, np.column_stack((placed, host_of[placed])))), axis=0)
    staying = np.zeros(whole.n_mentees, np.bool_)
    staying[mentees] = host_of[mentees] == UNASSIGNED
    held = Row(
        key=f"layer-held:{layer}",
        pair_weight=staying[whole.pair_mentee].astype(np.int64),
        open_weight=np.zeros(whole.n_hosts, np.int64),
        at_least=None,
        at_most=0,
    )
    return replace(whole, locked=locked, rows=(*whole.rows, held))


def tied_together(layers: Layers, encodings: Sequence[Encoding]) -> Stack:
    """Put the layers' problems side by side, with a row for everything that ties them together."""
    side_by_side = stack([encoding.problem for encoding in encodings])
    return side_by_side.with_rows(tuple(_ties(layers, side_by_side, encodings)))


def _ties(layers: Layers, tied: Stack, encodings: Sequence[Encoding]) -> list[Row]:
    whole, rows = tied.whole, list[Row]()
    n_schools = len(encodings[0].mentee_ids)
    mentee, layer_of = whole.pair_mentee % max(1, n_schools), whole.pair_mentee // max(1, n_schools)
    closed = np.zeros(whole.n_hosts, np.int64)
    pair, mentor, mentors = _mentors_of_pairs(tied, encodings)
    if layers.different_mentors:
        code = mentee[pair] * max(1, len(mentors)) + mentor
        rows += [
            Row(f"{ONE_SCHOOL}:{one}", _at(pair[code == one], whole.n_pairs), closed, None, 1)
            for one in _in_several(code, layer_of[pair])
        ]
    if layers.all_or_none:
        for later in range(1, len(encodings)):
            sign = (layer_of == 0).astype(np.int64) - (layer_of == later).astype(np.int64)
            rows += [
                Row(f"{ALL_OR_NONE}:{later}:{one}", np.where(mentee == one, sign, 0), closed, 0, 0)
                for one in range(n_schools)
            ]
    if layers.places_in_all is not None:
        rows += [
            Row(
                f"{IN_ALL}:{mentors[one]}",
                _at(pair[mentor == one], whole.n_pairs) * whole.pair_demand,
                closed,
                None,
                layers.places_in_all,
            )
            for one in _in_several(mentor, layer_of[pair])
        ]
    return rows


def _mentors_of_pairs(
    tied: Stack, encodings: Sequence[Encoding]
) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
    """Position of a pair and number of a school that leads its host, one entry for each; and the schools."""
    leads = [one.leads.get(host, (host,)) for one in encodings for host in one.host_ids]
    mentors = sorted({mentor for of in leads for mentor in of})
    number = {mentor: at for at, mentor in enumerate(mentors)}
    host = np.repeat(np.arange(len(leads)), [len(of) for of in leads])
    led = np.array([number[mentor] for of in leads for mentor in of], dtype=np.int64)
    found = [(np.flatnonzero(tied.whole.pair_host == at), one) for at, one in zip(host, led, strict=True)]
    pair = np.concatenate([pairs for pairs, _ in found] or [np.empty(0, np.int64)]).astype(np.int64)
    return pair, np.repeat(led, [len(pairs) for pairs, _ in found]), mentors


def _in_several(code: NDArray[np.int64], layer: NDArray[np.int64]) -> list[int]:
    """Codes that stand in more than one layer, ascending."""
    distinct = np.unique(np.stack((code, layer)), axis=1)[0]
    found, counts = np.unique(distinct, return_counts=True)
    several: list[int] = found[counts > 1].tolist()
    return several


def _at(positions: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    weight = np.zeros(size, np.int64)
    weight[positions] = 1
    return weight

"""All cheapest repairs of demands that contradict each other."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from matcher.exceptions import RefereeError
from matcher.problem import Problem
from matcher.questions.demands import Demands, IntArray
from matcher.questions.relaxing import Relaxations, openable
from matcher.questions.repair_cuts import RelaxationModel
from matcher.questions.repair_flow import PlacesModel
from matcher.questions.repair_model import RepairModel, build_model
from matcher.questions.repair_parts import concerned
from matcher.questions.repair_rounds import Chooser, working
from matcher.questions.repaired import Repair, repaired
from matcher.result import SolveStatus
from matcher.solution import UNASSIGNED, Solution, evaluate
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.cp_search import SearchOutcome, search

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

WHOLE = 4_000
"""Eligible pairs up to which plan and relaxations are one model; beyond, relaxations are searched alone."""

SINGLES = 12
"""Units up to which other repairs of the same form are listed: beyond, there are too many to be of use."""

OnRepair = Callable[[int], None]
"""Called with the number of repairs found so far."""


class RepairState(StrEnum):
    """What is known of the cheapest repairs."""

    CHEAPEST = "cheapest"
    """The repairs are proven to be the cheapest there are."""
    FOUND = "found"
    """The repairs work; that none is cheaper is not proven beyond the bound."""
    IMPOSSIBLE = "impossible"
    """Proven: no repair within the limits works."""
    UNSETTLED = "unsettled"
    """The limit was reached before a repair was found."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """What was found.

    Attributes
    ----------
    state : RepairState
    repairs : tuple of Repair
        All of one price; first one of each form, then further ones of the same forms.
    bound : int
        No repair is cheaper.
    complete : bool
        Whether these are proven to be all repairs of that price.
    work : float
    """

    state: RepairState
    repairs: tuple[Repair, ...]
    bound: int
    complete: bool
    work: float


def find_repairs(
    demands: Demands,
    relaxations: Relaxations,
    *,
    most: int = 10,
    settings: SolveSettings | None = None,
    on_repair: OnRepair | None = None,
    should_stop: ShouldStop | None = None,
) -> Repairs:
    """Find the cheapest repairs.

    Parts of the problem that share no host, not even with every waiver on offer, are looked at one by one:
    a part that is feasible as it stands needs nothing. The rest is one model that minimises the price; the
    repairs of that price are then listed by excluding each that was found.

    Parameters
    ----------
    demands : Demands
        Infeasible together; of a problem without hard weighted rows but those that limit places.
    relaxations : Relaxations
    most : int, default 10
        Repairs listed at most.
    settings : SolveSettings, optional
        Limits of each search.
    on_repair : callable, optional
    should_stop : callable, optional

    Returns
    -------
    Repairs

    Raises
    ------
    ValueError
        If the problem has a hard weighted row that `demands.row_hosts` does not explain.
    RefereeError
        If a repair does not work; always a defect of matcher.
    """
    rows = demands.problem.rows
    if any(row.price is None and row.key not in demands.row_hosts for row in rows):
        raise ValueError("A problem with hard weighted rows cannot be repaired.")
    settings = settings or SolveSettings()
    if len(demands.problem.pair_mentee) > WHOLE:
        return _Large(demands, relaxations, settings, on_repair, should_stop).answer(most)
    asked = _Asked(demands, settings, on_repair, should_stop)
    made, outcome = asked.cheapest(relaxations.without_waivers())
    known = relaxations if outcome.objective is None else relaxations.up_to(-outcome.objective)
    proven = outcome.status is SolveStatus.OPTIMAL
    if openable(demands, known).any():  # a waiver may be as cheap as what was found, or cheaper
        wide, wider = asked.cheapest(known)
        proven = wider.status is SolveStatus.OPTIMAL
        if outcome.objective is None or (wider.objective or -math.inf) >= outcome.objective:
            made, outcome = wide, wider
        else:
            outcome = replace(outcome, bound=wider.bound)
    if outcome.objective is None:
        state = RepairState.IMPOSSIBLE if outcome.status is SolveStatus.INFEASIBLE else RepairState.UNSETTLED
        return Repairs(state, (), 0, state is RepairState.IMPOSSIBLE, asked.work)
    first = _read(made, outcome)
    if not proven:
        bound = 0 if outcome.bound is None else max(0, -outcome.bound)
        return Repairs(RepairState.FOUND, (first,), bound, complete=False, work=asked.work)
    return asked.listed(made, first, most)


def _fix_price(made: RepairModel, first: Repair) -> cp_model.IntVar:
    """Go on at the least price: first, as long as the literal is assumed, with other forms alone."""
    made.model.clear_objective()  # type: ignore[no-untyped-call]
    made.model.add(made.price() <= first.price)
    other_form = made.model.new_bool_var("other_form")
    made.model.add_assumptions([other_form])
    _exclude(made, first, other_form)
    return other_form


@dataclass(slots=True)
class _Asked:
    """One question for repairs: its limits, and the work done for it."""

    demands: Demands
    settings: SolveSettings
    on_repair: OnRepair | None
    should_stop: ShouldStop | None
    work: float = 0.0

    def cheapest(self, relaxations: Relaxations) -> tuple[RepairModel, SearchOutcome]:
        """Minimise the price of a repair out of some relaxations."""
        made = build_model(self.demands, relaxations, *concerned(self.demands, relaxations, self.should_stop))
        made.model.maximize(-made.price())
        return made, self.search(made)

    def search(self, made: RepairModel) -> SearchOutcome:
        watch: list[cp_model.IntVar] = [*made.literals(), *made.variables.choose]
        outcome = search(made.model, watch, self.settings, stage="repair", should_stop=self.should_stop)
        self.work += outcome.work
        return outcome

    def listed(self, made: RepairModel, first: Repair, most: int) -> Repairs:
        """List the repairs of the least price: first one of each form, then others of the same forms."""
        found, forms, complete = [first], True, False
        other_form = _fix_price(made, first)
        while len(found) < most:
            if self.on_repair is not None:
                self.on_repair(len(found))
            outcome = self.search(made)
            exhausted = outcome.status is SolveStatus.INFEASIBLE
            if exhausted and forms:  # every form was seen; now others of the same forms
                made.model.clear_assumptions()
                forms = False
            elif outcome.objective is None:
                complete = exhausted
                break
            else:
                found.append(_read(made, outcome))
                _exclude(made, found[-1], other_form)
        return Repairs(RepairState.CHEAPEST, tuple(found), first.price, complete, self.work)


@dataclass(slots=True)
class _Large:
    """A question about a large problem: relaxations are searched, plans only judge them."""

    demands: Demands
    relaxations: Relaxations
    settings: SolveSettings
    on_repair: OnRepair | None
    should_stop: ShouldStop | None
    work: float = 0.0
    dearer: Repair | None = None

    def answer(self, most: int) -> Repairs:
        """Find the cheapest choice by places and cuts, prove its price, and list others of that price."""
        places = PlacesModel(self.demands, self.relaxations)
        first = self._working(places)
        if first is SolveStatus.INFEASIBLE and places.impossible():
            return Repairs(RepairState.IMPOSSIBLE, (), 0, complete=True, work=self.work)
        bound = places.bound()
        if not isinstance(first, Repair) and self.dearer is not None:
            first = self.dearer
        if not isinstance(first, Repair) or first.price > bound:
            proof = self._proof(places)
            proof.model.add(proof.price() >= bound)
            if isinstance(first, Repair):
                proof.model.add(proof.price() < first.price)
            proof.model.maximize(-proof.price())
            better = self._working(proof)
            self.work += proof.work
            if isinstance(better, Repair):
                first, bound = better, better.price
            elif not isinstance(first, Repair):
                state = RepairState.IMPOSSIBLE if better is SolveStatus.INFEASIBLE else RepairState.UNSETTLED
                return Repairs(state, (), 0, state is RepairState.IMPOSSIBLE, self.work)
            elif better is not SolveStatus.INFEASIBLE:
                return Repairs(RepairState.FOUND, (first,), bound, complete=False, work=self.work)
        found = [first]
        exhausted = self._listed(places, found, most)
        complete = exhausted and self._all_seen(places, found, most)
        return Repairs(RepairState.CHEAPEST, tuple(found), first.price, complete, self.work)

    def _working(self, chooser: Chooser, up_to: int | None = None) -> Repair | SolveStatus:
        return working(
            chooser,
            self.demands,
            self.relaxations,
            up_to=up_to,
            dearer=self._known,
            should_stop=self.should_stop,
        )

    def _known(self, dearer: Repair) -> None:
        """Keep the cheapest repair that works although it is not known to be a cheapest one."""
        if self.dearer is None or dearer.price < self.dearer.price:
            self.dearer = dearer

    def _proof(self, places: PlacesModel) -> RelaxationModel:
        """Return the model whose answers are proofs, with all that is known."""
        made = RelaxationModel(self.demands, self.relaxations, self.settings, self.should_stop)
        made.require(places.cuts)
        return made

    def _listed(self, places: PlacesModel, found: list[Repair], most: int) -> bool:
        """Add repairs of the same price, other forms first; returns whether no more seem to be left."""
        price, forms = found[0].price, True
        places.exclude(found[0], form=True)
        while len(found) < most:
            if self.on_repair is not None:
                self.on_repair(len(found))
            more = self._working(places, up_to=price)
            if isinstance(more, Repair):
                found.append(more)
                places.exclude(more, form=forms)
            elif more is not SolveStatus.INFEASIBLE:
                return False
            elif not forms:
                return True
            elif any(sum(units for _, units in one.form) > SINGLES for one in found):
                return False
            else:
                places.any_form()
                forms = False
        return False

    def _all_seen(self, places: PlacesModel, found: list[Repair], most: int) -> bool:
        """Whether it is proven that no further repair has the price; one that turns up is added."""
        proof = self._proof(places)
        proof.model.add(proof.price() <= found[0].price)
        for one in found:
            _never_again(proof, one)
        while len(found) < most:
            more = self._working(proof)
            if not isinstance(more, Repair):
                self.work += proof.work
                return more is SolveStatus.INFEASIBLE
            found.append(more)
            _never_again(proof, more)
        return False


def _never_again(made: RepairModel | RelaxationModel, repair: Repair) -> None:
    """Forbid a repair; those that use more than it cost more, since every price is above 0."""
    used = [literal for one, units in repair.uses for literal in made.units[one][:units]]
    made.model.add_bool_or([~literal for literal in used])


def _exclude(made: RepairModel, repair: Repair, other_form: cp_model.IntVar) -> None:
    """Forbid a repair and, where `other_form` holds, all of its form.

    Another form of the same price has more units of some group, since every price is above 0.
    """
    _never_again(made, repair)
    counts = dict(repair.form)
    groups: dict[str, list[cp_model.IntVar]] = {}
    for one, literals in made.units.items():
        groups.setdefault(one.group, []).extend(literals)
    options = []
    for group, literals in sorted(groups.items()):
        more = made.model.new_bool_var("")
        made.model.add(sum(literals) >= counts.get(group, 0) + 1).only_enforce_if(more)
        options.append(more)
    made.model.add_bool_or([*options, ~other_form])


def _read(made: RepairModel, outcome: SearchOutcome) -> Repair:
    """Read a repair off a solution, and have the referee judge its plan on the repaired problem."""
    values = iter(outcome.chosen)
    uses = []
    for one, literals in made.units.items():
        units = sum(next(values) for _ in literals)
        if units:
            uses.append((one, units))
    chosen = np.fromiter(values, np.bool_, made.problem.n_pairs)
    host_of = np.full(made.demands.problem.n_mentees, UNASSIGNED, np.int64)
    host_of[made.mentees[made.problem.pair_mentee[chosen]]] = made.problem.pair_host[chosen]
    repair = Repair(tuple(sorted(uses)), sum(one.price * units for one, units in uses))
    _judge(repaired(made.demands, made.relaxations, repair), made, host_of)
    return repair


def _judge(problem: Problem, made: RepairModel, host_of: IntArray) -> None:
    """Let the referee judge a plan of the parts that are repaired, and of these alone."""
    outside = np.ones(problem.n_mentees, np.bool_)
    outside[made.mentees] = False
    own = replace(
        problem,
        may_stay=problem.may_stay | outside,
        must_open=problem.must_open & made.hosts,
        locked=problem.locked[~outside[problem.locked[:, 0]]],
        quotas=tuple(one for one in problem.quotas if (one.hosts & made.hosts).any() or not one.hosts.any()),
        rows=tuple(
            one
            for one in problem.rows
            if (made.demands.row_hosts[one.key] & made.hosts).any() or (one.at_most or 0) < 0
        ),
    )
    broken = evaluate(own, Solution(host_of)).broken
    if broken:
        rules = ", ".join(sorted({one.rule for one in broken}))
        raise RefereeError(f"A repair was found whose plan breaks hard rules: {rules}.")

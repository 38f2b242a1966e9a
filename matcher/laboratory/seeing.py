"""See a plan: gather, by school id, all that the metrics look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.analysis.cover import limits_each
from matcher.analysis.document import PlanDocument
from matcher.encoding import Encoding, encode, solution_from
from matcher.encoding.reserve import without_reserve
from matcher.exceptions import UsageError
from matcher.laboratory.groups import Grouping
from matcher.laboratory.metrics.seen import Seen, Withstood
from matcher.laboratory.pricing import priced
from matcher.laboratory.variant import Outcome
from matcher.laboratory.yardstick import Yardstick
from matcher.laboratory.yardstick_rules import broken_rules
from matcher.models.layers import intake_of_layer
from matcher.models.wishes import count_blocking
from matcher.policy.model import Policy
from matcher.policy.stability import StabilityMode, Unranked
from matcher.profiles import Intake
from matcher.questions.robustness import SHARE, drop_outs, robustness_against
from matcher.solution import Solution
from matcher.solvers.base import ShouldStop


@dataclass(frozen=True, slots=True)
class DropOuts:
    """How drop-outs are drawn: mentor schools of the intake, the same under every policy."""

    samples: int
    seed: int

    def schools(self, mentors: tuple[str, ...]) -> tuple[frozenset[str], ...]:
        """Draw who drops out in each sample."""
        drawn = drop_outs(len(mentors), share=SHARE, samples=self.samples, seed=self.seed)
        return tuple(frozenset(mentors[at] for at in sample) for sample in drawn)


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """What all plans are measured with alike.

    Attributes
    ----------
    yardstick : Yardstick
    grouping : Grouping
    draws : DropOuts
    should_stop : callable or None
        Once true, drop-outs are left out.
    costs : Policy or None
        The yardstick with the cost model that prices every plan; None where there is none.
    unranked : Unranked
        What a school that named others thinks of one that it did not name.
    """

    yardstick: Yardstick
    grouping: Grouping
    draws: DropOuts
    should_stop: ShouldStop | None = None
    costs: Policy | None = None
    unranked: Unranked = Unranked.LAST


def unranked_by(outcomes: Sequence[Outcome]) -> Unranked:
    """How all plans take a school that was not named: as the first policy that asks for stability does."""
    for outcome in outcomes:
        rule = outcome.variant.policy.stability
        if rule.mode is not StabilityMode.OFF:
            return rule.unranked
    return Unranked.LAST


def own_encoding(intake: Intake, outcome: Outcome) -> Encoding:
    """Encode the intake as the search saw it, of one layer where the plan is for one.

    Raises
    ------
    UsageError
        If the policy has no layer of that name.
    """
    policy = outcome.variant.policy
    if not outcome.layer:
        return encode(intake, policy)
    for layer in policy.layers.of:
        if outcome.layer in (layer.key, layer.title):
            return encode(intake_of_layer(intake, layer), policy.of_layer(layer))
    raise UsageError(f"The policy '{policy.name}' has no layer called '{outcome.layer}'.")


def leads_of(document: PlanDocument, own: Encoding, schools: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """By id of each host with a cluster: the schools that lead it, none in a group of equals."""
    alone = {card.host_id: (card.host_id,) if card.host_id in schools else () for card in document.clusters}
    return {host: own.leads.get(host, some) for host, some in alone.items()}


def see(document: PlanDocument, own: Encoding, bench: Bench, *, noise_kept: float | None = None) -> Seen:
    """Gather what the metrics look at.

    Parameters
    ----------
    document : PlanDocument
    own : Encoding
        Of :func:`own_encoding`.
    bench : Bench
    noise_kept : float, optional
        Share of pairs kept when maturity is drawn anew.

    Returns
    -------
    Seen
    """
    yardstick = bench.yardstick
    schools = frozenset(school.school_id for school in yardstick.encoding.intake.schools)
    leads = leads_of(document, own, schools)
    mentors_of = {row.mentee_id: leads[row.host_id] for row in document.assignments}
    fits = yardstick.fits(mentors_of)
    return Seen(
        document=document,
        leads=leads,
        fit=fits.points,
        values=fits.values,
        distance_km=yardstick.distances(mentors_of),
        member_km=yardstick.between((*leads[card.host_id], *card.mentee_ids) for card in document.clusters),
        rules=broken_rules(yardstick, own, document, leads),
        group_of=bench.grouping.of,
        withstood=_withstood(document, own, leads, bench),
        noise_kept=noise_kept,
        cost=None if bench.costs is None or not all(leads.values()) else priced(bench.costs, own, document),
        blocking=_blocking(document, own, leads, bench.unranked),
    )


def _blocking(
    document: PlanDocument, own: Encoding, leads: Mapping[str, tuple[str, ...]], unranked: Unranked
) -> int | None:
    """Count the blocking pairs; in the same sense for every plan, whatever its policy says of wishes."""
    if not own.intake.preferences or not all(leads.values()):
        return None
    return count_blocking(own, _solution(document, own), unranked)


def _solution(document: PlanDocument, own: Encoding) -> Solution:
    return solution_from(own, {row.mentee_id: row.host_id for row in document.assignments})


def _withstood(
    document: PlanDocument, own: Encoding, leads: Mapping[str, tuple[str, ...]], bench: Bench
) -> Withstood | None:
    """Let the drawn mentor schools drop out, with every host that they lead or share in."""
    if not any(leads.values()) or not all(leads.values()):
        return None  # no mentor, nobody to drop out
    led_by = {host: own.leads.get(host, (host,)) for host in own.host_ids}
    hosts = [
        tuple(at for at, host in enumerate(own.host_ids) if not gone.isdisjoint(led_by[host]))
        for gone in bench.draws.schools(bench.yardstick.encoding.host_ids)
    ]
    found = robustness_against(
        without_reserve(own),
        _solution(document, own),
        hosts,
        settings=limits_each(own),
        should_stop=bench.should_stop,
    )
    if len(found.samples) < max(1, len(hosts)):
        return None  # stopped: half of the draws would look like all of them
    return Withstood(found.kept_shares(), found.placed_shares(), found.quality_shares())

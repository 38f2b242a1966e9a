"""How well a plan stands drop-outs of mentors: samples at random, everybody else staying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.problem import Problem
from matcher.questions.allowance import Allowance
from matcher.questions.cover import Standby
from matcher.solution import UNASSIGNED, Solution
from matcher.solvers.base import ShouldStop, SolveSettings

SHARE = 0.1
"""Share of the hosts that drop out in each sample."""
SAMPLES = 30


@dataclass(frozen=True, slots=True)
class Sample:
    """One drop-out and what is left of the plan.

    Attributes
    ----------
    hosts : tuple of int
        Who drops out, ascending.
    kept : int
        Pairs that stay as they are.
    placed : int
        Mentees that have a host afterwards.
    objective : int
        Of the plan afterwards, objective units.
    proven : bool
        Whether the displaced mentees cannot be placed better while the others stay.
    """

    hosts: tuple[int, ...]
    kept: int
    placed: int
    objective: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Robust:
    """What drop-outs at random leave of a plan.

    Attributes
    ----------
    samples : tuple of Sample
    pairs : int
        Pairs of the plan.
    objective : int
        Of the plan, objective units.
    """

    samples: tuple[Sample, ...]
    pairs: int
    objective: int

    def kept_shares(self) -> tuple[float, ...]:
        """Share of the pairs that stay as they are, each sample; 1 for a plan without pairs."""
        return tuple(one.kept / self.pairs if self.pairs else 1.0 for one in self.samples)

    def placed_shares(self) -> tuple[float, ...]:
        """Share of the placed mentees that have a host afterwards, each sample."""
        return tuple(one.placed / self.pairs if self.pairs else 1.0 for one in self.samples)

    def quality_shares(self) -> tuple[float, ...] | None:
        """Objective afterwards as a share of the plan's; None where that is not above 0."""
        if self.objective <= 0:
            return None
        return tuple(one.objective / self.objective for one in self.samples)

    @property
    def proven(self) -> bool:
        """Whether no sample could be answered better while the others stay."""
        return all(one.proven for one in self.samples)


def drop_outs(n_hosts: int, *, share: float, samples: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """Draw who drops out in each sample.

    Parameters
    ----------
    n_hosts : int
    share : float
        In [0, 1]; rounded to whole hosts, at least one.
    samples : int
    seed : int
        Each sample has a stream of its own, so that its draw does not depend on how many there are.

    Returns
    -------
    tuple of tuple of int
        Ascending in each sample; empty where there are no hosts.
    """
    if not n_hosts:
        return ()
    count = min(n_hosts, max(1, int(share * n_hosts + 0.5)))
    draws = (np.random.default_rng((seed, at)).permutation(n_hosts)[:count] for at in range(samples))
    return tuple(tuple(sorted(draw.tolist())) for draw in draws)


def robustness(
    problem: Problem,
    plan: Solution,
    *,
    share: float = SHARE,
    samples: int = SAMPLES,
    seed: int = 0,
    settings: SolveSettings | None = None,
    should_stop: ShouldStop | None = None,
    allowance: Allowance | None = None,
) -> Robust:
    """Let hosts drop out at random, all of a sample at once, and cover their mentees as well as can be.

    Parameters
    ----------
    problem : Problem
        As for :func:`matcher.questions.cover.cover`.
    plan : Solution
        One that keeps every hard rule.
    share, samples, seed
        As for :func:`drop_outs`.
    settings : SolveSettings, optional
        Limits of each sample.
    should_stop : callable, optional
        Once true, no further sample is begun.
    allowance : Allowance, optional
        Once it is spent, no further sample is begun.

    Returns
    -------
    Robust
        The same for the same seed, whatever the number of threads.
    """
    drawn = drop_outs(problem.n_hosts, share=share, samples=samples, seed=seed)
    return robustness_against(
        problem, plan, drawn, settings=settings, should_stop=should_stop, allowance=allowance
    )


def robustness_against(
    problem: Problem,
    plan: Solution,
    draws: Sequence[tuple[int, ...]],
    *,
    settings: SolveSettings | None = None,
    should_stop: ShouldStop | None = None,
    allowance: Allowance | None = None,
) -> Robust:
    """Let stated hosts drop out, all of a draw at once, and cover their mentees as well as can be.

    Parameters
    ----------
    problem, plan, settings, should_stop, allowance
        As for :func:`robustness`.
    draws : sequence of tuple of int
        Hosts that drop out, ascending; a draw may be empty.

    Returns
    -------
    Robust
        One sample a draw, in their order.
    """
    standby = Standby(problem, plan, settings, allowance)
    pairs = plan.host_of != UNASSIGNED
    found: list[Sample] = []
    for hosts in draws:
        if standby.allowance.is_spent or (should_stop is not None and should_stop()):
            break
        one = standby.cover(hosts)
        found.append(
            Sample(
                hosts=hosts,
                kept=int((pairs & (one.plan.host_of == plan.host_of)).sum()),
                placed=int((one.plan.host_of != UNASSIGNED).sum()),
                objective=standby.objective - one.loss,
                proven=one.proven,
            )
        )
    return Robust(tuple(found), int(pairs.sum()), standby.objective)

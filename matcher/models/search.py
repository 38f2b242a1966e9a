"""Find a plan as the policy's model asks: by its objective alone, or first by what comes before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from matcher.encoding import Encoding
from matcher.exceptions import UsageError
from matcher.models.fairness import find_leximin
from matcher.models.groups import numbered
from matcher.models.stability import find_stable
from matcher.policy.model import Policy
from matcher.policy.stability import StabilityMode
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.dispatch import solve
from matcher.solvers.priorities import Ordered

Search = Callable[[Encoding, SolveSettings, OnProgress | None, ShouldStop | None], Ordered]
"""Finds a plan; objective and bound of its result are those among the plans that keep what came first."""


def find_plan(
    encoding: Encoding,
    settings: SolveSettings,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Ordered:
    """Find the plan that the policy's model asks for.

    Parameters
    ----------
    encoding : Encoding
    settings : SolveSettings
        Limits of the whole search.
    on_progress, should_stop : callable, optional
        As for :func:`matcher.solvers.solve`.

    Returns
    -------
    Ordered
        Without anything `reached` where the objective is all that counts.
    """
    search = _ordered_search(encoding.policy)
    if search is not None:
        found = search(encoding, settings, on_progress, should_stop)
        return replace(found, result=numbered(encoding, found.result))
    result = solve(
        encoding.problem,
        settings,
        method=encoding.policy.solve.method,
        on_progress=on_progress,
        should_stop=should_stop,
    )
    return Ordered(numbered(encoding, result), ())


def _ordered_search(policy: Policy) -> Search | None:
    """Search of a policy in which something comes before the objective; None for all others."""
    if policy.stability.mode is not StabilityMode.OFF:
        return find_stable
    if policy.fairness.leximin.enabled:
        return find_leximin
    return None


def is_ordered(policy: Policy) -> bool:
    """Whether something comes before the objective in the policy, e.g. stability or the worst-off."""
    return _ordered_search(policy) is not None


def refuse_without_mentors(policy: Policy, what: str) -> None:
    """Refuse a question about a school and its mentor where clusters are groups of equals.

    Parameters
    ----------
    policy : Policy
    what : str
        What was asked for, as the beginning of a sentence.

    Raises
    ------
    UsageError
        If no school leads under the policy.
    """
    if policy.peers.enabled:
        raise UsageError(
            f"{what} is a matter between schools and mentors, but under policy {policy.name!r} clusters "
            "are groups of equals, which no school leads and which have no name beyond their plan. "
            "`matcher explain` says with whom a school is and why; for other groups, write must-links or "
            "rivalries in the intake, or change the policy, and run `matcher match` again."
        )


def refuse_hubs(policy: Policy, what: str) -> None:
    """Refuse a question about one mentor where two schools lead a cluster together.

    Parameters
    ----------
    policy : Policy
    what : str
        What was asked for, as the beginning of a sentence.

    Raises
    ------
    UsageError
        If clusters are groups of equals or hubs of two leads.
    """
    refuse_without_mentors(policy, what)
    if policy.themed:
        raise UsageError(
            f"{what} is a matter of one mentor, but under policy {policy.name!r} a mentor may lead any of "
            "several themes. Change the intake (write a lock or a forbidden pair in the Links sheet) and run "
            "`matcher match` again."
        )
    if policy.hubs.enabled:
        raise UsageError(
            f"{what} is a matter of one mentor, but under policy {policy.name!r} two schools lead a hub "
            "together, and other pairs of leads take its place. Change the intake (take the school out, or "
            "write a lock in the Links sheet, which holds for any hub of that lead) and run `matcher match` "
            "again."
        )


def refuse_if_ordered(policy: Policy, what: str, first: Sequence[object] = ()) -> None:
    """Refuse a question that is answered by points alone, where points do not come first.

    Parameters
    ----------
    policy : Policy
    what : str
        What was asked for, as the beginning of a sentence, e.g. ``"The price of a wish"``.
    first : sequence
        What counted before points when the plan was made, ``first`` of its document: a layer of a policy is
        found with the others, which its own policy says nothing of, so that it need not be its own best plan.

    Raises
    ------
    UsageError
        If something comes before the objective in the policy, or clusters are groups of equals.
    """
    refuse_without_mentors(policy, what)
    if is_ordered(policy):
        raise UsageError(
            f"{what} is counted in points, but in policy {policy.name!r} something else comes before points. "
            "Ask it of a run made without `stability`, `fairness.leximin` and the like."
        )
    if first:
        raise UsageError(
            f"{what} is a matter of one plan, but this run is one layer of several, found with the others "
            "and good only together with them. Change the intake or the policy, and run `matcher match` with "
            "all layers again; to ask of this layer alone, match it as a policy of its own."
        )

"""Formed: an intake whose mentors are what the policy's model forms clusters around."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.forming.hubs import form_hubs
from matcher.forming.peers import form_groups
from matcher.forming.themes import form_themes
from matcher.policy.model import Policy
from matcher.profiles import Intake


@dataclass(frozen=True, slots=True)
class Formed:
    """An intake whose mentors are what the policy's model forms clusters around.

    Attributes
    ----------
    intake : Intake
        Its mentors are the hosts of the problem: schools, hubs of several schools, or groups of equals.
    leads : dict of str to tuple of str
        By host id: the schools that lead it, where these are not the host itself; empty for a group without
        a mentor. A school may stand in several hosts, of which at most one forms a cluster.
    """

    intake: Intake
    leads: dict[str, tuple[str, ...]] = field(default_factory=dict)


def form(intake: Intake, policy: Policy) -> Formed:
    """Make the intake what the policy's model asks for; most models take it as it is.

    Parameters
    ----------
    intake : Intake
        In order (see ``matcher.encoding``).
    policy : Policy

    Returns
    -------
    Formed
        The same intake object where the model takes it as it is.
    """
    if policy.peers.enabled:
        return Formed(form_groups(intake, policy))
    if policy.hubs.enabled:
        return Formed(*form_hubs(intake, policy))
    if policy.themed:
        return Formed(*form_themes(intake, policy))
    return Formed(intake)

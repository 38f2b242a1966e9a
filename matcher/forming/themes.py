"""Themes: each mentor becomes one host for every challenge that it may lead a cluster on."""

from __future__ import annotations

from matcher.exceptions import UsageError
from matcher.features.words import say_challenge
from matcher.forming.carried import carry_links, carry_maturity, carry_wishes
from matcher.policy.model import Policy
from matcher.policy.themes import host_of_theme
from matcher.profiles import Challenge, Intake, Role, School


def form_themes(intake: Intake, policy: Policy) -> tuple[Intake, dict[str, tuple[str, ...]]]:
    """Make a host of every mentor and theme; a mentor leads one of its hosts at most.

    Themes are challenges that at least one mentee named. With ``rules.theme.mentor_strong`` a mentor leads
    only those among its strengths, one that named no strength any of them. A host is the mentor in all but
    its id and name; links and wishes that name the mentor hold for each, a lock for any one of them.

    Parameters
    ----------
    intake : Intake
        In order.
    policy : Policy
        With ``rules.theme``.

    Returns
    -------
    intake : Intake
        Its mentors are the hosts.
    leads : dict of str to tuple of str
        The mentor of each host.

    Raises
    ------
    UsageError
        If a school has the id of a host, or a concession changes the load of a mentor.

    References
    ----------
    Blamire, MenSI D2.1, 2021, §2 (thematic networks).
    """
    mentors = {school.school_id: school for school in intake.mentors}
    named = {challenge for school in intake.mentees for challenge in school.challenges}
    hosts, led = list[School](), dict[str, list[str]]()
    for mentor in mentors.values():
        own = [
            _host(mentor, theme) for theme in Challenge if theme in named and _leads(mentor, theme, policy)
        ]
        hosts += own
        led[mentor.school_id] = [host.school_id for host in own]
    _refuse(intake, policy, {host.school_id for host in hosts}, set(mentors))
    mentees = tuple(school for school in intake.schools if school.role is Role.MENTEE)
    formed = intake.model_copy(
        update={
            "schools": (*mentees, *hosts),
            "maturity": tuple(carry_maturity(intake.maturity, led, set(mentors))),
            "links": tuple(carry_links(intake.links, led, set(mentors))),
            "preferences": tuple(carry_wishes(intake.preferences, led, set(mentors))),
        }
    )
    return formed, {host: (mentor,) for mentor, own in led.items() for host in own}


def _leads(mentor: School, theme: Challenge, policy: Policy) -> bool:
    strong = not mentor.strengths or theme in mentor.strengths
    return strong or not policy.rules.theme.mentor_strong


def _host(mentor: School, theme: Challenge) -> School:
    return mentor.model_copy(
        update={
            "school_id": host_of_theme(mentor.school_id, theme),
            "name": f"{mentor.name} (theme: {say_challenge(theme)})",
        }
    )


def _refuse(intake: Intake, policy: Policy, hosts: set[str], mentors: set[str]) -> None:
    taken = sorted({school.school_id for school in intake.schools} & hosts)
    if taken:
        raise UsageError(
            f"{', '.join(taken)}: these ids stand for themes of a mentor; give the schools others."
        )
    loads = [one.school for one in policy.concessions if one.rule in ("places", "minimum")]
    unknown = sorted(set(loads) - mentors)
    if unknown:
        raise UsageError(f"A concession changes the places of {', '.join(unknown)}, which is no mentor.")

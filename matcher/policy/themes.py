"""Ids of hosts with a theme: the mentor's id, a sign, and the challenge."""

from __future__ import annotations

from matcher.profiles import Challenge

SIGN = "~"
"""Stands between a mentor's id and its theme."""


def host_of_theme(mentor_id: str, theme: Challenge) -> str:
    """Id of a mentor as the host of one theme.

    Examples
    --------
    >>> host_of_theme("IT-001", Challenge.STEM)
    'IT-001~stem'
    """
    return f"{mentor_id}{SIGN}{theme.value}"


def theme_of(host_id: str) -> Challenge | None:
    """Theme of a host; None for one without.

    Examples
    --------
    >>> theme_of("IT-001~stem"), theme_of("IT-001")
    (<Challenge.STEM: 'stem'>, None)
    """
    _, sign, theme = host_id.rpartition(SIGN)
    return Challenge(theme) if sign and theme in set(Challenge) else None

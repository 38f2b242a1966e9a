"""Which schools a composition or a quota counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from matcher.features.countries import country_name
from matcher.policy.rules import Members
from matcher.profiles import School
from matcher.rules.authority import authority_name, folded
from matcher.rules.region import region_code

Answer = bool | None
"""True, False, or None where the school did not say."""


def select(schools: tuple[School, ...], members: Members) -> NDArray[np.bool_]:
    """Schools that are known to meet every condition.

    Parameters
    ----------
    schools : tuple of School
        ``intake.mentees`` or ``intake.mentors``.
    members : Members
        Conditions; none at all selects every school.

    Returns
    -------
    ndarray of bool, shape (n_schools,)
        A school whose data is missing is not counted; :func:`undecided` names it.
    """
    return np.array([_verdict(school, members) is True for school in schools], dtype=np.bool_)


def undecided(schools: tuple[School, ...], members: Members) -> NDArray[np.bool_]:
    """Schools that break no condition but left out data that one needs; shape (n_schools,)."""
    return np.array([_verdict(school, members) is None for school in schools], dtype=np.bool_)


def describe(members: Members) -> str:
    """Say the conditions in words, such as ``phase primary, at most 120 pupils``; empty if there is none."""
    parts = [
        f"{name.replace('_', ' ')} "
        + " or ".join(country_name(str(one)) if name == "country" else str(one) for one in listed)
        for name, listed in members
        if isinstance(listed, tuple) and listed
    ]
    if members.max_pupils is not None:
        parts.append(f"at most {members.max_pupils} pupils")
    if members.min_pupils is not None:
        parts.append(f"at least {members.min_pupils} pupils")
    if members.min_need is not None:
        parts.append(f"need index {members.min_need:g} or more")
    return ", ".join(parts)


def _verdict(school: School, members: Members) -> Answer:
    answers = [answer(school, members) for answer in _CONDITIONS]
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _one_of(value: str | None, listed: Iterable[str]) -> Answer:
    wanted = set(listed)
    if not wanted:
        return True
    return None if value is None else value in wanted


def _any_of(values: Iterable[str], listed: Iterable[str]) -> Answer:
    wanted, stated = set(listed), set(values)
    if not wanted:
        return True
    return bool(wanted & stated) if stated else None


def _region(school: School, members: Members) -> Answer:
    if not members.region:
        return True
    stated = region_code(school)
    if stated.startswith(members.region):
        return True
    closer = any(code.startswith(stated) for code in members.region)
    return None if closer else False


def _at_most(value: float | None, limit: float | None) -> Answer:
    if limit is None:
        return True
    return None if value is None else value <= limit


def _at_least(value: float | None, limit: float | None) -> Answer:
    if limit is None:
        return True
    return None if value is None else value >= limit


_CONDITIONS: tuple[Callable[[School, Members], Answer], ...] = (
    lambda school, members: _one_of(school.country, members.country),
    _region,
    lambda school, members: _any_of(school.phases, members.phase),
    lambda school, members: _one_of(school.rurality, members.rurality),
    lambda school, members: _any_of(school.challenges, members.challenge),
    lambda school, members: _any_of((skill.code for skill in school.languages), members.language),
    lambda school, members: _one_of(school.willingness, members.willingness),
    lambda school, members: _one_of(authority_name(school), (folded(one) for one in members.authority)),
    lambda school, members: _one_of(school.school_id, members.schools),
    lambda school, members: _at_most(school.pupils, members.max_pupils),
    lambda school, members: _at_least(school.pupils, members.min_pupils),
    lambda school, members: _at_least(school.need_index, members.min_need),
)

"""Checks of supply against demand: in total, by country, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.intake.checks.wording import counted
from matcher.intake.origin import Table
from matcher.profiles import Cefr, School

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

_SHEET = (Table.SCHOOLS, None, None)


def check_both_roles(context: CheckContext) -> Iterator[Issue]:
    """Find an intake without mentors or without mentees."""
    if context.schools_are_complete and not context.mentors:
        yield _nobody(context, "no-mentors", "mentor")
    if context.schools_are_complete and not context.mentees:
        yield _nobody(context, "no-mentees", "mentee")


def check_total(context: CheckContext) -> Iterator[Issue]:
    """Compare places wanted with places offered, and with the least that mentors must take."""
    if not _countable(context):
        return
    wanted, offered = _demand(context.mentees), _supply(context.mentors)
    if offered is not None and offered < wanted:
        yield context.warning(
            "supply-short",
            _SHEET,
            None,
            f"The mentees take {counted(wanted, 'place')}, and the mentors offer {offered}: "
            f"{wanted - offered} too few.",
            "Raise max loads, find more mentors, or expect schools to stay unassigned.",
        )
    least = sum(mentor.min_load or 0 for mentor in context.mentors)
    if least > wanted:
        yield context.warning(
            "min-loads-exceed-demand",
            _SHEET,
            None,
            f"The mentors' min loads add up to {least}, and the mentees take {counted(wanted, 'place')}.",
            "Lower min loads, or use a policy that binds only mentors that lead a cluster.",
        )


def check_countries(context: CheckContext) -> Iterator[Issue]:
    """Compare supply with demand in each country (whether borders bind is for the policy to say)."""
    countries = sorted({school.country for school in context.schools.values()})
    if not _countable(context) or len(countries) < 2:
        return
    for country in countries:
        wanted = _demand(school for school in context.mentees if school.country == country)
        offered = _supply([school for school in context.mentors if school.country == country])
        if offered is not None and offered < wanted:
            yield context.warning(
                "supply-short-country",
                _SHEET,
                country,
                f"In {country} the mentees take {counted(wanted, 'place')}, and the mentors offer {offered}: "
                f"{wanted - offered} too few.",
                "Raise max loads or find mentors there, or use a policy that crosses borders.",
            )


def check_languages(context: CheckContext) -> Iterator[Issue]:
    """Compare the mentees that work in one language alone with the mentors that work in it.

    A language counts at B2 or better, or where the level was not stated. A mentor whose languages are
    unknown counts for every language.
    """
    if not _countable(context):
        return
    bound: dict[str, list[School]] = {}
    for mentee in context.mentees:
        spoken = _working_languages(mentee)
        if len(spoken) == 1:
            bound.setdefault(next(iter(spoken)), []).append(mentee)
    for language in sorted(bound):
        mentors = [
            mentor
            for mentor in context.mentors
            if not mentor.languages or language in _working_languages(mentor)
        ]
        wanted, offered = _demand(bound[language]), _supply(mentors)
        if offered is not None and offered < wanted:
            yield context.warning(
                "supply-short-language",
                _SHEET,
                language,
                f"Mentees that work in '{language}' alone take {counted(wanted, 'place')}, and mentors that "
                f"work in it (B2 or better) offer {offered}: {wanted - offered} too few.",
                "Find mentors with this language, or check the languages and levels filled in.",
            )


def _nobody(context: CheckContext, code: str, role: str) -> Issue:
    return context.error(
        code,
        (Table.SCHOOLS, None, "role"),
        None,
        f"No school has the role {role}.",
        f"Fill in the role {role} for the schools meant.",
    )


def _countable(context: CheckContext) -> bool:
    """Whether counts mean something: every school was read, and both roles occur."""
    return context.schools_are_complete and bool(context.mentors) and bool(context.mentees)


def _demand(mentees: Iterable[School]) -> int:
    return sum(mentee.demand for mentee in mentees)


def _supply(mentors: Iterable[School]) -> int | None:
    """Places offered; None if a max load is empty, because the policy then decides."""
    total = 0
    for mentor in mentors:
        if mentor.max_load is None:
            return None
        total += mentor.max_load
    return total


def _working_languages(school: School) -> set[str]:
    return {
        skill.code for skill in school.languages if skill.level is None or skill.level.order >= Cefr.B2.order
    }

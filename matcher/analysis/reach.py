"""What an intake lacks under a policy, before anything is solved: who can be placed with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matcher.analysis.bars import commonest_bar
from matcher.analysis.model_words import Around, around_of, said
from matcher.analysis.wording import as_sentence, counted, listed
from matcher.encoding import Encoding
from matcher.intake.origin import Origin, Table
from matcher.issues import Issue, Severity
from matcher.problem.precheck import Conflict, ConflictKind, precheck
from matcher.profiles import Intake


def reach_issues(intake: Intake, origin: Origin, encoding: Encoding) -> tuple[Issue, ...]:
    """Find schools out of reach, too many rivals, and too few places under a policy.

    Parameters
    ----------
    intake : Intake
        As it was read: issues are located by its order.
    origin : Origin
        Where its records stand.
    encoding : Encoding
        The same intake under the policy.

    Returns
    -------
    tuple of Issue
        Mentees that no mentor may take, mentors with whom nobody may be placed, rivals who exceed the
        mentors in reach, demand beyond supply. Codes: ``mentee-out-of-reach``, ``mentor-out-of-reach``,
        ``too-many-rivals``, ``too-few-places``. A mentee out of reach is an error where the
        policy allows no mentee to stay unassigned, a warning otherwise.
    """
    row_of = {school.school_id: row for row, school in enumerate(intake.schools)}
    locator = _Locator(origin, row_of, encoding)
    return (
        *_mentees_alone(encoding, locator),
        *_mentors_alone(encoding, locator),
        *_shortages(encoding, locator),
    )


class _Locator:
    """Make issues about schools, each located in its row."""

    def __init__(self, origin: Origin, row_of: dict[str, int], encoding: Encoding) -> None:
        self._origin = origin
        self._around = around_of(encoding.policy)
        self._names = [school.name for school in encoding.intake.schools]
        self._row_of = row_of

    def issue(
        self, severity: Severity, code: str, problem: str, advice: str, school_id: str | None = None
    ) -> Issue:
        row = self._row_of[school_id] if school_id is not None else None
        field = "school_id" if school_id is not None else None
        place = self._origin.locate(Table.SCHOOLS, row, field)
        said_so, to_do = (said(words, self._around, self._names) for words in (problem, advice))
        return Issue(severity, code, place, school_id or "", said_so, to_do)


def _mentees_alone(encoding: Encoding, locator: _Locator) -> Iterator[Issue]:
    reached = np.bincount(encoding.problem.pair_mentee, minlength=len(encoding.mentee_ids))
    for mentee in np.flatnonzero(reached == 0).tolist():
        allowed = bool(encoding.problem.may_stay[mentee])
        bar = commonest_bar(encoding, mentee=mentee)
        because = as_sentence(bar) if bar else "There is no mentor in the intake."
        yield locator.issue(
            Severity.WARNING if allowed else Severity.ERROR,
            "mentee-out-of-reach",
            f"No mentor may take this mentee under this policy. {because}",
            "Correct the school's data, add a mentor in its reach, or relax the rule."
            if allowed
            else "Correct the school's data, add a mentor in its reach, relax the rule, or allow mentees "
            "to stay unassigned.",
            encoding.mentee_ids[mentee],
        )


def _mentors_alone(encoding: Encoding, locator: _Locator) -> Iterator[Issue]:
    if around_of(encoding.policy) is not Around.MENTOR or encoding.leads:
        return  # a hub, a group or a theme is formed where it is of use; it stands in no row of the intake
    reached = np.bincount(encoding.problem.pair_host, minlength=len(encoding.host_ids))
    for host in np.flatnonzero(reached == 0).tolist():
        bar = commonest_bar(encoding, host=host)
        because = as_sentence(bar) if bar else "There is no mentee in the intake."
        yield locator.issue(
            Severity.WARNING,
            "mentor-out-of-reach",
            f"No mentee may be placed with this mentor under this policy. {because}",
            "Correct the school's data or relax the rule; otherwise this mentor leads no cluster.",
            encoding.host_ids[host],
        )


def _shortages(encoding: Encoding, locator: _Locator) -> Iterator[Issue]:
    """Say what counting finds once every mentee is to be placed, whether or not the policy asks for it."""
    severity = Severity.WARNING if encoding.policy.rules.unassigned.allowed else Severity.ERROR
    everyone = np.zeros(encoding.problem.n_mentees, dtype=np.bool_)
    for conflict in precheck(replace(encoding.problem, may_stay=everyone)):
        if conflict.kind is ConflictKind.TOO_MANY_RIVALS:
            yield _rivals(encoding, locator, conflict, severity)
        elif conflict.kind is ConflictKind.TOO_FEW_PLACES:
            yield _places(encoding, locator, conflict, severity)


def _rivals(encoding: Encoding, locator: _Locator, conflict: Conflict, severity: Severity) -> Issue:
    names = listed([encoding.mentee_ids[mentee] for mentee in conflict.mentees])
    return locator.issue(
        severity,
        "too-many-rivals",
        f"These {conflict.needed} schools all exclude each other, and only "
        f"{counted(conflict.available, 'mentor is', 'mentors are')} in their reach: {names}.",
        "At least one of them cannot be placed. Check the rivalries, or add a mentor in their reach.",
        encoding.mentee_ids[conflict.mentees[0]],
    )


def _places(encoding: Encoding, locator: _Locator, conflict: Conflict, severity: Severity) -> Issue:
    countries = {school.country for school in encoding.intake.mentees}
    chosen = sorted({encoding.intake.mentees[mentee].country for mentee in conflict.mentees})
    where = f" ({listed(chosen)})" if len(chosen) < len(countries) else ""
    hosts = listed([encoding.host_ids[host] for host in conflict.hosts])
    return locator.issue(
        severity,
        "too-few-places",
        f"{counted(len(conflict.mentees), 'mentee', 'mentees')}{where} "
        f"{'needs' if len(conflict.mentees) == 1 else 'need'} "
        f"{counted(conflict.needed, 'place', 'places')} under this policy, but the mentors in their reach "
        f"offer {conflict.available}: {hosts}.",
        "Raise a largest load, add a mentor in their reach, or "
        + ("expect" if severity is Severity.WARNING else "allow (rules.unassigned.allowed)")
        + " schools to stay unassigned.",
    )

"""What is wrong with changes as a whole: unknown schools, wrong roles, rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.changes import Change, ChangeKind
from matcher.intake.changes_reader import ChangeRow
from matcher.intake.checks.context import CheckContext
from matcher.intake.checks.lookup import SchoolLookup
from matcher.intake.origin import IntakeReading, Table
from matcher.issues import Issue, Location, Severity
from matcher.policy.model import Policy
from matcher.profiles import Intake, Role, Strength

_ROLES = {
    ChangeKind.MENTOR_LEAVES: (Role.MENTOR, None),
    ChangeKind.SCHOOL_LEAVES: (Role.MENTEE, None),
    ChangeKind.CAPACITY: (Role.MENTOR, None),
    ChangeKind.PIN: (Role.MENTEE, Role.MENTOR),
    ChangeKind.MOVE: (Role.MENTEE, Role.MENTOR),
    ChangeKind.FORBID: (Role.MENTEE, Role.MENTOR),
}
_RULES = {
    ChangeKind.RIVALRY: "rivalry",
    ChangeKind.PIN: "lock",
    ChangeKind.MOVE: "lock",
    ChangeKind.FORBID: "forbid",
}
LEAVING = (ChangeKind.MENTOR_LEAVES, ChangeKind.SCHOOL_LEAVES)
_PLACING = (ChangeKind.PIN, ChangeKind.MOVE)
_PAIRS = (ChangeKind.RIVALRY, ChangeKind.FORBID)


def check_changes(
    rows: Sequence[ChangeRow],
    intake: Intake,
    policy: Policy,
    *,
    hosts: Mapping[str, str | None],
    joining: IntakeReading | None = None,
    faulty: Sequence[ChangeRow] = (),
) -> tuple[Issue, ...]:
    """Find everything that keeps changes from being applied.

    Parameters
    ----------
    rows : sequence of ChangeRow
    intake : Intake
        That of the plan to be changed.
    policy : Policy
        A rule that it switches off cannot carry a change.
    hosts : mapping of str to (str or None)
        The plan: mentee id to mentor id.
    joining : IntakeReading, optional
        Profiles of the new schools, and where they stand.
    faulty : sequence of ChangeRow
        Rows that were found faulty as they were read, of which no more than the schools is looked at.

    Returns
    -------
    tuple of Issue
        All faults, row by row.
    """
    checks = _Checks(intake, policy, hosts, joining)
    found = [issue for row in rows for issue in checks.row(row)]
    found += [issue for row in faulty for issue in checks.schools(row)]
    return (*found, *_contradictions(rows, hosts), *checks.joins())


def soft_notes(changes: Sequence[Change], policy: Policy) -> tuple[str, ...]:
    """Say which changes the policy only wishes for: it lets their rule give way at a price.

    Pins and moves are none of them: whoever asks for a mentor gets it, or hears that it cannot be.
    """
    kinds = dict.fromkeys(change.change for change in changes)
    return tuple(
        f"The policy lets the rule '{_RULES[kind]}' give way at a price, so '{kind.value}' is a wish here."
        for kind in kinds
        if kind in _PAIRS and getattr(policy.rules, _RULES[kind]).strength is Strength.SOFT
    )


class _Checks:
    def __init__(
        self, intake: Intake, policy: Policy, hosts: Mapping[str, str | None], joining: IntakeReading | None
    ) -> None:
        self._known = {school.school_id: school for school in intake.schools}
        self._joining = joining
        self._new = {one.school_id: one for one in joining.intake.schools} if joining else {}
        self._policy, self._hosts = policy, hosts
        both = intake.model_copy(update={"schools": (*intake.schools, *self._new.values())})
        self._lookup = SchoolLookup(CheckContext(IntakeReading(both)))

    def row(self, row: ChangeRow) -> Iterator[Issue]:
        """Faults of one row against the intake, the plan and the policy."""
        change = row.change
        if change.change is ChangeKind.SCHOOL_JOINS:
            yield from self._join(row)
            return
        yield from self.schools(row)
        if change.change is ChangeKind.RIVALRY and change.school == change.other:
            yield _error("same-school", row.at("other"), change.school, "A school is no rival of itself.",
                         "Write the other school's id.")  # fmt: skip
        school = self._known.get(change.school) or self._new.get(change.school)
        keeps = change.change is ChangeKind.PIN and change.other is None
        is_mentee = school is not None and school.role is Role.MENTEE
        if keeps and is_mentee and not self._hosts.get(change.school):
            yield _error("no-mentor", row.at("school"), change.school,
                         "The school has no mentor in the plan, so there is nothing to keep.",
                         "Write the mentor's id under 'Other school'.")  # fmt: skip
        rule = _RULES.get(change.change)
        if rule and getattr(self._policy.rules, rule).strength is Strength.OFF:
            yield _error("rule-off", row.at("change"), change.change.value,
                         f"The policy switches the rule '{rule}' off, so this would change nothing.",
                         f"Set rules.{rule}.strength in the policy, or leave the row out.")  # fmt: skip

    def schools(self, row: ChangeRow) -> Iterator[Issue]:
        """Find schools of one row that are unknown or have the wrong role."""
        change = row.change
        if change.change is ChangeKind.SCHOOL_JOINS:
            return
        roles = _ROLES.get(change.change, (None, None))
        named = (("school", change.school, roles[0]), ("other", change.other, roles[1]))
        for key, school_id, role in named:
            if school_id is not None:
                yield from self._school(row, key, school_id, role)

    def joins(self) -> Iterator[Issue]:
        """Find new schools that are there already."""
        if self._joining is None:
            return
        for at, school in enumerate(self._joining.intake.schools):
            if school.school_id not in self._known:
                continue
            place = self._joining.origin.locate(Table.SCHOOLS, at, "school_id")
            yield _error("duplicate-id", place, school.school_id,
                         "A new school has the id of a school that takes part already.",
                         "Give it an id of its own, or take it out of the new schools.")  # fmt: skip

    def _join(self, row: ChangeRow) -> Iterator[Issue]:
        school_id = row.change.school
        if school_id in self._new:
            return
        if school_id in self._known:
            problem, advice = "The school takes part already.", "Delete the row, or write the new one's id."
        elif self._joining is not None:
            problem = "The new schools' intake has no such school."
            advice = "Add its row there, or correct the id."
        else:
            problem = "The profile of the new school is missing."
            advice = "Give an intake that holds it with --new-schools."
        yield _error("unknown-school", row.at("school"), school_id, problem, advice)

    def _school(self, row: ChangeRow, key: str, school_id: str, role: Role | None) -> Iterator[Issue]:
        school = self._known.get(school_id) or self._new.get(school_id)
        place = row.at(key)
        if school is None:
            problem = "There is no such school in the plan's intake."
            yield _error("unknown-school", place, school_id, problem, self._lookup.advice(school_id))
        elif role is not None and school.role is not role:
            words = f"'{row.change.change.value}' needs a {role.value} here; this is a {school.role.value}."
            yield _error("wrong-role", place, school_id, words,
                         _role_advice(row.change.change, school.role))  # fmt: skip


def _role_advice(kind: ChangeKind, role: Role) -> str:
    if kind in LEAVING:
        return f"Write '{'mentor-leaves' if role is Role.MENTOR else 'school-leaves'}'."
    return "Correct the id; the mentee stands under 'School', the mentor under 'Other school'."


def _contradictions(rows: Sequence[ChangeRow], hosts: Mapping[str, str | None]) -> Iterator[Issue]:
    """Rows that cannot hold together."""
    leaving: dict[str, ChangeRow] = {}
    placed: dict[str, ChangeRow] = {}
    sized: dict[str, ChangeRow] = {}
    joined: dict[str, ChangeRow] = {}
    once = {ChangeKind.CAPACITY: sized, ChangeKind.SCHOOL_JOINS: joined}
    once |= dict.fromkeys(LEAVING, leaving) | dict.fromkeys(_PLACING, placed)
    for row in rows:
        seen = once.get(row.change.change)
        if seen is None:
            continue
        first = seen.setdefault(row.change.school, row)
        if first is not row:
            yield _error("changes-contradict", row.at("school"), row.change.school,
                         f"{first.at('school')} already says so, or otherwise, of this school.",
                         "Keep one of the two rows.")  # fmt: skip
    yield from _pairs_at_odds(rows, placed, hosts)
    for row in rows:
        change = row.change
        goal = _goal(row, hosts) if change.change in _PLACING else change.other
        for key, school_id in (("school", change.school), ("other", goal)):
            if school_id in leaving and leaving[school_id] is not row and change.change not in LEAVING:
                yield _error("changes-contradict", row.at(key), school_id or "",
                             f"{leaving[school_id].place} says that this school leaves.",
                             "Keep one of the two rows.")  # fmt: skip
        rival = placed.get(change.school) if change.change is ChangeKind.FORBID else None
        if rival is not None and _goal(rival, hosts) == change.other:
            yield _error("changes-contradict", row.at("other"), change.other or "",
                         f"{rival.place} puts the school with this very mentor.",
                         "Keep one of the two rows.")  # fmt: skip


def _pairs_at_odds(
    rows: Sequence[ChangeRow], placed: Mapping[str, ChangeRow], hosts: Mapping[str, str | None]
) -> Iterator[Issue]:
    """Find rivalries and forbidden pairs that stand there twice, and rivals put with one mentor."""
    told: dict[tuple[ChangeKind, frozenset[str]], ChangeRow] = {}
    for row in rows:
        change = row.change
        if change.change not in _PAIRS or change.other in (None, change.school):
            continue
        first = told.setdefault((change.change, frozenset((change.school, change.other))), row)
        if first is not row:
            yield _error("changes-contradict", row.at("other"), change.other,
                         f"{first.place} already says so of these two schools.",
                         "Keep one of the two rows.")  # fmt: skip
        if first is not row or change.change is not ChangeKind.RIVALRY:
            continue
        both = [placed[one] for one in (change.school, change.other) if one in placed]
        goals = {_goal(one, hosts) for one in both}
        if len(both) == 2 and len(goals) == 1 and None not in goals:
            yield _error("changes-contradict", row.at("other"), change.other,
                         f"{both[0].place} and {both[1].place} put these two rivals with the same mentor.",
                         "Take out one of the three rows.")  # fmt: skip
        rival = next((one for one in both if _goal(one, hosts) in (change.school, change.other)), None)
        if rival is not None:
            yield _error("changes-contradict", row.at("other"), change.other,
                         f"{rival.place} puts the one school with the other.",
                         "Keep one of the two rows.")  # fmt: skip


def _goal(row: ChangeRow, hosts: Mapping[str, str | None]) -> str | None:
    return row.change.other or hosts.get(row.change.school)


def _error(code: str, place: Location, value: str, problem: str, advice: str) -> Issue:
    return Issue(Severity.ERROR, code, place, value, problem, advice)

"""Groups of schools between which fairness is judged, from what the intake says of each school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from matcher.analysis.comparison_document import SchoolGroup
from matcher.profiles import Cefr, Intake, School

UNKNOWN = "unknown"
HIGH_NEED_SHARE = 1 / 3
"""Share of the schools to be placed, those with the highest need index, that have high need."""

_RURALITY = {"rural": "Rural", "intermediate": "Town or suburb", "urban": "Urban"}


@dataclass(frozen=True, slots=True)
class Grouping:
    """Schools in groups, family by family.

    Attributes
    ----------
    groups : tuple of SchoolGroup
        Every group that has a school to be placed, unknown ones last in each family.
    of : dict of str to (dict of str to str)
        Family → school id → key of its group.
    """

    groups: tuple[SchoolGroup, ...]
    of: dict[str, dict[str, str]]

    def keys_of(self, school_id: str) -> tuple[str, ...]:
        """Keys of a school's groups, one a family."""
        return tuple(members[school_id] for members in self.of.values() if school_id in members)


@dataclass(frozen=True, slots=True)
class _Family:
    key: str
    labels: dict[str, str]
    statement: str
    group: Callable[[School], str]


def school_groups(intake: Intake) -> Grouping:
    """Put every school into one group of each family; a school that does not say is counted apart.

    Parameters
    ----------
    intake : Intake
        Limits (the middle size, high need) are drawn from its schools to be placed.

    Returns
    -------
    Grouping
    """
    families = (
        _Family("rurality", _RURALITY, "by the surroundings that the school states", _rurality),
        _size(intake.mentees),
        _language(intake.schools),
        _need(intake.mentees),
    )
    of = {
        family.key: {school.school_id: f"{family.key}:{family.group(school)}" for school in intake.schools}
        for family in families
    }
    return Grouping(
        tuple(group for family in families for group in _groups(family, of[family.key], intake.mentees)), of
    )


def _groups(family: _Family, members: dict[str, str], mentees: Sequence[School]) -> list[SchoolGroup]:
    counts = Counter(members[school.school_id] for school in mentees)
    labels = family.labels | {UNKNOWN: "Not stated"}
    return [
        SchoolGroup(
            key=f"{family.key}:{name}",
            family=family.key,
            label=label,
            statement=family.statement,
            schools=counts[f"{family.key}:{name}"],
        )
        for name, label in labels.items()
        if counts[f"{family.key}:{name}"]
    ]


def _rurality(school: School) -> str:
    return UNKNOWN if school.rurality is None else str(school.rurality)


def _size(mentees: Sequence[School]) -> _Family:
    known = [school.pupils for school in mentees if school.pupils is not None]
    middle = median(known) if known else 0

    def group(school: School) -> str:
        if school.pupils is None:
            return UNKNOWN
        return "small" if school.pupils < middle else "large"

    said = f"small: fewer than {middle:g} pupils, the middle size of the schools to be placed"
    return _Family("size", {"small": "Small", "large": "Large"}, said, group)


def _language(schools: Sequence[School]) -> _Family:
    """Minority language: none of the school's native languages is the commonest one of its country here."""
    spoken: dict[str, Counter[str]] = {}
    for school in schools:
        spoken.setdefault(school.country, Counter()).update(_native(school))
    main = {
        country: {code for code, count in counts.items() if count == max(counts.values())}
        for country, counts in spoken.items()
    }

    def group(school: School) -> str:
        native = _native(school)
        if not native:
            return UNKNOWN
        return "minority" if native.isdisjoint(main[school.country]) else "majority"

    said = "minority: no language is native to the school that most schools of its country here have"
    return _Family("language", {"minority": "Minority language", "majority": "Main language"}, said, group)


def _native(school: School) -> set[str]:
    return {skill.code for skill in school.languages if skill.level is Cefr.NATIVE}


def _need(mentees: Sequence[School]) -> _Family:
    known = sorted((s.need_index for s in mentees if s.need_index is not None), reverse=True)
    limit = known[max(0, round(HIGH_NEED_SHARE * len(known)) - 1)] if known else 1.0

    def group(school: School) -> str:
        if school.need_index is None:
            return UNKNOWN
        return "high" if school.need_index >= limit else "other"

    said = f"high need: a need index of {limit:g} or more, the highest third of the schools to be placed"
    return _Family("need", {"high": "High need", "other": "Less need"}, said, group)

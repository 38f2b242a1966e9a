"""What was in the plan before, as far as a letter of a changed plan may say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from matcher.analysis.document import PlanDocument
from matcher.changes import ChangeKind
from matcher.profiles import Role
from matcher.report.letters.views import ClusterBefore, MentorBefore


class Earlier:
    """Looks up what a reader had before; nothing in a plan that was made anew.

    Parameters
    ----------
    document : PlanDocument
    """

    def __init__(self, document: PlanDocument) -> None:
        self._document = document
        self._report = document.rematch
        diffs = () if document.rematch is None else document.rematch.diffs
        self._diffs = {diff.school_id: diff for diff in diffs}

    def mentor_of(self, mentee_id: str) -> MentorBefore | None:
        """Say which mentor a mentee had; None if there was no plan before, or the mentee was not in it."""
        diff = self._diffs.get(mentee_id)
        if self._report is None or (diff is not None and diff.kind == "joined"):
            return None
        if diff is None:
            return MentorBefore(stays=True, name=None, left=False)
        left = diff.before is not None and diff.before not in self._ids
        return MentorBefore(stays=False, name=diff.before_name, left=left)

    def cluster_of(self, mentor_id: str) -> ClusterBefore | None:
        """Say who came to a mentor's cluster and who left it; None without a plan before."""
        if self._report is None:
            return None
        return ClusterBefore(
            joined=self._names(self._came.get(mentor_id, ())), gone=self._names(self._went.get(mentor_id, ()))
        )

    @cached_property
    def changed(self) -> frozenset[str]:
        """Ids of the readers whose letter says something else than before."""
        hosts = self._came.keys() | self._went.keys()
        clusters = [card for card in self._document.clusters if card.host_id in hosts]
        inside = {mentee for card in clusters for mentee in card.mentee_ids}
        return frozenset((hosts | inside | self._diffs.keys() | self._new_mentors) & self._ids)

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Schools that take part no more, by name where it is known, with their ids."""
        if self._report is None:
            return ()
        names = {diff.before: diff.before_name for diff in self._report.diffs}
        names |= {diff.school_id: diff.name for diff in self._report.diffs}
        leaving = (ChangeKind.MENTOR_LEAVES, ChangeKind.SCHOOL_LEAVES)
        gone = {one.school for one in self._report.changes if one.change in leaving}
        gone |= {diff.school_id for diff in self._report.diffs if diff.kind == "left"}
        return tuple(f"{names[one]} ({one})" if names.get(one) else one for one in sorted(gone))

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(card.school_id for card in self._document.schools)

    @property
    def _new_mentors(self) -> frozenset[str]:
        changes = () if self._report is None else self._report.changes
        joined = {one.school for one in changes if one.change is ChangeKind.SCHOOL_JOINS}
        return frozenset(
            card.school_id
            for card in self._document.schools
            if card.role is Role.MENTOR and card.school_id in joined
        )

    @cached_property
    def _came(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((diff.after, diff.school_id) for diff in self._diffs.values())

    @cached_property
    def _went(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((diff.before, diff.school_id) for diff in self._diffs.values())

    def _names(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Names in their own order, which says nothing more."""
        return tuple(sorted(self._diffs[one].name for one in ids))


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for host, mentee in pairs:
        if host is not None:
            found[host] = (*found.get(host, ()), mentee)
    return found

"""Why no plan exists, in the names of the schools concerned."""

from __future__ import annotations

from collections.abc import Callable

from matcher.analysis.bars import bars_on, commonest_bar
from matcher.analysis.wording import as_sentence, counted, listed
from matcher.encoding import Encoding
from matcher.problem.precheck import Conflict, ConflictKind, precheck
from matcher.rules.registry import rule_entries


def conflict_sentences(encoding: Encoding, *, places: bool = True) -> tuple[str, ...]:
    """Say which hard rules cannot hold together, as far as counting finds it.

    Parameters
    ----------
    encoding : Encoding
    places : bool
        Whether to say where places are too few, too.

    Returns
    -------
    tuple of str
        One sentence a finding, most specific first; empty when counting alone finds none.
    """
    return tuple(
        _SAYING[conflict.kind](encoding, conflict)
        for conflict in precheck(encoding.problem)
        if places or conflict.kind is not ConflictKind.TOO_FEW_PLACES
    )


def locks_explain_all(encoding: Encoding) -> bool:
    """Whether all that counting finds are locks of barred pairs: to search for less adds nothing to them."""
    kinds = {conflict.kind for conflict in precheck(encoding.problem)}
    return kinds == {ConflictKind.LOCK_NOT_ELIGIBLE}


def _mentees(encoding: Encoding, conflict: Conflict) -> str:
    return _named(encoding, encoding.mentee_ids, conflict.mentees)


def _hosts(encoding: Encoding, conflict: Conflict) -> str:
    return _named(encoding, encoding.host_ids, conflict.hosts)


def _named(encoding: Encoding, ids: tuple[str, ...], positions: tuple[int, ...]) -> str:
    names = {school.school_id: school.name for school in encoding.intake.schools}
    return listed([f"{names[ids[at]]} ({ids[at]})" for at in positions])


def _no_host(encoding: Encoding, conflict: Conflict) -> str:
    bar = commonest_bar(encoding, mentee=conflict.mentees[0])
    because = f" {as_sentence(bar)}" if bar else ""
    return f"{_mentees(encoding, conflict)} must be placed, but no mentor may take it.{because}"


def _lock_not_eligible(encoding: Encoding, conflict: Conflict) -> str:
    bars = bars_on(encoding, conflict.mentees[0], conflict.hosts[0])
    reason = listed([bar.rstrip(".") for bar in bars]) if bars else "the mentor has too few places"
    return (
        f"{_mentees(encoding, conflict)} is locked to {_hosts(encoding, conflict)}, "
        f"but a hard rule bars the pair: {as_sentence(reason)}"
    )


def _two_locks(encoding: Encoding, conflict: Conflict) -> str:
    return (
        f"{_mentees(encoding, conflict)} is locked to several mentors at once: {_hosts(encoding, conflict)}."
    )


def _too_few_places(encoding: Encoding, conflict: Conflict) -> str:
    return (
        f"{counted(len(conflict.mentees), 'school', 'schools')} must be placed and "
        f"need {counted(conflict.needed, 'place', 'places')}, but "
        f"the {counted(len(conflict.hosts), 'mentor', 'mentors')} in their reach "
        f"{'offers' if len(conflict.hosts) == 1 else 'offer'} only {conflict.available}: "
        f"{_mentees(encoding, conflict)}."
    )


def _too_many_rivals(encoding: Encoding, conflict: Conflict) -> str:
    return (
        f"These {conflict.needed} schools all exclude each other, must all be placed, and only "
        f"{counted(conflict.available, 'mentor is', 'mentors are')} in reach: {_mentees(encoding, conflict)}."
    )


def _minimum_out_of_reach(encoding: Encoding, conflict: Conflict) -> str:
    return (
        f"{_hosts(encoding, conflict)} must fill at least {counted(conflict.needed, 'place', 'places')}, "
        f"but the mentees that may be placed with it fill only {conflict.available}."
    )


def _rivals_together(encoding: Encoding, conflict: Conflict) -> str:
    return (
        f"{_mentees(encoding, conflict)} must be kept apart, yet links that must hold put them together "
        "in one cluster."
    )


def _no_common_host(encoding: Encoding, conflict: Conflict) -> str:
    return f"{_mentees(encoding, conflict)} must share a cluster, but no mentor may take them all."


def _quota_out_of_reach(encoding: Encoding, conflict: Conflict) -> str:
    label = next(entry.label for entry in rule_entries(encoding.policy) if entry.key == conflict.key)
    return (
        f"The quota '{label}' asks for at least {conflict.needed}, but the rules leave no more than "
        f"{conflict.available} to be had."
    )


_SAYING: dict[ConflictKind, Callable[[Encoding, Conflict], str]] = {
    ConflictKind.NO_HOST: _no_host,
    ConflictKind.LOCK_NOT_ELIGIBLE: _lock_not_eligible,
    ConflictKind.TWO_LOCKS: _two_locks,
    ConflictKind.TOO_FEW_PLACES: _too_few_places,
    ConflictKind.TOO_MANY_RIVALS: _too_many_rivals,
    ConflictKind.MINIMUM_OUT_OF_REACH: _minimum_out_of_reach,
    ConflictKind.RIVALS_TOGETHER: _rivals_together,
    ConflictKind.NO_COMMON_HOST: _no_common_host,
    ConflictKind.QUOTA_OUT_OF_REACH: _quota_out_of_reach,
}

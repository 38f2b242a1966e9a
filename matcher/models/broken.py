"""What a plan would break, in plain words, before there is a document to say it in."""

from __future__ import annotations

from collections.abc import Callable

from matcher.encoding import Encoding
from matcher.encoding.reserve import row_label
from matcher.rules.registry import RULES, rule_entries
from matcher.solution import Violation


def breach_words(encoding: Encoding, one: Violation) -> str:
    """Say one breach of a hard rule: the rule, the schools concerned, by how much.

    Parameters
    ----------
    encoding : Encoding
    one : Violation
        Of the encoding's problem.

    Returns
    -------
    str
        A phrase that begins with the rule's name, without a full stop.
    """
    say = _SAYING.get(one.rule.partition(":")[0])
    return f"“{one.rule}”: {_who(encoding, one)}" if say is None else say(encoding, one)


def _who(encoding: Encoding, one: Violation) -> str:
    return " and ".join(_named(encoding, encoding.mentee_ids[at]) for at in one.mentees)


def _where(encoding: Encoding, one: Violation) -> str:
    return " and ".join(_named(encoding, encoding.host_ids[at]) for at in one.hosts)


def _named(encoding: Encoding, school_id: str) -> str:
    school = next((one for one in encoding.intake.schools if one.school_id == school_id), None)
    return school_id if school is None else f"{school.name} ({school_id})"


def _count(encoding: Encoding, one: Violation) -> str:
    kind, _, key = one.rule.partition(":")
    label = next((entry.label for entry in rule_entries(encoding.policy) if entry.key == key), key)
    place = f" in the cluster of {_where(encoding, one)}" if kind == "composition" else ""
    return f"“{label}” would be missed by {one.amount}{place}"


def _row(_encoding: Encoding, one: Violation) -> str:
    return f"“{row_label(one.rule.partition(':')[2])}” would be missed"


def _apart(encoding: Encoding, one: Violation) -> str:
    keys = [link.key for link in encoding.apart if (link.first, link.second) == one.mentees]
    label = RULES[keys[0]].label if keys and keys[0] in RULES else "To be kept apart"
    return f"“{label}”: {_who(encoding, one)} would share the cluster of {_where(encoding, one)}"


def _least(encoding: Encoding, one: Violation) -> str:
    least = max(int(encoding.problem.min_load[at]) for at in one.hosts)
    filled = least - one.amount
    return f"“{RULES['load'].label}”: {_where(encoding, one)} would fill {filled} of at least {least} places"


def _most(encoding: Encoding, one: Violation) -> str:
    return f"“{RULES['load'].label}”: {_where(encoding, one)} would have {one.amount} more than it has places"


def _separate(encoding: Encoding, one: Violation) -> str:
    return f"“{RULES['must_link'].label}”: {_who(encoding, one)} would not be together"


def _lock(encoding: Encoding, one: Violation) -> str:
    return f"“{RULES['lock'].label}”: {_who(encoding, one)} is locked to {_where(encoding, one)}"


def _left(encoding: Encoding, one: Violation) -> str:
    return f"“{RULES['unassigned'].label}”: {_who(encoding, one)} would have no mentor"


_SAYING: dict[str, Callable[[Encoding, Violation], str]] = {
    "composition": _count,
    "quota": _count,
    "row": _row,
    "cannot-link": _apart,
    "min-load": _least,
    "max-load": _most,
    "must-link": _separate,
    "lock": _lock,
    "must-assign": _left,
}

"""Leads of hubs: a school leads at most one, and a lock to a school is a lock to any hub that it leads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.encoding.units import price_units
from matcher.features.pairs import PairList
from matcher.forming import Formed
from matcher.policy.model import Policy
from matcher.problem import Row
from matcher.profiles import Intake, LinkKind
from matcher.rules.declared import declared_links

_LEAD, _LOCK = "lead:", "lead-lock:"


def encode_leads(formed: Formed, given: Intake, policy: Policy, pairs: PairList) -> tuple[Row, ...]:
    """Turn hubs of several leads into rows; none where hosts are no hubs.

    Parameters
    ----------
    formed : Formed
    given : Intake
        The intake before hubs were formed of its mentors.
    policy : Policy
    pairs : PairList
        Eligible pairs.

    Returns
    -------
    tuple of Row
        One for each school that could lead more than one hub, then one for each lock in force.
    """
    return (*_once(formed, pairs), *_locks(formed, given, policy, pairs)) if policy.chooses_leads else ()


def _once(formed: Formed, pairs: PairList) -> Iterator[Row]:
    hosts = [school.school_id for school in formed.intake.mentors]
    for lead in sorted({lead for leads in formed.leads.values() for lead in leads}):
        led = np.array([lead in formed.leads[host] for host in hosts], dtype=np.int64)
        if led.sum() > 1:
            yield Row(f"{_LEAD}{lead}", np.zeros(len(pairs), np.int64), led, None, 1, None)


def _locks(formed: Formed, given: Intake, policy: Policy, pairs: PairList) -> Iterator[Row]:
    hosts = [school.school_id for school in formed.intake.mentors]
    mentees = {school.school_id: at for at, school in enumerate(formed.intake.mentees)}
    mentors = {school.school_id for school in given.mentors}
    for one in declared_links(given, policy, LinkKind.LOCK):
        ends = (one.link.school_a, one.link.school_b)
        mentee, lead = ends if ends[0] in mentees else ends[::-1]
        if mentee not in mentees or lead not in mentors:
            continue
        led = np.array([lead in formed.leads[host] for host in hosts], dtype=np.bool_)
        chosen = (pairs.mentee == mentees[mentee]) & led[pairs.host]
        yield Row(
            key=f"{_LOCK}{mentee}:{lead}",
            pair_weight=chosen.astype(np.int64),
            open_weight=np.zeros(len(hosts), np.int64),
            at_least=1,
            at_most=None,
            price=None if one.hard else price_units(one.price),
        )


def is_lead_row(key: str) -> bool:
    """Whether a row says that a school leads at most one hub."""
    return key.startswith(_LEAD)


def is_lock_row(key: str) -> bool:
    """Whether a row locks a mentee to any hub of one school."""
    return key.startswith(_LOCK)


def lead_words(key: str) -> str:
    """Say a row of this kind in a phrase; empty for any other."""
    if is_lead_row(key):
        return f"{key.removeprefix(_LEAD)} leads at most one cluster"
    if is_lock_row(key):
        mentee, _, lead = key.removeprefix(_LOCK).partition(":")
        return f"{mentee} is locked to a cluster that {lead} leads"
    return ""

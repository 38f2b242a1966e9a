"""What holds for a school holds for each host that it leads: maturity, links and wishes, carried over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.profiles import Link, LinkKind, MaturityRecord, Preference


def carry_maturity(
    records: Iterable[MaturityRecord], led: dict[str, list[str]], mentors: set[str]
) -> Iterator[MaturityRecord]:
    """Leave mentees' records as they are; a host gets the newest of each lead, as of one day."""
    newest: dict[tuple[str, str, str, str | None], list[MaturityRecord]] = {}
    for record in records:
        if record.school_id not in mentors:
            yield record
        elif record.value is not None:
            held = newest.setdefault((record.school_id, record.instrument, record.area, record.group), [])
            if held and _day(record) > _day(held[0]):
                held.clear()
            if not held or _day(record) == _day(held[0]):
                held.append(record)
    last: dict[str, str] = {}
    for (school, *_), held in newest.items():
        last[school] = max(last.get(school, ""), _day(held[0]))
    used = {
        (school, instrument)
        for (school, instrument, *_), held in newest.items()
        if _day(held[0]) == last[school]
    }
    kept = [
        one
        for (school, instrument, *_), held in newest.items()
        for one in held
        if (school, instrument) in used
    ]
    day = max((one.taken_on for one in kept if one.taken_on is not None), default=None)
    for record in kept:
        for hub in led.get(record.school_id, ()):
            taken_on = record.taken_on if hub == record.school_id else day
            yield record.model_copy(update={"school_id": hub, "taken_on": taken_on})


def _day(record: MaturityRecord) -> str:
    return record.taken_on.isoformat() if record.taken_on else ""


def carry_links(links: Iterable[Link], led: dict[str, list[str]], mentors: set[str]) -> Iterator[Link]:
    """Say every link of a lead of each of its hubs; locks and links among mentors fall away."""
    for link in links:
        ends = [end for end in (link.school_a, link.school_b) if end in mentors]
        if not ends or link.kind is LinkKind.MUST_LINK:
            yield link
        elif len(ends) == 1 and link.kind is not LinkKind.LOCK:
            (lead,) = ends
            other = link.school_b if lead == link.school_a else link.school_a
            for hub in led.get(lead, ()):
                why = f"its lead {lead}{f': {link.reason}' if link.reason else ''}"
                yield link.model_copy(update={"school_a": other, "school_b": hub, "reason": why})


def carry_wishes(
    wishes: Iterable[Preference], led: dict[str, list[str]], mentors: set[str]
) -> Iterator[Preference]:
    """Say every wish of and for a lead of each of its hubs, at the better rank."""
    best: dict[tuple[str, str], int] = {}
    for wish in wishes:
        froms = led.get(wish.from_school, []) if wish.from_school in mentors else [wish.from_school]
        tos = led.get(wish.to_school, []) if wish.to_school in mentors else [wish.to_school]
        for one in froms:
            for other in tos:
                best[one, other] = min(wish.rank, best.get((one, other), wish.rank))
    for (one, other), rank in sorted(best.items()):
        yield Preference(from_school=one, to_school=other, rank=rank)

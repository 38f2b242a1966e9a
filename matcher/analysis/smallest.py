"""The smallest conflict in words: one sentence for the whole, then what is demanded."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from matcher.analysis.barred_pairs import pair_bars
from matcher.analysis.bars import rule_label
from matcher.analysis.concede import host_name, mentee_name
from matcher.analysis.wording import as_sentence, counted, listed
from matcher.encoding import Encoding
from matcher.encoding.budget import budget_label, budget_of, euro_words
from matcher.encoding.reserve import PROGRAMME, reserve_hosts, reserve_of, reserve_places, row_label
from matcher.features.countries import country_name
from matcher.features.languages import language_name
from matcher.problem import Row
from matcher.questions.conflict import ConflictState, OnCheck, SmallestConflict, find_conflict
from matcher.questions.demands import Demand, DemandKind, Demands, list_demands
from matcher.questions.oracle import Oracle
from matcher.rules.judge import barred_reasons
from matcher.rules.registry import rule_entries

MOST_NAMES = 12
"""Schools named in one line."""


def smallest_conflict(
    encoding: Encoding,
    should_stop: Callable[[], bool] | None = None,
    on_check: OnCheck | None = None,
    budget: float = math.inf,
) -> tuple[Demands, SmallestConflict, tuple[str, ...]]:
    """Find the smallest conflict of an intake under a policy, and say it.

    Parameters
    ----------
    encoding : Encoding
    should_stop : callable, optional
    on_check : callable, optional
        Called after each check.
    budget : float, optional
        Work units of all checks together; what is not settled by then is said to be so.

    Returns
    -------
    demands : Demands
    conflict : SmallestConflict
    lines : tuple of str
        See :func:`conflict_lines`.
    """
    demands = list_demands(encoding.problem, pair_bars(encoding), reserve_hosts(encoding))
    oracle = Oracle(demands, should_stop=should_stop, budget=budget)
    conflict = find_conflict(demands, oracle, seed=encoding.policy.solve.seed, on_check=on_check)
    return demands, conflict, conflict_lines(encoding, demands, conflict)


def conflict_lines(
    encoding: Encoding, demands: Demands, conflict: SmallestConflict, *, names: int = MOST_NAMES
) -> tuple[str, ...]:
    """Say a conflict: first the whole in one sentence, then each kind of demand, then what is proven.

    Parameters
    ----------
    encoding : Encoding
    demands : Demands
    conflict : SmallestConflict
    names : int
        Schools named in one line at most; of others it is said how many they are.

    Returns
    -------
    tuple of str
        Sentences; empty when there is no conflict.
    """
    if conflict.state is ConflictState.NONE:
        return ()
    if conflict.state is ConflictState.UNSETTLED:
        return ("Whether the rules contradict each other was not settled within the limit.",)
    by_kind: dict[DemandKind, list[Demand]] = {}
    for one in conflict.demands:
        by_kind.setdefault(one.kind, []).append(one)
    lines = [_headline(encoding, demands, by_kind, names)]
    told = {DemandKind.BAR} | (
        {DemandKind.LOCK} if set(by_kind) <= {DemandKind.BAR, DemandKind.LOCK} else set()
    )
    lines += [_line(encoding, kind, found, names) for kind, found in by_kind.items() if kind not in told]
    placed = {one.mentee for one in by_kind.get(DemandKind.PLACED, [])}
    lines += _bar_lines(encoding, demands, by_kind.get(DemandKind.BAR, []), placed, names)
    return (*lines, _proof(conflict))


def _proof(conflict: SmallestConflict) -> str:
    number = len(conflict.demands)
    together = f"Proven: these {number:,} demands cannot be kept together"
    if conflict.minimal and number == 1:
        return "Proven: this 1 demand cannot be kept, whatever else is given up."
    if conflict.minimal:
        return f"{together}, and can without any one of them."
    return (
        f"{together}; that each of them is needed was not proven within the limit for "
        f"{len(conflict.unsettled)} of them."
    )


def _headline(
    encoding: Encoding, demands: Demands, by_kind: dict[DemandKind, list[Demand]], names: int
) -> str:
    kinds = set(by_kind) - {DemandKind.BAR}
    placed = [one.mentee for one in by_kind.get(DemandKind.PLACED, [])]
    reach = _reach(demands, placed, by_kind.get(DemandKind.BAR, []))
    speak = _in_reach_words(encoding, placed, reach, by_kind.get(DemandKind.BAR, []))
    if kinds == {DemandKind.PLACED, DemandKind.APART}:
        links = len(by_kind[DemandKind.APART])
        if links == len(placed) * (len(placed) - 1) // 2:
            return (
                f"These {len(placed)} schools all exclude each other, must all be placed, and only {speak}."
            )
    if kinds == {DemandKind.PLACED}:
        return f"{_names(encoding, placed, names)} must be placed, but no mentor may take it."
    if kinds == {DemandKind.PLACED, DemandKind.MOST}:
        places = sum(int(encoding.problem.max_load[one.host]) for one in by_kind[DemandKind.MOST])
        return (
            f"{counted(len(placed), 'school', 'schools')} must be placed, but only {speak}, "
            f"with {counted(places, 'place', 'places')} in all{_short(len(placed) - places)}."
        )
    if DemandKind.ROW in kinds and kinds <= {DemandKind.ROW, DemandKind.PLACED, DemandKind.MOST}:
        said = [_reserve_words(encoding, one.key) for one in by_kind[DemandKind.ROW]]
        if all(said):
            schools = f", and {counted(len(placed), 'school', 'schools')} must be placed" if placed else ""
            return f"{' '.join(said)}{schools}."
    if kinds == {DemandKind.LOCK}:
        locks = [
            f"{mentee_name(encoding, d.mentee)} to {host_name(encoding, d.host)}"
            for d in by_kind[DemandKind.LOCK]
        ]
        why = "a hard rule bars the pair" if len(locks) == 1 else "they cannot all hold"
        return f"Locked: {listed(locks)}; but {why}."
    return "These demands cannot all be kept:"


def _reserve_words(encoding: Encoding, key: str) -> str:
    """Say how many places a reserve keeps of how many, or what a budget allows; empty for another row."""
    group = reserve_of(key)
    row = next(one for one in encoding.problem.rows if one.key == key)
    if budget_of(key) is not None:
        return budget_conflict(encoding, row)
    if group is None:
        return ""
    places = reserve_places(encoding, key)
    where = "over all countries" if group == PROGRAMME else f"in {country_name(group)}"
    kept = places - (row.at_most or 0)
    return (
        f"{counted(kept, 'place is', 'places are')} to stay free {where}, "
        f"where the mentors have {counted(places, 'place', 'places')} in all"
    )


def budget_conflict(encoding: Encoding, row: Row) -> str:
    """Say what a budget allows, and what the schools that must be placed cost at least, each by itself."""
    problem = encoding.problem
    said = f"{budget_label(row.key)}: at most {euro_words(row.at_most or 0)}"
    least = np.full(problem.n_mentees, np.iinfo(np.int64).max, np.int64)
    np.minimum.at(least, problem.pair_mentee, row.pair_weight)
    must = ~problem.may_stay & np.isin(np.arange(problem.n_mentees), problem.pair_mentee)
    if not must.any():
        return said
    schools = counted(int(must.sum()), "school", "schools")
    return (
        f"{said}, while {schools} that must be placed cost {euro_words(int(least[must].sum()))} even if each "
        "had the cheapest mentor, before what each cluster costs"
    )


def _short(missing: int) -> str:
    return f": {counted(missing, 'place', 'places')} too few" if missing > 0 else ""


def _reach(demands: Demands, mentees: list[int], bars: list[Demand]) -> list[int]:
    """Hosts that the bars of the conflict leave to any of these mentees."""
    problem, mask = demands.problem, demands.bars.mask
    open_pairs = np.zeros(mask.shape, np.bool_)
    open_pairs[problem.pair_mentee, problem.pair_host] = True
    bits = np.zeros(problem.n_mentees, np.uint16)
    for one in bars:
        bits[one.mentee] |= 1 << demands.bars.keys.index(one.key)
    open_pairs |= (mask != 0) & ((mask & bits[:, None]) == 0)
    found: list[int] = np.flatnonzero(open_pairs[mentees].any(axis=0)).tolist()
    return found


def _in_reach_words(encoding: Encoding, mentees: list[int], reach: list[int], bars: list[Demand]) -> str:
    """Say how many mentors are in reach and, where one rule decides, in its own words."""
    number = counted(len(reach), "mentor", "mentors")
    rules = {one.key for one in bars}
    schools = [encoding.intake.mentees[at] for at in mentees]
    if rules == {"language"}:
        common = set.intersection(*({skill.code for skill in school.languages} for school in schools))
        if common:
            spoken = listed([language_name(code) for code in sorted(common)], "or")
            return f"{number} {'speaks' if len(reach) == 1 else 'speak'} {spoken} well enough"
    if rules == {"region"}:
        return f"{number} may take schools of their region"
    if rules == {"phase"}:
        return f"{number} {'covers' if len(reach) == 1 else 'cover'} their phase"
    if rules == {"country"}:
        return f"{number} {'is' if len(reach) == 1 else 'are'} in their country"
    return f"{number} {'is' if len(reach) == 1 else 'are'} in reach"


def _names(encoding: Encoding, mentees: list[int], names: int) -> str:
    return listed([mentee_name(encoding, at) for at in mentees], limit=names)


def _line(  # noqa: PLR0911 - one a kind
    encoding: Encoding, kind: DemandKind, found: list[Demand], names: int
) -> str:
    problem = encoding.problem
    two = [
        f"{mentee_name(encoding, d.mentee)} and {mentee_name(encoding, d.other)}"
        for d in found
        if d.other >= 0
    ]
    match kind:
        case DemandKind.PLACED:
            return f"Must be placed: {_names(encoding, [d.mentee for d in found], names)}."
        case DemandKind.LOCK:
            pairs = [f"{mentee_name(encoding, d.mentee)} to {host_name(encoding, d.host)}" for d in found]
            return f"Locked: {listed(pairs, limit=names)}."
        case DemandKind.APART if len(found) > names:
            schools = sorted({at for d in found for at in (d.mentee, d.other)})
            pairs_of = counted(len(found), "pair", "pairs")
            return f"Must be kept apart: {pairs_of} out of {_names(encoding, schools, names)}."
        case DemandKind.APART:
            return f"Must be kept apart: {listed(two, limit=names)}."
        case DemandKind.TOGETHER:
            return f"Must stay together: {listed(two, limit=names)}."
        case DemandKind.MOST:
            loads = [f"{host_name(encoding, d.host)} {problem.max_load[d.host]}" for d in found]
            return f"Places at most: {listed(loads, limit=names)}."
        case DemandKind.LEAST:
            loads = [f"{host_name(encoding, d.host)} {problem.min_load[d.host]}" for d in found]
            return f"Places at least: {listed(loads, limit=names)}."
        case _:
            labels = {entry.key: entry.label for entry in rule_entries(encoding.policy)}
            return f"Must hold: {listed([f'“{labels.get(d.key, row_label(d.key))}”' for d in found])}."


def _bar_lines(
    encoding: Encoding, demands: Demands, bars: list[Demand], named: set[int], names: int
) -> list[str]:
    """Say which rules keep how many schools from the other mentors; of a single school with its values."""
    rules: dict[str, list[Demand]] = {}
    for one in bars:
        rules.setdefault(one.key, []).append(one)
    lines = []
    for key, found in rules.items():
        bit = demands.bars.keys.index(key)
        barred = np.stack([(demands.bars.mask[d.mentee] >> bit) & 1 for d in found]).any(axis=0)
        hosts = np.flatnonzero(barred).tolist()
        mentees = [d.mentee for d in found]
        all_named = len(mentees) > 1 and set(mentees) == named
        whom = f"all {len(mentees)} of them" if all_named else _names(encoding, mentees, names)
        text = f"The rule “{rule_label(key)}” bars {whom} from {counted(len(hosts), 'mentor', 'mentors')}"
        if len(found) == 1 and len(hosts) == 1:
            reasons = barred_reasons(
                encoding.intake, encoding.features, encoding.policy, found[0].mentee, hosts[0]
            )
            text += "".join(f": {sentence.rstrip('.')}" for name, sentence in reasons if name == key)
        lines.append(as_sentence(text))
    return lines

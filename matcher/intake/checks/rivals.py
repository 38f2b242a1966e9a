"""Checks of rivalries: more mutual rivals in a country than mentors to keep them apart."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from matcher.intake.checks.wording import counted
from matcher.intake.origin import Table
from matcher.profiles import LinkKind, Role, Strength

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from matcher.intake.checks.context import CheckContext
    from matcher.issues import Issue

_MOST_CLIQUES = 10_000  # a graph may have exponentially many; real declarations have a handful


def check_rivals(context: CheckContext) -> Iterator[Issue]:
    """Find mutually rival mentees of a country that outnumber its mentors: some must stay unassigned."""
    if not context.schools_are_complete:
        return
    hosts = Counter(mentor.country for mentor in context.mentors)
    for country, rivals in _rivalries(context).items():
        if not hosts[country] or not _may_outnumber(rivals, hosts[country]):
            continue
        clique = largest_clique(rivals)
        if hosts[country] < len(clique):
            named = ", ".join(f"{context.schools[one].name} ({one})" for one in clique)
            first = next(at for (a, b), at in rivals.items() if a in clique and b in clique)
            yield context.warning(
                "rivals-exceed-hosts",
                (Table.LINKS, first, "kind"),
                LinkKind.RIVALRY,
                f"These {len(clique)} mentees are all rivals of each other, and {country} has "
                f"{counted(hosts[country], 'mentor')} to keep them apart: {named}.",
                "Find more mentors, or make some of the rivalries soft; otherwise some stay unassigned.",
            )


def _may_outnumber(rivals: Collection[tuple[str, str]], hosts: int) -> bool:
    """Whether anybody is left when schools with fewer rivals than hosts are taken out, again and again.

    Each member of a clique of more than `hosts` schools has at least so many rivals in it.
    """
    pairs = list(rivals)
    while True:
        count = Counter(name for pair in pairs for name in pair)
        left = [pair for pair in pairs if min(count[pair[0]], count[pair[1]]) >= hosts]
        if len(left) == len(pairs):
            return bool(left)
        pairs = left


def largest_clique(rivals: dict[tuple[str, str], int]) -> tuple[str, ...]:
    """Return the largest set of schools that are all rivals of each other, sorted; the first of equals.

    Parameters
    ----------
    rivals : dict of (str, str) to int
        Pairs of rivals (keys).

    Notes
    -----
    Maximal cliques by C. Bron and J. Kerbosch, *Algorithm 457*, CACM 16 (1973), as in networkx. Nodes are
    numbers, because the order of a set of texts changes from run to run.
    """
    import networkx as nx  # noqa: PLC0415 - `import matcher` stays light

    names = sorted({name for pair in rivals for name in pair})
    number = {name: at for at, name in enumerate(names)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_edges_from(sorted((number[a], number[b]) for a, b in rivals))
    cliques = (sorted(clique) for clique in islice(nx.find_cliques(graph), _MOST_CLIQUES))
    best = min(cliques, key=lambda clique: (-len(clique), clique), default=[])
    return tuple(names[at] for at in best)


def _rivalries(context: CheckContext) -> dict[str, dict[tuple[str, str], int]]:
    """Hard rivalries in force between mentees of one country: country → pair → position of the link."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for at, link in context.links_in_force:
        first, second = context.schools.get(link.school_a), context.schools.get(link.school_b)
        if link.kind is not LinkKind.RIVALRY or link.strength is not Strength.HARD:
            continue
        if first is None or second is None or first is second or first.country != second.country:
            continue
        if first.role is second.role is Role.MENTEE:
            pair = (min(link.school_a, link.school_b), max(link.school_a, link.school_b))
            found.setdefault(first.country, {}).setdefault(pair, at)
    return dict(sorted(found.items()))

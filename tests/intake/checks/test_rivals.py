from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from matcher.intake.checks.rivals import largest_clique
from matcher.profiles import Strength
from tests.intake.checks.builders import check, codes, link, mentee, mentor, only


def test_three_mutual_rivals_and_two_mentors_are_a_warning_with_names() -> None:
    schools = (mentor("M1"), mentor("M2"), mentee("E1"), mentee("E2"), mentee("E3"))
    links = (link("rivalry", "E1", "E2"), link("rivalry", "E2", "E3"), link("rivalry", "E3", "E1"))
    issue = only(check(*schools, links=links), "rivals-exceed-hosts")
    assert not issue.is_error
    assert "HR has 2 mentors" in issue.problem
    assert issue.problem.endswith("School E1 (E1), School E2 (E2), School E3 (E3).")


def test_rivals_in_a_chain_or_soft_ones_need_no_third_mentor() -> None:
    schools = (mentor("M1"), mentor("M2"), mentee("E1"), mentee("E2"), mentee("E3"))
    chain = (link("rivalry", "E1", "E2"), link("rivalry", "E2", "E3"))
    assert codes(check(*schools, links=chain)) == []
    soft = (*chain, link("rivalry", "E3", "E1", strength=Strength.SOFT))
    assert codes(check(*schools, links=soft)) == []


@given(st.sets(st.sampled_from(list(combinations("abcdef", 2)))))
def test_the_largest_clique_is_as_large_as_trying_all_subsets_finds(pairs: set[tuple[str, str]]) -> None:
    cliques = [
        subset
        for size in range(1, 7)
        for subset in combinations("abcdef", size)
        if all(pair in pairs for pair in combinations(subset, 2))
        and {n for p in pairs for n in p} >= set(subset)
    ]
    best = max((len(clique) for clique in cliques), default=0)
    found = largest_clique(dict.fromkeys(sorted(pairs), 0))
    assert len(found) == best
    assert all(pair in pairs for pair in combinations(found, 2))

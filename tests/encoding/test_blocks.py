from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encoding.cohesion import meeting_pairs, summed_by_pair
from matcher.encoding.eligibility import judged_pairs, pair_blocks
from matcher.encoding.units import price_units, to_units
from matcher.features.build import build_features
from matcher.features.pairs import PairList
from matcher.generate import generate_intake
from matcher.policy.model import Policy
from matcher.rules.judge import judge_pairs


@given(st.integers(0, 12), st.integers(0, 6), st.integers(1, 20))
def test_blocks_hold_every_pair_once_and_in_order(n_mentees: int, n_hosts: int, size: int) -> None:
    blocks = list(pair_blocks(n_mentees, n_hosts, size))
    found = [
        pair for block in blocks for pair in zip(block.mentee.tolist(), block.host.tolist(), strict=True)
    ]
    assert found == [(i, j) for i in range(n_mentees) for j in range(n_hosts)]
    assert all(len(block) <= max(size, n_hosts) for block in blocks)


def test_judging_in_blocks_keeps_exactly_the_pairs_that_no_hard_rule_bars(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matcher.encoding.eligibility.pair_blocks", lambda n, m: pair_blocks(n, m, 7))
    intake, policy = generate_intake(mentors=6, mentees=20, seed=5), Policy()
    features = build_features(intake, policy)
    pairs, outcomes = judged_pairs(intake, features, policy)
    whole = PairList.every(20, 6)
    verdicts = judge_pairs(intake, features, policy, whole)
    kept = ~np.logical_or.reduce([verdict.forbids for verdict in verdicts])
    assert pairs.mentee.tolist() == whole.mentee[kept].tolist()
    assert pairs.host.tolist() == whole.host[kept].tolist()
    for outcome, verdict in zip(outcomes, verdicts, strict=True):
        assert outcome.key == verdict.key
        assert outcome.unknown.tolist() == verdict.unknown[kept].tolist()


@given(st.data())
def test_mentees_meet_exactly_where_they_have_a_host_in_common(data: st.DataObject) -> None:
    n, m = data.draw(st.integers(1, 7)), data.draw(st.integers(1, 4))
    grid = st.lists(st.booleans(), min_size=n * m, max_size=n * m)
    reach = np.array(data.draw(grid), dtype=bool).reshape(n, m)
    every = list(combinations(range(n), 2))
    apart = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    mentee, host = (axis.astype(np.int64) for axis in np.nonzero(reach))
    found = meeting_pairs(
        PairList(mentee, host), n, m, np.array(sorted(apart), dtype=np.int64).reshape(-1, 2)
    )
    expected = [[i, k] for i, k in every if (reach[i] & reach[k]).any() and (i, k) not in apart]
    assert found.tolist() == expected


def test_values_of_one_pair_add_up_and_zeros_are_left_out() -> None:
    pairs = np.array([[1, 2], [0, 1], [1, 2], [0, 1]], dtype=np.int64)
    rows, values = summed_by_pair(pairs, np.array([5, 3, 4, -3], dtype=np.int64), 3)
    assert rows.tolist() == [[1, 2]]
    assert values.tolist() == [9]


def test_points_become_units_by_rounding_to_the_nearest() -> None:
    assert to_units(np.array([0.0000014, 0.0000016])).tolist() == [1, 2]
    assert price_units(12.5) == 12_500_000


def test_an_unknown_never_becomes_a_number() -> None:
    with pytest.raises(ValueError, match="finite"):
        to_units(np.array([1.0, np.nan]))

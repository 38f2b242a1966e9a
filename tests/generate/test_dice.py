"""Draws are seeded, fair enough, and within their bounds."""

from __future__ import annotations

from collections import Counter

from matcher.generate.dice import Dice
from matcher.generate.roster import share_out


def test_the_same_key_gives_the_same_draws_and_another_key_others() -> None:
    assert [Dice(1, 2).uniform() for _ in range(2)] == [Dice(1, 2).uniform()] * 2
    assert Dice(1, 2).uniform() != Dice(2, 1).uniform()


def test_the_stream_is_the_one_that_the_committed_files_were_made_from() -> None:
    assert round(Dice(2021, 0, 0).uniform(), 12) == 0.756947827935


def test_whole_numbers_take_both_ends() -> None:
    dice = Dice(7)
    assert {dice.whole(3, 5) for _ in range(100)} == {3, 4, 5}


def test_an_item_without_weight_is_never_picked() -> None:
    dice = Dice(7)
    assert {dice.pick("abc", (1.0, 0.0, 1.0)) for _ in range(200)} == {"a", "c"}


def test_a_sample_has_no_item_twice_and_prefers_the_heavy() -> None:
    dice = Dice(7)
    first: Counter[str] = Counter()
    for _ in range(200):
        drawn = dice.sample("abcd", 3, (100.0, 1.0, 1.0, 1.0))
        assert len(set(drawn)) == 3
        first[drawn[0]] += 1
    assert first.most_common(1)[0][0] == "a"


def test_a_normal_draw_has_the_mean_and_the_deviation_asked_for() -> None:
    dice = Dice(7)
    draws = [dice.normal(10.0, 2.0) for _ in range(4000)]
    mean = sum(draws) / len(draws)
    spread = (sum((x - mean) ** 2 for x in draws) / len(draws)) ** 0.5
    assert abs(mean - 10.0) < 0.15  # standard error 0.03
    assert abs(spread - 2.0) < 0.15


def test_a_total_is_shared_out_evenly_and_the_last_may_take_two_of_the_rest() -> None:
    assert share_out(10, 4) == [3, 3, 2, 2]
    assert share_out(100, 6, extra_to_last=True) == [17, 17, 16, 16, 16, 18]

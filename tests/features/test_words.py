"""Small pieces of sentences."""

from __future__ import annotations

import doctest

import pytest

from matcher.features import words
from matcher.features.words import say_challenge, say_lacking
from matcher.profiles import Challenge


def test_the_examples_in_the_docstrings_hold() -> None:
    result = doctest.testmod(words)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("challenge", list(Challenge))
def test_a_challenge_reads_as_plain_words(challenge: Challenge) -> None:
    said = say_challenge(challenge)
    assert said.lower().replace("-", " ") == challenge.value.replace("-", " ")


@pytest.mark.parametrize(
    ("mentee", "host", "who"),
    [(True, False, "the mentee"), (False, True, "the mentor"), (True, True, "either school")],
)
def test_it_is_said_whose_data_is_missing(mentee: bool, host: bool, who: str) -> None:
    assert say_lacking("phases", mentee, host) == f"not known: no phases given for {who}"

"""Small pieces of the sentences about criteria."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.profiles import Challenge

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def say_challenge(challenge: Challenge) -> str:
    """Name a policy challenge in running text.

    Examples
    --------
    >>> say_challenge(Challenge.STEM), say_challenge(Challenge.MULTI_AGE)
    ('STEM', 'multi-age classes')
    """
    if challenge is Challenge.STEM:
        return "STEM"
    return "multi-age classes" if challenge is Challenge.MULTI_AGE else challenge.value.replace("-", " ")


def say_ordinal(number: int) -> str:
    """Say a rank in words up to ten.

    Examples
    --------
    >>> say_ordinal(1), say_ordinal(12)
    ('first', 'number 12')
    """
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"number {number}"


def say_list(words: Sequence[str]) -> str:
    """Join words as in a sentence.

    Examples
    --------
    >>> say_list(["a"]), say_list(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def say_lacking(what: str, mentee_lacks: bool, host_lacks: bool) -> str:  # noqa: FBT001 - two sides, two flags
    """Say whose data is missing.

    Examples
    --------
    >>> say_lacking("pupils", False, True)
    'not known: no pupils given for the mentor'
    """
    if mentee_lacks and host_lacks:
        return f"not known: no {what} given for either school"
    return f"not known: no {what} given for the {'mentee' if mentee_lacks else 'mentor'}"

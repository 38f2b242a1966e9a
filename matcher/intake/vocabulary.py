"""Word lists: many spellings and languages, one code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from matcher.intake.folding import closest, fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Vocabulary(Generic[T]):
    """The words that a column understands.

    Attributes
    ----------
    codes : dict of str to T
        The word as a template offers it → what it means. These are what a writer writes.
    aliases : dict of T to str
        Further words for a meaning, separated by ``|``: English labels and other languages.
    objections : dict of str to str
        Why words that seem to fit are not taken → these words, separated by ``|``.
    index : dict of str to T
        Every folded word → its meaning (derived).
    labels : dict of str to str
        Every folded word → how to spell it in a message (derived).
    """

    codes: Mapping[str, T]
    aliases: Mapping[str, str] = field(default_factory=dict)
    objections: Mapping[str, str] = field(default_factory=dict)
    index: dict[str, T] = field(init=False, default_factory=dict)
    labels: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for code, meaning in self.codes.items():
            self._add(code, meaning, code)
            for word in self.aliases.get(code, "").split("|"):
                if word.strip():
                    self._add(word, meaning, word.strip())

    def _add(self, word: str, meaning: T, label: str) -> None:
        folded = fold(word)
        if self.index.get(folded, meaning) != meaning:
            raise ValueError(f"the word '{word}' has two meanings")
        self.index[folded] = meaning
        self.labels.setdefault(folded, label)

    def lookup(self, word: str) -> T | None:
        """Return what `word` means, whatever its case, accents and punctuation; None if it is not known."""
        return self.index.get(fold(word))

    def objection(self, word: str) -> str | None:
        """Return why a word that seems to fit is not taken; None if nothing is known against it."""
        folded = fold(word)
        found = (why for why, words in self.objections.items() if folded in map(fold, words.split("|")))
        return next(found, None)

    def suggest(self, word: str) -> str | None:
        """Return the nearest known word, spelt properly, or None when nothing is near."""
        found = closest(word, self.index)
        return self.labels[found] if found else None

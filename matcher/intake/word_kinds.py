"""Columns of known words: one word, a list of words, languages with levels, regions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.intake.faults import Fault, Parsed, error, refused, warning
from matcher.intake.grid import RawCell
from matcher.intake.kinds import CellValue
from matcher.intake.languages import COUNTRIES, LANGUAGES, suggest_language
from matcher.intake.vocabulary import Vocabulary
from matcher.intake.words import LEVELS, YES_NO
from matcher.profiles import Cefr, LanguageSkill

_ITEMS = re.compile(r"[;,\n]")
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.)]|[•*–-])\s+")
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Coded:
    """One word out of a list."""

    what: str
    words: Vocabulary[Any]

    @property
    def choices(self) -> Mapping[str, object]:
        """Words offered by the template's drop-down."""
        return self.words.codes

    @property
    def format(self) -> str:
        """What to write, in plain words."""
        return "one of: " + ", ".join(self.words.codes)

    def parse(self, cell: RawCell) -> Parsed:
        """Look the word up, in any of the languages."""
        meaning = self.words.lookup(cell.text)
        return (
            Parsed(None, (unknown_word(cell.text, self.what, self.words),))
            if meaning is None
            else Parsed(meaning)
        )

    def write(self, value: Any) -> CellValue:
        """Return the word that stands for `value`."""
        return next(word for word, meaning in self.words.codes.items() if meaning == value)


@dataclass(frozen=True, slots=True)
class Country:
    """A European country, by its ISO code or its name."""

    format: str = "the country's two-letter ISO code, such as HR or IT"
    choices: Mapping[str, object] = field(default_factory=dict)

    def parse(self, cell: RawCell) -> Parsed:
        """Look the country up by code or name."""
        code = COUNTRIES.lookup(cell.text)
        if code is not None:
            return Parsed(code)
        near = COUNTRIES.suggest(cell.text) if len(cell.text) > 3 else None
        advice = f"Did you mean '{near}'? " if near else ""
        return refused("country-unknown", "This is not a European country.", f"{advice}Write {self.format}.")

    def write(self, value: Any) -> CellValue:
        """Return the code."""
        return str(value)


@dataclass(frozen=True, slots=True)
class CodedList:
    """Several words out of a list, in order; separated by semicolons, commas or new lines.

    With `as_set` the meanings are sets, and the value is their union.
    """

    what: str
    words: Vocabulary[Any]
    as_set: bool = False

    @property
    def choices(self) -> Mapping[str, object]:
        """Words offered by the template's drop-down."""
        return self.words.codes

    @property
    def format(self) -> str:
        """What to write, in plain words."""
        return "one or more, separated by semicolons: " + ", ".join(self.words.codes)

    def parse(self, cell: RawCell) -> Parsed:
        """Look every word up; a word that stands twice counts once, with a warning."""
        meanings: list[Any] = []
        faults: list[Fault] = []
        for item in _items(cell.text):
            meaning = self.words.lookup(item) or self.words.lookup(_NUMBERING.sub("", item))
            if meaning is None:
                faults.append(unknown_word(item, self.what, self.words))
            elif meaning in meanings:
                faults.append(_twice(item))
            else:
                meanings.append(meaning)
        value = frozenset().union(*meanings) if self.as_set else tuple(meanings)
        return Parsed(value, tuple(faults))

    def write(self, value: Any) -> CellValue:
        """Return the words, separated by semicolons."""
        return "; ".join(
            sorted(str(item) for item in value) if self.as_set else [str(item) for item in value]
        )


@dataclass(frozen=True, slots=True)
class Languages:
    """Working languages with their levels."""

    format: str = (
        "languages with a level from A1 to C2 or native, separated by semicolons: it (native); en (B2)"
    )
    choices: Mapping[str, object] = field(default_factory=dict)

    def parse(self, cell: RawCell) -> Parsed:
        """Read codes or names of languages, each with or without a level."""
        skills: list[LanguageSkill] = []
        faults: list[Fault] = []
        for item in _items(cell.text):
            skill, wrong = _skill(item)
            known = next((old for old in skills if skill and old.code == skill.code), None)
            if skill is None:
                faults.extend(wrong)
            elif known is None:
                skills.append(skill)
            elif known == skill:
                faults.append(_twice(item))
            else:
                faults.append(
                    error(
                        "language-twice",
                        f"The language '{skill.code}' stands here with two different levels.",
                        "Keep the one that holds for the staff who will work with the cluster.",
                    )
                )
        return Parsed(tuple(skills), tuple(faults))

    def write(self, value: Any) -> CellValue:
        """Return ``it (native); en (B2); de``."""
        return "; ".join(f"{skill.code} ({skill.level})" if skill.level else skill.code for skill in value)


@dataclass(frozen=True, slots=True)
class Regions:
    """Several NUTS codes, each standing for all regions that begin with it."""

    format: str = "NUTS 2024 codes, separated by semicolons; a short code stands for all regions within"
    choices: Mapping[str, object] = field(default_factory=dict)

    def parse(self, cell: RawCell) -> Parsed:
        """Read the codes; they are judged once the whole row is known."""
        codes: list[str] = []
        faults: list[Fault] = []
        for item in _items(cell.text):
            if item in codes:
                faults.append(_twice(item))
            else:
                codes.append(item)
        return Parsed(tuple(codes), tuple(faults))

    def write(self, value: Any) -> CellValue:
        """Return the codes, separated by semicolons."""
        return "; ".join(value)


def unknown_word(word: str, what: str, words: Vocabulary[Any]) -> Fault:
    """Return the fault of a word that a list does not have, with the nearest word as advice."""
    objection = words.objection(word)
    near = None if objection else words.suggest(word)
    listed = ", ".join(list(words.codes)[:_SHOWN])
    advice = f"Did you mean '{near}'?" if near else f"Write one of: {listed}."
    if objection:
        advice = f"Write one of: {listed}; or leave the cell empty if you do not know."
    problem = objection or f"'{word}' is not {what} that the form knows."
    return error("unknown-word", problem, advice)


def _items(text: str) -> list[str]:
    return [item.strip() for item in _ITEMS.split(text) if item.strip()]


def _twice(item: str) -> Fault:
    return warning(
        "listed-twice", f"'{item}' stands twice in this cell; it counts once.", "Delete one of them."
    )


_LEVEL = re.compile(
    r"(?P<language>.*?)[\s:=(/–-]+(?P<level>(?:[abc] ?[0-9]\+?|"
    + "|".join(
        re.escape(word) for word in sorted(LEVELS.labels.values(), key=len, reverse=True) if len(word) > 2
    )
    + r"))\s*\)?",
    re.IGNORECASE,
)


def _skill(item: str) -> tuple[LanguageSkill | None, list[Fault]]:
    found = _LEVEL.fullmatch(item)
    name = found["language"].strip(" -–:=(") if found else item
    level: Cefr | None = None
    if found:
        level = LEVELS.lookup(found["level"].replace(" ", "") if len(found["level"]) == 3 else found["level"])
        if level is None:
            return None, [unknown_word(found["level"], "a language level", LEVELS)]
    code = LANGUAGES.lookup(name)
    if code is not None:
        return LanguageSkill(code=code, level=level), []
    near = suggest_language(name)
    advice = f"Did you mean '{near}'?" if near else "Write the two-letter ISO code, such as it or en."
    return None, [error("unknown-language", f"'{name}' is not a language that the form knows.", advice)]


@dataclass(frozen=True, slots=True)
class YesNo(Coded):
    """Yes or no."""

    what: str = "an answer"
    words: Vocabulary[Any] = YES_NO

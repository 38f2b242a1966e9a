"""NUTS 2024 regions of the six MenSI countries, and what became of the codes of NUTS 2021.

The codes and names are those of Commission Delegated Regulation (EU) 2023/674 (NUTS 2024, in force since
1 January 2024). For other countries there is no table: a code is then judged by its country letters alone.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from matcher.issues import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHAPE = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_NUTS_LETTERS = {"GR": "EL", "GB": "UK"}  # the only countries whose NUTS letters are not their ISO code
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class RegionFault:
    """What is wrong with a region as it was written, ready to become an issue."""

    severity: Severity
    code: str
    problem: str
    advice: str


@cache
def regions() -> Mapping[str, str]:
    """Name of each NUTS 2024 region (levels 1 to 3) of the six countries, by code."""
    return MappingProxyType({row["code"]: row["label"] for row in _rows("nuts_2024.csv")})


@cache
def successors() -> Mapping[str, tuple[str, ...]]:
    """NUTS 2021 codes that no longer exist: the 2024 codes that together or alone took their place."""
    rows = _rows("nuts_2021_changes.csv")
    return MappingProxyType({row["code_2021"]: tuple(row["codes_2024"].split()) for row in rows})


def codes_named(name: str, country: str | None) -> tuple[str, ...]:
    """Codes of the regions that bear `name` (or nearly so) in `country`, sorted; empty if there are none.

    Case, accents and punctuation do not count; each half of a bilingual name, or some of its words, will do.
    """
    names = _codes_by_name(nuts_letters(country) if country else "")
    wanted = _folded(name)
    if wanted in names or not wanted:
        return names.get(wanted, ())
    part = [name for name in names if set(wanted.split()) <= set(name.split())]
    near = part or get_close_matches(wanted, names, n=1, cutoff=0.8)
    return tuple(sorted({code for name in near for code in names[name]}))[:_SHOWN]


def nuts_letters(country: str) -> str:
    """Return the two letters with which the NUTS codes of a country (ISO code) begin."""
    return _NUTS_LETTERS.get(country, country)


def region_fault(text: str, country: str | None) -> RegionFault | None:
    """Judge a region as it was written.

    Parameters
    ----------
    text : str
        The cell's text.
    country : str or None
        The school's country (ISO code); None where the region need not be of one country, as in a list of
        eligible regions.

    Returns
    -------
    RegionFault or None
        None for a NUTS 2024 code of the country, and for a well-formed code of a country without a table.
    """
    code = text.strip()
    letters = nuts_letters(country) if country else None
    if not _SHAPE.fullmatch(code):
        return _not_a_code(code, country)
    if letters and code[:2] != letters:
        return _other_country(code, country or "", letters)
    if code in successors():
        return _outdated(code)
    if code in regions() or len(code) == 2 or code[:2] not in _tabled():
        return None
    return _unknown(code)


def _not_a_code(text: str, country: str | None) -> RegionFault:
    if text.upper() in regions():
        return RegionFault(
            Severity.ERROR,
            "region-unknown",
            "A NUTS code is written in capitals.",
            f"Write {text.upper()}.",
        )
    named = codes_named(text, country)
    if named:
        return RegionFault(
            Severity.ERROR,
            "region-name",
            "This is a region's name, not its NUTS code.",
            f"Write {_listed(named)}.",
        )
    return RegionFault(
        Severity.ERROR,
        "region-unknown",
        "This is not a NUTS code.",
        "Write the NUTS 2024 code: two letters for the country and up to three characters, such as ITG1.",
    )


def _other_country(code: str, country: str, letters: str) -> RegionFault:
    return RegionFault(
        Severity.ERROR,
        "region-country",
        f"{code} is not a region of the school's country, {country}.",
        f"Correct the region (its code begins with {letters}) or the country.",
    )


def _outdated(code: str) -> RegionFault:
    new = successors()[code]
    if len(new) == 1:
        return RegionFault(
            Severity.WARNING,
            "region-renamed",
            f"This is a code of NUTS 2021; since NUTS 2024 the region is {new[0]}.",
            f"Write {_listed(new)}; codes of two editions are not recognised as the same region.",
        )
    return RegionFault(
        Severity.ERROR,
        "region-split",
        "This is a code of NUTS 2021, and NUTS 2024 split the region.",
        f"Choose by the school's place: {_listed(new)}.",
    )


def _unknown(code: str) -> RegionFault:
    near = [
        known for known in get_close_matches(code, regions(), n=_SHOWN, cutoff=0.6) if known[:2] == code[:2]
    ]
    parent = next((code[:size] for size in (4, 3) if code[:size] in regions()), None)
    inside = [known for known in regions() if parent and known.startswith(parent) and len(known) == len(code)]
    guess = inside[:_SHOWN] or sorted(near)
    hint = f"Did you mean {_listed(tuple(guess))}?" if guess else "Look the code up in the NUTS 2024 list."
    return RegionFault(Severity.ERROR, "region-unknown", f"{code} is not a region of NUTS 2024.", hint)


def _listed(codes: tuple[str, ...]) -> str:
    return " or ".join(f"{code} ({regions()[code]})" for code in codes)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("matcher.intake").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _tabled() -> frozenset[str]:
    return frozenset(code[:2] for code in regions())


@cache
def _codes_by_name(letters: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, label in sorted(regions().items()):
        if code.startswith(letters):
            for part in {_folded(label), *(_folded(half) for half in label.split("/"))}:
                found.setdefault(part, []).append(code)
    return MappingProxyType({name: tuple(codes) for name, codes in sorted(found.items())})


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))

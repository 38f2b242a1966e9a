"""Whom a school can contact inside the programme: one contact for all, or one for a country.

Given with the command and never read from the intake, which holds no contact data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.analysis.document import PlanDocument
from matcher.exceptions import UsageError

_COUNTRY = re.compile(r"\s*([A-Za-z]{2})\s*=\s*(.*)", re.DOTALL)
_NO_COUNTRY = re.compile(r"\s*(\w+)\s*=")
"""One word and an equals sign: meant for a country, whatever the word is."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """A contact for everybody, and those of single countries.

    Attributes
    ----------
    everybody : str or None
    by_country : dict of str to str
        ISO 3166-1 alpha-2 code → contact.
    """

    everybody: str | None = None
    by_country: dict[str, str] = field(default_factory=dict)

    def of(self, country: str) -> str | None:
        """Return the contact for schools of a country."""
        return self.by_country.get(country, self.everybody)


def read_contacts(texts: Sequence[str], document: PlanDocument) -> Contacts:
    """Read contacts such as ``Mentoring desk, desk@example.org`` and ``HR=CARNET desk, Zagreb``.

    Parameters
    ----------
    texts : sequence of str
    document : PlanDocument
        Its schools tell which countries there are.

    Returns
    -------
    Contacts

    Raises
    ------
    UsageError
        For an empty contact, two for the same readers, one for a country without a school, or a word before
        an equals sign that is no code of two letters.
    """
    found: dict[str, str] = {}
    countries = {card.country for card in document.schools}
    for text in texts:
        match, wrong = _COUNTRY.fullmatch(text), _NO_COUNTRY.match(text)
        if wrong and not match:
            raise UsageError(
                f"--contact '{text}': {wrong[1]} is no country code of two letters, such as "
                f"{min(countries, default='IT')}."
            )
        country, contact = (match[1].upper(), match[2].strip()) if match else ("", text.strip())
        if not contact:
            raise UsageError(f"--contact '{text}' says nobody. Write a name and an address.")
        if country and country not in countries:
            raise UsageError(f"--contact '{text}': the plan has no school in {country}.")
        if country in found:
            whom = f"schools in {country}" if country else "everybody"
            raise UsageError(f"--contact is given twice for {whom}. Keep one of the two.")
        found[country] = contact
    return Contacts(found.pop("", None), found)

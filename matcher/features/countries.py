"""Names of countries."""

from __future__ import annotations

SEVERAL_COUNTRIES = "ZZ"
"""Stands where schools of several countries are one: a code that ISO 3166-1 leaves to its users."""
COUNTRY_NAMES = {
    "AL": "Albania", "AD": "Andorra", "AT": "Austria", "BA": "Bosnia and Herzegovina", "BE": "Belgium",
    "BG": "Bulgaria", "BY": "Belarus", "CH": "Switzerland", "CY": "Cyprus", "CZ": "Czech Republic",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "ES": "Spain", "FI": "Finland", "FR": "France",
    "GB": "United Kingdom", "GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland",
    "IS": "Iceland", "IT": "Italy", "LI": "Liechtenstein", "LT": "Lithuania", "LU": "Luxembourg",
    "LV": "Latvia", "MC": "Monaco", "MD": "Moldova", "ME": "Montenegro", "MK": "North Macedonia",
    "MT": "Malta", "NL": "Netherlands", "NO": "Norway", "PL": "Poland", "PT": "Portugal", "RO": "Romania",
    "RS": "Serbia", "SE": "Sweden", "SI": "Slovenia", "SK": "Slovakia", "SM": "San Marino",
    "TR": "Türkiye", "UA": "Ukraine", "XK": "Kosovo",
    SEVERAL_COUNTRIES: "several countries",
}  # fmt: skip


def country_name(code: str) -> str:
    """Name a country in English, e.g. ``Italy`` for ``IT``; the code itself if it has no name here.

    Examples
    --------
    >>> country_name("HR"), country_name("QQ")
    ('Croatia', 'QQ')
    """
    return COUNTRY_NAMES.get(code, code)

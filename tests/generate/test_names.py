"""Invented names must not be those of real schools."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from matcher.generate import generate_intake
from matcher.generate.names import STOCKS
from matcher.intake.folding import fold

REGISTER = Path(__file__).resolve().parents[3] / "shared" / "realdata" / "six_country_schools.csv"


@pytest.mark.skipif(not REGISTER.exists(), reason="the public register is not here")
def test_no_epithet_and_no_name_occurs_in_the_public_registers() -> None:
    real: dict[str, list[str]] = {country: [] for country in STOCKS}
    with REGISTER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            real[row["country"]].append(f" {fold(row['name'])} ")
    for country, stock in STOCKS.items():
        everything = "\n".join(real[country])
        assert [word for word in stock.epithets if f" {fold(word)} " in everything] == []
    for school in generate_intake().schools:
        assert f" {fold(school.name)} " not in real[school.country]


@pytest.mark.parametrize("country", sorted(STOCKS))
def test_the_stock_of_names_of_a_country_is_complete(country: str) -> None:
    stock = STOCKS[country]
    assert sum(kind.share for kind in stock.kinds) == pytest.approx(1.0)
    assert len(set(stock.epithets)) == len(stock.epithets) >= 30
    assert all("{}" in text for text in (*stock.authorities, *(kind.pattern for kind in stock.kinds)))

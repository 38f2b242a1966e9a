from __future__ import annotations

import pytest

from matcher.intake.nuts import codes_named, region_fault, regions, successors
from tests.intake.checks.builders import check, codes, mentee, mentor, only


def test_the_table_holds_only_codes_of_the_six_countries_and_no_code_of_2021_alone() -> None:
    assert {code[:2] for code in regions()} == {"BE", "CZ", "HR", "HU", "IT", "PT"}
    assert not set(successors()) & set(regions())
    assert {new for codes_2024 in successors().values() for new in codes_2024} <= set(regions())


@pytest.mark.parametrize("code", ["ITG1", "ITG12", "IT", "PT1A0"])
def test_a_code_of_nuts_2024_is_fine(code: str) -> None:
    assert region_fault(code, code[:2]) is None


def test_a_code_of_a_country_without_a_table_is_judged_by_its_letters_only() -> None:
    assert region_fault("EL30", "GR") is None
    assert region_fault("DE21H", "DE") is None
    fault = region_fault("DE21H", "FR")
    assert fault is not None
    assert fault.code == "region-country"


@pytest.mark.parametrize(
    ("text", "country", "code", "in_advice"),
    [
        ("PT16B", "PT", "region-renamed", "PT1D1 (Oeste)"),
        ("PT170", "PT", "region-split", "PT1A0 (Grande Lisboa) or PT1B0 (Península de Setúbal)"),
        ("PT16I", "PT", "region-split", "PT1D2 (Médio Tejo) or PT195 (Beira Baixa)"),
        ("ITG9", "IT", "region-unknown", "ITG1 (Sicilia)"),
        ("ITG1", "HR", "region-country", "begins with HR"),
        ("Sicilia", "IT", "region-name", "ITG1 (Sicilia)"),
        ("ZAGREBACKA", "HR", "region-name", "HR065 (Zagrebačka županija)"),
        ("itg1", "IT", "region-unknown", "Write ITG1."),
        ("nowhere", "IT", "region-unknown", "NUTS 2024 code"),
    ],
)
def test_a_faulty_region_comes_with_what_to_write(text: str, country: str, code: str, in_advice: str) -> None:
    fault = region_fault(text, country)
    assert fault is not None
    assert fault.code == code
    assert in_advice in fault.advice


def test_a_name_is_not_looked_for_in_other_countries() -> None:
    assert codes_named("Sicilia", "HR") == ()


def test_own_and_eligible_regions_of_an_intake_are_judged() -> None:
    schools = (mentor("M1", region="HR02", eligible_regions=("HR02", "HR99")), mentee("E1", region="HU11"))
    issues = check(*schools)
    assert only(issues, "region-unknown").value == "HR02; HR99"
    assert only(issues, "region-country").value == "HU11"
    assert all(issue.is_error for issue in issues if issue.code.startswith("region"))


def test_eligible_regions_may_lie_across_the_border() -> None:
    schools = (mentor("M1", eligible_regions=("HU21", "HR")), mentee("E1", region="HR021"))
    assert codes(check(*schools)) == []

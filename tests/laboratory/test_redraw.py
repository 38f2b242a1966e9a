"""Maturity values drawn anew: the stated distribution, whatever the order of the rows."""

from __future__ import annotations

from statistics import fmean, pstdev

import pytest

from matcher import match
from matcher.laboratory.placing import kept_share
from matcher.laboratory.redraw import redraw, uncertain_values
from matcher.laboratory.variant import Draw
from matcher.policy.loader import policy_from_mapping
from matcher.profiles import Intake, MaturityRecord
from matcher.routes.compare import compare
from tests.encoding.builders import intake, school
from tests.laboratory.torn import INTAKE, torn_policy


def record(school_id: str = "a", instrument: str = "selfie", **fields: object) -> MaturityRecord:
    values = {"school_id": school_id, "instrument": instrument, "area": "A", "value": 3.0} | fields
    return MaturityRecord.model_validate(values)


def drawn(one: MaturityRecord, draws: int = 4_000) -> list[float]:
    given = Intake(maturity=(one,))
    values = [redraw(given, Draw(at, 0)).maturity[0].value for at in range(draws)]
    return [value for value in values if value is not None]


def test_a_mean_of_16_people_is_drawn_with_a_standard_error_of_a_fifth() -> None:
    values = drawn(record(n=16))
    assert fmean(values) == pytest.approx(3.0, abs=0.01)
    assert pstdev(values) == pytest.approx(0.8 / 4, rel=0.05)


@pytest.mark.parametrize("n", [None, 0])
def test_without_a_number_of_respondents_five_stand_in(n: int | None) -> None:
    assert pstdev(drawn(record(n=n))) == pytest.approx(0.8 / 5**0.5, rel=0.05)


def test_a_level_is_another_one_in_a_fifth_of_the_draws() -> None:
    values = drawn(record(instrument="hr-eschools", area="1"))
    assert set(values) == {2.0, 3.0, 4.0}
    assert values.count(2.0) / len(values) == pytest.approx(0.1, abs=0.015)
    assert values.count(4.0) / len(values) == pytest.approx(0.1, abs=0.015)


def test_values_stay_on_the_scale_of_their_instrument() -> None:
    assert max(drawn(record(value=4.9, n=1))) == 5.0
    assert set(drawn(record(instrument="cz-skola21", area="1", value=4.0))) == {3.0, 4.0}


def test_what_is_unknown_or_cannot_be_read_stays_as_it_is() -> None:
    given = Intake(maturity=(record(value=None), record(value=7.0), record(instrument="nobody's")))
    assert redraw(given, Draw(1, 0)) == given
    assert uncertain_values(given) == 0


def test_the_order_of_the_rows_and_other_rows_do_not_matter() -> None:
    rows = [record(school_id, group=group, n=9) for school_id in "ab" for group in ("leaders", "teachers")]
    one = redraw(Intake(maturity=tuple(rows)), Draw(3, 5)).maturity
    other = redraw(Intake(maturity=tuple(reversed(rows[1:]))), Draw(3, 5)).maturity
    assert other == tuple(reversed(one[1:]))
    assert len({row.value for row in one}) == 4


def test_names_of_one_area_and_group_are_drawn_alike() -> None:
    one, other = (
        record(area="A", group="pupils"),
        record("a", "SELFIE report", area="Leadership", group="Students"),
    )
    assert drawn(one, 5) == drawn(other, 5)


def test_draws_and_seeds_differ_and_each_is_repeatable() -> None:
    given = Intake(maturity=(record(n=9),))
    seen = {redraw(given, Draw(at, seed)).maturity[0].value for at in (1, 2) for seed in (0, 1)}
    assert len(seen) == 4
    assert redraw(given, Draw(1, 0)) == redraw(given, Draw(1, 0))


def test_the_share_of_pairs_kept_is_that_of_matching_each_drawn_intake() -> None:
    """Held against plans made one by one on the drawn intakes."""
    pairs = (("a", 1.2), ("b", 2.2), ("c", 2.6), ("m1", 2.8), ("m2", 3.3), ("m3", 3.4))
    given = intake(*(school(name, max_load=1) if name[0] == "m" else school(name) for name, _ in pairs))
    rows = tuple(record(name, value=value, n=2) for name, value in pairs)
    given = given.model_copy(update={"maturity": rows})
    plain = torn_policy().model_dump(mode="json")
    for key in plain["criteria"]:
        if key != "unknown":
            plain["criteria"][key]["weight"] = int(key == "maturity_band")
    policy = policy_from_mapping(plain)

    def plan(of: Intake) -> dict[str, tuple[str, ...]]:
        return {row.mentee_id: (row.host_id,) for row in match(of, policy).document.assignments}

    draws = [plan(redraw(given, Draw(at, 7))) for at in (1, 2, 3, 4)]
    shares = [kept_share(plan(given), one) or 0.0 for one in draws]
    found = compare(given, [policy], noise=4, seed=7).document
    assert 0 < fmean(shares) < 1  # else the test would say nothing
    assert found.noise[0].kept_mean == pytest.approx(fmean(shares), abs=1e-6)
    assert found.plans[0].value("noise_kept") == found.noise[0].kept_mean
    kept = {one.school_id: one.kept for one in found.noise[0].schools}
    assert kept["a"] == sum(one["a"] == plan(given)["a"] for one in draws) / 4
    assert {row.school_id: row.placements[0].noise_kept for row in found.schools} == kept


def test_where_maturity_does_not_count_every_pair_stays() -> None:
    noise = compare(INTAKE, [torn_policy()], noise=2).document.noise[0]
    assert (noise.kept_least, noise.draws, noise.failed) == (1.0, 2, 0)

from __future__ import annotations

import math

import pytest

from matcher.report.html.atlas.ground import UNITS_PER_KM, lay_ground
from matcher.report.html.atlas.outlines import clipped, load_countries
from matcher.report.html.atlas.overview import draw_overview
from matcher.report.html.atlas.plane import Frame, fanned, inside, pushed_apart, quiet_spot, round_length
from matcher.report.html.atlas.projection import EARTH_KM, Box, Projection
from matcher.report.html.atlas.sketch import HEIGHT, MARK_GAP, WIDTH, draw_sketch
from tests.report.sample import sample_document

EUROPE = Box(-10.0, 36.0, 24.0, 52.0)
SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))


def test_the_cone_agrees_with_snyders_worked_example() -> None:
    # Snyder 1395, p. 295: sphere of radius 1, parallels 33° and 45°, origin 23° N 96° W,
    # point 35° N 75° W: n = 0.6304777, F = 1.9550002, x = 0.2966785; y is measured from the origin there.
    exact = Projection.fitted(Box(-192.0, 30.0, 0.0, 48.0))  # a sixth of 18° inside: 33° and 45°
    assert exact.cone == pytest.approx(0.6304777, abs=1e-7)
    assert exact.factor / EARTH_KM == pytest.approx(1.9550002, abs=1e-7)
    x, y = exact.project(-75.0, 35.0)
    _, origin = exact.project(-96.0, 23.0)
    assert x / EARTH_KM == pytest.approx(0.2966785, abs=1e-7)
    assert (origin - y) / EARTH_KM == pytest.approx(0.2462112, abs=1e-7)


def test_lengths_on_the_standard_parallels_are_true() -> None:
    projection = Projection.fitted(EUROPE)
    low = 36.0 + 16.0 / 6
    ax, ay = projection.project(7.0, low)
    bx, by = projection.project(7.1, low)
    assert math.hypot(bx - ax, by - ay) == pytest.approx(
        EARTH_KM * math.radians(0.1) * math.cos(math.radians(low)), rel=1e-6
    )


def test_north_is_up_and_east_is_right() -> None:
    projection = Projection.fitted(EUROPE)
    assert projection.project(7.0, 50.0)[1] < projection.project(7.0, 40.0)[1]
    assert projection.project(8.0, 45.0)[0] > projection.project(7.0, 45.0)[0]


def test_a_box_across_the_equator_has_no_cone() -> None:
    projection = Projection.fitted(Box(10.0, -5.0, 20.0, 8.0))
    assert projection.cone == 0.0
    assert projection.project(15.0, 0.0)[0] == pytest.approx(0.0)


def test_schools_at_one_point_still_have_a_projection() -> None:
    assert math.isfinite(Projection.fitted(Box(5.0, 50.0, 5.0, 50.0)).project(5.0, 50.0)[1])


def test_a_ring_is_cut_to_the_window() -> None:
    assert set(clipped(SQUARE, Box(2.0, 2.0, 9.0, 9.0))) == {(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0)}


def test_a_ring_outside_the_window_leaves_nothing() -> None:
    assert clipped(SQUARE, Box(5.0, 5.0, 9.0, 9.0)) == ()


def test_the_outlines_hold_the_six_countries_within_their_bounds() -> None:
    countries = {country.code: country for country in load_countries()}
    assert {"BE", "HR", "CZ", "HU", "IT", "PT"} <= set(countries)
    czech = [point for ring in countries["CZ"].rings for point in ring]
    assert min(x for x, _ in czech) == pytest.approx(12.09)
    assert max(y for _, y in czech) == pytest.approx(51.04)


def test_marks_at_one_place_stand_apart_and_a_mark_alone_stays() -> None:
    offsets = fanned([(1.0, 1.0), (5.0, 5.0), (1.0, 1.0)], 10.0)
    assert offsets[1] == (0.0, 0.0)
    assert math.dist(offsets[0], offsets[2]) == pytest.approx(10.0)


def test_marks_on_a_sketch_do_not_hide_each_other() -> None:
    moved = pushed_apart([(0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (200.0, 0.0)], 20.0)
    assert moved[3] == (200.0, 0.0)
    near = [math.dist(moved[i], moved[j]) for i in range(4) for j in range(i)]
    assert min(near) >= 20.0 - 1e-3


def test_a_frame_keeps_its_shape_within_the_aspects() -> None:
    frame = Frame.around([(0.0, 0.0), (10.0, 1.0)], padding=0.0, least=0.0, aspects=(1.0, 2.0))
    assert (frame.width, frame.height) == (10.0, 5.0)


def test_a_name_stands_inside_its_country() -> None:
    spot = quiet_spot([SQUARE], Frame(0.0, 0.0, 4.0, 4.0), [(2.0, 2.0)])
    assert spot is not None
    assert inside([SQUARE], *spot)
    assert not inside([SQUARE], 5.0, 2.0)


def test_a_scale_bar_is_a_round_length() -> None:
    assert [round_length(km) for km in (37.0, 9.9, 5.0, 0.6)] == [20.0, 5.0, 5.0, 0.5]


def test_distances_on_the_map_are_those_of_the_globe_within_two_per_cent() -> None:
    document = sample_document()
    ground = lay_ground(document.schools)
    assert ground is not None
    a, b = document.school("IT-M01"), document.school("IT-M03")  # Milano, Napoli: 658 km
    km = math.dist(ground.places[a.school_id], ground.places[b.school_id]) / UNITS_PER_KM
    assert km == pytest.approx(658.0, rel=0.02)


def test_a_school_without_coordinates_is_listed_and_not_drawn() -> None:
    document = sample_document()
    ground = lay_ground(document.schools)
    assert ground is not None
    overview = draw_overview(document, {card.school_id: card for card in document.schools}, ground)
    missing = {card.school_id for card in document.schools if card.latitude is None}
    assert missing
    assert {card.school_id for card in overview.not_drawn} == missing
    drawn = [mark.school.school_id for group in overview.groups for mark in group.marks]
    assert sorted(drawn) == sorted({card.school_id for card in document.schools} - missing)


def test_without_any_coordinates_there_is_no_ground() -> None:
    assert lay_ground(()) is None


def test_every_sketch_keeps_its_marks_inside_and_apart() -> None:
    document = sample_document()
    ground = lay_ground(document.schools)
    for cluster in document.clusters:
        sketch = draw_sketch(cluster, ground)
        assert sketch is not None
        marks = [mark for mark in (sketch.host, *sketch.mentees) if mark is not None]
        assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in marks)
        gaps = [math.dist((a.x, a.y), (b.x, b.y)) for a in marks for b in marks if a is not b]
        assert min(gaps) > MARK_GAP - 1.0

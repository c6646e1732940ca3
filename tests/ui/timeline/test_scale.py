from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from console.domain.plan import RouteId
from console.ui.signals import Signals
from console.ui.timeline.faces import minute, row_face
from console.ui.timeline.scale import LEAD_MINUTES, ZOOMS, TimeScale, best_zoom, fitted
from tests.ui.day import at, build_day

zooms = st.sampled_from(ZOOMS)
minutes = st.floats(0, 2000)


@given(zooms, minutes)
def test_pixels_and_minutes_are_inverse(zoom, moment):
    scale = TimeScale(100.0, 900.0, zoom)
    assert abs(scale.minute(scale.x(moment)) - moment) < 1e-6


@given(zooms, st.sampled_from([0.0, 60.0, 330.0, -210.0, 345.0]))
def test_ticks_stand_on_the_depots_clock(zoom, offset):
    scale = TimeScale(29_000_000.0, 29_000_600.0, zoom, offset)
    ticks = list(scale.ticks(0, 1200))
    assert ticks
    for tick, is_hour in ticks:
        assert (tick + offset) % zoom == 0
        assert is_hour == ((tick + offset) % 60 == 0)
        assert -1 <= scale.x(tick) <= 1201


def test_half_past_is_a_cell_of_sixty_pixels():
    scale = TimeScale(0.0, 600.0)
    assert scale.x(30) - scale.x(0) == 60


def test_the_clock_holds_all_rows():
    picture = build_day(Signals(), routes=3, stops=8).picture
    faces = [row_face(picture, RouteId(f"r{i}")) for i in (1, 2, 3)]
    scale = fitted(faces, picture, 30)
    assert scale.origin == minute(at(7)) - LEAD_MINUTES
    assert all(scale.x(face.reach[1]) <= scale.width for face in faces)
    assert scale.offset == 60
    assert picture.zone == ZoneInfo("Europe/Copenhagen")


def test_the_best_zoom_is_the_finest_that_fits():
    scale = TimeScale(0.0, 600.0)
    for room in (500, 1000, 1500, 3000, 5000):
        zoom = best_zoom(scale, room)
        finer = [z for z in ZOOMS if z < zoom]
        assert scale.zoomed(zoom).squeezed(room).width <= room or zoom == ZOOMS[-1]
        assert all(scale.zoomed(z).squeezed(room).width > room for z in finer)


def test_a_day_a_little_too_long_is_squeezed():
    scale = TimeScale(0.0, 960.0, 60, finish=700.0)
    room = scale.width - 90
    assert scale.squeezed(room).width <= room
    assert scale.squeezed(room).zoom == 60
    assert scale.squeezed(scale.width) == scale
    assert scale.squeezed(100) == scale


def test_bars_are_as_long_as_their_service():
    hands = build_day(Signals(), routes=2, stops=8)
    face = row_face(hands.picture, RouteId("r1"))
    for bar in face.bars:
        service = hands.picture.plan.stops[bar.stop].service_time
        assert timedelta(minutes=bar.end - bar.start) == service

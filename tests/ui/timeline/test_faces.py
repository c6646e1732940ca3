from dataclasses import replace

import pytest

from console.domain.commands import LockRoutes, MoveStops, OverrideRule
from console.domain.plan import RouteId, StopId
from console.ui.signals import Signals
from console.ui.timeline.faces import minute, row_face, timed
from console.ui.timeline.view import blended
from tests.ui.day import build_day

R1, R2 = RouteId("r1"), RouteId("r2")


@pytest.fixture
def hands():
    return build_day(Signals(), routes=6, stops=20, spare=2)


def test_a_row_says_finish_count_and_load(hands):
    face, schedule = row_face(hands.picture, R2), hands.picture.schedules[R2]
    assert face.finish == hands.picture.clock(schedule.end)
    assert face.count == "20\u2009stops"
    assert face.fullness == schedule.fullness
    assert face.breaks == tuple((minute(a), minute(b)) for a, b in schedule.breaks)


def test_underlines_only_where_there_is_a_window(hands):
    marks = set()
    for route in hands.picture.plan.routes:
        for bar in row_face(hands.picture, route).bars:
            visit = hands.picture.visits[bar.stop]
            marks.add(bar.mark)
            assert (bar.mark == "") == (visit.slack is None)
            assert (bar.mark == "bad") == bool(visit.lateness)
            if bar.mark == "warn":
                assert visit.slack.total_seconds() < 900
    assert marks == {"", "text3", "warn", "bad"}


def test_late_rows_say_how_many_minutes(hands):
    late = next(s for s, v in hands.picture.visits.items() if v.lateness)
    route = hands.picture.plan.stops[late].route
    face = row_face(hands.picture, route)
    assert face.trouble.endswith("min late")
    bar = next(bar for bar in face.bars if bar.stop == late)
    assert bar.late.startswith("+")
    hands.submit(OverrideRule(late, "late", "agreed"))
    after = row_face(hands.picture, route)
    assert next(bar for bar in after.bars if bar.stop == late).excused


def test_an_empty_row_says_so(hands):
    hands.submit(MoveStops(hands.picture.plan.routes[R1].stops, None))
    face = row_face(hands.picture, R1)
    assert (face.span, face.bars, face.count) == (None, (), "empty")


def test_without_travel_times_there_are_no_bars(hands):
    picture = replace(hands.picture, schedules={}, visits={}, is_timed=False)
    face = row_face(picture, R1)
    assert face.span is None
    assert face.count == "20\u2009stops"


def test_locks_show(hands):
    hands.submit(LockRoutes((R2,)))
    assert row_face(hands.picture, R2).locked


def test_a_row_blends_from_now_to_then(hands):
    now = row_face(hands.picture, R1)
    preview = hands.preview([StopId("s25")], R1, now.bars[3].stop)
    then = timed(hands.picture, now, preview.schedule)
    half = blended(now, then, 0.5)
    assert blended(now, then, 1.0) is then
    assert len(half.bars) == len(now.bars) + 1
    moved, old, new = half.bars[-1], now.bars[-1], then.bars[-1]
    assert min(old.start, new.start) <= moved.start <= max(old.start, new.start)
    assert half.bars[4].stop == "s25"
    assert half.bars[4].number == "5"

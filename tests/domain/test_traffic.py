"""Traffic: which speeds hold when, zones on the calendar, and no arrival before an earlier one."""

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.places import Coordinate, PlaceId
from console.domain.speeds import USUAL
from console.domain.traffic import (
    CLASSES,
    FREE,
    DayTraffic,
    RoadClass,
    SpeedState,
    Traffic,
)
from console.domain.travel import SHUT, Slice, TravelMatrix, barred_key
from console.domain.zones import Zone, ZoneId, ZoneKind

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
SQUARE = (
    Coordinate(47.0, 15.0),
    Coordinate(47.0, 15.1),
    Coordinate(47.1, 15.1),
    Coordinate(47.1, 15.0),
)
CLOSED = Zone(ZoneId("z"), "Works", ZoneKind.CLOSED, SQUARE, begins=time(8), ends=time(12))


def local(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, BERLIN)


def clock(traffic: DayTraffic) -> list[tuple[str, SpeedState]]:
    return [(f"{local(at):%d %H:%M}", state) for at, state in traffic.states]


def test_a_working_day_has_its_slices() -> None:
    on = Traffic(USUAL).on(MONDAY, BERLIN)
    assert [at for at, _ in clock(on)][:5] == [
        "23 00:00",
        "23 06:30",
        "23 09:30",
        "23 15:30",
        "23 19:00",
    ]
    morning = on.at(int(datetime(2026, 11, 23, 7, tzinfo=BERLIN).timestamp()))
    assert morning.row[CLASSES.index(RoadClass.PRIMARY)] == 65
    assert on.before.row == USUAL.rows[3][4]  # Sunday evening
    assert on.states[0][1].is_free
    assert on.states[0][1].key == ""


def test_the_same_day_of_another_week_has_the_same_states() -> None:
    traffic = Traffic(USUAL)
    keys = {state.key for state in traffic.on(MONDAY, BERLIN).distinct}
    assert keys == {s.key for s in traffic.on(MONDAY + timedelta(weeks=3), BERLIN).distinct}


def test_no_traffic_has_no_version_and_no_states() -> None:
    on = Traffic().on(MONDAY, BERLIN)
    assert on == DayTraffic()
    assert on.distinct == (SpeedState(),)
    assert Traffic(USUAL).version != Traffic(USUAL, (CLOSED,)).version != ""


def test_a_closure_holds_in_its_hours() -> None:
    on = Traffic(None, (CLOSED,)).on(MONDAY, BERLIN)
    assert [at for at, _ in clock(on)] == ["23 08:00", "23 12:00", "24 08:00", "24 12:00"]
    assert [bool(state.areas) for _, state in on.states] == [True, False, True, False]


def test_a_zone_over_midnight_belongs_to_the_day_it_begins() -> None:
    night = replace(CLOSED, begins=time(22), ends=time(5), weekdays=(0,))
    assert [at for at, _ in clock(Traffic(None, (night,)).on(MONDAY, BERLIN))] == [
        "23 22:00",
        "24 05:00",
    ]
    tuesday = Traffic(None, (night,)).on(MONDAY + timedelta(days=1), BERLIN)
    assert tuesday.before.areas
    assert [at for at, _ in clock(tuesday)] == ["24 05:00"]


def test_a_zone_has_dates() -> None:
    dated = replace(CLOSED, first=date(2026, 11, 25), last=date(2026, 11, 26))
    assert [dated.holds_on(MONDAY + timedelta(days=n)) for n in range(5)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    with pytest.raises(ValueError, match="no earlier"):
        replace(dated, last=date(2026, 11, 20))


def test_what_lies_in_a_zone() -> None:
    assert CLOSED.contains(Coordinate(47.05, 15.05))
    assert not CLOSED.contains(Coordinate(47.15, 15.05))
    horseshoe = (*SQUARE, Coordinate(47.08, 15.02), Coordinate(47.02, 15.08))
    assert not replace(CLOSED, corners=horseshoe).contains(Coordinate(47.03, 15.04))


def test_delivery_hours_are_spans_of_the_places_inside() -> None:
    zone = replace(CLOSED, kind=ZoneKind.DELIVERY_HOURS, begins=time(6), ends=time(10))
    on = Traffic(None, (zone,)).on(MONDAY, BERLIN)
    inside, outside = PlaceId("in"), PlaceId("out")
    points = {inside: Coordinate(47.05, 15.05), outside: Coordinate(48, 15)}
    hours = on.hours_of(points)
    assert list(hours) == [inside]
    ((begin, end),) = hours[inside][0]
    assert (local(begin).hour, local(end).hour) == (6, 10)
    assert not on.states


def test_a_low_emission_zone_is_closed_to_those_without() -> None:
    zone = replace(
        CLOSED,
        kind=ZoneKind.LOW_EMISSION,
        allowed=("electric", "euro6"),
        begins=time(),
        ends=time(),
    )
    on = Traffic(USUAL, (zone,)).on(MONDAY, BERLIN).keeping_out([("electric",), (), ("tail lift",)])
    assert on.outs == ((0,),)
    assert not any(state.areas for state in on.distinct)
    assert all(state.areas[0].percent == 0 for state in on.closed_to((0,)).distinct)


def test_a_low_emission_zone_with_hours_is_closed_in_these_hours() -> None:
    zone = replace(CLOSED, kind=ZoneKind.LOW_EMISSION, begins=time(8), ends=time(12))
    on = Traffic(None, (zone,)).on(MONDAY, BERLIN).keeping_out([()])
    kept = on.closed_to((0,))
    (barred,) = on.barred
    assert not on.states
    assert [local(begin).hour for begin, _ in barred.spans] == [8]

    def is_shut(hour: int) -> bool:
        moment = datetime(2026, 11, 23, hour, tzinfo=BERLIN)
        return kept.at(int(moment.timestamp())).closes

    assert [hour for hour in range(24) if is_shut(hour)] == [8, 9, 10, 11]
    assert not kept.usual.closes
    over_night = replace(zone, begins=time(22), ends=time(6))
    night = Traffic(None, (over_night,)).on(MONDAY, BERLIN).closed_to((0,))
    hours = {
        h: night.at(int(datetime(2026, 11, 23, h, tzinfo=BERLIN).timestamp())) for h in (3, 9, 23)
    }
    assert [hour for hour, state in hours.items() if state.closes] == [3, 23]


def test_a_vehicle_travels_by_the_zones_that_bar_it() -> None:
    cells = array("I", [0, 60, 60, 0])
    places = (PlaceId("a"), PlaceId("b"))
    detour = TravelMatrix(places, array("I", [0, 90, 90, 0]), cells, barred_key("car", (0,)))
    matrix = TravelMatrix(
        places, cells, cells, others={detour.profile: detour}, barred=(("electric",),)
    )
    assert matrix.of(matrix.key_for("car", ("electric", "lift"))) is matrix
    assert matrix.of(matrix.key_for("car", ())) is detour
    assert matrix.of(matrix.key_for("", ())) is detour


def test_bad_tables_are_refused() -> None:
    with pytest.raises(ValueError, match="begin at midnight"):
        replace(USUAL, slices=USUAL.slices[1:])
    with pytest.raises(ValueError, match="in one group"):
        replace(USUAL, groups=USUAL.groups[1:])
    with pytest.raises(ValueError, match="a row for every slice"):
        replace(USUAL, rows=USUAL.rows[1:])
    with pytest.raises(ValueError, match="of the free speed"):
        replace(USUAL, rows=(((0,) * 6,) * 5, *USUAL.rows[1:]))


def matrix_of(on: DayTraffic, whole: int) -> TravelMatrix:
    """One leg that takes as long as the primary roads of the day let it."""

    def cells(state: SpeedState) -> array[int]:
        speed = state.row[CLASSES.index(RoadClass.PRIMARY)] if state.row else FREE
        seconds = SHUT if state.areas else round(whole * FREE / speed)
        return array("I", [0, seconds, seconds, 0])

    return TravelMatrix(
        (PlaceId("a"), PlaceId("b")),
        cells(on.before),
        array("I", [0, 900, 900, 0]),
        slices=tuple(Slice(at, cells(state)) for at, state in on.states),
    )


@st.composite
def days(draw: st.DrawFn) -> tuple[TravelMatrix, int]:
    """A leg on an ordinary day or one on which the clock changes, and a moment of that day."""
    day = draw(st.sampled_from([MONDAY, SPRING, AUTUMN]))
    zones = draw(st.sampled_from([(), (CLOSED,), (replace(CLOSED, begins=time(2, 30)),)]))
    on = Traffic(USUAL, zones).on(day, BERLIN)
    midnight = datetime.combine(day, time(), BERLIN).astimezone(UTC)
    leave = int(midnight.timestamp()) + draw(st.integers(-3600, 30 * 3600))
    return matrix_of(on, draw(st.integers(1, 7200))), leave


@given(days(), st.integers(0, 4 * 3600))
def test_leaving_later_never_arrives_earlier_on_any_day(
    case: tuple[TravelMatrix, int], later: int
) -> None:
    matrix, leave = case
    arrival = matrix.arrival(0, 1, leave)
    assert arrival >= leave
    assert matrix.arrival(0, 1, leave + later) >= arrival
    latest = matrix.departure(0, 1, arrival)
    assert latest >= leave
    assert matrix.arrival(0, 1, latest) <= arrival


def every_quarter(day: date) -> Iterator[int]:
    begin = int(datetime.combine(day, time(), BERLIN).timestamp())
    end = int(datetime.combine(day + timedelta(days=1), time(), BERLIN).timestamp())
    yield from range(begin, end, 900)


@pytest.mark.parametrize("day", [MONDAY, SPRING, AUTUMN])
def test_the_slice_is_the_one_on_the_wall_clock(day: date) -> None:
    on = Traffic(USUAL).on(day, BERLIN)
    for instant in every_quarter(day):
        wall = local(instant).time()
        rows = zip(USUAL.slices, USUAL.of(day), strict=True)
        row = [row for part, row in rows if part.begins <= wall][-1]
        assert (on.at(instant).row or (FREE,) * len(CLASSES)) == row


def test_who_waits_for_a_closed_road_goes_on_when_it_opens() -> None:
    on = Traffic(None, (CLOSED,)).on(MONDAY, BERLIN)
    matrix = matrix_of(on, 600)
    nine = int(datetime(2026, 11, 23, 9, tzinfo=BERLIN).timestamp())
    arrived = local(matrix.arrival(0, 1, nine))
    assert (arrived.hour, arrived.minute) == (12, 9)

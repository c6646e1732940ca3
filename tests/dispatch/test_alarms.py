"""Alarms of the live board: which hold, in which order, and never the same one twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from console.dispatch.alarms import AlarmKind, Alarms
from console.dispatch.liveboard import Doing, LiveLine
from console.dispatch.picture import DriverLabel
from console.dispatch.tracking import Seen
from console.domain.places import Coordinate
from console.domain.plan import RouteId, StopId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Seen(NOW, Coordinate(52.0, 13.0), along=100.0, off=3.0)
LINE = LiveLine(
    route=RouteId("r"),
    driver=DriverLabel(1, "A"),
    doing=Doing.DRIVING,
    done=1,
    total=5,
    failed=0,
    delay=None,
    next=StopId("s"),
    eta=None,
    late=0,
    is_released=True,
    seen=HERE,
)


def kinds(*lines: LiveLine) -> list[AlarmKind]:
    return [alarm.key.kind for alarm in Alarms().look(lines, NOW)]


def test_a_driver_who_is_on_her_way_gives_no_alarm() -> None:
    assert kinds(LINE) == []


def test_silence_and_a_wrong_way_are_told_apart() -> None:
    assert kinds(replace(LINE, seen=replace(HERE, at=NOW - 11 * MINUTE))) == [AlarmKind.NO_SIGNAL]
    assert kinds(replace(LINE, seen=replace(HERE, along=None))) == [AlarmKind.OFF_ROUTE]


def test_a_visit_may_last_so_long_and_no_longer() -> None:
    visit = replace(LINE, doing=Doing.AT_STOP, since=NOW - 20 * MINUTE)
    assert kinds(visit) == []
    assert kinds(replace(visit, since=NOW - 21 * MINUTE)) == [AlarmKind.LONG_STOP]


def test_who_should_have_left_and_is_not_released() -> None:
    waiting = replace(LINE, doing=Doing.WAITING, is_released=False, delay=5 * MINUTE)
    assert kinds(waiting) == [AlarmKind.UNRELEASED]
    assert kinds(replace(waiting, delay=timedelta())) == []


def test_the_worst_come_first_and_who_is_back_gives_none() -> None:
    late = [replace(LINE, route=RouteId(f"l{i}"), late=i) for i in (1, 3)]
    astray = replace(LINE, seen=replace(HERE, along=None))
    back = replace(LINE, route=RouteId("b"), doing=Doing.BACK, late=9)
    alarms = Alarms().look([astray, *late, back], NOW)
    assert [alarm.key.route for alarm in alarms] == ["l3", "l1", "r"]


def test_an_alarm_that_holds_is_the_same_and_one_that_returns_is_new() -> None:
    alarms, late = Alarms(), replace(LINE, late=1)
    assert [a.since for a in alarms.look([late], NOW)] == [NOW]
    assert [a.since for a in alarms.look([late], NOW + MINUTE)] == [NOW]
    assert alarms.look([LINE], NOW + 2 * MINUTE) == []
    assert [a.since for a in alarms.look([late], NOW + 3 * MINUTE)] == [NOW + 3 * MINUTE]

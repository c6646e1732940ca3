"""The kernel against a slow judge that tries every departure, every leg and every break."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.timetable import Duty, Pause, Task, Timetable, timetable
from console.domain.travel import TravelMatrix

HORIZON = 60


def matrix_of(durations: Sequence[Sequence[int]]) -> TravelMatrix:
    flat = array("I", [cell for row in durations for cell in row])
    return TravelMatrix(tuple(f"p{i}" for i in range(len(durations))), flat, flat)


@dataclass(frozen=True)
class Day:
    tasks: tuple[Task, ...]
    duty: Duty
    hops: tuple[tuple[int, ...], ...]

    @property
    def table(self) -> Timetable:
        return timetable(self.tasks, self.duty, matrix_of(self.hops))


def windows(many: bool) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    one = st.tuples(st.integers(0, 40), st.integers(0, 15)).map(lambda w: (w[0], w[0] + w[1]))
    return st.lists(one, max_size=3 if many else 1).map(apart)


def apart(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for window in sorted(found):
        if not kept or window[0] > kept[-1][1]:
            kept.append(window)
    return tuple(kept)


@st.composite
def days(draw: st.DrawFn, *, pauses: bool, many: bool = False, rich: bool = False) -> Day:
    count = draw(st.integers(1, 4))
    cells = st.lists(st.integers(0, 7), min_size=count + 1, max_size=count + 1)
    hops = draw(st.lists(cells, min_size=count + 1, max_size=count + 1))
    rows = [draw(st.integers(1, count)) if rich else i for i in range(1, count + 1)]
    tasks = tuple(Task(row, draw(st.integers(0, 3)), draw(windows(many))) for row in rows)
    if rich:
        tasks = tuple(
            replace(task, setup=draw(st.integers(0, 4)), soft_latest=draw(soft)) for task in tasks
        )
    start = draw(st.integers(0, 10))
    end = start + draw(st.integers(1, 40))
    pause = None
    if pauses:
        earliest = draw(st.integers(0, 30))
        pause = Pause(4, earliest, earliest + draw(st.integers(4, 12)), draw(st.integers(2, 20)))
    duty = Duty(0, start, end, end + draw(st.integers(0, 5)), pause)
    if rich:
        ends = draw(st.sampled_from((None, 0, 1)))
        duty = replace(duty, end_row=ends, fixed_start=draw(st.booleans()))
    return Day(tasks, duty, tuple(map(tuple, hops)))


soft = st.none() | st.integers(0, 50)


def driven(day: Day, leave: int, leg: int | None, begins: int) -> tuple[int, int, int] | None:
    """(lateness, soft lateness, end) of one way; None when the break does not lie in that leg."""
    now, here, late, softly = leave, 0, 0, 0
    end = day.duty.end_row
    stops = [*day.tasks, Task(here if end is None else end, 0)]
    for number, task in enumerate(stops):
        if number == len(day.tasks) and end is None:
            return None if number == leg else (late, softly, now)
        arrival = now + day.hops[here][task.row] + (task.setup if task.row != here else 0)
        if number == leg:
            if begins < now:
                return None
            pause = day.duty.pause.duration
            arrival = begins + pause if begins >= arrival else arrival + pause
        if number == len(day.tasks):
            return late, softly, arrival
        start = arrival
        if task.windows:
            fitting = [w for w in task.windows if arrival <= w[1]]
            late += 0 if fitting else arrival - task.windows[-1][1]
            start = max(arrival, fitting[0][0]) if fitting else arrival
        softly += 0 if task.soft_latest is None else max(0, start - task.soft_latest)
        now, here = start + task.service, task.row
    raise AssertionError


def ways(day: Day, *, paused: bool) -> Iterator[tuple[tuple[int, int, int, float, int], int]]:
    """(rank, departure) of everything that can be done."""
    duty = day.duty
    breaks: list[tuple[int | None, int]] = [(None, 0)]
    if paused:
        last = duty.pause.latest - duty.pause.duration
        legs = range(len(day.tasks) + 1)
        breaks = [(leg, b) for leg in legs for b in range(duty.pause.earliest, last + 1)]
    for leave in range(duty.start, duty.start + (1 if duty.fixed_start else HORIZON)):
        for leg, begins in breaks:
            run = driven(day, leave, leg, begins)
            if run is not None:
                late, softly, end = run
                paid = end - leave + max(0, end - duty.end) / 2
                yield (late, max(0, end - duty.latest_end), softly, paid, end), leave


@given(days(pauses=False) | days(pauses=False, rich=True))
@settings(max_examples=250, deadline=None)
def test_ends_soonest_and_leaves_latest(day: Day) -> None:
    soonest = driven(day, day.duty.start, None, 0)
    same = [
        leave
        for leave in range(day.duty.start, day.duty.start + HORIZON)
        if driven(day, leave, None, 0) == soonest
    ]
    table = day.table
    assert (sum(table.late), sum(table.soft), table.end) == soonest
    assert table.start == (day.duty.start if day.duty.fixed_start else max(same))


@given(days(pauses=False, many=True) | days(pauses=False, many=True, rich=True))
@settings(max_examples=250, deadline=None)
def test_several_windows_end_as_soon_and_leave_no_earlier_than_the_shift(day: Day) -> None:
    table = day.table
    judged = (sum(table.late), sum(table.soft), table.end)
    assert judged == driven(day, day.duty.start, None, 0)
    assert driven(day, table.start, None, 0) == judged
    for task, start in zip(day.tasks, table.starts, strict=True):
        inside = any(earliest <= start <= latest for earliest, latest in task.windows)
        assert inside or not task.windows or start > task.windows[-1][1]


@given(days(pauses=True) | days(pauses=True, rich=True))
@settings(max_examples=300, deadline=None)
def test_the_break_lies_where_it_costs_least(day: Day) -> None:
    table, pause = day.table, day.duty.pause
    best_without = min(ways(day, paused=False), default=None)
    if table.pause is None and not table.pause_missing:
        assert table.end - table.start <= pause.after
        assert table.rank(day.duty)[:3] == best_without[0][:3]
        return
    possible = list(ways(day, paused=True))
    if table.pause_missing:
        assert not any(leave == day.duty.start for _, leave in possible)
        return
    assert pause.earliest <= table.pause[0]
    assert table.pause[1] == table.pause[0] + pause.duration <= pause.latest
    best = min(possible)[0]
    # Of a route that is late anyhow only lateness and end are exact, the departure is near.
    assert table.rank(day.duty)[:2] == best[:2]
    assert any(table.late) or table.rank(day.duty) == best


@given(days(pauses=True, many=True))
@settings(max_examples=150, deadline=None)
def test_a_timetable_adds_up(day: Day) -> None:
    """Departure, drive, break, wait, service: every second is accounted for."""
    table = day.table
    leaves = [table.start, *table.departures]
    stops = [task.row for task in day.tasks]
    arrivals, pause = [*table.arrivals, table.end], table.pause
    for origin, target, leave, arrival in zip(
        [0, *stops], [*stops, 0], leaves, arrivals, strict=True
    ):
        expected = leave + day.hops[origin][target]  # true arrival, setup comes after it
        if pause and leave <= pause[0] < expected:
            expected += pause[1] - pause[0]
        if target == 0 and pause and pause[0] >= leave:
            expected = max(expected, pause[1])
        assert arrival == expected
    for i, task in enumerate(day.tasks):
        assert table.starts[i] >= table.arrivals[i]
        assert table.departures[i] == table.starts[i] + task.service
        if pause:
            assert pause[1] <= table.starts[i] or pause[0] >= table.departures[i]
    assert table.start >= day.duty.start


def test_a_started_route_left_when_it_left() -> None:
    hops = ((0, 5), (5, 0))
    duty = Duty(0, 0, 100, 100, left_at=7)
    table = timetable((Task(1, 3, ((50, 60),)),), duty, matrix_of(hops))
    assert (table.start, table.starts, table.end) == (7, (50,), 58)


def test_a_served_stop_was_left_when_it_was_left() -> None:
    hops = ((0, 5, 5), (5, 0, 5), (5, 5, 0))
    tasks = (Task(1, 3, left_at=30), Task(2, 3))
    table = timetable(tasks, Duty(0, 0, 100, 100, left_at=0), matrix_of(hops))
    assert table.departures == (30, 38)
    assert table.arrivals[1] == 35


def test_no_tasks() -> None:
    table = timetable((), Duty(0, 10, 100, 100), matrix_of(((0,),)))
    assert table.end - table.start == 0


def test_a_break_before_a_stop_that_comes_too_early_lets_the_route_leave_later() -> None:
    hops = ((0, 0, 1), (0, 0, 0), (0, 0, 0))
    tasks = (Task(2, 0, soft_latest=6), Task(1, 0, ((8, 8),)))
    duty = Duty(0, 0, 1, 1, Pause(4, 1, 5, 2), end_row=None)
    assert timetable(tasks, duty, matrix_of(hops)).start == 1

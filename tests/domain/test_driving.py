"""The driving rule against a judge that reads a log of what the driver did, written apart."""

from array import array
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.places import PlaceId
from console.domain.timetable import Duty, Pause, Task, Timetable, timetable
from console.domain.travel import Slice, TravelMatrix

LIMIT, REST, FIRST, SECOND = RULE = (10, 6, 2, 4)


def matrix_of(hops: tuple[tuple[int, ...], ...], factor: int = 1) -> TravelMatrix:
    """Travel that takes ``factor`` times as long from second 30 on."""
    flat = array("I", [cell for row in hops for cell in row])
    slices = (Slice(30, array("I", [cell * factor for cell in flat])),) if factor > 1 else ()
    places = tuple(PlaceId(f"p{i}") for i in range(len(hops)))
    return TravelMatrix(places, flat, flat, slices=slices)


@dataclass(frozen=True)
class Day:
    tasks: tuple[Task, ...]
    duty: Duty
    hops: tuple[tuple[int, ...], ...]

    @property
    def table(self) -> Timetable:
        return timetable(self.tasks, self.duty, matrix_of(self.hops))


@st.composite
def days(draw: st.DrawFn, *, longest: int = 9, pauses: bool = False) -> Day:
    count, least = draw(st.integers(1, 5)), int(pauses)
    cells = st.lists(st.integers(least, longest), min_size=count + 1, max_size=count + 1)
    hops = draw(st.lists(cells, min_size=count + 1, max_size=count + 1))
    opens = st.integers(0, 60)
    tasks = tuple(
        Task(
            i,
            draw(st.integers(least, 3)),
            ((begin, begin + draw(st.integers(0, 30))),) if (begin := draw(opens)) > 20 else (),
            setup=draw(st.integers(0, 2)),
            soft_latest=draw(st.none() | st.integers(0, 70)),
        )
        for i in range(1, count + 1)
    )
    ends = draw(st.sampled_from((None, 0)))
    pause = None
    if pauses:
        begin = draw(st.integers(0, 30))
        pause = Pause(draw(st.integers(2, 7)), begin, begin + 20, draw(st.integers(2, 20)))
    duty = Duty(0, draw(st.integers(0, 10)), 60, 70, pause, end_row=ends, driving=RULE)
    return Day(tasks, duty, tuple(map(tuple, hops)))


Log = list[tuple[str, int]]
"""What the driver did one after the other, and for how many seconds."""


def at_the_wheel(log: Log) -> tuple[int, bool]:
    """(seconds driven since the last whole rest, whether its first part was taken since)."""
    since = 0
    for i, (what, seconds) in enumerate(log):
        parts = [s for w, s in log[since:i] if w == "idle" and s >= FIRST]
        if what == "idle" and (seconds >= REST or (parts and seconds >= SECOND)):
            since = i + 1
    tail = log[since:]
    driven = sum(seconds for what, seconds in tail if what == "drive")
    return driven, any(what == "idle" and seconds >= FIRST for what, seconds in tail)


def least_at_the_wheel(log: Log) -> int:
    """The same in the reading that is best for the driver: a whole rest is a first part, too."""
    ways = {(0, False)}
    for what, seconds in log:
        if what == "drive":
            ways = {(driven + seconds, half) for driven, half in ways}
        if what != "idle":
            continue
        ended = any(seconds >= REST or (half and seconds >= SECOND) for _, half in ways)
        begun = {(driven, True) for driven, _ in ways if seconds >= FIRST}
        ways |= begun | ({(0, False)} if ended else set())
    return min(ways)[0]


def rest_before(log: Log, seconds: int) -> int:
    driven, half = at_the_wheel(log)
    if driven + seconds <= LIMIT:
        return 0
    whole = 0
    while seconds > LIMIT * (whole + 1):
        whole += 1
    return (SECOND if half else REST) + whole * REST


def walked(day: Day, leave: int) -> tuple[list[int], int, Log]:
    """(starts, end, log) of the run that leaves then, without a break."""
    log, now, here, starts = Log(), leave, 0, list[int]()
    for task in day.tasks:
        now = _driven(log, now, day.hops[here][task.row])
        if task.row != here and task.setup:
            log.append(("work", task.setup))
            now += task.setup
        if task.windows and now < task.windows[0][0]:
            log.append(("idle", task.windows[0][0] - now))
            now = task.windows[0][0]
        starts.append(now)
        log.append(("work", task.service))
        now, here = now + task.service, task.row
    if day.duty.end_row is not None:
        now = _driven(log, now, day.hops[here][day.duty.end_row])
    return starts, now, log


def _driven(log: Log, now: int, seconds: int) -> int:
    rest = rest_before(log, seconds)
    if rest:
        more = max(0, -(-seconds // LIMIT) - 1)
        log += [("idle", rest - more * REST), *[("drive", LIMIT), ("idle", REST)] * more]
        log.append(("drive", seconds - more * LIMIT))
    else:
        log.append(("drive", seconds))
    return now + rest + seconds


def lateness(day: Day, starts: list[int]) -> tuple[int, int]:
    pairs = list(zip(day.tasks, starts, strict=True))
    late = sum(max(0, start - t.windows[0][1]) for t, start in pairs if t.windows)
    return late, sum(max(0, start - t.soft_latest) for t, start in pairs if t.soft_latest)


@given(days() | days(longest=35))
@settings(max_examples=300, deadline=None)
def test_a_route_without_a_break_is_the_one_of_the_log(day: Day) -> None:
    table = day.table
    starts, end, log = walked(day, table.start)
    assert (list(table.starts), table.end) == (starts, end)
    soonest, soonest_end, _ = walked(day, day.duty.start)
    assert table.end <= soonest_end
    assert all(
        ours <= theirs
        for ours, theirs in zip(lateness(day, starts), lateness(day, soonest), strict=True)
    )
    assert table.start >= day.duty.start
    rested = sum(end - begin for begin, end in table.rests)
    assert table.end - table.start == sum(seconds for _, seconds in log)
    assert rested <= sum(seconds for what, seconds in log if what == "idle")


@given(days() | days(longest=35))
@settings(max_examples=300, deadline=None)
def test_nobody_drives_longer_than_the_limit(day: Day) -> None:
    _, _, log = walked(day, day.table.start)
    for i, (what, _) in enumerate(log):
        if what == "drive":
            assert at_the_wheel(log[: i + 1])[0] <= LIMIT


@given(days(pauses=True))
@settings(max_examples=300, deadline=None)
def test_with_a_break_every_second_is_accounted_for_and_the_rule_kept(day: Day) -> None:
    """A break on the way counts before its leg, as the rule says, so it is put down there."""
    table, pause = day.table, day.table.pause
    leaves = [table.start, *table.departures]
    rests = dict(table.rests)
    log, here = Log(), 0
    for i, (task, leave) in enumerate(zip(day.tasks, leaves, strict=False)):
        begun, seconds = rests.get(leave, leave), day.hops[here][task.row]
        setup = task.setup if task.row != here else 0
        ready = begun + seconds + setup
        mine = pause is not None and begun <= pause[0] < leaves[i + 1]
        on_the_way = mine and pause[0] < ready
        if on_the_way:
            ready += pause[1] - pause[0]
            log.append(("idle", pause[1] - pause[0]))
        if begun > leave:
            log.append(("idle", begun - leave))
        log += [("drive", seconds), ("work", setup)]
        assert table.arrivals[i] == ready - setup
        assert table.starts[i] >= ready
        if mine and not on_the_way:
            assert table.starts[i] >= pause[1]
        log.append(("idle", table.starts[i] - ready))
        assert least_at_the_wheel(log) <= LIMIT or seconds > LIMIT
        assert table.departures[i] == table.starts[i] + task.service
        here = task.row


def test_forty_five_minutes_or_fifteen_and_thirty() -> None:
    """8 s at the wheel, then 2 s of waiting: four more are enough before the next leg."""
    hops = ((0, 8, 9), (8, 0, 5), (9, 5, 0))
    duty = Duty(0, 0, 90, 90, driving=RULE, end_row=None)
    waits = timetable(
        (Task(1, 0, ((10, 20),)), Task(2, 1)), replace(duty, fixed_start=True), matrix_of(hops)
    )
    assert (waits.rests, waits.end) == (((10, 14),), 20)
    busy = timetable((Task(1, 2), Task(2, 1)), duty, matrix_of(hops))
    assert (busy.start, busy.rests, busy.end) == (0, ((10, 16),), 22)
    idle = timetable(
        (Task(1, 0, ((14, 20),)), Task(2, 1)), replace(duty, fixed_start=True), matrix_of(hops)
    )
    assert (idle.rests, idle.end) == ((), 20)


def test_a_break_on_the_way_is_a_rest_before_its_leg() -> None:
    hops = ((0, 8, 9), (8, 0, 5), (9, 5, 0))
    duty = Duty(0, 0, 90, 90, Pause(6, 9, 30, 5), driving=RULE, end_row=None)
    table = timetable((Task(1, 2), Task(2, 1)), duty, matrix_of(hops))
    assert (table.rests, table.pause, table.end) == ((), (10, 16), 22)


def test_a_break_at_the_door_is_a_rest_after_its_leg() -> None:
    hops = ((0, 8, 9), (8, 0, 8), (9, 8, 0))
    duty = Duty(0, 0, 90, 90, Pause(6, 8, 14, 5), driving=RULE, end_row=None)
    table = timetable((Task(1, 2), Task(2, 1)), duty, matrix_of(hops))
    assert (table.rests, table.pause, table.starts[0]) == ((), (8, 14), 14)


def test_a_leg_longer_than_the_limit_holds_whole_rests() -> None:
    hops = ((0, 25), (25, 0))
    table = timetable(
        (Task(1, 0),), Duty(0, 0, 90, 90, driving=RULE, end_row=None), matrix_of(hops)
    )
    assert (table.rests, table.end) == (((0, 18),), 43)


def test_with_travel_by_the_hour_the_travel_starts_after_the_rest() -> None:
    hops = ((0, 8, 9), (8, 0, 5), (9, 5, 0))
    duty = Duty(0, 0, 90, 90, driving=RULE, end_row=None, fixed_start=True)
    table = timetable((Task(1, 20), Task(2, 1)), duty, matrix_of(hops, 2))
    assert (table.rests, table.arrivals[1]) == (((28, 34),), 44)

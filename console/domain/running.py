"""A route driven once: forward from a departure, and backward from its end.

A hop from row a to row b takes the travel time and, where the rows differ, the task's setup: then
the driver is ready. A break that begins before that is taken on the way, else at the door.

**The driving rule.** ``driven`` are the seconds at the wheel since the last whole rest, ``half``
says that the first part of a split one was taken since. Standing still for at least ``rest``, or
``second`` after a first part, is a whole rest; for at least ``first`` a first part. What counts is
the time between ready and the start of service, with a break at the door; a break on the way
counts before its leg. Service and setup are no rest. Where the next leg, of t seconds, would lead
beyond ``limit``, a rest is taken before leaving (``second`` where ``half``, else ``rest``), and
where t alone is longer than ``limit``, ceil(t / limit) - 1 more of ``rest``, put down before
leaving as well. t is measured at the moment of leaving without those further rests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.domain.duty import Duty, Pause, Rests, Task
from console.domain.travel import TravelMatrix

Hop = tuple[int, int, int | None]
"""Arrival, ready for service, start of the break that is on it."""

Ends = tuple[int, int, int]
"""Row from, row to, seconds of setup there."""

Wheel = tuple[int, bool]
"""Seconds driven since the last whole rest, and whether the first part of one was taken."""


@dataclass(slots=True)
class Run:
    """One way to drive a route; a number per task, ``rests`` (s) per leg under a driving rule."""

    leave: int
    arrivals: list[int] = field(default_factory=list[int])
    starts: list[int] = field(default_factory=list[int])
    departures: list[int] = field(default_factory=list[int])
    late: list[int] = field(default_factory=list[int])
    soft: list[int] = field(default_factory=list[int])
    rests: list[int] = field(default_factory=list[int])
    pause_start: int | None = None
    end: int = 0

    def is_no_later_than(self, other: "Run") -> bool:
        """True when it ends no later and is in sum no later at stops, hard or soft."""
        return (
            self.end <= other.end
            and sum(self.late) <= sum(other.late)
            and sum(self.soft) <= sum(other.soft)
        )

    def rested(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of the rests, in epoch seconds."""
        leaves = [self.leave, *self.departures]
        pairs = zip(leaves, self.rests, strict=False)
        return tuple((leave, leave + rest) for leave, rest in pairs if rest)


def forward(
    tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leg: int, leave: int
) -> Run | None:
    """The run that leaves at ``leave`` with the break on leg ``leg``; None if it does not fit."""
    run = Run(leave, soft=[0] * len(tasks))
    driver = None if duty.driving is None else _Driver(matrix, duty.driving, run.rests)
    trip = driver or _Plain(matrix)
    now, here = leave, duty.row
    for i, task in enumerate(tasks):
        row = task.row
        ends = (here, row, task.setup if row != here else 0)
        hop = trip.hop(ends, going(task, duty, now), duty.pause if i == leg else None)
        if hop is None:
            return None
        arrival, ready, pause_start = hop
        if pause_start is not None:
            run.pause_start = pause_start
        if task.arrived_at is not None:
            arrival, ready = task.arrived_at, task.arrived_at + ends[2]
        start, late = _begun(task, max(ready, task.not_before))
        if driver is not None:
            driver.stand(max(0, start - ready))
        if task.soft_latest is not None:
            run.soft[i] = max(0, start - task.soft_latest)
        run.arrivals.append(min(arrival, start))
        run.starts.append(start)
        run.late.append(late)
        now = max(start + task.service, task.held_until) if task.left_at is None else task.left_at
        run.departures.append(now)
        here = row
    return _ended(run, duty, trip, (here, now), leg == len(tasks))


def going(task: Task, duty: Duty, now: int) -> int:
    """When the way to a task begins, not before ``now``; the reports say it of where one was."""
    is_told = task.left_at is not None or task.arrived_at is not None
    return now if is_told else max(now, duty.held_until)


def _begun(task: Task, soonest: int) -> tuple[int, int]:
    """(start of service, seconds late); no later than the stop was left."""
    start, late = admitted(task, soonest) if task.windows else (soonest, 0)
    if task.left_at is None or start <= task.left_at:
        return start, late
    return task.left_at, max(0, late - start + task.left_at)


def _ended(
    run: Run, duty: Duty, trip: "_Plain", left: tuple[int, int], has_break: bool
) -> Run | None:
    here, now = left
    if duty.ended_at is not None:
        run.end = max(now, duty.ended_at)
        return None if has_break else run
    if duty.end_row is None:
        run.end = now
        return None if has_break else run
    pause = duty.pause if has_break else None
    hop = trip.hop((here, duty.end_row, 0), max(now, duty.held_until), pause)
    if hop is None:
        return None
    if hop[2] is not None:
        run.pause_start = hop[2]
    run.end = hop[1]
    return run


class _Plain:
    """Legs without a driving rule."""

    __slots__ = ("_cells", "_matrix", "_size")

    def __init__(self, matrix: TravelMatrix) -> None:
        self._matrix = matrix
        self._cells = None if matrix.slices else matrix.durations
        self._size = len(matrix.places)

    def hop(self, ends: Ends, leave: int, pause: Pause | None) -> Hop | None:
        """One leg; None when the break does not fit."""
        here, there, setup = ends
        if self._cells is None:
            arrival = self._matrix.arrival(here, there, leave)
        else:
            arrival = leave + self._cells[here * self._size + there]
        if pause is None:
            return arrival, arrival + setup, None
        begins = max(leave, pause.earliest)
        if begins + pause.duration > pause.latest:
            return None
        if begins >= arrival + setup:  # the break begins at the door
            return arrival, begins + pause.duration, begins
        arrival += pause.duration
        return arrival, arrival + setup, begins


def hop_of(matrix: TravelMatrix, ends: Ends, leave: int, pause: Pause | None) -> Hop | None:
    """One leg without a driving rule; None when the break does not fit."""
    return _Plain(matrix).hop(ends, leave, pause)


def wheel_after(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leave: int) -> Wheel:
    """How long the driver has been at the wheel when the last of these tasks is done."""
    if duty.driving is None:
        return 0, False
    driver, now, here = _Driver(matrix, duty.driving, []), leave, duty.row
    for task in tasks:
        hop = driver.hop((here, task.row, task.setup if task.row != here else 0), now, None)
        ready = now if hop is None else hop[1]
        if task.arrived_at is not None:
            ready = task.arrived_at + (task.setup if task.row != here else 0)
        start, _ = _begun(task, ready)
        driver.stand(max(0, start - ready))
        now = start + task.service if task.left_at is None else task.left_at
        here = task.row
    return driver.wheel


class _Driver(_Plain):
    """Legs under a driving rule; notes the rests before each leg."""

    __slots__ = ("_at_door", "_rests", "_rule", "_wheel")

    def __init__(self, matrix: TravelMatrix, rule: Rests, rests: list[int]) -> None:
        super().__init__(matrix)
        self._rule, self._rests = rule, rests
        self._wheel: Wheel = (0, False)
        self._at_door = 0  # seconds of the break, where the last leg had it at the door

    def hop(self, ends: Ends, leave: int, pause: Pause | None) -> Hop | None:
        """One leg with its rests, which come before setting off."""
        hop, rest, wheel, at_door = self._tried(self._wheel, ends, leave, pause)
        if pause is not None and not at_door:  # on the way: it counts before the leg
            rested = stood(self._rule, self._wheel, pause.duration)
            other = self._tried(rested, ends, leave, pause)
            if other[0] is not None and not other[3]:
                hop, rest, wheel, at_door = other
        self._wheel, self._at_door = wheel, at_door
        self._rests.append(rest)
        return hop

    def _tried(
        self, wheel: Wheel, ends: Ends, leave: int, pause: Pause | None
    ) -> tuple[Hop | None, int, Wheel, int]:
        rest, wheel = self._rest_before(wheel, ends, leave)
        hop = super().hop(ends, leave + rest, pause)
        if hop is None or pause is None or hop[2] is None:
            return hop, rest, wheel, 0
        return hop, rest, wheel, pause.duration if hop[1] == hop[2] + pause.duration else 0

    def _rest_before(self, wheel: Wheel, ends: Ends, leave: int) -> tuple[int, Wheel]:
        """(seconds of rest before the leg, the wheel after it)."""
        limit, rest, _, second = self._rule
        driven, half = wheel
        seconds = self._matrix.arrival(ends[0], ends[1], leave) - leave
        if driven + seconds <= limit:
            return 0, (driven + seconds, half)
        first = second if half else rest
        leave += first
        seconds = self._matrix.arrival(ends[0], ends[1], leave) - leave
        more = max(0, -(-seconds // limit) - 1)
        return first + more * rest, (seconds - more * limit, False)

    @property
    def wheel(self) -> Wheel:
        """How it stands now."""
        return self._wheel

    def stand(self, seconds: int) -> None:
        """Take note that the driver stood still, the break at the door not counted."""
        self._wheel = stood(self._rule, self._wheel, seconds + self._at_door)


def stood(rule: Rests, wheel: Wheel, seconds: int) -> Wheel:
    """The wheel after standing still."""
    _, rest, first, second = rule
    driven, half = wheel
    if seconds >= rest or (half and seconds >= second):
        return 0, False
    return driven, half or seconds >= first


def admitted(task: Task, ready: int) -> tuple[int, int]:
    """(start of service, seconds late)."""
    windows = task.windows
    if not windows:
        return ready, 0
    for earliest, latest in windows:
        if ready <= latest and earliest <= latest:
            return max(ready, earliest), 0
    earliest, latest = windows[-1]
    start = max(ready, earliest)
    return start, start - latest


def latest_leave(
    tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leg: int, run: Run
) -> int:
    """The latest departure that still ends at ``run.end`` and is no later at any stop.

    The rests of the run are fixed parts of their legs.
    """
    rests = run.rests or [0] * (len(tasks) + 1)
    limit = run.end
    if duty.end_row is not None:
        pause = duty.pause if leg == len(tasks) else None
        origin = tasks[-1].row if tasks else duty.row
        limit = _latest_start_of_leg(matrix, (origin, duty.end_row, 0), limit, pause)
        limit -= rests[len(tasks)]
    for i in range(len(tasks) - 1, -1, -1):
        task = tasks[i]
        limit = latest_start(task, limit - task.service, run.starts[i])
        if task.arrived_at is not None:
            limit = min(limit, run.starts[i])
        origin = tasks[i - 1].row if i else duty.row
        ends = (origin, task.row, task.setup if origin != task.row else 0)
        pause = duty.pause if i == leg else None
        limit = _latest_start_of_leg(matrix, ends, limit, pause) - rests[i]
    return limit


def _latest_start_of_leg(matrix: TravelMatrix, ends: Ends, limit: int, pause: Pause | None) -> int:
    origin, target, setup = ends
    if pause is None:
        return matrix.departure(origin, target, limit - setup)
    return min(
        matrix.departure(origin, target, limit - setup - pause.duration),
        pause.latest - pause.duration,
    )


def latest_start(task: Task, limit: int, start: int) -> int:
    """The latest start up to ``limit`` in any window; of a late stop the present start.

    Never one that is softly later than the present start.
    """
    if task.soft_latest is not None:
        limit = min(limit, max(task.soft_latest, start))
    if not task.windows:
        return limit
    for earliest, latest in reversed(task.windows):
        if earliest <= limit:
            return max(start, min(limit, latest))
    return start

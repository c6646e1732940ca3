"""When a route is where: the reference evaluator's kernel, on integer epoch seconds.

A timetable is a function of the order of tasks, the duty and the travel matrix alone. The route
leaves as late as it can without ending later; where it owes a break, every leg that can hold the
break is tried and the best one kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from console.domain.segments import UNLIMITED, Segment, joined, pause_segment, stop_segment
from console.domain.travel import UNREACHABLE, TravelMatrix

NO_BREAK = -1


@dataclass(frozen=True, slots=True)
class Task:
    """A stop: matrix row, service (s), windows (epoch s, sorted), and when it was left if it was.

    ``left_at`` fixes a stop that was already served.
    """

    row: int
    service: int
    windows: tuple[tuple[int, int], ...] = ()
    left_at: int | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A break: duration (s), wholly within [earliest, latest], owed above ``after`` s of route."""

    duration: int
    earliest: int
    latest: int
    after: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift: depot row, window, last allowed return, break; epoch seconds.

    ``left_at`` is set once the route has started: it then leaves neither earlier nor later.
    """

    row: int
    start: int
    end: int
    latest_end: int
    pause: Pause | None = None
    left_at: int | None = None

    @property
    def leave(self) -> int:
        """The first moment to leave the depot."""
        return self.start if self.left_at is None else self.left_at


@dataclass(frozen=True, slots=True)
class Timetable:
    """Times in epoch seconds, one per task; ``pause`` is the break's (start, end) or None.

    ``late`` are seconds after the last window per task. ``pause_missing`` says that a break is
    owed and fits nowhere.
    """

    start: int
    end: int
    arrivals: tuple[int, ...]
    starts: tuple[int, ...]
    departures: tuple[int, ...]
    late: tuple[int, ...]
    pause: tuple[int, int] | None = None
    pause_missing: bool = False

    def rank(self, duty: Duty) -> tuple[int, int, float, int]:
        """The smaller the better: lateness, excess of shift, paid time, end."""
        overtime = max(0, self.end - duty.end)
        excess = max(0, self.end - duty.latest_end)
        return (sum(self.late), excess, self.end - self.start + overtime / 2, self.end)


def timetable(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> Timetable:
    """The best timetable for tasks in this order."""
    soonest = _forward(tasks, duty, matrix, NO_BREAK, duty.leave)
    if soonest is None:
        raise AssertionError("a run without a break always exists")
    plain = _delayed(tasks, duty, matrix, NO_BREAK, soonest)
    pause = duty.pause
    if pause is None or plain.end - plain.start <= pause.after:
        return plain
    best: Timetable | None = None
    known = None if any(plain.late) else _best_leg(tasks, duty, matrix)
    for leg in _legs(soonest, tasks, duty.leave, pause) if known is None else (known,):
        run = _forward(tasks, duty, matrix, leg, duty.leave)
        if run is not None:
            table = _delayed(tasks, duty, matrix, leg, run)
            if best is None or table.rank(duty) < best.rank(duty):
                best = table
    return best or replace(plain, pause_missing=True)


def _best_leg(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> int | None:
    """The leg for the break by segments, in linear time; None where they do not tell.

    They do for tasks with one window at most, none of them served, and travel that does not
    depend on the hour, when some leg takes the break without making a stop late.
    """
    pause = duty.pause
    if pause is None or matrix.slices or duty.left_at is not None:
        return None
    if any(len(task.windows) > 1 or task.left_at is not None for task in tasks):
        return None
    depot: Segment = (0, 0, duty.start, UNLIMITED)
    nodes = [depot, *(stop_segment(task.service, task.windows) for task in tasks), depot]
    rows = [duty.row, *(task.row for task in tasks), duty.row]
    hops = [matrix.durations[matrix.cell(a, b)] for a, b in pairwise(rows)]
    after: list[Segment] = [depot]
    for hop, node in zip(reversed(hops[1:]), reversed(nodes[1:-1]), strict=True):
        after.append(joined(node, hop, after[-1]))
    ahead, best = nodes[0], None
    for leg, hop in enumerate(hops):
        rest = pause_segment(pause.duration, pause.earliest, pause.latest, hop)
        if rest is None:
            return None
        seconds, warp, start, _ = joined(joined(ahead, 0, rest), hop, after[-1 - leg])
        end = start + seconds
        late = max(0, end - duty.latest_end), 2 * seconds + max(0, end - duty.end), end
        if not warp and (best is None or late < best[0]):
            best = (late, leg)
        ahead = joined(ahead, hop, nodes[leg + 1])
    return None if best is None else best[1]


def _legs(soonest: "_Run", tasks: Sequence[Task], leave: int, pause: Pause) -> Iterator[int]:
    """Legs that can hold the break.

    A leg whose next stop is left before the break may begin is never better than the next leg: the
    break would begin no earlier there, with one more stop served.
    """
    leaves = [leave, *soonest.departures]
    for leg, begun in enumerate(leaves):
        if begun + pause.duration > pause.latest:
            return
        is_last = leg == len(tasks)
        if is_last or (tasks[leg].left_at is None and leaves[leg + 1] > pause.earliest):
            yield leg


@dataclass(slots=True)
class _Run:
    leave: int
    arrivals: list[int]
    starts: list[int]
    departures: list[int]
    late: list[int]
    pause_start: int | None = None
    end: int = 0


def _delayed(
    tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leg: int, soonest: _Run
) -> Timetable:
    """Leave as late as the end of the soonest run allows."""
    run = soonest
    if duty.left_at is None:
        later = _latest_leave(tasks, duty, matrix, leg, soonest)
        if later > soonest.leave:
            run = _forward(tasks, duty, matrix, leg, later) or soonest
            if run.end > soonest.end or sum(run.late) > sum(soonest.late):
                run = soonest
    pause = None
    if run.pause_start is not None and duty.pause is not None:
        pause = (run.pause_start, run.pause_start + duty.pause.duration)
    return Timetable(
        run.leave,
        run.end,
        tuple(run.arrivals),
        tuple(run.starts),
        tuple(run.departures),
        tuple(run.late),
        pause,
    )


def _forward(
    tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leg: int, leave: int
) -> _Run | None:
    run = _Run(leave, [], [], [], [])
    now, here = leave, duty.row
    for i, task in enumerate(tasks):
        hop = _hop(matrix, here, task.row, now, duty.pause if i == leg else None)
        if hop is None:
            return None
        arrival, ready, pause_start = hop
        if pause_start is not None:
            run.pause_start = pause_start
        start, late = _admitted(task, ready)
        run.arrivals.append(arrival)
        run.starts.append(start)
        run.late.append(late)
        now = start + task.service if task.left_at is None else task.left_at
        run.departures.append(now)
        here = task.row
    hop = _hop(matrix, here, duty.row, now, duty.pause if leg == len(tasks) else None)
    if hop is None:
        return None
    if hop[2] is not None:
        run.pause_start = hop[2]
    run.end = hop[1]
    return run


def _hop(
    matrix: TravelMatrix, origin: int, target: int, leave: int, pause: Pause | None
) -> tuple[int, int, int | None] | None:
    """(arrival, ready for service, break start) of one leg; None when the break does not fit."""
    arrival = matrix.arrival(origin, target, leave)
    if pause is None:
        return arrival, arrival, None
    begins = max(leave, pause.earliest)
    if begins + pause.duration > pause.latest:
        return None
    if begins >= arrival:  # the break begins at the door
        return arrival, begins + pause.duration, begins
    return arrival + pause.duration, arrival + pause.duration, begins


def _admitted(task: Task, ready: int) -> tuple[int, int]:
    """(start of service, seconds late)."""
    if not task.windows:
        return ready, 0
    for earliest, latest in task.windows:
        if ready <= latest:
            return max(ready, earliest), 0
    return ready, ready - task.windows[-1][1]


def _latest_leave(
    tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leg: int, run: _Run
) -> int:
    """The latest departure from the depot that still ends at ``run.end`` and is no later."""
    limit = run.end
    after = duty.row
    for i in range(len(tasks), 0, -1):
        task = tasks[i - 1]
        leave = _latest_start_of_leg(matrix, (task.row, after), limit, duty, i == leg)
        limit = _latest_start(task, leave - task.service, run.starts[i - 1])
        after = task.row
    return _latest_start_of_leg(matrix, (duty.row, after), limit, duty, leg == 0)


def _latest_start_of_leg(
    matrix: TravelMatrix, ends: tuple[int, int], limit: int, duty: Duty, has_break: bool
) -> int:
    if not has_break or duty.pause is None:
        return matrix.departure(*ends, limit)
    pause = duty.pause
    return min(
        matrix.departure(*ends, limit - pause.duration),
        pause.latest - pause.duration,
    )


def _latest_start(task: Task, limit: int, start: int) -> int:
    """The latest start up to ``limit`` in any window; of a late stop the present start."""
    if not task.windows:
        return limit
    for earliest, latest in reversed(task.windows):
        if earliest <= limit:
            return max(start, min(limit, latest))
    return start


def is_reachable(rows: Sequence[int], matrix: TravelMatrix) -> bool:
    """True when a road leads along all these rows."""
    return all(matrix.durations[matrix.cell(a, b)] != UNREACHABLE for a, b in pairwise(rows))

"""When a route is where: the reference evaluator's kernel, on integer epoch seconds.

A timetable is a function of the order of tasks, the duty and the travel matrix alone. The route
leaves as late as it can without ending later or being later anywhere, softly or not; where it owes
a break, every leg that can hold the break is tried and the best one kept. How one leg is driven,
the driving rule included, stands in ``running``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from console.domain.duty import Duty, Pause, Task
from console.domain.running import Run, admitted, forward, hop_of, latest_leave
from console.domain.segments import UNLIMITED, Segment, joined, pause_segment, stop_segment
from console.domain.travel import UNREACHABLE, TravelMatrix

__all__ = ["Duty", "Pause", "Task", "Timetable", "is_reachable", "timetable"]

NO_BREAK = -1


@dataclass(frozen=True, slots=True)
class Timetable:
    """Times in epoch seconds, one per task; ``pause`` is the break's (start, end) or None.

    ``late`` are seconds after the last window per task, ``soft`` seconds after its ``soft_latest``.
    ``rests`` are the (start, end) of the rests that the driving rule asks for. ``pause_missing``
    says that a break is owed and fits nowhere.
    """

    start: int
    end: int
    arrivals: tuple[int, ...]
    starts: tuple[int, ...]
    departures: tuple[int, ...]
    late: tuple[int, ...]
    pause: tuple[int, int] | None = None
    pause_missing: bool = False
    soft: tuple[int, ...] = ()
    rests: tuple[tuple[int, int], ...] = ()

    def rank(self, duty: Duty) -> tuple[int, int, int, float, int]:
        """The smaller the better: lateness, excess of shift, soft lateness, paid time, end."""
        overtime = max(0, self.end - duty.end)
        excess = max(0, self.end - duty.latest_end)
        paid = self.end - self.start + overtime / 2
        return (sum(self.late), excess, sum(self.soft), paid, self.end)


def timetable(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> Timetable:
    """The best timetable for tasks in this order."""
    soonest = forward(tasks, duty, matrix, NO_BREAK, duty.leave)
    if soonest is None:
        raise AssertionError("a run without a break always exists")
    plain = _delayed(tasks, duty, matrix, NO_BREAK, soonest)
    pause = duty.pause
    if pause is None or plain.end - plain.start <= pause.after:
        return plain
    best: Timetable | None = None
    known = None if any(plain.late) else _best_leg(tasks, duty, matrix)
    for leg in _legs(soonest, tasks, duty, matrix) if known is None else (known,):
        run = forward(tasks, duty, matrix, leg, duty.leave)
        if run is not None:
            table = _delayed(tasks, duty, matrix, leg, run)
            if best is None or table.rank(duty) < best.rank(duty):
                best = table
    if best is None and pause.is_taken:  # at a stop, by the facts
        return replace(plain, pause=(pause.earliest, pause.latest))
    return best or replace(plain, pause_missing=True)


def _best_leg(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> int | None:
    """The leg for the break by segments, in linear time; None where they do not tell.

    They do for tasks with one hard window at most, none of them served, no driving rule, and travel
    that does not depend on the hour, when some leg takes the break without making a stop late.
    """
    pause = duty.pause
    if pause is None or not _is_plain(tasks, duty, matrix):
        return None
    start: Segment = (0, 0, duty.start, duty.start if duty.fixed_start else UNLIMITED)
    nodes = [start, *(stop_segment(task.service, task.windows) for task in tasks)]
    if duty.end_row is not None:
        nodes.append((0, 0, duty.start, UNLIMITED))
    hops = _hops(tasks, duty, matrix)
    after: list[Segment] = [nodes[-1]]
    for hop, node in zip(reversed(hops[1:]), reversed(nodes[1:-1]), strict=True):
        after.append(joined(node, hop, after[-1]))
    ahead, best = nodes[0], None
    for leg, hop in enumerate(hops):
        rest = pause_segment(pause.duration, pause.earliest, pause.latest, hop)
        if rest is None:
            return None
        seconds, warp, begin, _ = joined(joined(ahead, 0, rest), hop, after[-1 - leg])
        end = begin + seconds
        late = max(0, end - duty.latest_end), 2 * seconds + max(0, end - duty.end), end
        if not warp and (best is None or late < best[0]):
            best = (late, leg)
        ahead = joined(ahead, hop, nodes[leg + 1])
    return None if best is None else best[1]


def _is_plain(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> bool:
    if matrix.slices or duty.left_at is not None or duty.driving is not None:
        return False
    return not any(
        len(task.windows) > 1 or _is_told(task) or task.soft_latest is not None for task in tasks
    )


def _is_told(task: Task) -> bool:
    return task.left_at is not None or task.arrived_at is not None


def _hops(tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> list[int]:
    """Seconds from ready to leave to ready for service, setup included."""
    here, hops = duty.row, list[int]()
    for task in tasks:
        setup = task.setup if task.row != here else 0
        hops.append(matrix.durations[matrix.cell(here, task.row)] + setup)
        here = task.row
    if duty.end_row is not None:
        hops.append(matrix.durations[matrix.cell(here, duty.end_row)])
    return hops


def _legs(soonest: Run, tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix) -> Iterator[int]:
    """Legs that can hold the break.

    A leg whose next stop is left before the break may begin never ends the route sooner than the
    next leg does: the break would begin no earlier there, with one more stop served. It may let
    the route leave later, so only a route that is late anyhow is spared these legs. A leg to a
    stop that was served can hold it where there was time for it.
    """
    pause = duty.pause
    if pause is None:
        return
    leaves = [duty.leave, *soonest.departures]
    last = len(tasks) - (duty.end_row is None)
    too_soon = pause.earliest if any(soonest.late) else 0
    for leg, begun in enumerate(leaves[: last + 1]):
        if begun + pause.duration > pause.latest:
            return
        if leg == last or leaves[leg + 1] > too_soon:
            here = tasks[leg - 1].row if leg else duty.row
            if leg == last or has_room(tasks[leg], here, begun, pause, matrix):
                yield leg


def has_room(task: Task, here: int, leave: int, pause: Pause, matrix: TravelMatrix) -> bool:
    """False where a stop was served and left too early for a break on the way to it."""
    if task.left_at is None:
        return True
    hop = hop_of(matrix, (here, task.row, task.setup if task.row != here else 0), leave, pause)
    return hop is not None and admitted(task, hop[1])[0] + task.service <= task.left_at


def _delayed(
    tasks: Sequence[Task], duty: Duty, matrix: TravelMatrix, leg: int, soonest: Run
) -> Timetable:
    """Leave as late as the end of the soonest run allows."""
    run = soonest
    if not duty.is_fixed:
        later = latest_leave(tasks, duty, matrix, leg, soonest)
        if later > soonest.leave:
            run = forward(tasks, duty, matrix, leg, later)
            if run is None or not run.is_no_later_than(soonest):
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
        soft=tuple(run.soft),
        rests=run.rested(),
    )


def is_reachable(rows: Sequence[int], matrix: TravelMatrix) -> bool:
    """True when a road leads along all these rows."""
    return all(matrix.durations[matrix.cell(a, b)] != UNREACHABLE for a, b in pairwise(rows))

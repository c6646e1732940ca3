"""From stops to everything a route does: loading again and charging are derived, never stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from console.domain.duty import Duty, Task
from console.domain.fleet import Shift
from console.domain.loads import Cuts, cuts_of
from console.domain.plan import Stop
from console.domain.segments import UNLIMITED
from console.domain.travel import TravelMatrix

LOADING = -1
CHARGING = -2


@dataclass(frozen=True, slots=True)
class Itinerary:
    """Tasks in order; ``kinds`` are the indices of stops, ``LOADING`` or ``CHARGING``.

    ``cuts`` are the stops before which it loads again.
    """

    tasks: Sequence[Task]
    kinds: Sequence[int]
    duty: Duty
    cuts: Cuts = ()

    @property
    def is_plain(self) -> bool:
        """True when every task is a stop."""
        return isinstance(self.kinds, range)


def itinerary_of(
    stops: Sequence[Stop], tasks: Sequence[Task], shift: Shift, duty: Duty, matrix: TravelMatrix
) -> Itinerary:
    """All tasks of a route with these stops, one task a stop.

    A trip does not begin before everything it loads is ready: the first leaves no earlier, a later
    one is not loaded earlier.
    """
    rows = [task.row for task in tasks]
    cuts = cuts_of(stops, rows, shift, matrix) if shift.reloads else ()
    ready = _ready(stops[: cuts[0]] if cuts else stops)
    if ready > duty.start:
        duty = replace(duty, start=ready)
    made = Itinerary(tasks, range(len(tasks)), duty, cuts)
    if cuts:
        made = _with_loading(made, stops, shift, matrix)
    return made if shift.range_m is None or not shift.chargers else _charged(made, shift, matrix)


def _ready(stops: Sequence[Stop]) -> int:
    """When all that is loaded for these stops is there (epoch s); 0 at any time."""
    ready = 0
    for stop in stops:
        for order in stop.orders:
            if order.ready_at is not None and order.pickup is None:
                ready = max(ready, int(order.ready_at.timestamp()))
    return ready


def _with_loading(
    made: Itinerary, stops: Sequence[Stop], shift: Shift, matrix: TravelMatrix
) -> Itinerary:
    tasks, kinds = list[Task](), list[int]()
    base, seconds = matrix.position(shift.place), int(shift.reload_time.total_seconds())
    ends = dict(zip(made.cuts, (*made.cuts[1:], len(stops)), strict=True))
    for i, task in enumerate(made.tasks):
        if i in ends:
            ready = _ready(stops[i : ends[i]])
            tasks.append(Task(base, seconds, ((ready, UNLIMITED),) if ready else ()))
            kinds.append(LOADING)
        tasks.append(task)
        kinds.append(i)
    return replace(made, tasks=tasks, kinds=kinds)


def _charged(made: Itinerary, shift: Shift, matrix: TravelMatrix) -> Itinerary:
    """With a charger before each leg after which the next one might be out of range.

    That is the one with the least detour of those within range, in metres; where there is none,
    the route goes on without.
    """
    battery = _Battery(made.duty, shift, matrix)
    tasks, kinds = list[Task](), list[int]()
    seconds = int(shift.charge_time.total_seconds())
    last = made.kinds[-1] if made.duty.end_row is None else None
    for task, kind in zip(made.tasks, made.kinds, strict=True):
        is_last = kind == last
        for row in battery.before(task.row, 0 if is_last else battery.way_out(task.row)):
            tasks.append(Task(row, seconds))
            kinds.append(CHARGING)
        tasks.append(task)
        kinds.append(kind)
    if made.duty.end_row is not None:
        for row in battery.before(made.duty.end_row, 0):
            tasks.append(Task(row, seconds))
            kinds.append(CHARGING)
    return replace(made, tasks=tasks, kinds=kinds)


class _Battery:
    """Where the vehicle is, and how far it went since it was full."""

    def __init__(self, duty: Duty, shift: Shift, matrix: TravelMatrix) -> None:
        self._chargers = [matrix.position(place) for place in shift.chargers]
        self._metres, self._size = matrix.distances, len(matrix.places)
        self._range = shift.range_m or 0
        self._here, self._used = duty.row, 0
        self._end = duty.end_row

    def before(self, row: int, beyond: int) -> Iterator[int]:
        """The charger to go to before driving to ``row``, from where ``beyond`` must be left."""
        charger = None
        if self._used + self._between(self._here, row) + beyond > self._range:
            charger = self._nearest_on_the_way(row)
        if charger is not None:
            yield charger
            self._here, self._used = charger, 0
        self._used += self._between(self._here, row)
        self._here = row

    def way_out(self, row: int) -> int:
        """Metres from a row to the nearest charger, or to the end if that is nearer."""
        ends = self._chargers if self._end is None else [*self._chargers, self._end]
        return min(self._between(row, end) for end in ends)

    def _between(self, a: int, b: int) -> int:
        return self._metres[a * self._size + b]

    def _nearest_on_the_way(self, row: int) -> int | None:
        within = [
            c for c in self._chargers if self._used + self._between(self._here, c) <= self._range
        ]
        return min(
            within,
            key=lambda c: self._between(self._here, c) + self._between(c, row),
            default=None,
        )

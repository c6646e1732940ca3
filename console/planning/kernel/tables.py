"""A problem as arrays, the only thing compiled code sees.

Few wide arrays rather than many narrow ones: compiled functions hand every array on one by one.
Rows are those of the travel matrices, and one more: nowhere, from where and to which nothing takes
time. Seconds are epoch seconds less the first crew's start; money is in ``MONEY`` parts.
"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from console.domain.segments import UNLIMITED
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.planning.kernel.mates import mates_of
from console.planning.problem import (
    NOTHING,
    Amounts,
    Crew,
    Demand,
    Problem,
)

Array = np.ndarray[Any, np.dtype[Any]]

FAR = 1 << 29  # what an unreachable cell holds: later than any shift, longer than any range
HORIZON = 1 << 40
NEAR = 120


class Tables(NamedTuple):
    """The problem. n demands, k crews, p travel profiles, r rows; the columns are named below."""

    travel: Array  # (p, r, r) seconds, by hour of day the least
    metres: Array  # (p, r, r)
    demand: Array  # (n, DEMAND_WIDTH)
    crew: Array  # (k, CREW_WIDTH)
    allowed: Array  # (n, k)
    extra: Array  # (n, k) price of this demand with this crew
    near: Array  # (n, m) the nearest demands of each, itself first
    mates: Array  # (n, m) the likeliest neighbours of each on a round (``mates``)
    balance: Array  # (2,) price per unit off the mean; the unit: 0 seconds, 1 stops, 2 kg
    window: Array  # (w, 2) all windows of all demands
    pair: Array  # (q, 6) demand that brings, demand that collects, amounts
    slice: Array  # (s, r, r) seconds by hour of day, the first of a profile before all others
    begins: Array  # (s,) when each slice begins
    charger: Array  # (c,) rows
    cap: Array  # (2,) most changes, most broken promises


ROW, SERVICE, SETUP, EARLY, LATE, SKIP = range(6)
LOAD = 6  # all that is loaded at the depot
BROUGHT = 10  # all that is brought
COLLECTED = 14
(
    READY,
    SOFT_LATEST,
    LATE_PRICE,
    PROMISE_FROM,
    PROMISE_TO,
    PROMISE_PRICE,
    WINDOW_AT,  # first of its windows, and how many
    WINDOWS,
    BRINGS_AT,  # first of the pairs in which it brings, and how many
    BRINGS,
    GROUP,  # the first of all demands that are linked to it by pairs, itself where it has none
    IS_LINKED,
    IS_RICH,
    IS_MUST,  # leaving it out is no question of money
    HOME,
    STAYS,
    HOLDS,  # something it brings is on board of its crew from the start
) = range(18, 35)
HELD = 35  # how much of it, in every dimension
DEMAND_WIDTH = 39
(
    PROFILE,
    KIND,  # equal for crews that are alike
    FIRST,  # row
    LAST,  # row
    LEAVE,
    LEAVE_BY,
    SHIFT_END,
    LATEST_END,
    MOST_METRES,
    MOST_DRIVING,
    MOST_STOPS,
    FIXED,
    PER_METRE,
    PER_INNER_METRE,  # on top, between two stops
    PER_SECOND,
    PER_OVERTIME,  # on top
    PAUSE,  # duration, earliest, latest, owed after
) = range(17)
CAPACITY = PAUSE + 4
ROOM = CAPACITY + 4  # over all trips
(
    IS_RICH_CREW,
    IS_ENDLESS,  # it ends at its last stop
    IS_FIXED,  # 2: it has left
    DRIVE,  # the driving rule: limit (0: none), rest, first part, second part
    REST,
    FIRST_PART,
    SECOND_PART,
    DRIVEN,
    IS_HALF,
    RELOADS,
    RELOAD_TIME,
    BASE,
    RANGE,
    CHARGE_TIME,
    CHARGER_AT,
    CHARGERS,
    SLICE_AT,
    SLICES,
    ABOARD,  # four amounts that stay on the vehicle until it loads again
) = range(ROOM + 4, ROOM + 23)
CREW_WIDTH = ABOARD + 4


def tables_of(problem: Problem, *, neighbours: bool = True) -> Tables:
    """The arrays of a problem.

    Without ``near`` and ``mates``, which a search needs, in half the time: insertion then looks at
    every leg.
    """
    origin = min((crew.duty.leave for crew in problem.crews), default=0)
    demands, crews = problem.demands, problem.crews
    allowed = np.zeros((len(demands), len(crews)), dtype=np.bool_)
    for i, demand in enumerate(demands):
        allowed[i, list(demand.crews)] = True
    nobody = np.zeros((len(demands), 0), np.int32)
    ways = _Ways(problem)
    stated = _Demands(problem, origin)
    rows = [ways.crew(crew, origin) for crew in crews]
    extra = np.zeros(allowed.shape, dtype=np.int64)
    for i, demand in enumerate(demands):
        if demand.prices:
            extra[i] = demand.prices
    _number_kinds(crews, rows, np.hstack([allowed.T.astype(np.int64), extra.T]))
    return Tables(
        ways.travel,
        ways.metres,
        stated.columns,
        np.array(rows, dtype=np.int64).reshape(-1, CREW_WIDTH),
        allowed,
        extra,
        nearest(demands, ways.travel[0]) if neighbours else nobody,
        mates_of(demands, crews, (ways.travel[0], ways.metres[0])) if neighbours else nobody,
        np.array([problem.balance.price, problem.balance.unit], dtype=np.int64),
        stated.windows,
        stated.pairs,
        ways.slices,
        np.array(ways.begins, dtype=np.int64) - origin,
        np.array(ways.chargers or [0], dtype=np.int64),
        np.array([problem.most_changes, problem.most_broken], dtype=np.int64),
    )


class _Ways:
    """Travel of all profiles, and the crews that go by it."""

    def __init__(self, problem: Problem) -> None:
        self.begins = list[int]()
        self.chargers = list[int]()
        self._slices = list[Array]()
        self._travel, self._metres = list[Array](), list[Array]()
        self._profiles: dict[tuple[str, float], tuple[int, int, int]] = {}
        self._matrix = problem.matrix
        for crew in problem.crews:
            self._profile(crew)
        if not problem.crews:
            self._add(problem.matrix)
        self.travel, self.metres = np.stack(self._travel), np.stack(self._metres)
        nothing = np.zeros((1, 1, 1), np.int32)
        self.slices = np.stack(self._slices) if self._slices else nothing
        self.begins = self.begins or [0]

    def _profile(self, crew: Crew) -> tuple[int, int, int]:
        """(number, first slice, slices)."""
        matrix = self._matrix.of(crew.profile or self._matrix.profile, crew.speed_factor)
        key = (matrix.profile if matrix is not self._matrix else "", crew.speed_factor)
        if key not in self._profiles:
            self._profiles[key] = self._add(matrix)
        return self._profiles[key]

    def _add(self, matrix: TravelMatrix) -> tuple[int, int, int]:
        size = len(matrix.places)
        whole = _square(matrix.durations, size)
        self._metres.append(_square(matrix.distances, size))
        first = len(self._slices)
        if matrix.slices:
            hours = [whole, *(_square(part.durations, size) for part in matrix.slices)]
            self._slices += hours
            self.begins += [-HORIZON, *(part.begins for part in matrix.slices)]
            whole = np.minimum.reduce(hours)
        self._travel.append(whole)
        return len(self._travel) - 1, first, len(self._slices) - first

    def crew(self, crew: Crew, origin: int) -> list[int]:
        """The columns of a crew."""
        duty, pause, past = crew.duty, crew.duty.pause, crew.past
        nowhere = len(self._matrix.places)
        rest = [0, 0, 0, UNLIMITED]
        if pause is not None:
            after = pause.after - past.seconds
            rest = [pause.duration, pause.earliest - origin, pause.latest - origin, after]
        latest = duty.latest_end - origin
        profile, slice_at, slices = self._profile(crew)
        leave = duty.leave - origin
        fixed = 2 if duty.left_at is not None else int(duty.is_fixed)
        range_m = UNLIMITED if crew.chargers else crew.range_m
        for_good = NOTHING if crew.reloads else crew.aboard
        chargers = len(self.chargers)
        self.chargers += crew.chargers
        return [
            *(profile, 0, duty.row, nowhere if duty.end_row is None else duty.end_row),
            *(leave, leave if duty.is_fixed else latest, duty.end - origin, latest),
            min(range_m - (0 if crew.chargers else past.metres), crew.most_metres - past.metres),
            *(crew.most_driving - past.driving, crew.most_stops - past.stops),
            *(fixed_price(crew, self._matrix), crew.per_metre, crew.per_inner_metre),
            *(crew.per_second, crew.per_overtime_second),
            *rest,
            *(limit - used for limit, used in zip(crew.capacity, for_good, strict=True)),
            *(min(UNLIMITED, limit) * (crew.reloads + 1) for limit in crew.capacity),
            *(1 if slices else _is_rich_crew(crew), duty.end_row is None, fixed),
            *(duty.driving or (0, 0, 0, 0)),
            *(past.driven, past.is_half),
            *(crew.reloads, crew.reload_time, max(0, crew.base)),
            *(min(crew.range_m, HORIZON), crew.charge_time, chargers, len(crew.chargers)),
            *(slice_at, slices),
            *(crew.aboard if crew.reloads else NOTHING),
        ]


def _is_rich_crew(crew: Crew) -> int:
    """1 when runs joined in constant time are only a guess; 2 only where it has to load again."""
    duty = crew.duty
    if (duty.end_row is None and duty.pause is not None) or crew.chargers or duty.driving:
        return 1
    if crew.reloads:
        return 1 if crew.is_away else 2
    return 0


def fixed_price(crew: Crew, matrix: TravelMatrix) -> int:
    """What a round costs besides metres and seconds; away, the way home is paid anyhow."""
    duty = crew.duty
    if not crew.is_away:
        return crew.fixed
    if duty.end_row is None:
        return 0
    way = matrix.of(crew.profile or matrix.profile, crew.speed_factor)
    cell = way.cell(duty.row, duty.end_row)
    end = way.arrival(duty.row, duty.end_row, duty.leave)
    home = way.distances[cell] * crew.per_metre + (end - duty.leave) * crew.per_second
    return -(home + max(0, end - duty.end) * crew.per_overtime_second)


def _square(cells: "array[int]", size: int) -> Array:
    """With a row and a column for nowhere."""
    square = np.zeros((size + 1, size + 1), np.int32)
    if size:
        flat: Array = np.frombuffer(cells, dtype=np.uint32)
        square[:size, :size] = np.minimum(flat, FAR).reshape(size, size)
    return square


class _Demands:
    """The columns of all demands, their windows and pairs."""

    def __init__(self, problem: Problem, origin: int) -> None:
        self._origin = origin
        self._windows = list[tuple[int, int]]()
        self._pairs = list[tuple[int, int, Amounts]]()
        self._home = problem.home or (-1,) * len(problem.demands)
        group = _groups(problem.demands)
        collecting = {source for demand in problem.demands for source, _ in demand.brings}
        skips = _skips(problem)
        rows = [
            self._demand(i, demand, skips[i], (group[i], i in collecting))
            for i, demand in enumerate(problem.demands)
        ]
        self.columns = np.array(rows, dtype=np.int64).reshape(-1, DEMAND_WIDTH)
        self.windows = np.array(self._windows or [(0, 0)], dtype=np.int64)
        pairs = [(i, source, *loads) for i, source, loads in self._pairs] or [(-1,) * 6]
        self.pairs = np.array(pairs, dtype=np.int64)

    def _demand(self, i: int, demand: Demand, skip: int, linked: tuple[int, bool]) -> list[int]:
        task, origin = demand.task, self._origin
        windows_at, pairs_at = len(self._windows), len(self._pairs)
        self._windows += [(a - origin, min(b - origin, HORIZON)) for a, b in task.windows]
        self._pairs += [(i, source, loads) for source, loads in demand.brings]
        early, late = _hull(task.windows, origin)
        soft = HORIZON if task.soft_latest is None else task.soft_latest - origin
        group, collects = linked
        promise = demand.promise or (origin - HORIZON, origin + HORIZON)
        at_depot = (a - b for a, b in zip(demand.load, demand.fetched, strict=True))
        return [
            *(task.row, task.service, task.setup, early, late, skip),
            *at_depot,
            *demand.load,
            *demand.collected,
            *(demand.ready - origin if demand.ready else -HORIZON, soft, demand.late_price),
            *(promise[0] - origin, promise[1] - origin, demand.promise_price),
            *(windows_at, len(task.windows), pairs_at, len(demand.brings), group),
            *(collects or bool(demand.brings), self._is_rich(demand) or collects),
            *(any(demand.orders), self._home[i], demand.stays, any(demand.held)),
            *demand.held,
        ]

    def _is_rich(self, demand: Demand) -> bool:
        """True when its rounds need the judge: runs joined in constant time are only a guess."""
        task = demand.task
        if len(task.windows) > 1 or task.soft_latest is not None or demand.promise is not None:
            return True
        if any(a > b for a, b in task.windows):
            return True
        return demand.collected != NOTHING or bool(demand.brings) or bool(demand.ready)


def _hull(windows: Sequence[tuple[int, int]], origin: int) -> tuple[int, int]:
    """From the first beginning to the last end."""
    if not windows:
        return -HORIZON, HORIZON
    return windows[0][0] - origin, min(windows[-1][1] - origin, HORIZON)


def _groups(demands: Sequence[Demand]) -> list[int]:
    """For each demand the first one that pairs link it to."""
    group = list(range(len(demands)))

    def first(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    for i, demand in enumerate(demands):
        for source, _ in demand.brings:
            a, b = first(i), first(source)
            group[max(a, b)] = min(a, b)
    return [first(i) for i in range(len(demands))]


def _number_kinds(crews: Sequence[Crew], rows: list[list[int]], columns: Array) -> None:
    """Crews that are alike get the same number; chargers count by what they are."""
    seen: dict[object, int] = {}
    for i, crew in enumerate(crews):
        row = [*rows[i][:KIND], *rows[i][KIND + 1 :]]
        row[CHARGER_AT - 1] = 0
        key = (tuple(row), crew.chargers, columns[i].tobytes())
        rows[i][KIND] = seen.setdefault(key, len(seen))


def _skips(problem: Problem) -> list[int]:
    """What leaving a demand out costs: more than any detour, by priority, and its own price."""
    low = _dearest_detour(problem)
    weights = (400 * low, 20 * low, low)
    return [
        demand.skip + sum(n * w for n, w in zip(demand.orders, weights, strict=True))
        for demand in problem.demands
    ]


def _dearest_detour(problem: Problem) -> int:
    """More than serving any one demand can add to a plan."""
    metres, seconds = _longest(problem.matrix.distances), _longest(problem.matrix.durations)
    service = max((d.task.service + d.task.setup for d in problem.demands), default=0)
    dearest = max((max(d.prices, default=0) for d in problem.demands), default=0)
    return 1 + dearest + max(_detours(problem, 2 * metres, 2 * seconds + service), default=0)


def _longest(cells: "array[int]") -> int:
    """The greatest cell that a road leads along."""
    flat: Array = np.frombuffer(cells, dtype=np.uint32) if cells else np.zeros(1, np.uint32)
    return int(np.max(flat, initial=0, where=flat != UNREACHABLE))


def _detours(problem: Problem, metres: int, seconds: int) -> Iterator[int]:
    for c in problem.crews:
        slow = max(1.0, c.speed_factor)
        spent = int(slow * seconds) + 7200 + c.reload_time + c.charge_time
        yield (
            max(0, c.fixed)
            + metres * (c.per_metre + c.per_inner_metre)
            + spent * (c.per_second + c.per_overtime_second)
        )


def nearest(demands: Sequence[Demand], travel: Array) -> Array:
    """By travel there and back."""
    rows = [demand.task.row for demand in demands]
    if not rows:
        return np.zeros((0, 0), dtype=np.int32)
    between = travel[np.ix_(rows, rows)].astype(np.int64)
    between += between.T
    np.fill_diagonal(between, -1)
    order = np.argsort(between, axis=1, kind="stable")
    return order[:, : min(NEAR, len(rows))].astype(np.int32)

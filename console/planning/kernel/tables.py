"""A problem as arrays, the only thing compiled code sees.

Few wide arrays rather than many narrow ones: compiled functions hand every array on one by one.
Rows are those of the travel matrices. Seconds are epoch seconds less the first crew's start; money
is in ``MONEY`` parts.
"""

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from console.domain.segments import UNLIMITED
from console.domain.travel import UNREACHABLE
from console.planning.kernel.mates import mates_of
from console.planning.problem import Crew, Demand, Problem

Array = np.ndarray[Any, np.dtype[Any]]

FAR = 1 << 29  # what an unreachable cell holds: later than any shift, longer than any range
HORIZON = 1 << 40
NEAR = 120


class Tables(NamedTuple):
    """The problem. n demands, k crews, p travel profiles, r rows; the columns are named below."""

    travel: Array  # (p, r, r) seconds
    metres: Array  # (p, r, r)
    demand: Array  # (n, 10)
    crew: Array  # (k, 24)
    allowed: Array  # (n, k)
    extra: Array  # (n, k) price of this demand with this crew
    near: Array  # (n, m) the nearest demands of each, itself first
    mates: Array  # (n, m) the likeliest neighbours of each on a round (``mates``)
    balance: Array  # (2,) price per unit off the mean; the unit: 0 seconds, 1 stops, 2 kg


ROW, SERVICE, SETUP, EARLY, LATE, SKIP, LOAD = range(7)
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


def tables_of(problem: Problem) -> Tables:
    """The arrays of a plain problem (``Problem.is_plain``)."""
    origin = min((crew.duty.leave for crew in problem.crews), default=0)
    allowed = np.zeros((len(problem.demands), len(problem.crews)), dtype=np.bool_)
    for i, demand in enumerate(problem.demands):
        allowed[i, list(demand.crews)] = True
    skips = _skips(problem)
    travel = _square(problem.matrix.durations, len(problem.matrix.places))
    metres = _square(problem.matrix.distances, len(problem.matrix.places))
    demands = [_demand(d, skip, origin) for d, skip in zip(problem.demands, skips, strict=True)]
    crews = [_crew(crew, origin) for crew in problem.crews]
    _number_kinds(problem.crews, crews, allowed)
    return Tables(
        travel,
        metres,
        np.array(demands, dtype=np.int64).reshape(-1, LOAD + 4),
        np.array(crews, dtype=np.int64).reshape(-1, CAPACITY + 4),
        allowed,
        np.zeros(allowed.shape, dtype=np.int64),
        _nearest(problem.demands, travel[0]),
        mates_of(problem.demands, problem.crews, (travel[0], metres[0])),
        np.zeros(2, dtype=np.int64),
    )


def _square(cells: "array[int]", size: int) -> Array:
    flat = np.frombuffer(cells, dtype=np.uint32) if size else np.zeros(0, np.uint32)
    return np.where(flat >= FAR, FAR, flat).astype(np.int32).reshape(1, size, size)


def _demand(demand: Demand, skip: int, origin: int) -> list[int]:
    windows = demand.task.windows
    early, late = windows[0] if windows else (origin - HORIZON, origin + HORIZON)
    late = min(late, origin + HORIZON)
    task = demand.task
    return [task.row, task.service, 0, early - origin, late - origin, skip, *demand.load]


def _crew(crew: Crew, origin: int) -> list[int]:
    duty, pause = crew.duty, crew.duty.pause
    rest = [0, 0, 0, UNLIMITED]
    if pause is not None:
        rest = [pause.duration, pause.earliest - origin, pause.latest - origin, pause.after]
    latest = duty.latest_end - origin
    return [
        *(0, 0, duty.row, duty.row),
        *(duty.start - origin, latest, duty.end - origin, latest),
        *(min(crew.range_m, HORIZON), UNLIMITED, UNLIMITED),
        *(crew.fixed, crew.per_metre, 0, crew.per_second, crew.per_overtime_second),
        *rest,
        *crew.capacity,
    ]


def _number_kinds(crews: Sequence[Crew], rows: list[list[int]], allowed: Array) -> None:
    seen: dict[object, int] = {}
    for i in range(len(crews)):
        key = (tuple(rows[i]), allowed[:, i].tobytes())
        rows[i][KIND] = seen.setdefault(key, len(seen))


def _skips(problem: Problem) -> list[int]:
    """What leaving a demand out costs: more than any detour, by priority."""
    low = _dearest_detour(problem)
    weights = (400 * low, 20 * low, low)
    return [sum(n * w for n, w in zip(d.orders, weights, strict=True)) for d in problem.demands]


def _dearest_detour(problem: Problem) -> int:
    """More than serving any one demand can add to a plan."""
    metres = max((c for c in problem.matrix.distances if c != UNREACHABLE), default=0)
    seconds = max((c for c in problem.matrix.durations if c != UNREACHABLE), default=0)
    service = max((d.task.service for d in problem.demands), default=0)
    prices = (
        c.fixed
        + 2 * metres * c.per_metre
        + (2 * seconds + service + 7200) * (c.per_second + c.per_overtime_second)
        for c in problem.crews
    )
    return 1 + max(prices, default=0)


def _nearest(demands: Sequence[Demand], travel: Array) -> Array:
    """By travel there and back."""
    rows = [demand.task.row for demand in demands]
    if not rows:
        return np.zeros((0, 0), dtype=np.int32)
    between = travel[np.ix_(rows, rows)].astype(np.int64)
    between += between.T
    np.fill_diagonal(between, -1)
    order = np.argsort(between, axis=1, kind="stable")
    return order[:, : min(NEAR, len(rows))].astype(np.int32)

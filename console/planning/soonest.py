"""When, and how far, single stops are at the soonest: columns over stops, for the pre-flight."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from console.domain.duty import Duty
from console.domain.load import DIMENSIONS
from console.domain.plan import Stop
from console.domain.schedule import task_of
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.planning.crewing import rules_of

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

NEVER = 1 << 40


class Columns:
    """What stops ask for, one entry each; epoch seconds, ``load`` the most there must be room for.

    Windows are padded with such as nobody can meet.
    """

    def __init__(self, stops: Sequence[Stop], matrix: TravelMatrix) -> None:
        tasks = [task_of(stop, matrix) for stop in stops]
        self.row = _column([task.row for task in tasks])
        self.service = _column([task.service for task in tasks])
        self.setup = _column([task.setup for task in tasks])
        self.ready = _column([_ready(stop) for stop in stops])
        self.load = np.array([_load(stop) for stop in stops]).reshape(-1, len(DIMENSIONS))
        self._accepted = [rules_of(stop.overrides) for stop in stops]
        self._rules = set[str]().union(*self._accepted)
        width = max((len(task.windows) for task in tasks), default=0)
        self._early = np.full((len(stops), width + 1), NEVER, dtype=np.int64)
        self._late = np.full((len(stops), width + 1), -NEVER, dtype=np.int64)
        self._closes = np.full(len(stops), NEVER, dtype=np.int64)
        for i, task in enumerate(tasks):
            for j, (earliest, latest) in enumerate(task.windows or ((0, NEVER),)):
                self._early[i, j], self._late[i, j] = earliest, latest
                self._closes[i] = latest

    def starts(self, ready: Ints) -> Ints:
        """When service begins for who is ready then: in a window, else late after the last."""
        meets = (ready[:, None] <= self._late) & (self._early <= self._late)
        begins = np.where(meets, np.maximum(ready[:, None], self._early), NEVER).min(axis=1)
        return np.where(begins < NEVER, begins, np.maximum(ready, self._opens))

    @property
    def _opens(self) -> Ints:
        """When the last window begins."""
        return np.where(self._late > -NEVER, self._early, 0).max(axis=1)

    def lateness(self, start: Ints) -> Ints:
        """Seconds after the last window, negative before."""
        return start - self._closes

    def accepts(self, rule: str) -> Flags:
        """True where a stop may break a rule."""
        if rule not in self._rules:
            return np.zeros(len(self.row), dtype=np.bool_)
        return np.array([rule in rules for rules in self._accepted])


def _column(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _ready(stop: Stop) -> int:
    """When all that is loaded for it at the depot is there."""
    times = [o.ready_at for o in stop.orders if o.ready_at is not None and o.pickup is None]
    return max((int(each.timestamp()) for each in times), default=0)


def _load(stop: Stop) -> list[float]:
    """What is on board on arrival or on departure, the greater of each dimension."""
    brought, taken = stop.load, stop.collected
    return [max(brought.amount(name), taken.amount(name)) for name in DIMENSIONS]


class Ways:
    """Travel between rows for one profile: the least seconds of any hour, and metres."""

    def __init__(self, matrix: TravelMatrix) -> None:
        size = len(matrix.places)
        parts = (matrix.durations, *(part.durations for part in matrix.slices))
        squares = [_square(cells, size) for cells in parts]
        self._seconds = squares[0] if len(squares) == 1 else np.minimum.reduce(squares)
        self._metres = _square(matrix.distances, size)

    def out(self, duty: Duty, rows: Ints) -> tuple[Ints, Ints]:
        """(seconds, metres) from where the route begins to each row."""
        return _whole(self._seconds[duty.row, rows]), _whole(self._metres[duty.row, rows])

    def home(self, duty: Duty, rows: Ints) -> tuple[Ints, Ints]:
        """(seconds, metres) from each row to where the route ends."""
        if duty.end_row is None:
            return np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        return _whole(self._seconds[rows, duty.end_row]), _whole(self._metres[rows, duty.end_row])

    def between(self, one: int, other: int) -> int:
        """Seconds from row to row."""
        return int(self._seconds[one, other])


def _square(cells: Any, size: int) -> Any:
    flat: Any = np.frombuffer(cells, dtype=np.uint32) if size else np.zeros(0, np.uint32)
    return flat.reshape(size, size)


def _whole(ways: Any) -> Ints:
    return ways.astype(np.int64)


def has_no_road(ways: Ints) -> Flags:
    """True where a cell says that no road leads there."""
    return ways >= UNREACHABLE

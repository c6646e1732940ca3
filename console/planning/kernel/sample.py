"""A small problem through every compiled function, so that all of them are stored."""

from array import array
from collections.abc import Callable
from typing import cast

from console.domain.places import PlaceId
from console.domain.plan import RouteId, StopId
from console.domain.segments import UNLIMITED
from console.domain.timetable import Duty, Pause, Task
from console.domain.travel import TravelMatrix
from console.planning.problem import Crew, Demand, Problem


def compile_kernel() -> None:
    """Run it all once."""
    load_search()
    _sweep(_problem())


def load_search() -> None:
    """Run what a search needs once: loads its machine code, or compiles it."""
    from console.planning.kernel.machine import Machine  # compiles when it is used

    machine = Machine(_problem(), seed=0)
    machine.go_to(machine.best)
    machine.fill()
    machine.improve(20, 1.0)
    machine.pool()


def _sweep(problem: Problem) -> None:
    import numpy as np

    from console.planning.kernel import board, door, lean, work
    from console.planning.kernel.tables import tables_of

    tables = tables_of(problem)
    space, orders = work.work_of(tables), np.zeros((2, 4), np.int32)
    judge, lengths = door.Room(tables, space, orders), np.ones(2, np.int64)
    door.ask(judge.door, 0, 1)
    room = tables, space, judge.door
    before, price = np.zeros(5, np.int64), np.zeros(5, np.float64)
    found, soft = np.zeros((4, work.FOUND), np.int64), np.zeros(4, np.float64)
    stand = cast("Callable[..., None]", board.stand)  # pyright: ignore[reportUnknownMemberType]
    stand(*room, orders, lengths, before, found, price, soft)
    block, late = np.ones(1, np.int64), np.zeros(4, np.int64)
    spare = lean.room_of(4)
    sweep = cast("Callable[..., int]", board.sweep)  # pyright: ignore[reportUnknownMemberType]
    sweep(*room, spare, orders, lengths, block, before, found, late, price, soft)


def _problem() -> Problem:
    size = 6
    cells = array("I", [100 * abs(a - b) for a in range(size) for b in range(size)])
    matrix = TravelMatrix(tuple(PlaceId(str(i)) for i in range(size)), cells, cells)
    demands = tuple(
        Demand(StopId(str(i)), Task(i, 60), (1, 0, 0, 0), (0, 1, 0), (0, 1)) for i in range(1, size)
    )
    pause = Pause(600, 900, 2_400, 1_800)
    limits = (3, UNLIMITED, UNLIMITED, UNLIMITED)
    crews = tuple(
        Crew(RouteId(str(k)), Duty(0, 0, 7_200, 9_000, pause), limits, UNLIMITED, k, 1, 1, 1)
        for k in range(2)
    )
    return Problem(demands, crews, matrix, ((), ()))

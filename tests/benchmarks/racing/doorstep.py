"""A case as a day of Doorstep's, solved the way the product does it.

A tenth or thousandth of the case is a metre, its seconds are seconds after ``origin``. Children are
started, and have solved a tiny day, before the clock starts; stating the problem is within it.
"""

import time
from array import array
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from multiprocessing.util import Finalize

import numpy as np

from console.domain.fleet import BreakRule, DepotId, DriverId, Rates, Shift, VehicleId
from console.domain.load import Capacity, Load
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Day, Plan, Route, RouteId, Stop, StopId
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.planning.run import Progress, Terms
from console.planning.stating import build
from console.planning.worker import Optimiser
from tests.benchmarks.racing.case import NO_ROAD, Amounts, Case, Cells, Job, Routes, Van, padded
from tests.benchmarks.racing.stopwatch import Find, Found, Task
from tests.benchmarks.racing.vrptw import Unreadable

LITRES = 1000  # in a cubic metre: the third amount of a load is in litres
DIMENSIONS = 4
WARM_SECONDS = 1.0
WARM_JOBS = 5


def prepare(task: Task) -> Find:
    """The day, and children that have worked once; ``threads`` is the number of cores."""
    plan, matrix = day_of(task.case)
    optimiser = warmed(task.threads)

    def find() -> Found:
        began = time.monotonic()
        first = FirstPlan(task.case.mandatory, began)
        problem = build(plan, matrix)
        left = task.seconds - (time.monotonic() - began)
        run = optimiser.solve(problem, Terms(max(0.1, left), task.seed), first.hear)
        outcome = run.future.result()
        seconds = time.monotonic() - began
        routes = routes_of(task.case, outcome.solution.routes)
        note = "; ".join((outcome.solution.engine, *outcome.failures))
        return Found(routes, first.seconds or seconds, note)

    return find


def warmed(cores: int) -> Optimiser:
    """An optimiser whose children have imported and compiled what they need."""
    optimiser = Optimiser(cores)
    Finalize(None, optimiser.close, exitpriority=10)  # before children are joined
    optimiser.warm()
    plan, matrix = day_of(_tiny())
    optimiser.solve(build(plan, matrix), Terms(WARM_SECONDS)).future.result()
    return optimiser


def _tiny() -> Case:
    rows = np.arange(WARM_JOBS + 1)
    cells = 100 * np.abs(rows[:, None] - rows[None])
    jobs = tuple(Job(j + 1, j + 1, 60, ((0, 30_000),), (1,)) for j in range(WARM_JOBS))
    vans = tuple(Van(v, 0, 0, 0, 36_000, 36_000, (4,), per_metre=1.0) for v in range(2))
    return Case("tiny", jobs, vans, {"car": cells}, {"car": cells}, money=0.001)


class FirstPlan:
    """When a plan that serves all that must be served was first heard of."""

    def __init__(self, mandatory: int, began: float) -> None:
        self._mandatory, self._began = mandatory, began
        self.seconds: float | None = None

    def hear(self, progress: Progress) -> None:
        if self.seconds is None and progress.served >= self._mandatory:
            self.seconds = time.monotonic() - self._began


def day_of(case: Case) -> tuple[Plan, TravelMatrix]:
    """The plan of the day with nothing, or the case's present routes, on its routes."""
    if case.dimensions > DIMENSIONS or any(len(van.rests) > 1 for van in case.vans):
        raise Unreadable(f"{case.name}: more than four amounts, or two breaks: Doorstep has none")
    owner = {j: v for v, order in enumerate(case.present) for j in order}
    stops = [_stop(case, j, owner.get(j)) for j in range(len(case.jobs))]
    routes = [
        Route(route_id(v), shift_of(case, van), tuple(stop_id(j) for j in _order(case, v)))
        for v, van in enumerate(case.vans)
    ]
    day = Day(DepotId("d"), date(2026, 11, 23), "UTC")
    return Plan(day=day).with_routes(routes).with_stops(stops), matrix_of(case)


def _order(case: Case, v: int) -> tuple[int, ...]:
    return case.present[v] if case.present else ()


def route_id(v: int) -> RouteId:
    """The route of a van by index."""
    return RouteId(f"v{v}")


def stop_id(j: int) -> StopId:
    """The stop of a job by index."""
    return StopId(f"s{j}")


def routes_of(case: Case, routes: Mapping[RouteId, tuple[StopId, ...]]) -> Routes:
    """Job indices per van, from the solution's names."""
    return tuple(
        tuple(int(stop[1:]) for stop in routes.get(route_id(v), ())) for v in range(len(case.vans))
    )


def at(case: Case, seconds: int) -> datetime:
    """A moment of the case as the domain has it."""
    return datetime.fromtimestamp(case.origin + seconds, UTC)


def _place(row: int) -> PlaceId:
    return PlaceId(f"p{row}")


def _load(amounts: Amounts) -> Load:
    pieces, kg, litres, units = padded(amounts, DIMENSIONS)
    return Load(pieces, kg, litres / LITRES, units)


def order_of(case: Case, j: int) -> Order:
    """A job as an order; its windows are for service, so they begin when the setup is over."""
    job = case.jobs[j]
    halves = {each.pickup: each for each in case.jobs if each.pickup is not None}
    ships = halves.get(j)
    brought = job.amount if job.pickup is not None else job.brought
    return Order(
        OrderId(f"o{j}"),
        _place(job.row),
        _load(brought),
        tuple(TimeWindow(at(case, min(a + job.setup, b)), at(case, b)) for a, b in job.windows),
        timedelta(seconds=job.service),
        tuple(sorted(job.skills)),
        _priority(case, job),
        collected=_load(job.taken if ships is None else ships.amount),
        pickup=None if job.pickup is None else OrderId(f"o{job.pickup}"),
        skip_price=None if job.skip_price is None else job.skip_price * case.money,
        setup_time=timedelta(seconds=job.setup),
    )


def _priority(case: Case, job: Job) -> Priority:
    """Thirds of the range of priorities; the middle one where there is no range."""
    ranks = [each.priority for each in case.jobs]
    least, most = min(ranks), max(ranks)
    if least == most:
        return Priority.NORMAL
    third = 3 * (job.priority - least) // (most - least + 1)
    return (Priority.LOW, Priority.NORMAL, Priority.HIGH)[third]


def _stop(case: Case, j: int, v: int | None) -> Stop:
    route = None if v is None else route_id(v)
    return Stop(stop_id(j), _place(case.jobs[j].row), (order_of(case, j),), route)


def shift_of(case: Case, van: Van) -> Shift:
    """A van as a shift."""
    money = case.money
    rest = van.rests[0] if van.rests else None
    limits = [*van.capacity, *[None] * (DIMENSIONS - len(van.capacity))]
    pieces, kg, litres, units = limits
    return Shift(
        DriverId(f"d{van.name}"),
        VehicleId(f"van {van.name}"),
        DepotId("d"),
        _place(van.start),
        at(case, van.begins),
        at(case, van.ends),
        Capacity(pieces, kg, None if litres is None else litres / LITRES, units),
        tuple(sorted(van.skills)),
        Rates(
            van.fixed * money,
            van.per_metre * 1000 * money,
            van.per_second * 3600 * money,
            van.overtime_factor,
        ),
        None
        if rest is None
        else BreakRule(
            timedelta(seconds=rest.duration),
            at(case, rest.earliest),
            at(case, rest.latest),
            timedelta(seconds=max(0, rest.after)),
        ),
        timedelta(seconds=van.latest_end - van.ends),
        profile=van.profile,
        end_place=None if van.end == van.start else _place(van.end),
        max_stops=van.max_stops,
        max_driving=None if van.max_driving is None else timedelta(seconds=van.max_driving),
        reloads=van.reloads,
        reload_time=timedelta(seconds=van.reload_time),
    )


def matrix_of(case: Case) -> TravelMatrix:
    """The travel of all profiles; the first one is the main one."""
    made = {profile: _one(case, profile) for profile in case.seconds}
    main, *others = made.values()
    return TravelMatrix(
        main.places,
        main.durations,
        main.distances,
        main.profile,
        source="race",
        others={other.profile: other for other in others},
    )


def _one(case: Case, profile: str) -> TravelMatrix:
    seconds, metres = case.seconds[profile], case.metres[profile]
    places = tuple(_place(row) for row in range(len(seconds)))
    return TravelMatrix(places, _flat(seconds), _flat(metres), profile)


def _flat(cells: Cells) -> "array[int]":
    whole = np.where(cells >= NO_ROAD, UNREACHABLE, cells).astype(np.uint32)
    made = array("I")
    made.frombytes(whole.tobytes())
    return made

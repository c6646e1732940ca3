"""A VROOM problem's tasks, vehicles and matrices as the domain's values. Pure."""

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from console.dispatch.vroomfile import Names, TaskName, VanName
from console.domain.fleet import BreakRule, DepotId, DriverId, Rates, Shift, VehicleId
from console.domain.load import Capacity, Load
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.places import Address, Coordinate, PlaceId
from console.domain.plan import RouteId, StopId
from console.domain.travel import UNREACHABLE, TravelMatrix
from console.intake import VroomProblem
from console.intake.vroomjson import Half, Job, Matrix, Shipment, Vehicle

WEEK = 7 * 86_400
YEAR = 366 * 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Spot = tuple[tuple[float, float] | None, int | None]
"""A point as [longitude, latitude], and a row of the matrices."""


def spots_of(problem: VroomProblem) -> Iterator[Spot]:
    """Every place of the problem, as often as it is named."""
    for vehicle in problem.vehicles:
        yield from ends_of(vehicle)
    for half in problem.halves:
        yield spot_of(half)


def spot_of(half: Half) -> Spot:
    """Where a task is."""
    return half.location, half.location_index


def ends_of(vehicle: Vehicle) -> list[Spot]:
    """Where it begins and, if anywhere, ends."""
    found: list[Spot] = []
    if vehicle.has_start:
        found.append((vehicle.start, vehicle.start_index))
    if vehicle.has_end:
        found.append((vehicle.end, vehicle.end_index))
    return found


def point_of(spot: Spot) -> Coordinate | None:
    """Its point on the earth, where it has one."""
    return None if spot[0] is None else Coordinate(spot[0][1], spot[0][0])


def address_of(spot: Spot) -> Address:
    """What it is called in the register of places: each row of the matrices is a place."""
    point, index = point_of(spot), spot[1]
    where = "" if point is None else f"{point.lat:.6f}, {point.lon:.6f}"
    return Address(where, city=f"row {index}") if index is not None else Address(where)


def tasks_of(problem: VroomProblem) -> Iterator[tuple[OrderId, Half]]:
    """Every task under its order's id."""
    for job in problem.jobs:
        yield _job_id(job), job
    for shipment in problem.shipments:
        yield _pickup_id(shipment), shipment.pickup
        yield _delivery_id(shipment), shipment.delivery


def _job_id(job: Job) -> OrderId:
    return OrderId(str(job.id))


def _pickup_id(shipment: Shipment) -> OrderId:
    return OrderId(f"pickup:{shipment.pickup.id}")


def _delivery_id(shipment: Shipment) -> OrderId:
    return OrderId(f"delivery:{shipment.delivery.id}")


def stop_id(order: OrderId) -> StopId:
    """Every task is a stop of its own."""
    return StopId(f"s:{order}")


class Making:
    """Makes the domain's values of a problem; ``base`` is the moment its seconds count from."""

    def __init__(
        self,
        problem: VroomProblem,
        base: datetime,
        places: Mapping[Spot, PlaceId],
        crews: Mapping[int, tuple[DriverId, VehicleId]],
        depot: DepotId,
    ) -> None:
        self.problem, self.base, self.places = problem, base, places
        self._crews, self._depot = crews, depot
        moments = list(problem.moments)
        self._first = min(moments, default=0.0) if problem.is_dated else 0.0
        near = [moment for moment in moments if moment <= self._first + YEAR]
        self._last = max([*near, self._first]) + WEEK

    @property
    def assumed(self) -> Iterator[str]:
        """What had to be assumed."""
        if any(vehicle.time_window is None for vehicle in self.problem.vehicles):
            days = (self._last - self._first) / 86_400
            yield f"VROOM: vehicles without a time window work for {days:.0f} days at most."

    def _at(self, seconds: float) -> datetime:
        return self.base + timedelta(seconds=round(min(seconds, self._last)))

    def orders(self) -> Iterator[Order]:
        """Jobs, then shipments: the pickup before what brings its goods."""
        for job in self.problem.jobs:
            brought = _load(job.delivery or job.amount)
            collected = _load(job.pickup)
            yield self._order(_job_id(job), job, (brought, collected), job)
        for shipment in self.problem.shipments:
            amount, first = _load(shipment.amount), _pickup_id(shipment)
            yield self._order(first, shipment.pickup, (Load(), amount), shipment)
            second = _delivery_id(shipment)
            yield self._order(second, shipment.delivery, (amount, Load()), shipment, first)

    def _order(
        self,
        order: OrderId,
        half: Half,
        loads: tuple[Load, Load],
        terms: Job | Shipment,
        pickup: OrderId | None = None,
    ) -> Order:
        return Order(
            id=order,
            place=self.places[spot_of(half)],
            load=loads[0],
            windows=tuple(TimeWindow(self._at(a), self._at(b)) for a, b in half.time_windows),
            service_time=timedelta(seconds=round(half.service)),
            skills=tuple(sorted(str(skill) for skill in terms.skills)),
            priority=_priority(terms.priority),
            collected=loads[1],
            pickup=pickup,
            setup_time=timedelta(seconds=round(half.setup)),
        )

    def shift(self, vehicle: Vehicle) -> Shift:
        """A vehicle and its driver for the day."""
        begins, ends = vehicle.time_window or (self._first, self._last)
        driver, van = self._crews[vehicle.id]
        places = [self.places[spot] for spot in ends_of(vehicle)]
        limit = vehicle.max_travel_time
        return Shift(
            driver=driver,
            vehicle=van,
            depot=self._depot,
            place=places[0],
            start=self._at(begins),
            end=self._at(ends),
            capacity=_capacity(vehicle.capacity),
            skills=tuple(sorted(str(skill) for skill in vehicle.skills)),
            rates=Rates(vehicle.costs.fixed, vehicle.costs.per_km, vehicle.costs.per_hour),
            break_rule=self._break(vehicle, (begins, ends)),
            profile=vehicle.profile,
            end_place=None if places[-1] == places[0] or not vehicle.has_end else places[-1],
            open_ended=not vehicle.has_end,
            max_stops=vehicle.max_tasks,
            max_metres=None if vehicle.max_distance is None else round(vehicle.max_distance),
            max_driving=None if limit is None else timedelta(seconds=round(limit)),
            speed_factor=1.0 if vehicle.speed_factor == 1 else 1 / vehicle.speed_factor,
        )

    def _break(self, vehicle: Vehicle, hours: tuple[float, float]) -> BreakRule | None:
        """Its first break, owed by every route; VROOM's windows are for the beginning."""
        rest = next((each for each in vehicle.breaks if each.service > 0), None)
        if rest is None:
            return None
        duration = timedelta(seconds=round(rest.service))
        begins, ends = rest.time_windows[0] if rest.time_windows else hours
        until = self._at(ends) + (duration if rest.time_windows else timedelta())
        return BreakRule(duration, self._at(begins), until, timedelta())

    def names(self, routes: Mapping[int, RouteId]) -> Names:
        """What everything is called in the problem."""
        return Names(
            {order: TaskName(*told) for order, told in _task_names(self.problem)},
            {routes[vehicle.id]: _van_name(vehicle) for vehicle in self.problem.vehicles},
            self.base,
            self.problem.dimensions,
        )


def _task_names(
    problem: VroomProblem,
) -> Iterator[tuple[OrderId, tuple[str, int, str, int | None, int]]]:
    for job in problem.jobs:
        yield _job_id(job), ("job", job.id, job.description, job.location_index, job.priority)
    for shipment in problem.shipments:
        for order, kind, half in (
            (_pickup_id(shipment), "pickup", shipment.pickup),
            (_delivery_id(shipment), "delivery", shipment.delivery),
        ):
            told = (kind, half.id, half.description, half.location_index, shipment.priority)
            yield order, told


def _van_name(vehicle: Vehicle) -> VanName:
    rest = next((each.id for each in vehicle.breaks if each.service > 0), 1)
    start = vehicle.start_index if vehicle.has_start else vehicle.end_index
    return VanName(vehicle.id, vehicle.description, start, vehicle.end_index, rest)


def _load(amounts: Sequence[float]) -> Load:
    """The first amount counts pieces, the others kg, m3 and units, whatever they are there."""
    first, *rest = (*amounts, 0.0, 0.0, 0.0, 0.0)
    return Load(math.ceil(first), rest[0], rest[1], rest[2])


def _capacity(limits: Sequence[float]) -> Capacity:
    first, kg, m3, units = (*limits, *[None] * (4 - len(limits)))
    return Capacity(None if first is None else math.floor(first), kg, m3, units)


def _priority(priority: int) -> Priority:
    if priority > 66:
        return Priority.HIGH
    return Priority.NORMAL if priority > 33 else Priority.LOW


# -- travel times ----------------------------------------------------------------------------------


def travel_of(problem: VroomProblem, places: Mapping[Spot, PlaceId]) -> TravelMatrix:
    """The problem's matrices over its places, the first vehicle's profile in front."""
    rows = {place: spot[1] or 0 for spot, place in places.items()}
    made = {profile: _matrix(profile, matrix, rows) for profile, matrix in problem.matrices.items()}
    first = made.pop(problem.vehicles[0].profile)
    return TravelMatrix(
        first.places,
        first.durations,
        first.distances,
        first.profile,
        source="VROOM matrices",
        others=made,
    )


def _matrix(profile: str, matrix: Matrix, rows: Mapping[PlaceId, int]) -> TravelMatrix:
    at = list(rows.values())
    durations = array("I", _cells(matrix.durations, at))
    far = array("I", bytes(len(durations) * 4))
    distances = far if matrix.distances is None else array("I", _cells(matrix.distances, at))
    return TravelMatrix(tuple(rows), durations, distances, profile)


def _cells(told: Sequence[Sequence[float | None]], rows: Sequence[int]) -> Iterable[int]:
    for a in rows:
        for b in rows:
            cell = told[a][b]
            yield UNREACHABLE if cell is None else max(0, min(round(cell), UNREACHABLE - 1))

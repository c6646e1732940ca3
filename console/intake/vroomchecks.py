"""What is wrong with a VROOM problem, and what of it is not planned as VROOM would."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from console.domain.load import DIMENSIONS
from console.intake.vroomjson import (
    Break,
    Costs,
    Half,
    Job,
    Matrix,
    Point,
    Shipment,
    Told,
    Vehicle,
    VroomProblem,
)

_UNSIGNED = 2**32 - 1
_LONGEST = 366 * 86_400  # seconds of one piece of work
_MOST = 1e9  # of goods or money
_SLOWEST, _FASTEST = 0.01, 100


def wrong(problem: VroomProblem) -> Iterator[str]:
    """What makes a problem unsound, in its own words."""
    if problem.dimensions > len(DIMENSIONS):
        told = f"loads have {problem.dimensions} dimensions"
        yield f"{told}, at most {len(DIMENSIONS)} can be planned"
    for kind, ids in _ids(problem):
        for each, times in Counter(ids).items():
            if times > 1:
                yield f"{kind} {each} is there {times} times"
    for profile, matrix in problem.matrices.items():
        yield from _wrong_matrix(profile, matrix)
    yield from _wrong_places(problem)
    yield from _wrong_vehicles(problem)
    yield from _beyond_bounds(problem)
    for half in problem.halves:
        if any(window[1] < window[0] for window in half.time_windows):
            yield f"a time window of {half.id} ends before it begins"


def _ids(problem: VroomProblem) -> Iterator[tuple[str, list[int]]]:
    yield "job", [job.id for job in problem.jobs]
    yield "pickup", [shipment.pickup.id for shipment in problem.shipments]
    yield "delivery", [shipment.delivery.id for shipment in problem.shipments]
    yield "vehicle", [vehicle.id for vehicle in problem.vehicles]


def _wrong_matrix(profile: str, matrix: Matrix) -> Iterator[str]:
    for what, rows in (("durations", matrix.durations), ("distances", matrix.distances)):
        if rows is not None and any(len(row) != len(matrix.durations) for row in rows):
            yield f"the {what} of profile {profile} are no square"
    if matrix.distances is not None and len(matrix.distances) != len(matrix.durations):
        yield f"the distances of profile {profile} have another size than its durations"


def _wrong_places(problem: VroomProblem) -> Iterator[str]:
    size = min((len(matrix.durations) for matrix in problem.matrices.values()), default=0)
    for what, point, index in _places(problem):
        if problem.matrices and index is None:
            yield f"{what} has no index, though there are matrices"
        elif problem.matrices and index is not None and not 0 <= index < size:
            yield f"{what} is at row {index} of matrices of {size}"
        elif not problem.matrices and point is None:
            yield f"{what} has no coordinates, and there are no matrices"
        elif point is not None and not (abs(point[0]) <= 180 and abs(point[1]) <= 90):
            yield f"{what} is nowhere on the earth: write longitude, then latitude"


def _wrong_vehicles(problem: VroomProblem) -> Iterator[str]:
    for vehicle in problem.vehicles:
        if vehicle.time_window is not None and vehicle.time_window[1] <= vehicle.time_window[0]:
            yield f"the time window of vehicle {vehicle.id} ends before it begins"
        if not _SLOWEST <= vehicle.speed_factor <= _FASTEST:
            told = f"is not from {_SLOWEST} to {_FASTEST}"
            yield f"the speed factor of vehicle {vehicle.id} {told}"
        if not vehicle.has_start and not vehicle.has_end:
            yield f"vehicle {vehicle.id} has neither start nor end"
        if problem.matrices and vehicle.profile not in problem.matrices:
            yield f"there is no matrix for profile {vehicle.profile} of vehicle {vehicle.id}"


def _beyond_bounds(problem: VroomProblem) -> Iterator[str]:
    """Numbers with which nobody can reckon; VROOM's own are unsigned and of 32 bits."""
    for what, most, numbers in _numbers(problem):
        wrong_one = next((number for number in numbers if not 0 <= number <= most), None)
        if wrong_one is not None:
            yield f"{what} is {wrong_one:g}, not from 0 to {most:g}"


def _numbers(problem: VroomProblem) -> Iterator[tuple[str, float, Iterable[float]]]:
    for half in problem.halves:
        yield f"a duration of task {half.id}", _LONGEST, (half.setup, half.service)
        yield f"a time of task {half.id}", _UNSIGNED, chain(*half.time_windows)
    for job in problem.jobs:
        yield f"an amount of job {job.id}", _MOST, (*job.delivery, *job.pickup, *job.amount)
    for shipment in problem.shipments:
        yield f"an amount of pickup {shipment.pickup.id}", _MOST, shipment.amount
    for vehicle in problem.vehicles:
        yield from _numbers_of(vehicle)


def _numbers_of(vehicle: Vehicle) -> Iterator[tuple[str, float, Iterable[float]]]:
    who, costs = f"vehicle {vehicle.id}", vehicle.costs
    money = (costs.fixed, costs.per_hour, costs.per_km, costs.per_task_hour)
    limits = (vehicle.max_tasks, vehicle.max_travel_time, vehicle.max_distance)
    yield f"a capacity of {who}", _MOST, vehicle.capacity
    yield f"a cost of {who}", _MOST, money
    yield f"a limit of {who}", _UNSIGNED, (limit for limit in limits if limit is not None)
    yield f"a time of {who}", _UNSIGNED, vehicle.time_window or ()
    for rest in vehicle.breaks:
        yield f"the duration of a break of {who}", _LONGEST, (rest.service,)
        yield f"a time of a break of {who}", _UNSIGNED, chain(*rest.time_windows)


def _places(problem: VroomProblem) -> Iterator[tuple[str, Point | None, int | None]]:
    for half in problem.halves:
        yield f"task {half.id}", half.location, half.location_index
    for vehicle in problem.vehicles:
        if vehicle.has_start:
            yield f"the start of vehicle {vehicle.id}", vehicle.start, vehicle.start_index
        if vehicle.has_end:
            yield f"the end of vehicle {vehicle.id}", vehicle.end, vehicle.end_index


# -- what is not honoured --------------------------------------------------------------------------

_OUR_KEYS: Mapping[str, type[msgspec.Struct]] = {
    "jobs": Job,
    "shipments": Shipment,
    "vehicles": Vehicle,
}


def unread(raw: Mapping[str, Any]) -> Iterator[str]:
    """Keys nobody reads, each once."""
    for key in sorted(raw.keys() - set(Told.__struct_fields__)):
        yield f"VROOM: {key} is not used."
    strange: Counter[str] = Counter()
    for key, kind in _OUR_KEYS.items():
        for each in raw.get(key, ()):
            strange.update(_strange(key, each, kind))
            strange.update(_inside(key, each))
    for matrix in raw.get("matrices", {}).values():
        strange.update(_strange("matrices", matrix, Matrix))
    for key, times in sorted(strange.items()):
        yield f"VROOM: {key} is not used ({times} times)."


def _inside(key: str, each: Mapping[str, Any]) -> Iterator[str]:
    """The same for what a shipment or a vehicle is made of."""
    if key == "shipments":
        yield from _strange("pickup", each["pickup"], Half)
        yield from _strange("delivery", each["delivery"], Half)
    if key == "vehicles":
        yield from _strange("costs", each.get("costs", {}), Costs)
        for rest in each.get("breaks", ()):
            yield from _strange("breaks", rest, Break)


def _strange(name: str, told: Mapping[str, Any], kind: type[msgspec.Struct]) -> Iterable[str]:
    return (f"{name}.{key}" for key in told.keys() - set(kind.__struct_fields__))


def unmet(problem: VroomProblem) -> Iterator[str]:
    """What has another meaning here, or none."""
    if any(vehicle.costs.per_hour for vehicle in problem.vehicles):
        yield "VROOM: per_hour counts from start to end, waiting and service included."
    if any(vehicle.costs.per_task_hour for vehicle in problem.vehicles):
        yield "VROOM: costs.per_task_hour is not used: all hours of a route cost the same."
    if len(set(_priorities(problem))) > 1:
        yield "VROOM: priorities become low (0 to 33), normal (34 to 66) and high (67 to 100)."
    for vehicle in problem.vehicles:
        yield from _unmet_of(vehicle, problem)
    for profile, matrix in problem.matrices.items():
        if matrix.distances is None:
            yield f"VROOM: profile {profile} has no distances: all are 0 m."


def _priorities(problem: VroomProblem) -> Iterator[int]:
    yield from (job.priority for job in problem.jobs)
    yield from (shipment.priority for shipment in problem.shipments)


def _unmet_of(vehicle: Vehicle, problem: VroomProblem) -> Iterator[str]:
    who = f"VROOM: vehicle {vehicle.id}"
    rests = [rest for rest in vehicle.breaks if rest.service > 0]
    if len(rests) > 1:
        left = ", ".join(str(rest.id) for rest in rests[1:])
        yield f"{who}: one break can be planned, {rests[0].id} is; left out: {left}."
    if any(rest.service <= 0 for rest in vehicle.breaks):
        yield f"{who}: breaks without service time are left out."
    if rests and len(rests[0].time_windows) > 1:
        yield f"{who}: of the time windows of break {rests[0].id} the first is used."
    if not vehicle.has_start:
        yield f"{who} has no start: it begins where it ends."
    if any(step.service_at or step.service_after or step.service_before for step in vehicle.steps):
        yield f"{who}: times asked for in steps are not used, only their order."
    if not problem.matrices and vehicle.profile != "car":
        yield f"{who}: no roads for profile {vehicle.profile}: travel times of a car."
    if vehicle.capacity and len(vehicle.capacity) < problem.dimensions:
        yield f"{who}: no limit for the loads that its capacity does not name."

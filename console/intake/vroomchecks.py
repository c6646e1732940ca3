"""What is wrong with a VROOM problem, and what of it is not planned as VROOM would."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from console.domain.load import DIMENSIONS
from console.formats import Figure
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
from console.tongues import tr

_UNSIGNED = 2**32 - 1
_LONGEST = 366 * 86_400  # seconds of one piece of work
_MOST = 1e9  # of goods or money
_SLOWEST, _FASTEST = 0.01, 100


def wrong(problem: VroomProblem) -> Iterator[str]:
    """What makes a problem unsound, in its own words."""
    if problem.dimensions > len(DIMENSIONS):
        yield tr(
            "loads have {dimensions} dimensions, at most {most} can be planned",
            dimensions=problem.dimensions,
            most=len(DIMENSIONS),
        )
    for kind, ids in _ids(problem):
        for each, times in Counter(ids).items():
            if times > 1:
                yield tr("{kind} {each} is there {times} times", kind=kind, each=each, times=times)
    for profile, matrix in problem.matrices.items():
        yield from _wrong_matrix(profile, matrix)
    yield from _wrong_places(problem)
    yield from _wrong_vehicles(problem)
    yield from _beyond_bounds(problem)
    for half in problem.halves:
        if any(window[1] < window[0] for window in half.time_windows):
            yield tr("a time window of {id} ends before it begins", id=half.id)


def _ids(problem: VroomProblem) -> Iterator[tuple[str, list[int]]]:
    yield tr("job"), [job.id for job in problem.jobs]
    yield tr("pickup"), [shipment.pickup.id for shipment in problem.shipments]
    yield tr("delivery"), [shipment.delivery.id for shipment in problem.shipments]
    yield tr("vehicle"), [vehicle.id for vehicle in problem.vehicles]


def _wrong_matrix(profile: str, matrix: Matrix) -> Iterator[str]:
    size = len(matrix.durations)
    if any(len(row) != size for row in matrix.durations):
        yield tr("the durations of profile {profile} are no square", profile=profile)
    if matrix.distances is not None and any(len(row) != size for row in matrix.distances):
        yield tr("the distances of profile {profile} are no square", profile=profile)
    if matrix.distances is not None and len(matrix.distances) != len(matrix.durations):
        yield tr(
            "the distances of profile {profile} have another size than its durations",
            profile=profile,
        )


def _wrong_places(problem: VroomProblem) -> Iterator[str]:
    size = min((len(matrix.durations) for matrix in problem.matrices.values()), default=0)
    for what, point, index in _places(problem):
        if problem.matrices and index is None:
            yield tr("{what} has no index, though there are matrices", what=what)
        elif problem.matrices and index is not None and not 0 <= index < size:
            yield tr(
                "{what} is at row {index} of matrices of {size}", what=what, index=index, size=size
            )
        elif not problem.matrices and point is None:
            yield tr("{what} has no coordinates, and there are no matrices", what=what)
        elif point is not None and not (abs(point[0]) <= 180 and abs(point[1]) <= 90):
            yield tr("{what} is nowhere on the earth: write longitude, then latitude", what=what)


def _wrong_vehicles(problem: VroomProblem) -> Iterator[str]:
    for vehicle in problem.vehicles:
        if vehicle.time_window is not None and vehicle.time_window[1] <= vehicle.time_window[0]:
            yield tr("the time window of vehicle {id} ends before it begins", id=vehicle.id)
        if not _SLOWEST <= vehicle.speed_factor <= _FASTEST:
            yield tr(
                "the speed factor of vehicle {id} is not from {slowest} to {fastest}",
                id=vehicle.id,
                slowest=_SLOWEST,
                fastest=_FASTEST,
            )
        if not vehicle.has_start and not vehicle.has_end:
            yield tr("vehicle {id} has neither start nor end", id=vehicle.id)
        if problem.matrices and vehicle.profile not in problem.matrices:
            yield tr(
                "there is no matrix for profile {profile} of vehicle {id}",
                profile=vehicle.profile,
                id=vehicle.id,
            )


def _beyond_bounds(problem: VroomProblem) -> Iterator[str]:
    """Numbers with which nobody can reckon; VROOM's own are unsigned and of 32 bits."""
    for what, most, numbers in _numbers(problem):
        wrong_one = next((number for number in numbers if not 0 <= number <= most), None)
        if wrong_one is not None:
            yield tr(
                "{what} is {number}, not from 0 to {most}",
                what=what,
                number=Figure(wrong_one),
                most=Figure(most),
            )


def _numbers(problem: VroomProblem) -> Iterator[tuple[str, float, Iterable[float]]]:
    for half in problem.halves:
        yield tr("a duration of task {id}", id=half.id), _LONGEST, (half.setup, half.service)
        yield tr("a time of task {id}", id=half.id), _UNSIGNED, chain(*half.time_windows)
    for job in problem.jobs:
        yield (
            tr("an amount of job {id}", id=job.id),
            _MOST,
            (*job.delivery, *job.pickup, *job.amount),
        )
    for shipment in problem.shipments:
        yield tr("an amount of pickup {id}", id=shipment.pickup.id), _MOST, shipment.amount
    for vehicle in problem.vehicles:
        yield from _numbers_of(vehicle)


def _numbers_of(vehicle: Vehicle) -> Iterator[tuple[str, float, Iterable[float]]]:
    who, costs = tr("vehicle {id}", id=vehicle.id), vehicle.costs
    money = (costs.fixed, costs.per_hour, costs.per_km, costs.per_task_hour)
    limits = (vehicle.max_tasks, vehicle.max_travel_time, vehicle.max_distance)
    yield tr("a capacity of {who}", who=who), _MOST, vehicle.capacity
    yield tr("a cost of {who}", who=who), _MOST, money
    yield (
        tr("a limit of {who}", who=who),
        _UNSIGNED,
        (limit for limit in limits if limit is not None),
    )
    yield tr("a time of {who}", who=who), _UNSIGNED, vehicle.time_window or ()
    for rest in vehicle.breaks:
        yield tr("the duration of a break of {who}", who=who), _LONGEST, (rest.service,)
        yield tr("a time of a break of {who}", who=who), _UNSIGNED, chain(*rest.time_windows)


def _places(problem: VroomProblem) -> Iterator[tuple[str, Point | None, int | None]]:
    for half in problem.halves:
        yield tr("task {id}", id=half.id), half.location, half.location_index
    for vehicle in problem.vehicles:
        if vehicle.has_start:
            yield tr("the start of vehicle {id}", id=vehicle.id), vehicle.start, vehicle.start_index
        if vehicle.has_end:
            yield tr("the end of vehicle {id}", id=vehicle.id), vehicle.end, vehicle.end_index


# -- what is not honoured --------------------------------------------------------------------------

_OUR_KEYS: Mapping[str, type[msgspec.Struct]] = {
    "jobs": Job,
    "shipments": Shipment,
    "vehicles": Vehicle,
}


def unread(raw: Mapping[str, Any]) -> Iterator[str]:
    """Keys nobody reads, each once."""
    for key in sorted(raw.keys() - set(Told.__struct_fields__)):
        yield tr("VROOM: {key} is not used.", key=key)
    strange: Counter[str] = Counter()
    for key, kind in _OUR_KEYS.items():
        for each in raw.get(key, ()):
            strange.update(_strange(key, each, kind))
            strange.update(_inside(key, each))
    for matrix in raw.get("matrices", {}).values():
        strange.update(_strange("matrices", matrix, Matrix))
    for key, times in sorted(strange.items()):
        yield tr("VROOM: {key} is not used ({times} times).", key=key, times=times)


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
        yield tr("VROOM: per_hour counts from start to end, waiting and service included.")
    if any(vehicle.costs.per_task_hour for vehicle in problem.vehicles):
        yield tr("VROOM: costs.per_task_hour is not used: all hours of a route cost the same.")
    if len(set(_priorities(problem))) > 1:
        yield tr("VROOM: priorities become low (0 to 33), normal (34 to 66) and high (67 to 100).")
    for vehicle in problem.vehicles:
        yield from _unmet_of(vehicle, problem)
    for profile, matrix in problem.matrices.items():
        if matrix.distances is None:
            yield tr("VROOM: profile {profile} has no distances: all are 0 m.", profile=profile)


def _priorities(problem: VroomProblem) -> Iterator[int]:
    yield from (job.priority for job in problem.jobs)
    yield from (shipment.priority for shipment in problem.shipments)


def _unmet_of(vehicle: Vehicle, problem: VroomProblem) -> Iterator[str]:
    who = tr("VROOM: vehicle {id}", id=vehicle.id)
    rests = [rest for rest in vehicle.breaks if rest.service > 0]
    if len(rests) > 1:
        left = ", ".join(str(rest.id) for rest in rests[1:])
        yield tr(
            "{who}: one break can be planned, {id} is; left out: {left}.",
            who=who,
            id=rests[0].id,
            left=left,
        )
    if any(rest.service <= 0 for rest in vehicle.breaks):
        yield tr("{who}: breaks without service time are left out.", who=who)
    if rests and len(rests[0].time_windows) > 1:
        yield tr(
            "{who}: of the time windows of break {id} the first is used.", who=who, id=rests[0].id
        )
    if not vehicle.has_start:
        yield tr("{who} has no start: it begins where it ends.", who=who)
    if any(step.service_at or step.service_after or step.service_before for step in vehicle.steps):
        yield tr("{who}: times asked for in steps are not used, only their order.", who=who)
    if not problem.matrices and vehicle.profile != "car":
        yield tr(
            "{who}: no roads for profile {profile}: travel times of a car.",
            who=who,
            profile=vehicle.profile,
        )
    if vehicle.capacity and len(vehicle.capacity) < problem.dimensions:
        yield tr("{who}: no limit for the loads that its capacity does not name.", who=who)

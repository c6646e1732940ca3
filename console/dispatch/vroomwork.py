"""A VROOM problem is put into a day: its orders, shifts, travel times, the plan to start from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import partial

from console.dispatch.fleetbook import route_id
from console.dispatch.lanes import Lane
from console.dispatch.registers import DriverRecord, VehicleRecord
from console.dispatch.station import Station
from console.dispatch.vroomfile import Names
from console.dispatch.vroommaking import (
    EPOCH,
    Making,
    address_of,
    point_of,
    spot_of,
    spots_of,
    stop_id,
    tasks_of,
    travel_of,
)
from console.domain.commands import AddStops, AdoptSolution, Command, OpenShifts
from console.domain.errors import ConsoleError
from console.domain.fleet import DriverId, VehicleId
from console.domain.orders import OrderEntry, OrderId
from console.domain.places import Certainty, Place
from console.domain.plan import RouteId, Stop, StopId
from console.intake import VroomProblem
from console.intake.texts import clean
from console.intake.vroomjson import Vehicle

ENGINE = "vroom steps"
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class VroomDay:
    """How the problem called things, and what of its steps could not be taken over."""

    names: Names
    notes: tuple[str, ...]


async def take_in_problem(station: Station, problem: VroomProblem) -> VroomDay:
    """Put a problem into the open day; travel times are its own, else those of its streets."""
    if not problem.matrices and station.region is None:
        raise ConsoleError(
            "The problem has no matrices, and no streets are named.",
            remedy="Name the region with --region, or put matrices into the problem.",
        )
    lanes = station.services.lanes
    made = await lanes.run(Lane.SQL, partial(_registered, station, problem))
    shifts = [made.shift(vehicle) for vehicle in problem.vehicles]
    routes = {v.id: route_id(s.driver) for v, s in zip(problem.vehicles, shifts, strict=True)}
    await station.submit(OpenShifts(tuple((route_id(shift.driver), shift) for shift in shifts)))
    orders = list(made.orders())
    stops = tuple(Stop(stop_id(order.id), order.place, (order,)) for order in orders)
    await station.submit(AddStops(stops))
    if problem.matrices:
        station.workday.set_matrix(travel_of(problem, made.places))
        await station.relabel()
    else:
        await station.refresh()
    begun, notes = _begun(problem, routes, frozenset(order.id for order in orders))
    if begun is not None:
        await station.submit(begun)
    return VroomDay(made.names(routes), (*made.assumed, *notes))


# -- registers -------------------------------------------------------------------------------------


def _registered(station: Station, problem: VroomProblem) -> "Making":
    """Places, drivers, vehicles and orders get their rows; blocking."""
    services, depot = station.services, station.depot
    if depot is None:
        raise ConsoleError("No day is open.", remedy="Choose a depot and a day first.")
    spots = list(dict.fromkeys(spots_of(problem)))
    known = services.places.remember_all([address_of(spot) for spot in spots])
    places = [
        Place(place.id, place.address, point_of(spot), Certainty.GIVEN)
        for place, spot in zip(known, spots, strict=True)
    ]
    services.places.put([place for place in places if place.coordinate is not None])
    at = dict(zip(spots, places, strict=True))
    names = called(problem.vehicles)
    drivers = services.fleet.put_drivers([DriverRecord(DriverId(""), name) for name in names])
    vehicles = services.fleet.put_vehicles(
        [VehicleRecord(VehicleId(""), f"VROOM {each.id}") for each in problem.vehicles]
    )
    services.orders.put(
        [
            OrderEntry(order, at[spot_of(half)].address, clean(half.description))
            for order, half in tasks_of(problem)
        ]
    )
    midnight = station.service_day.at(time())
    return Making(
        problem,
        EPOCH if problem.is_dated else midnight,
        {spot: place.id for spot, place in at.items()},
        {v.id: (d.id, c.id) for v, d, c in zip(problem.vehicles, drivers, vehicles, strict=True)},
        depot.id,
    )


def called(vehicles: Sequence[Vehicle]) -> list[str]:
    """Names of drivers, each once."""
    names: list[str] = []
    for vehicle in vehicles:
        name = clean(vehicle.description)[:_LONGEST_NAME] or f"vehicle {vehicle.id}"
        names.append(name if name not in names else f"{name} ({vehicle.id})")
    return names


# -- steps -----------------------------------------------------------------------------------------


def _begun(
    problem: VroomProblem, routes: Mapping[int, RouteId], known: frozenset[OrderId]
) -> tuple[Command | None, list[str]]:
    """The plan that the vehicles' steps describe, and steps that lead nowhere."""
    placed: dict[RouteId, tuple[StopId, ...]] = {}
    seen: set[OrderId] = set()
    notes = list[str]()
    for vehicle in problem.vehicles:
        stops = list[StopId]()
        for step in vehicle.steps:
            if step.type not in {"job", "pickup", "delivery"}:
                continue
            order = OrderId(str(step.id) if step.type == "job" else f"{step.type}:{step.id}")
            if order in known and order not in seen:
                stops.append(stop_id(order))
                seen.add(order)
            else:
                notes.append(f"VROOM: step {step.type} {step.id} of vehicle {vehicle.id} left out.")
        if stops:
            placed[routes[vehicle.id]] = tuple(stops)
    return AdoptSolution(tuple(placed.items()), ENGINE) if placed else None, notes

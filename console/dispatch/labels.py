"""What stops and drivers are called: registers joined to the plan. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from console.dispatch.picture import DriverLabel, StopLabel
from console.dispatch.registers import DriverRecord, VehicleRecord
from console.domain.fleet import DriverId, VehicleId
from console.domain.orders import OrderEntry, OrderId
from console.domain.patch import Patch
from console.domain.places import NO_ACCESS, Certainty, Place, PlaceId
from console.domain.plan import Plan, RouteId, Stop, StopId


def stop_labels(
    plan: Plan,
    entries: Mapping[OrderId, OrderEntry],
    places: Mapping[PlaceId, Place],
) -> dict[StopId, StopLabel]:
    """A label for every stop; an erased order keeps its id as its name."""
    return {stop.id: _stop_label(stop, entries, places) for stop in plan.stops.values()}


def _stop_label(
    stop: Stop, entries: Mapping[OrderId, OrderEntry], places: Mapping[PlaceId, Place]
) -> StopLabel:
    known = [entries[order.id] for order in stop.orders if order.id in entries]
    place = places.get(stop.place)
    address = place.address if place else None
    town = f"{address.postcode} {address.city}".strip() if address else ""
    return StopLabel(
        street=address.street if address else ", ".join(order.id for order in stop.orders),
        town=town,
        recipients=_each(entry.recipient for entry in known),
        phones=_each(entry.phone for entry in known),
        notes=_each(entry.notes for entry in known),
        coordinate=place.coordinate if place else None,
        certainty=place.certainty if place else Certainty.UNKNOWN,
        access=place.access if place else NO_ACCESS,
    )


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def driver_labels(
    plan: Plan,
    drivers: Mapping[DriverId, DriverRecord],
    vehicles: Mapping[VehicleId, VehicleRecord],
) -> dict[RouteId, DriverLabel]:
    """A label for every route."""
    made: dict[RouteId, DriverLabel] = {}
    for route in plan.routes.values():
        driver = drivers.get(route.shift.driver)
        vehicle = vehicles.get(route.shift.vehicle)
        made[route.id] = DriverLabel(
            number=driver.colour if driver else 1,
            name=driver.name if driver else str(route.shift.driver),
            plate=vehicle.plate if vehicle else "",
            vehicle_kind=vehicle.kind if vehicle else "van",
            phone=driver.phone if driver else "",
        )
    return made


def handed_over(
    drivers: Mapping[RouteId, DriverLabel], before: Plan, patch: Patch
) -> Mapping[RouteId, DriverLabel]:
    """The same labels where no route changed its driver, else with who has it now."""
    changed = {
        RouteId(delta.key): delta.after.shift.driver
        for delta in patch.routes
        if delta.before is not None
        and delta.after is not None
        and delta.before.shift.driver != delta.after.shift.driver
    }
    if not changed:
        return drivers
    people = {before.routes[r].shift.driver: label for r, label in drivers.items()
              if r in before.routes}  # fmt: skip
    return {
        route: _of_person(label, people.get(changed[route])) if route in changed else label
        for route, label in drivers.items()
    }


def _of_person(label: DriverLabel, person: DriverLabel | None) -> DriverLabel:
    """The vehicle stays, the person is another."""
    if person is None:
        return label
    return replace(label, number=person.number, name=person.name, phone=person.phone)

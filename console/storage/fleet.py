"""The fleet register: drivers, vehicles, depots and their ordinary shifts."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Connection, delete, insert, select

from console.dispatch.registers import (
    COLOURS,
    DepotRecord,
    DriverRecord,
    ShiftTemplate,
    VehicleRecord,
)
from console.domain.fleet import DepotId, DriverId, VehicleId
from console.domain.places import PlaceId
from console.storage import codec
from console.storage.database import Database
from console.storage.places import opaque_id
from console.storage.schema import depots, drivers, shift_templates, vehicles
from console.storage.upsert import put

_encoder = msgspec.json.Encoder()
_templates = msgspec.json.Decoder(ShiftTemplate)


@dataclass(frozen=True, slots=True)
class SqlFleet:
    """Implements ``dispatch.registers.Fleet``."""

    database: Database
    make_id: Callable[[], str] = opaque_id

    def drivers(self) -> list[DriverRecord]:
        """All drivers, by name."""
        with self.database.reading() as connection:
            return sorted(_drivers(connection), key=lambda driver: (driver.name, driver.id))

    def vehicles(self) -> list[VehicleRecord]:
        """All vehicles, by plate."""
        with self.database.reading() as connection:
            return sorted(_vehicles(connection), key=lambda vehicle: (vehicle.plate, vehicle.id))

    def depots(self) -> list[DepotRecord]:
        """All depots, by name."""
        with self.database.reading() as connection:
            return sorted(_depots(connection), key=lambda depot: (depot.name, depot.id))

    def templates(self, depot: DepotId) -> list[ShiftTemplate]:
        """The depot's ordinary shifts, in the order in which they were stored."""
        query = (
            select(shift_templates.c.value)
            .where(shift_templates.c.depot == depot)
            .order_by(shift_templates.c.position)
        )
        with self.database.reading() as connection:
            return [decoded(value) for value in connection.execute(query).scalars()]

    def put_drivers(self, records: Sequence[DriverRecord]) -> list[DriverRecord]:
        """Store drivers; the least used colour is given to a new one and stays."""
        stored: list[DriverRecord] = []
        with self.database.writing() as connection:
            known = _drivers(connection)
            ids = {driver.id: driver for driver in known}
            names = {driver.name: driver for driver in known}
            used = Counter(driver.colour for driver in known)
            for record in records:
                name = record.name.strip()
                old = ids.get(record.id) or (None if record.id else names.get(name))
                driver = DriverRecord(
                    old.id if old else record.id or DriverId(self.make_id()),
                    name,
                    record.phone or (old.phone if old else ""),
                    record.colour or (old.colour if old else _free_colour(used)),
                )
                used[driver.colour] += not old
                ids[driver.id] = names[name] = driver
                stored.append(driver)
            put(connection, drivers, [_columns(driver) for driver in stored])
        return stored

    def put_vehicles(self, records: Sequence[VehicleRecord]) -> list[VehicleRecord]:
        """Store vehicles, known by id or plate."""
        with self.database.writing() as connection:
            known = {vehicle.plate: vehicle.id for vehicle in _vehicles(connection)}
            stored: list[VehicleRecord] = []
            for record in records:
                plate = record.plate.strip()
                own = record.id or known.get(plate) or VehicleId(self.make_id())
                known[plate] = own
                stored.append(replace(record, id=own, plate=plate))
            put(connection, vehicles, [_columns(vehicle) for vehicle in stored])
        return stored

    def put_depots(self, records: Sequence[DepotRecord]) -> list[DepotRecord]:
        """Store depots, known by id or name."""
        with self.database.writing() as connection:
            known = {depot.name: depot.id for depot in _depots(connection)}
            stored: list[DepotRecord] = []
            for record in records:
                name = record.name.strip()
                own = record.id or known.get(name) or DepotId(self.make_id())
                known[name] = own
                stored.append(replace(record, id=own, name=name))
            put(connection, depots, [_columns(depot) for depot in stored])
        return stored

    def put_templates(self, depot: DepotId, templates: Sequence[ShiftTemplate]) -> None:
        """These become the depot's ordinary shifts; the ones before are forgotten."""
        rows = [
            {
                "depot": depot,
                "position": position,
                "driver": template.driver,
                "vehicle": template.vehicle,
                "value": _encoder.encode(template).decode(),
            }
            for position, template in enumerate(templates)
        ]
        with self.database.writing() as connection:
            connection.execute(delete(shift_templates).where(shift_templates.c.depot == depot))
            if rows:
                connection.execute(insert(shift_templates), rows)


def decoded(value: str) -> ShiftTemplate:
    """An ordinary shift as it is stored; ConsoleError when this program cannot read it."""
    return codec.decode_kept(_templates, value, "ordinary shifts")


def _free_colour(used: Counter[int]) -> int:
    return min(range(1, COLOURS + 1), key=lambda number: (used[number], number))


def _columns(record: DriverRecord | VehicleRecord | DepotRecord) -> dict[str, object]:
    """Columns are named like the record's fields."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _drivers(connection: Connection) -> list[DriverRecord]:
    rows = connection.execute(
        select(drivers.c.id, drivers.c.name, drivers.c.phone, drivers.c.colour)
    )
    return [DriverRecord(DriverId(own), name, phone, colour) for own, name, phone, colour in rows]


def _vehicles(connection: Connection) -> list[VehicleRecord]:
    rows = connection.execute(
        select(vehicles.c.id, vehicles.c.plate, vehicles.c.kind, vehicles.c.profile)
    )
    return [VehicleRecord(VehicleId(own), plate, kind, way) for own, plate, kind, way in rows]


def _depots(connection: Connection) -> list[DepotRecord]:
    rows = connection.execute(
        select(
            depots.c.id,
            depots.c.name,
            depots.c.place,
            depots.c.zone,
            depots.c.currency,
            depots.c.region,
        )
    )
    return [
        DepotRecord(DepotId(own), name, PlaceId(place), zone, currency, region)
        for own, name, place, zone, currency, region in rows
    ]

"""The register of places: every address once, with its point and how sure we are of it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from uuid import uuid4

from sqlalchemy import Connection, RowMapping, insert

from console.domain.places import (
    NO_ACCESS,
    Access,
    Address,
    Certainty,
    Coordinate,
    Place,
    PlaceId,
)
from console.storage.database import Database
from console.storage.schema import accesses, places
from console.storage.upsert import change, found, put


def opaque_id() -> str:
    """An id that says nothing about what it stands for."""
    return uuid4().hex


def counted_ids(prefix: str) -> Callable[[], str]:
    """Ids in the order in which they are asked for: the same work gives the same ids again."""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers):06}"


@dataclass(frozen=True, slots=True)
class SqlPlaces:
    """Implements ``dispatch.ports.Places``; ``make_id`` gives the ids of new places."""

    database: Database
    make_id: Callable[[], str] = opaque_id

    def remember(self, address: Address) -> Place:
        """The place of this address, made when new; see ``key_of`` for what counts as the same."""
        return self.remember_all((address,))[0]

    def remember_all(self, addresses: Sequence[Address]) -> list[Place]:
        """The same for many, in one transaction."""
        asked = [key_of(address) for address in addresses]
        wanted = dict(zip(reversed(asked), reversed(addresses), strict=True))
        with self.database.writing() as connection:
            rows = list(found(connection, places, places.c.key, list(wanted)))
            by_id = {place.id: place for place in _read(connection, rows)}
            known = {str(row["key"]): by_id[PlaceId(row["id"])] for row in rows}
            missing = [key for key in dict.fromkeys(asked) if key not in known]
            if missing:
                known |= self._made(connection, {key: wanted[key] for key in missing})
        return [known[key] for key in asked]

    def _made(self, connection: Connection, wanted: Mapping[str, Address]) -> dict[str, Place]:
        """New places; one that differs from a fixed one in its spelling only is fixed there too."""
        fixed = _fixed(connection)
        made: dict[str, Place] = {}
        for key, address in wanted.items():
            place = Place(PlaceId(self.make_id()), address)
            same = fixed.get(_spelling(address))
            made[key] = _like(place, same) if same else place
        connection.execute(insert(places), [_columns(place, key) for key, place in made.items()])
        records = [_record(place.id, place.access) for place in made.values() if _has_access(place)]
        if records:
            connection.execute(insert(accesses), records)
        return made

    def get(self, ids: Sequence[PlaceId]) -> dict[PlaceId, Place]:
        """Those of the places that are known."""
        with self.database.reading() as connection:
            rows = list(found(connection, places, places.c.id, list(ids)))
            by_id = {place.id: place for place in _read(connection, rows)}
        return {place: by_id[place] for place in ids if place in by_id}

    def put(self, some: Sequence[Place]) -> None:
        """Store coordinate, certainty and label; the address of a known place stays.

        What a dispatcher fixed on the map is only changed by another fix.
        """
        latest = {place.id: place for place in some}
        with self.database.writing() as connection:
            rows = found(connection, places, places.c.id, list(latest))
            before = {PlaceId(str(row["id"])): Certainty(row["certainty"]) for row in rows}
            fresh = [_columns(p, key_of(p.address)) for p in latest.values() if p.id not in before]
            if fresh:
                connection.execute(insert(places), fresh)
            changed = [
                place
                for place in latest.values()
                if place.id in before
                and (place.certainty is Certainty.FIXED or before[place.id] is not Certainty.FIXED)
            ]
            change(connection, places, [{"id": p.id, **_point(p)} for p in changed])

    def put_access(self, place: PlaceId, access: Access) -> None:
        """Replace how a known place is reached."""
        with self.database.writing() as connection:
            if any(found(connection, places, places.c.id, [place])):
                put(connection, accesses, [_record(place, access)])


def _read(connection: Connection, rows: Sequence[RowMapping]) -> list[Place]:
    ids = [str(row["id"]) for row in rows]
    records = {row["id"]: _access(row) for row in found(connection, accesses, accesses.c.id, ids)}
    return [replace(_place(row), access=records.get(row["id"], NO_ACCESS)) for row in rows]


def _fixed(connection: Connection) -> dict[str, Place]:
    """What dispatchers fixed, by spelling; two places of one spelling stand for neither."""
    fixed = str(Certainty.FIXED.value)
    known: dict[str, list[Place]] = {}
    for place in _read(connection, list(found(connection, places, places.c.certainty, [fixed]))):
        known.setdefault(_spelling(place.address), []).append(place)
    return {key: same[0] for key, same in known.items() if _is_one(same)}


def _is_one(same: Sequence[Place]) -> bool:
    return len({place.coordinate for place in same}) == 1


def _like(place: Place, same: Place) -> Place:
    return replace(
        place,
        coordinate=same.coordinate,
        certainty=same.certainty,
        label=same.label,
        access=same.access,
    )


def _has_access(place: Place) -> bool:
    return place.access != NO_ACCESS


_STREET = re.compile(r"(?<=\w)(?:strasse|str)\b|\b(?:strasse|street|str|st)\b")


def _spelling(address: Address) -> str:
    """The address without accents, marks and spaces, and with one word for street."""
    parts = (address.street, address.postcode, address.city, address.country)
    text = "|".join(parts).casefold().replace("\u00f8", "o").replace("\u00e6", "ae")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[^\w|]|_", "", _STREET.sub("str", text))


def key_of(address: Address) -> str:
    """What makes two addresses the same: letter case, spaces, commas and dots do not matter."""
    parts = (address.street, address.postcode, address.city, address.country)
    return "|".join(_plain(part) for part in parts)


def _plain(text: str) -> str:
    """The caseless compatibility form without points; twice, as folding can undo normalising."""
    for _ in range(2):
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return " ".join(re.sub(r"[.,;|]", " ", text).split())


def _point(place: Place) -> dict[str, object]:
    point = place.coordinate
    return {
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "certainty": place.certainty.value,
        "label": place.label,
    }


def _record(place: PlaceId, access: Access) -> dict[str, object]:
    seconds = access.parking_time
    return {
        "id": place,
        "gate": access.gate,
        "floor": access.floor,
        "safe_place": access.safe_place,
        "parking_seconds": None if seconds is None else round(seconds.total_seconds()),
        "parking_lat": access.parking.lat if access.parking else None,
        "parking_lon": access.parking.lon if access.parking else None,
    }


def _access(row: RowMapping) -> Access:
    seconds, lat = row["parking_seconds"], row["parking_lat"]
    return Access(
        row["gate"],
        row["floor"],
        row["safe_place"],
        None if seconds is None else timedelta(seconds=seconds),
        None if lat is None else Coordinate(lat, row["parking_lon"]),
    )


def _columns(place: Place, key: str) -> dict[str, object]:
    address = place.address
    return {
        "id": place.id,
        "key": key,
        "street": address.street,
        "postcode": address.postcode,
        "city": address.city,
        "country": address.country,
        **_point(place),
    }


def _place(row: RowMapping) -> Place:
    return Place(
        PlaceId(row["id"]),
        Address(row["street"], row["postcode"], row["city"], row["country"]),
        None if row["lat"] is None else Coordinate(row["lat"], row["lon"]),
        Certainty(row["certainty"]),
        row["label"],
    )

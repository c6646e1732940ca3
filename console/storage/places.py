"""The register of places: every address once, with its point and how sure we are of it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

from sqlalchemy import RowMapping, insert

from console.domain.places import Address, Certainty, Coordinate, Place, PlaceId
from console.storage.database import Database
from console.storage.schema import places
from console.storage.upsert import change, found


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
            rows = found(connection, places, places.c.key, list(wanted))
            known = {str(row["key"]): _place(row) for row in rows}
            fresh = {
                key: Place(PlaceId(self.make_id()), wanted[key])
                for key in dict.fromkeys(asked)
                if key not in known
            }
            if fresh:
                connection.execute(
                    insert(places), [_columns(place, key) for key, place in fresh.items()]
                )
        known |= fresh
        return [known[key] for key in asked]

    def get(self, ids: Sequence[PlaceId]) -> dict[PlaceId, Place]:
        """Those of the places that are known."""
        with self.database.reading() as connection:
            rows = [_place(row) for row in found(connection, places, places.c.id, list(ids))]
        by_id = {place.id: place for place in rows}
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

"""Where things are: addresses, coordinates and how sure we are of them."""

import math
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NewType

PlaceId = NewType("PlaceId", str)

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point on the earth in WGS 84 degrees."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError(f"no such point on the earth: {self.lat}, {self.lon}")

    def metres_to(self, other: "Coordinate") -> float:
        """Great-circle distance in metres (haversine)."""
        lat1, lat2 = math.radians(self.lat), math.radians(other.lat)
        half_lat = (lat2 - lat1) / 2
        half_lon = math.radians(other.lon - self.lon) / 2
        chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
        return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; ``street`` holds street and house number as written."""

    street: str
    postcode: str = ""
    city: str = ""
    country: str = ""

    @property
    def line(self) -> str:
        """The address in one line."""
        town = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, town, self.country) if part)


class Certainty(StrEnum):
    """How well an address was located, best first."""

    FIXED = "fixed"  # a dispatcher put it on the map
    GIVEN = "given"  # the file brought its coordinate
    ROOFTOP = "rooftop"
    INTERPOLATED = "interpolated"  # between two known house numbers
    STREET = "street"
    PLACE = "place"  # town or postcode only
    DOUBTFUL = "doubtful"
    OUTSIDE = "outside"  # in no region that is installed
    UNKNOWN = "unknown"

    @property
    def is_sure(self) -> bool:
        """Good enough to plan on without a look by the dispatcher."""
        return self in _SURE


_SURE = frozenset({Certainty.FIXED, Certainty.GIVEN, Certainty.ROOFTOP, Certainty.INTERPOLATED})


@dataclass(frozen=True, slots=True)
class Location:
    """A geocoder's answer for one address.

    ``score`` runs from 0 to 1. ``reasons`` are short keys such as ``street_typo`` or
    ``postcode_differs``. ``candidates`` are further possibilities, best first. ``source`` credits
    whose answer it is; empty for the region's own.
    """

    coordinate: Coordinate | None
    certainty: Certainty
    score: float = 0.0
    label: str = ""
    reasons: tuple[str, ...] = ()
    candidates: tuple["Location", ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """How a place is reached, learnt once and kept: the door itself is the place's coordinate.

    ``gate`` is a code or how the gate is opened; ``parking`` where the van stands and
    ``parking_time`` what that takes; ``safe_place`` where a parcel may be left.
    """

    gate: str = ""
    floor: str = ""
    safe_place: str = ""
    parking_time: timedelta | None = None
    parking: Coordinate | None = None


NO_ACCESS = Access()


@dataclass(frozen=True, slots=True)
class Place:
    """A known address with its point; the register's row, never in the journal."""

    id: PlaceId
    address: Address
    coordinate: Coordinate | None = None
    certainty: Certainty = Certainty.UNKNOWN
    label: str = ""
    access: Access = NO_ACCESS

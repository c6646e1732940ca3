"""Nominatim (https://nominatim.org/release-docs/latest/api/Search/), jsonv2."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from console.domain.places import Address, Coordinate
from console.geo.geocoders.contract import MOST, Answer, Bounds, Kind

PUBLIC = "https://nominatim.openstreetmap.org"
_TOWNS = ("city", "town", "village", "municipality", "hamlet", "suburb")
_ROADS = ("road", "pedestrian", "footway", "cycleway", "square", "place")
_STREET_RANK, _TOWN_RANK = 26, 25  # place_rank of streets, and of all that is larger


@dataclass(frozen=True, slots=True)
class Nominatim:
    """``contact`` is the e-mail address that its rules ask for; may be empty."""

    contact: str = ""
    name: str = "Nominatim server"
    credit: str = "© OpenStreetMap contributors, by Nominatim"

    def search(self, address: Address, bounds: Bounds) -> str:
        """By fields where there are some, else as one line."""
        south, west, north, east = bounds
        asked = {
            "street": address.street,
            "city": address.city,
            "postalcode": address.postcode,
            "country": address.country,
        }
        if not address.city and not address.postcode:
            asked = {"q": address.line}
        asked |= {"viewbox": f"{west},{south},{east},{north}", "bounded": "1", "limit": str(MOST)}
        return f"/search?{self._query(asked)}"

    def reverse(self, point: Coordinate) -> str:
        """The house at a point."""
        asked = {"lat": str(point.lat), "lon": str(point.lon), "zoom": "18"}
        return f"/reverse?{self._query(asked)}"

    def read(self, found: Any) -> list[Answer]:
        """A list for a search, one object for a point, an object with ``error`` for nothing."""
        if isinstance(found, Mapping):
            one = cast("Mapping[str, Any]", found)
            return [] if "error" in one else [_answer(one)]
        return [_answer(each) for each in found]

    def _query(self, asked: Mapping[str, str]) -> str:
        fixed = {"format": "jsonv2", "addressdetails": "1", "email": self.contact}
        return urlencode({key: value for key, value in {**asked, **fixed}.items() if value})


def _answer(found: Mapping[str, Any]) -> Answer:
    parts = cast("Mapping[str, str]", found.get("address") or {})
    number = parts.get("house_number", "")
    return Answer(
        kind=_kind(found, number),
        point=Coordinate(float(found["lat"]), float(found["lon"])),
        label=str(found["display_name"]),
        name=str(found.get("name") or ""),
        street=_first(parts, _ROADS),
        number=number,
        postcode=parts.get("postcode", ""),
        town=_first(parts, _TOWNS),
    )


def _kind(found: Mapping[str, Any], number: str) -> Kind:
    if found.get("category") == "place" and found.get("type") == "houses":
        return Kind.INTERPOLATED
    if number:
        return Kind.HOUSE
    rank = int(found.get("place_rank") or 0)
    if rank <= _TOWN_RANK:
        return Kind.PLACE
    is_street = found.get("category") == "highway" or rank == _STREET_RANK
    return Kind.STREET if is_street else Kind.POI


def _first(parts: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((parts[key] for key in keys if parts.get(key)), "")

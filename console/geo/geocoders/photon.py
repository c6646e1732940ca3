"""Photon (https://github.com/komoot/photon/blob/master/docs/api-v1.md), GeoJSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from console.domain.places import Address, Coordinate
from console.geo.geocoders.contract import MOST, Answer, Bounds, Kind

PUBLIC = "https://photon.komoot.io"
_LARGER = frozenset({"district", "locality", "city", "county", "state", "country", "other"})


@dataclass(frozen=True, slots=True)
class Photon:
    """Free text only; ``type`` says how large the thing is that was found."""

    name: str = "Photon server"
    credit: str = "© OpenStreetMap contributors, by Photon"

    def search(self, address: Address, bounds: Bounds) -> str:
        """As one line, within bounds, what is near their middle first."""
        south, west, north, east = bounds
        asked = {
            "q": address.line,
            "limit": str(MOST),
            "bbox": f"{west},{south},{east},{north}",
            "lat": str((south + north) / 2),
            "lon": str((west + east) / 2),
        }
        return f"/api?{urlencode(asked)}"

    def reverse(self, point: Coordinate) -> str:
        """What is nearest to a point."""
        return f"/reverse?{urlencode({'lat': str(point.lat), 'lon': str(point.lon)})}"

    def read(self, found: Any) -> list[Answer]:
        """The features of the collection."""
        return [_answer(each) for each in found["features"]]


def _answer(feature: Mapping[str, Any]) -> Answer:
    lon, lat = feature["geometry"]["coordinates"][:2]
    parts = cast("Mapping[str, str]", feature["properties"])
    kind = _kind(parts)
    name = parts.get("name", "")
    street = parts.get("street", "") or (name if kind is Kind.STREET else "")
    line = f"{street} {parts.get('housenumber', '')}".strip()
    town = parts.get("city") or parts.get("district") or (name if kind is Kind.PLACE else "")
    named = "" if kind in {Kind.STREET, Kind.PLACE} else name
    address = Address(", ".join(part for part in (named, line) if part), parts.get("postcode", ""))
    return Answer(
        kind=kind,
        point=Coordinate(float(lat), float(lon)),
        label=Address(address.street, address.postcode, town).line,
        name=name,
        street=street,
        number=parts.get("housenumber", ""),
        postcode=parts.get("postcode", ""),
        town=town,
    )


def _kind(parts: Mapping[str, str]) -> Kind:
    if parts.get("type") in _LARGER:
        return Kind.PLACE
    if parts.get("type") == "street":
        return Kind.STREET
    return Kind.HOUSE if parts.get("housenumber") else Kind.POI

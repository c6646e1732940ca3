"""Pelias (https://github.com/pelias/documentation), such as geocode.earth; GeoJSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from console.domain.places import Address, Coordinate
from console.geo.geocoders.contract import MOST, Answer, Bounds, Kind

_KINDS = {"address": Kind.HOUSE, "street": Kind.STREET, "venue": Kind.POI}


@dataclass(frozen=True, slots=True)
class Pelias:
    """``key`` is sent as ``api_key``; a server of one's own needs none."""

    key: str = ""
    name: str = "Pelias server"
    credit: str = "© OpenStreetMap contributors, OpenAddresses, Who's on First, by Pelias"

    def search(self, address: Address, bounds: Bounds) -> str:
        """As one line, within bounds."""
        corners = zip(("min_lat", "min_lon", "max_lat", "max_lon"), bounds, strict=True)
        rect = {f"boundary.rect.{corner}": str(value) for corner, value in corners}
        return self._path("search", {"text": address.line, "size": str(MOST), **rect})

    def reverse(self, point: Coordinate) -> str:
        """The address nearest to a point."""
        at = {"point.lat": str(point.lat), "point.lon": str(point.lon)}
        return self._path("reverse", {**at, "layers": "address", "size": "1"})

    def read(self, found: Any) -> list[Answer]:
        """The features of the collection."""
        return [_answer(each) for each in found["features"]]

    def _path(self, what: str, asked: Mapping[str, str]) -> str:
        key = {"api_key": self.key} if self.key else {}
        return f"/v1/{what}?{urlencode({**asked, **key})}"


def _answer(feature: Mapping[str, Any]) -> Answer:
    lon, lat = feature["geometry"]["coordinates"][:2]
    parts = cast("Mapping[str, str]", feature["properties"])
    kind = _KINDS.get(parts.get("layer", ""), Kind.PLACE)
    if kind is Kind.HOUSE and "interpolated" in {parts.get("match_type"), parts.get("accuracy")}:
        kind = Kind.INTERPOLATED
    return Answer(
        kind=kind,
        point=Coordinate(float(lat), float(lon)),
        label=str(parts["label"]),
        name=parts.get("name", ""),
        street=parts.get("street", "") or (parts.get("name", "") if kind is Kind.STREET else ""),
        number=parts.get("housenumber", ""),
        postcode=parts.get("postalcode", ""),
        town=parts.get("locality") or parts.get("localadmin", ""),
    )

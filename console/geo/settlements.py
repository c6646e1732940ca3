"""Which town a point belongs to, for houses whose tags do not say."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

import math
import re
from dataclasses import dataclass, field
from typing import Any

_TOWN_LEVELS = ("8", "7")  # municipalities; what level they have differs by country
_TOWNS = {"city": 3.0, "town": 2.0, "village": 1.0, "municipality": 1.0}
KINDS = frozenset(
    {*_TOWNS, "suburb", "quarter", "neighbourhood", "hamlet", "borough", "isolated_dwelling"}
)
_CELL = 0.1  # degrees


@dataclass(frozen=True, slots=True)
class Settlement:
    """A place node: its names (the first is the main one), kind and point."""

    names: tuple[str, ...]
    kind: str
    lat: float
    lon: float


@dataclass(slots=True)
class Settlements:
    """Collects place nodes and municipal boundaries, then answers town by point."""

    places: list[Settlement] = field(default_factory=list[Settlement])
    _areas: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    _codes: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    _tree: Any = None
    _code_tree: Any = None
    _grid: dict[tuple[int, int], list[Settlement]] = field(
        default_factory=dict[tuple[int, int], list[Settlement]]
    )

    def take_place(self, tags: dict[str, str], point: tuple[float, float]) -> None:
        """Remember a place node that is a settlement."""
        if tags["place"] in KINDS:
            other = {v for k, v in tags.items() if k.startswith(("name:", "alt_name", "old_name"))}
            names = (tags["name"], *sorted(other - {tags["name"]}))
            self.places.append(Settlement(names, tags["place"], *point))

    def take_area(self, area: Any, tags: dict[str, str]) -> None:
        """Remember the boundary of a municipality or of a postcode."""
        is_town = tags["boundary"] == "administrative" and "name" in tags
        is_town = is_town and tags.get("admin_level") in _TOWN_LEVELS
        code = tags.get("postal_code") or tags.get("addr:postcode") or ""
        if not is_town and not code:
            return
        import osmium
        import shapely

        try:
            shape = shapely.from_wkb(osmium.geom.WKBFactory().create_multipolygon(area))
        except RuntimeError:  # an open ring at the extract's edge
            return
        if is_town:
            self._areas.append((tags["name"], shape))
        if code and not re.search(r"[;,]", code):
            self._codes.append((code, shape))

    def finish(self) -> None:
        """Make ready to answer."""
        if self._areas:
            import shapely

            self._tree = shapely.STRtree([shape for _, shape in self._areas])
        if self._codes:
            import shapely

            self._code_tree = shapely.STRtree([shape for _, shape in self._codes])
        for place in self.places:
            if place.kind in _TOWNS:
                self._grid.setdefault(_cell(place.lat, place.lon), []).append(place)

    def postcode_at(self, lat: float, lon: float) -> str:
        """The postcode of the area around a point, or ``""``."""
        if self._code_tree is None:
            return ""
        import shapely

        inside = self._code_tree.query(shapely.Point(lon, lat), predicate="within")
        return self._codes[int(inside[0])][0] if len(inside) else ""

    def town_at(self, lat: float, lon: float) -> str:
        """The municipality around a point, else the nearest town within some 15 km, or ``""``."""
        if self._tree is not None:
            import shapely

            for found in self._tree.query(shapely.Point(lon, lat), predicate="within"):
                return self._areas[int(found)][0]
        row, column = _cell(lat, lon)
        near = [
            place
            for y in (row - 1, row, row + 1)
            for x in (column - 1, column, column + 1)
            for place in self._grid.get((y, x), ())
        ]
        narrowing = math.cos(math.radians(lat))
        nearest = min(
            near,
            key=lambda place: (
                math.hypot(place.lat - lat, (place.lon - lon) * narrowing) / _TOWNS[place.kind]
            ),
            default=None,
        )
        return nearest.names[0] if nearest else ""


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL), math.floor(lon / _CELL)

"""Looks over an extract before anything is built from it; runs in a process of its own."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

import statistics
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_CARS = frozenset(
    {
        "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential",
        "living_street", "service", "road", "motorway_link", "trunk_link", "primary_link",
        "secondary_link", "tertiary_link",
    }
)  # fmt: skip
_ORDER = {"n": 0, "w": 1, "r": 2}
_EVERY = 200_000  # objects between two words of progress


_OWN = "doorstep"  # what our own drawings call their maker
OSM_CREDIT = "© OpenStreetMap contributors"
OSM_LICENCE = "ODbL 1.0"
OWN_CREDIT = "Invented by Doorstep"
OWN_LICENCE = "none needed: an invented place"


@dataclass(slots=True)
class Survey:
    """What an extract holds. ``bounds`` is (south, west, north, east) of its roads' nodes."""

    roads: int = 0
    is_declared_sorted: bool = False
    is_sorted: bool = True
    bounds: tuple[float, float, float, float] = (0, 0, 0, 0)
    zone: str = "Etc/UTC"
    date: str = ""
    licence: str = OSM_LICENCE
    credit: str = OSM_CREDIT


@dataclass(slots=True)
class _Extent:
    """Where roads are: bounds of all points, one point a road for the middle."""

    south: float = 90.0
    west: float = 180.0
    north: float = -90.0
    east: float = -180.0
    lats: "array[float]" = field(default_factory=lambda: array("f"))
    lons: "array[float]" = field(default_factory=lambda: array("f"))

    def take(self, points: list[Any]) -> None:
        for point in points:
            lat, lon = point.lat, point.lon
            self.south, self.north = min(self.south, lat), max(self.north, lat)
            self.west, self.east = min(self.west, lon), max(self.east, lon)
        self.lats.append(points[0].lat)
        self.lons.append(points[0].lon)


def survey(extract: str, sorted_copy: str, tell: Callable[[float], None]) -> Survey:
    """Read the whole extract once; writes ``sorted_copy`` when its objects are out of order.

    RuntimeError, with libosmium's sentence, when it is no extract or damaged.
    """
    import osmium

    header = osmium.io.Reader(extract).header()
    found = Survey(date=_date(header), is_declared_sorted=_is_declared_sorted(header))
    if str(header.get("generator")).startswith(_OWN):
        found.licence, found.credit = OWN_LICENCE, OWN_CREDIT
    extent = _read(osmium, extract, found, tell)
    if not found.is_sorted:
        merger = osmium.MergeInputReader()
        merger.add_file(extract)
        with osmium.SimpleWriter(sorted_copy, overwrite=True) as writer:
            merger.apply(writer)
        again = Survey(is_declared_sorted=True)
        extent = _read(osmium, sorted_copy, again, tell)
        found.roads = again.roads
    if extent.lats:
        found.bounds = extent.south, extent.west, extent.north, extent.east
        found.zone = _zone(statistics.median(extent.lats), statistics.median(extent.lons))
    return found


def _read(osmium: Any, extract: str, found: Survey, tell: Callable[[float], None]) -> _Extent:
    """Fill ``found``; the extent of the roads where their nodes come before them."""
    if not found.is_declared_sorted:
        found.is_sorted = _in_order(osmium, extract, tell)
    extent, lost = _Extent(), 0
    ways = osmium.FileProcessor(extract).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if way.is_way() and way.tags["highway"] in _CARS:
            found.roads += 1
            known = [node.location for node in way.nodes if node.location.valid()]
            if known:
                extent.take(known)
            else:
                lost += 1
    if lost * 2 > found.roads:  # it says that it is sorted, and is not
        found.is_sorted = False
    return extent


def _in_order(osmium: Any, extract: str, tell: Callable[[float], None]) -> bool:
    """Nodes before ways before relations, each by id; reads every object."""
    last = (-1, -1)
    for count, thing in enumerate(osmium.FileProcessor(extract)):
        if count % _EVERY == 0:
            tell(0.5)
        place = _ORDER.get(thing.type_str(), 3), thing.id
        if place < last:
            return False
        last = place
    return True


def _is_declared_sorted(header: Any) -> bool:
    return header.get("sorting") == "Type_then_ID"


def _date(header: Any) -> str:
    """The day the data was taken from OpenStreetMap, where the file says so."""
    return str(header.get("osmosis_replication_timestamp") or header.get("timestamp") or "")[:10]


def _zone(lat: float, lon: float) -> str:
    """The IANA time zone; the nautical one at sea, where a made-up city may lie."""
    from timezonefinder import TimezoneFinder

    return TimezoneFinder(in_memory=False).timezone_at(lat=lat, lng=lon) or "Etc/UTC"


def is_extract(path: Path) -> bool:
    """True when the file begins like an ``.osm.pbf``: a header blob named OSMHeader."""
    with path.open("rb") as file:
        return b"OSMHeader" in file.read(64)

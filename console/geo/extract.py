"""Looks over an extract before anything is built from it; runs in a process of its own."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium and shapely come without complete types)

import statistics
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(slots=True)
class Survey:
    """What an extract holds. ``bounds`` is (south, west, north, east) of its roads' nodes."""

    roads: int = 0
    is_declared_sorted: bool = False
    is_sorted: bool = True
    bounds: tuple[float, float, float, float] = (0, 0, 0, 0)
    zone: str = "Etc/UTC"
    date: str = ""


def survey(extract: str, sorted_copy: str, tell: Callable[[float], None]) -> Survey:
    """Read the whole extract once; writes ``sorted_copy`` when its objects are out of order.

    RuntimeError, with libosmium's sentence, when it is no extract or damaged.
    """
    import osmium

    header = osmium.io.Reader(extract).header()
    found = Survey(date=_date(header), is_declared_sorted=_is_declared_sorted(header))
    points: dict[str, Any] = _read(osmium, extract, found, tell)
    if not found.is_sorted:
        merger = osmium.MergeInputReader()
        merger.add_file(extract)
        with osmium.SimpleWriter(sorted_copy, overwrite=True) as writer:
            merger.apply(writer)
        again = Survey(is_declared_sorted=True)
        points = _read(osmium, sorted_copy, again, tell)
        found.roads = again.roads
    if points["lat"]:
        lats, lons = points["lat"], points["lon"]
        found.bounds = min(lats), min(lons), max(lats), max(lons)
        found.zone = _zone(statistics.median(lats), statistics.median(lons))
    return found


def _read(
    osmium: Any, extract: str, found: Survey, tell: Callable[[float], None]
) -> dict[str, Any]:
    """Fill ``found``; the coordinates of the roads' nodes where those come in order."""
    if not found.is_declared_sorted:
        found.is_sorted = _in_order(osmium, extract, tell)
    points: dict[str, list[float]] = {"lat": [], "lon": []}
    ways = osmium.FileProcessor(extract).with_locations()
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        if way.is_way() and way.tags["highway"] in _CARS:
            found.roads += 1
            known = [node.location for node in way.nodes if node.location.valid()]
            points["lat"] += [point.lat for point in known]
            points["lon"] += [point.lon for point in known]
    return points


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

"""Routes for maps and navigation devices: GeoJSON (RFC 7946) and GPX 1.1. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from console.dispatch.maplinks import map_link
from console.dispatch.picture import Picture
from console.dispatch.ways import Way
from console.domain.places import Coordinate
from console.domain.plan import RouteId, StopId

Json = dict[str, Any]

_GPX = "http://www.topografix.com/GPX/1/1"
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Tracks:
    """A day's routes and their ways on the ground; only those that have a way are written."""

    picture: Picture
    ways: Mapping[RouteId, Way]

    def numbered(self) -> list[RouteId]:
        """The routes by driver number."""
        return sorted(self.ways, key=lambda route: self.picture.drivers[route].number)

    def as_geojson(self) -> Json:
        """Depots, lines and stops as one collection; with all routes also what waits."""
        features = list(self._depots())
        for route in self.numbered():
            features += [self._line(route), *self._stops(route)]
        if len(self.ways) == len(self.picture.schedules):
            features += self._waiting()
        return {"type": "FeatureCollection", "features": [f for f in features if f["geometry"]]}

    def _depots(self) -> Iterator[Json]:
        for point in self.picture.depots.values():
            yield _feature(_point(point), kind="depot", name=self.picture.depot_name)

    def _line(self, route: RouteId) -> Json:
        way, label = self.ways[route], self.picture.drivers[route]
        schedule = self.picture.schedules[route]
        line: Json | None = None
        if len(way.line) > 1:
            line = {"type": "LineString", "coordinates": [_lonlat(p) for p in way.line]}
        return _feature(
            line,
            kind="route",
            number=label.number,
            driver=label.name,
            vehicle=label.plate,
            stops=len(schedule.visits),
            km=round(schedule.metres / 1000, 3),
            leaves=self._iso(schedule.start),
            back=self._iso(schedule.end),
            along_streets=way.is_along_streets,
        )

    def _stops(self, route: RouteId) -> Iterator[Json]:
        label = self.picture.drivers[route]
        for number, visit in enumerate(self.picture.schedules[route].visits, 1):
            yield self._stop(
                visit.stop,
                kind="stop",
                driver=label.name,
                number=label.number,
                stop=number,
                arrival=self._iso(visit.arrival),
                start=self._iso(visit.start),
                departure=self._iso(visit.departure),
            )

    def _waiting(self) -> Iterator[Json]:
        for stop in self.picture.plan.unassigned:
            yield self._stop(stop, kind="unassigned")

    def _stop(self, key: StopId, **properties: object) -> Json:
        label = self.picture.labels.get(key)
        point = label.coordinate if label else None
        return _feature(
            _point(point) if point else None,
            **properties,
            orders=[order.id for order in self.picture.plan.stops[key].orders],
            address=f"{label.street}, {label.town}" if label else "",
            geo=map_link(point) if point else "",
        )

    def as_gpx(self, route: RouteId) -> bytes:
        """One route: its stops as waypoints and as a route to follow, its line as a track."""
        way, label = self.ways[route], self.picture.drivers[route]
        root = ET.Element("gpx", version="1.1", creator="Doorstep", xmlns=_GPX)
        name = f"{label.number} {label.name}"
        _text(ET.SubElement(root, "metadata"), "name", name)
        self._waypoints(root, route, "wpt")
        followed = ET.SubElement(root, "rte")
        _text(followed, "name", name)
        self._waypoints(followed, route, "rtept")
        track = ET.SubElement(root, "trk")
        _text(track, "name", name)
        segment = ET.SubElement(track, "trkseg")
        for point in way.line:
            _placed(segment, "trkpt", point)
        ET.indent(root, " ")
        return ET.tostring(root, "utf-8", xml_declaration=True)

    def _waypoints(self, parent: ET.Element, route: RouteId, tag: str) -> None:
        """In GPX's order: time, name, description."""
        for number, visit in enumerate(self.picture.schedules[route].visits, 1):
            label = self.picture.labels.get(visit.stop)
            if label is None or label.coordinate is None:
                continue
            point = _placed(parent, tag, label.coordinate)
            arrival = visit.arrival.strftime("%Y-%m-%dT%H:%M:%SZ")
            _text(point, "time", arrival)
            _text(point, "name", f"{number} {label.street}")
            told = (label.town, *label.recipients, *label.notes)
            _text(point, "desc", ", ".join(filter(None, told)))

    def _iso(self, moment: datetime) -> str:
        return self.picture.local(moment).isoformat()


def _feature(geometry: Json | None, **properties: object) -> Json:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(point: Coordinate) -> Json:
    return {"type": "Point", "coordinates": _lonlat(point)}


def _lonlat(point: Coordinate) -> list[float]:
    return [round(point.lon, 6), round(point.lat, 6)]


def _placed(parent: ET.Element, tag: str, point: Coordinate) -> ET.Element:
    return ET.SubElement(parent, tag, lat=f"{point.lat:.6f}", lon=f"{point.lon:.6f}")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    """XML has no sign for most control characters."""
    ET.SubElement(parent, tag).text = _UNWRITABLE.sub(" ", text)

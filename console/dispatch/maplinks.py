"""Links that open a point, or several in order, in a map: on a phone, from paper, from a table."""

from collections.abc import Sequence
from enum import StrEnum

from console.domain.places import Coordinate
from console.tongues import tr


class MapLink(StrEnum):
    """Which map a link opens. ``GEO`` (RFC 5870) asks the phone for the app of the driver's own."""

    GEO = "geo"
    GOOGLE = "google"
    APPLE = "apple"
    OSM = "osm"

    @property
    def words(self) -> str:
        """As it is offered."""
        if self is MapLink.GEO:
            return tr("the phone's own map app (geo:)")
        return _TITLES[self]

    @property
    def at_once(self) -> int:
        """How many places in order one link may hold."""
        return _AT_ONCE.get(self, 1)


_TITLES = {
    MapLink.GOOGLE: "Google Maps",
    MapLink.APPLE: "Apple Maps",
    MapLink.OSM: "OpenStreetMap",
}
# Google's app takes nine places on the way and an end; Apple's takes more.
_AT_ONCE = {MapLink.GOOGLE: 10, MapLink.APPLE: 10}
_FORMS = {
    # Android shows the point of a plain geo: link without a pin; the one asked for gets one.
    MapLink.GEO: "geo:{0},{1}?q={0},{1}",
    MapLink.GOOGLE: "https://www.google.com/maps/dir/?api=1&destination={0},{1}",
    MapLink.APPLE: "https://maps.apple.com/?daddr={0},{1}",
    MapLink.OSM: "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=18/{0}/{1}",
}


def map_link(point: Coordinate, kind: MapLink = MapLink.GEO) -> str:
    """The link to a point; it holds nothing but the point."""
    return _FORMS[kind].format(f"{point.lat:.6f}", f"{point.lon:.6f}")


def through(points: Sequence[Coordinate], kind: MapLink = MapLink.GEO) -> str:
    """The link that leads a driver from where she is to all these points in their order.

    No more of them than ``kind.at_once``; it holds nothing but the points.
    """
    *between, last = [f"{point.lat:.5f},{point.lon:.5f}" for point in points]
    if not between:
        return map_link(points[0], kind)
    if kind is MapLink.APPLE:
        via = "".join(f"&waypoint={point}" for point in between)
        return f"https://maps.apple.com/directions?destination={last}{via}&mode=driving"
    via = "%7C".join(between)
    base = "https://www.google.com/maps/dir/?api=1&travelmode=driving"
    return f"{base}&destination={last}&waypoints={via}"

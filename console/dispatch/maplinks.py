"""Links that open a point in a map: on a phone, from paper, from a table."""

from enum import StrEnum

from console.domain.places import Coordinate


class MapLink(StrEnum):
    """Which map a link opens. ``GEO`` (RFC 5870) asks the phone for the app of the driver's own."""

    GEO = "geo"
    GOOGLE = "google"
    APPLE = "apple"
    OSM = "osm"

    @property
    def words(self) -> str:
        """As it is offered."""
        return _TITLES[self]


_TITLES = {
    MapLink.GEO: "the phone's own map app (geo:)",
    MapLink.GOOGLE: "Google Maps",
    MapLink.APPLE: "Apple Maps",
    MapLink.OSM: "OpenStreetMap",
}
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

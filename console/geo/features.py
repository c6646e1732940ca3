"""Which things of an extract the basemap shows: OpenStreetMap's tags to layers, kinds and zooms."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["point", "line", "polygon"]
Value = str | int


@dataclass(frozen=True, slots=True)
class Feature:
    """What is drawn: its layer, properties and the first zoom it appears at."""

    layer: str
    zoom: int
    properties: tuple[tuple[str, Value], ...]


_ROADS = {
    "motorway": ("highway", 8), "trunk": ("highway", 8), "motorway_link": ("highway", 10),
    "trunk_link": ("highway", 10), "primary": ("major_road", 9), "primary_link": ("major_road", 11),
    "secondary": ("major_road", 10), "secondary_link": ("major_road", 12),
    "tertiary": ("medium_road", 11), "tertiary_link": ("medium_road", 12),
    "residential": ("minor_road", 12), "unclassified": ("minor_road", 12),
    "living_street": ("minor_road", 12), "road": ("minor_road", 13),
    "pedestrian": ("pedestrian", 13),
    "service": ("service", 13), "track": ("path", 13), "cycleway": ("path", 13),
    "footway": ("path", 14), "path": ("path", 14), "steps": ("path", 14), "bridleway": ("path", 14),
}  # fmt: skip
_RAILS = frozenset({"rail", "light_rail", "tram", "narrow_gauge", "subway", "funicular"})
_WATERWAYS = {"river": 10, "canal": 11, "stream": 13, "ditch": 14, "drain": 14}
_LAND = {
    "landuse": {
        "residential": "residential", "industrial": "industrial", "commercial": "commercial",
        "retail": "commercial", "forest": "wood", "farmland": "farmland", "farmyard": "farmland",
        "meadow": "grass", "grass": "grass", "village_green": "grass", "cemetery": "cemetery",
        "vineyard": "orchard", "orchard": "orchard", "allotments": "allotments",
        "recreation_ground": "park", "quarry": "industrial", "construction": "industrial",
        "railway": "industrial", "port": "industrial", "military": "military",
    },
    "natural": {
        "wood": "wood", "scrub": "scrub", "grassland": "grass", "heath": "scrub", "beach": "sand",
        "sand": "sand", "bare_rock": "rock", "scree": "rock", "shingle": "rock",
        "glacier": "glacier", "wetland": "wetland",
    },
    "leisure": {
        "park": "park", "garden": "park", "pitch": "pitch", "golf_course": "park",
        "nature_reserve": "nature_reserve", "playground": "park", "sports_centre": "park",
    },
    "amenity": {
        "school": "school", "kindergarten": "school", "university": "school", "college": "school",
        "hospital": "hospital", "parking": "parking", "grave_yard": "cemetery",
    },
    "highway": {"pedestrian": "pedestrian"},
    "aeroway": {"aerodrome": "industrial"},
}  # fmt: skip
_EARLY_LAND = frozenset(
    {"wood", "farmland", "residential", "grass", "rock", "industrial", "glacier"}
)
_PLACES = {
    "city": 8, "town": 9, "village": 11, "suburb": 12, "quarter": 13, "neighbourhood": 13,
    "hamlet": 13, "locality": 14,
}  # fmt: skip
_BORDERS = {"2": "country", "4": "region"}


def of_point(tags: dict[str, str]) -> Feature | None:
    """A settlement's label or a house number."""
    kind = tags.get("place", "")
    if kind in _PLACES and "name" in tags:
        return Feature("places", _PLACES[kind], (("kind", kind), ("name", tags["name"])))
    return house(tags)


def house(tags: dict[str, str]) -> Feature | None:
    """A house number to write on the map."""
    if "addr:housenumber" not in tags:
        return None
    return Feature("addr", 14, (("kind", "house"), ("hnr", tags["addr:housenumber"])))


def of_line(tags: dict[str, str]) -> Feature | None:
    """A road, railway, waterway or border."""
    if tags.get("highway") in _ROADS:
        return None if tags.get("area") == "yes" else _road(tags)
    if tags.get("railway") in _RAILS and "service" not in tags:  # yards would hide the town
        return Feature("roads", 11 if tags["railway"] == "rail" else 13, (("kind", "rail"),))
    if tags.get("waterway") in _WATERWAYS:
        kind = tags["waterway"]
        shown = "stream" if kind in {"ditch", "drain"} else kind
        return Feature("water", _WATERWAYS[kind], (("kind", shown),))
    if tags.get("boundary") == "administrative" and tags.get("admin_level") in _BORDERS:
        return Feature("boundaries", 8, (("kind", _BORDERS[tags["admin_level"]]),))
    return None


def _road(tags: dict[str, str]) -> Feature:
    kind, zoom = _ROADS[tags["highway"]]
    properties: list[tuple[str, Value]] = [("kind", kind)]
    if "name" in tags:
        properties.append(("name", tags["name"]))
    if "ref" in tags and kind in {"highway", "major_road"}:
        properties.append(("ref", tags["ref"]))
    if tags["highway"].endswith("_link"):
        properties.append(("link", 1))
    if tags.get("oneway") in {"yes", "1", "-1"}:
        properties.append(("oneway", -1 if tags["oneway"] == "-1" else 1))
    properties += [(key, 1) for key in ("bridge", "tunnel") if tags.get(key, "no") != "no"]
    return Feature("roads", zoom, tuple(properties))


def of_area(tags: dict[str, str]) -> Feature | None:
    """A building, a water or a use of the land."""
    if tags.get("building", "no") != "no":
        return Feature("buildings", 13, (("kind", "building"),))
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
        kind = "river" if tags.get("water") in {"river", "canal"} else "lake"
        return Feature("water", 8, (("kind", kind),))
    if tags.get("landuse") in {"reservoir", "basin"}:
        return Feature("water", 10, (("kind", "basin"),))
    for key, kinds in _LAND.items():
        if kind := kinds.get(tags.get(key, "")):
            return Feature("landuse", 10 if kind in _EARLY_LAND else 12, (("kind", kind),))
    return None

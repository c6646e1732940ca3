"""Takes a part out of a large extract; runs in a process of its own.

Ways that touch the part are kept whole, so that roads lead on over its edge; so are outlines of
several ways and the borders of municipalities. Memory grows with the part, not with the extract.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium comes without complete types)

import math
from collections.abc import Callable
from typing import Any

from console.dispatch.extracts import Clip

FILE = "part.osm.pbf"
_METRES_PER_DEGREE = 111_195.0
_TOWN_LEVELS = frozenset({"6", "7", "8", "9", "10"})


def clip(extract: str, target: str, part: str, tell: Callable[[float], None]) -> int:
    """Write what ``part`` (see ``Clip.read``) holds of ``extract``; answers the number of ways.

    RuntimeError, with libosmium's sentence, when the extract is damaged.
    """
    import osmium

    kept, relations = osmium.IdTracker(), osmium.IdTracker()
    _take_nodes(osmium, extract, Clip.read(part), kept)
    tell(0.4)
    ways = [way.id for way in _containing(osmium, extract, osmium.osm.WAY, kept)]
    for way in ways:
        kept.add_way(way)
    tell(0.5)
    whole: list[int] = []
    for relation in _containing(osmium, extract, osmium.osm.RELATION, kept):
        relations.add_relation(relation.id)
        if _is_outline(relation.tags):
            whole += [member.ref for member in relation.members if member.type == "w"]
    for way in whole:
        kept.add_way(way)
    kept.complete_backward_references(extract)
    tell(0.7)
    header = osmium.io.Reader(extract, osmium.osm.NOTHING).header()
    with osmium.SimpleWriter(target, header=header, overwrite=True) as writer:
        for kind in (osmium.osm.NODE, osmium.osm.WAY):
            _copy(osmium.FileProcessor(extract, kind).with_filter(kept.id_filter()), writer)
            tell(0.8 if kind == osmium.osm.NODE else 0.95)
        found = osmium.FileProcessor(extract, osmium.osm.RELATION)
        _copy(found.with_filter(relations.id_filter()), writer)
    return len(ways)


def _take_nodes(osmium: Any, extract: str, part: Clip, kept: Any) -> None:
    south, west, north, east = part.bounds
    for node in osmium.FileProcessor(extract, osmium.osm.NODE):
        lat, lon = node.lat, node.lon
        if south <= lat <= north and west <= lon <= east and _is_near(part, lat, lon):
            kept.add_node(node.id)


def _is_near(part: Clip, lat: float, lon: float) -> bool:
    centre = part.centre
    if centre is None:
        return True
    narrow = math.cos(math.radians(centre.lat))
    off = math.hypot(lat - centre.lat, (lon - centre.lon) * narrow) * _METRES_PER_DEGREE
    return off <= part.metres


def _containing(osmium: Any, extract: str, kind: Any, kept: Any) -> Any:
    return osmium.FileProcessor(extract, kind).with_filter(kept.contains_filter())


def _is_outline(tags: Any) -> bool:
    if tags.get("type") == "boundary":
        return tags.get("admin_level") in _TOWN_LEVELS
    return tags.get("type") == "multipolygon"


def _copy(things: Any, writer: Any) -> None:
    for thing in things:
        writer.add(thing)

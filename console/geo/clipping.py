"""Takes a part out of a large extract; runs in a process of its own.

Ways that touch the part are kept whole, so that roads lead on over its edge; so are outlines of
several ways and the borders of municipalities. Memory grows with the part, not with the extract.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# (osmium comes without complete types)

import math
from collections.abc import Callable, Iterator
from typing import Any

from console.dispatch.extracts import Clip

FILE = "part.osm.pbf"
_METRES_PER_DEGREE = 111_195.0
_MOST_ID = 1 << 40  # a hundred times as many as there are; memory is taken by the highest one
_TOWN_LEVELS = frozenset({"6", "7", "8", "9", "10"})


def clip(extract: str, target: str, part: str, tell: Callable[[float], None]) -> int:
    """Write what ``part`` (see ``Clip.read``) holds of ``extract``; answers the number of ways.

    RuntimeError, with libosmium's or our own sentence, when the extract is damaged.
    """
    try:
        return _clip(extract, target, Clip.read(part), tell)
    except MemoryError as error:
        told = "a number in it is higher than any map's, or memory is short"
        raise RuntimeError(f"The part could not be taken out: {told}") from error


def _clip(extract: str, target: str, part: Clip, tell: Callable[[float], None]) -> int:
    import osmium

    kept, relations = osmium.IdTracker(), osmium.IdTracker()
    _take_nodes(osmium, extract, part, kept)
    tell(0.4)
    ways = list(_ways(osmium, extract, kept))
    for way in ways:
        kept.add_way(way)
    tell(0.5)
    whole: list[int] = []
    for relation in _containing(osmium, extract, osmium.osm.RELATION, kept):
        relations.add_relation(_sound(relation.id))
        if _is_outline(relation.tags):
            whole += [member.ref for member in relation.members if member.type == "w"]
    for way in whole:
        kept.add_way(_sound(way))
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
            kept.add_node(_sound(node.id))


def _ways(osmium: Any, extract: str, kept: Any) -> Iterator[int]:
    for way in _containing(osmium, extract, osmium.osm.WAY, kept):
        _sound(max(node.ref for node in way.nodes))
        yield _sound(way.id)


def _sound(number: int) -> int:
    """The number of a thing on the map; RuntimeError for one that no map has."""
    if number > _MOST_ID:
        raise RuntimeError(f"It has a thing numbered {number}, which no map has: it is damaged")
    return number


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

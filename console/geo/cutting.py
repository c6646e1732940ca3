"""Cuts the streets out of an extract: all that road tiles for any vehicle are built from."""

from collections.abc import Callable
from typing import Any

_USED = ("highway", "route", "public_transport")
_RESTRICTION = ("type", "restriction")


def cut(extract: str, target: str, tell: Callable[[float], None]) -> int:
    """Write the ways of the sorted ``extract`` to ``target``; answers how many there are.

    Streets, paths and ferries with their nodes and the turn restrictions. A child's job.
    """
    import osmium as library

    osmium: Any = library
    nodes = osmium.IdTracker()
    for count, way in enumerate(_ways(osmium, extract)):
        nodes.add_references(way)
        if not count % 20_000:
            tell(0.2)
    tell(0.4)
    written = 0
    with osmium.SimpleWriter(target, overwrite=True) as writer:
        for node in osmium.FileProcessor(extract, osmium.osm.NODE).with_filter(nodes.id_filter()):
            writer.add(node)
        tell(0.7)
        for way in _ways(osmium, extract):
            writer.add(way)
            written += 1
        tell(0.9)
        turns = osmium.FileProcessor(extract, osmium.osm.RELATION)
        for relation in turns.with_filter(osmium.filter.TagFilter(_RESTRICTION)):
            writer.add(relation)
    tell(1.0)
    return written


def _ways(osmium: Any, extract: str) -> Any:
    return osmium.FileProcessor(extract, osmium.osm.WAY).with_filter(
        osmium.filter.KeyFilter(*_USED)
    )

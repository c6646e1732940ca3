"""An OpenStreetMap extract in the making: nodes, ways and relations, written sorted as PBF."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import osmium
import osmium.io
import osmium.osm
import osmium.osm.mutable as mutable
import shapely

from console.simulator.landmarks import Tags
from console.simulator.noise import Points

_METRES_PER_DEGREE = 111_320.0
_CM = 100.0


class Projection:
    """From metres about a centre, turned by `turn` radians, to degrees."""

    def __init__(self, latitude: float, longitude: float, turn: float) -> None:
        self._origin = np.array([longitude, latitude])
        east = _METRES_PER_DEGREE * np.cos(np.radians(latitude))
        self._scale = np.array([east, _METRES_PER_DEGREE])
        self._turn = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])

    def degrees(self, points: Points) -> Points:
        """Rows (longitude, latitude), rounded to the extract's 1e-7 degrees."""
        return np.round(points @ self._turn / self._scale + self._origin, 7)


class Extract:
    """Collects features in metres; features of one layer share the nodes they share.

    Ids are given in the order of collection, so the same calls give the same file.
    """

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._points: list[tuple[float, float]] = []
        self._at: dict[tuple[str, int, int], int] = {}
        self._node_tags: dict[int, Tags] = {}
        self._ways: list[tuple[list[int], Tags]] = []
        self._relations: list[tuple[list[tuple[str, int, str]], Tags]] = []

    def node(self, at: Sequence[float], tags: Tags, *, layer: str = "") -> int:
        """Add or, in a named layer, find the node at this place, and tag it."""
        node = self._node(float(at[0]), float(at[1]), layer)
        self._node_tags[node] = {**self._node_tags.get(node, {}), **tags}
        return node

    def way(self, points: Points, tags: Tags, *, layer: str) -> int:
        """Add a line; returns its way id."""
        nodes = [self._node(float(x), float(y), layer) for x, y in points]
        slim = [node for i, node in enumerate(nodes) if i == 0 or node != nodes[i - 1]]
        self._ways.append((slim, tags))
        return len(self._ways)

    def area(self, shape: shapely.Geometry, tags: Tags, *, layer: str) -> None:
        """Add a polygon as a closed way, or as a multipolygon when it has holes or parts."""
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if len(parts) == 1 and not parts[0].interiors:
            self.way(shapely.get_coordinates(parts[0]), tags, layer=layer)
        elif parts:
            members = [
                ("w", self.way(shapely.get_coordinates(ring), {}, layer=layer), role)
                for part in parts
                for role, rings in (("outer", [part.exterior]), ("inner", part.interiors))
                for ring in rings
            ]
            self.relation(members, {"type": "multipolygon", **tags})

    def relation(self, members: list[tuple[str, int, str]], tags: Tags) -> None:
        """Add a relation of (n|w, id, role) members."""
        self._relations.append((members, tags))

    def _node(self, x: float, y: float, layer: str) -> int:
        key = (layer, round(x * _CM), round(y * _CM))
        known = self._at.get(key) if layer else None
        if known is not None:
            return known
        self._points.append((x, y))
        node = len(self._points)
        if layer:
            self._at[key] = node
        return node

    def write(self, path: Path, bounds: tuple[float, float, float, float]) -> None:
        """Write everything; bounds are (south, west, north, east) in degrees."""
        south, west, north, east = bounds
        header = osmium.io.Header()
        header.set("generator", "doorstep demo city")
        header.add_box(
            osmium.osm.Box(osmium.osm.Location(west, south), osmium.osm.Location(east, north))
        )
        places = self._projection.degrees(np.array(self._points))
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for node, (longitude, latitude) in enumerate(places.tolist(), start=1):
                tags = self._node_tags.get(node, {})
                writer.add_node(mutable.Node(
                    id=node, version=1, location=(longitude, latitude), tags=tags
                ))  # fmt: skip
            for way, (nodes, tags) in enumerate(self._ways, start=1):
                writer.add_way(mutable.Way(id=way, version=1, nodes=nodes, tags=tags))
            for relation, (members, tags) in enumerate(self._relations, start=1):
                writer.add_relation(
                    mutable.Relation(id=relation, version=1, members=members, tags=tags)
                )

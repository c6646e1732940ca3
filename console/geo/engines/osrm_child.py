"""OSRM in a process of its own: answers table, lines, legs and nearest until its pipe closes.

OSRM holds Python's lock while it computes, so it must not live in the console's process. This
module imports the standard library and OSRM only, and what serves them.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# (osrm has no types)

from array import array
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from console.geo.engines.child import Answer, serve_until_closed

Point = tuple[float, float]
"""(longitude, latitude), as OSRM wants it."""
_GRID = 8  # steps across the region
_AT_ONCE = 2000  # points snapped in one question


def serve(pipe: Connection, base: str, bounds: tuple[float, float, float, float]) -> None:
    """Answer requests ``(kind, *arguments)`` until the other end of the pipe closes.

    ``bounds`` is (south, west, north, east). Every answer is (True, answer) or (False, sentence).
    """

    def start() -> Answer:
        roads = _Roads(base, bounds)
        return lambda request: getattr(roads, request[0])(*request[1:])

    serve_until_closed(pipe, start)


class _Roads:
    """OSRM with the three questions we ask.

    Where a point lies beside roads that lead nowhere, OSRM takes the nearest road of the connected
    network only if the same question holds a point of that network. Our anchor is such a point, so
    that every question snaps a point to the same road.
    """

    def __init__(self, base: str, bounds: tuple[float, float, float, float]) -> None:
        import osrm

        self._osrm: Any = osrm
        self._engine: Any = osrm.OSRM(
            algorithm="CH",
            storage_config=base,
            use_shared_memory=False,
            max_locations_distance_table=-1,
            max_locations_viaroute=-1,
        )
        self._anchor = self._find_anchor(bounds)

    def _find_anchor(self, bounds: tuple[float, float, float, float]) -> Point:
        """Of a grid over the region the point nearest to the network, on the road."""
        south, west, north, east = bounds
        grid = [
            (west + (east - west) * x / _GRID, south + (north - south) * y / _GRID)
            for x in range(_GRID + 1)
            for y in range(_GRID + 1)
        ]
        ends = self._ask(grid, range(len(grid)), [0], ["duration"])["sources"]
        lon, lat = min(ends, key=lambda end: end["distance"])["location"]
        return lon, lat

    def _ask(
        self,
        points: Sequence[Point],
        sources: Iterable[int],
        targets: Iterable[int],
        wanted: list[str],
    ) -> Any:
        return self._engine.Table(
            self._osrm.TableParameters(
                coordinates=list(points),
                sources=list(sources),
                destinations=list(targets),
                annotations=wanted,
                generate_hints=False,
            )
        )

    def table(
        self, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> tuple[bytes, bytes, list[float], list[float]]:
        """Seconds and metres as rows of doubles (NaN: no way), and how far each end was snapped."""
        answer = self._ask([*points, self._anchor], sources, targets, ["duration", "distance"])
        return (
            _doubles(answer["durations"]),
            _doubles(answer["distances"]),
            [end["distance"] for end in answer["sources"]],
            [end["distance"] for end in answer["destinations"]],
        )

    def nearest(self, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """Each point's place on the network and the metres to it."""
        found: list[tuple[Point, float]] = []
        for start in range(0, len(points), _AT_ONCE):
            some = [*points[start : start + _AT_ONCE], self._anchor]
            answer = self._ask(some, range(len(some) - 1), [len(some) - 1], ["duration"])
            for end in answer["sources"]:
                lon, lat = end["location"]
                found.append(((lon, lat), end["distance"]))
        return found

    def lines(self, legs: Sequence[tuple[Point, Point]]) -> list[str | None]:
        """Each leg's line as an encoded polyline with six digits; None where no way leads."""
        ends = list(dict.fromkeys(point for leg in legs for point in leg))
        on_road = dict(zip(ends, (point for point, _ in self.nearest(ends)), strict=True))
        return [self._line(on_road[origin], on_road[target]) for origin, target in legs]

    def _line(self, origin: Point, target: Point) -> str | None:
        answer = self._route([origin, target], overview="full", geometries="polyline6")
        return None if answer is None else answer["routes"][0]["geometry"]

    def legs(self, points: Sequence[Point]) -> list[Any] | None:
        """The legs of the route through the points, as OSRM's HTTP answers have them.

        A driver may turn round where she stops, as the table has it.
        """
        on_road = [point for point, _ in self.nearest(points)]
        answer = self._route(on_road, overview="false", steps=True, continue_straight=False)
        return None if answer is None else _plain(self._osrm, answer["routes"][0]["legs"])

    def _route(self, points: Sequence[Point], **wanted: Any) -> Any:
        parameters = self._osrm.RouteParameters(
            coordinates=list(points), generate_hints=False, **wanted
        )
        try:
            return self._engine.Route(parameters)
        except RuntimeError as error:
            if "NoRoute" in str(error) or "route" in str(error).casefold():
                return None
            raise


def _doubles(rows: Any) -> bytes:
    flat = array("d")
    for row in rows:
        try:
            flat.extend(row)
        except TypeError:
            del flat[len(flat) - len(flat) % len(row) :]  # what it took before it met a hole
            flat.extend(_with_holes(row))
    return flat.tobytes()


def _with_holes(row: Any) -> Iterator[float]:
    return (float("nan") if cell is None else cell for cell in row)


def _plain(osrm: Any, value: Any) -> Any:
    """OSRM's own objects as dictionaries and lists, which a pipe can carry."""
    if isinstance(value, osrm.Object):
        return {key: _plain(osrm, value[key]) for key in value}
    if isinstance(value, osrm.Array):
        return [_plain(osrm, each) for each in value]
    return value

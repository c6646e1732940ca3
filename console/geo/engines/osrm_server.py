"""A depot's own OSRM server (osrm-routed), one address for each profile where it takes several."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import numpy as np

from console.dispatch.ports import Progress, Region, Step
from console.geo import lines
from console.geo.engines import grid
from console.geo.engines.contract import Limits, Line, Point, Ring, Table
from console.geo.engines.door import Door, Turned
from console.geo.engines.sentences import steps_of
from console.geo.engines.serving import Server, parted, server_profile
from console.tongues import tr

_WHAT = "OSRM server"
_PROFILES = {"car": "driving", "van": "driving"}
_TABLE = 100  # places of a table, as osrm-routed is set by default
_GRID = 6  # steps across the region, to find a point of the connected network


class OsrmServer:
    """Implements ``Engine`` over OSRM's HTTP interface, version 1."""

    def __init__(self, region: Region, server: Server) -> None:
        """Nobody is asked before the first question."""
        self.name = f"OSRM server {server.url}"
        self.version: str | None = None  # its data may change at any time
        self.limits = Limits(points=(server.table_size or _TABLE) - 1)  # one is the anchor
        self._server = server
        self._profiles = {**_PROFILES, **server.profiles}
        self._bounds = region.bounds
        self._doors: dict[str, Door] = {}
        self._anchors: dict[str, Point] = {}
        self._lock = threading.Lock()
        self._door(server.url)

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Nothing to build; ConsoleError for a profile the server is not said to have."""
        server_profile(_WHAT, self._profiles, profile)

    def is_ready(self, profile: str) -> bool:
        """Always: there is nothing to build."""
        return True

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """The anchor is asked along, so that every question snaps a point to the same road."""
        door, answer = self._table(profile, [*points, self._anchor(profile)], sources, targets)
        shape = len(sources), len(targets)
        with door.reading(tr("durations and distances")):
            return Table(
                np.array(answer["durations"], dtype=np.float64).reshape(shape),
                np.array(answer["distances"], dtype=np.float64).reshape(shape),
                [end["distance"] for end in answer["sources"]],
                [end["distance"] for end in answer["destinations"]],
            )

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """By tables of one column, for the anchor's sake."""
        found: list[tuple[Point, float]] = []
        for start in range(0, len(points), self.limits.points):
            some = [*points[start : start + self.limits.points], self._anchor(profile)]
            door, answer = self._table(profile, some, range(len(some) - 1), [len(some) - 1])
            with door.reading(tr("places on its roads")):
                found += [_end(end) for end in answer["sources"]]
        return found

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """One question for each leg."""
        ends = list(dict.fromkeys(point for leg in legs for point in leg))
        near = dict(zip(ends, (point for point, _ in self.nearest(profile, ends)), strict=True))
        words = {"overview": "full", "geometries": "polyline6"}
        return [
            self._route(profile, [near[a], near[b]], words, lambda it: lines.decode(it["geometry"]))
            for a, b in legs
        ]

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """OSRM's manoeuvres in our own sentences."""
        near = [point for point, _ in self.nearest(profile, points)]
        words = {"overview": "false", "steps": "true", "continue_straight": "false"}

        def read(route: Any) -> list[tuple[Step, ...]]:
            return [steps_of(leg["steps"], language) for leg in route["legs"]]

        return self._route(profile, near, words, read) or []

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """By tables from the point to a grid around it."""
        return grid.reach(partial(self._row, profile), point, minutes, self._bounds)

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            for door in self._doors.values():
                door.close()

    def _row(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """A table of one source in as many questions as it takes."""
        most = self.limits.points - 1
        parts = [
            self.table(profile, [points[sources[0]], *some], [0], range(1, len(some) + 1))
            for start in range(0, len(targets), most)
            if (some := [points[i] for i in targets[start : start + most]])
        ]
        return Table(
            np.hstack([part.seconds for part in parts]),
            np.hstack([part.metres for part in parts]),
            parts[0].from_road,
            [metres for part in parts for metres in part.to_road],
        )

    # -- the questions -----------------------------------------------------------------------------

    def _anchor(self, profile: str) -> Point:
        """Of a grid over the region the point nearest to the network, on the road."""
        if profile not in self._anchors:
            south, west, north, east = self._bounds
            spots = [
                (west + (east - west) * x / _GRID, south + (north - south) * y / _GRID)
                for x in range(_GRID + 1)
                for y in range(_GRID + 1)
            ]
            door, answer = self._table(profile, spots, range(len(spots)), [0])
            with door.reading(tr("places on its roads")):
                nearest = min(map(_end, answer["sources"]), key=lambda end: end[1])
            self._anchors[profile] = nearest[0]
        return self._anchors[profile]

    def _table(
        self, profile: str, points: Sequence[Point], sources: Iterable[int], targets: Iterable[int]
    ) -> tuple[Door, Any]:
        words = {
            "sources": _listed(sources),
            "destinations": _listed(targets),
            "annotations": "duration,distance",
            "generate_hints": "false",
        }
        return self._ask("table", profile, points, words)

    def _route[T](
        self,
        profile: str,
        points: Sequence[Point],
        words: Mapping[str, str],
        read: Callable[[Any], T],
    ) -> T | None:
        """What ``read`` makes of the best route; None where no way leads."""
        try:
            door, answer = self._ask("route", profile, points, {**words, "generate_hints": "false"})
        except Turned as error:
            if error.answer.get("code") == "NoRoute":
                return None
            raise
        with door.reading(tr("a route")):
            return read(answer["routes"][0])

    def _ask(
        self, service: str, profile: str, points: Sequence[Point], words: Mapping[str, str]
    ) -> tuple[Door, Any]:
        name = server_profile(_WHAT, self._profiles, profile)
        url, name = parted(self._server.url, name)
        door = self._door(url)
        places = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in points)
        return door, door.get(f"/{service}/v1/{name}/{places}?{urlencode(words, safe=';,')}")

    def _door(self, url: str) -> Door:
        with self._lock:
            if url not in self._doors:
                self._doors[url] = Door(_WHAT, url, self._server.seconds, {})
            return self._doors[url]


def _listed(positions: Iterable[int]) -> str:
    return ";".join(map(str, positions))


def _end(end: Mapping[str, Any]) -> tuple[Point, float]:
    lon, lat = end["location"]
    return (lon, lat), end["distance"]

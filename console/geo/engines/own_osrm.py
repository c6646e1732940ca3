"""OSRM on road tiles of our own, one child process for each profile that is asked for."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from console.dispatch.ports import Progress, Region, Step
from console.domain.profiles import KINDS, is_profile
from console.geo import lines, roads
from console.geo.engines import grid, osrm_child
from console.geo.engines.contract import Floats, Limits, Line, Point, Ring, Table, no_such_profile
from console.geo.engines.sentences import steps_of
from console.geo.link import EngineLink
from console.geo.roadsets import RoadSets
from console.tongues import tr

_AT_ONCE = 8  # processes; each holds its roads in memory, a city's some hundred megabytes
_LONG = 300.0  # seconds a table may take


class OsrmEngine:
    """Implements ``Engine``; a profile may name any set of road tiles that is built."""

    limits = Limits()

    def __init__(self, region: Region) -> None:
        """Nothing starts before the first question."""
        self.name = f"OSRM {region.name}"
        self.version: str | None = "osrm"  # the cache lies beside the road tiles
        self._bounds = region.bounds
        self._sets = RoadSets(region.folder)
        self._links: OrderedDict[str, EngineLink] = OrderedDict()
        self._lock = threading.Lock()

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Build the road tiles of a profile, unless they are there."""
        if self._sets.has(profile):
            return
        if not is_profile(profile):
            raise no_such_profile(tr("This region"), profile, KINDS)
        self._sets.make(roads.Build(profile), progress)

    def is_ready(self, profile: str) -> bool:
        """True when the road tiles are there."""
        return self._sets.has(profile)

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """One question to the child."""
        seconds, metres, from_road, to_road = self.link(profile).ask(
            "table", list(points), list(sources), list(targets), seconds=_LONG
        )
        shape = len(sources), len(targets)
        return Table(_cells(seconds, shape), _cells(metres, shape), from_road, to_road)

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """On the connected network."""
        return self.link(profile).ask("nearest", list(points))

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """Each leg by itself."""
        found: list[str | None] = self.link(profile).ask("lines", list(legs))
        return [lines.decode(line) if line else None for line in found]

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """OSRM's manoeuvres in our own sentences."""
        legs: list[Any] = self.link(profile).ask("legs", list(points)) or []
        return [steps_of(leg["steps"], language) for leg in legs]

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """By a table from the point to a grid around it."""
        return grid.reach(partial(self.table, profile), point, minutes, self._bounds)

    def close(self) -> None:
        """End the children."""
        with self._lock:
            for link in self._links.values():
                link.close()

    def link(self, profile: str) -> EngineLink:
        """The child of a profile; its roads are built where they are not there yet."""
        self.prepare(profile)
        with self._lock:
            if profile not in self._links:
                base = str(self._sets.base(profile))
                self._links[profile] = EngineLink(osrm_child.serve, base, self._bounds)
            self._links.move_to_end(profile)
            self._make_room()
            return self._links[profile]

    def _make_room(self) -> None:
        """End what was asked longest ago; it starts again when it is asked for."""
        running = [link for link in self._links.values() if link.pid is not None]
        for link in running[: max(0, len(running) - _AT_ONCE)]:
            link.rest()


def _cells(doubles: bytes, shape: tuple[int, int]) -> Floats:
    return np.frombuffer(doubles, dtype=np.float64).reshape(shape)

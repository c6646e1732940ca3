"""Valhalla on road tiles of our own, in one child process for all profiles."""

import json
import threading
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from console.dispatch.ports import Progress, Region, Step
from console.dispatch.traces import Fix, Trace
from console.domain.profiles import is_profile
from console.geo.engines import valhalla_child
from console.geo.engines.contract import Limits, Line, Point, Ring, Table, digest
from console.geo.engines.valhalla_talk import Refused, ValhallaTalk, costing
from console.geo.link import EngineLink
from console.geo.valhalla_tiles import ValhallaTiles

_ACTIONS = {"sources_to_targets": "matrix"}
_LONG = 600.0  # seconds a block of a table may take


class ValhallaEngine:
    """Implements ``Engine``."""

    limits = Limits(cells=50_000)  # some seconds, so that progress is told and a stop is heard

    def __init__(self, region: Region) -> None:
        """Nothing starts before the first question."""
        self.name = f"Valhalla {region.name}"
        self.version: str | None = "valhalla"  # the cache lies beside the road tiles
        self._tiles = ValhallaTiles(region.folder)
        self._link: EngineLink | None = None
        self._lock = threading.Lock()
        self._talk = ValhallaTalk(self._call)

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Build the road tiles, unless they are there."""
        costing(profile)
        self._tiles.make(progress)

    def is_ready(self, profile: str) -> bool:
        """True when the road tiles are there."""
        return is_profile(profile) and self._tiles.is_built

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """One search from each source."""
        return self._talk.table(profile, points, sources, targets)

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """The roads a vehicle gets away from come first."""
        return self._talk.nearest(profile, points)

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """Each leg by itself."""
        return self._talk.lines(profile, legs)

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """Valhalla's own sentences."""
        return self._talk.directions(profile, points, language)

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """Valhalla's own isochrones."""
        return self._talk.reach(profile, point, minutes)

    def trace(self, profile: str, fixes: Sequence[Fix]) -> Trace:
        """Valhalla's map matching."""
        return self._talk.trace(profile, fixes)

    def avoiding(self, rings: tuple[Ring, ...]) -> "ValhallaEngine":
        """The same child, asked for ways out of some areas."""
        other = copy(self)
        other._talk = self._talk.avoiding(rings)  # noqa: SLF001 - another of us
        other.version = f"{self.version} without {digest(rings)}"
        return other

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._link is not None:
                self._link.close()

    def link(self) -> EngineLink:
        """The child; its roads are built where they are not there yet."""
        self._tiles.make()
        with self._lock:
            if self._link is None:
                self._link = EngineLink(valhalla_child.serve, str(self._tiles.config()))
            return self._link

    def _call(self, action: str, request: Mapping[str, Any]) -> Any:
        words = json.dumps(request)
        answer = self.link().ask(_ACTIONS.get(action, action), words, seconds=_LONG)
        if isinstance(answer, str):
            return json.loads(answer)
        raise Refused(answer["error_code"], answer["error"])

"""A depot's own Valhalla server: the questions of ``ValhallaTalk`` by HTTP."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from console.dispatch.ports import Progress, Step
from console.dispatch.traces import Fix, Trace
from console.geo.engines.contract import Limits, Line, Point, Ring, Table
from console.geo.engines.door import Door, Turned
from console.geo.engines.serving import Server
from console.geo.engines.valhalla_talk import Refused, ValhallaTalk, costing
from console.tongues import tr

_WHAT = "Valhalla server"
_TABLE = 50  # sources and targets of a table, as Valhalla is set by default
_AT_ONCE = 20  # places of any other question


class ValhallaServer:
    """Implements ``Engine`` over Valhalla's HTTP interface."""

    def __init__(self, server: Server) -> None:
        """Nobody is asked before the first question."""
        size = server.table_size or _TABLE
        self.name = f"Valhalla server {server.url}"
        self.version: str | None = None  # its data may change at any time
        self.limits = Limits(cells=size * size, points=2 * size)
        headers = {"Authorization": server.key} if server.key else {}
        self._door = Door(_WHAT, server.url, server.seconds, headers)
        self._talk = ValhallaTalk(self._call, _AT_ONCE)

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Nothing to build; ConsoleError for what is no kind of vehicle."""
        costing(profile)

    def is_ready(self, profile: str) -> bool:
        """Always: there is nothing to build."""
        return True

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """Cells left empty by a server that takes short cuts are asked again."""
        with self._door.reading(tr("a table")):
            return self._talk.table(profile, points, sources, targets)

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """The roads a vehicle gets away from come first."""
        with self._door.reading(tr("places on its roads")):
            return self._talk.nearest(profile, points)

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """Each leg by itself."""
        with self._door.reading(tr("a route")):
            return self._talk.lines(profile, legs)

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """Valhalla's own sentences; a long route in as many questions as it takes."""
        step = _AT_ONCE - 1
        found: list[tuple[Step, ...]] = []
        for start in range(0, max(1, len(points) - 1), step):
            part = points[start : start + step + 1]
            with self._door.reading(tr("a route")):
                found += self._talk.directions(profile, part, language)
        return found

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """Valhalla's own isochrones."""
        with self._door.reading("isochrones"):
            return self._talk.reach(profile, point, minutes)

    def trace(self, profile: str, fixes: Sequence[Fix]) -> Trace:
        """Valhalla's map matching, within the limits that the server sets."""
        with self._door.reading(tr("a driven way")):
            return self._talk.trace(profile, fixes)

    def avoiding(self, rings: tuple[Ring, ...]) -> "ValhallaServer":
        """The same server, asked for ways out of some areas."""
        other = copy(self)
        other._talk = self._talk.avoiding(rings)  # noqa: SLF001 - another of us
        return other

    def close(self) -> None:
        """Hang up."""
        self._door.close()

    def _call(self, action: str, request: Mapping[str, Any]) -> Any:
        try:
            return self._door.post(f"/{action}", request)
        except Turned as error:
            if "error_code" in error.answer:
                said = str(error.answer.get("error", ""))
                raise Refused(int(error.answer["error_code"]), said) from error
            raise

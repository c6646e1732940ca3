"""The road engine's own process: answers table, lines and nearest over a pipe until it closes.

OSRM holds Python's lock while it computes, so it must not live in the console's process. This
module imports the standard library and OSRM only.
"""

import signal
from array import array
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

Point = tuple[float, float]
"""(longitude, latitude), as OSRM wants it."""


def serve(pipe: Connection, base: str) -> None:
    """Answer requests ``(kind, *arguments)`` until the other end of the pipe closes.

    Every answer begins with True and the number of messages of bytes that follow, or is (False,
    sentence).
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the console; it will close us
    try:
        roads = _Roads(base)
    except Exception as error:  # noqa: BLE001 - whatever the engine says goes back as a sentence
        pipe.send((False, str(error)))
        return
    pipe.send((True, "ready"))
    try:
        while True:
            _answer(pipe, roads, pipe.recv())
    except (EOFError, OSError):
        return


def _answer(pipe: Connection, roads: "_Roads", request: tuple[Any, ...]) -> None:
    kind, *arguments = request
    try:
        answer = getattr(roads, kind)(*arguments)
    except Exception as error:  # noqa: BLE001 - see above
        pipe.send((False, str(error)))
        return
    pipe.send((True, answer))


class _Roads:
    """OSRM with the three questions we ask."""

    def __init__(self, base: str) -> None:
        import osrm  # noqa: PLC0415 - only here: the import belongs to the child

        self._osrm: Any = osrm
        self._engine: Any = osrm.OSRM(
            algorithm="CH",
            storage_config=base,
            use_shared_memory=False,
            max_locations_distance_table=-1,
            max_locations_viaroute=-1,
        )

    def table(
        self, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> tuple[bytes, bytes, list[float], list[float]]:
        """Seconds and metres as rows of doubles (NaN: no way), and how far each end was snapped."""
        answer = self._engine.Table(
            self._osrm.TableParameters(
                coordinates=list(points),
                sources=list(sources),
                destinations=list(targets),
                annotations=["duration", "distance"],
                generate_hints=False,
            )
        )
        return (
            _doubles(answer["durations"]),
            _doubles(answer["distances"]),
            [end["distance"] for end in answer["sources"]],
            [end["distance"] for end in answer["destinations"]],
        )

    def lines(self, legs: Sequence[tuple[Point, Point]]) -> list[str | None]:
        """Each leg's line as an encoded polyline with six digits; None where no way leads."""
        return [self._line(leg) for leg in legs]

    def _line(self, leg: tuple[Point, Point]) -> str | None:
        try:
            answer = self._engine.Route(
                self._osrm.RouteParameters(
                    coordinates=list(leg),
                    overview="full",
                    geometries="polyline6",
                    generate_hints=False,
                )
            )
        except RuntimeError:  # NoRoute
            return None
        return answer["routes"][0]["geometry"]

    def nearest(self, points: Sequence[Point], limit: float) -> list[tuple[Point, float] | None]:
        """Each point's nearest road point and the metres to it; None beyond ``limit`` metres."""
        return [self._nearest(point, limit) for point in points]

    def _nearest(self, point: Point, limit: float) -> tuple[Point, float] | None:
        try:
            answer = self._engine.Nearest(
                self._osrm.NearestParameters(
                    coordinates=[point], radiuses=[limit], generate_hints=False
                )
            )
        except RuntimeError:  # NoSegment
            return None
        found = answer["waypoints"][0]
        lon, lat = found["location"]
        return (lon, lat), found["distance"]


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

"""What every road engine answers; ``RoadStreets`` asks, whichever it is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from console.dispatch.ports import Progress, Step
from console.dispatch.traces import Fix, Trace
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.tongues import tr

Point = tuple[float, float]
"""(longitude, latitude) in degrees."""
Floats = NDArray[np.float64]
Line = Sequence[Coordinate]
Ring = tuple[Coordinate, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Travel from ``sources`` to ``targets``: whole numbers as doubles, NaN where no way leads.

    ``seconds`` and ``metres`` are of shape (sources, targets); ``from_road`` and ``to_road`` tell
    how many metres each end lies from the road it was moved to.
    """

    seconds: Floats
    metres: Floats
    from_road: Sequence[float]
    to_road: Sequence[float]


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be asked at once: ``cells`` of a table and ``points`` in it."""

    cells: int = 400_000
    points: int = 1_000_000


class Engine(Protocol):
    """One road engine for one region; blocking, safe from any thread.

    ``name`` is shown with a plan's times. ``version`` names all that an answer depends on besides
    places and profile; None where it may change behind our back. ``limits`` bound one question.
    Every call raises ConsoleError with a remedy where the engine fails.
    """

    name: str
    version: str | None
    limits: Limits

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Make sure of the roads of a profile: build them (minutes), or ask whether they exist.

        Whatever ``progress`` raises stops it.
        """
        ...

    def is_ready(self, profile: str) -> bool:
        """True when ``prepare`` has nothing to build."""
        ...

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """Times and distances between positions of ``points``, within ``limits``."""
        ...

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """Each point's place on the network and the metres to it."""
        ...

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """Each leg's line along the streets; None where no way leads or no streets are known."""
        ...

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """What to do on each leg between neighbouring points, in ``language`` ("de", "en")."""
        ...

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """The outlines of what is within so many minutes of driving, one list for each."""
        ...

    def close(self) -> None:
        """End processes and connections; the next question starts them again."""
        ...


@runtime_checkable
class Avoiding(Protocol):
    """An engine that can keep out of areas for one question."""

    def avoiding(self, rings: tuple[Ring, ...]) -> Engine:
        """The same engine, on roads that touch none of the areas."""
        ...


@runtime_checkable
class Tracing(Protocol):
    """An engine that finds the road a vehicle drove from where it was."""

    def trace(self, profile: str, fixes: Sequence[Fix]) -> Trace:
        """The road along positions in order of time; what lies off any road is named as a gap."""
        ...


def digest(rings: tuple[Ring, ...]) -> str:
    """Names areas by their content."""
    return hashlib.sha256(repr(rings).encode()).hexdigest()[:16]


def no_such_profile(engine: str, profile: str, known: Sequence[str]) -> ConsoleError:
    """The verdict on a profile an engine has no roads for."""
    return ConsoleError(
        tr(
            "{engine} has no roads for {profile!r}, only for: {text}.",
            engine=engine,
            profile=profile,
            text=", ".join(known),
        ),
        remedy=tr(
            "Choose another kind of vehicle, or another engine in File > Engines and services."
        ),
    )

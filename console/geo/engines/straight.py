"""Straight lines with a stated factor: the last resort where no road engine works."""

import math
from collections.abc import Sequence

import numpy as np

from console.dispatch.ports import Progress, Step
from console.domain.places import EARTH_RADIUS_M, Coordinate
from console.domain.profiles import KINDS, Profile, is_profile
from console.geo.engines.contract import Limits, Line, Point, Ring, Table, no_such_profile
from console.geo.engines.sentences import words_of
from console.tongues import tr

FACTOR = 1.4  # a way through a town is about 1.2 to 1.5 times the straight line
_KMH = {"car": 30.0, "van": 30.0, "truck": 26.0, "bicycle": 15.0, "foot": 5.0}
_CORNERS = 48


class StraightLines:
    """Implements ``Engine`` without roads: nothing is off the road, nothing is unreachable."""

    limits = Limits()

    def __init__(self, factor: float = FACTOR) -> None:
        self._factor = factor
        self.name = f"Straight lines times {factor:g}, no roads"
        self.version: str | None = f"straight {factor:g}"

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Nothing to build."""
        self._metres_a_second(profile)

    def is_ready(self, profile: str) -> bool:
        """Always, for a kind of vehicle that exists."""
        return is_profile(profile)

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """Great circles times the factor, at one speed."""
        flat = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2))
        here, there = flat[list(sources)][:, None, :], flat[list(targets)][None, :, :]
        half = np.sin((there - here) / 2) ** 2
        inner = half[..., 1] + np.cos(here[..., 1]) * np.cos(there[..., 1]) * half[..., 0]
        metres = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(inner, 0, 1))) * self._factor
        return Table(
            metres / self._metres_a_second(profile),
            metres,
            [0.0] * len(sources),
            [0.0] * len(targets),
        )

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """Every point is where it is."""
        self._metres_a_second(profile)
        return [(point, 0.0) for point in points]

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """No line: what draws it makes it straight."""
        self._metres_a_second(profile)
        return [None] * len(legs)

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """No streets are known: two steps a leg."""
        words = words_of(language)
        go, there = f"{words['to_there']}.", f"{words['arrive']}."
        found: list[tuple[Step, ...]] = []
        for i in range(len(points) - 1):
            table = self.table(profile, points, [i], [i + 1])
            metres, seconds = round(table.metres[0, 0]), round(table.seconds[0, 0])
            begin, end = (Coordinate(lat, lon) for lon, lat in points[i : i + 2])
            found.append(
                (
                    Step(go, metres, seconds, "depart", "", begin),
                    Step(there, 0, 0, "arrive", "", end),
                )
            )
        return found

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """Circles."""
        return [(self._circle(profile, point, limit),) for limit in minutes]

    def close(self) -> None:
        """Nothing to end."""

    def _circle(self, profile: str, point: Point, minutes: int) -> Ring:
        lon, lat = point
        radius = minutes * 60 * self._metres_a_second(profile) / self._factor
        north = math.degrees(radius / EARTH_RADIUS_M)
        east = north / math.cos(math.radians(lat))
        turns = [2 * math.pi * i / _CORNERS for i in range(_CORNERS)]
        ring = [Coordinate(lat + north * math.sin(t), lon + east * math.cos(t)) for t in turns]
        return (*ring, ring[0])

    def _metres_a_second(self, profile: str) -> float:
        if not is_profile(profile):
            raise no_such_profile(tr("Straight lines"), profile, KINDS)
        return _KMH[Profile.parse(profile).kind] / 3.6

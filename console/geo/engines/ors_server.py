"""An openrouteservice server: with OSRM and Valhalla the third that VROOM gets its times from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from console.dispatch.ports import Progress, Step
from console.domain.places import Coordinate
from console.domain.profiles import Profile, is_profile
from console.geo import lines
from console.geo.engines.contract import Limits, Line, Point, Ring, Table
from console.geo.engines.door import Door, Turned
from console.geo.engines.serving import Server, server_profile
from console.tongues import tr

_WHAT = "openrouteservice server"
_PROFILES = {"car": "driving-car", "van": "driving-car", "truck": "driving-hgv",
             "bicycle": "cycling-regular", "foot": "foot-walking"}  # fmt: skip
_TABLE = 50  # sources and targets of a table; 3,500 pairs by default
_AT_ONCE = 50  # places of a route
_LANGUAGES = {"uk": "ua"}  # it names some languages by their countries
_SNAPPED = 1000  # places snapped in one question
FAR_M = 5_000.0
"""How far it is asked to look for a road; a point without any counts as so far from one."""
_NO_ROUTE = frozenset({2009, 2010})
_KINDS = ("left", "right", "sharp_left", "sharp_right", "slight_left", "slight_right", "straight",
          "roundabout", "roundabout", "uturn", "arrive", "depart", "slight_left",
          "slight_right")  # fmt: skip


class OrsServer:
    """Implements ``Engine`` over openrouteservice's HTTP interface, version 2."""

    def __init__(self, server: Server) -> None:
        """Nobody is asked before the first question."""
        size = server.table_size or _TABLE
        self.name = f"openrouteservice {server.url}"
        self.version: str | None = None  # its data may change at any time
        self.limits = Limits(cells=size * size, points=2 * size)
        self._profiles = {**_PROFILES, **server.profiles}
        headers = {"Authorization": server.key} if server.key else {}
        self._door = Door(_WHAT, server.url, server.seconds, headers)

    def prepare(self, profile: str, progress: Progress | None = None) -> None:
        """Nothing to build; ConsoleError for what is no kind of vehicle."""
        self._named(profile)

    def is_ready(self, profile: str) -> bool:
        """Always: there is nothing to build."""
        return True

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """Its tables know no sizes of lorries; its routes do."""
        answer = self._ask(
            "matrix",
            profile,
            {
                "locations": [list(point) for point in points],
                "sources": list(sources),
                "destinations": list(targets),
                "metrics": ["duration", "distance"],
                "units": "m",
            },
        )
        shape = len(sources), len(targets)
        with self._door.reading(tr("durations and distances")):
            return Table(
                np.array(answer["durations"], dtype=np.float64).reshape(shape),
                np.array(answer["distances"], dtype=np.float64).reshape(shape),
                [_off(end) for end in answer["sources"]],
                [_off(end) for end in answer["destinations"]],
            )

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """By its snapping."""
        found: list[tuple[Point, float]] = []
        for start in range(0, len(points), _SNAPPED):
            some = points[start : start + _SNAPPED]
            body = {"locations": [list(point) for point in some], "radius": FAR_M}
            answer = self._ask("snap", profile, body)
            with self._door.reading(tr("places on its roads")):
                for point, end in zip(some, answer["locations"], strict=True):
                    lon, lat = end["location"] if end else point
                    found.append(((lon, lat), _off(end)))
        return found

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """One question for each leg."""
        words = {"instructions": False}
        return [self._route(profile, leg, words, _shape) for leg in legs]

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """Its own sentences; a long route in as many questions as it takes."""
        found: list[tuple[Step, ...]] = []
        for start in range(0, max(1, len(points) - 1), _AT_ONCE - 1):
            part = points[start : start + _AT_ONCE]
            spoken = _LANGUAGES.get(language, language)
            words = {"language": spoken, "instructions": True}
            found += self._route(profile, part, words, _told) or []
        return found

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """Its own isochrones."""
        body = {
            "locations": [list(point)],
            "range": [limit * 60 for limit in sorted(set(minutes))],
            "range_type": "time",
        }
        answer = self._ask("isochrones", profile, body)
        with self._door.reading("isochrones"):
            found = {
                round(feature["properties"]["value"] / 60): tuple(
                    tuple(Coordinate(lat, lon) for lon, lat in ring)
                    for ring in feature["geometry"]["coordinates"]
                )
                for feature in answer["features"]
            }
        return [found.get(limit, ()) for limit in minutes]

    def close(self) -> None:
        """Hang up."""
        self._door.close()

    def _named(self, profile: str) -> str:
        return server_profile(_WHAT, self._profiles, profile)

    def _route[T](
        self,
        profile: str,
        points: Sequence[Point],
        words: Mapping[str, Any],
        read: Callable[[Any], T],
    ) -> T | None:
        """What ``read`` makes of the best route; None where no way leads."""
        body = {"coordinates": [list(point) for point in points], **words, **_sizes(profile)}
        try:
            answer = self._ask("directions", profile, body)
        except Turned as error:
            if error.number in _NO_ROUTE:
                return None
            raise
        with self._door.reading(tr("a route")):
            return read(answer["routes"][0])

    def _ask(self, service: str, profile: str, body: Mapping[str, Any]) -> Any:
        return self._door.post(f"/v2/{service}/{self._named(profile)}", body)


def _off(end: Mapping[str, Any] | None) -> float:
    return FAR_M if end is None else float(end.get("snapped_distance") or 0.0)


def _sizes(profile: str) -> dict[str, Any]:
    wanted = Profile.parse(profile) if is_profile(profile) else Profile()
    size = wanted.size
    if wanted.kind != "truck" or size is None:
        return {}
    limits: dict[str, Any] = {
        "height": size.height_m,
        "width": size.width_m,
        "length": size.length_m,
        "weight": size.weight_t,
        "hazmat": wanted.hazmat,
    }
    return {"options": {"profile_params": {"restrictions": limits}}}


def _shape(route: Mapping[str, Any]) -> Line:
    return lines.decode(route["geometry"], 5)


def _told(route: Mapping[str, Any]) -> list[tuple[Step, ...]]:
    shape = _shape(route)
    return [tuple(_step(step, shape) for step in segment["steps"]) for segment in route["segments"]]


def _step(step: Mapping[str, Any], shape: Line) -> Step:
    kind, name = int(step["type"]), str(step.get("name") or "")
    return Step(
        step["instruction"],
        round(step["distance"]),
        round(step["duration"]),
        _KINDS[kind] if kind < len(_KINDS) else "straight",
        "" if name == "-" else name,
        shape[int(step["way_points"][0])],
    )

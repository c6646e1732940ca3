"""What is asked of Valhalla and what its answers mean, in process or by HTTP: the same JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from console.dispatch.ports import Step
from console.dispatch.traces import Fix, Trace
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.domain.profiles import KINDS, Profile, is_profile
from console.geo import lines
from console.geo.engines import valhalla_trace
from console.geo.engines.contract import Floats, Line, Point, Ring, Table, no_such_profile
from console.geo.engines.valhalla_trace import Question
from console.tongues import phrase, tr

FAR_M = 35_000.0
"""How far Valhalla looks for a road; a point without any counts as so far from one."""
_KEPT = 100_000  # located points kept for each profile
_CALMED = 4  # times a trembling trace is asked for again without what jumps
_MENDED = 400  # empty cells that are asked again, one by one
_COSTING = {"car": "auto", "van": "auto", "truck": "truck", "bicycle": "bicycle",
            "foot": "pedestrian"}  # fmt: skip
_LANGUAGES = {"en": "en-GB", "de": "de-DE", "fr": "fr-FR", "da": "da-DK", "sv": "sv-SE",
              "nb": "nb-NO", "fi": "fi-FI", "es": "es-ES", "it": "it-IT", "nl": "nl-NL",
              "pl": "pl-PL", "pt": "pt-PT", "cs": "cs-CZ", "ro": "ro-RO", "ru": "ru-RU",
              "tr": "tr-TR", "uk": "uk-UA"}  # fmt: skip
_NO_WAY = frozenset({154, 170, 171, 441, 442, 443})
_TOO_LARGE = 167
_LARGER = phrase(
    "Set a larger max_exclude_polygons_length below service_limits in the server's configuration, "
    "or draw closed and low-emission zones smaller."
)
_KINDS = {
    1: "depart", 2: "depart", 3: "depart", 4: "arrive", 5: "arrive", 6: "arrive",
    9: "slight_right", 10: "right", 11: "sharp_right", 12: "uturn", 13: "uturn",
    14: "sharp_left", 15: "left", 16: "slight_left", 18: "slight_right", 19: "slight_left",
    20: "slight_right", 21: "slight_left", 23: "slight_right", 24: "slight_left",
    25: "merge", 26: "roundabout", 27: "roundabout", 28: "ferry", 37: "merge", 38: "merge",
}  # fmt: skip


class Refused(ConsoleError):  # noqa: N818 - a verdict
    """Valhalla says no to a question; ``code`` is its number for why."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(
            tr("Valhalla says: {said} (code {code}).", said=said, code=code),
            remedy=str(_LARGER)
            if code == _TOO_LARGE
            else tr("Check the places on the map, and that the region holds them."),
        )
        self.code = code


class Call(Protocol):
    """Sends one action; Refused where Valhalla says no."""

    def __call__(self, action: str, request: Mapping[str, Any]) -> Any:
        """The answer's JSON, read."""
        ...


class ValhallaTalk:
    """The questions of ``Engine`` in Valhalla's words."""

    def __init__(self, call: Call, at_once: int = 1000, closed: tuple[Ring, ...] = ()) -> None:
        """``at_once`` places are located in one question; no way leads through ``closed``."""
        self._call = call
        self._at_once = at_once
        self._located: dict[str, dict[Point, tuple[Point, float]]] = {}
        self._closed = {"exclude_polygons": [[[c.lon, c.lat] for c in ring] for ring in closed]}

    def avoiding(self, rings: tuple[Ring, ...]) -> "ValhallaTalk":
        """The same, out of some areas; places still lie on the roads they lie on."""
        talk = ValhallaTalk(self._call, self._at_once, rings)
        talk._located = self._located
        return talk

    def table(
        self, profile: str, points: Sequence[Point], sources: Sequence[int], targets: Sequence[int]
    ) -> Table:
        """A point without a road near has no way to anywhere."""
        spots = self.nearest(profile, points)
        rows = [i for i in range(len(sources)) if spots[sources[i]][1] < FAR_M]
        columns = [i for i in range(len(targets)) if spots[targets[i]][1] < FAR_M]
        seconds = np.full((len(sources), len(targets)), np.nan)
        metres = seconds.copy()
        # Asked for more sources than targets, Valhalla 3.9 searches backwards from the targets and
        # answers with times that its routes do not have.
        for start in range(0, len(rows), max(1, len(columns))):
            part = rows[start : start + len(columns)]
            if part:
                block = np.ix_(part, columns)
                ends = [points[sources[i]] for i in part], [points[targets[i]] for i in columns]
                seconds[block], metres[block] = self._block(profile, *ends)
        for i, j in _holes(seconds, rows, columns):
            way = self._way(profile, points[sources[i]], points[targets[j]])
            seconds[i, j], metres[i, j] = way or (np.nan, np.nan)
        from_road, to_road = ([spots[i][1] for i in ends] for ends in (sources, targets))
        return Table(seconds, metres, from_road, to_road)

    def _block(
        self, profile: str, origins: Sequence[Point], targets: Sequence[Point]
    ) -> tuple[Floats, Floats]:
        request = {
            "sources": [_place(point) for point in origins],
            "targets": [_place(point) for point in targets],
            "verbose": False,
            **self._manner(profile),
        }
        answer = self._call("sources_to_targets", request)["sources_to_targets"]
        return (
            np.array(answer["durations"], dtype=np.float64),
            np.array(answer["distances"], dtype=np.float64) * 1000,
        )

    def _way(self, profile: str, origin: Point, target: Point) -> tuple[float, float] | None:
        """Seconds and metres by a question of its own: a table's empty cell may be its fault."""
        trip = self._trip(profile, [origin, target], {"directions_type": "none"})
        return trip and (trip["summary"]["time"], trip["summary"]["length"] * 1000)

    def nearest(self, profile: str, points: Sequence[Point]) -> list[tuple[Point, float]]:
        """Each point's place on a road; what was asked before is remembered."""
        known = self._located.setdefault(profile, {})
        missing = [point for point in dict.fromkeys(points) if point not in known]
        if len(known) + len(missing) > _KEPT:
            known = self._located[profile] = {}
            missing = list(dict.fromkeys(points))
        for start in range(0, len(missing), self._at_once):
            some = missing[start : start + self._at_once]
            request = {"locations": [_place(point) for point in some], "verbose": False}
            answer = self._call("locate", {**request, **costing(profile)})
            for point, found in zip(some, answer, strict=True):
                known[point] = _snapped(point, found)
        return [known[point] for point in points]

    def lines(self, profile: str, legs: Sequence[tuple[Point, Point]]) -> list[Line | None]:
        """Each leg by itself, so that it is the way the table has measured."""
        found: list[Line | None] = []
        for leg in legs:
            trip = self._trip(profile, list(leg), {"directions_type": "none"})
            found.append(trip and lines.decode(trip["legs"][0]["shape"]))
        return found

    def directions(
        self, profile: str, points: Sequence[Point], language: str
    ) -> list[tuple[Step, ...]]:
        """Valhalla's own sentences."""
        spoken = _LANGUAGES.get(language.partition("-")[0], _LANGUAGES["en"])
        options = {"directions_options": {"language": spoken}}
        trip = self._trip(profile, points, options)
        return [_steps(leg) for leg in trip["legs"]] if trip else []

    def _trip(self, profile: str, points: Sequence[Point], options: Mapping[str, Any]) -> Any:
        """The trip through the points; None where no way leads."""
        places = [_place(point) for point in points]
        request = {"locations": places, **self._manner(profile), **options}
        try:
            return self._call("route", request)["trip"]
        except Refused as error:
            if error.code in _NO_WAY:
                return None
            raise

    def reach(self, profile: str, point: Point, minutes: Sequence[int]) -> list[tuple[Ring, ...]]:
        """Isochrones, the longest first as Valhalla wants them."""
        wanted = sorted(set(minutes))
        request = {
            "locations": [_place(point)],
            "contours": [{"time": limit} for limit in wanted],
            "polygons": True,
            **self._manner(profile),
        }
        found: dict[int, tuple[Ring, ...]] = {}
        for feature in self._call("isochrone", request)["features"]:
            found[round(feature["properties"]["contour"])] = _rings(feature["geometry"])
        return [found.get(limit, ()) for limit in minutes]

    def trace(self, profile: str, fixes: Sequence[Fix]) -> Trace:
        """Map matching; also where a zone is closed now, as it may have been open then."""
        asked = valhalla_trace.question(fixes)
        costing(profile)
        if not asked.fixes:
            return asked.nothing()
        trace = self._traced(asked, profile)
        for _ in range(_CALMED):
            calmer = asked.calmer(trace)
            if calmer is None:
                break
            asked, trace = calmer, self._traced(calmer, profile)
        return trace

    def _traced(self, asked: Question, profile: str) -> Trace:
        if len(asked.fixes) == 1:
            here = asked.fixes[0].point
            ((lon, lat), metres) = self.nearest(profile, [(here.lon, here.lat)])[0]
            return asked.alone((Coordinate(lat, lon), metres))
        try:
            return asked.read(
                self._call("trace_attributes", {**asked.request(), **costing(profile)})
            )
        except Refused as error:
            if error.code in valhalla_trace.NO_MATCH:
                return asked.nothing()
            raise

    def _manner(self, profile: str) -> dict[str, Any]:
        return {**costing(profile), **(self._closed if self._closed["exclude_polygons"] else {})}


def costing(profile: str) -> dict[str, Any]:
    """Which of Valhalla's models a profile is, and its size."""
    if not is_profile(profile):
        raise no_such_profile(tr("Valhalla"), profile, KINDS)
    wanted = Profile.parse(profile)
    model = _COSTING[wanted.kind]
    size = wanted.size
    if size is None:
        return {"costing": model}
    options: dict[str, Any] = {
        "height": size.height_m,
        "width": size.width_m,
        "length": size.length_m,
        "weight": size.weight_t,
    }
    if wanted.hazmat:
        options["hazmat"] = True
    return {"costing": model, "costing_options": {model: options}}


def _place(point: Point) -> dict[str, float]:
    return {"lon": point[0], "lat": point[1]}


def _holes(seconds: Any, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
    block = np.argwhere(np.isnan(seconds[np.ix_(rows, columns)]))[:_MENDED]
    return [(rows[int(i)], columns[int(j)]) for i, j in block]


def _snapped(point: Point, found: Mapping[str, Any]) -> tuple[Point, float]:
    here = Coordinate(point[1], point[0])
    spots = [
        (edge["correlated_lon"], edge["correlated_lat"]) for edge in found.get("edges") or ()
    ] + [(node["lon"], node["lat"]) for node in found.get("nodes") or ()]
    near = [(spot, here.metres_to(Coordinate(spot[1], spot[0]))) for spot in spots]
    return min(near, key=lambda each: each[1], default=(point, FAR_M))


def _steps(leg: Mapping[str, Any]) -> tuple[Step, ...]:
    shape = lines.decode(leg["shape"])
    manoeuvres: Sequence[Mapping[str, Any]] = leg["maneuvers"]
    return tuple(
        Step(
            each["instruction"],
            round(each["length"] * 1000),
            round(each["time"]),
            _KINDS.get(each["type"], "straight"),
            ", ".join(each.get("street_names") or ()),
            shape[int(each["begin_shape_index"])],
        )
        for each in manoeuvres
    )


def _rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    return tuple(
        tuple(Coordinate(lat, lon) for lon, lat in ring) for polygon in polygons for ring in polygon
    )

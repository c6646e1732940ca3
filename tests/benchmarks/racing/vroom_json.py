"""VROOM's JSON problems.

The cost is VROOM's: fixed, travel hours and kilometres; waiting, service and breaks cost nothing.
It is put into the distance matrix, one per kind of vehicle, in thousandths. Breaks may begin within
their window. Without matrices, points in degrees are a great circle times 1.3 apart, others a
straight line; both are driven at 10 m/s.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tests.benchmarks.racing.case import FOR_EVER, Case, Cells, Job, Rest, Van
from tests.benchmarks.racing.vrptw import Unreadable

Told = Mapping[str, Any]

DETOUR = 1.3
METRES_PER_SECOND = 10.0
EARTH_RADIUS_M = 6_371_008.8
PARTS = 1000  # of a unit of cost
DAY = 86_400

KNOWN = {
    "problem": {"jobs", "shipments", "vehicles", "matrices", "matrix"},
    "job": {
        "id", "description", "location", "location_index", "setup", "service", "delivery",
        "pickup", "amount", "skills", "priority", "time_windows",
    },
    "vehicle": {
        "id", "profile", "description", "start", "start_index", "end", "end_index", "capacity",
        "costs", "skills", "time_window", "breaks", "speed_factor", "max_tasks",
        "max_travel_time", "type",
    },
}  # fmt: skip
FORBIDDEN = {"max_distance", "setup_per_type", "service_per_type"}


def read_vroom(name: str, text: str) -> Case:
    """A problem with jobs, shipments, vehicles and perhaps matrices."""
    told: Told = json.loads(text)
    jobs = [*told.get("jobs", []), *_halves(told)]
    vehicles = told.get("vehicles", [])
    if not jobs or not vehicles:
        raise Unreadable("a problem needs jobs or shipments, and vehicles")
    notes = [
        *_strange(told, "problem"),
        *_strange_in(jobs, "job"),
        *_strange_in(vehicles, "vehicle"),
    ]
    rows = _Rows(told, [*jobs, *vehicles])
    lanes = _Lanes(told, rows)
    shipped = len(told.get("jobs", []))
    made = [_job(each, rows) for each in jobs[:shipped]]
    for shipment in told.get("shipments", []):
        made += _pair(shipment, len(made), rows)
    vans = tuple(_van(each, rows, lanes) for each in vehicles)
    dearest = max(
        int(cells.max(initial=0, where=cells < lanes.far)) for cells in lanes.costs.values()
    )
    case = Case(
        name,
        tuple(made),
        vans,
        lanes.seconds,
        lanes.costs,
        grain=PARTS,
        money=0.001,
        unserved_price=4 * dearest / PARTS + max(van.fixed for van in vans) + 1,
        must_serve=False,
        notes=(*notes, *lanes.notes),
    )
    first = _first_moment(case)
    return _moved(case, first - first % DAY) if first > FOR_EVER else case


def _halves(told: Told) -> list[Told]:
    return [half for s in told.get("shipments", []) for half in (s["pickup"], s["delivery"])]


def _strange(told: Told, kind: str) -> list[str]:
    strange = set(told) - KNOWN[kind]
    if strange & FORBIDDEN:
        raise Unreadable(f"{sorted(strange & FORBIDDEN)} of a {kind} cannot be raced")
    return [f"{kind}: {key} is not read" for key in sorted(strange)]


def _strange_in(several: Iterable[Told], kind: str) -> list[str]:
    return sorted({note for each in several for note in _strange(each, kind)})


def _first_moment(case: Case) -> int:
    """The earliest of all moments that the file names; 0 without any."""
    bounds = [van.begins for van in case.vans if van.ends < FOR_EVER]
    bounds += [window[0] for job in case.jobs for window in job.windows]
    return min(bounds, default=0)


def _moved(case: Case, origin: int) -> Case:
    """The same with times from ``origin`` on: files may have epoch seconds."""

    def since(moment: int) -> int:
        return moment - origin if moment >= origin else moment

    def rested(rest: Rest) -> Rest:
        return replace(rest, earliest=since(rest.earliest), latest=since(rest.latest))

    def windowed(job: Job) -> Job:
        return replace(job, windows=tuple((since(a), since(b)) for a, b in job.windows))

    def shifted(van: Van) -> Van:
        ends = since(van.ends)
        rests = tuple(rested(rest) for rest in van.rests)
        return replace(van, begins=since(van.begins), ends=ends, latest_end=ends, rests=rests)

    jobs, vans = map(windowed, case.jobs), map(shifted, case.vans)
    return replace(case, origin=origin, jobs=tuple(jobs), vans=tuple(vans))


class _Rows:
    """Which row of the matrices a place is; one row more is nowhere, from and to which is free."""

    def __init__(self, told: Told, all_told: Sequence[Told]) -> None:
        self.points: list[tuple[float, float]] = []
        given = _matrices(told)
        self.size = max((len(m["durations"]) for m in given.values()), default=0)
        if not self.size:
            places = [p for each in all_told for p in _places(each)]
            self.points = list(dict.fromkeys(places))
            self.size = len(self.points)
        self.nowhere = self.size

    def of(self, told: Told, key: str = "location") -> int:
        """The row of a place, ``nowhere`` when it has none."""
        if f"{key}_index" in told:
            return int(told[f"{key}_index"])
        if key in told and self.points:
            return self.points.index((told[key][0], told[key][1]))
        if key in told:
            raise Unreadable(f"{key} has coordinates but no {key}_index, though there are matrices")
        return self.nowhere


def _places(told: Told) -> list[tuple[float, float]]:
    found = [told[key] for key in ("location", "start", "end") if key in told]
    return [(place[0], place[1]) for place in found]


def _matrices(told: Told) -> dict[str, Any]:
    given = dict(told.get("matrices", {}))
    if "matrix" in told:
        given.setdefault("car", {"durations": told["matrix"]})
    return {profile: matrix for profile, matrix in given.items() if "durations" in matrix}


class _Lanes:
    """Travel per kind of vehicle: seconds, and costs in thousandths where distances would be."""

    def __init__(self, told: Told, rows: _Rows) -> None:
        self.seconds: dict[str, Cells] = {}
        self.costs: dict[str, Cells] = {}
        self.notes: list[str] = []
        self.far = 1 << 40
        self._given = _matrices(told)
        self._rows = rows
        if not self._given:
            kind = "great circle x 1.3" if _in_degrees(rows.points) else "straight lines"
            self.notes.append(f"no matrices: {kind}, driven at {METRES_PER_SECOND} m/s")

    def kind(self, vehicle: Told) -> str:
        """The name of the vehicle's matrices."""
        profile = vehicle.get("profile", "car")
        prices = vehicle.get("costs", {})
        per_hour, per_km = prices.get("per_hour", 3600), prices.get("per_km", 0)
        speed = float(vehicle.get("speed_factor", 1.0))
        name = f"{profile} x {speed:g}, {per_hour}/h, {per_km}/km"
        if name not in self.seconds:
            seconds, metres, costs = self._base(profile)
            self.seconds[name] = _framed(np.rint(seconds / speed))
            if costs is None:
                costs = per_hour * seconds / speed / 3600 + per_km * metres / 1000
            self.costs[name] = _framed(np.rint(PARTS * costs))
        return name

    def _base(self, profile: str) -> tuple[Any, Any, Any]:
        if self._given:
            if profile not in self._given:
                raise Unreadable(f"no matrix for profile {profile}")
            matrix = self._given[profile]
            seconds = np.array(matrix["durations"], dtype=float)
            metres = np.array(matrix.get("distances", np.zeros_like(seconds)), dtype=float)
            costs = matrix.get("costs")
            return seconds, metres, None if costs is None else np.array(costs, dtype=float)
        metres = _apart(self._rows.points)
        return np.rint(metres / METRES_PER_SECOND), metres, None


def _in_degrees(points: Sequence[tuple[float, float]]) -> bool:
    return all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)


def _apart(points: Sequence[tuple[float, float]]) -> Any:
    if not _in_degrees(points):
        return np.rint([[math.dist(a, b) for b in points] for a in points])
    lon, lat = np.radians(np.array(points, dtype=float)).T
    half = np.sin((lat[:, None] - lat[None]) / 2) ** 2
    half += np.cos(lat[:, None]) * np.cos(lat[None]) * np.sin((lon[:, None] - lon[None]) / 2) ** 2
    return np.rint(DETOUR * 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1, half))))


def _framed(cells: Any) -> Cells:
    """With one row and column more, all zero: nowhere."""
    return np.pad(cells.astype(np.int64), ((0, 1), (0, 1)))


def _windows(told: Told) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((int(a), int(b)) for a, b in told.get("time_windows", [])))


def _skills(told: Told) -> frozenset[str]:
    return frozenset(f"s{skill}" for skill in told.get("skills", []))


def _job(told: Told, rows: _Rows) -> Job:
    return Job(
        told["id"],
        rows.of(told),
        int(told.get("service", 0)),
        _windows(told),
        tuple(told.get("delivery", told.get("amount", []))),
        tuple(told.get("pickup", [])),
        _skills(told),
        priority=int(told.get("priority", 0)),
        setup=int(told.get("setup", 0)),
    )


def _pair(told: Told, place: int, rows: _Rows) -> list[Job]:
    """Both halves of a shipment; the first stands at ``place``."""
    made = list[Job]()
    for kind, pickup in (("pickup", None), ("delivery", place)):
        half = told[kind]
        made.append(
            Job(
                f"{kind} {half['id']}",
                rows.of(half),
                int(half.get("service", 0)),
                _windows(half),
                skills=_skills(told),
                priority=int(told.get("priority", 0)),
                setup=int(half.get("setup", 0)),
                pickup=pickup,
                amount=tuple(told.get("amount", [])),
            )
        )
    return made


def _van(told: Told, rows: _Rows, lanes: _Lanes) -> Van:
    begins, ends = told.get("time_window", (0, FOR_EVER))
    return Van(
        told["id"],
        rows.of(told, "start"),
        rows.of(told, "end"),
        int(begins),
        int(ends),
        int(ends),
        tuple(told.get("capacity", [])),
        _skills(told),
        tuple(sorted((_rest(rest) for rest in told.get("breaks", [])), key=lambda r: r.earliest)),
        float(told.get("costs", {}).get("fixed", 0)),
        1 / PARTS,
        profile=lanes.kind(told),
        max_stops=told.get("max_tasks"),
        max_driving=told.get("max_travel_time"),
        base=rows.of(told, "start"),
    )


def _rest(told: Told) -> Rest:
    windows = _windows(told) or ((0, FOR_EVER),)
    if len(windows) > 1:
        raise Unreadable("a break with several windows cannot be raced")
    duration = int(told.get("service", 0))
    return Rest(duration, windows[0][0], windows[0][1] + duration)

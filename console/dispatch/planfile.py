"""PLAN.json: a plan as others read it; its schema is ``resources/schemas/plan.schema.json``."""

import errno
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.dispatch.picture import Picture
from console.dispatch.ports import Region
from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.objective import COST
from console.domain.places import Coordinate, PlaceId
from console.domain.plan import RouteId, StopId
from console.domain.schedule import Schedule, Visit
from console.domain.visits import Span
from console.intake import Reject
from console.tongues import tr

if TYPE_CHECKING:
    from console.planning.explain import Reason  # loads NumPy, which windows start without

SCHEMA_VERSION = 1

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanFile:
    """Everything that goes into the file.

    ``reasons`` say why each unassigned stop is so; ``rejects`` are the import's. ``region`` is None
    where travel times came with the problem. ``points`` are where routes may end.
    """

    picture: Picture
    region: Region | None
    reasons: Mapping[StopId, Sequence["Reason"]]
    rejects: Sequence[Reject] = ()
    points: Mapping[PlaceId, Coordinate] = field(default_factory=dict[PlaceId, Coordinate])

    def as_json(self) -> Json:
        """The document."""
        routes = [self._route(route, s) for route, s in self.picture.schedules.items()]
        unassigned = list(self._unassigned())
        day = self.picture.plan.day
        return {
            "schema": SCHEMA_VERSION,
            "date": day.service_day.isoformat() if day else None,
            "zone": self.picture.zone.key,
            "region": {
                "name": self.region.name if self.region else "",
                "hash": self.region.hash if self.region else "",
            },
            "objective": asdict(day.objective if day else COST),
            "totals": self._totals(routes, unassigned),
            "routes": routes,
            "unassigned": unassigned,
            "rejects": self._rejects(),
        }

    def _totals(self, routes: Sequence[Json], unassigned: Sequence[Json]) -> Json:
        totals = self.picture.totals
        rejected = len({reject.row for reject in self.rejects})
        served = sum(len(stop["orders"]) for route in routes for stop in route["stops"])
        return {
            "orders": served + len(unassigned) + rejected,
            "served": served,
            "unassigned": len(unassigned),
            "rejected": rejected,
            "cost": round(sum(route["cost"] for route in routes), 2),
            "km": round(totals.metres / 1000, 3),
            "hours": round(totals.paid.total_seconds() / 3600, 4),
            "late_minutes": round(totals.late.total_seconds() / 60, 2),
            "penalty": round(sum(route["penalty"] for route in routes), 2),
            "co2e_kg": round(sum(route["co2e_kg"] for route in routes), 3),
        }

    def _route(self, route: RouteId, schedule: Schedule) -> Json:
        label = self.picture.drivers[route]
        return {
            "driver": label.name,
            "vehicle": label.plate,
            "depot": self._depot(route),
            "start": self._iso(schedule.start),
            "end": self._iso(schedule.end),
            "km": round(schedule.metres / 1000, 3),
            "cost": round(schedule.cost, 2),
            "breaks": self._spans(schedule.breaks),
            "stops": [self._stop(visit) for visit in schedule.visits],
            "return": {
                "travel_seconds": int(schedule.return_travel.total_seconds()),
                "travel_metres": schedule.return_metres,
            },
            "ends_at": self._end(route),
            "locked": self.picture.plan.routes[route].locked,
            "penalty": round(schedule.penalty, 2),
            "co2e_kg": round(schedule.co2e, 3),
            "reloads": self._spans(schedule.reloads),
            "charges": self._spans(schedule.charges),
        }

    def _spans(self, spans: Iterable[Span]) -> list[Json]:
        return [{"start": self._iso(begins), "end": self._iso(ends)} for begins, ends in spans]

    def _depot(self, route: RouteId) -> Json | None:
        return _point(self.picture.depots.get(self.picture.plan.routes[route].shift.place))

    def _end(self, route: RouteId) -> Json | None:
        """Where the route ends; None at its last stop, or where nobody knows the point."""
        shift = self.picture.plan.routes[route].shift
        if shift.open_ended:
            return None
        if shift.end_place is None:
            return self._depot(route)
        return _point(self.points.get(shift.end_place))

    def _stop(self, visit: Visit) -> Json:
        stop = self.picture.plan.stops[visit.stop]
        point = self.picture.labels[visit.stop].coordinate
        return {
            "orders": [order.id for order in stop.orders],
            "lat": point.lat if point else None,
            "lon": point.lon if point else None,
            "arrival": self._iso(visit.arrival),
            "start": self._iso(visit.start),
            "departure": self._iso(visit.departure),
            "load": _load(stop.load),
            "collected": _load(stop.collected),
            "travel_seconds": int(visit.travel.total_seconds()),
            "travel_metres": visit.metres,
            "overrides": [{"rule": o.rule, "reason": o.reason} for o in stop.overrides],
            "setup_seconds": int(visit.setup.total_seconds()),
            "soft_late_seconds": int(visit.soft_lateness.total_seconds()),
            "pinned": stop.pinned,
            "loaded": stop.loaded,
        }

    def _unassigned(self) -> Iterable[Json]:
        plan = self.picture.plan
        for stop in plan.unassigned:
            reasons = [
                {"driver": self._driver(why), "rule": why.rule, "detail": why.detail}
                for why in self.reasons.get(stop, ())
            ]
            for order in plan.stops[stop].orders:
                yield {"order": order.id, "reasons": reasons}

    def _driver(self, why: "Reason") -> str | None:
        routes = self.picture.plan.routes.values()
        return next(
            (self.picture.drivers[r.id].name for r in routes if r.shift.driver == why.driver), None
        )

    def _rejects(self) -> list[Json]:
        """A second row of an order that is in the plan names no order: each is in one place."""
        planned = {order.id for s in self.picture.plan.stops.values() for order in s.orders}
        return [
            {
                "row": reject.row,
                "order": None if reject.order in planned else reject.order,
                "field": reject.field,
                "problem": reject.problem,
            }
            for reject in self.rejects
        ]

    def _iso(self, moment: datetime) -> str:
        return self.picture.local(moment).isoformat()


def _load(load: Load) -> Json:
    return {"pieces": load.pieces, "kg": load.kg, "m3": load.m3, "units": load.units}


def _point(point: Coordinate | None) -> Json | None:
    return {"lat": point.lat, "lon": point.lon} if point else None


def prepare(path: Path) -> None:
    """Make the folder; ConsoleError before the work rather than after it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError as error:
        raise _unwritable(path, error) from error


def write_json(path: Path, document: Json) -> None:
    """Write whole or not at all; ConsoleError names the file when the disk says no."""
    write_whole(path, json_bytes(document))


def json_bytes(document: Json) -> bytes:
    """The document as it is written."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def write_whole(path: Path, data: bytes) -> None:
    """The same for any file; its folder is made."""
    part = path.with_name(f".{path.name}.part")
    prepare(path)
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> ConsoleError:
    return ConsoleError(
        tr("{path} could not be written: {strerror}.", path=path, strerror=error.strerror),
        remedy=tr("Close it where it is open, free some space, or choose another folder."),
    )

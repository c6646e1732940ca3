"""How each driver stands now: what is done, how late she is against the plan, what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.dispatch.picture import DriverLabel, Picture
from console.dispatch.tracking import Seen
from console.domain.etas import Eta
from console.domain.plan import Route, RouteId, Stop, StopId, StopStatus
from console.domain.reported import reported
from console.domain.schedule import Schedule
from console.tongues import tr

_NOBODY = DriverLabel(0, "")


class Doing(StrEnum):
    """What a driver is at."""

    WAITING = tr("not left")
    DRIVING = tr("driving")
    AT_STOP = tr("at the stop")
    RESTING = tr("on break")
    HEADING_HOME = tr("heading home")
    BACK = tr("back")
    OFF = tr("off today")


@dataclass(frozen=True, slots=True)
class LiveLine:
    """One driver. ``done`` counts failed stops too; ``delay`` is against the released plan.

    ``next`` is the stop she is at or drives to, ``eta`` when she is there. ``late`` are the stops
    ahead that miss their windows. ``since`` is when the visit or break under way began.
    """

    route: RouteId
    driver: DriverLabel
    doing: Doing
    done: int
    total: int
    failed: int
    delay: timedelta | None
    next: StopId | None
    eta: Eta | None
    late: int
    is_released: bool
    seen: Seen | None
    since: datetime | None = None

    @property
    def progress(self) -> str:
        """7/23."""
        return f"{self.done}/{self.total}"


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a board gets what the picture does not hold."""

    seen: Callable[[RouteId], Seen | None]
    planned: Callable[[RouteId], Schedule | None]
    etas: Callable[[RouteId], Mapping[StopId, Eta]]


def board(picture: Picture, sight: Sight, now: datetime) -> list[LiveLine]:
    """All drivers with stops: those under way by delay, the latest first; then the others."""
    lines = [
        _line(picture, route, sight, now) for route in picture.plan.routes.values() if route.stops
    ]
    return sorted(lines, key=_rank)


def _rank(line: LiveLine) -> tuple[bool, float, int]:
    is_idle = line.doing in (Doing.BACK, Doing.OFF)
    late = line.delay.total_seconds() if line.delay is not None else 0.0
    return is_idle, -late, line.driver.number


def _line(picture: Picture, route: Route, sight: Sight, now: datetime) -> LiveLine:
    stops = picture.plan.stops_of(route.id)
    ended = [stop for stop in stops if _is_ended(stop)]
    following = next((stop for stop in stops if not _is_ended(stop)), None)
    told = reported(picture.plan.facts)
    rests = told.rests.get(route.id, ())
    resting = rests[-1].began if rests and rests[-1].ended is None else None
    doing = _doing(route, following, is_back=route.id in told.returned, is_resting=bool(resting))
    since = resting
    if doing is Doing.AT_STOP and following is not None:
        since = told.arrived.get(following.id)
    etas = sight.etas(route.id)
    return LiveLine(
        route.id,
        picture.drivers.get(route.id, _NOBODY),
        doing,
        len(ended),
        len(stops),
        sum(stop.status is StopStatus.FAILED for stop in ended),
        _delay(picture, route, sight.planned(route.id), now),
        following.id if following else None,
        etas.get(following.id) if following else None,
        sum(picture.is_late(stop.id) for stop in stops if stop.is_open),
        route.released,
        sight.seen(route.id),
        since,
    )


def _is_ended(stop: Stop) -> bool:
    return stop.status in (StopStatus.DELIVERED, StopStatus.FAILED)


def _doing(route: Route, following: Stop | None, *, is_back: bool, is_resting: bool) -> Doing:
    if route.off or is_back:
        return Doing.OFF if route.off else Doing.BACK
    if following is None:
        return Doing.HEADING_HOME
    if is_resting:
        return Doing.RESTING
    if following.status is StopStatus.ARRIVED:
        return Doing.AT_STOP
    return Doing.DRIVING if route.started_at is not None else Doing.WAITING


def _delay(
    picture: Picture, route: Route, planned: Schedule | None, now: datetime
) -> timedelta | None:
    """How much later the next stop begins than was planned, or the visit under way ends.

    Who has not left is late by the clock; who has done everything, by her return.
    """
    present = picture.schedules.get(route.id)
    if planned is None or present is None:
        return None
    before = {visit.stop: visit for visit in planned.visits}
    for visit in present.visits:
        stop, then = picture.plan.stops[visit.stop], before.get(visit.stop)
        if _is_ended(stop) or then is None:
            continue
        if stop.status is StopStatus.ARRIVED:
            return visit.departure - then.departure
        if route.started_at is None:
            return max(timedelta(), now - planned.start)
        return visit.start - then.start
    return present.end - planned.end

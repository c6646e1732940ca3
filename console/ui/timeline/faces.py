"""What rows show: bars in minutes and words, made once per change of a route, not per paint."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.dispatch.picture import DriverLabel, Picture
from console.domain.plan import Route, RouteId, StopId, StopStatus
from console.domain.schedule import Schedule, Visit
from console.domain.violations import Rule, Violation
from console.tongues import tr
from console.ui.harm import TIGHT_SECONDS, harm_text, late_minutes, worst
from console.ui.labels import count_text, route_label
from console.ui.theme.figures import THIN, percent

Span = tuple[float, float]
"""From and to, in minutes since the epoch."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stop's service. ``mark`` is the colour token of its underline, '' without a window."""

    stop: StopId
    number: str
    start: float
    end: float
    mark: str = ""
    late: str = ""
    excused: bool = False
    status: StopStatus = StopStatus.PLANNED

    @property
    def middle(self) -> float:
        """The middle of its service."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class RowFace:
    """A driver's row. ``span`` is the route from depot to depot, None when it is not timed."""

    route: RouteId
    label: DriverLabel
    shift: Span
    span: Span | None = None
    bars: tuple[Bar, ...] = ()
    breaks: tuple[Span, ...] = ()
    finish: str = ""
    count: str = ""
    trouble: str = ""
    fullness: float = 0.0
    locked: bool = False
    released: bool = False
    off: bool = False
    is_late: bool = False

    @property
    def stops(self) -> tuple[StopId, ...]:
        """The ids of its bars in order."""
        return tuple(bar.stop for bar in self.bars)

    @property
    def filled(self) -> str:
        """``89 %``."""
        return percent(self.fullness)

    @property
    def reach(self) -> Span:
        """All that the row needs of the clock."""
        ends = (self.shift, self.span or self.shift)
        return min(e[0] for e in ends), max(e[1] for e in ends)


def minute(moment: datetime) -> float:
    """Minutes since the epoch."""
    return moment.timestamp() / 60


def row_face(picture: Picture, route: RouteId) -> RowFace:
    """A driver's row as planned."""
    entry = picture.plan.routes[route]
    face = RowFace(
        route,
        route_label(picture, route),
        (minute(entry.shift.start), minute(entry.shift.end)),
        count=count_text(len(entry.stops)),
        locked=entry.locked,
        released=entry.released,
        off=entry.off,
    )
    schedule = picture.schedules.get(route)
    return timed(picture, face, schedule) if schedule else _untimed(entry, face)


def _untimed(entry: Route, face: RowFace) -> RowFace:
    return face if entry.stops else replace(face, count=tr("empty"))


def timed(picture: Picture, face: RowFace, schedule: Schedule) -> RowFace:
    """A row with the bars of a schedule: the present one, or that of a drop being tried."""
    late = {v.stop: v for v in schedule.violations if v.rule is Rule.LATE}
    return replace(
        face,
        span=(minute(schedule.start), minute(schedule.end)),
        bars=tuple(_bar(picture, late, i, visit) for i, visit in enumerate(schedule.visits)),
        breaks=tuple((minute(begin), minute(end)) for begin, end in schedule.breaks),
        finish=picture.clock(schedule.end),
        count=count_text(len(schedule.visits)),
        trouble=_trouble(schedule),
        fullness=schedule.fullness,
        is_late=bool(late),
    )


def _bar(picture: Picture, late: Mapping[StopId | None, Violation], i: int, visit: Visit) -> Bar:
    stop = picture.plan.stops.get(visit.stop)
    broken = late.get(visit.stop)
    return Bar(
        visit.stop,
        str(i + 1),
        minute(visit.start),
        minute(visit.departure),
        _mark(visit),
        f"+{late_minutes(broken.amount)}" if broken else "",
        bool(broken and broken.overridden),
        stop.status if stop else StopStatus.PLANNED,
    )


def _mark(visit: Visit) -> str:
    if visit.slack is None:
        return ""
    if visit.lateness:
        return "bad"
    return "warn" if visit.slack.total_seconds() < TIGHT_SECONDS else "text3"


def _trouble(schedule: Schedule) -> str:
    """Minutes late over all stops, else the worst rule that the whole route breaks."""
    harm = worst(v for v in schedule.violations if v.stop is None or v.rule is not Rule.LATE)
    if harm is not None and harm.is_harm:
        return harm_text(harm)
    late = schedule.lateness.total_seconds()
    if late:
        return tr("{late_minutes}{THIN}min late", late_minutes=late_minutes(late), THIN=THIN)
    return harm_text(harm) if harm else ""


def blended(now: RowFace, then: RowFace, share: float) -> RowFace:
    """A row on its way from one schedule to another; new bars appear where they land."""
    if share >= 1.0:
        return then
    before = {bar.stop: bar for bar in now.bars}

    def moved(bar: Bar) -> Bar:
        old = before.get(bar.stop)
        if old is None:
            return bar
        start = old.start + (bar.start - old.start) * share
        return replace(bar, start=start, end=start + bar.end - bar.start)

    return replace(then, bars=tuple(moved(bar) for bar in then.bars))

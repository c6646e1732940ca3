"""What a dispatcher should look at now: each alarm once, the one that does most harm first.

An alarm is told apart by its key: what is wrong, on which route, at which stop. As long as that
holds it is the same alarm, however often the day is looked at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.dispatch.alarmlimits import Limits
from console.dispatch.liveboard import Doing, LiveLine
from console.dispatch.picture import Picture
from console.domain.alarm import AlarmKey, AlarmKind
from console.domain.etas import Eta
from console.domain.load import Load
from console.domain.orders import Priority
from console.domain.plan import RouteId, Stop, StopId, StopStatus
from console.domain.violations import Rule

Etas = Callable[[RouteId], Mapping[StopId, Eta]]

WEIGHT = {Priority.HIGH: 3.0, Priority.NORMAL: 1.0, Priority.LOW: 0.5}
"""What a minute of lateness counts."""
SERVED_LATE = 10.0  # that a customer is served late at all, in minutes of lateness
UNSERVED = 60.0  # a window that is over, or closes with nobody on the way
LEGAL = 45.0  # what the law forbids, besides its minutes
NOT_LOADED = 40.0  # a stop
UNKNOWN = {
    AlarmKind.UNRELEASED: 12.0,
    AlarmKind.LONG_STOP: 8.0,
    AlarmKind.NO_SIGNAL: 6.0,
    AlarmKind.OFF_ROUTE: 5.0,
}
"""Where nobody is known to be harmed yet."""
LEGAL_RULES = (Rule.BREAK, Rule.DRIVING, Rule.SHIFT)
_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is wrong now.

    ``harm`` is in minutes of lateness of a customer of normal priority. ``stops`` are those that it
    harms, the worst first; ``span`` is how late, how long or how much too much, at the worst.
    """

    key: AlarmKey
    harm: float
    span: timedelta = timedelta()
    stops: tuple[StopId, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stop that is in time as expected, and late where it goes badly (``eta.high``)."""

    route: RouteId
    stop: StopId
    end: datetime
    eta: Eta


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the day."""

    picture: Picture
    lines: Sequence[LiveLine]
    etas: Etas
    now: datetime
    limits: Limits = Limits()

    def found(self) -> Iterator[Found]:
        """All that is wrong; what needs a memory (off route) is told as it looks just now."""
        for line in self.lines:
            if line.doing not in (Doing.BACK, Doing.OFF):
                yield from self._promises(line)
                yield from self._hours(line)
                yield from self._road(line)
        yield from self._unplanned()

    # -- customers ---------------------------------------------------------------------------------

    def doubtful(self) -> list[Doubt]:
        """Stops ahead that are no alarm, but may come late; the first arrivals first."""
        plan, moving = self.picture.plan, (Doing.BACK, Doing.OFF, Doing.WAITING)
        found = list[Doubt]()
        for line in self.lines:
            etas = self.etas(line.route) if line.doing not in moving else dict[StopId, Eta]()
            for stop in plan.stops_of(line.route):
                end, eta = _window_end(stop), etas.get(stop.id)
                if stop.status is not StopStatus.PLANNED or end is None or eta is None:
                    continue
                if eta.high > end and not self._lateness(stop, end, eta):
                    found.append(Doubt(line.route, stop.id, end, eta))
        return sorted(found, key=lambda each: (each.eta.at, each.stop))

    def _promises(self, line: LiveLine) -> Iterator[Found]:
        etas = self.etas(line.route)
        late = list[tuple[float, timedelta, StopId]]()
        for stop in self.picture.plan.stops_of(line.route):
            end = _window_end(stop)
            if stop.status is not StopStatus.PLANNED or end is None:
                continue
            if end + self.limits.late[stop.priority] < self.now:
                key = AlarmKey(AlarmKind.MISSED, line.route, stop.id)
                over = self.now - end
                harm = (UNSERVED + _minutes(over)) * WEIGHT[stop.priority]
                yield Found(key, harm, over, (stop.id,))
                continue
            eta = etas.get(stop.id) if line.doing is not Doing.WAITING else None
            span = self._lateness(stop, end, eta)
            if span > self.limits.late[stop.priority]:
                late.append(((SERVED_LATE + _minutes(span)) * WEIGHT[stop.priority], span, stop.id))
        if late:
            late.sort(key=lambda each: (-each[0], each[2]))
            stops = tuple(stop for _, _, stop in late)
            harm = sum(each for each, _, _ in late)
            yield Found(AlarmKey(AlarmKind.LATE_AHEAD, line.route), harm, late[0][1], stops)

    def _lateness(self, stop: Stop, end: datetime, eta: Eta | None) -> timedelta:
        """How late service will begin; for the important, by the late end of the band."""
        visit = self.picture.visits.get(stop.id)
        begins = visit.start if visit is not None else end
        if eta is not None and self.limits.cautious and stop.priority is Priority.HIGH:
            begins = max(begins, eta.high)
        return max(timedelta(), begins - end)

    def _unplanned(self) -> Iterator[Found]:
        plan = self.picture.plan
        for stop in (plan.stops[name] for name in plan.unassigned):
            end = _window_end(stop)
            if end is not None and self.now < end <= self.now + self.limits.ahead:
                key = AlarmKey(AlarmKind.UNPLANNED, "", stop.id)
                yield Found(key, UNSERVED * WEIGHT[stop.priority], end - self.now, (stop.id,))

    # -- drivers -----------------------------------------------------------------------------------

    def _hours(self, line: LiveLine) -> Iterator[Found]:
        schedule = self.picture.schedules.get(line.route)
        if schedule is None:
            return
        over = [v for v in schedule.violations if v.rule in LEGAL_RULES and not v.overridden]
        if over:
            worst = max(over, key=lambda v: v.amount)
            span = timedelta(seconds=worst.amount if worst.unit == "s" else 0)
            key = AlarmKey(AlarmKind.LEGAL_HOURS, line.route)
            yield Found(key, LEGAL + _minutes(span), span, detail=worst.rule.value)
        elif schedule.overtime > self.limits.overtime:
            key = AlarmKey(AlarmKind.OVERTIME, line.route)
            yield Found(key, _minutes(schedule.overtime) / 2, schedule.overtime)

    def _road(self, line: LiveLine) -> Iterator[Found]:
        if line.doing is Doing.WAITING:
            schedule = self.picture.schedules.get(line.route)
            if not line.is_released and schedule is not None and self.now >= schedule.start:
                yield self._simple(AlarmKind.UNRELEASED, line, timedelta())
            return
        left = self._left_behind(line)
        if left:
            key = AlarmKey(AlarmKind.NOT_LOADED, line.route)
            yield Found(key, NOT_LOADED * len(left), stops=left)
        if line.doing is Doing.AT_STOP and line.since and line.next:
            planned = self.picture.plan.stops[line.next]
            stood = self.now - line.since
            if stood - planned.service_time - planned.setup > self.limits.stop:
                key = AlarmKey(AlarmKind.LONG_STOP, line.route, line.next)
                yield Found(key, UNKNOWN[key.kind], stood, (line.next,))
        if line.doing is Doing.DRIVING:
            yield from self._signal(line)

    def _signal(self, line: LiveLine) -> Iterator[Found]:
        if line.seen is None:
            return
        silent = self.now - line.seen.at
        if silent > self.limits.silence:
            yield self._simple(AlarmKind.NO_SIGNAL, line, silent)
        elif line.seen.along is None:
            yield self._simple(AlarmKind.OFF_ROUTE, line, timedelta())

    def _simple(self, kind: AlarmKind, line: LiveLine, span: timedelta) -> Found:
        return Found(AlarmKey(kind, line.route), UNKNOWN[kind], span)

    def _left_behind(self, line: LiveLine) -> tuple[StopId, ...]:
        """Deliveries whose goods are not on board: never collected, or not loaded as others are."""
        stops = self.picture.plan.stops_of(line.route)
        known = any(stop.loaded for stop in stops)
        schedule = self.picture.schedules.get(line.route)
        broken = schedule.violations if schedule is not None else ()
        missing = {v.stop for v in broken if v.rule is Rule.PAIRING and not v.overridden}
        return tuple(
            stop.id
            for stop in stops
            if stop.status is StopStatus.PLANNED
            and (stop.id in missing or (known and not stop.loaded and _from_the_depot(stop)))
        )


@dataclass(slots=True)
class Alarms:
    """What holds, with a little memory: how long a driver is astray, and when an alarm held last.

    ``look`` answers what is found, the most harm first; ``is_over`` whether one ended that is not
    among it.
    """

    _astray: dict[str, datetime] = field(default_factory=dict[str, datetime])
    _held: dict[AlarmKey, datetime] = field(default_factory=dict[AlarmKey, datetime])

    def look(self, look: Look) -> list[Found]:
        """All that is wrong now."""
        found = [each for each in look.found() if self._holds(each, look)]
        astray = {each.route: each for each in look.lines if _is_astray(each)}
        self._astray = {key: at for key, at in self._astray.items() if key in astray}
        self._held |= {each.key: look.now for each in found}
        order = list(AlarmKind)
        return sorted(found, key=lambda f: (-f.harm, order.index(f.key.kind), f.key.route))

    def _holds(self, found: Found, look: Look) -> bool:
        """One position beside the road is no detour."""
        if found.key.kind is not AlarmKind.OFF_ROUTE:
            return True
        seen = next(line.seen for line in look.lines if line.route == found.key.route)
        if seen is None:
            return False
        first = self._astray.setdefault(found.key.route, seen.at)
        return seen.at - first >= look.limits.astray

    def is_over(self, key: AlarmKey, look: Look) -> bool:
        """True once an alarm has not held for a while; a figure that flickers ends none."""
        held = self._held.setdefault(key, look.now)
        return look.now - held >= look.limits.calm


def _is_astray(line: LiveLine) -> bool:
    return line.seen is not None and line.seen.along is None


def _from_the_depot(stop: Stop) -> bool:
    return any(order.load != Load() and order.pickup is None for order in stop.orders)


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / _MINUTE


def _window_end(stop: Stop) -> datetime | None:
    """When the last window of its orders closes, the strictest order first."""
    ends = [max(w.latest for w in order.windows) for order in stop.orders if order.windows]
    deadlines = [order.deadline for order in stop.orders if order.deadline is not None]
    return min([*ends, *deadlines], default=None)

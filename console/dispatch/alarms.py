"""What a dispatcher should look at now, of the live board: each alarm once, the worst first.

An alarm is told apart by its key: what is wrong, on which route, at which stop. As long as that
holds it is the same alarm, however often the board is looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from console.dispatch.liveboard import Doing, LiveLine
from console.domain.plan import RouteId, StopId


class AlarmKind(StrEnum):
    """What is wrong, the worst first."""

    LATE_AHEAD = "late_ahead"
    UNRELEASED = "unreleased"  # should have left, and is not released
    NO_SIGNAL = "no_signal"
    OFF_ROUTE = "off_route"
    LONG_STOP = "long_stop"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a visit may last, and how long a driver may be unheard of."""

    stop: timedelta = timedelta(minutes=20)
    silence: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AlarmKey:
    """Which alarm it is; ``stop`` where it is about one."""

    kind: AlarmKind
    route: RouteId
    stop: StopId | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """``since`` is when it was first seen, ``late`` how many stops ahead miss their windows."""

    key: AlarmKey
    since: datetime
    late: int = 0


@dataclass(slots=True)
class Alarms:
    """Those that hold; one that ended and comes again is a new one."""

    limits: Limits = Limits()
    _since: dict[AlarmKey, datetime] = field(default_factory=dict[AlarmKey, datetime])

    def look(self, lines: Sequence[LiveLine], now: datetime) -> list[Alarm]:
        """All that hold now: by stops that miss their windows, then kind, then age."""
        found = {key: line for line in lines for key in _keys(line, self.limits, now)}
        self._since = {key: self._since.get(key, now) for key in found}
        alarms = [Alarm(key, self._since[key], line.late) for key, line in found.items()]
        order = list(AlarmKind)
        return sorted(alarms, key=lambda a: (-a.late, order.index(a.key.kind), a.since))


def _keys(line: LiveLine, limits: Limits, now: datetime) -> Iterator[AlarmKey]:
    if line.doing in (Doing.BACK, Doing.OFF):
        return
    if line.late:
        yield AlarmKey(AlarmKind.LATE_AHEAD, line.route)
    if line.doing is Doing.WAITING and not line.is_released and line.delay:
        yield AlarmKey(AlarmKind.UNRELEASED, line.route)
    if line.doing is Doing.AT_STOP and line.since and now - line.since > limits.stop:
        yield AlarmKey(AlarmKind.LONG_STOP, line.route, line.next)
    if line.doing is Doing.DRIVING and line.seen is not None:
        if now - line.seen.at > limits.silence:
            yield AlarmKey(AlarmKind.NO_SIGNAL, line.route)
        elif line.seen.along is None:
            yield AlarmKey(AlarmKind.OFF_ROUTE, line.route)

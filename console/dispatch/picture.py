"""What all views show of a day: one immutable value, made anew for the routes that changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console import formats
from console.domain.orders import Priority
from console.domain.places import NO_ACCESS, Access, Certainty, Coordinate, PlaceId
from console.domain.plan import Plan, RouteId, StopId
from console.domain.risk import NO_RISKS, Expected, Risks
from console.domain.schedule import Schedule, Visit
from console.domain.violations import Rule, Violation


@dataclass(frozen=True, slots=True)
class DriverLabel:
    """A route's driver as shown: ``number`` (1 to 60) is the driver's colour, for weeks."""

    number: int
    name: str
    plate: str = ""
    vehicle_kind: str = "van"
    phone: str = ""


@dataclass(frozen=True, slots=True)
class StopLabel:
    """A stop's personal part as shown, joined from the registers."""

    street: str
    town: str = ""
    recipients: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    coordinate: Coordinate | None = None
    certainty: Certainty = Certainty.UNKNOWN
    access: Access = NO_ACCESS


_ENDLESS = timedelta(days=1000)
_DASH = "\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Totals:
    """The header's figures. ``served`` and ``orders`` count orders; ``co2e`` is in kg.

    ``expected`` is how many of those that have a driver will fail; None where nobody can know.
    """

    orders: int = 0
    served: int = 0
    unassigned: int = 0
    cost: float = 0.0
    metres: int = 0
    paid: timedelta = timedelta()
    late: timedelta = timedelta()
    late_stops: int = 0
    harms: int = 0
    co2e: float = 0.0
    expected: Expected | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan with everything derived from it and from the registers.

    ``schedules`` has no entry for an empty route, nor for any route while travel times are
    missing (``is_timed`` is then False). ``off_road`` are stops too far from any road, or not
    located yet: they cannot be planned. ``numbers`` is each assigned stop's place in its route,
    from 1. ``source`` is that of the travel times: engine and region.
    """

    plan: Plan = Plan()
    zone: ZoneInfo = ZoneInfo("UTC")
    schedules: Mapping[RouteId, Schedule] = field(default_factory=dict[RouteId, Schedule])
    drivers: Mapping[RouteId, DriverLabel] = field(default_factory=dict[RouteId, DriverLabel])
    labels: Mapping[StopId, StopLabel] = field(default_factory=dict[StopId, StopLabel])
    visits: Mapping[StopId, Visit] = field(default_factory=dict[StopId, Visit])
    numbers: Mapping[StopId, int] = field(default_factory=dict[StopId, int])
    off_road: frozenset[StopId] = frozenset()
    totals: Totals = Totals()
    depot_name: str = ""
    depots: Mapping[PlaceId, Coordinate] = field(default_factory=dict[PlaceId, Coordinate])
    currency: str = "EUR"
    is_timed: bool = False
    source: str = ""
    risks: Risks = NO_RISKS

    @property
    def lacks_times(self) -> bool:
        """True where stops have drivers, and nobody knows yet when those come and what it costs."""
        return self.totals.served > 0 and not self.is_timed

    @property
    def is_guessed(self) -> bool:
        """True where times are those of straight lines, without a road."""
        return "no roads" in self.source

    def local(self, moment: datetime) -> datetime:
        """A moment on the depot's clock."""
        return moment.astimezone(self.zone)

    def clock(self, moment: datetime) -> str:
        """A moment as the depot's clock shows it: 09:05, or 9:05 am; a dash for one never come to.

        On the way to where no road leads hundreds of years pass.
        """
        day = self.plan.day
        if day is not None and self.local(moment).date() - day.service_day > _ENDLESS:
            return _DASH
        return formats.clock(self.local(moment))

    def violations(self, stop: StopId) -> tuple[Violation, ...]:
        """What a stop breaks."""
        route = self.plan.stops[stop].route if stop in self.plan.stops else None
        schedule = self.schedules.get(route) if route else None
        if schedule is None:
            return ()
        return tuple(v for v in schedule.violations if v.stop == stop)

    def is_late(self, stop: StopId) -> bool:
        """True when service begins after the last window."""
        return any(v.rule is Rule.LATE for v in self.violations(stop))

    def priority(self, stop: StopId) -> Priority:
        """The stop's priority."""
        return self.plan.stops[stop].priority


@dataclass(frozen=True, slots=True)
class PictureChange:
    """From one picture to the next. ``routes`` and ``stops`` name all that looks different.

    ``everything`` is True when the day, the zone or the travel times changed.
    """

    before: Picture
    after: Picture
    routes: frozenset[RouteId] = frozenset()
    stops: frozenset[StopId] = frozenset()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class DropPreview:
    """What would follow if stops were dropped on a route at a place in it.

    ``seconds`` and ``cost`` are changes over the whole plan; ``late_stops`` counts stops of the
    target route that would be late; ``harm`` is the worst broken rule, None when the drop breaks
    none. ``after`` is the neighbour they would land behind (None: first).
    """

    route: RouteId
    after: StopId | None
    seconds: int
    cost: float
    late_stops: int
    harm: Violation | None
    schedule: Schedule | None


EMPTY_PICTURE = Picture()

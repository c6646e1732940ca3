"""A route in time, load and money: what ``schedule`` makes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.load import Load
from console.domain.plan import RouteId, StopId
from console.domain.violations import Rule, Violation

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Visit:
    """When a stop is served; aware UTC. ``load`` is what is left on board on departure.

    ``travel`` and ``metres`` are those since the stop before, by way of a depot or charger where
    the route goes there. ``setup`` is spent between arrival and service. ``slack`` is the time
    until the last window closes, for soft ones until lateness costs; None without a window.
    """

    stop: StopId
    arrival: datetime
    start: datetime
    departure: datetime
    travel: timedelta
    metres: int
    lateness: timedelta
    slack: timedelta | None
    load: Load
    setup: timedelta = timedelta()
    soft_lateness: timedelta = timedelta()

    @property
    def waiting(self) -> timedelta:
        """Between arrival and the start of service, a break at the door included, setup not."""
        return self.start - self.arrival - self.setup


@dataclass(frozen=True, slots=True)
class Schedule:
    """A route in time. ``cost`` and ``penalty`` are in the depot's currency, distances in metres.

    ``breaks`` are all breaks in order, ``rests`` those among them that the driving rule asks for.
    ``reloads`` and ``charges`` are spent at the depot and at chargers. ``load`` is the most of each
    dimension that is ever on board, ``brought`` all that is delivered. ``inner_metres`` are driven
    straight from one stop to the next. ``penalty`` is what soft lateness, other drivers and foreign
    territory cost by their prices. ``co2e`` is in kg, well to wheel.
    """

    route: RouteId
    start: datetime
    end: datetime
    visits: tuple[Visit, ...]
    breaks: tuple[Span, ...]
    return_travel: timedelta
    return_metres: int
    load: Load
    fullness: float
    overtime: timedelta
    cost: float
    violations: tuple[Violation, ...]
    reloads: tuple[Span, ...] = ()
    charges: tuple[Span, ...] = ()
    rests: tuple[Span, ...] = ()
    brought: Load = Load()
    inner_metres: int = 0
    penalty: float = 0.0
    co2e: float = 0.0

    @property
    def is_drivable(self) -> bool:
        """False where no road leads along it: its times and distances mean nothing."""
        return all(violation.rule is not Rule.UNREACHABLE for violation in self.violations)

    @property
    def duration(self) -> timedelta:
        """Paid time, breaks included."""
        return self.end - self.start

    @property
    def metres(self) -> int:
        """Whole distance, return included."""
        return sum(visit.metres for visit in self.visits) + self.return_metres

    @property
    def driving(self) -> timedelta:
        """Travel time without breaks."""
        return sum((visit.travel for visit in self.visits), self.return_travel)

    @property
    def setup(self) -> timedelta:
        """The sum over all stops."""
        return sum((visit.setup for visit in self.visits), timedelta())

    @property
    def lateness(self) -> timedelta:
        """The sum over all stops, soft lateness not counted."""
        return sum((visit.lateness for visit in self.visits), timedelta())

    @property
    def soft_lateness(self) -> timedelta:
        """The sum over all stops."""
        return sum((visit.soft_lateness for visit in self.visits), timedelta())

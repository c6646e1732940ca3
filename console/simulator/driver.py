"""A driver who drives: along real streets, with her own pace, customers who are not there, breaks.

She knows what her phone was given (a manifest) and nothing of the plan. Her life is a generator: it
yields the moment at which it goes on, ``PARKED`` until she is told something, or a ``Drive`` whose
``Street`` it is sent. What happens at a door depends on the order and the seed, not on who comes.
"""

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from console.dispatch.kindofday import Scenario
from console.dispatch.manifests import Manifest, ManifestStop
from console.domain.load import Load
from console.domain.places import Coordinate
from console.domain.plan import Cause, FactKind, StopId
from console.domain.watching import Line, Plane
from console.simulator.clock import SimulatedClock
from console.simulator.phone import Phone, Whereabouts

PARKED = None
RINGS = timedelta(minutes=3)  # how long she waits where nobody is there
SEARCHES = timedelta(minutes=6)  # and looks for a door that is not there


@dataclass(frozen=True, slots=True)
class Drive:
    """She wants to go from here to there."""

    origin: Coordinate
    target: Coordinate


@dataclass(frozen=True, slots=True)
class Street:
    """The way there: its line on the driver's plane, and the seconds it takes on a usual day."""

    line: Line
    seconds: float


Life = Generator[datetime | Drive | None, Street | None, None]


@dataclass(frozen=True, slots=True)
class Misfortunes:
    """What will happen on this day to this driver, in moments."""

    breakdowns: tuple[tuple[datetime, timedelta | None], ...] = ()
    holds: tuple[tuple[datetime, timedelta], ...] = ()
    slow: tuple[tuple[datetime, datetime, float], ...] = ()
    closures: tuple[tuple[datetime, datetime, float, Coordinate, float], ...] = ()
    not_before: datetime | None = None
    ill_at: datetime | None = None
    silences: tuple[tuple[datetime, datetime], ...] = ()
    lost: frozenset[StopId] = frozenset()


@dataclass(slots=True)
class _Leg:
    begins: datetime
    seconds: float
    line: Line
    stands: tuple[datetime, timedelta] | None = None

    def where(self, now: datetime) -> Whereabouts:
        moved = (now - self.begins).total_seconds()
        stands = False
        if self.stands is not None and now > self.stands[0]:
            stood = min(now - self.stands[0], self.stands[1])
            stands = stood < self.stands[1]
            moved -= stood.total_seconds()
        share = min(1.0, moved / self.seconds) if self.seconds else 1.0
        xy, heading = self.line.at(share * self.line.metres)
        return xy, heading, 0.0 if stands else self.line.metres / max(1.0, self.seconds)


@dataclass(slots=True)
class Driver:
    """One driver at work; ``number`` is that of her route."""

    number: int
    clock: SimulatedClock
    scenario: Scenario
    fate: Misfortunes
    manifest: Manifest
    plane: Plane
    here: Coordinate
    phone: Phone = field(init=False)
    phone_life: Iterator[datetime] = field(init=False)
    is_withdrawn: bool = False
    is_out: bool = False
    is_home: bool = False
    done: set[StopId] = field(default_factory=set[StopId])
    rested: int = 0
    _leg: _Leg | None = None
    _told_closures: set[int] = field(default_factory=set[int])
    _dice: Random = field(init=False)
    _last_begin: datetime = datetime.min.replace(tzinfo=UTC)
    _free_since: datetime = datetime.min.replace(tzinfo=UTC)

    def __post_init__(self) -> None:
        self._dice = self._random("drives")
        self.phone = Phone(
            self.manifest.route,
            self.clock,
            self.scenario,
            self._random("phone"),
            self.plane,
            self.whereabouts,
            self.fate.silences,
        )
        self.phone_life = self.phone.life()

    def suffer(self, fate: Misfortunes) -> None:
        """Something else is in store for her from now on."""
        self.fate, self.phone.silences = fate, fate.silences

    def whereabouts(self) -> Whereabouts | None:
        """Where she really is; None while she is not at work."""
        if not self.is_out:
            return None
        if self._leg is not None:
            return self._leg.where(self.clock.now())
        return self.plane.xy(self.here), None, 0.0

    def life(self) -> Life:
        """Her day, from the first manifest to the last fact."""
        if not (yield from self._comes()):
            self.phone.say(FactKind.EXCEPTION, self.manifest.route, Cause.ILLNESS)
            return
        while self.is_withdrawn:
            yield PARKED
        self.is_out = True
        self.phone.say(FactKind.DEPARTED, self.manifest.route)
        if (yield from self._round()):
            yield from self._drive(self.manifest.depot or self.here)
            self.is_home = True
            self.phone.say(FactKind.RETURNED, self.manifest.route)
            self.is_out = False

    def _comes(self) -> Generator[datetime, Street | None, bool]:
        """Until she leaves; False where she is ill. Her fate may change while she waits."""
        if self.fate.ill_at is not None:
            yield self.fate.ill_at
            return False
        yield self._leaving()
        while self.fate.not_before is not None and self.clock.now() < self.fate.not_before:
            yield self.fate.not_before
        return self.fate.ill_at is None

    def _leaving(self) -> datetime:
        """When she leaves: a little after she is asked to, not before the depot is ready."""
        late = timedelta(seconds=abs(self._dice.gauss(0, 150)))
        wanted = (self.manifest.leaves or self.clock.now()) + late
        return max(wanted, self.fate.not_before or wanted, self.clock.now())

    def _round(self) -> Generator[datetime | Drive | None, Street | None, bool]:
        """All stops; False where she cannot go on."""
        while True:
            stop = self._next()
            if stop is None or stop.point is None:
                if not self.is_withdrawn:
                    return True
                yield PARKED
                continue
            yield from self._rest()
            if not (yield from self._drive(stop.point)):
                return False
            if stop.stop in {each.stop for each in self.manifest.stops}:  # not taken away meanwhile
                yield from self._visit(stop)

    def _next(self) -> ManifestStop | None:
        if self.is_withdrawn:
            return None
        ahead = (stop for stop in self.manifest.stops if stop.stop not in self.done)
        return next((stop for stop in ahead if stop.point is not None), None)

    def _rest(self) -> Generator[datetime, Street | None, None]:
        """The break, when it is due and the next stop is behind her."""
        due = self.manifest.breaks[:1]
        if self.rested or not due or self.clock.now() < due[0][0] - timedelta(minutes=4):
            return
        begins, ends = due[0]
        self.rested += 1
        self.phone.say(FactKind.BREAK_BEGAN, self.manifest.route)
        over = timedelta(seconds=abs(self._dice.gauss(0, 90)))
        yield self.clock.now() + (ends - begins) + over
        self.phone.say(FactKind.BREAK_ENDED, self.manifest.route)

    # -- driving ---------------------------------------------------------------------------------

    def _drive(self, target: Coordinate) -> Generator[datetime | Drive | None, Street | None, bool]:
        """To a place; False where the vehicle broke down for good on the way."""
        street = yield Drive(self.here, target)
        if street is None:
            raise AssertionError("a drive is answered with its street")
        begins = self.clock.now()
        seconds = street.seconds * self._slowness(begins, street)
        self._leg = _Leg(begins, seconds, street.line)
        ends = begins + timedelta(seconds=seconds)
        broken = next((b for b in self.fate.breakdowns if begins <= b[0] < ends), None)
        if broken is None:
            broken = self._overdue(begins)
        if broken is not None:
            at, stands = max(broken[0], begins), broken[1]
            self._leg.stands = (at, stands or timedelta(days=1))
            yield at
            self.phone.say(FactKind.EXCEPTION, self.manifest.route, Cause.BREAKDOWN)
            if stands is None:
                return False
            ends += stands
        yield ends
        self._leg, self.here = None, target
        return True

    def _overdue(self, begins: datetime) -> tuple[datetime, timedelta | None] | None:
        """A breakdown that fell into a visit happens when she wants to go on."""
        last = self._last_begin
        self._last_begin = begins
        return next((b for b in self.fate.breakdowns if last <= b[0] < begins), None)

    def _slowness(self, now: datetime, street: Street) -> float:
        spread = self.scenario.drive_spread
        factor = self.scenario.pace * math.exp(self._dice.gauss(-spread * spread / 2, spread))
        for begins, ends, slower in self.fate.slow:
            factor *= slower if begins <= now < ends else 1.0
        for i, (begins, ends, slower, centre, radius) in enumerate(self.fate.closures):
            if begins <= now < ends:
                share = _within(street.line, self.plane.xy(centre), radius)
                factor *= 1 + (slower - 1) * share
                if share and i not in self._told_closures:
                    self._told_closures.add(i)
                    self.phone.say(FactKind.EXCEPTION, self.manifest.route, Cause.TRAFFIC)
        return factor

    # -- at the door -----------------------------------------------------------------------------

    def _visit(self, stop: ManifestStop) -> Generator[datetime, Street | None, None]:
        arrived = self.clock.now()
        dice = Random(f"{self.scenario.seed} door {stop.orders[0]}")  # noqa: S311 - a rehearsal
        absent, refused, work = dice.random(), dice.random(), dice.gauss(0, 1)
        spread = self.scenario.service_spread
        service = stop.service * math.exp(spread * work - spread * spread / 2)
        begins = _opened(stop, arrived) + stop.setup
        kind, cause, spent = _outcome(stop), None, service
        if stop.stop in self.fate.lost:
            kind, cause, spent = FactKind.FAILED, Cause.ADDRESS, SEARCHES
        elif absent < self.scenario.absent:
            kind, cause, spent = FactKind.FAILED, Cause.ABSENT, RINGS
        elif refused < self.scenario.refused:
            kind, cause = FactKind.FAILED, Cause.REFUSED
        ends = begins + spent
        held = ends + self._held(ends)
        yield max(held, arrived)
        if ends + self._held(ends) > held:  # somebody held her up meanwhile
            yield ends + self._held(ends)
        self._free_since = ends
        self.done.add(stop.stop)
        self.phone.say(kind, stop.stop, cause)

    def _held(self, ends: datetime) -> timedelta:
        """What holds her up at this door: what fell into the visit, or the drive to it."""
        holds = (more for at, more in self.fate.holds if self._free_since <= at < ends)
        return sum(holds, timedelta())

    def _random(self, what: str) -> Random:
        return Random(f"{self.scenario.seed} {self.number} {what}")  # noqa: S311 - a rehearsal


def _outcome(stop: ManifestStop) -> FactKind:
    is_pickup = stop.load == Load() != stop.collected
    return FactKind.COLLECTED if is_pickup else FactKind.DELIVERED


def _opened(stop: ManifestStop, arrived: datetime) -> datetime:
    """When she may begin: at once, or when the next window opens."""
    for window in stop.windows:
        if arrived <= window.latest:
            return max(arrived, window.earliest)
    return arrived


def _within(line: Line, centre: tuple[float, float], radius: float) -> float:
    """The share of a line's points that lie within a circle."""
    points = line.points
    inside = sum(math.dist(point, centre) <= radius for point in points)
    return inside / len(points) if points else 0.0

"""What a driver carries: her stops in order with all she needs at the door, and what has changed.

A manifest holds personal data: it is made from the registers when it is handed over, and is stored
nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.dispatch.picture import DriverLabel, Picture, StopLabel
from console.domain.load import Load
from console.domain.orders import OrderId, TimeWindow
from console.domain.places import Coordinate
from console.domain.plan import Plan, RouteId, Stop, StopId
from console.domain.visits import Span
from console.tongues import phrase, tr, trn

_NOBODY = DriverLabel(0, "")
_NOWHERE = StopLabel("")


@dataclass(frozen=True, slots=True)
class ManifestStop:
    """One stop; ``number`` is its place on the route from 1, ``eta`` None without travel times."""

    number: int
    stop: StopId
    orders: tuple[OrderId, ...]
    label: StopLabel
    windows: tuple[TimeWindow, ...]
    service: timedelta
    setup: timedelta
    load: Load
    collected: Load
    skills: tuple[str, ...]
    eta: datetime | None = None

    @property
    def point(self) -> Coordinate | None:
        """Where it is."""
        return self.label.coordinate


@dataclass(frozen=True, slots=True)
class Manifest:
    """A route as its driver is given it. ``version`` is the plan's; ``stops`` those not done yet.

    ``depot`` is where it begins, ``leaves`` and ``back`` are None without travel times;
    ``breaks`` are when they are planned.
    """

    route: RouteId
    version: int
    driver: DriverLabel
    zone: ZoneInfo
    stops: tuple[ManifestStop, ...]
    depot: Coordinate | None = None
    leaves: datetime | None = None
    back: datetime | None = None
    breaks: tuple[Span, ...] = ()

    def text(self) -> str:
        """Plain text, a line or two a stop, on the depot's clock."""
        head = " · ".join(part for part in (self.driver.name, self.driver.plate) if part)
        span = f"{self._clock(self.leaves)}-{self._clock(self.back)}" if self.leaves else ""
        count = trn("{n} stop", "{n} stops", len(self.stops))
        version = tr("(version {version})", version=self.version)
        lines = [f"{head}  {span}  {count}  {version}".rstrip()]
        for each in self.stops:
            lines += self._lines(each)
        return "\n".join(lines) + "\n"

    def _lines(self, each: ManifestStop) -> list[str]:
        label = each.label
        windows = ", ".join(
            f"{self._clock(w.earliest)}-{self._clock(w.latest)}" for w in each.windows
        )
        where = ", ".join(part for part in (label.street, label.town) if part)
        first = f"{each.number:3}  {self._clock(each.eta):5}  {where}"
        people = "  ".join((*label.recipients, *label.phones))
        goods = [tr("{pieces:g} pcs", pieces=each.load.pieces)] if each.load.pieces else []
        goods += (
            [tr("collect {pieces:g} pcs", pieces=each.collected.pieces)]
            if each.collected.pieces
            else []
        )
        second = " · ".join(
            part for part in (people, windows, *goods, *each.skills, *label.notes) if part
        )
        return [first, f"            {second}"] if second else [first]

    def _clock(self, moment: datetime | None) -> str:
        return "" if moment is None else moment.astimezone(self.zone).strftime("%H:%M")


@dataclass(frozen=True, slots=True)
class ManifestChanges:
    """How a manifest differs from the one given out at ``since``; only open stops count.

    ``moved`` are served in another order than those around them, ``amended`` differ in themselves.
    """

    since: int
    added: tuple[StopId, ...] = ()
    removed: tuple[StopId, ...] = ()
    moved: tuple[StopId, ...] = ()
    amended: tuple[StopId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved or self.amended)

    @property
    def sentence(self) -> str:
        """In a few words: 2 added, 1 taken away."""
        counts = (
            (len(self.added), phrase("{n} added", n=len(self.added))),
            (len(self.removed), phrase("{n} taken away", n=len(self.removed))),
            (len(self.moved), phrase("{n} in another place", n=len(self.moved))),
            (len(self.amended), phrase("{n} changed", n=len(self.amended))),
        )
        return ", ".join(str(what) for n, what in counts if n) or tr("nothing has changed")


def manifest_of(picture: Picture, route: RouteId) -> Manifest:
    """What the driver of this route has to do from now on."""
    plan, schedule = picture.plan, picture.schedules.get(route)
    shift = plan.routes[route].shift
    stops = tuple(_stop(picture, stop) for stop in plan.stops_of(route) if stop.is_open)
    return Manifest(
        route,
        plan.version,
        picture.drivers.get(route, _NOBODY),
        picture.zone,
        stops,
        picture.depots.get(shift.place),
        schedule.start if schedule else None,
        schedule.end if schedule else None,
        schedule.breaks if schedule else (),
    )


def _stop(picture: Picture, stop: Stop) -> ManifestStop:
    visit = picture.visits.get(stop.id)
    return ManifestStop(
        picture.numbers[stop.id],
        stop.id,
        tuple(order.id for order in stop.orders),
        picture.labels.get(stop.id, _NOWHERE),
        stop.windows,
        stop.service_time,
        stop.setup,
        stop.load,
        stop.collected,
        stop.skills,
        visit.start if visit else None,
    )


def changes(
    plan: Plan, route: RouteId, since: int, given: Mapping[StopId, Stop]
) -> ManifestChanges:
    """What is new to a driver who was given these stops in this order."""
    present = [stop for stop in plan.stops_of(route) if stop.is_open]
    now = {stop.id for stop in present}
    done = {stop for stop in given if stop in plan.stops and not plan.stops[stop].is_open}
    before = [stop for stop in given if stop in now]
    after = [stop.id for stop in present if stop.id in given]
    return ManifestChanges(
        since,
        tuple(stop.id for stop in present if stop.id not in given),
        tuple(stop for stop in given if stop not in now and stop not in done),
        _moved(before, after),
        tuple(s.id for s in present if s.id in given and _differs(s, given[s.id])),
    )


def _moved(before: list[StopId], after: list[StopId]) -> tuple[StopId, ...]:
    """The fewest stops that have to move to make one order the other one."""
    rank = {stop: i for i, stop in enumerate(before)}
    longest: list[list[StopId]] = []  # by length, the rising run that ends lowest
    for stop in after:
        at = next((i for i, run in enumerate(longest) if rank[run[-1]] > rank[stop]), len(longest))
        run = [*longest[at - 1], stop] if at else [stop]
        longest[at : at + 1] = [run]
    kept = set(longest[-1]) if longest else set[StopId]()
    return tuple(stop for stop in after if stop not in kept)


def _differs(one: Stop, other: Stop) -> bool:
    return (one.orders, one.place) != (other.orders, other.place)

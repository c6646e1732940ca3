"""A real day for the views' tests: plan, straight-line travel, schedules, and hands that move.

Nothing here is invented but names and numbers: commands, integrity, schedules and previews are
the product's own; ``DayHands`` only carries them out at once, with an undo stack.
"""

import random
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from console.dispatch.picture import (
    DriverLabel,
    DropPreview,
    Picture,
    PictureChange,
    StopLabel,
    Totals,
)
from console.domain.commands import Command, MoveStops
from console.domain.errors import Rejected
from console.domain.fleet import BreakRule, DepotId, DriverId, Rates, Shift, VehicleId
from console.domain.integrity import check
from console.domain.load import Capacity, Load
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.patch import diff
from console.domain.places import Certainty, Coordinate, PlaceId
from console.domain.plan import Day, Plan, Route, RouteId, Stop, StopId
from console.domain.schedule import Schedule, schedule_plan, schedule_stops
from console.domain.travel import TravelMatrix
from console.domain.violations import Violation
from console.ui.harm import worst
from console.ui.signals import Signals

ZONE = ZoneInfo("Europe/Copenhagen")
DAY = date(2026, 11, 23)
DEPOT = PlaceId("depot")
NAMES = (
    "Mette Holm", "Jonas Krogh", "Amira Said", "Lars Winther", "Petra Novak", "Yusuf Demir",
    "Sofie Lund", "Tomasz Zaj", "Ida Brandt", "Omar Haddad",
)  # fmt: skip
STREETS = (
    "Lyrskovgade", "Sankelmarksgade", "Amagerbrogade", "Islands Brygge", "Nørre Voldgade",
    "Gothersgade", "Holmbladsgade", "Peblinge Dossering", "Vesterbrogade", "Esbern Snares Gade",
    "Gammel Strand", "Knabrostræde", "Vandkunsten", "Overgaden Oven Vandet", "Bremerholm",
)  # fmt: skip
METRES_PER_SECOND = 5.0
SHIFT = timedelta(hours=6)


def at(hour: int, minute: int = 0) -> datetime:
    """A local time of the day, in UTC."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@dataclass(frozen=True)
class City:
    """Points and the travel between them."""

    points: dict[PlaceId, Coordinate]
    matrix: TravelMatrix


def city(routes: int, stops: int, spare: int, seed: int) -> City:
    """A depot, a cluster of points per route, and points for what has no driver."""
    dice = random.Random(seed)
    points = {DEPOT: Coordinate(55.66, 12.54)}
    for r in range(routes):
        lat, lon = 55.64 + dice.random() * 0.07, 12.50 + dice.random() * 0.12
        for s in range(stops):
            spot = Coordinate(lat + dice.uniform(-0.006, 0.006), lon + dice.uniform(-0.01, 0.01))
            points[PlaceId(f"p{r}-{s}")] = spot
    for s in range(spare):
        spot = Coordinate(55.65 + dice.random() * 0.05, 12.52 + dice.random() * 0.08)
        points[PlaceId(f"p-{s}")] = spot
    return City(points, straight(points))


def straight(points: dict[PlaceId, Coordinate]) -> TravelMatrix:
    """Travel as the crow flies, 18 km/h; by plane geometry, which is quick enough for 1,000."""
    flat = [(p.lat * 111_195, p.lon * 62_700) for p in points.values()]
    metres = array(
        "I", (round(((a - c) ** 2 + (b - d) ** 2) ** 0.5) for a, b in flat for c, d in flat)
    )
    seconds = array("I", (round(m / METRES_PER_SECOND) for m in metres))
    return TravelMatrix(tuple(points), seconds, metres, source="straight lines")


def order(place: PlaceId, number: int, dice: random.Random, window: TimeWindow | None) -> Order:
    """An order of ordinary size; every seventh needs a tail lift, every ninth comes first."""
    return Order(
        OrderId(f"DS-{number:05d}"),
        place,
        Load(dice.randint(1, 4), float(dice.randint(1, 30)), dice.randint(1, 20) / 100),
        (window,) if window else (),
        timedelta(minutes=dice.choice((3, 4, 5, 6, 8, 12))),
        ("lift",) if number % 7 == 0 else (),
        Priority.HIGH if number % 9 == 0 else Priority.NORMAL,
    )


def shift(number: int, start: datetime, length: timedelta) -> Shift:
    """A van with room for a usual route, and a break after six hours or from eleven."""
    return Shift(
        DriverId(f"d{number}"),
        VehicleId(f"v{number}"),
        DepotId("south"),
        DEPOT,
        start,
        start + length,
        Capacity(90, 450.0, 4.0),
        ("lift",),
        Rates(30.0, 0.4, 24.0),
        BreakRule(timedelta(minutes=30), at(10), at(13), timedelta(hours=3)),
        timedelta(minutes=30),
    )


def windowed(plan: Plan, schedules: dict[RouteId, Schedule], dice: random.Random) -> Plan:
    """Every third order gets a window around its present time; a few are promised too early."""
    stops: list[Stop] = []
    visits = [visit for schedule in schedules.values() for visit in schedule.visits]
    for i, visit in enumerate(visits):
        too_early = i % 31 == 7
        if too_early or dice.random() < 0.4:
            slack = timedelta(minutes=-11 if too_early else dice.choice((8, *range(40, 200, 8))))
            early = visit.start - timedelta(minutes=dice.choice((30, 40, 90)))
            window = TimeWindow(early, visit.start + slack)
            stop = plan.stops[visit.stop]
            stops.append(
                replace(stop, orders=tuple(replace(o, windows=(window,)) for o in stop.orders))
            )
    return plan.with_stops(stops)


def build_plan(routes: int, stops: int, spare: int, seed: int) -> tuple[Plan, City]:
    """``routes`` x ``stops`` served by their nearest neighbour, and ``spare`` unassigned."""
    dice, town = random.Random(seed), city(routes, stops, spare, seed)
    made: dict[StopId, Stop] = {}
    lanes: dict[RouteId, Route] = {}
    for r in range(routes):
        route = RouteId(f"r{r + 1}")
        ids: list[StopId] = []
        for place in chained([PlaceId(f"p{r}-{s}") for s in range(stops)], town.matrix):
            number = len(made) + 1
            stop = StopId(f"s{number}")
            made[stop] = Stop(stop, place, (order(place, number, dice, None),), route)
            ids.append(stop)
        begin = at(7) + timedelta(minutes=15 * (r % 5))
        lanes[route] = Route(route, shift(r + 1, begin, SHIFT), tuple(ids))
    for s in range(spare):
        number, place = len(made) + 1, PlaceId(f"p-{s}")
        stop = StopId(f"s{number}")
        made[stop] = Stop(stop, place, (order(place, number, dice, None),))
    day = Day(DepotId("south"), DAY, ZONE.key)
    plan = Plan(1, day, made, lanes)
    plan = windowed(plan, schedule_plan(plan, town.matrix), dice)
    return plan, town


def chained(places: list[PlaceId], matrix: TravelMatrix) -> list[PlaceId]:
    """The places, each the nearest to the one before."""
    left, here, chain = set(places), DEPOT, list[PlaceId]()
    while left:
        here = min(left, key=lambda p: (matrix.metres(here, p), p))
        left.remove(here)
        chain.append(here)
    return chain


def label(stop: Stop, town: City) -> StopLabel:
    """A street and a name."""
    number = int(stop.id[1:])
    street = f"{STREETS[number % len(STREETS)]} {number}"
    point = town.points[stop.place]
    return StopLabel(street, "København", (f"Consignee {number}",), ("12 34 56 78",), (), point,
                     Certainty.ROOFTOP)  # fmt: skip


def paint_picture(plan: Plan, town: City, before: Picture | None = None) -> Picture:
    """The picture of a plan; schedules of unchanged routes are taken from ``before``."""
    schedules: dict[RouteId, Schedule] = {}
    for route in plan.routes.values():
        kept = before.schedules.get(route.id) if before else None
        same = before is not None and all(
            before.plan.stops.get(s) is plan.stops[s] for s in route.stops
        ) and before.plan.routes.get(route.id) is route  # fmt: skip
        found = kept if same else schedule_stops(plan, route, plan.stops_of(route.id), town.matrix)
        if found:
            schedules[route.id] = found
    visits = {visit.stop: visit for s in schedules.values() for visit in s.visits}
    labels = before.labels if before else {s.id: label(s, town) for s in plan.stops.values()}
    return Picture(
        plan=plan,
        zone=ZONE,
        schedules=schedules,
        drivers=before.drivers if before else drivers(plan),
        labels=labels,
        visits=visits,
        numbers={s: i + 1 for r in plan.routes.values() for i, s in enumerate(r.stops)},
        totals=Totals(len(plan.stops), len(visits), len(plan.unassigned)),
        depot_name="Copenhagen South",
        depots={DEPOT: town.points[DEPOT]},
        is_timed=True,
    )


def drivers(plan: Plan) -> dict[RouteId, DriverLabel]:
    """Names and plates, the first ten from the look pictures."""
    return {
        route: DriverLabel(i + 1, NAMES[i % len(NAMES)], f"EV {i + 4:02d}")
        for i, route in enumerate(plan.routes)
    }


class DayHands:
    """Hands on one day: applies commands, checks them, tells the views, undoes."""

    def __init__(self, plan: Plan, town: City, signals: Signals) -> None:
        self._town, self._signals = town, signals
        self._picture = paint_picture(plan, town)
        self._before: list[Picture] = []
        self.acted: list[str] = []
        self.refused: list[str] = []
        self.asked: list[str] = []
        self.moves: list[tuple[tuple[StopId, ...], RouteId | None, StopId | None]] = []
        self.previewed = 0

    @property
    def picture(self) -> Picture:
        return self._picture

    def submit(self, command: Command, base: int | None = None) -> bool:
        before = self._picture.plan
        try:
            after = command.apply(before)
            patch = diff(before, after)
            check(before, after, patch)
        except Rejected as no:
            self.refused.append(no.reason)
            return False
        self._before.append(self._picture)
        self._show(patch.apply(before))
        return True

    def undo(self) -> None:
        self._show(self._before.pop().plan)

    def _show(self, plan: Plan) -> None:
        before, patch = self._picture, diff(self._picture.plan, plan)
        self._picture = paint_picture(plan, self._town, before)
        routes = {RouteId(d.key) for d in patch.routes}
        for delta in patch.stops:
            routes |= {s.route for s in (delta.before, delta.after) if s and s.route}
        stops = frozenset(StopId(d.key) for d in patch.stops)
        change = PictureChange(before, self._picture, frozenset(routes), stops)
        self._signals.planChanged.emit(change)

    def move(
        self, stops: Sequence[StopId], to: RouteId | None, after: StopId | None, *, forced: bool
    ) -> bool:
        self.moves.append((tuple(stops), to, after))
        found = self.preview(stops, to, after) if to else None
        if found is not None and found.harm is not None and not forced:
            self.refused.append(found.harm.rule)
            return False
        if found is not None and found.harm is not None:
            self.asked.append(found.harm.rule)
        return self.submit(self._command(tuple(stops), to, after))

    def try_shift(self, route: RouteId, shift: Shift) -> DropPreview | None:
        entry, plan = self._picture.plan.routes[route], self._picture.plan
        stops, now = plan.stops_of(route), self._picture.schedules.get(route)
        then = schedule_stops(plan, replace(entry, shift=shift), stops, self._town.matrix)
        cost = (then.cost if then else 0.0) - (now.cost if now else 0.0)
        return DropPreview(route, None, 0, cost, 0, _new_harm(then, now) if then else None, then)

    def carry_out(self, command: Command) -> None:
        self.submit(command)

    def _command(
        self, stops: tuple[StopId, ...], to: RouteId | None, after: StopId | None
    ) -> MoveStops:
        if to is None or after is not None:
            return MoveStops(stops, to, after)
        rest = [s for s in self._picture.plan.routes[to].stops if s not in stops]
        return MoveStops(stops, to, None, rest[0] if rest else None)

    def previews(
        self, stops: Sequence[StopId], routes: Collection[RouteId] | None = None
    ) -> dict[RouteId, DropPreview]:
        self.previewed += 1
        made: dict[RouteId, DropPreview] = {}
        for route in self._picture.plan.routes.values():
            wanted = routes is None or route.id in routes
            if wanted and not route.is_frozen and not route.off:
                rest = [s for s in route.stops if s not in stops]
                places = [None, *rest[:: max(1, len(rest) // 8)], *rest[-1:]]
                tried = [self.preview(stops, route.id, after) for after in places]
                made[route.id] = min(
                    (p for p in tried if p), key=lambda p: (p.harm is not None, p.cost)
                )
        return made

    def preview(
        self, stops: Sequence[StopId], to: RouteId, after: StopId | None
    ) -> DropPreview | None:
        plan = self._picture.plan
        command = self._command(tuple(stops), to, after)
        try:
            moved = command.apply(plan)
        except Rejected:
            return None
        changed = [r.id for r in moved.routes.values() if r is not plan.routes[r.id]]
        then = {
            r: schedule_stops(moved, moved.routes[r], moved.stops_of(r), self._town.matrix)
            for r in changed
        }
        now = {r: self._picture.schedules.get(r) for r in changed}
        target = then.get(to) or self._picture.schedules.get(to)
        return DropPreview(
            to,
            after,
            sum(_seconds(s) for s in then.values()) - sum(_seconds(s) for s in now.values()),
            sum(s.cost for s in then.values() if s) - sum(s.cost for s in now.values() if s),
            sum(1 for v in target.visits if v.lateness) if target else 0,
            _new_harm(target, now.get(to)),
            target,
        )

    def why_not(self, stops: Sequence[StopId], to: RouteId | None) -> str:
        plan = self._picture.plan
        routes = [plan.routes[r] for s in stops if (r := plan.stops[s].route)]
        routes += [plan.routes[to]] if to else []
        locked = next((r for r in routes if r.is_frozen), None)
        if locked is not None:
            return "locked"
        return "" if all(plan.stops[s].is_open for s in stops) else "already served"

    def act(self, name: str) -> None:
        self.acted.append(name)


def _seconds(schedule: Schedule | None) -> int:
    return int(schedule.driving.total_seconds()) if schedule else 0


def _new_harm(then: Schedule | None, now: Schedule | None) -> Violation | None:
    """The worst rule that the drop breaks and that was not broken about as much before."""
    known = {(v.rule, v.stop, v.unit): v.amount for v in now.violations} if now else {}
    fresh = [
        v
        for v in (then.violations if then else ())
        if v.is_harm and v.amount > known.get((v.rule, v.stop, v.unit), -60) + 59
    ]
    return worst(fresh)


def build_day(
    signals: Signals, routes: int = 10, stops: int = 25, spare: int = 9, seed: int = 4
) -> DayHands:
    """A day's hands: ``routes`` drivers with ``stops`` stops each, ``spare`` without a driver."""
    plan, town = build_plan(routes, stops, spare, seed)
    return DayHands(plan, town, signals)

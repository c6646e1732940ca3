"""Days for the planning tests: places on a plane, straight lines times 1.3, vans and windows."""

import math
import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from console.domain.fleet import BreakRule, DepotId, DriverId, Rates, Shift, VehicleId
from console.domain.load import Capacity, Load
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Day, Plan, Route, RouteId, Stop, StopId
from console.domain.travel import TravelMatrix

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
DEPOT = PlaceId("depot")


def at(hours: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hours)


def window(earliest: float, latest: float) -> TimeWindow:
    return TimeWindow(at(earliest), at(latest))


def straight(points: Sequence[tuple[float, float]], speed: float = 9.0) -> TravelMatrix:
    """Points in metres, the first is the depot; a little longer one way than the other."""
    metres = array("I")
    seconds = array("I")
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            road = 0.0 if i == j else 1.3 * math.dist(a, b) * (1.05 if i < j else 1.0) + 50
            metres.append(round(road))
            seconds.append(round(road / speed))
    places = (DEPOT, *(PlaceId(f"p{i}") for i in range(1, len(points))))
    return TravelMatrix(places, seconds, metres)


def shift(name: str = "A", start: float = 8, end: float = 16, **given: Any) -> Shift:
    told: dict[str, Any] = {
        "capacity": Capacity(pieces=100, kg=500, m3=5),
        "rates": Rates(fixed=35, per_km=0.38, per_hour=34),
        "break_rule": BreakRule(timedelta(minutes=30), at(11.5), at(13.5)),
        "max_overtime": timedelta(minutes=30),
        **given,
    }
    return Shift(
        DriverId(name),
        VehicleId(f"van {name}"),
        DepotId("d"),
        DEPOT,
        at(start),
        at(end),
        **told,
    )


def stop(i: int, *, route: str | None = None, **given: Any) -> Stop:
    """The stop at place ``p{i}`` with one order; keywords of Order and of Stop."""
    of_stop = {k: given.pop(k) for k in ("pinned", "overrides", "status") if k in given}
    told: dict[str, Any] = {
        "load": Load(1, 5.0, 0.02),
        "service_time": timedelta(minutes=4),
        **given,
    }
    order = Order(OrderId(f"o{i}"), PlaceId(f"p{i}"), **told)
    owner = None if route is None else RouteId(route)
    return Stop(StopId(f"s{i}"), PlaceId(f"p{i}"), (order,), owner, **of_stop)


def plan(shifts: Sequence[Shift], stops: Sequence[Stop]) -> Plan:
    routes = [
        Route(RouteId(str(s.driver)), s, tuple(x.id for x in stops if x.route == RouteId(s.driver)))
        for s in shifts
    ]
    day = Day(DepotId("d"), date(2026, 11, 23), "UTC")
    empty = Plan(day=day)
    return empty.with_routes(routes).with_stops(stops)


@dataclass(frozen=True)
class City:
    plan: Plan
    matrix: TravelMatrix


def city(stops: int, vans: int, seed: int = 0, size: float = 9_000) -> City:
    """A random day: windows, skills, priorities, mixed loads and shifts."""
    dice = random.Random(seed)
    points = [(size / 2, size / 2)]
    points += [(dice.uniform(0, size), dice.uniform(0, size)) for _ in range(stops)]
    spans = [None, None, None, (8, 12), (9, 11), (10, 10.5), (12, 16), (13, 17)]
    made = []
    for i in range(1, stops + 1):
        span = dice.choice(spans)
        made.append(
            stop(
                i,
                windows=() if span is None else (window(*span),),
                load=Load(dice.randint(1, 4), round(dice.uniform(0.5, 12), 1), 0.03),
                skills=("cold",) if dice.random() < 0.1 else (),
                priority=dice.choice([Priority.HIGH, *[Priority.NORMAL] * 4, Priority.LOW]),
            )
        )
    shifts = [
        shift(f"V{k}", 7 + k % 3, 15.5 + k % 3, skills=("cold",) if k % 3 == 0 else ())
        for k in range(vans)
    ]
    return City(plan(shifts, made), straight(points))


def tight(seed: int) -> City:
    """A day with more than its vans can do, of every kind of order."""
    dice = random.Random(seed)
    day = city(14, 3, seed)
    stops = list(day.plan.stops.values())
    given: dict[int, dict[str, object]] = {
        0: {"skills": ("adr",)},
        1: {"windows": (window(8, 8.1), window(15, 15.1))},
        2: {"load": Load(8, 60.0, 0.1)},
        3: {"deadline": at(7.5)},
        4: {"windows": (replace(window(6, 7), late_price=2.0),), "people": 2},
        5: {"pickup": stops[6].orders[0].id},
    }
    changed = [
        replace(one, orders=(replace(one.orders[0], **given.get(i, {})),))
        for i, one in enumerate(stops)
    ]
    routes = list(day.plan.routes.values())
    small = [
        replace(
            r,
            locked=i == 2,
            shift=replace(
                r.shift,
                capacity=Capacity(kg=55),
                max_stops=dice.choice([None, 4]),
                end=r.shift.start + timedelta(hours=dice.choice([1, 3, 8])),
            ),
        )
        for i, r in enumerate(routes)
    ]
    return City(dealt(day.plan.with_stops(changed), small, dice), day.matrix)


def dealt(told: Plan, routes: list[Route], dice: random.Random) -> Plan:
    """A few stops on each route, whatever they break; half of them wait."""
    loose = [replace(stop, route=None, pinned=False) for stop in told.stops.values()]
    dice.shuffle(loose)
    placed, filled = list[Stop](), list[Route]()
    for route in routes:
        mine = [
            replace(loose.pop(), route=route.id) for _ in range(min(len(loose), dice.randint(0, 4)))
        ]
        placed += mine
        filled.append(replace(route, stops=tuple(s.id for s in mine)))
    return told.with_stops((*loose, *placed)).with_routes(filled)

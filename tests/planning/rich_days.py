"""Random days that use all that orders and shifts can say, small enough to be checked by hand.

rich_city(8, 3, seed) -> City                        each feature with some probability
rich_city(8, 3, seed, features={"pickups"}) -> City  exactly these
"""

import math
import random
from array import array
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from console.domain.fleet import BreakRule, DepotId, DriverId, DrivingRule, Rates, Shift, VehicleId
from console.domain.load import Capacity, Load
from console.domain.objective import OBJECTIVES
from console.domain.orders import Order, OrderId, Priority, TimeWindow
from console.domain.places import PlaceId
from console.domain.plan import Plan, RouteId, Stop, StopId
from console.domain.travel import Slice, TravelMatrix
from tests.planning.days import City, at, plan

OF_ORDERS = frozenset(
    {
        "windows",
        "several",  # windows a stop
        "soft",
        "deadlines",
        "priorities",
        "optional",
        "skills",
        "people",
        "shared",  # more orders than one at a stop
        "setup",
        "collections",
        "pickups",
        "ready",
        "drivers",
        "territories",
        "pins",
    }
)
OF_SHIFTS = frozenset(
    {
        "depots",
        "ends",
        "open",  # ends at the last stop
        "fixed",  # start
        "limits",
        "tight",  # capacities
        "reloads",
        "range",
        "chargers",
        "profiles",
        "speeds",
        "driving",
        "breaks",
        "overtime",
        "fleet",  # vehicles and prices differ
    }
)
OF_DAYS = frozenset({"slices", "objectives"})
FEATURES = OF_ORDERS | OF_SHIFTS | OF_DAYS
SHARE = 0.35  # of the features that a day has, on average

FIRST, SECOND = PlaceId("depot"), PlaceId("depot 2")
HOMES = (PlaceId("home 1"), PlaceId("home 2"))
CHARGERS = (PlaceId("charger 1"), PlaceId("charger 2"))
FIXED = (FIRST, SECOND, *HOMES, *CHARGERS)
SPANS = ((8, 12), (9, 11), (10, 11), (12, 16), (13, 17))


def rich_city(
    stops: int,
    vans: int,
    seed: int = 0,
    *,
    features: Collection[str] | None = None,
    size: float = 12_000,
) -> City:
    """A random day with ``features`` (of ``FEATURES``), None for some of them."""
    dice = random.Random(seed)
    chosen = some_features(dice) if features is None else features
    assert FEATURES.issuperset(chosen)
    maker = _Maker(dice, frozenset(chosen), vans)
    told = plan([maker.shift(k) for k in range(vans)], maker.stops(stops))
    if "objectives" in chosen and told.day is not None:
        name = dice.choice(sorted(OBJECTIVES))
        told = replace(told, day=replace(told.day, objective=OBJECTIVES[name]))
    if "pins" in chosen:
        told = _pinned(told, dice)
    return City(told, maker.matrix(stops, size))


def some_features(dice: random.Random, but: Collection[str] = ()) -> list[str]:
    """A random choice of them without ``but``."""
    return [name for name in sorted(FEATURES) if dice.random() < SHARE and name not in but]


class _Maker:
    def __init__(self, dice: random.Random, features: frozenset[str], vans: int) -> None:
        self._dice = dice
        self._features = features
        self._drivers = [DriverId(f"V{k}") for k in range(vans)]

    def _has(self, feature: str, share: float = 0.5) -> bool:
        return feature in self._features and self._dice.random() < share

    def matrix(self, stops: int, size: float) -> TravelMatrix:
        """Roads between everything; stops lie anywhere, some of them at one place."""
        dice = self._dice
        middle = size / 2
        points = [(middle, middle), (size * 0.2, size * 0.8)]
        points += [(dice.uniform(0, size), dice.uniform(0, size)) for _ in range(4 + stops)]
        places = (*FIXED, *(PlaceId(f"p{i}") for i in range(1, stops + 1)))
        metres = array("I", [_road(a, b) for a in points for b in points])
        made = TravelMatrix(places, _seconds(metres, 9.0), metres)
        if "profiles" in self._features:
            ways = array("I", [round(each * 0.9) for each in metres])
            bike = TravelMatrix(places, _seconds(ways, 5.5), ways, "bike")
            made = replace(made, others={"bike": bike})
        return self._sliced(made) if "slices" in self._features else made

    def _sliced(self, made: TravelMatrix) -> TravelMatrix:
        rush = array("I", [round(each * 1.4) for each in made.durations])
        calm = made.durations
        hours = ((8, rush), (10, calm), (15, rush), (17, calm))
        return replace(
            made, slices=tuple(Slice(int(at(hour).timestamp()), cells) for hour, cells in hours)
        )

    def shift(self, k: int) -> Shift:
        dice, has = self._dice, self._has
        second = k > 0 and has("depots")
        start = dice.choice((7, 8, 9)) if "fleet" in self._features else 8
        end = start + dice.choice((7, 8, 9))
        rule = BreakRule(
            timedelta(minutes=30), at(11.5), at(13.5), timedelta(hours=dice.choice((3, 6)))
        )
        made = Shift(
            self._drivers[k],
            VehicleId(f"van {k}"),
            DepotId("e" if second else "d"),
            SECOND if second else FIRST,
            at(start),
            at(end),
            capacity=self._capacity(),
            skills=("cold",) if has("skills", 0.6) else (),
            vehicle_skills=("lift",) if has("skills", 0.6) else (),
            rates=self._rates(),
            break_rule=rule if has("breaks", 0.8) else None,
            max_overtime=timedelta(minutes=45 if has("overtime", 0.8) else 0),
            people=2 if has("people") else 1,
            end_place=dice.choice((*HOMES, SECOND)) if has("ends") else None,
            open_ended=has("open"),
            fixed_start=has("fixed"),
            co2e_per_km=0.25 if k % 2 else 0.0,
        )
        return self._limited(self._equipped(made))

    def _equipped(self, made: Shift) -> Shift:
        dice, has = self._dice, self._has
        if has("range", 0.7):
            made = replace(made, range_m=dice.randint(18_000, 40_000))
        if has("chargers", 0.8):
            made = replace(
                made,
                range_m=dice.randint(15_000, 28_000),
                chargers=CHARGERS[: dice.randint(1, 2)],
                charge_time=timedelta(minutes=20),
            )
        if has("reloads", 0.8):
            time = timedelta(minutes=dice.choice((0, 10)))
            made = replace(made, reloads=dice.randint(1, 2), reload_time=time)
        if has("territories", 0.6):
            price = dice.choice((None, 6.0))
            areas = (dice.choice(("north", "south")),)
            made = replace(made, territories=areas, territory_price=price)
        return made

    def _limited(self, made: Shift) -> Shift:
        dice, has = self._dice, self._has
        if has("limits", 0.4):
            made = replace(made, max_stops=dice.randint(2, 5))
        if has("limits", 0.4):
            made = replace(made, max_metres=dice.randint(25_000, 60_000))
        if has("limits", 0.4):
            made = replace(made, max_driving=timedelta(minutes=dice.randint(40, 120)))
        if has("driving", 0.7):
            minutes = (dice.choice((30, 45, 60)), 15, 5, 10)
            made = replace(made, driving_rule=DrivingRule(*(timedelta(minutes=m) for m in minutes)))
        if has("profiles"):
            made = replace(made, profile="bike")
        if has("speeds"):
            made = replace(made, speed_factor=dice.choice((0.8, 1.25)))
        return made

    def _capacity(self) -> Capacity:
        if self._has("tight", 0.8):
            return Capacity(pieces=self._dice.randint(6, 12), kg=float(self._dice.randint(15, 40)))
        return Capacity(pieces=100, kg=500.0, m3=5.0)

    def _rates(self) -> Rates:
        if "fleet" not in self._features:
            return Rates(fixed=35.0, per_km=0.38, per_hour=34.0)
        dice = self._dice
        return Rates(float(dice.choice((0, 20, 35))), dice.choice((0.1, 0.38)), 34.0)

    def stops(self, count: int) -> list[Stop]:
        """Stops one by one, then some turned into pairs and some at one place."""
        orders = [[self._order(i)] for i in range(1, count + 1)]
        for i in range(count):
            if self._has("shared", 0.25):
                orders[i].append(replace(self._order(i + 1), id=OrderId(f"o{i + 1} b")))
        if "pickups" in self._features:
            for i in range(0, count - 1, 4):
                self._pair(orders[i], orders[i + 1])
        made = list[Stop]()
        for i, several in enumerate(orders, start=1):
            place = made[-1].place if made and self._has("shared", 0.2) else PlaceId(f"p{i}")
            here = tuple(replace(order, place=place) for order in several)
            made.append(Stop(StopId(f"s{i}"), place, here))
        self._dice.shuffle(made)
        return made

    def _pair(self, collecting: list[Order], bringing: list[Order]) -> None:
        """What the first order of one stop collects, the first order of the other brings."""
        goods = Load(self._dice.randint(1, 4), float(self._dice.randint(1, 12)), 0.02)
        left = Load() if self._dice.random() < 0.7 else collecting[0].load
        collecting[0] = replace(collecting[0], load=left, collected=goods)
        bringing[0] = replace(
            bringing[0], load=goods, pickup=collecting[0].id, collected=Load(), ready_at=None
        )

    def _order(self, i: int) -> Order:
        dice, has = self._dice, self._has
        priorities = [Priority.HIGH, *[Priority.NORMAL] * 3, Priority.LOW]
        return Order(
            OrderId(f"o{i}"),
            PlaceId(f"p{i}"),
            load=Load(dice.randint(1, 4), round(dice.uniform(0.5, 12), 1), 0.03),
            windows=self._windows(),
            service_time=timedelta(minutes=dice.randint(2, 12)),
            skills=(dice.choice(("cold", "lift")),) if has("skills", 0.3) else (),
            priority=dice.choice(priorities) if has("priorities", 1.0) else Priority.NORMAL,
            collected=Load(dice.randint(1, 3), 4.5, 0.01) if has("collections", 0.3) else Load(),
            people=2 if has("people", 0.2) else 1,
            skip_price=round(dice.uniform(2, 30), 2) if has("optional", 0.4) else None,
            ready_at=at(dice.choice((8.5, 9.5, 11))) if has("ready", 0.3) else None,
            deadline=at(dice.choice((10, 12.5, 15))) if has("deadlines", 0.3) else None,
            setup_time=timedelta(minutes=dice.randint(1, 6)) if has("setup") else timedelta(),
            parking_time=timedelta(minutes=dice.randint(1, 4)) if has("setup") else timedelta(),
            drivers=(dice.choice(self._drivers),) if has("drivers", 0.5) and self._drivers else (),
            driver_price=dice.choice((1.5, 8.0)),
            depot=DepotId(dice.choice("de")) if has("depots", 0.15) else None,
            territory=dice.choice(("north", "south", "")) if has("territories", 0.8) else "",
        )

    def _windows(self) -> tuple[TimeWindow, ...]:
        dice, has = self._dice, self._has
        if has("several", 0.35):
            two = TimeWindow(at(8), at(dice.choice((9, 10)))), TimeWindow(at(13), at(14.5))
            return (two[0], replace(two[1], late_price=0.4)) if has("soft", 0.4) else two
        if has("soft", 0.5):
            begin = dice.choice((8, 9, 11))
            price = dice.choice((0.05, 0.5, 3.0))
            return (TimeWindow(at(begin), at(begin + dice.choice((0.25, 1))), price),)
        if has("windows", 0.7):
            begin, end = dice.choice(SPANS)
            return (TimeWindow(at(begin), at(end)),)
        return ()


def _road(a: tuple[float, float], b: tuple[float, float]) -> int:
    """Metres; a little longer one way than the other."""
    return 0 if a == b else round(1.3 * math.dist(a, b) * (1.05 if a < b else 1.0) + 50)


def _seconds(metres: Sequence[int], speed: float) -> "array[int]":
    return array("I", [round(each / speed) for each in metres])


def _pinned(told: Plan, dice: random.Random) -> Plan:
    """One stop of no pair pinned to a route."""
    paired = {o.pickup for stop in told.stops.values() for o in stop.orders}
    free = [
        stop
        for stop in told.stops.values()
        if not any(o.pickup is not None or o.id in paired for o in stop.orders)
    ]
    if not free or not told.routes:
        return told
    stop, route = dice.choice(free), dice.choice(list(told.routes.values()))
    owner = replace(route, stops=(stop.id,))
    return told.with_routes([owner]).with_stops([replace(stop, route=route.id, pinned=True)])


def routes_of(told: Plan) -> dict[RouteId, tuple[StopId, ...]]:
    """The routes as they stand."""
    return {route.id: route.stops for route in told.routes.values()}

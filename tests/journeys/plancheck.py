"""An independent judge of plan files: the plan, the order file and the fleet file, nothing else.

It knows FORMATS and the standard library, and imports nothing of the console, so that a mistake
there cannot hide here. ``check`` answers complaints, none for a plan that is in order.
"""

import csv
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

DEFAULT_SERVICE_MINUTES = 3
BREAK_AFTER = timedelta(hours=6)
OVERTIME_FACTOR = 1.5
SNAP_LIMIT_M = 1000
FASTEST = 45.0  # metres a second
CENT = 0.011
MINUTE = timedelta(minutes=1)
ADDRESS = ("street", "postcode", "city")

Json = dict


def check(plan: Json, orders: Path, fleet: Path) -> list[str]:
    """Everything that is wrong with a plan."""
    judge = _Judge(plan, dict(_orders(orders)), _rows(orders), _fleet(fleet))
    return list(judge.complaints())


def check_file(plan: Path, orders: Path, fleet: Path) -> list[str]:
    """The same for a plan file."""
    return check(json.loads(plan.read_text(encoding="utf-8")), orders, fleet)


def served(plan: Json) -> list[str]:
    """All orders on routes."""
    return [
        order for route in plan["routes"] for stop in route["stops"] for order in stop["orders"]
    ]


def table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the line each begins on; the header is line 1."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, dict(zip(header, (cell.strip() for cell in cells), strict=False))
            line = reader.line_num + 1


def _orders(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    seen: set[str] = set()
    for _, row in table(path):
        if row["order_id"] not in seen:
            seen.add(row["order_id"])
            yield row["order_id"], row


def _rows(path: Path) -> dict[int, str]:
    return {line: row["order_id"] for line, row in table(path)}


def _fleet(path: Path) -> dict[str, dict[str, str]]:
    return {row["driver"]: row for _, row in table(path)}


def _number(text: str | None, default: float = 0.0) -> float:
    return float(text) if text else default


def _skills(row: dict[str, str]) -> set[str]:
    return {skill.strip() for skill in row.get("skills", "").split(";") if skill.strip()}


def metres_between(a: Json, b: Json) -> float:
    """Great-circle distance of two objects with lat and lon."""
    lat1, lat2 = math.radians(a["lat"]), math.radians(b["lat"])
    dlon = math.radians(b["lon"] - a["lon"])
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


@dataclass
class _Judge:
    plan: Json
    orders: dict[str, dict[str, str]]
    rows: dict[int, str]
    fleet: dict[str, dict[str, str]]

    def complaints(self) -> Iterator[str]:
        yield from self._accounts()
        yield from self._drivers()
        points: dict[tuple[str, ...], tuple[float, float]] = {}
        for route in self.plan["routes"]:
            if route["driver"] in self.fleet:
                yield from _Drive(self, route).complaints()
            yield from self._same_points(route, points)
        yield from self._totals()

    # -- who is where ------------------------------------------------------------------------------

    def _accounts(self) -> Iterator[str]:
        waiting = [entry["order"] for entry in self.plan["unassigned"]]
        refused = {reject["order"] for reject in self.plan["rejects"]} - {None}
        for order, times in Counter([*served(self.plan), *waiting, *refused]).items():
            if times != 1:
                yield f"order {order} is in {times} places"
            if order not in self.orders:
                yield f"order {order} is in no file"
        yield from self._lines({*served(self.plan), *waiting})
        for entry in self.plan["unassigned"]:
            if not entry["reasons"]:
                yield f"no reason is given for {entry['order']}"

    def _lines(self, planned: set[str]) -> Iterator[str]:
        """Every line is planned or rejected; the second line of an order only rejected."""
        lines = {reject["row"] for reject in self.plan["rejects"]}
        for line in sorted(lines - set(self.rows)):
            yield f"rejected row {line} is no row of the file"
        times = Counter(self.rows.values())
        for line, order in self.rows.items():
            if order not in planned and line not in lines:
                yield f"order {order} of row {line} is lost"
            if order in planned and line in lines and times[order] == 1:
                yield f"order {order} of row {line} is both planned and rejected"

    def _drivers(self) -> Iterator[str]:
        for driver, times in Counter(r["driver"] for r in self.plan["routes"]).items():
            if times != 1:
                yield f"{driver} has {times} routes"
            if driver not in self.fleet:
                yield f"{driver} is not in the fleet"

    def _same_points(self, route: Json, points: dict) -> Iterator[str]:
        for stop in route["stops"]:
            here = (stop["lat"], stop["lon"])
            for order in stop["orders"]:
                row = self.orders.get(order)
                if row is None:
                    continue
                address = tuple(
                    row.get(key, "").casefold() for key in ("street", "postcode", "city")
                )
                if points.setdefault(address, here) != here:
                    yield f"{order}: one address at two points"

    def _totals(self) -> Iterator[str]:
        plan, totals = self.plan, self.plan["totals"]
        routes = plan["routes"]
        rejected = len({reject["row"] for reject in plan["rejects"]})
        exact = {
            "served": len(served(plan)),
            "unassigned": len(plan["unassigned"]),
            "rejected": rejected,
            "orders": len(served(plan)) + len(plan["unassigned"]) + rejected,
        }
        for name, value in exact.items():
            if totals[name] != value:
                yield f"totals: {name} is {totals[name]}, counted {value}"
        hours = sum((_span(route) for route in routes), timedelta()) / timedelta(hours=1)
        late = sum((_Drive(self, r).lateness() for r in routes), timedelta()) / MINUTE
        near = {
            "cost": (sum(r["cost"] for r in routes), CENT),
            "km": (sum(r["km"] for r in routes), 0.001 * max(1, len(routes))),
            "hours": (hours, 0.001),
            "late_minutes": (late, 0.02),
        }
        for name, (value, slack) in near.items():
            if abs(totals[name] - value) > slack:
                yield f"totals: {name} is {totals[name]}, counted {value:.3f}"


def _span(route: Json) -> timedelta:
    return datetime.fromisoformat(route["end"]) - datetime.fromisoformat(route["start"])


class _Drive:
    """One driver's day, driven again."""

    def __init__(self, judge: _Judge, route: Json) -> None:
        self.route = route
        self.name = route["driver"]
        self.orders = judge.orders
        self.row = judge.fleet.get(self.name, {})
        self.zone = ZoneInfo(judge.plan["zone"])
        self.day = judge.plan["date"]
        self.start, self.end = self._moment(route["start"]), self._moment(route["end"])
        self.breaks = [(self._moment(b["start"]), self._moment(b["end"])) for b in route["breaks"]]

    def _moment(self, text: str) -> datetime:
        return datetime.fromisoformat(text)

    def at(self, clock: str) -> datetime:
        """A local time of the service day."""
        return datetime.fromisoformat(f"{self.day}T{clock:0>5}").replace(tzinfo=self.zone)

    def complaints(self) -> Iterator[str]:
        for text in (
            *self._times(),
            *self._stops(),
            *self._break(),
            *self._shift(),
            *self._money(),
        ):
            yield f"{self.name}: {text}"

    # -- the road ----------------------------------------------------------------------------------

    def _times(self) -> Iterator[str]:
        if not self.route["stops"]:
            yield "an empty route"
        here, leave = self.route["depot"], self.start
        for stop in self.route["stops"]:
            arrival = self._moment(stop["arrival"])
            yield from self._leg(here, stop, stop, leave, arrival)
            here, leave = stop, self._moment(stop["departure"])
        yield from self._leg(here, self.route["depot"], self.route["return"], leave, self.end)
        for text in self._all_times():
            moment = self._moment(text)
            if moment.utcoffset() != moment.astimezone(self.zone).utcoffset():
                yield f"{text} has not the offset of {self.zone.key}"

    def _all_times(self) -> Iterable[str]:
        yield self.route["start"]
        yield self.route["end"]
        for pause in self.route["breaks"]:
            yield from pause.values()
        for stop in self.route["stops"]:
            yield from (stop["arrival"], stop["start"], stop["departure"])

    def _leg(
        self,
        here: Json,
        there: Json,
        travel: Json,
        leave: datetime,
        arrival: datetime,
    ) -> Iterator[str]:
        seconds, metres = travel["travel_seconds"], travel["travel_metres"]
        expected = self._arrival(leave, timedelta(seconds=seconds))
        if travel is self.route["return"]:  # a break may be taken at the depot before signing off
            expected = max([expected, *(end for begin, end in self.breaks if begin >= leave)])
        if arrival != expected:
            yield f"arrival {arrival.isoformat()} should be {expected.isoformat()}"
        if metres + 2 * SNAP_LIMIT_M + 100 < metres_between(here, there):
            yield f"{metres} m of road are shorter than the crow flies"
        if metres > FASTEST * max(1, seconds):
            yield f"{metres} m in {seconds} s"

    def _arrival(self, leave: datetime, travel: timedelta) -> datetime:
        arrival = leave + travel
        for begin, end in self.breaks:
            if leave <= begin < arrival:
                arrival += end - begin
        return arrival

    # -- at the door -------------------------------------------------------------------------------

    def _stops(self) -> Iterator[str]:
        left = dict.fromkeys(("pieces", "kg", "m3"), 0.0)
        for number, stop in enumerate(self.route["stops"], 1):
            rows = [self.orders[order] for order in stop["orders"] if order in self.orders]
            for text in (*self._service(stop, rows), *self._goods(stop, rows), *_shared(rows)):
                yield f"stop {number}: {text}"
            for unit in left:
                left[unit] += stop["load"][unit]
        for unit, amount in left.items():
            limit = self.row.get(f"capacity_{unit}")
            if limit and amount > float(limit) + 1e-6:
                yield f"{amount:g} {unit} on board, {limit} fit"

    def _service(self, stop: Json, rows: list[dict[str, str]]) -> Iterator[str]:
        arrival, start, departure = (
            self._moment(stop[key]) for key in ("arrival", "start", "departure")
        )
        if start < arrival:
            yield "service begins before arrival"
        if departure - start != _service_time(rows):
            yield f"service takes {departure - start}, not {_service_time(rows)}"
        for begin, end in self.breaks:
            if begin < departure and end > start:
                yield "a break within service"
        yield from self._promised(stop, rows)

    def _promised(self, stop: Json, rows: list[dict[str, str]]) -> Iterator[str]:
        overridden = {override["rule"] for override in stop["overrides"]}
        if "late" not in overridden and self._late(stop):
            yield f"service begins {self._late(stop)} after the window"
        for row in rows:
            if row.get("window_from") and self._moment(stop["start"]) < self.at(row["window_from"]):
                yield f"service begins before {row['window_from']}"
        missing = {skill for row in rows for skill in _skills(row)} - _skills(self.row)
        if missing and "skill" not in overridden:
            yield f"lacks {', '.join(sorted(missing))}"

    def _late(self, stop: Json) -> timedelta:
        start = self._moment(stop["start"])
        ends = [
            self.at(self.orders[order]["window_to"])
            for order in stop["orders"]
            if order in self.orders and self.orders[order].get("window_to")
        ]
        return max([timedelta(), *(start - end for end in ends)])

    def lateness(self) -> timedelta:
        """Over all stops."""
        return sum((self._late(stop) for stop in self.route["stops"]), timedelta())

    def _goods(self, stop: Json, rows: list[dict[str, str]]) -> Iterator[str]:
        columns = {"pieces": "pieces", "kg": "weight_kg", "m3": "volume_m3"}
        for unit, column in columns.items():
            amount = sum(_number(row.get(column), 1 if unit == "pieces" else 0) for row in rows)
            if abs(amount - stop["load"][unit]) > 1e-6:
                yield f"{stop['load'][unit]} {unit} delivered, ordered {amount:g}"

    # -- the shift ---------------------------------------------------------------------------------

    def _break(self) -> Iterator[str]:
        owed = _number(self.row.get("break_minutes"))
        if len(self.breaks) > 1:
            yield "more than one break"
        if owed and not self.breaks and self.end - self.start > BREAK_AFTER:
            yield f"{self.end - self.start} without a break"
        for begin, end in self.breaks:
            if end - begin != timedelta(minutes=owed):
                yield f"a break of {end - begin}, owed {owed:g} min"
            if self.row.get("break_from") and begin < self.at(self.row["break_from"]):
                yield "the break begins too early"
            if self.row.get("break_to") and end > self.at(self.row["break_to"]):
                yield "the break ends too late"
            if begin < self.start or end > self.end:
                yield "the break lies outside the route"

    def _window(self) -> tuple[datetime, datetime]:
        start, end = self.at(self.row["shift_start"]), self.at(self.row["shift_end"])
        return start, end if end > start else end + timedelta(days=1)

    def _shift(self) -> Iterator[str]:
        start, end = self._window()
        allowed = timedelta(minutes=_number(self.row.get("max_overtime_minutes")))
        if self.start < start:
            yield f"leaves before the shift, at {self.start.isoformat()}"
        if self.end > end + allowed:
            yield f"back too late, at {self.end.isoformat()}"
        if self.route["vehicle"] != self.row["vehicle"]:
            yield f"drives {self.route['vehicle']}, not {self.row['vehicle']}"
        limit = self.row.get("range_km")
        if limit and self._metres() > float(limit) * 1000 + 0.5:
            yield f"{self._metres() / 1000:.1f} km, range {limit}"

    def _metres(self) -> int:
        legs = [*self.route["stops"], self.route["return"]]
        return sum(leg["travel_metres"] for leg in legs)

    def _money(self) -> Iterator[str]:
        km = self._metres() / 1000
        if abs(self.route["km"] - km) > 0.00051:
            yield f"{self.route['km']} km told, {km:.3f} driven"
        over = max(timedelta(), self.end - self._window()[1])
        paid = (self.end - self.start) + over * (OVERTIME_FACTOR - 1)
        cost = _number(self.row.get("fixed_cost"))
        cost += km * _number(self.row.get("cost_per_km"))
        cost += paid / timedelta(hours=1) * _number(self.row.get("cost_per_hour"))
        if abs(self.route["cost"] - cost) > CENT:
            yield f"costs {self.route['cost']}, counted {cost:.3f}"


def _service_time(rows: list[dict[str, str]]) -> timedelta:
    minutes = [_number(row.get("service_minutes"), DEFAULT_SERVICE_MINUTES) for row in rows]
    return timedelta(minutes=max(minutes, default=0) + max(0, len(rows) - 1))


def _shared(rows: list[dict[str, str]]) -> Iterator[str]:
    for column in ADDRESS:
        if len({row.get(column, "").casefold() for row in rows}) > 1:
            yield f"one stop, several addresses ({column})"

"""Before any search: stops that nobody could serve even if there were nothing else to do.

Every open shift drives to every stop alone and back, as soon as it can (by way of the stop that
collects for it, where it brings what another one collects). What is said to be hopeless is so by
the reference; breaks, rests and charging, which could only make it worse, are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from console import formats, wording
from console.domain.fleet import Shift
from console.domain.load import DIMENSIONS, TOLERANCE
from console.domain.plan import Plan, Route, Stop, StopId
from console.domain.preferences import is_foreign
from console.domain.schedule import duty_of, way_of
from console.domain.travel import TravelMatrix
from console.domain.violations import Rule
from console.planning.crewing import is_kept, is_open, rules_of
from console.planning.explain import Reason
from console.planning.fitness import UNFIT, lacking, missing_skills
from console.planning.pairs import Pairs
from console.planning.soonest import Columns, Flags, Ints, Ways, has_no_road

FINE = -1
_RULES = (
    Rule.LATE,
    Rule.SHIFT,
    Rule.OVERLOADED,
    Rule.DISTANCE,
    Rule.DRIVING,
    Rule.RANGE,
    Rule.STOPS,
    Rule.PEOPLE,
    Rule.TERRITORY,
    Rule.DEPOT,
    Rule.SKILL,
    Rule.UNREACHABLE,
)
"""The most hopeful first: of what blocks one driver the last counts, of all drivers the first."""

_UNITS = {Rule.LATE: "s", Rule.SHIFT: "s", Rule.DRIVING: "s", Rule.DISTANCE: "m", Rule.RANGE: "m"}


def hopeless(
    plan: Plan, matrix: TravelMatrix, now: datetime | None = None
) -> Mapping[StopId, Reason]:
    """Why, for every stop that no open shift could serve: of those that wait or may be moved.

    A stop is hopeless as well where one is that it is tied to: what one collects, another brings.
    """
    free = [stop for stop in plan.stops.values() if _is_free(plan, stop)]
    timed = [stop for stop in free if stop.place in matrix.index]
    nowhere = {stop.id: _said("not_located") for stop in free if stop.place not in matrix.index}
    routes = [
        route
        for route in plan.routes.values()
        if is_open(plan, route) and route.shift.places <= matrix.index.keys()
    ]
    if not routes:
        return nowhere | {stop.id: _said("no_shift") for stop in timed}
    flight = _Flight(plan, timed, matrix, now)
    for route in routes:
        flight.try_out(route)
    return nowhere | flight.reasons()


def _is_free(plan: Plan, stop: Stop) -> bool:
    if not stop.is_open or is_kept(stop):
        return False
    return stop.route is None or is_open(plan, plan.routes[stop.route])


def _said(rule: str, subject: str = "", key: str = "") -> Reason:
    return Reason(None, rule, wording.blocked(key or rule, detail=subject), subject=subject)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """What stops one driver, a column a stop: the index of the rule or ``FINE``, its amount.

    ``start`` is when service would begin (epoch s).
    """

    route: Route
    rule: Ints
    amount: Ints
    start: Ints


class _Flight:
    """All stops against one shift after the other."""

    def __init__(
        self, plan: Plan, stops: Sequence[Stop], matrix: TravelMatrix, now: datetime | None
    ) -> None:
        self._plan, self._stops, self._matrix, self._now = plan, stops, matrix, now
        self._zone = ZoneInfo(plan.day.zone if plan.day else "UTC")
        self._columns = Columns(stops, matrix)
        self._needs = [_needs(stop) for stop in stops]
        self._index = {stop.id: i for i, stop in enumerate(stops)}
        self._pairs = Pairs(plan)
        self._tied = [stop for stop in stops if self._pairs.is_tied(stop)]
        self._sources = list(self._collecting())
        self._ways: dict[tuple[str, float], Ways] = {}
        self._blocks = list[_Blocks]()

    def _collecting(self) -> Iterator[tuple[int, int]]:
        """(stop that brings, stop that collects for it), where both are free."""
        serving = {order.id: i for i, stop in enumerate(self._stops) for order in stop.orders}
        for stop in self._tied:
            for order in stop.orders:
                if order.pickup is not None and order.pickup in serving:
                    yield self._index[stop.id], serving[order.pickup]

    # -- one shift ---------------------------------------------------------------------------------

    def try_out(self, route: Route) -> None:
        """One shift more."""
        columns = self._columns
        matrix = way_of(route.shift, self._matrix)
        key = (matrix.profile, route.shift.speed_factor)
        if key not in self._ways:
            self._ways[key] = Ways(matrix)
        ways = self._ways[key]
        duty, rows = duty_of(route, matrix, self._now), columns.row
        (into, way), (out, back) = ways.out(duty, rows), ways.home(duty, rows)
        ready = np.maximum(columns.ready, duty.leave) + into
        ready += np.where(rows != duty.row, columns.setup, 0)
        start = self._by_way_of(ready, ways)
        over: dict[Rule, Ints] = {
            Rule.LATE: columns.lateness(start),
            Rule.SHIFT: start + columns.service + out - duty.latest_end,
            Rule.UNREACHABLE: (has_no_road(into) | has_no_road(out)).astype(np.int64),
        }
        over |= _limits(route.shift, way + back, into + out) | self._unfit(route.shift)
        heavy = self._columns.load > np.array(_room(route.shift))
        over[Rule.OVERLOADED] = heavy.any(axis=1).astype(np.int64)
        self._blocks.append(self._worst(route, over, start))

    def _by_way_of(self, ready: Ints, ways: Ways) -> Ints:
        """When service begins, after what has to be collected before."""
        columns = self._columns
        start = columns.starts(ready)
        for i, source in self._sources:
            there = ways.between(int(columns.row[source]), int(columns.row[i]))
            ready[i] = max(ready[i], start[source] + columns.service[source] + there)
        return columns.starts(ready) if self._sources else start

    def _unfit(self, shift: Shift) -> dict[Rule, Ints]:
        """What driver and vehicle lack; equal stops are asked once."""
        found: dict[object, list[int]] = {}
        for stop, needs in zip(self._stops, self._needs, strict=True):
            if needs not in found:
                found[needs] = lacking(shift, stop)
        rows = [found[needs] for needs in self._needs]
        columns = np.array(rows, dtype=np.int64).reshape(-1, len(UNFIT)).T
        return dict(zip(UNFIT, columns, strict=True))

    def _worst(self, route: Route, over: Mapping[Rule, Ints], start: Ints) -> _Blocks:
        """Of each stop's broken rules the least curable, those left out that are overridden."""
        rule = np.full(len(start), FINE, dtype=np.int64)
        amount, accepted = np.zeros(len(start), np.int64), rules_of(route.overrides)
        for code, each in enumerate(_RULES):
            if each in over and each not in accepted:
                broken = (over[each] > 0) & ~self._columns.accepts(each)
                rule[broken], amount[broken] = code, over[each][broken]
        return _Blocks(route, rule, amount, start)

    # -- all of them -------------------------------------------------------------------------------

    def reasons(self) -> dict[StopId, Reason]:
        """Why, for every stop that no shift can serve, alone or with those it is tied to."""
        blocked = np.array([blocks.rule != FINE for blocks in self._blocks])
        alone = zip(self._stops, blocked.all(axis=0).tolist(), strict=True)
        found = {s.id: self._reason(i) for i, (s, is_shut) in enumerate(alone) if is_shut}
        for group in self._groups():
            found = self._of_group(group, blocked, found) | found
        return found

    def _reason(self, i: int) -> Reason:
        """What blocks the most hopeful driver; all of them where it is the same rule for all."""
        codes = [int(blocks.rule[i]) for blocks in self._blocks]
        amounts = [int(blocks.amount[i]) for blocks in self._blocks]
        best = min(range(len(codes)), key=lambda k: (codes[k], amounts[k]))
        blocks, stop = self._blocks[best], self._stops[i]
        rule, shift = _RULES[codes[best]], blocks.route.shift
        at = datetime.fromtimestamp(int(blocks.start[i]), UTC) if rule is Rule.LATE else None
        amount, unit, subject = _told(rule, amounts[best], shift, stop)
        clock = "" if at is None else formats.clock(at.astimezone(self._zone))
        key = "alone" if rule is Rule.OVERLOADED else rule
        said = wording.amount(amount, unit)
        return Reason(
            None if len(set(codes)) == 1 else shift.driver,
            rule,
            wording.blocked(key, said, detail=subject, at=clock),
            amount,
            unit,
            subject,
            at,
        )

    def _groups(self) -> Iterator[list[Stop]]:
        """Stops that hang together by pairs."""
        seen = set[StopId]()
        for stop in self._tied:
            group, todo = list[Stop](), [stop]
            while todo:
                each = todo.pop()
                if each.id not in seen:
                    seen.add(each.id)
                    group.append(each)
                    todo += [partner for _, partner in self._pairs.partners(each)]
            if group:
                yield group

    def _of_group(
        self, group: list[Stop], blocked: Flags, found: Mapping[StopId, Reason]
    ) -> dict[StopId, Reason]:
        """The group is hopeless where every shift is blocked by one of them."""
        free = [stop for stop in group if stop.id in self._index]
        at = [self._index[stop.id] for stop in free]
        shut = blocked[:, at].any(axis=1)
        kept = {stop.route for stop in group if stop.id not in self._index}
        shut |= np.array([bool(kept - {blocks.route.id}) for blocks in self._blocks])
        missing = [p for stop in free for p in self._pairs.missing(stop)]
        if missing:
            return {stop.id: _said(Rule.PAIRING, missing[0], "unpaired") for stop in free}
        if not shut.all():
            return {}
        culprit = next((stop for stop in free if stop.id in found), None)
        order = culprit.orders[0].id if culprit else next(self._ties(free))
        return {stop.id: _said(Rule.PAIRING, order) for stop in free}

    def _ties(self, group: list[Stop]) -> Iterator[str]:
        return (order for stop in group for order, _ in self._pairs.partners(stop))


def _limits(shift: Shift, metres: Ints, seconds: Ints) -> dict[Rule, Ints]:
    over: dict[Rule, Ints] = {}
    if shift.max_metres is not None:
        over[Rule.DISTANCE] = metres - shift.max_metres
    if shift.max_driving is not None:
        over[Rule.DRIVING] = seconds - int(shift.max_driving.total_seconds())
    if shift.range_m is not None and not shift.chargers:
        over[Rule.RANGE] = metres - shift.range_m
    if shift.max_stops is not None:
        over[Rule.STOPS] = np.full_like(metres, 1 - shift.max_stops)
    return over


def _room(shift: Shift) -> list[float]:
    limits = [shift.capacity.limit(name) for name in DIMENSIONS]
    return [np.inf if limit is None else limit + TOLERANCE for limit in limits]


def _needs(stop: Stop) -> object:
    return tuple((o.skills, o.people, o.depot, o.territory) for o in stop.orders)


def _told(rule: Rule, amount: int, shift: Shift, stop: Stop) -> tuple[float, str, str]:
    """(amount, unit, subject) of a rule as a reason says it."""
    if rule is Rule.OVERLOADED:
        over = shift.capacity.excess(stop.load) or shift.capacity.excess(stop.collected)
        unit = max(over, key=lambda name: over[name] / (shift.capacity.limit(name) or 1e-9))
        return over[unit], unit, ""
    subjects: dict[Rule, list[str]] = {
        Rule.SKILL: missing_skills(shift, stop),
        Rule.TERRITORY: sorted({o.territory for o in stop.orders if is_foreign(shift, o)}),
        Rule.DEPOT: sorted({o.depot for o in stop.orders if o.depot is not None} - {shift.depot}),
    }
    return amount, _UNITS.get(rule, ""), ", ".join(subjects.get(rule, ()))

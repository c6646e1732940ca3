"""What is shown after a change equals what would be drawn from scratch, whatever the change."""

from array import array
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from console.dispatch.desk import Desk
from console.dispatch.drawing import Surroundings, brings_unknown, draw
from console.dispatch.picture import Picture, PictureChange
from console.dispatch.workday import Workday
from console.domain.commands import (
    AddStops,
    AdoptSolution,
    AmendOrders,
    AmendShift,
    CancelOrders,
    Command,
    LockRoutes,
    LogException,
    MoveStops,
    OpenDay,
    OverrideRule,
    PinStops,
    RecordFact,
    SwitchDriver,
)
from console.domain.errors import Rejected
from console.domain.fleet import DepotId
from console.domain.places import PlaceId
from console.domain.plan import Cause, Day, Fact, FactId, FactKind, Plan, RouteId, StopId
from console.domain.travel import UNREACHABLE
from console.storage.memory import MemoryJournal
from tests.dispatch.desks import StepClock
from tests.planning.days import at, city, shift, stop

CITY = city(12, 3, seed=5)
STOPS = st.sampled_from(sorted(CITY.plan.stops))
ROUTES = st.sampled_from(sorted(CITY.plan.routes))


def same(shown: Picture, drawn: Picture) -> None:
    assert shown.plan == drawn.plan
    assert dict(shown.schedules) == dict(drawn.schedules)
    assert dict(shown.visits) == dict(drawn.visits)
    assert dict(shown.numbers) == dict(drawn.numbers)
    assert shown.off_road == drawn.off_road
    assert shown.totals == drawn.totals
    assert shown.is_timed == drawn.is_timed


class Screen:
    """A view that repaints only what it is told to; the rest must still be right."""

    def __init__(self, workday: Workday) -> None:
        self.schedules = dict(workday.picture.schedules)
        workday.follow(self.changed)

    def changed(self, change: PictureChange) -> None:
        after = change.after
        names = {*after.schedules, *self.schedules} if change.everything else change.routes
        for route in names:
            self.schedules.pop(route, None)
            if route in after.schedules:
                self.schedules[route] = after.schedules[route]


class Redrawing(RuleBasedStateMachine):
    @initialize()
    def open_day(self) -> None:
        journal = MemoryJournal()
        self.desk = Desk(
            journal, "plan/d/x", "a", "a", StepClock(), confirmed=CITY.plan, plan=CITY.plan
        )
        self.around = Surroundings(matrix=CITY.matrix, zone=ZoneInfo("Europe/Vaduz"))
        self.workday = Workday(self.desk, self.around)
        self.screen = Screen(self.workday)
        self.facts = 0

    def submit(self, command: Command) -> None:
        try:
            self.workday.submit(command)
        except Rejected:
            return

    @rule(
        stops=st.lists(STOPS, min_size=1, max_size=4, unique=True),
        to=st.none() | ROUTES,
        after=st.none() | STOPS,
    )
    def move(self, stops: list[StopId], to: RouteId | None, after: StopId | None) -> None:
        self.submit(MoveStops(tuple(stops), to, after, None))

    @rule(dice=st.randoms())
    def adopt(self, dice) -> None:
        plan = self.desk.plan
        routes = sorted(plan.routes)[:2]
        pool = [s for r in routes for s in plan.routes[r].stops] + list(plan.unassigned)
        dice.shuffle(pool)
        cut = dice.randint(0, len(pool))
        self.submit(AdoptSolution(((routes[0], tuple(pool[:cut])), (routes[1], tuple(pool[cut:])))))

    @rule(name=STOPS, place=st.sampled_from(["p1", "p2", "nowhere"]), pieces=st.integers(1, 99))
    def amend(self, name: StopId, place: str, pieces: int) -> None:
        order = stop(int(name[1:])).orders[0]
        load = replace(order.load, pieces=pieces)
        self.submit(AmendOrders((replace(order, place=PlaceId(place), load=load),), ()))

    @rule(name=STOPS)
    def cancel(self, name: StopId) -> None:
        self.submit(CancelOrders((stop(int(name[1:])).orders[0].id,)))

    @rule(name=STOPS)
    def add(self, name: StopId) -> None:
        self.submit(AddStops((stop(int(name[1:])),)))

    @rule(name=STOPS, pinned=st.booleans())
    def pin(self, name: StopId, pinned: bool) -> None:
        self.submit(PinStops((name,), pinned))

    @rule(route=ROUTES, locked=st.booleans())
    def lock(self, route: RouteId, locked: bool) -> None:
        self.submit(LockRoutes((route,), locked))

    @rule(route=ROUTES, off=st.booleans())
    def switch(self, route: RouteId, off: bool) -> None:
        self.submit(SwitchDriver(route, off))

    @rule(route=ROUTES, end=st.integers(9, 18))
    def amend_shift(self, route: RouteId, end: int) -> None:
        present = self.desk.plan.routes[route].shift
        self.submit(AmendShift(route, replace(present, end=at(end))))

    @rule(subject=STOPS | ROUTES, name=st.sampled_from(["late", "skill", "range"]))
    def override(self, subject: str, name: str) -> None:
        self.submit(OverrideRule(subject, name, "agreed"))

    @rule(kind=st.sampled_from(list(FactKind)[:4]), subject=STOPS | ROUTES, at_=st.integers(0, 9))
    def report(self, kind: FactKind, subject: str, at_: int) -> None:
        self.facts += 1
        corrects = FactId(f"f{self.facts - 1}") if at_ == 0 else None
        moment = at(8) + timedelta(minutes=20 * at_)
        self.submit(
            RecordFact(Fact(FactId(f"f{self.facts}"), kind, subject, moment, corrects=corrects))
        )

    @rule(subject=STOPS)
    def log(self, subject: StopId) -> None:
        self.facts += 1
        fact = Fact(FactId(f"f{self.facts}"), FactKind.EXCEPTION, subject, at(9), Cause.ABSENT)
        self.submit(LogException(fact))

    @rule(region=st.sampled_from(["north", "south"]))
    def change_region(self, region: str) -> None:
        day = self.desk.plan.day
        assert day is not None
        self.submit(OpenDay(replace(day, region=region)))

    @rule()
    def undo(self) -> None:
        self.desk.flush()
        try:
            self.desk.undo()
        except Rejected:
            return

    @rule(hour=st.none() | st.integers(7, 12))
    def clock(self, hour: int | None) -> None:
        self.around = replace(self.around, now=None if hour is None else at(hour))
        self.workday.set_now(self.around.now)

    @invariant()
    def as_from_scratch(self) -> None:
        drawn = draw(self.desk.plan, self.around)
        same(self.workday.picture, drawn)
        assert self.screen.schedules == dict(drawn.schedules)


Redrawing.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestRedrawing = Redrawing.TestCase


def test_without_travel_times_nothing_is_timed() -> None:
    picture = draw(CITY.plan, Surroundings())
    assert not picture.is_timed
    assert not picture.schedules
    assert picture.off_road == set(CITY.plan.stops)
    assert draw(Plan(), Surroundings(matrix=CITY.matrix)).is_timed is False


def test_totals_count_orders() -> None:
    picture = draw(CITY.plan, Surroundings(matrix=CITY.matrix))
    assert (picture.totals.orders, picture.totals.served) == (12, 0)
    assert picture.totals.unassigned == 12
    assert shift().driver == "A"


def test_a_route_along_no_road_adds_nothing_to_the_figures() -> None:
    route, stop_id = next(iter(CITY.plan.routes)), next(iter(CITY.plan.stops))
    plan = MoveStops((stop_id,), route).apply(CITY.plan)
    before = draw(plan, Surroundings(matrix=CITY.matrix))
    row = CITY.matrix.index[plan.stops[stop_id].place]
    size = len(CITY.matrix.places)
    cells = array("I", CITY.matrix.durations)
    cells[row * size : (row + 1) * size] = array("I", [UNREACHABLE] * size)
    after = draw(plan, Surroundings(matrix=replace(CITY.matrix, durations=cells, source="roads")))
    assert before.totals.cost > 0
    assert before.schedules[route].is_drivable
    assert not after.schedules[route].is_drivable
    assert (after.totals.cost, after.totals.metres, after.totals.late_stops) == (0, 0, 0)
    assert after.totals.harms
    day = Day(DepotId("d"), date(2026, 11, 23), "UTC")
    dated = replace(after, plan=replace(after.plan, day=day))
    assert dated.clock(after.schedules[route].end) == "\N{EM DASH}"
    assert dated.clock(at(9)) == "09:00"
    assert after.source == "roads"


def test_a_second_report_moves_a_route_that_no_stop_tells_of() -> None:
    redrawing = Redrawing()
    redrawing.open_day()
    redrawing.move(stops=[StopId("s12")], to=RouteId("V0"), after=None)
    redrawing.report(kind=FactKind.DELIVERED, subject=StopId("s12"), at_=2)
    redrawing.report(kind=FactKind.DELIVERED, subject=StopId("s12"), at_=1)
    redrawing.as_from_scratch()


def test_stops_that_only_moved_ask_for_nothing_new() -> None:
    plan, (first, second, *_) = CITY.plan, sorted(CITY.plan.stops)
    desk = Desk(MemoryJournal(), "plan/d/x", "a", "a", StepClock(), confirmed=plan, plan=plan)
    route = min(plan.routes)
    removed = desk.submit(CancelOrders((plan.stops[first].orders[0].id,))).patch
    moved = desk.submit(MoveStops((second,), route)).patch
    locked = desk.submit(LockRoutes((route,))).patch
    assert not any(map(brings_unknown, (removed, moved, locked, moved.inverted())))
    assert brings_unknown(removed.inverted())
    shifted = replace(plan.routes[max(plan.routes)].shift, end=at(17))
    assert brings_unknown(desk.submit(AmendShift(max(plan.routes), shifted)).patch)

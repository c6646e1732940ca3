"""Alarms of a running day: which hold, in which order, and never the same one twice."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from console.dispatch.alarmlimits import Limits, RuleMode
from console.dispatch.alarmlog import (
    Alarm,
    AlarmWatch,
    answered,
    assign,
    lives_in,
    median_reaction,
    snooze,
)
from console.dispatch.alarms import Look
from console.dispatch.answers import Answer, Bench, answers, by_rule
from console.dispatch.baseline import Baseline
from console.dispatch.depotrules import DepotRules, decoded, encoded, keep_rules, rules_of
from console.dispatch.forecasting import Forecast
from console.dispatch.liveboard import Sight, board
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.dispatch.tracking import Seen
from console.domain.alarm import AlarmKind, AnswerKind
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.orders import Priority
from console.domain.places import Coordinate
from console.domain.plan import FactKind, RouteId, StopId
from console.ui.live.alarmwords import answer_detail, answer_name
from tests.dispatch.consoles import SetClock, World, begun, journey, local, row

MINUTE = timedelta(minutes=1)
ROWS = (
    row("o0", "Weg 100"),
    row("o1", "Weg 2000", window_to="10:00"),
    row("o2", "Weg 4000", window_to="10:30"),
    row("o3", "Weg 6000"),
)


@dataclass
class Running:
    """A day on which Ida has four stops and is out, and Jon has a route but nothing to do."""

    station: Station
    clock: SetClock
    watch: AlarmWatch
    ida: RouteId
    jon: RouteId
    stops: list[StopId]
    seen: Seen | None = None
    limits: Limits = Limits()

    def look(self) -> list[Alarm]:
        return self.watch.look(self.sight())

    def sight(self) -> Look:
        station, now = self.station, self.clock.moment
        station.workday.tick(now)
        forecast = Forecast(station.workday, self.clock)
        sight = Sight(self._seen, Baseline(station.workday).planned, forecast.etas)
        lines = board(station.picture, sight, now)
        return Look(station.picture, lines, forecast.etas, now, self.limits)

    def _seen(self, route: RouteId) -> Seen | None:
        return self.seen if route == self.ida else None

    def kinds(self) -> list[AlarmKind]:
        return [alarm.found.key.kind for alarm in self.look()]

    def answers(self, alarm: Alarm) -> list[Answer]:
        bench = Bench(self.station.picture.plan, self.station.workday.matrix, self.clock.moment)
        return answers(alarm.found, bench)


def running(
    test: Callable[[Running], Awaitable[None]], *rows: str, out: bool = True
) -> Callable[[World], None]:
    def run(world: World) -> None:
        @journey
        async def goes() -> None:
            clock = SetClock(local(7))
            with world.console(clock=clock) as station:
                await begun(station, world, *(rows or ROWS), drivers=("Ida", "Jon"))
                drivers = {d.name: route for route, d in station.picture.drivers.items()}
                plan = station.picture.plan
                stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
                await station.submit(MoveStops(tuple(stops), drivers["Ida"]))
                if out:
                    await station.submit(ReleaseRoutes((drivers["Ida"],)))
                watch = AlarmWatch(station)
                day = Running(station, clock, watch, drivers["Ida"], drivers["Jon"], stops)
                await test(day)

        goes()

    return run


async def _late(day: Running) -> Alarm:
    """Ida leaves an hour and three quarters after her plan."""
    day.clock.moment = local(9.75)
    await record(day.station, FactKind.DEPARTED, day.ida)
    (alarm,) = day.look()
    return alarm


async def _in_doubt(day: Running) -> None:
    """In time by a minute, as expected: no alarm, and not sure either."""
    schedule = day.station.picture.schedules[day.ida]
    assert list(day.sight().doubtful()) == [], "she has not left"
    slack = min(visit.slack for visit in schedule.visits if visit.slack is not None)
    day.clock.moment = schedule.start + slack - MINUTE
    await record(day.station, FactKind.DEPARTED, day.ida)
    assert day.look() == []
    doubts = day.sight().doubtful()
    assert doubts
    assert all(each.eta.at <= each.end < each.eta.high for each in doubts)
    assert {each.route for each in doubts} == {day.ida}
    day.clock.moment += 60 * MINUTE
    late = set(day.look()[0].found.stops)
    assert not late & {each.stop for each in day.sight().doubtful()}


test_a_stop_that_may_be_late_is_no_alarm_and_is_listed = running(_in_doubt)


async def _same_alarm(day: Running) -> None:
    day.clock.moment = local(7.5)
    assert day.kinds() == []
    alarm = await _late(day)
    assert alarm.found.key.kind is AlarmKind.LATE_AHEAD
    assert alarm.found.span > 5 * MINUTE
    version = day.station.picture.plan.version
    assert day.look() == [alarm]
    assert day.station.picture.plan.version == version  # nothing new is written
    other = AlarmWatch(day.station)  # as after a restart
    day.watch = other
    assert day.look() == [alarm]


test_an_alarm_that_holds_is_the_same_after_a_restart_too = running(_same_alarm)


async def _ends(day: Running) -> None:
    first = await _late(day)
    usual, day.limits = day.limits, Limits(dict.fromkeys(Priority, 600 * MINUTE))
    assert day.look() == []
    assert lives_in(day.station.picture.plan)[first.id].ended is None  # it may flicker
    day.clock.moment += 3 * MINUTE
    assert day.look() == []
    assert lives_in(day.station.picture.plan)[first.id].ended == day.clock.moment
    day.limits = usual
    (again,) = day.look()
    assert again.id != first.id
    assert again.life.raised == day.clock.moment


test_one_that_ended_and_returns_is_new = running(_ends)


async def _answers(day: Running) -> None:
    alarm = await _late(day)
    made = day.answers(alarm)
    assert [each.kind for each in made[-2:]] == [AnswerKind.CALL, AnswerKind.ACCEPT]
    handed = next(each for each in made if each.kind is AnswerKind.HAND_OVER)
    assert handed.to == (day.jon,)
    assert handed.saved > timedelta()
    assert handed.meets
    before = day.station.picture
    cost = before.totals.cost
    assert handed.command is not None
    await day.station.submit(handed.command, before.plan.version)
    await answered(day.station, alarm, handed.kind, handed.cost)
    assert day.station.picture.plan.routes[day.jon].stops == handed.stops
    assert round(day.station.picture.totals.cost - cost, 2) == round(handed.cost, 2)
    assert day.station.picture.plan.routes[day.ida].edition == (
        before.plan.routes[day.ida].edition + 1
    )  # she is told
    await day.station.undo()
    assert day.station.picture.plan.routes == before.plan.routes
    life = lives_in(day.station.picture.plan)[alarm.id]
    assert (life.answer, life.cost) == (AnswerKind.HAND_OVER, round(handed.cost, 2))


test_stops_are_handed_over_in_one_step_at_the_price_that_was_told = running(_answers)


async def _reorders(day: Running) -> None:
    day.clock.moment = local(8)
    await record(day.station, FactKind.DEPARTED, day.ida)
    (alarm,) = day.look()
    answer = next(a for a in day.answers(alarm) if a.kind is AnswerKind.REORDER)
    assert answer.command is not None
    await day.station.submit(answer.command)
    assert day.station.picture.totals.late_stops == answer.late == 0
    assert set(day.station.picture.plan.routes[day.ida].stops) == set(day.stops)
    made = [answer, replace(answer, cost=answer.cost - 1, meets=True)]
    assert by_rule(made, Limits(rule=RuleMode.APPLY, most=answer.cost)) is answer
    assert by_rule(made, Limits(rule=RuleMode.APPLY, most=answer.cost - 0.01)) is None
    assert by_rule(made, Limits(most=1000.0)) is None


test_a_better_order_of_her_own_is_found = running(
    _reorders,
    row("o0", "Weg 6000"),
    row("o1", "Weg 9000"),
    row("o2", "Weg 1000", window_to="09:30"),
)


async def _swaps(day: Running) -> None:
    """Jon's van is full: what he takes for nothing costs him another trip."""
    await day.station.submit(ReleaseRoutes((day.ida,), released=False))
    await day.station.submit(MoveStops(tuple(day.stops[2:]), day.jon))
    await day.station.submit(ReleaseRoutes((day.ida, day.jon)))
    alarm = await _late(day)
    made = day.answers(alarm)
    swap = made[0]
    assert swap.kind is AnswerKind.SWAP, "the cheapest of those that help as much"
    assert swap.to == (day.jon,)
    (given,), (taken,) = swap.stops, swap.back
    assert (swap.late, swap.saved) == (0, alarm.found.span)
    assert swap.meets, "the goods are on Ida's van"
    assert by_rule([replace(swap, meets=False)], Limits(rule=RuleMode.APPLY, most=500.0))
    before = day.station.picture
    assert swap.command is not None
    await day.station.submit(swap.command, before.plan.version)
    after = day.station.picture
    assert given in after.plan.routes[day.jon].stops
    assert taken in after.plan.routes[day.ida].stops
    assert after.totals.late_stops == 0
    assert round(after.totals.cost - before.totals.cost, 2) == round(swap.cost, 2)
    assert [after.plan.routes[route].edition for route in (day.ida, day.jon)] == [1, 1]
    name = answer_name(swap, before)
    assert name == "Swap with Jon: 1 stop for 1"
    assert "takes" in answer_detail(swap, alarm.found, before)
    await day.station.undo()
    assert day.station.picture.plan.routes == before.plan.routes


test_stops_are_swapped_where_that_helps_for_less = running(
    _swaps,
    row("o0", "Weg 300", pieces="10", window_from="10:15", window_to="10:40"),
    row("o1", "Weg 2000", pieces="25", window_to="10:45"),
    row("o2", "Weg 1800", pieces="25"),
    row("o3", "Weg 300", pieces="25"),
)


async def _tails(day: Running) -> None:
    """Each is nearer to what the other has at the end of her day."""
    await day.station.submit(ReleaseRoutes((day.ida,), released=False))
    await day.station.submit(MoveStops(tuple(day.stops[3:]), day.jon))
    await day.station.submit(ReleaseRoutes((day.ida, day.jon)))
    day.clock.moment = local(10.2)
    for route, stop, left in ((day.ida, 0, 9.9), (day.jon, 3, 9.0)):
        await record(day.station, FactKind.DEPARTED, route, local(left))
        await record(day.station, FactKind.DELIVERED, day.stops[stop], local(10.15))
    (alarm, *_) = day.look()
    swap = next(each for each in day.answers(alarm) if each.kind is AnswerKind.SWAP)
    assert set(swap.stops) == set(day.stops[1:3])
    assert set(swap.back) == set(day.stops[4:])
    assert swap.late == 0


test_the_rest_of_the_day_is_swapped_for_the_rest_of_anothers = running(
    _tails,
    row("o0", "Weg 100"),
    row("o1", "Weg 2000", window_to="10:35"),
    row("o2", "Weg 2050", window_to="10:45"),
    row("o3", "Weg 1700"),
    row("o4", "Weg 200"),
    row("o5", "Weg 250"),
)


async def _care(day: Running) -> None:
    alarm = await _late(day)
    day.clock.moment += 4 * MINUTE
    await snooze(day.station, alarm, 15 * MINUTE)
    await assign(day.station, alarm, "bea")
    (now,) = day.look()
    assert now.life.is_quiet(day.clock.moment, now.found.harm)
    assert not now.life.is_quiet(day.clock.moment + 16 * MINUTE, now.found.harm)
    assert (now.life.owner, now.life.reaction) == ("bea", 4 * MINUTE)
    await answered(day.station, now, AnswerKind.ACCEPT)
    (now,) = day.look()
    later = day.clock.moment + 60 * MINUTE
    assert now.life.is_quiet(later, now.found.harm)
    assert not now.life.is_quiet(later, 2 * now.found.harm)
    assert median_reaction([now.life]) == 4 * MINUTE


test_it_is_snoozed_assigned_and_accepted = running(_care)


async def _road(day: Running) -> None:
    day.clock.moment = local(8)
    await record(day.station, FactKind.DEPARTED, day.ida)
    astray = Seen(day.clock.moment, Coordinate(47.0, 9.5))
    day.seen = astray
    assert day.kinds() == []  # one fix beside the road is no detour
    day.clock.moment += 4 * MINUTE
    day.seen = replace(astray, at=day.clock.moment)
    assert day.kinds() == [AlarmKind.OFF_ROUTE]
    day.seen = replace(astray, at=day.clock.moment - 11 * MINUTE, along=3.0, off=1.0)
    assert day.kinds() == [AlarmKind.NO_SIGNAL]
    day.seen = None
    await record(day.station, FactKind.ARRIVED, day.stops[0])
    day.clock.moment += 12 * MINUTE
    assert day.kinds() == []
    day.clock.moment += 20 * MINUTE
    assert AlarmKind.LONG_STOP in day.kinds()


test_silence_detours_and_long_visits = running(_road)


async def _missed(day: Running) -> None:
    await _late(day)
    day.clock.moment = local(10.4)
    alarms = {alarm.found.key.kind: alarm.found for alarm in day.look()}
    assert alarms[AlarmKind.MISSED].stops == (day.stops[1],)
    assert alarms[AlarmKind.LATE_AHEAD].stops == (day.stops[2],)


test_a_window_that_is_over_and_one_that_will_be_are_two_alarms = running(_missed)


async def _overtime(day: Running) -> None:
    day.clock.moment = local(15.4)
    await record(day.station, FactKind.DEPARTED, day.ida)
    assert {AlarmKind.OVERTIME, AlarmKind.LEGAL_HOURS} & set(day.kinds())


test_hours_are_told_ahead = running(_overtime, row("o0", "Weg 6000"), row("o1", "Weg 9000"))


async def _unreleased(day: Running) -> None:
    day.clock.moment = local(8.5)
    await day.station.submit(MoveStops((day.stops[2],), None))
    day.clock.moment = local(9.75)
    alarms = {alarm.found.key.kind: alarm for alarm in day.look()}
    assert {AlarmKind.UNRELEASED, AlarmKind.UNPLANNED} <= set(alarms)
    made = day.answers(alarms[AlarmKind.UNRELEASED])
    assert made[0].command == ReleaseRoutes((day.ida,))
    placed = day.answers(alarms[AlarmKind.UNPLANNED])[0]
    assert placed.kind is AnswerKind.PLACE
    assert placed.command is not None
    await day.station.submit(placed.command)
    assert day.station.picture.plan.stops[day.stops[2]].route == placed.to[0]


test_what_nobody_has_and_what_is_not_released = running(_unreleased, out=False)


async def _limits(day: Running) -> None:
    limits = Limits({**Limits().late, Priority.LOW: 40 * MINUTE}, cautious=False, stop=9 * MINUTE)
    limits = replace(limits, rule=RuleMode.APPLY, most=2.5)
    rules = DepotRules(limits=limits)
    assert decoded(encoded(rules)) == rules
    await keep_rules(day.station, rules)
    assert (await rules_of(day.station)).limits == limits
    day.limits = replace(limits, late=dict.fromkeys(Priority, 600 * MINUTE))
    day.clock.moment = local(9.75)
    await record(day.station, FactKind.DEPARTED, day.ida)
    assert day.look() == []


test_a_depot_says_from_when_on_it_is_an_alarm = running(_limits)

"""Risks of the open day's stops, from real journals of the days before."""

from datetime import timedelta

import pytest

from console.dispatch import firsttries
from console.dispatch.depotrules import keep_rules, rules_of
from console.dispatch.exceptions import Logged, log
from console.dispatch.expecting import Expecting, risk_of
from console.dispatch.firsttries import read_past
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.pastdays import PastDay, past_day
from console.dispatch.reporting import record
from console.dispatch.services import Services
from console.dispatch.station import Station
from console.domain.commands import MoveStops
from console.domain.places import Address
from console.domain.plan import Cause, FactKind
from console.domain.risk import Span
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row
from tests.dispatch.weeks import first_stops, out, week


async def next_day(station: Station, world: World) -> None:
    """A known bad door, a known good one, and a new one in a new area."""
    rows = [row("bad", "Weg 16", postcode="9491"), row("good", "Weg 10", postcode="9490"),
            row("new", "Weg 90", postcode="9499")]  # fmt: skip
    await take_in(station, await read_file(station, world.orders(*rows)))
    await locate_day(station)


def by_order(station: Station) -> dict[str, float]:
    picture = station.picture
    found = {s.orders[0].id: risk_of(picture, s.id) for s in picture.plan.stops.values()}
    return {str(order): risk.rate for order, risk in found.items() if risk is not None}


@journey
async def test_stops_have_risks_by_door_and_area_and_the_day_their_sum(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await week(world, station, clock)
        points = (Address("Kiosk 1"),)
        await keep_rules(station, (await rules_of(station)).__class__(pickup_points=points))
        expecting = Expecting(station)
        await expecting.follow()
        assert station.picture.risks.of == {}
        await next_day(station, world)
        seen = list[bool]()
        station.workday.follow(lambda change: seen.append(change.everything))
        await expecting.follow()
        risks = station.picture.risks
        assert (risks.tries, risks.days, risks.points) == (60, 5, ("Kiosk 1",))
        found = by_order(station)
        assert found["bad"] > found["new"] > found["good"]
        assert station.picture.totals.expected is not None
        assert station.picture.totals.expected.orders == 0, "nobody drives anywhere yet"
        await expecting.follow()
        assert seen == [False], "what is as it was is not told again"
        await station.refresh()
        assert by_order(station) == found
        known = {s.orders[0].id: s.id for s in station.picture.plan.stops.values()}
        assert by_order(station).keys() == known.keys()


@journey
async def test_the_sum_follows_the_plan_and_what_has_failed(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await week(world, station, clock)
        routes = await out(station, world, clock, 5)
        await Expecting(station).follow()
        told = station.picture.totals.expected
        assert told is not None
        rates = by_order(station)
        assert told.orders == pytest.approx(sum(rates.values()))
        assert told.low < told.orders < told.high
        stop = first_stops(station)[0]
        assert routes
        await record(station, FactKind.FAILED, stop, cause=Cause.ABSENT)
        after = station.picture.totals.expected
        assert after is not None
        assert after.orders == pytest.approx(1 + sum(by_order(station).values()))
        assert risk_of(station.picture, stop) is None


@journey
async def test_first_tries_are_read_once_and_say_what_they_were(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await week(world, station, clock, days=2)
        past = await read_past(station)
        assert (past.tries, past.failed, past.days) == (24, 6, 2)
        door = next(d for d in past.doors.values() if d.failed)
        assert door.cause is Cause.ABSENT
        assert set(door.came) == {Span.MORNING}
        reads = list[str]()

        def counted(services: Services, stream: str) -> PastDay:
            reads.append(stream)
            return past_day(services, stream)

        monkeypatch.setattr(firsttries, "past_day", counted)
        again = await read_past(station)
        assert (again.tries, again.failed, again.doors) == (past.tries, past.failed, past.doors)
        assert reads == []
        await station.open(DAY)
        late = await log(station, first_stops(station)[0], Logged(Cause.ACCESS))
        assert late
        await station.open(DAY + timedelta(days=2))
        reads.clear()
        await read_past(station)
        assert len(reads) == 1, "only the day that was told more of"


@journey
async def test_breakdowns_and_further_attempts_say_nothing_of_a_door(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await begun(station, world, row("A", "Weg 10"), row("B~2", "Weg 11"), row("C", "Weg 12"))
        await locate_day(station)
        plan = station.picture.plan
        route = next(iter(plan.routes))
        await station.submit(MoveStops(tuple(plan.stops), route))
        clock.moment = local(9)
        stops = {str(s.orders[0].id): s.id for s in plan.stops.values()}
        await record(station, FactKind.FAILED, stops["A"], cause=Cause.BREAKDOWN)
        await record(station, FactKind.FAILED, stops["B~2"], cause=Cause.ABSENT)
        await log(station, stops["C"], Logged(Cause.ACCESS))
        clock.moment += timedelta(days=1)
        await station.open(DAY + timedelta(days=1))
        past = await read_past(station)
        assert (past.tries, past.failed) == (1, 1)
        assert next(iter(past.doors.values())).cause is Cause.ACCESS
        expecting = Expecting(station)
        await expecting.follow()
        assert station.picture.risks.of == {}, "one try says nothing"


@journey
async def test_a_day_that_is_over_has_none(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await week(world, station, clock)
        await station.open(DAY + timedelta(days=1))
        await Expecting(station).follow()
        assert station.picture.risks.of == {}
        assert station.picture.totals.expected is None

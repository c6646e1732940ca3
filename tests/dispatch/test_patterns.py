"""Past days looked through for what goes wrong: real journals, also of what left the plan."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from console.dispatch.exceptions import Logged, log
from console.dispatch.extracts import Cancelled
from console.dispatch.fleetwork import import_fleet, open_usual_shifts
from console.dispatch.orderwork import locate_day, read_file, take_in
from console.dispatch.patterns import find_patterns, look_back, notes_of
from console.dispatch.reporting import record, retract
from console.dispatch.resolving import Wish, resolve, way_of
from console.dispatch.station import Station
from console.domain.cases import Resolution
from console.domain.clusters import By, Group, Verdict
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.plan import Cause, FactKind, RouteId, StopId
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row

STOPS = 6  # a driver


async def out(station: Station, world: World, clock: SetClock, number: int) -> Sequence[RouteId]:
    """A day on which Ida and Ole are out, at nine; Ole's stops are the second half."""
    day = DAY + timedelta(days=number)
    clock.moment = local(4) + (day - DAY)
    await station.open(day)
    if number == 0:
        await import_fleet(station, world.fleet("Ida", "Ole"))
    else:
        await open_usual_shifts(station)
    rows = [
        row(f"d{number}o{i:02}", f"Weg {10 + i}", postcode=str(9490 + i // STOPS),
            window_from="08:00", window_to="12:00" if i % 2 else "16:00")
        for i in range(2 * STOPS)
    ]  # fmt: skip
    await take_in(station, await read_file(station, world.orders(*rows)))
    await locate_day(station)
    plan = station.picture.plan
    routes = sorted(plan.routes, key=lambda r: station.picture.drivers[r].name)
    stops = first_stops(station)
    for i, route in enumerate(routes):
        await station.submit(MoveStops(tuple(stops[STOPS * i : STOPS * (i + 1)]), route))
    await station.submit(ReleaseRoutes(tuple(routes)))
    clock.moment = local(9) + (day - DAY)
    station.workday.set_now(station.now())
    return routes


def first_stops(station: Station) -> list[StopId]:
    """All of them, Ida's first."""
    plan = station.picture.plan
    return sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)


async def driven(station: Station, wrong: Sequence[int]) -> None:
    """Every stop is told: these failed as nobody was there, all others were delivered."""
    for i, stop in enumerate(first_stops(station)):
        kind = FactKind.FAILED if i in wrong else FactKind.DELIVERED
        await record(station, kind, stop, cause=Cause.ABSENT if i in wrong else None)


async def week(world: World, station: Station, clock: SetClock, days: int = 5) -> None:
    """Every day three of Ole's six stops fail, none of Ida's."""
    for number in range(days):
        await out(station, world, clock, number)
        await driven(station, [STOPS + (number + i) % STOPS for i in range(3)])
    clock.moment = local(7) + timedelta(days=days)
    await station.open(DAY + timedelta(days=days))


@journey
async def test_a_driver_of_whom_half_fails_is_found_with_the_cases(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await week(world, station, clock)
        shares = list[float]()
        told = await find_patterns(station, lambda _, share: shares.append(share))
        looked = told.looked
        assert shares == [0, 0.2, 0.4, 0.6, 0.8, 1]
        assert (len(looked.days), looked.visits, looked.rounds) == (5, 60, 10)
        found = {p.group: p for p in told.found.patterns}
        ole = next(p for p in told.found.patterns if p.group.by is By.DRIVER)
        assert looked.names[By.DRIVER, ole.group.key] == "Ole"
        assert (ole.cases, ole.of, ole.days, ole.expected) == (15, 30, 5, 0.0)
        assert ole.verdict is Verdict.CLEAR
        assert found[Group(By.AREA, "9491")].cases == 15
        assert found[Group(By.WINDOW, "08:00-12:00")].of == 30
        door = next(p for p in told.found.patterns if p.group.by is By.CUSTOMER)
        assert "Weg" in looked.names[By.CUSTOMER, door.group.key]
        cases = looked.cases_of(ole)
        assert len(cases) == 15
        assert [case.day for case in cases] == sorted((c.day for c in cases), reverse=True)
        assert {(case.fact.cause, case.driver, case.actor) for case in cases} == {
            (Cause.ABSENT, ole.group.key, "ada")
        }


@journey
async def test_what_went_on_another_day_and_what_was_taken_back(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        routes = await out(station, world, clock, 0)
        locked_out, absent = first_stops(station)[:2]
        fact = await log(station, locked_out, Logged(Cause.ACCESS, "gate locked"))
        way = await way_of(station, fact.id, Wish(Resolution.RESCHEDULE, DAY + timedelta(1)))
        await resolve(station, fact.id, way)
        assert locked_out not in station.picture.plan.stops
        wrong = await record(station, FactKind.FAILED, absent, cause=Cause.ABSENT)
        await retract(station, wrong.id)
        await driven(station, [1])
        await log(station, routes[1], Logged(Cause.BREAKDOWN))
        clock.moment += timedelta(days=1)
        await station.open(DAY + timedelta(days=2))
        looked = await look_back(station)
        assert (looked.visits, looked.rounds) == (12, 2)
        found = {each.facts[0].cause: each for each in looked.tries if each.facts}
        assert set(found) == {Cause.ABSENT, Cause.ACCESS, Cause.BREAKDOWN}
        assert found[Cause.ACCESS].groups[By.DRIVER], "it left the plan, and was Ida's"
        assert found[Cause.BREAKDOWN].is_round
        notes = await notes_of(station, list(looked.cases.values()))
        assert list(notes.values()) == ["gate locked"]


@journey
async def test_it_is_called_off_and_days_without_a_journal_say_nothing(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await begun(station, world, row("A", "Weg 10"))
        told = await find_patterns(station)
        assert (told.looked.days, told.found.patterns, told.found.looked_at) == ([], (), 0)
        clock.moment = local(7) + timedelta(days=1)

        def stop(_sentence: str, share: float) -> None:
            if share:
                raise Cancelled

        with pytest.raises(Cancelled):
            await find_patterns(station, stop)

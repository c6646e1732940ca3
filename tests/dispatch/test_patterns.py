"""Past days looked through for what goes wrong: real journals, also of what left the plan."""

from datetime import timedelta

import pytest

from console.dispatch.exceptions import Logged, log
from console.dispatch.extracts import Cancelled
from console.dispatch.patterns import find_patterns, look_back, notes_of
from console.dispatch.reporting import record, retract
from console.dispatch.resolving import Wish, resolve, way_of
from console.domain.cases import Resolution
from console.domain.clusters import By, Group, Verdict
from console.domain.plan import Cause, FactKind
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row
from tests.dispatch.weeks import driven, first_stops, out, week


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

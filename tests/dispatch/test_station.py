"""A console at work on a real store: saved, taken back, opened again, shared."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from console.dispatch.desk import Refusal
from console.dispatch.exceptions import exceptions, log_exception
from console.dispatch.fleetwork import import_fleet, open_usual_shifts
from console.dispatch.optimising import optimise, reasons, relaxations, why_here
from console.dispatch.orderwork import cancel_orders, locate_day
from console.dispatch.ports import Region
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.dispatch.trafficwork import set_speeds
from console.domain.commands import LockRoutes, MoveStops, PinStops, SwitchDriver
from console.domain.errors import ConsoleError, Rejected
from console.domain.orders import OrderId
from console.domain.plan import Cause, FactKind, RouteId, StopId, StopStatus
from console.domain.speeds import USUAL
from console.domain.traffic import NO_TRAFFIC
from console.planning.run import Run, Terms
from tests.dispatch.consoles import (
    DAY,
    EVENING_BEFORE,
    SetClock,
    StraightStreets,
    World,
    begun,
    brought,
    journey,
    local,
    row,
)

QUICK = Terms(1.5, engine="insertion")
A, B, C = StopId("s:A"), StopId("s:B"), StopId("s:C")
THREE = (row("A", "Weg 10"), row("B", "Weg 20"), row("C", "Weg 30"))


class ValleyStreets(StraightStreets):
    """The same country after a road up the mountain was built."""

    def matrix(self, points, profile="car", progress=None):
        flat = {place: replace(point, lat=min(point.lat, 47.5)) for place, point in points.items()}
        return super().matrix(flat, profile, progress)


# -- saved -----------------------------------------------------------------------------------------


@journey
async def test_everything_is_there_when_opened_again(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE)
        (route,) = station.picture.plan.routes
        await station.submit(MoveStops((A, B), route))
        await log_exception(station, A, Cause.ABSENT, "rang twice")
        before = station.picture
    with world.console() as station:
        await station.open()
        assert station.workday.desk.plan == before.plan
        await station.refresh()
        assert station.picture == before
        (line,) = await exceptions(station)
        assert (line.note, line.actor, line.fact.cause) == ("rang twice", "ada", Cause.ABSENT)


@journey
async def test_a_console_that_dies_has_saved_everything(world: World) -> None:
    """The first console is never closed: what it said was saved is on the disk."""
    with world.console("dead") as dead:
        await begun(dead, world, *THREE)
        (route,) = dead.picture.plan.routes
        await dead.submit(MoveStops((A,), route))
        with world.console() as station:
            await station.open(DAY)
            assert station.picture.plan.stops[A].route == route


@journey
async def test_undo_and_redo_survive_a_restart(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE)
        (route,) = station.picture.plan.routes
        await station.submit(MoveStops((A,), route))
        await station.submit(MoveStops((B,), route))
    with world.console() as station:
        await station.open(DAY)
        await station.undo()
        await station.undo()
        assert station.picture.plan.routes[route].stops == ()
        assert not station.picture.schedules
    with world.console() as station:
        await station.open(DAY)
        assert not station.picture.is_timed  # travel times come with the first refresh
        await station.redo()
        await station.redo()
        assert station.picture.plan.routes[route].stops == (A, B)
        assert len(station.picture.schedules[route].visits) == 2
        with pytest.raises(Rejected, match="nothing_to_redo"):
            await station.redo()


@journey
async def test_undo_of_an_import_and_back(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE)
        await station.undo()
        assert not station.picture.plan.stops
        await station.redo()
        assert set(station.picture.plan.stops) == {A, B, C}
        assert station.picture.labels[A].street == "Weg 10"


@journey
async def test_days_are_apart_and_the_last_one_opens(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE)
        await station.open(DAY + timedelta(days=1))
        assert not station.picture.plan.stops
        assert await open_usual_shifts(station) == 1
        assert await open_usual_shifts(station) == 0
        (tomorrow,) = station.picture.plan.routes.values()
        assert tomorrow.shift.start == local(8) + timedelta(days=1)
    with world.console() as station:
        await station.open()
        assert station.service_day.day == DAY + timedelta(days=1)
    with world.console(clock=SetClock(EVENING_BEFORE + timedelta(days=9))) as station:
        await station.open()
        assert station.service_day.day == (EVENING_BEFORE + timedelta(days=9)).date()


@journey
async def test_no_day_no_region(world: World) -> None:
    with world.console(region=None) as station:
        with pytest.raises(ConsoleError, match="No day is open"):
            _ = station.picture
        with pytest.raises(ConsoleError, match="No day is open"):
            await import_fleet(station, world.fleet())
        await station.open(DAY)
        await import_fleet(station, world.fleet())
        with pytest.raises(ConsoleError, match="Streets for this area are missing") as caught:
            await brought(station, world.orders(*THREE))
        assert "region add" in caught.value.remedy
        assert len(station.picture.plan.stops) == 3
        assert not station.picture.is_timed
    with world.console() as station:  # the streets have been added since
        await station.open(DAY)
        await station.use_region(station.services.regions.find("flat"))
        await locate_day(station)
        assert station.picture.is_timed
        assert not station.picture.off_road


@journey
async def test_other_streets_are_asked_everything_anew(world: World) -> None:
    """What was off the roads, the hours' speeds and the vehicles' roads are the streets' own."""
    with world.console() as station:
        await begun(station, world, *THREE, row("M", "Berg 1"))
        await set_speeds(station, USUAL)
        (mountain,) = station.off_road
        served = station.traffic.served
        assert served != NO_TRAFFIC
        before = station.region
        assert before is not None
        made = list[ValleyStreets]()

        def streets(region: Region) -> ValleyStreets:
            made.append(ValleyStreets(region))
            return made[-1]

        station.services = replace(station.services, streets=streets)
        await station.use_region(replace(before, hash="h2"))
        assert station.off_road == {}
        assert mountain in station.workday.matrix.index
        assert station.traffic.served == served
        assert [each.built for each in made] == [{served.version}]


# -- two consoles ----------------------------------------------------------------------------------


@journey
async def test_a_colleagues_changes_arrive(world: World) -> None:
    with world.console("ada") as ada, world.console("bob") as bob:
        await begun(ada, world, *THREE)
        await bob.open(DAY)
        seen = bob.services.data_version()
        (route,) = ada.picture.plan.routes
        await ada.submit(MoveStops((A,), route))
        assert bob.services.data_version() != seen
        await bob.pull()
        assert bob.picture == ada.picture
        await bob.submit(MoveStops((B,), route))
        await ada.pull()
        assert ada.picture == bob.picture
        assert ada.picture.plan.routes[route].stops == (A, B)


@journey
async def test_the_first_wins_and_the_second_is_told(world: World) -> None:
    with world.console("ada") as ada, world.console("bob") as bob:
        await begun(ada, world, *THREE, drivers=("Ida", "Jan"))
        await bob.open(DAY)
        refusals: list[Refusal] = []
        bob.workday.on_refusal(refusals.append)
        ida, jan = bob.picture.plan.routes
        await ada.submit(MoveStops((A,), ida))
        await bob.submit(MoveStops((A,), jan))  # bob has not seen it yet
        assert [r.verdict.reason for r in refusals] == ["changed_since"]
        assert refusals[0].command == MoveStops((A,), jan)
        assert bob.picture.plan.stops[A].route == ida
        await ada.pull()
        assert ada.picture.plan == bob.picture.plan


@journey
async def test_changes_to_different_stops_both_count(world: World) -> None:
    with world.console("ada") as ada, world.console("bob") as bob:
        await begun(ada, world, *THREE, drivers=("Ida", "Jan"))
        await bob.open(DAY)
        ida, jan = bob.picture.plan.routes
        await ada.submit(MoveStops((A,), ida))
        await bob.submit(MoveStops((B,), jan))
        await ada.pull()
        assert ada.picture.plan == bob.picture.plan
        assert (ada.picture.plan.stops[A].route, ada.picture.plan.stops[B].route) == (ida, jan)
        assert set(ada.picture.schedules) == {ida, jan}


@journey
async def test_undo_is_refused_where_a_colleague_built_on_it(world: World) -> None:
    with world.console("ada") as ada, world.console("bob") as bob:
        await begun(ada, world, *THREE)
        (route,) = ada.picture.plan.routes
        await ada.submit(MoveStops((B,), route))
        await ada.submit(MoveStops((A,), route))
        await bob.open(DAY)
        await bob.submit(MoveStops((A,), None))
        await ada.pull()
        with pytest.raises(Rejected, match="undo_refused") as caught:
            await ada.undo()
        assert caught.value.details["by"] == "bob"
        await ada.undo()  # the next one goes to the step before
        assert ada.picture.plan.stops[B].route is None


@journey
async def test_a_stop_is_let_in_and_knows_why_it_is_there(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE)
        (route,) = station.picture.plan.routes
        assert await why_here(station, A) is None
        best = (await relaxations(station, A))[0]
        assert (best.kind, best.route) == ("fits", route)
        await station.submit(best.command, station.workday.desk.plan.version)
        assert station.picture.plan.stops[A].route == route
        assert await relaxations(station, A) == ()
        here = await why_here(station, A)
        assert here is not None
        assert here.price == pytest.approx(best.price)
        assert await relaxations(station, StopId("gone")) == ()
        await station.undo()
        assert station.picture.plan.stops[A].route is None


# -- optimising ------------------------------------------------------------------------------------


@journey
async def test_optimise_and_keep_what_is_decided(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE, drivers=("Ida", "Jan"))
        ida, jan = station.picture.plan.routes
        await station.submit(MoveStops((C,), jan))
        await station.submit(PinStops((C,)))
        found = await optimise(station, QUICK)
        plan = station.picture.plan
        assert (found.served, found.failures, found.repaired) == (3, (), 0)
        assert plan.unassigned == ()
        assert plan.stops[C].route == jan
        assert await reasons(station) == {}
        await station.submit(LockRoutes((ida, jan)))
        assert (await optimise(station, QUICK)).command.routes == ()
        assert station.picture.plan.routes[jan].locked


@journey
async def test_a_plan_that_moves_under_the_search_is_repaired(world: World) -> None:
    with world.console() as station:
        await begun(station, world, *THREE, drivers=("Ida", "Jan"))
        jan = list(station.picture.plan.routes)[1]
        runs: list[Run] = []

        def meddle(run: Run) -> None:
            if not runs:
                station.workday.submit(MoveStops((A,), jan))
                station.workday.submit(PinStops((A,)))
            runs.append(run)

        found = await optimise(station, QUICK, begun=meddle)
        assert found.repaired == 1
        assert station.picture.plan.stops[A].route == jan
        assert station.picture.plan.stops[A].pinned
        assert station.picture.plan.unassigned == ()


@journey
async def test_what_cannot_be_optimised(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await station.open(DAY)
        with pytest.raises(ConsoleError, match="No driver"):
            await optimise(station, QUICK)
        await import_fleet(station, world.fleet())
        with pytest.raises(ConsoleError, match="no orders"):
            await optimise(station, QUICK)
        await brought(station, world.orders(*THREE))
        (route,) = station.picture.plan.routes
        await station.submit(SwitchDriver(route))
        with pytest.raises(ConsoleError, match="No driver"):
            await optimise(station, QUICK)
        await station.submit(SwitchDriver(route, off=False))
        clock.moment = local(9) + timedelta(days=1)
        assert station.is_over()
        with pytest.raises(ConsoleError, match="over"):
            await optimise(station, QUICK)


@journey
async def test_nothing_is_planned_before_now(world: World) -> None:
    with world.console(clock=SetClock(local(10.5))) as station:
        await begun(station, world, *THREE)
        await optimise(station, QUICK)
        (schedule,) = station.picture.schedules.values()
        assert schedule.start >= local(10.5)


@journey
async def test_a_route_under_way_goes_on_from_what_is_done(world: World) -> None:
    clock = SetClock(local(8))
    with world.console(clock=clock) as station:
        await begun(station, world, *THREE, drivers=("Ida", "Jan"))
        ida, jan = station.picture.plan.routes
        await station.submit(MoveStops((A,), ida))
        await record(station, FactKind.DEPARTED, ida, local(8))
        await record(station, FactKind.DELIVERED, A, local(8.4))
        clock.moment = local(8.5)
        await optimise(station, replace(QUICK, seconds=20.0))
        station.workday.set_now(station.now())
        routes = station.picture.plan.routes
        assert routes[ida].stops[0] == A
        assert {*routes[ida].stops, *routes[jan].stops} == {A, B, C}
        schedule = station.picture.schedules[ida]
        assert schedule.start == local(8)
        assert all(visit.start >= local(8.5) for visit in schedule.visits[1:])


@journey
async def test_reasons_name_what_is_in_the_way(world: World) -> None:
    with world.console() as station:
        await begun(
            station,
            world,
            row("A", "Weg 10", skills="crane"),
            row("B", "Berg 1"),
            row("C", "Nirgends"),
            row("D", "Insel 1"),
        )
        found = {
            stop: [why.rule for why in told] for stop, told in (await reasons(station)).items()
        }
        assert found == {
            A: ["skill"],
            B: ["unreachable"],
            C: ["not_located"],
            "s:D": ["unreachable"],
        }
        assert (await reasons(station))[B][0].detail == "4,000 m from the next road"


# -- the street ------------------------------------------------------------------------------------


@journey
async def test_exceptions_are_listed_the_newest_first(world: World) -> None:
    clock = SetClock(local(9))
    with world.console(clock=clock) as station:
        await begun(station, world, *THREE)
        await log_exception(station, A, Cause.ACCESS)
        clock.moment = local(10)
        await log_exception(station, B, Cause.DAMAGE, " crushed ")
        await cancel_orders(station, [OrderId("A")])
        await record(station, FactKind.DELIVERED, C)
        queue = await exceptions(station)
        assert [(line.fact.subject, line.note) for line in queue] == [(B, "crushed"), (A, "")]
        assert station.picture.plan.stops[C].status is StopStatus.DELIVERED
        stored = "".join(str(entry) for entry in station.workday.desk.entries)
        assert "crushed" not in stored  # no free text in the journal
        assert "Weg" not in stored


@journey
async def test_names_and_addresses_stay_out_of_the_journal(world: World) -> None:
    with world.console() as station:
        await begun(station, world, row("A", "Weg 10", recipient="Zacharias", phone="08154711"))
        stored = "".join(str(entry) for entry in station.workday.desk.entries)
        for personal in ("Zacharias", "08154711", "Weg", "Ebene", "Ida", "47.0"):
            assert personal not in stored


# -- no room ---------------------------------------------------------------------------------------


@contextmanager
def no_room(station: Station) -> Iterator[None]:
    """The database may not grow."""
    database = station.services.journal.database
    with database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    yield
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")


async def to_and_fro(station: Station, route: RouteId) -> None:
    for _ in range(200):
        await station.submit(MoveStops((A,), route))
        await station.submit(MoveStops((A,), None))


@journey
async def test_a_full_disk_keeps_what_is_not_saved_yet(world: World) -> None:
    """The database may grow no more; when there is room again the same change is saved."""
    with world.console() as station:
        await begun(station, world, *THREE)
        (route,) = station.picture.plan.routes
        with no_room(station):
            with pytest.raises(ConsoleError, match="full") as caught:
                await to_and_fro(station, route)
            assert caught.value.remedy
            assert not station.workday.desk.is_saved
        shown = station.workday.desk.plan
        await station.save()
        assert station.workday.desk.is_saved
    with world.console() as station:
        await station.open(DAY)
        assert station.workday.desk.plan == shown

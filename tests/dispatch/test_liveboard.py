"""The board of the running day: progress, delay against the released plan, what comes next."""

from datetime import timedelta

from console.dispatch.baseline import Baseline
from console.dispatch.forecasting import Forecast
from console.dispatch.liveboard import Doing, LiveLine, Sight, board
from console.dispatch.reporting import last_told, record, retract
from console.dispatch.station import Station
from console.domain.commands import AdoptSolution, MoveStops, ReleaseRoutes
from console.domain.plan import FactKind, RouteId, StopId
from tests.dispatch.consoles import SetClock, World, begun, journey, local, row


async def released(station: Station, world: World) -> tuple[RouteId, list[StopId]]:
    await begun(station, world, *(row(f"o{i}", f"Weg {100 * i + 100}") for i in range(4)))
    (route,) = station.picture.plan.routes
    plan = station.picture.plan
    stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
    await station.submit(MoveStops(tuple(stops), route))
    await station.submit(ReleaseRoutes((route,)))
    return route, stops


def test_a_day_as_it_goes(world: World) -> None:
    @journey
    async def goes() -> None:
        clock = SetClock(local(7))
        with world.console(clock=clock) as station:
            route, stops = await released(station, world)
            baseline = Baseline(station.workday)
            forecast = Forecast(station.workday, clock)

            def line() -> LiveLine:
                sight = Sight(lambda _route: None, baseline.planned, forecast.etas)
                station.workday.tick(clock.moment)
                (only,) = board(station.picture, sight, clock.moment)
                return only

            planned = baseline.planned(route)
            assert planned is not None
            assert baseline.planned(route) is planned
            assert (line().doing, line().progress, line().delay) == (
                Doing.WAITING,
                "0/4",
                timedelta(),
            )
            clock.moment = planned.start + timedelta(minutes=10)
            assert line().delay == timedelta(minutes=10)  # she should have left
            await record(station, FactKind.DEPARTED, route)
            driving = line()
            assert (driving.doing, driving.next) == (Doing.DRIVING, stops[0])
            assert driving.eta is not None
            assert driving.eta.low <= driving.eta.at <= driving.eta.high
            clock.moment = driving.eta.at
            await record(station, FactKind.ARRIVED, stops[0])
            assert (line().doing, line().since) == (Doing.AT_STOP, clock.moment)
            clock.moment += timedelta(minutes=20)
            assert (line().delay or timedelta()) > timedelta(minutes=20)
            await record(station, FactKind.FAILED, stops[0])
            assert (line().progress, line().failed) == ("1/4", 1)
            clock.moment += timedelta(minutes=1)
            await record(station, FactKind.BREAK_BEGAN, route)
            assert line().doing is Doing.RESTING
            told = last_told(station.picture.plan, route)
            assert told is not None
            await retract(station, told.id)
            assert line().doing is Doing.DRIVING
            for stop in stops[1:]:
                await record(station, FactKind.DELIVERED, stop)
            assert (line().doing, line().progress) == (Doing.HEADING_HOME, "4/4")
            await record(station, FactKind.RETURNED, route)
            assert line().doing is Doing.BACK
            assert baseline.planned(route) is planned  # what was planned does not move
            await station.submit(ReleaseRoutes((route,), released=False))
            assert baseline.planned(route) is None
            assert line().delay is None

    goes()


def test_an_amendment_is_the_new_measure_and_undo_brings_back_the_old_one(world: World) -> None:
    @journey
    async def measured() -> None:
        with world.console(clock=SetClock(local(7))) as station:
            route, stops = await released(station, world)
            baseline = Baseline(station.workday)
            first = baseline.planned(route)
            assert first is not None
            assert [visit.stop for visit in first.visits] == stops
            turned = (stops[0], *reversed(stops[1:]))
            await station.submit(AdoptSolution(((route, turned),), opened=(route,)))
            second = baseline.planned(route)
            assert second is not None
            assert tuple(visit.stop for visit in second.visits) == turned
            await station.undo()
            assert baseline.planned(route) == first

    measured()

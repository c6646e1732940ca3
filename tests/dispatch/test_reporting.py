"""What the street tells: once each, durable, corrected and never deleted."""

from datetime import datetime, timedelta

import pytest

from console.dispatch.drawing import draw
from console.dispatch.forecasting import Forecast
from console.dispatch.picture import PictureChange
from console.dispatch.reporting import correct, record, report, retract
from console.dispatch.street import Report
from console.domain.commands import MoveStops
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, FactId, FactKind, RouteId, StopId, StopStatus
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row


def told(name: str, kind: FactKind, subject: str, at: datetime, **given: object) -> Report:
    return Report(FactId(name), kind, StopId(subject), at, **given)


async def under_way(station, world: World) -> tuple[RouteId, list[StopId]]:
    await begun(station, world, *(row(f"o{i}", f"Weg {10 * i + 20}") for i in range(4)))
    (route,) = station.picture.plan.routes
    stops = list(station.picture.plan.unassigned)
    await station.submit(MoveStops(tuple(stops), route))
    return route, stops


@journey
async def sent_twice(world: World) -> None:
    clock = SetClock(local(9))
    with world.console(clock=clock) as station:
        route, stops = await under_way(station, world)
        sent = [
            told("a", FactKind.DEPARTED, route, local(8.5)),
            told("b", FactKind.FAILED, stops[0], local(8.8), cause=Cause.ABSENT, note=" rang "),
        ]
        facts = await report(station, sent)
        version = station.workday.desk.plan.version
        assert await report(station, sent) == []
        assert station.workday.desk.plan.version == version
        assert station.workday.desk.is_saved
        assert facts[1].cause is Cause.ABSENT
        assert station.services.notes.get([facts[1].note]) == {facts[1].note: "rang"}
        assert station.picture.plan.routes[route].started_at == local(8.5)


def test_what_is_sent_twice_is_noted_once(world: World) -> None:
    sent_twice(world)


@journey
async def at_once(world: World) -> None:
    with world.console(clock=SetClock(local(9))) as station:
        route, stops = await under_way(station, world)
        before, shown = station.picture, list[PictureChange]()
        station.workday.follow(shown.append)
        sent = [
            told("a", FactKind.DEPARTED, route, local(8.5)),
            told("b", FactKind.ARRIVED, stops[0], local(8.8)),
            told("b", FactKind.ARRIVED, stops[0], local(8.8)),
            told("c", FactKind.DELIVERED, stops[0], local(8.9)),
            told("d", FactKind.ARRIVED, stops[1], local(8.95)),
        ]
        facts = await report(station, sent, local(9))
        assert [fact.id for fact in facts] == ["a", "b", "c", "d"]
        (change,) = shown
        assert (change.before, change.after) == (before, station.picture)
        assert change.routes == {route}
        assert set(stops[:2]) <= change.stops
        assert not change.everything
        assert station.workday.now == local(9)
        after = station.picture.plan
        assert after.version == before.plan.version + 4
        assert after.stops[stops[0]].status is StopStatus.DELIVERED
        assert station.picture == draw(after, station.workday.around)


def test_what_is_told_together_is_shown_at_once(world: World) -> None:
    at_once(world)


@pytest.mark.parametrize(
    ("kind", "at", "says"),
    [
        (FactKind.NAMED, local(9), "not"),
        (FactKind.ARRIVED, local(9).replace(tzinfo=None), "zone"),
    ],
)
def test_what_is_no_report(world: World, kind: FactKind, at: datetime, says: str) -> None:
    @journey
    async def refused() -> None:
        with world.console() as station:
            await station.open(DAY)
            with pytest.raises(ConsoleError, match=says):
                await report(station, [told("x", kind, "s", at)])
            assert station.picture.plan.facts == {}

    refused()


def test_a_report_is_corrected_and_taken_back(world: World) -> None:
    @journey
    async def changed() -> None:
        with world.console(clock=SetClock(local(10))) as station:
            _, stops = await under_way(station, world)
            fact = await record(station, FactKind.DELIVERED, stops[0])
            again = await correct(station, fact.id, local(9.5))
            assert station.picture.visits[stops[0]].departure == local(9.5)
            await retract(station, again.id)
            assert station.picture.plan.stops[stops[0]].status is StopStatus.PLANNED
            assert len(station.picture.plan.facts) == 3
            with pytest.raises(ConsoleError, match="not on record"):
                await retract(station, FactId("never"))

    changed()


def test_arrivals_are_foretold_and_measured(world: World) -> None:
    @journey
    async def foretold() -> None:
        clock = SetClock(local(8))
        with world.console(clock=clock) as station:
            route, stops = await under_way(station, world)
            forecast = Forecast(station.workday, clock)
            await report(station, [told("left", FactKind.DEPARTED, route, local(8))])
            etas = forecast.etas(route)
            assert list(etas) == stops
            assert all(eta.low <= eta.at <= eta.high for eta in etas.values())
            clock.moment = etas[stops[0]].at + timedelta(minutes=4)
            await report(station, [told("came", FactKind.ARRIVED, stops[0], clock.moment)])
            assert list(forecast.errors.measured[0]) == [240]
            assert list(forecast.etas(route)) == stops[1:]
            late = forecast.etas(route)[stops[1]].at - etas[stops[1]].at
            assert late == timedelta(minutes=4)

    foretold()

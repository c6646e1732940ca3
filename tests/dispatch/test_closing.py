"""The end of a day: what is open, each thing tied up, the report, the seal."""

from datetime import timedelta

import pytest

from console.dispatch import carrying, closing, reporting
from console.dispatch.closing import Loose
from console.dispatch.dayreport import day_paper, lines_of
from console.dispatch.exceptions import log_exception
from console.dispatch.station import Station
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.errors import ConsoleError, Rejected
from console.domain.plan import Cause, FactId, FactKind, RouteId, StopId, StopStatus
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row

A, B, C = StopId("s:A"), StopId("s:B"), StopId("s:C")
NEXT = DAY + timedelta(1)


async def driven(world: World, station: Station, clock: SetClock) -> RouteId:
    """A delivered in its window, B failed, C without a report; the driver is out."""
    await begun(
        station,
        world,
        row("A", "Weg 10", window_from="08:00", window_to="12:00"),
        row("B", "Weg 30"),
        row("C", "Weg 40"),
    )
    (route,) = station.picture.plan.routes
    await station.submit(MoveStops((A, B, C), route))
    await station.submit(ReleaseRoutes((route,)))
    for kind, subject, at in (
        (FactKind.DEPARTED, route, 8.0),
        (FactKind.ARRIVED, A, 9.0),
        (FactKind.DELIVERED, A, 9.1),
        (FactKind.FAILED, B, 10.0),
    ):
        clock.moment = local(at)
        cause = Cause.ABSENT if kind is FactKind.FAILED else None
        await reporting.record(station, kind, subject, cause=cause)
    clock.moment = local(17)
    return route


def kinds(station: Station) -> list[tuple[Loose, str]]:
    found = closing.loose_ends(station.picture.plan)
    return [(end.kind, str(end.stop or end.route)) for end in found]


@journey
async def test_what_is_open_is_named_and_tied_up_one_by_one(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await driven(world, station, clock)
        assert kinds(station) == [
            (Loose.UNTOLD, C),
            (Loose.EXCEPTION, B),
            (Loose.GOODS, B),
            (Loose.DRIVER, route),
        ]
        late = await closing.report_late(station, FactKind.FAILED, C)
        assert (late.happened_at, late.cause) == (local(10), Cause.ABSENT), "the last report's"
        await closing.count_in(station, [B])
        assert (Loose.GOODS, C) in kinds(station)
        assert (Loose.GOODS, B) not in kinds(station)
        before = len(station.workday.desk.undo_stack())
        done = await closing.put_off(station)
        assert (done.moved, done.problems) == (2, ())
        assert len(station.workday.desk.undo_stack()) == before + 1, "one step"
        other = await carrying.desk_of(station, NEXT)
        assert {o.id for s in other.plan.stops.values() for o in s.orders} == {"B~2", "C~2"}
        await closing.count_in(station, [C])
        await reporting.record(station, FactKind.RETURNED, route)
        assert kinds(station) == []
        await station.undo()
        assert {kind for kind, _ in kinds(station)} == {Loose.EXCEPTION}


@journey
async def test_the_report_sets_what_was_planned_beside_what_became_of_it(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await driven(world, station, clock)
        clock.moment = local(17.5)
        await reporting.record(station, FactKind.RETURNED, route)
        (line,) = lines_of(station)
        assert line.planned is not None
        assert (line.planned.stops, line.actual.stops, line.failed) == (3, 1, 1)
        assert (line.actual.on_time, line.actual.timed) == (1, 1)
        assert line.actual.paid == timedelta(hours=9.5)
        assert line.exceptions == 1
        assert 0 < line.actual.metres < line.planned.metres, "C was not driven to"
        open_day = await day_paper(station)
        assert "not sealed" in open_day.sealed
        head = await closing.seal(station)
        paper = await day_paper(station)
        assert paper.head == head != open_day.head
        assert "ada" in paper.sealed
        assert paper.rows[0][1] == "3 → 1"
        assert dict(paper.left)["Exceptions to resolve"] == 1
        assert station.services.sheets.day(paper).startswith(b"%PDF")


@journey
async def test_a_sealed_day_takes_facts_only_until_it_is_opened_with_a_reason(
    world: World,
) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await driven(world, station, clock)
        assert closing.may_seal(station)
        await closing.seal(station)
        with pytest.raises(ConsoleError, match="already"):
            await closing.seal(station)
        with pytest.raises(Rejected, match="sealed"):
            await station.submit(MoveStops((C,), None))
        refused = await closing.put_off(station)
        assert refused.moved == 0
        assert "sealed" in refused.sentence
        await reporting.record(station, FactKind.DELIVERED, C)
        assert station.picture.plan.stops[C].status is StopStatus.DELIVERED
        with pytest.raises(ConsoleError, match="reason"):
            await closing.reopen(station, "  ")
        await closing.reopen(station, "A van came late")
        with pytest.raises(ConsoleError, match="not sealed"):
            await closing.reopen(station, "again")
        assert (await closing.put_off(station)).moved == 1
        await closing.seal(station)
        await log_exception(station, A, Cause.DAMAGE)


@journey
async def test_marks_of_a_clock_that_stands_still_keep_their_order(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        await driven(world, station, clock)
        for _ in range(3):
            await closing.seal(station)
            await closing.reopen(station, "once more")
        assert closing.loose_ends(station.picture.plan)


@journey
async def test_what_was_told_to_be_back_by_mistake_is_corrected(world: World) -> None:
    clock = SetClock()
    with world.console(clock=clock) as station:
        route = await driven(world, station, clock)
        open_before = kinds(station)
        assert closing.come_back(station.picture.plan) == []
        await closing.count_in(station, [B])
        clock.moment = local(17.5)
        await reporting.record(station, FactKind.RETURNED, route)
        back = closing.come_back(station.picture.plan)
        assert [(end.kind, end.stop or end.route) for end in back] == [
            (Loose.GOODS, B),
            (Loose.DRIVER, route),
        ]
        assert back[0].load == station.picture.plan.stops[B].load
        assert back[1].at == local(17.5)
        told = len(station.picture.plan.facts)
        await closing.take_back(station, [FactId(end.subject) for end in back])
        assert kinds(station) == open_before
        assert closing.come_back(station.picture.plan) == []
        assert len(station.picture.plan.facts) == told + 2, "nothing is deleted"
        await closing.count_in(station, [B])
        assert [end.stop for end in closing.come_back(station.picture.plan)] == [B], "once more"
        await closing.seal(station)
        (again,) = closing.come_back(station.picture.plan)
        await closing.take_back(station, [FactId(again.subject)])
        assert (Loose.GOODS, B) in kinds(station), "a fact comes in on a sealed day, too"

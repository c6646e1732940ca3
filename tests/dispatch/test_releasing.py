"""Release, withdrawal and what a driver is told of changes."""

from dataclasses import dataclass, field

import pytest

from console.dispatch.manifests import manifest_of
from console.dispatch.noticeboard import Noticeboard
from console.dispatch.paper import PaperWish
from console.dispatch.printing import printed
from console.dispatch.releasing import changes_since
from console.dispatch.reporting import record
from console.dispatch.station import Station
from console.dispatch.street import Notice, NoticeKind
from console.domain.commands import (
    AdoptSolution,
    LoadStops,
    MoveStops,
    ReleaseRoutes,
    ReverseRoute,
)
from console.domain.errors import Rejected
from console.domain.plan import FactKind, RouteId, StopId
from console.planning.replanning import reoptimise
from console.planning.run import Terms
from console.planning.solution import adopt
from tests.dispatch.consoles import World, begun, journey, row


@dataclass
class Phone:
    got: list[Notice] = field(default_factory=list)

    def send(self, notice: Notice) -> None:
        self.got.append(notice)


async def shared_out(station: Station, world: World) -> tuple[list[RouteId], list[StopId], Phone]:
    """Ida has a, b, c; Ole has d; e waits."""
    rows = [row(name, f"Weg {20 + 10 * i}", window_to="15:00") for i, name in enumerate("abcde")]
    await begun(station, world, *rows, drivers=("Ida", "Ole"))
    phone = Phone()
    assert isinstance(station.services.notices, Noticeboard)
    station.services.notices.follow(phone)
    plan = station.picture.plan
    stops = sorted(plan.stops, key=lambda s: plan.stops[s].orders[0].id)
    routes = sorted(plan.routes, key=lambda r: station.picture.drivers[r].name)
    await station.submit(MoveStops(tuple(stops[:3]), routes[0]))
    await station.submit(MoveStops((stops[3],), routes[1]))
    return routes, stops, phone


def test_a_driver_is_told_what_she_has_to_do_and_what_has_changed(world: World) -> None:
    @journey
    async def told() -> None:
        with world.console() as station:
            (ida, _), s, phone = await shared_out(station, world)
            desk = station.workday.desk
            assert changes_since(desk, ida) is None
            await station.submit(ReleaseRoutes((ida,)))
            first = phone.got.pop()
            assert (first.kind, first.route, first.changes) == (NoticeKind.RELEASED, ida, None)
            assert first.manifest is not None
            assert [each.stop for each in first.manifest.stops] == s[:3]
            assert not changes_since(desk, ida)
            await record(station, FactKind.DELIVERED, s[0])
            assert not changes_since(desk, ida)  # what is done is no change
            await station.submit(ReleaseRoutes((ida,), released=False))
            assert phone.got.pop().kind is NoticeKind.WITHDRAWN
            await station.submit(ReverseRoute(ida))
            await station.submit(MoveStops((s[4],), ida))
            await station.submit(MoveStops((s[1],), None))
            pending = changes_since(desk, ida)
            assert pending is not None
            assert pending.sentence == "1 added, 1 taken away"
            await station.submit(ReleaseRoutes((ida,)))
            again = phone.got.pop()
            assert again.changes == pending
            assert (pending.added, pending.removed) == ((s[4],), (s[1],))
            assert again.manifest is not None
            assert [each.stop for each in again.manifest.stops] == [s[2], s[4]]
            await station.undo()
            assert phone.got.pop().kind is NoticeKind.WITHDRAWN

    told()


def test_drivers_are_told_of_an_amendment_and_of_its_undoing(world: World) -> None:
    @journey
    async def amended() -> None:
        with world.console() as station:
            (ida, ole), s, phone = await shared_out(station, world)
            await station.submit(ReleaseRoutes((ida, ole)))
            await record(station, FactKind.DELIVERED, s[0])
            before = station.picture.plan
            phone.got.clear()
            with pytest.raises(Rejected, match="released"):
                await station.submit(AdoptSolution(((ida, (s[0], s[2], s[1])),)))
            routes = ((ida, (s[0], s[2])), (ole, (s[4], s[3], s[1])))
            await station.submit(AdoptSolution(routes, opened=(ida, ole)))
            mine, his = sorted(phone.got, key=lambda notice: notice.route != ida)
            assert (mine.kind, his.kind) == (NoticeKind.RELEASED, NoticeKind.RELEASED)
            assert mine.changes is not None
            assert mine.changes.sentence == "1 taken away"
            assert his.changes is not None
            assert set(his.changes.added) == {s[1], s[4]}
            assert his.manifest is not None
            assert [each.stop for each in his.manifest.stops] == [s[4], s[3], s[1]]
            assert not changes_since(station.workday.desk, ole)
            phone.got.clear()
            await station.undo()
            assert station.picture.plan.routes == before.routes
            assert station.picture.plan.stops == before.stops
            told = {notice.route: notice.changes for notice in phone.got}
            assert set(told[ole].removed if told[ole] else ()) == {s[1], s[4]}
            assert (told[ida].added if told[ida] else ()) == (s[1],)

    amended()


def test_a_search_that_amends_takes_the_driver_s_goods_from_nobody(world: World) -> None:
    @journey
    async def searched() -> None:
        with world.console() as station:
            (ida, ole), s, _ = await shared_out(station, world)
            await station.submit(ReleaseRoutes((ida, ole)))
            await station.submit(LoadStops((s[1],)))
            await record(station, FactKind.DELIVERED, s[0])
            plan, matrix = station.workday.desk.plan, station.workday.matrix
            _, kept = reoptimise(plan, matrix, Terms(1.0), station.now())
            assert not kept.routes
            _, answer = reoptimise(plan, matrix, Terms(1.0, amends=True), station.now())
            command = adopt(plan, answer)
            assert s[4] in {stop for _, stops in command.routes for stop in stops}
            assert command.opened == tuple(route for route, _ in command.routes)
            await station.submit(command)
            after = station.picture.plan
            assert after.routes[ida].stops[0] == s[0]
            assert after.stops[s[1]].route == ida
            assert after.stops[s[4]].route in (ida, ole)
            assert all(route.released for route in after.routes.values())

    searched()


def test_the_fewest_stops_count_as_moved(world: World) -> None:
    @journey
    async def moved() -> None:
        with world.console() as station:
            (ida, _), s, _ = await shared_out(station, world)
            await station.submit(ReleaseRoutes((ida,)))
            await station.submit(ReleaseRoutes((ida,), released=False))
            await station.submit(MoveStops((s[0],), ida))
            found = changes_since(station.workday.desk, ida)
            assert found is not None
            assert (found.moved, found.sentence) == ((s[0],), "1 in another place")

    moved()


def test_a_manifest_on_paper_and_as_text(world: World) -> None:
    @journey
    async def written() -> None:
        with world.console() as station:
            (ida, _), _, _ = await shared_out(station, world)
            text = manifest_of(station.picture, ida).text()
            assert text.startswith("Ida · Ida-1  ")
            assert "Weg 20" in text
            assert "R a" in text
            assert "15:00" in text
            paper = await printed(station, PaperWish(routes=(ida,), with_map=False))
            assert paper.startswith(b"%PDF")

    written()


def test_what_is_released_or_loaded_is_not_planned_anew(world: World) -> None:
    @journey
    async def kept() -> None:
        with world.console() as station:
            (ida, ole), s, _ = await shared_out(station, world)
            await station.submit(ReleaseRoutes((ida,)))
            await station.submit(LoadStops((s[3],)))
            plan, matrix = station.workday.desk.plan, station.workday.matrix
            problem, answer = reoptimise(plan, matrix, Terms(1.0))
            assert [crew.route for crew in problem.crews] == [ole]
            assert set(answer.routes[ole]) == {s[3], s[4]}
            (bound,) = [d for d in problem.demands if d.stop == s[3]]
            assert bound.crews == (0,)

    kept()

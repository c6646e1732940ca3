"""A road is closed until a time: the zone holds at once, who went through is named."""

from dataclasses import replace
from datetime import time

import pytest

from console.dispatch.closures import close_road, closure, crossing, round_about
from console.domain.commands import MoveStops
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.domain.zones import ZoneKind
from tests.dispatch.consoles import DAY, SetClock, World, begun, journey, local, row
from tests.dispatch.test_traffic import ROWS, A, B, planned

MIDDLE = Coordinate(47.2, 9.5)


def test_a_ring_is_as_far_from_its_middle_everywhere() -> None:
    ring = round_about(MIDDLE, 150)
    assert len(ring) > 12
    assert {round(MIDDLE.metres_to(corner)) for corner in ring} == {150}


@journey
async def test_it_holds_from_now_on_and_on_this_day_only(world: World) -> None:
    clock = SetClock(local(9.51))
    with world.console(clock=clock) as station:
        await begun(station, world, *ROWS)
        zone = closure(station, round_about(MIDDLE, 150), time(11, 30))
        assert zone.kind is ZoneKind.CLOSED
        assert (zone.first, zone.last) == (DAY, DAY)
        assert (zone.begins, zone.ends) == (time(9, 30), time(11, 30))
        assert zone.contains(MIDDLE)
        assert zone.name == "Closed until 11:30"
        with pytest.raises(ConsoleError, match="later than 09:00 already"):
            closure(station, zone.corners, time(9))
        assert closure(station, zone.corners, time()).ends == time(), "to the end of the day"
        clock.moment = local(-5)
        assert closure(station, zone.corners, time(9)).begins == time(), "a day before"


@journey
async def test_the_times_before_serve_meanwhile_and_undo_opens_the_road(world: World) -> None:
    with world.console() as station:
        route = await planned(station, world)
        before, seen = station.picture, list[bool]()
        zone = closure(station, round_about(MIDDLE, 4000), time(18))

        def told(_sentence: str, _share: float) -> None:
            seen.append(station.picture.schedules == before.schedules)

        routes = await close_road(station, zone, told)
        assert seen == [True]
        assert station.traffic.value.zones == (zone,)
        assert station.traffic.served.version == station.traffic.value.version
        assert routes == (), "roads of this country are straight, and go everywhere"
        await station.undo()
        assert station.traffic.value.zones == ()
        assert station.picture.schedules[route] == before.schedules[route]


@journey
async def test_who_is_driven_otherwise_went_through(world: World) -> None:
    with world.console() as station:
        rows = (row("A", "Weg 10"), row("B", "Weg 2000"))
        await begun(station, world, *rows, drivers=("Ida", "Jan"))
        ida, jan = sorted(station.picture.plan.routes)
        await station.submit(MoveStops((A,), ida))
        await station.submit(MoveStops((B,), jan))
        before = station.picture
        known = before.schedules[jan]
        later = replace(known, end=known.end.replace(minute=59))
        after = replace(before, schedules={**before.schedules, jan: later})
        assert crossing(before, before) == ()
        assert crossing(before, after) == (jan,)

"""What one console settles holds on all: doors fixed by hand, speeds, zones, a depot's settings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from console.dispatch.depotrules import DepotRules, keep_rules, rules_of
from console.dispatch.journal import NotAllowed
from console.dispatch.mappings import EVERYBODY
from console.dispatch.orderwork import fix_place
from console.dispatch.station import Station
from console.dispatch.trafficwork import put_zone, set_speeds
from console.domain.commands import MoveStops
from console.domain.places import Address, Certainty, Coordinate
from console.domain.plan import Cause, StopId
from console.domain.speeds import USUAL
from tests.dispatch.consoles import DAY, World, begun, journey, row
from tests.dispatch.test_traffic import MORNING
from tests.postgres import Server, running

A, B = StopId("s:A"), StopId("s:B")
DOOR = Coordinate(47.3, 9.51)


@pytest.fixture(scope="module")
def server() -> Server:
    return running()


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    if request.param == "sqlite":
        yield World(tmp_path)
        return
    server: Server = request.getfixturevalue("server")
    name = server.fresh()
    yield World(tmp_path, lambda login: server.url(name, login))
    server.drop(name)


def await_word(station: Station, before: int) -> None:
    """Until the console has heard of a register."""
    while station.services.registers_version() == before:
        pass


@journey
async def test_a_door_fixed_by_a_colleague_moves_in_an_open_day(world: World) -> None:
    with world.console("ana") as ana, world.console("ben") as ben:
        await begun(ana, world, row("A", "Weg 10"), row("B", "Weg 2000"))
        (route,) = ana.picture.plan.routes
        await ana.submit(MoveStops((A, B), route))
        await ben.open(DAY)
        await ben.refresh()
        before, place = ben.picture, ben.picture.plan.stops[B].place
        seen = ben.services.registers_version()
        await fix_place(ana, place, DOOR)
        await_word(ben, seen)
        assert ben.picture == before
        await ben.reread()
        assert ben.picture.labels[B].coordinate == DOOR
        assert ben.picture.schedules == ana.picture.schedules
        assert ben.picture.schedules[route].end != before.schedules[route].end
        again = ben.services.places.remember(Address("WEG 2000", "", "Ebene"))
        assert (again.coordinate, again.certainty) == (DOOR, Certainty.FIXED)
        times = ben.workday.matrix
        await ben.reread()
        assert ben.workday.matrix is times  # nothing moved


@journey
async def test_speeds_and_zones_of_a_colleague_are_driven_with(world: World) -> None:
    with world.console("ana") as ana, world.console("ben") as ben:
        await begun(ana, world, row("A", "Weg 10"), row("B", "Weg 2000"))
        (route,) = ana.picture.plan.routes
        await ana.submit(MoveStops((A, B), route))
        await ben.open(DAY)
        await ben.refresh()
        before = ben.picture.schedules[route]
        await set_speeds(ana, USUAL)
        await put_zone(ana, MORNING)
        await ben.pull()
        assert ben.traffic.value == ana.traffic.value
        assert ben.traffic.value.zones == (MORNING,)
        assert ben.picture.schedules == ana.picture.schedules
        assert ben.picture.schedules[route] != before
        await ben.open(DAY + timedelta(days=1))  # they hold on every later day, too
        await ben.refresh()
        assert ben.traffic.value == ana.traffic.value


@journey
async def test_a_depots_settings_are_everybodys(world: World) -> None:
    with world.console("ana") as ana, world.console("ben") as ben:
        await begun(ana, world, row("A", "Weg 10"))
        await ben.open(DAY)
        seen = ben.services.registers_version()
        rules = (await rules_of(ana)).with_type(Cause.DAMAGE, "Frozen through")
        await keep_rules(ana, rules)
        await_word(ben, seen)
        assert await rules_of(ben) == rules
        ana.services.preferences.put(EVERYBODY, {"mapping/x": "1"})
        assert ben.services.preferences.get(EVERYBODY) == {"mapping/x": "1"}
        assert ana.depot is not None
        ana.services.fleet.put_depots([replace(ana.depot, currency="CHF", zone="Europe/Zurich")])
        await ben.open(DAY)
        assert ben.depot is not None
        assert (ben.depot.currency, str(ben.service_day.zone)) == ("CHF", "Europe/Zurich")
        await ben.refresh()
        assert ben.picture.currency == "CHF"


@journey
async def test_who_only_looks_has_the_settings_and_changes_none(server: Server) -> None:
    name = server.fresh()
    world = World(server.folder, lambda login: server.url(name, login))
    with world.console("ana") as ana, world.console("vera") as vera:
        await ana.open(DAY)
        rules = (await rules_of(ana)).with_type(Cause.DAMAGE, "Frozen through")
        await keep_rules(ana, rules)
        await vera.open(DAY)
        assert await rules_of(vera) == rules
        with pytest.raises(NotAllowed):
            await keep_rules(vera, DepotRules())
        ana.services.preferences.put("ana", {"layout": "mine"})
        assert vera.services.preferences.get("ana") == {}
        assert await rules_of(vera) == rules
    server.drop(name)

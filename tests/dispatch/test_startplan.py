"""A plan file read again: same orders, same routes, same marks; what changed is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.dispatch.headless import plan_day, write_plan
from console.dispatch.startplan import read_start, start_from
from console.dispatch.station import Station
from console.dispatch.wishes import Request
from console.domain.commands import LoadStops, LockRoutes, MoveStops, PinStops
from console.domain.errors import ConsoleError
from console.domain.objective import GREEN
from console.domain.plan import RouteId, StopId
from console.planning.run import ChangeBudget, Scope
from tests.dispatch.consoles import DAY, FLAT, World, begun, journey, row

ROWS = [row(name, f"Weg {10 + n}") for n, name in enumerate("ABCD")]


def route_of(station: Station, name: str) -> RouteId:
    return next(key for key, label in station.picture.drivers.items() if label.name == name)


async def kept(world: World, *, locked: bool = False) -> Path:
    """A plan file: Ida drives B, A (A pinned, B loaded), Jan C; D waits."""
    path = world.folder / "kept.json"
    with world.console() as station:
        await begun(station, world, *ROWS, drivers=("Ida", "Jan"))
        ida, jan = route_of(station, "Ida"), route_of(station, "Jan")
        await station.submit(MoveStops((StopId("s:B"), StopId("s:A")), ida))
        await station.submit(MoveStops((StopId("s:C"),), jan))
        await station.submit(PinStops((StopId("s:A"),)))
        await station.submit(LoadStops((StopId("s:B"),)))
        if locked:
            await station.submit(LockRoutes((jan,)))
        await write_plan(station, None, path)
    return path


def another(world: World) -> World:
    folder = world.folder / "another"
    folder.mkdir()
    return World(folder)


@journey
async def test_stops_and_marks_come_back(world: World) -> None:
    path = await kept(world, locked=True)
    other = another(world)
    with other.console() as station:
        await begun(station, other, *ROWS, drivers=("Jan", "Ida"))
        started = await start_from(station, read_start(path))
        plan = station.picture.plan
        ida, jan = plan.routes[route_of(station, "Ida")], plan.routes[route_of(station, "Jan")]
        assert ida.stops == ("s:B", "s:A")
        assert jan.stops == ("s:C",)
        assert (ida.locked, jan.locked) == (False, True)
        assert [key for key, stop in plan.stops.items() if stop.pinned] == ["s:A"]
        assert [key for key, stop in plan.stops.items() if stop.loaded] == ["s:B"]
        assert list(started.sentences()) == ["3 stops start on the routes of the plan file."]


@journey
async def test_what_changed_since_is_told(world: World) -> None:
    path = await kept(world)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["date"] = "2026-11-20"
    path.write_text(json.dumps(document), encoding="utf-8")
    other = another(world)
    with other.console() as station:
        await begun(station, other, *ROWS[1:], row("E", "Weg 30"), drivers=("Ida",))
        started = await start_from(station, read_start(path))
        assert station.picture.plan.routes[route_of(station, "Ida")].stops == ("s:B",)
        assert list(started.sentences()) == [
            "1 stops start on the routes of the plan file.",
            "New since: E.",
            "Not in the order file any more: A.",
            "Not on shift any more: Jan; their stops wait.",
            "The plan file is of another day, 2026-11-20.",
        ]


@journey
async def test_planned_on_from_a_file_with_terms(world: World) -> None:
    path = await kept(world)
    other = another(world)
    told: list[str] = []
    with other.console() as station:
        request = Request(
            other.orders(*ROWS),
            other.fleet("Ida", "Jan"),
            "flat",
            DAY,
            2.0,
            other.folder / "plan.json",
            profile="green",
            start=path,
            budget=ChangeBudget(drivers=0, promises=0),
            scope=Scope.FILL,
            routes=("Ida",),
        )
        await plan_day(station, FLAT, request, told.append)
        day = station.picture.plan.day
        assert day is not None
        assert day.objective == GREEN
    assert "3 stops start on the routes of the plan file." in told
    assert any(sentence.startswith("Against the plan file: ") for sentence in told)
    plan = json.loads((other.folder / "plan.json").read_text(encoding="utf-8"))
    assert plan["objective"]["name"] == "green"
    drivers = {o: r["driver"] for r in plan["routes"] for s in r["stops"] for o in s["orders"]}
    assert (drivers["A"], drivers["B"]) == ("Ida", "Ida")
    pinned = [s["orders"] for r in plan["routes"] for s in r["stops"] if s["pinned"]]
    assert pinned == [["A"]]


@journey
async def test_unknown_drivers_are_named(world: World) -> None:
    with world.console() as station:
        request = Request(
            world.orders(*ROWS),
            world.fleet("Ida"),
            "flat",
            DAY,
            1.0,
            world.folder / "plan.json",
            routes=("Zoe",),
        )
        with pytest.raises(ConsoleError, match="No driver of the fleet is called Zoe") as caught:
            await plan_day(station, FLAT, request, lambda _: None)
        assert "Ida" in caught.value.remedy


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is no plan that Doorstep wrote"),
        ("{}", "missing required field `schema`"),
        ('{"schema": 1, "date": null, "routes": [{}], "unassigned": []}', "`$.routes[0]`"),
        ('{"schema": 2, "date": null, "routes": [], "unassigned": []}', "newer Doorstep"),
        (None, "cannot be read: No such file"),
    ],
)
def test_files_that_are_no_plan(tmp_path: Path, content: Any, told: str) -> None:
    path = tmp_path / "plan.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ConsoleError) as caught:
        read_start(path)
    assert told in caught.value.message
    assert caught.value.remedy

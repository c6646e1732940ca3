"""The pipeline without a window, on straight streets: what it says, and what it writes."""

import json
from pathlib import Path

import pytest

from console.dispatch.headless import plan_day
from console.dispatch.wishes import Request
from console.domain.errors import ConsoleError
from tests.dispatch.consoles import DAY, FLAT, World, journey, row


async def said(world: World, orders: Path, fleet: Path | None = None, seconds: float = 1.5) -> str:
    told: list[str] = []
    request = Request(orders, fleet or world.fleet("Ida", "Jan"), "flat", DAY, seconds, out(world))
    with world.console() as station:
        await plan_day(station, FLAT, request, told.append)
    return "\n".join(told)


def out(world: World) -> Path:
    return world.folder / "plan.json"


def written(world: World) -> dict:
    return json.loads(out(world).read_text(encoding="utf-8"))


@journey
async def test_everything_worth_knowing_is_said(world: World) -> None:
    orders = world.orders(
        row("A", "Weg 10"),
        row("B", "Hof 11"),
        row("C", "Etwa 3"),
        row("D", "Berg 1"),
        row("E", "Nirgends"),
        row("F", "Weg 12", pieces="-1"),
        row("G", "Weg 13", skills="crane"),
        row("H", "Weg 14", weight_kg="5000"),
    )
    text = orders.read_text(encoding="utf-8").replace("skills", "skills,colour", 1)
    orders.write_text(text, encoding="utf-8")
    told = await said(world, orders)
    assert "2 drivers on shift." in told
    assert "7 orders, 1 rows rejected." in told
    assert "Row 7: " in told
    assert "Address to check: Nirgends, Ebene (unknown)." in told
    assert "Address to check: Etwa 3, Ebene (doubtful)." in told
    assert "1 addresses lie too far from any road and stay unassigned." in told
    assert "250 m from the next road: Hof 11, Ebene." in told
    assert "colour" in told
    assert "Order G needs crane, which no driver has." in told
    assert "Order H is more than any vehicle can carry." in told
    assert "of 7 orders served on" in told
    plan = written(world)
    reasons = {entry["order"]: entry["reasons"][0]["rule"] for entry in plan["unassigned"]}
    assert reasons == {"D": "unreachable", "E": "not_located", "G": "skill", "H": "overloaded"}


@journey
async def test_many_doubts_are_counted(world: World) -> None:
    told = await said(world, world.orders(*(row(f"O{i}", f"Hof {i}x") for i in range(9))))
    assert told.count("Address to check") == 5
    assert "... and 4 more addresses to check." in told
    assert written(world)["totals"]["unassigned"] == 9


@journey
async def test_many_far_places_are_counted(world: World) -> None:
    told = await said(world, world.orders(*(row(f"O{i}", f"Hof {i}") for i in range(9))))
    assert told.count("m from the next road") == 5
    assert "... and 4 more addresses farther than 100 m from a road." in told


@journey
async def test_no_depot_no_plan(world: World) -> None:
    fleet = world.fleet()
    fleet.write_text(
        fleet.read_text(encoding="utf-8").replace("Weg 1", "Nirgends"), encoding="utf-8"
    )
    with pytest.raises(ConsoleError, match="depot's address was not found: Nirgends"):
        await said(world, world.orders(row("A", "Weg 2")), fleet)
    assert not out(world).exists()

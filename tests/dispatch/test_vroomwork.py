"""VROOM problems planned and written as VROOM solutions: times, loads and names add up."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from console.dispatch.headless import plan_problem
from console.dispatch.vroomwork import take_in_problem
from console.dispatch.wishes import Request
from console.domain.errors import ConsoleError
from console.domain.load import Load
from console.domain.orders import OrderId, Priority
from console.domain.plan import StopId
from console.intake import VroomProblem
from console.intake.vroom import problem_of
from tests.dispatch.consoles import DAY, FLAT, World, journey, local

N = 5
DURATIONS = [[abs(a - b) * 300 for b in range(N)] for a in range(N)]
DISTANCES = [[abs(a - b) * 2500 for b in range(N)] for a in range(N)]
TOLD: dict[str, Any] = {
    "vehicles": [
        {"id": 4, "description": "Ida", "start_index": 0, "end_index": 4, "capacity": [5, 90],
         "skills": [1, 3], "time_window": [28800, 57600], "max_tasks": 9, "max_distance": 90000,
         "max_travel_time": 7200, "costs": {"fixed": 10, "per_hour": 36, "per_km": 0.5},
         "breaks": [{"id": 8, "service": 600, "time_windows": [[30000, 33000]]}]},
        {"id": 7, "description": "Ida", "start_index": 0, "capacity": [5, 90], "profile": "bike",
         "speed_factor": 2},
    ],
    "jobs": [
        {"id": 1, "location_index": 1, "service": 120, "setup": 60, "delivery": [2, 30],
         "time_windows": [[28800, 36000]], "description": "Hof", "priority": 80},
        {"id": 2, "location_index": 3, "service": 90, "pickup": [1, 5], "skills": [3]},
        {"id": 3, "location_index": 2, "service": 90, "skills": [99], "priority": 40},
    ],
    "shipments": [
        {"amount": [2, 20],
         "pickup": {"id": 1, "location_index": 2, "service": 30},
         "delivery": {"id": 1, "location_index": 3, "service": 30}},
    ],
    "matrices": {
        "car": {"durations": DURATIONS, "distances": DISTANCES},
        "bike": {"durations": [[3 * cell for cell in row] for row in DURATIONS]},
    },
}  # fmt: skip


def problem(**changed: Any) -> VroomProblem:
    return problem_of("p.json", json.dumps({**TOLD, **changed}).encode())


def request(world: World, **asked: Any) -> Request:
    return Request(Path("p.json"), None, "", None, 2.5, world.folder / "out.json", **asked)


def written(world: World) -> dict[str, Any]:
    return json.loads((world.folder / "out.json").read_text(encoding="utf-8"))


@journey
async def test_everything_is_in_the_plan(world: World) -> None:
    with world.console(region=None) as station:
        await station.open(DAY)
        given = await take_in_problem(station, problem())
        plan = station.picture.plan
        orders = {o.id: o for stop in plan.stops.values() for o in stop.orders}
        one, three = orders[OrderId("1")], orders[OrderId("3")]
        midnight = datetime(2026, 11, 23, tzinfo=UTC)
        (window,) = one.windows
        assert (window.earliest, window.latest) == (
            midnight + timedelta(hours=8),
            midnight + timedelta(hours=10),
        )
        assert (one.load, one.setup_time) == (Load(2, 30), timedelta(minutes=1))
        assert [orders[OrderId(str(n))].priority for n in (1, 2, 3)] == [
            Priority.HIGH,
            Priority.LOW,
            Priority.NORMAL,
        ]
        assert three.skills == ("99",)
        assert orders[OrderId("2")].collected == Load(1, 5)
        assert orders[OrderId("pickup:1")].collected == Load(2, 20)
        assert orders[OrderId("delivery:1")].pickup == "pickup:1"
        labels = station.picture.drivers
        ida, other = (
            plan.routes[key].shift for key in sorted(labels, key=lambda key: labels[key].name)
        )
        assert (ida.max_stops, ida.max_metres, ida.max_driving) == (9, 90_000, timedelta(hours=2))
        assert (ida.rates.fixed, ida.rates.per_hour, ida.rates.per_km) == (10, 36, 0.5)
        assert ida.break_rule is not None
        assert ida.break_rule.latest - ida.break_rule.earliest == timedelta(seconds=3600)
        assert (ida.open_ended, other.open_ended) == (False, True)
        assert (other.profile, other.speed_factor) == ("bike", 0.5)
        assert other.end - other.start == timedelta(seconds=57600 + 7 * 86400)
        assert {label.name for label in labels.values()} == {"Ida", "Ida (7)"}
        assert station.picture.is_timed
        assert any("for 8 days at most" in note for note in given.notes)


@journey
async def test_a_solution_adds_up(world: World) -> None:
    with world.console(region=None) as station:
        told: list[str] = []
        await plan_problem(station, problem(), DAY, request(world), told.append)
    found = written(world)
    assert found["code"] == 0
    (left,) = found["unassigned"]
    assert (left["id"], left["type"], left["location_index"]) == (3, "job", 2)
    assert {why["rule"] for why in left["reasons"]} == {"skill"}
    assert {why["vehicle"] for why in left["reasons"]} == {4, 7}
    summary = found["summary"]
    assert (summary["unassigned"], summary["routes"]) == (1, len(found["routes"]))
    assert summary["cost"] == pytest.approx(sum(route["cost"] for route in found["routes"]))
    assert sorted(
        (step["type"], step["id"])
        for route in found["routes"]
        for step in route["steps"]
        if step["type"] in {"job", "pickup", "delivery"}
    ) == [("delivery", 1), ("job", 1), ("job", 2), ("pickup", 1)]
    for route in found["routes"]:
        chained(route)
    assert any("per_hour counts from start to end" in sentence for sentence in told)
    assert any("profile bike has no distances" in sentence for sentence in told)


def chained(route: dict[str, Any]) -> None:
    """Every step is reached by the time since the one before; loads follow from what happens."""
    steps = route["steps"]
    assert steps[0]["type"] == "start"
    for a, b in pairwise(steps):
        left = a["arrival"] + a["setup"] + a["waiting_time"] + a["service"]
        assert b["arrival"] >= left
        if "break" not in {a["type"], b["type"]}:
            assert b["arrival"] == left + b["duration"] - a["duration"]
    spent = sum(s["setup"] + s["service"] + s["waiting_time"] for s in steps)
    assert steps[-1]["arrival"] - steps[0]["arrival"] == spent + route["duration"]
    assert route["waiting_time"] == sum(s["waiting_time"] for s in steps)
    assert route["duration"] == steps[-1]["duration"]
    assert route["distance"] == steps[-1]["distance"]
    assert route["service"] == sum(s["service"] for s in steps if s["type"] != "break")
    amounts = {1: [2, 30], 2: [1, 5]}
    board = steps[0]["load"]
    for step in steps[1:]:
        sign = {"pickup": 1, "delivery": -1}.get(step["type"], 0)
        change = [2, 20] if sign else [0, 0]
        if step["type"] == "job":
            sign, change = (-1 if step["id"] == 1 else 1), amounts[step["id"]]
        board = [load + sign * by for load, by in zip(board, change, strict=True)]
        assert step["load"] == board


@journey
async def test_steps_are_a_plan_to_start_from(world: World) -> None:
    first, second = TOLD["vehicles"]
    steps = [{"type": "start"}, {"type": "job", "id": 2}, {"type": "job", "id": 1},
             {"type": "job", "id": 77}, {"type": "end"}]  # fmt: skip
    with world.console(region=None) as station:
        await station.open(DAY)
        given = await take_in_problem(
            station, problem(vehicles=[{**first, "steps": steps}, second])
        )
        (stops,) = [route.stops for route in station.picture.plan.routes.values() if route.stops]
        assert stops == (StopId("s:2"), StopId("s:1"))
        assert "VROOM: step job 77 of vehicle 4 left out." in given.notes


@journey
async def test_points_are_planned_on_the_days_streets(world: World) -> None:
    points = {
        "matrices": {},
        "vehicles": [{"id": 1, "start": [9.5, 47.0], "end": [9.5, 47.0]}],
        "jobs": [{"id": n, "location": [9.5 + n / 500, 47.001], "service": 60} for n in (1, 2)],
        "shipments": [],
    }
    with world.console(region=FLAT) as station:
        await plan_problem(station, problem(**points), DAY, request(world), lambda _: None)
        assert station.service_day.at(local(9).time()) is not None
    found = written(world)
    (route,) = found["routes"]
    assert route["steps"][1]["location"] == [9.5 + route["steps"][1]["id"] / 500, 47.001]
    assert found["unassigned"] == []
    assert route["distance"] > 0
    with world.console(region=None) as station:
        await station.open(DAY)
        with pytest.raises(ConsoleError, match="no matrices, and no streets are named"):
            await take_in_problem(station, problem(**points))


@journey
async def test_dated_times_stay_dated(world: World) -> None:
    base = 1_795_392_000  # 2026-11-23 00:00 UTC
    dated = {
        "vehicles": [
            {"id": 1, "start_index": 0, "end_index": 0, "time_window": [base, base + 9000]}
        ],
        "jobs": [{"id": 1, "location_index": 1, "time_windows": [[base + 4000, base + 5000]]}],
        "shipments": [],
    }
    with world.console(region=None) as station:
        await plan_problem(station, problem(**dated), DAY, request(world), lambda _: None)
    steps = written(world)["routes"][0]["steps"]
    assert base + 4000 <= steps[1]["arrival"] + steps[1]["waiting_time"] <= base + 5000


@journey
async def test_a_problem_as_a_plan_of_our_own_and_on_from_there(world: World) -> None:
    with world.console(region=None) as station:
        await plan_problem(station, problem(), DAY, request(world, form="plan"), lambda _: None)
    plan = written(world)
    assert plan["routes"][0]["depot"] is None
    kept = world.folder / "kept.json"
    kept.write_text(json.dumps(plan), encoding="utf-8")
    told: list[str] = []
    again = World(world.folder / "again")
    again.folder.mkdir()
    with again.console(region=None) as station:
        asked = request(again, start=kept)
        await plan_problem(station, problem(), DAY, asked, told.append)
    assert "4 stops start on the routes of the plan file." in told
    assert any(sentence.startswith("Against the plan file: ") for sentence in told)

"""Rich files in, VROOM in and out, and planning on from a plan file, in the town."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from console.settings import bundled
from tests.journeys.cli.conftest import Planned
from tests.journeys.cli.doorstep import inside, plan_arguments
from tests.journeys.plancheck import check, served
from tests.journeys.town import Town

SCHEMA = json.loads(bundled("resources/schemas/plan.schema.json").read_text(encoding="utf-8"))


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, titles, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def rich(town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The town's files with what rich days have."""
    folder = tmp_path_factory.mktemp("rich")
    orders = [row for row in rows_of(town.orders) if row["window_to"] >= row["window_from"]][:14]
    for row in orders:
        row |= {"window_from": "", "window_to": "", "skills": ""}
    orders[0] |= {"window_from": "09:00", "window_to": "09:30", "late_price": "0.2"}
    orders[1] |= {"window_from": "08:00", "window_to": "09:00", "window2_from": "12:00",
                  "window2_to": "15:00"}  # fmt: skip
    orders[2] |= {"collect_pieces": "2", "collect_kg": "5", "pieces": "2", "weight_kg": "5"}
    orders[3] |= {"pickup": orders[2]["order_id"], "pieces": "2", "weight_kg": "5"}
    orders[4] |= {"people": "2", "setup_minutes": "4", "parking_minutes": "1"}
    orders[5] |= {"skip_price": "1", "deadline": "14:00"}
    orders[6] |= {"pickup": "nowhere"}
    orders[7] |= {"territory": "north"}
    fleet = rows_of(town.fleet)[:3]
    fleet[0] |= {"people": "2", "end_address": "open", "max_stops": "6"}
    fleet[1] |= {"end_address": orders[8]["street"], "end_city": orders[8]["city"],
                 "end_postcode": orders[8]["postcode"], "reloads": "1", "territories": "south",
                 "territory_price": "4"}  # fmt: skip
    fleet[2] |= {"speed_factor": "0.8", "max_driving_hours": "3", "fixed_start": "yes"}
    orders_file = write_rows(folder / "orders.csv", orders)
    return orders_file, write_rows(folder / "fleet.csv", fleet)


def test_rich_files_are_planned(rich: tuple[Path, Path], town: Town, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    ran = inside(
        town.home, *plan_arguments(*rich, "town", out, "--profile", "balanced", "--seconds", "4")
    )
    assert ran.status == 0, ran.said
    plan = read(out)
    jsonschema.validate(plan, SCHEMA)
    assert plan["objective"]["name"] == "balanced"
    (reject,) = plan["rejects"]
    assert (reject["field"], reject["row"]) == ("pickup", 8)
    assert "which no driver" not in ran.err
    assert f"Row 8: {reject['problem']}" in ran.err
    drivers = [row["driver"] for row in rows_of(rich[1])]
    routes = {route["driver"]: route for route in plan["routes"]}
    rows = rows_of(rich[0])
    on = {o: r["driver"] for r in plan["routes"] for s in r["stops"] for o in s["orders"]}
    for driver, route in routes.items():
        if driver == drivers[0]:
            assert route["ends_at"] is None
            assert len(route["stops"]) <= 6
        if driver == drivers[1]:
            assert route["ends_at"] not in (None, route["depot"])
    if two := on.get(rows[4]["order_id"]):
        assert two == drivers[0]
    assert on.get(rows[2]["order_id"]) == on.get(rows[3]["order_id"]) or not on.get(
        rows[3]["order_id"]
    )


def test_from_a_plan_file(planned: Planned, town: Town, tmp_path: Path) -> None:
    kept, out = tmp_path / "kept.json", tmp_path / "plan.json"
    before = planned.plan
    before["routes"][0]["stops"][0]["pinned"] = True
    kept.write_text(json.dumps(before), encoding="utf-8")
    more = ("--from", kept, "--change-budget", "drivers=2,promises=5,minutes=30")
    ran = inside(town.home, *plan_arguments(town.orders, town.fleet, "town", out, *more))
    assert ran.status == 0, ran.said
    after = read(out)
    assert "stops start on the routes of the plan file." in ran.err
    assert "Against the plan file: " in ran.err
    assert check(after, planned.orders, planned.fleet) == []
    assert len(list(served(after))) >= len(list(served(before)))
    driver = {o: r["driver"] for r in after["routes"] for s in r["stops"] for o in s["orders"]}
    for order in before["routes"][0]["stops"][0]["orders"]:
        assert driver[order] == before["routes"][0]["driver"]
    before["routes"][0]["stops"][0]["pinned"] = False


def test_a_day_as_a_vroom_solution(town: Town, tmp_path: Path) -> None:
    out = tmp_path / "solution.json"
    ran = inside(
        town.home, *plan_arguments(town.orders, town.fleet, "town", out, "--format", "vroom")
    )
    assert ran.status == 0, ran.said
    found = read(out)
    jobs = [s for r in found["routes"] for s in r["steps"] if s["type"] == "job"]
    ids = {row["order_id"] for row in rows_of(town.orders)}
    told = [*jobs, *found["unassigned"]]
    assert {step["description"] for step in told} <= ids
    assert len({step["id"] for step in told}) == len(told)
    assert all(reason["detail"] for left in found["unassigned"] for reason in left["reasons"])
    drivers = {row["driver"] for row in rows_of(town.fleet)}
    assert {route["description"] for route in found["routes"]} <= drivers
    for route in found["routes"]:
        moment = datetime.fromtimestamp(route["steps"][0]["arrival"], UTC)
        assert moment.date().isoformat() == "2031-11-24"
        assert route["steps"][-1]["distance"] == route["distance"] > 0


def test_a_vroom_problem_on_the_towns_streets(town: Town, tmp_path: Path) -> None:
    depot, out = town.city.depot, tmp_path / "solution.json"
    home = [depot.longitude, depot.latitude]
    houses = town.city.addresses[:60:6]
    problem = {
        "vehicles": [
            {"id": n, "start": home, "end": home, "capacity": [8], "time_window": [28800, 57600]}
            for n in (1, 2)
        ],
        "jobs": [
            {
                "id": n,
                "location": [house.longitude, house.latitude],
                "service": 120,
                "delivery": [1],
            }
            for n, house in enumerate(houses, 1)
        ],
    }
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem), encoding="utf-8")
    ran = inside(town.home, "plan", path, "--region", "town", "--seconds", "6", "--out", out)
    assert ran.status == 0, ran.said
    found = read(out)
    steps = [s for route in found["routes"] for s in route["steps"] if s["type"] == "job"]
    assert sorted(step["id"] for step in steps) == [job["id"] for job in problem["jobs"]]
    assert found["summary"]["delivery"] == [len(houses)]
    assert all(28800 <= step["arrival"] <= 57600 for step in steps)
    lost = inside(town.home, "plan", path, "--seconds", "3", "--out", out)
    assert lost.status == 1
    assert "no matrices, and no streets are named" in lost.err

"""``doorstep plan`` for real: every number of the plan file is computed again by the checker."""

import csv
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path

import jsonschema
import osmium
import pytest

from tests.journeys.cli.conftest import Planned
from tests.journeys.cli.doorstep import DAY, ROOT, doorstep, plan_arguments
from tests.journeys.plancheck import check, metres_between, served, table
from tests.journeys.town import Town
from tests.shared import shared_data

SCHEMA = json.loads((ROOT / "resources/schemas/plan.schema.json").read_text(encoding="utf-8"))
NEAR_M = 60


def located(plan: dict) -> dict[str, dict]:
    return {order: stop for r in plan["routes"] for stop in r["stops"] for order in stop["orders"]}


# -- the town --------------------------------------------------------------------------------------


def test_the_plan_breaks_no_rule(planned: Planned) -> None:
    assert check(planned.plan, planned.orders, planned.fleet) == []


def test_the_plan_file_keeps_its_schema(planned: Planned) -> None:
    jsonschema.validate(planned.plan, SCHEMA)
    assert planned.plan["date"] == DAY
    assert planned.plan["zone"] == "Europe/Berlin"
    assert planned.plan["region"]["name"] == "town"


def test_only_what_cannot_be_served_is_not(planned: Planned) -> None:
    """Every driver has a reason, one order is heavier than any van, one row is no order."""
    rows = {row["order_id"]: row for _, row in table(planned.orders)}
    fleet = [row for _, row in table(planned.fleet)]
    heaviest = max(float(row["capacity_kg"]) for row in fleet)
    unassigned = {entry["order"]: entry["reasons"] for entry in planned.plan["unassigned"]}
    for reasons in unassigned.values():
        assert {reason["driver"] for reason in reasons} == {row["driver"] for row in fleet}
        assert all(reason["rule"] != "fits" for reason in reasons)
        assert all(reason["detail"] for reason in reasons)
    assert any(float(rows[order]["weight_kg"]) > heaviest for order in unassigned)
    assert [reject["field"] for reject in planned.plan["rejects"]] == ["window_to"]


def test_addresses_are_where_the_town_has_them(planned: Planned, town: Town) -> None:
    truth = {
        (f"{house.street} {house.number}", house.postcode): house for house in town.city.addresses
    }
    rows = {row["order_id"]: row for _, row in table(planned.orders)}
    found = located(planned.plan)
    known = [o for o in found if (rows[o]["street"], rows[o]["postcode"]) in truth]
    assert len(known) >= len(found) - 1  # one is misspelt on purpose
    for order in known:
        house = truth[rows[order]["street"], rows[order]["postcode"]]
        point = {"lat": house.latitude, "lon": house.longitude}
        assert metres_between(found[order], point) < NEAR_M


def test_what_happened_is_said(planned: Planned) -> None:
    assert "Row 42: The window ends at 13:00 before it starts at 15:00" in planned.ran.err
    assert "orders served on" in planned.ran.err
    assert planned.ran.out == ""


def test_the_users_own_store_is_not_touched(planned: Planned, town: Town) -> None:
    assert not (town.home / "store").exists()


def test_another_region_is_named(town: Town, tmp_path: Path) -> None:
    ran = doorstep(
        town.home, *plan_arguments(town.orders, town.fleet, "atlantis", tmp_path / "p.json")
    )
    assert ran.status == 1
    assert "atlantis" in ran.err
    assert "town" in ran.err


# -- the checker itself ----------------------------------------------------------------------------


def later(text: str, seconds: int) -> str:
    return (datetime.fromisoformat(text) + timedelta(seconds=seconds)).isoformat()


def longest(plan: dict) -> dict:
    return max(plan["routes"], key=lambda route: len(route["stops"]))


def shift_arrival(plan: dict) -> None:
    stop = longest(plan)["stops"][1]
    stop["arrival"] = later(stop["arrival"], -1)


def shift_start(plan: dict) -> None:
    stop = longest(plan)["stops"][1]
    stop["start"] = later(stop["arrival"], -60)


def shorten_service(plan: dict) -> None:
    stop = longest(plan)["stops"][-1]
    stop["departure"] = later(stop["departure"], -60)


def leave_earlier(plan: dict) -> None:
    route = longest(plan)
    route["start"] = later(route["start"], -3600 * 8)


def drive_longer(plan: dict) -> None:
    longest(plan)["return"]["travel_metres"] += 5


def drive_faster(plan: dict) -> None:
    longest(plan)["return"]["travel_seconds"] -= 1


def fly(plan: dict) -> None:
    for route in plan["routes"]:
        for stop in route["stops"]:
            stop["lat"] += 0.1


def swap_stops(plan: dict) -> None:
    stops = longest(plan)["stops"]
    stops[0], stops[1] = stops[1], stops[0]


def swap_orders(plan: dict) -> None:
    """Two orders of different goods change places."""
    stops = longest(plan)["stops"]
    other = next(s for s in stops[1:] if s["load"] != stops[0]["load"])
    stops[0]["orders"], other["orders"] = other["orders"], stops[0]["orders"]


def drop_order(plan: dict) -> None:
    plan["unassigned"].pop()


def drop_stop(plan: dict) -> None:
    longest(plan)["stops"].pop(1)


def double_order(plan: dict) -> None:
    entry = {"order": served(plan)[0], "reasons": [{"driver": None, "rule": "x", "detail": "x"}]}
    plan["unassigned"].append(entry)


def invent_order(plan: dict) -> None:
    plan["unassigned"].append({"order": "X", "reasons": [1]})


def forget_reasons(plan: dict) -> None:
    plan["unassigned"][0]["reasons"] = []


def overload(plan: dict) -> None:
    longest(plan)["stops"][0]["load"]["kg"] += 5000


def change_driver(plan: dict) -> None:
    plan["routes"][0]["driver"] = "Nobody"


def double_driver(plan: dict) -> None:
    plan["routes"].append(plan["routes"][0])


def other_vehicle(plan: dict) -> None:
    plan["routes"][0]["vehicle"] = "XX 1"


def cheaper(plan: dict) -> None:
    plan["routes"][0]["cost"] -= 1
    plan["totals"]["cost"] -= 1


def wrong_total(plan: dict) -> None:
    plan["totals"]["km"] += 1


def wrong_count(plan: dict) -> None:
    plan["totals"]["served"] += 1


def empty_route(plan: dict) -> None:
    plan["routes"][0]["stops"] = []


def break_at_work(plan: dict) -> None:
    route = longest(plan)
    stop = route["stops"][0]
    route["breaks"] = [{"start": stop["start"], "end": later(stop["start"], 1800)}]


def odd_break(plan: dict) -> None:
    route = longest(plan)
    route["breaks"] = [{"start": later(route["end"], 60), "end": later(route["end"], 120)}]


def other_offset(plan: dict) -> None:
    route = plan["routes"][0]
    route["start"] = datetime.fromisoformat(route["start"]).astimezone(tz=None).isoformat()
    route["start"] = route["start"].replace("+00:00", "-05:00").replace("+01:00", "-05:00")


def lose_reject(plan: dict) -> None:
    plan["rejects"].clear()
    plan["totals"]["rejected"] = 0
    plan["totals"]["orders"] -= 1


MUTATIONS = [
    *(shift_arrival, shift_start, shorten_service, leave_earlier, drive_longer, drive_faster, fly),
    *(swap_stops, swap_orders, drop_order, drop_stop, double_order, invent_order, forget_reasons),
    *(overload, change_driver, double_driver, other_vehicle, cheaper, wrong_total, wrong_count),
    *(empty_route, break_at_work, odd_break, other_offset, lose_reject),
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_the_checker_finds(planned: Planned, mutate: Callable[[dict], None]) -> None:
    plan = deepcopy(planned.plan)
    mutate(plan)
    assert check(plan, planned.orders, planned.fleet)


EDITS = {
    "heavier goods": ("orders", "weight_kg", "900000"),
    "a longer service": ("orders", "service_minutes", "59"),
    "an earlier window": ("orders", "window_to", "00:01"),
    "a later window": ("orders", "window_from", "23:58"),
    "a skill": ("orders", "skills", "unheard-of"),
    "a smaller van": ("fleet", "capacity_kg", "1"),
    "a smaller box": ("fleet", "capacity_m3", "0.001"),
    "fewer places": ("fleet", "capacity_pieces", "1"),
    "a shorter shift": ("fleet", "shift_end", "07:10"),
    "a later shift": ("fleet", "shift_start", "19:30"),
    "a shorter range": ("fleet", "range_km", "1"),
    "a dearer hour": ("fleet", "cost_per_hour", "99"),
    "dearer kilometres": ("fleet", "cost_per_km", "99"),
    "a fee": ("fleet", "fixed_cost", "1"),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_checker_reads_the_files(planned: Planned, name: str, tmp_path: Path) -> None:
    """A plan that was in order breaks a rule once the files ask for something else."""
    which, column, value = EDITS[name]
    source = planned.orders if which == "orders" else planned.fleet
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row[column] = value
    edited = tmp_path / "edited.csv"
    with edited.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    files = (edited, planned.fleet) if which == "orders" else (planned.orders, edited)
    assert check(planned.plan, *files)


# -- a real place ----------------------------------------------------------------------------------


def houses(extract: Path) -> dict[tuple[str, str], list[dict]]:
    """All points with an address, straight from the extract."""
    found: dict[tuple[str, str], list[dict]] = {}
    numbered = osmium.filter.KeyFilter("addr:housenumber")
    for item in osmium.FileProcessor(str(extract)).with_locations().with_filter(numbered):
        if item.is_node():
            spots = [item.location]
        elif item.is_way():
            spots = [node.location for node in item.nodes if node.location.valid()]
        else:
            continue
        tags = item.tags
        street = tags.get("addr:street", tags.get("addr:place", ""))
        key = (f"{street} {tags['addr:housenumber']}".casefold(), tags.get("addr:postcode", ""))
        lat = sum(spot.lat for spot in spots) / len(spots)
        lon = sum(spot.lon for spot in spots) / len(spots)
        found.setdefault(key, []).append({"lat": lat, "lon": lon})
    return found


def test_liechtenstein_is_planned_whole(tmp_path: Path) -> None:
    extract = shared_data("regions/liechtenstein.osm.pbf")
    orders = shared_data("orders/liechtenstein-250.csv")
    fleet = shared_data("orders/liechtenstein-fleet-10.csv")
    out = tmp_path / "plan.json"
    ran = doorstep(tmp_path / "home", *plan_arguments(orders, fleet, extract, out))
    assert ran.status == 0, ran.said
    plan = json.loads(out.read_text(encoding="utf-8"))
    jsonschema.validate(plan, SCHEMA)
    assert check(plan, orders, fleet) == []
    assert plan["totals"]["served"] == plan["totals"]["orders"] == 250
    assert "547 m" in ran.err  # one farm lies that far from the last road
    assert plan["zone"] == "Europe/Vaduz"

    truth, found = houses(extract), located(plan)
    near = [
        any(metres_between(found[row["order_id"]], house) < NEAR_M for house in candidates)
        for _, row in table(orders)
        if (candidates := truth.get((row["street"].casefold(), row["postcode"])))
    ]
    assert len(near) >= 0.99 * 250
    assert sum(near) >= 0.99 * len(near)

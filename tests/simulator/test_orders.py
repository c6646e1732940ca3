import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from console.simulator.city import City, write_city
from console.simulator.fleet import write_fleet
from console.simulator.orders import write_orders
from tests.shared import shared_data

type Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return write_city(tmp_path_factory.mktemp("city") / "city.osm.pbf", addresses=2500)


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def day(city: City, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Rows]:
    folder = tmp_path_factory.mktemp("day")
    write_orders(folder / "orders.csv", city)
    write_fleet(folder / "fleet.csv", city)
    return rows_of(folder / "orders.csv"), rows_of(folder / "fleet.csv")


def known(city: City) -> set[tuple[str, str, str]]:
    return {(f"{each.street} {each.number}", each.postcode, each.city) for each in city.addresses}


def place(row: dict[str, str]) -> tuple[str, str, str]:
    return row["street"], row["postcode"], row["city"]


@pytest.mark.parametrize(
    ("name", "index"),
    [("orders/liechtenstein-250.csv", 0), ("orders/liechtenstein-fleet-10.csv", 1)],
)
def test_the_columns_are_doorsteps_own(day: tuple[Rows, Rows], name: str, index: int) -> None:
    assert list(day[index][0]) == list(rows_of(shared_data(name))[0])


def test_a_day_has_120_orders_and_one_row_to_reject(day: tuple[Rows, Rows], city: City) -> None:
    orders, _ = day
    assert len(orders) == 121
    assert len({row["order_id"] for row in orders}) == 121
    rejected = [row for row in orders if row["window_from"] > row["window_to"]]
    assert rejected == orders[-1:]
    unknown = [row for row in orders if place(row) not in known(city)]
    assert len(unknown) == 1
    for row in orders:
        assert int(row["pieces"]) > 0
        assert float(row["weight_kg"]) > 0
        assert float(row["volume_m3"]) > 0
        assert 0 < int(row["service_minutes"]) <= 60
        assert row["priority"] in {"low", "normal", "high"}
        assert row["email"].endswith("@example.org")
        assert re.fullmatch(r"\+49 (30 23125 \d{3}|171 39200 \d\d)", row["phone"])
        window = row["window_from"], row["window_to"]
        assert window == ("", "") or all(re.fullmatch(r"\d\d:\d\d", each) for each in window)


def test_the_day_has_its_difficulties(day: tuple[Rows, Rows]) -> None:
    orders, fleet = day
    strongest = max(float(van["capacity_kg"]) for van in fleet)
    assert sum(float(row["weight_kg"]) > strongest for row in orders) == 1
    late = [
        row
        for row in orders
        if row["skills"]
        and all(
            row["skills"] not in van["skills"].split(";") or van["shift_end"] < row["window_from"]
            for van in fleet
        )
    ]
    assert [row["notes"] for row in late] == ["gas cylinders"]
    skills = Counter(row["skills"] for row in orders)
    assert set(skills) == {"", "age-check", "tail-lift", "adr"}
    addresses = Counter(place(row) for row in orders)
    assert 4 <= sum(number - 1 for number in addresses.values()) <= 14


def test_loads_fit_the_fleet_with_room_to_spare(day: tuple[Rows, Rows]) -> None:
    orders, fleet = day
    for asked, given in (
        ("pieces", "capacity_pieces"),
        ("weight_kg", "capacity_kg"),
        ("volume_m3", "capacity_m3"),
    ):
        total = sum(float(row[asked]) for row in orders)
        assert 0.5 < total / sum(float(van[given]) for van in fleet) < 0.95


def test_eight_drivers_with_staggered_shifts(day: tuple[Rows, Rows], city: City) -> None:
    _, fleet = day
    assert len(fleet) == len({van["driver"] for van in fleet}) == 8
    assert len({van["shift_start"] for van in fleet}) >= 6
    assert {van["vehicle_type"] for van in fleet} == {"van", "e-van", "cargo-bike"}
    for van in fleet:
        assert van["shift_start"] < van["break_from"] < van["break_to"] <= van["shift_end"]
        assert van["depot_address"] == f"{city.depot.street} {city.depot.number}"
        assert (van["depot_postcode"], van["depot_city"]) == (city.depot.postcode, city.depot.city)


@pytest.mark.parametrize(("count", "drivers"), [(250, 10), (1000, 30), (2000, 60)])
def test_larger_days(city: City, tmp_path: Path, count: int, drivers: int) -> None:
    write_orders(tmp_path / "orders.csv", city, count=count, trouble=False)
    write_fleet(tmp_path / "fleet.csv", city, drivers=drivers)
    orders, fleet = rows_of(tmp_path / "orders.csv"), rows_of(tmp_path / "fleet.csv")
    assert len(orders) == len({row["order_id"] for row in orders}) == count
    assert {place(row) for row in orders} <= known(city)
    assert len(fleet) == len({van["driver"] for van in fleet}) == drivers


def test_same_seed_same_files(city: City, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_orders(tmp_path / f"{name}.csv", city, seed=seed)
        write_fleet(tmp_path / f"{name}-fleet.csv", city, seed=seed)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert (tmp_path / "a.csv").read_bytes() != (tmp_path / "c.csv").read_bytes()
    assert (tmp_path / "a-fleet.csv").read_bytes() == (tmp_path / "b-fleet.csv").read_bytes()

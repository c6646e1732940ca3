"""What users really feed a program: a clear sentence, a remedy, an exit status, nothing lost."""

import csv
import json
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.cli.doorstep import DAY, Ran, doorstep, inside, plan_arguments
from tests.journeys.plancheck import check, served
from tests.journeys.town import Town

HEADER = (
    "order_id,recipient,street,postcode,city,phone,email,pieces,weight_kg,volume_m3,"
    "window_from,window_to,service_minutes,skills,priority,notes"
)


@dataclass
class Bench:
    """Plans files of one town; ``row`` makes an order line at a real address of it."""

    town: Town
    folder: Path
    said: str = ""

    @property
    def out(self) -> Path:
        return self.folder / "plan.json"

    def row(self, number: int = 1, **changes: str) -> str:
        house = self.town.city.addresses[number * 7]
        cells = {
            "order_id": f"A{number}",
            "recipient": "Ada",
            "street": f"{house.street} {house.number}",
            "postcode": house.postcode,
            "city": house.city,
            "pieces": "1",
            "weight_kg": "2.5",
            "volume_m3": "0.01",
            "service_minutes": "3",
            **changes,
        }
        return ",".join(f'"{cells.get(column, "")}"' for column in HEADER.split(","))

    def orders(self, content: str | bytes, name: str = "orders.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def rows(self, *rows: str) -> Path:
        return self.orders("\n".join([HEADER, *rows]) + "\n")

    def fleet(self, **changes: str) -> Path:
        with self.town.fleet.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        path = self.folder / "fleet.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(row | changes for row in rows)
        return path

    def plan(self, orders: Path, **given: object) -> Ran:
        fleet = given.pop("fleet", self.town.fleet)
        region = given.pop("region", "town")
        out = given.pop("out", self.out)
        more = given.pop("more", ())
        return inside(self.town.home, *plan_arguments(orders, fleet, region, out, *more))

    def planned(self, orders: Path, **given: object) -> dict:
        """A plan that came about and is in order."""
        ran = self.plan(orders, **given)
        assert ran.status == 0, ran.said
        self.said = ran.err
        plan = json.loads(self.out.read_text(encoding="utf-8"))
        assert check(plan, orders, given.get("fleet", self.town.fleet)) == []
        return plan

    def refused(self, orders: Path, *words: str, **given: object) -> Ran:
        """One sentence with its remedy, and no plan."""
        ran = self.plan(orders, **given)
        assert ran.status == 1, ran.said
        assert not self.out.exists()
        lines = [line for line in ran.err.splitlines() if line.startswith("doorstep: ")]
        assert len(lines) == 1, ran.err
        assert ran.err.splitlines()[-1].startswith("          "), ran.err  # the remedy
        for word in words:
            assert word in ran.err, ran.err
        return ran


@pytest.fixture
def bench(town: Town, tmp_path: Path) -> Bench:
    return Bench(town, tmp_path)


# -- files that cannot be read -------------------------------------------------------------------


def test_an_empty_file(bench: Bench) -> None:
    bench.refused(bench.orders(b""), "orders.csv", "empty")


def test_no_file(bench: Bench) -> None:
    bench.refused(bench.folder / "gone.csv", "gone.csv")


def test_a_folder(bench: Bench) -> None:
    bench.refused(bench.folder, bench.folder.name, "folder")


def test_a_binary_file(bench: Bench) -> None:
    noise = b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40
    bench.refused(bench.orders(noise), "orders.csv")


def test_a_missing_column(bench: Bench) -> None:
    bench.refused(bench.orders("recipient,phone\nAda,123\n"), "orders.csv")


def test_a_hundred_thousand_columns(bench: Bench) -> None:
    header = ",".join(f"c{i}" for i in range(100_000))
    bench.refused(bench.orders(f"{header}\n{',' * 99_999}\n"), "orders.csv")


def test_a_fleet_of_nothing(bench: Bench) -> None:
    fleet = bench.orders(b"", "fleet.csv")
    bench.refused(bench.rows(bench.row()), "fleet.csv", "empty", fleet=fleet)


def test_another_encoding(bench: Bench) -> None:
    """Nobody writes UTF-8 in an office: umlauts of Windows arrive as they are."""
    house = next(h for h in bench.town.city.addresses if not h.street.isascii())
    row = bench.row(1, street=f"{house.street} {house.number}", postcode=house.postcode)
    path = bench.orders(f"{HEADER}\n{row}\n".encode("cp1252"))
    ran = bench.plan(path)
    assert ran.status == 0, ran.said
    plan = json.loads(bench.out.read_text(encoding="utf-8"))
    assert served(plan) == ["A1"]
    stop = plan["routes"][0]["stops"][0]
    assert (stop["lat"], stop["lon"]) == pytest.approx((house.latitude, house.longitude), abs=1e-3)


def test_bytes_of_no_encoding(bench: Bench) -> None:
    """A damaged letter costs no order; the row is planned or rejected, never lost."""
    path = bench.orders(HEADER.encode() + b"\n" + bench.row().encode() + b'\n"A\xff\xfe\x81"\n')
    ran = bench.plan(path)
    assert ran.status in {0, 1}
    if ran.status == 0:
        assert "A1" in served(json.loads(bench.out.read_text(encoding="utf-8")))


# -- rows that are wrong ---------------------------------------------------------------------------


def test_wrong_rows_are_rejected_and_the_others_planned(bench: Bench) -> None:
    """On a day long gone, too: ``doorstep plan`` plans whole days whatever the clock says."""
    orders = bench.rows(
        bench.row(1),
        bench.row(2, weight_kg="-3"),
        bench.row(3, window_from="15:00", window_to="13:00"),
        bench.row(4, order_id="A1"),
        bench.row(5),
    )
    plan = bench.planned(orders, more=("--date", "2020-01-02"))
    assert plan["date"] == "2020-01-02"
    assert sorted(served(plan)) == ["A1", "A5"]
    found = {(reject["row"], reject["field"]) for reject in plan["rejects"]}
    assert found == {(3, "weight_kg"), (4, "window_to"), (5, "order_id")}
    assert all(reject["problem"].endswith(".") for reject in plan["rejects"])
    assert plan["totals"] | {"orders": 5, "served": 2, "rejected": 3} == plan["totals"]


def test_every_row_is_wrong(bench: Bench) -> None:
    ran = bench.plan(bench.rows(bench.row(1, weight_kg="-1")))
    assert ran.status == 1
    assert "Row 2" in ran.err


def test_what_nobody_can_do_stays_unassigned(bench: Bench) -> None:
    orders = bench.rows(
        bench.row(1),
        bench.row(2, skills="crane"),
        bench.row(3, weight_kg="99000"),
        bench.row(4, street="Rue de Rivoli 1", postcode="75001", city="Paris"),
    )
    plan = bench.planned(orders)
    assert served(plan) == ["A1"]
    reasons = {entry["order"]: entry["reasons"] for entry in plan["unassigned"]}
    assert set(reasons) == {"A2", "A3", "A4"}
    assert {reason["rule"] for reason in reasons["A2"]} == {"skill"}
    assert {reason["rule"] for reason in reasons["A3"]} == {"overloaded"}
    assert {reason["rule"] for reason in reasons["A4"]} == {"not_located"}
    assert "Rue de Rivoli 1" in bench.said


# -- a day that cannot be --------------------------------------------------------------------------


def test_nobody_on_shift(bench: Bench) -> None:
    header = bench.town.fleet.read_text(encoding="utf-8").splitlines()[0]
    fleet = bench.orders(header + "\n", "fleet.csv")
    bench.refused(bench.rows(bench.row()), "fleet.csv", "no rows", fleet=fleet)


def test_no_shift_that_is_one(bench: Bench) -> None:
    fleet = bench.fleet(shift_start="soon")
    bench.refused(bench.rows(bench.row()), "shift_start", "driver", fleet=fleet)


def test_a_depot_nobody_knows(bench: Bench) -> None:
    fleet = bench.fleet(depot_address="Nirgends 1", depot_postcode="00000", depot_city="Atlantis")
    bench.refused(bench.rows(bench.row()), "Nirgends 1", fleet=fleet)


def test_no_such_date(bench: Bench) -> None:
    ran = bench.plan(bench.rows(bench.row()), more=("--date", "2031-02-30"))
    assert ran.status == 2
    assert "2031-02-30" in ran.err


def test_a_missing_option(town: Town, bench: Bench) -> None:
    ran = inside(town.home, "plan", bench.rows(bench.row()))
    assert ran.status == 2
    assert "--fleet" in ran.err
    assert "Traceback" not in ran.said


# -- streets ---------------------------------------------------------------------------------------


def test_an_unknown_region(bench: Bench) -> None:
    bench.refused(bench.rows(bench.row()), "atlantis", "town", region="atlantis")


def test_an_extract_that_is_not_there(bench: Bench) -> None:
    bench.refused(bench.rows(bench.row()), "gone.osm.pbf", region="gone.osm.pbf")


@pytest.mark.parametrize("damage", ["empty", "noise", "cut", "flipped"])
def test_a_corrupt_extract(bench: Bench, damage: str) -> None:
    whole = (bench.town.home / "town.osm.pbf").read_bytes()
    content = {
        "empty": b"",
        "noise": os.urandom(5000),
        "cut": whole[: len(whole) // 2],
        "flipped": whole[:3000] + bytes(b ^ 0xFF for b in whole[3000:3200]) + whole[3200:],
    }[damage]
    bad = bench.orders(content, "bad.osm.pbf")
    ran = inside(bench.folder / "home", "region", "add", bad, "--name", "bad")
    assert ran.status == 1, ran.said
    assert {"empty": "is empty", "noise": "not an OpenStreetMap extract"}.get(
        damage, "damaged"
    ) in ran.err
    assert ran.err.splitlines()[-1].startswith("          ")  # the remedy
    listed = inside(bench.folder / "home", "region", "list")
    assert listed.status == 0
    assert "No regions yet" in listed.out


# -- no room ---------------------------------------------------------------------------------------


def test_a_plan_for_which_there_is_no_room(bench: Bench) -> None:
    """/dev/full answers every write as a full disk does; the plan that was there stays."""
    bench.out.write_text("kept", encoding="utf-8")
    (bench.folder / ".plan.json.part").symlink_to("/dev/full")
    ran = bench.plan(bench.rows(bench.row()))
    assert ran.status == 1
    assert "plan.json could not be written: No space left on device." in ran.err
    assert "another folder" in ran.err
    assert bench.out.read_text(encoding="utf-8") == "kept"


def test_a_plan_where_there_is_a_folder(bench: Bench) -> None:
    """Told before the search, not after it."""
    bench.refused(bench.rows(bench.row()), "Is a directory", out=bench.folder)
    assert "drivers on shift" not in bench.plan(bench.rows(bench.row()), out=bench.folder).err


def _no_room(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def test_a_disk_too_small_for_the_store(bench: Bench) -> None:
    arguments = plan_arguments(
        bench.rows(bench.row()), bench.town.fleet, "town", bench.folder / "plan.json"
    )
    ran = doorstep(bench.town.home, *arguments, before=_no_room(20_000))
    assert ran.status == 1
    assert "Traceback" not in ran.said
    assert ran.err.count("doorstep: ") == 1
    assert not bench.out.exists()


def test_a_disk_too_small_for_a_region(bench: Bench) -> None:
    extract = bench.town.home / "town.osm.pbf"
    ran = doorstep(
        bench.folder / "home", "region", "add", extract, "--name", "x", before=_no_room(60_000)
    )
    assert ran.status == 1
    assert "Traceback" not in ran.said
    assert ran.err.count("doorstep: ") == 1
    assert "No regions yet" in inside(bench.folder / "home", "region", "list").out


def test_a_home_that_is_no_folder(bench: Bench) -> None:
    file = bench.orders("x", "home")
    ran = inside(file, *plan_arguments(bench.rows(bench.row()), bench.town.fleet, "town", "p"))
    assert ran.status == 1
    assert "Traceback" not in ran.said
    assert DAY not in ran.err


def test_settings_that_cannot_be_read(bench: Bench) -> None:
    (bench.folder / "doorstep.toml").write_text("cores = =\n", encoding="utf-8")
    ran = inside(bench.folder, "region", "list")
    assert ran.status == 1
    assert "doorstep.toml" in ran.err
    assert "Traceback" not in ran.said

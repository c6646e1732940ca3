"""What an order may ask for besides goods and hours."""

from datetime import timedelta

import pytest

from console.domain.load import Load
from console.domain.orders import OrderEntry
from console.intake.orders import check_order
from tests.intake.samples import csv_of, orders, workbook

RICH = {
    "collect_pieces": "2", "collect_kg": "3,5", "collect_m3": "0.1", "collect_units": "4",
    "pickup": "B7", "people": "2", "skip_price": "25", "setup_minutes": "5",
    "parking_minutes": "2", "drivers": "Anja; Ben, jr.", "driver_price": "7.5",
    "depot": "Weg 1, Ebene", "territory": "North",
}  # fmt: skip


def check(entry: OrderEntry) -> None:
    assert entry.load == Load(2, 3.5, 0.02)
    assert entry.collected == Load(2, 3.5, 0.1, 4)
    assert (entry.pickup, entry.people, entry.skip_price) == ("B7", 2, 25)
    assert (entry.setup_time, entry.parking_time) == (timedelta(minutes=5), timedelta(minutes=2))
    assert (entry.drivers, entry.driver_price) == (("Anja", "Ben, jr."), 7.5)
    assert (entry.depot, entry.territory) == ("Weg 1, Ebene", "north")


def test_every_column_of_a_text_file() -> None:
    report = orders(csv_of(RICH))
    assert not report.rejects
    assert not report.unknown_columns
    check(report.entries[0])


def test_every_column_of_a_spreadsheet() -> None:
    rows = [line.split("\t") for line in _tabbed().splitlines()]
    report = orders(workbook(rows), "orders.xlsx")
    assert not report.rejects
    assert not report.unknown_columns
    check(report.entries[0])


def _tabbed() -> str:
    base = {"order_id": "A1", "street": "Weg 1", "pieces": "2", "weight_kg": "3.5"}
    cells = {**base, "volume_m3": "0.02", **RICH}
    return "\t".join(cells) + "\n" + "\t".join(cells.values())


def test_typed_by_hand() -> None:
    entry = check_order({"order_id": "A1", "street": "Weg 1", "people": "2", "deadline": "12:00"})
    assert isinstance(entry, OrderEntry)
    assert (entry.people, str(entry.deadline)) == (2, "12:00:00")


def test_nothing_of_it() -> None:
    (entry,) = orders(csv_of({})).entries
    assert (entry.collected, entry.pickup, entry.people) == (Load(), None, 1)
    assert (entry.skip_price, entry.driver_price, entry.deadline) == (None, 0.0, None)


def test_an_order_that_only_collects() -> None:
    (entry,) = orders(csv_of({"order_type": "Abholung"})).entries
    assert (entry.load, entry.collected) == (Load(), Load(2, 3.5, 0.02))


def test_units_in_titles() -> None:
    report = orders(csv_of({"collect_weight (g)": "500", "parking (s)": "90"}))
    assert report.entries[0].collected.kg == 0.5
    assert report.entries[0].parking_time == timedelta(seconds=90)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"pickup": "A1"}, "The order brings what it collects itself"),
        ({"people": "0"}, "is less than 1 people"),
        ({"people": "1.5"}, "is not a whole number"),
        ({"skip_price": "much"}, "is not a number"),
        ({"collect_kg": "-1"}, "is negative"),
        ({"order_type": "swap"}, "write delivery, pickup or task"),
        ({"drivers": "A" * 101}, "at most 100 fit"),
    ],
)
def test_what_cannot_be(cells: dict[str, str], told: str) -> None:
    (reject,) = orders(csv_of(cells)).rejects
    assert told in reject.problem
    assert reject.field == next(iter(cells))

import pickle
from datetime import time, timedelta

import pytest

from console.domain.errors import ConsoleError
from console.domain.fleet import FleetEntry, Rates
from console.domain.load import Capacity
from console.domain.places import Address
from console.intake import MissingColumns, Reject, read_fleet
from tests.intake.samples import FLEET, accounted, failure, fleet, fleet_csv
from tests.shared import shared_data


def reject(**changes: str) -> Reject:
    report = fleet(fleet_csv({"driver": "ok"}, changes))
    assert accounted(report)
    (found,) = report.rejects
    assert found.row == 3
    assert found.problem.endswith(".")
    return found


def entry(**changes: str) -> FleetEntry:
    report = fleet(fleet_csv(changes))
    assert report.rejects == ()
    return report.entries[0]


def test_a_good_row() -> None:
    assert entry() == FleetEntry(
        driver="Anja",
        vehicle="FL 1",
        depot=Address("Im alten Riet 102", "9494", "Schaan"),
        shift_start=time(7),
        shift_end=time(15, 30),
        phone="+423 2",
        skills=("adr",),
        vehicle_kind="van",
        capacity=Capacity(160, 1100, 10.5),
        break_time=timedelta(minutes=30),
        break_from=time(11, 30),
        break_to=time(13, 30),
        rates=Rates(35, 0.38, 34),
        max_overtime=timedelta(minutes=30),
        range_km=None,
        row=2,
    )


@pytest.mark.parametrize(("name", "count"), [("fleet-10", 10), ("fleet-30", 30)])
def test_the_shared_fleets(name: str, count: int) -> None:
    report = read_fleet(shared_data(f"orders/liechtenstein-{name}.csv"))
    assert len(report.entries) == count
    assert report.rejects == report.assumptions == report.unknown_columns == report.notices == ()
    assert list(report.mapping) == list(FLEET)
    assert pickle.loads(pickle.dumps(report)) == report


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"driver": " "}, "driver", "no driver"),
        ({"driver": "OK"}, "driver", "already in row 2"),
        ({"depot_address": ""}, "depot_address", "no depot address"),
        ({"shift_start": ""}, "shift_start", "no shift_start"),
        ({"shift_end": "late"}, "shift_end", "not a time"),
        ({"shift_end": "06:00"}, "shift_end", "past midnight"),
        ({"shift_end": "07:00"}, "shift_end", "not after its start"),
        ({"capacity_kg": "-5"}, "capacity_kg", "negative"),
        ({"capacity_pieces": "0"}, "capacity_pieces", "leave it empty"),
        ({"capacity_pieces": "1.5"}, "capacity_pieces", "whole"),
        ({"capacity_m3": "big"}, "capacity_m3", "not a number"),
        ({"break_minutes": "130"}, "break_minutes", "does not fit between 11:30 and 13:30"),
        ({"break_minutes": "-1"}, "break_minutes", "negative"),
        ({"break_from": "14:00"}, "break_to", "before it starts"),
        ({"break_from": "17:00", "break_to": "18:00"}, "break_from", "outside the shift"),
        ({"cost_per_km": "nan"}, "cost_per_km", "not a number"),
        ({"cost_per_hour": "-1"}, "cost_per_hour", "negative"),
        ({"max_overtime_minutes": "5000"}, "max_overtime_minutes", "more than 720"),
        ({"range_km": "far"}, "range_km", "not a number"),
    ],
)
def test_what_is_rejected(changes: dict[str, str], field: str, words: str) -> None:
    found = reject(**changes)
    assert found.field == field
    assert words in found.problem


def test_what_is_assumed() -> None:
    report = fleet("driver,depot,start,end\nAnja,Weg 1,7,15:30\nBeat,Weg 1,7,15:30\n")
    first = report.entries[0]
    assert first.vehicle == "Anja"
    assert first.capacity == Capacity()
    assert first.rates == Rates(0, 0.40, 30)
    assert first.break_time == timedelta()
    assert {found.field for found in report.assumptions} == {
        "capacity_pieces", "capacity_kg", "capacity_m3", "break_minutes", "max_overtime_minutes",
        "cost_per_km", "vehicle",
    }  # fmt: skip
    assert all("in all 2 rows" in found.sentence for found in report.assumptions)


def test_an_open_break_window_is_the_shift() -> None:
    found = entry(break_from="", break_to="")
    assert (found.break_from, found.break_to) == (time(7), time(15, 30))


def test_a_short_shift_owes_no_break() -> None:
    assert entry(shift_start="14:00", shift_end="18:00").break_from == time(11, 30)


def test_one_missing_cost_is_nothing_but_said() -> None:
    report = fleet(fleet_csv({"cost_per_km": ""}))
    assert report.entries[0].rates == Rates(35, 0, 34)
    assert [found.field for found in report.assumptions] == ["cost_per_km"]


def test_two_drivers_on_one_vehicle() -> None:
    report = fleet(fleet_csv({}, {"driver": "Beat"}, {"driver": "Carla", "shift_start": "15:30",
                   "shift_end": "20:00", "break_minutes": "0"}))  # fmt: skip
    assert len(report.entries) == 3
    assert [(found.order, found.row) for found in report.notices] == [("Beat", 3)]


def test_no_driver_at_all() -> None:
    with pytest.raises(ConsoleError) as caught:
        fleet(fleet_csv({"shift_end": "06:00"}, {"driver": ""}))
    assert "No row of “fleet.csv” gives a driver" in caught.value.message
    assert "Row 2" in failure(caught.value)


def test_a_german_fleet() -> None:
    report = fleet(
        "Fahrer;Kennzeichen;Nutzlast (t);Depotadresse;Depot PLZ;Schichtbeginn;Schichtende;"
        "Pause (min);Pause von;Pause bis;Kosten pro km;Stundensatz\n"
        "Jörg;FL 1;1,1;Im Riet 1;9494;7;15.30;30;11:30;13:30;0,38;34\n"
    )
    (found,) = report.entries
    assert found.capacity.kg == pytest.approx(1100)
    assert found.rates == Rates(0, 0.38, 34)
    assert found.shift_end == time(15, 30)


def test_an_order_file_is_no_fleet_file() -> None:
    with pytest.raises(MissingColumns) as caught:
        fleet("order_id,name,street,phone\n1,Ida,Weg 1,2\n")
    assert "depot_address" in caught.value.message

"""Several windows, soft ones, deadlines, and when goods are ready."""

from datetime import time

import pytest

from console.domain.orders import DayWindow, OrderEntry
from console.intake.report import OrderReport
from tests.intake.samples import csv_of, orders


def read(**cells: str) -> OrderReport:
    return orders(csv_of(cells))


def found(**cells: str) -> OrderEntry:
    report = read(**cells)
    assert not report.rejects, report.rejects
    return report.entries[0]


def problem(**cells: str) -> str:
    (reject,) = read(**cells).rejects
    return f"{reject.field}: {reject.problem}"


def test_several_windows() -> None:
    entry = found(window2_from="14:00", window2_to="16:00", window3_from="18:00", window3_to="")
    assert entry.windows == (
        DayWindow(time(9), time(12)),
        DayWindow(time(14), time(16)),
        DayWindow(time(18), None),
    )


def test_a_price_makes_all_of_them_soft() -> None:
    entry = found(window2_from="14:00", window2_to="16:00", late_price="0.4")
    assert [window.late_price for window in entry.windows] == [0.4, 0.4]
    assert entry.deadline is None


def test_a_price_by_the_hour() -> None:
    report = orders(csv_of({"late_price (per hour)": "", "late_price": "12 h"}))
    assert report.entries[0].windows[0].late_price == pytest.approx(0.2)


def test_a_deadline_beside_a_soft_window() -> None:
    entry = found(late_price="1", deadline="13:00", ready_at="08:15")
    assert entry.windows == (DayWindow(time(9), time(12), 1.0),)
    assert (entry.deadline, entry.ready_at) == (time(13), time(8, 15))


def test_a_soft_end_before_a_hard_one() -> None:
    entry = found(soft_to="10:30", late_price="1")
    assert (entry.windows, entry.deadline) == ((DayWindow(time(9), time(10, 30), 1.0),), time(12))
    entry = found(soft_to="10:30", late_price="1", deadline="11:00")
    assert entry.deadline == time(11)


def test_a_price_of_nothing() -> None:
    report = read(window_from="09:00", window_to="", late_price="1")
    assert report.entries[0].windows == (DayWindow(time(9), None),)
    assert any("nothing is late" in each.sentence for each in report.assumptions)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"window2_from": "16:00", "window2_to": "14:00"}, "window2_to: The window ends at 14:00"),
        ({"deadline": "08:00"}, "deadline: The deadline 08:00 lies before the window"),
        ({"ready_at": "12:30"}, "ready_at: The order is ready at 12:30, after its window ends"),
        (
            {"ready_at": "12:30", "deadline": "12:15", "window_to": ""},
            "ready_at: The order is ready at 12:30, after its deadline at 12:15",
        ),
        ({"soft_to": "13:00", "late_price": "1"}, "soft_to: The soft end 13:00 lies after"),
        (
            {"soft_to": "10:00", "late_price": "1", "window2_to": "15:00"},
            "soft_to: A soft end goes with one window only",
        ),
        ({"late_price": "-1"}, "late_price: The price of lateness “-1” is negative"),
        ({"deadline": "noon"}, "deadline: The deadline “noon” is not a time"),
    ],
)
def test_what_cannot_be(cells: dict[str, str], told: str) -> None:
    assert told in problem(**cells)

"""Cells changed by hand are checked as files are; what is not named stays."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from console.domain.load import Load
from console.domain.orders import DayWindow, OrderEntry, OrderId, Priority
from console.domain.places import Address, Coordinate
from console.intake import EDITABLE, Reject, edited, read_pasted

ENTRY = OrderEntry(
    OrderId("A1"),
    Address("Weg 1", "9490", "Vaduz"),
    "Ida",
    "+423 1",
    load=Load(2, 3.5, 0.02, 1),
    windows=(DayWindow(time(9), time(12), 0.5), DayWindow(time(14), time(16))),
    skills=("adr",),
    notes="dog",
    coordinate=Coordinate(47, 9.5),
    row=4,
)


@pytest.mark.parametrize(
    ("name", "text", "change"),
    [
        ("recipient", " Bo ", {"recipient": "Bo"}),
        ("phone", "+45 2", {"phone": "+45 2"}),
        ("notes", "", {"notes": ""}),
        ("pieces", "7", {"load": Load(7, 3.5, 0.02, 1)}),
        ("weight_kg", "1500 g", {"load": Load(2, 1.5, 0.02, 1)}),
        ("weight_kg", "", {"load": Load(2, 0, 0.02, 1)}),
        ("volume_m3", "0,5", {"load": Load(2, 3.5, 0.5, 1)}),
        ("service_minutes", "0:05:00", {"service_time": timedelta(minutes=5)}),
        ("skills", "cold; lift", {"skills": ("cold", "lift")}),
        ("priority", "hoch", {"priority": Priority.HIGH}),
        ("people", "2", {"people": 2}),
        ("deadline", "15:00", {"deadline": time(15)}),
    ],
)
def test_one_field_changes(name: str, text: str, change: dict[str, object]) -> None:
    assert edited(ENTRY, name, text) == replace(ENTRY, **change)


def test_the_first_window_is_changed_and_keeps_its_price() -> None:
    later = edited(ENTRY, "window_to", "13:00")
    assert isinstance(later, OrderEntry)
    assert later.windows == (DayWindow(time(9), time(13), 0.5), ENTRY.windows[1])
    free = edited(replace(ENTRY, windows=()), "window_from", "8")
    assert isinstance(free, OrderEntry)
    assert free.windows == (DayWindow(time(8)),)
    gone = edited(free, "window_from", "")
    assert isinstance(gone, OrderEntry)
    assert gone.windows == ()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("weight_kg", "heavy", "is not a number"),
        ("pieces", "-1", "negative"),
        ("priority", "soon", "unknown"),
        ("window_from", "25:00", "25:00"),
        ("window_to", "08:00", "before it begins"),
    ],
)
def test_what_is_wrong_is_said(name: str, text: str, words: str) -> None:
    verdict = edited(ENTRY, name, text)
    assert isinstance(verdict, Reject)
    assert words in verdict.problem


def test_the_old_text_of_every_field_changes_nothing() -> None:
    texts = {
        "recipient": "Ida", "phone": "+423 1", "email": "", "notes": "dog", "skills": "adr",
        "priority": "normal", "service_minutes": "3", "people": "1", "territory": "",
        "deadline": "", "pieces": "2", "weight_kg": "3.5", "volume_m3": "0.02", "units": "1",
        "window_from": "09:00", "window_to": "12:00",
    }  # fmt: skip
    assert set(texts) == set(EDITABLE)
    for name, text in texts.items():
        assert edited(ENTRY, name, text) == ENTRY


def test_rows_with_titles_are_orders_others_are_cells() -> None:
    report = read_pasted("Order number\tStreet\tkg\nA\tWeg 1\t2,5\nB\tWeg 2\t\n")
    assert report is not None
    assert [entry.id for entry in report.entries] == ["A", "B"]
    assert read_pasted("12\t13\n14\t15") is None
    assert read_pasted("Weg 1") is None

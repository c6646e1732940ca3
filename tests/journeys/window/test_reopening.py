"""A day that is opened again begins where it stood, whole, and looks as it did."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.commands import MoveStops, PinStops
from console.storage import snapshots
from console.ui.start import TURN_SECONDS
from console.ui.window import ORDERS
from tests.journeys.window.conftest import DAY, Journey
from tests.storage.plans import decodes


def test_a_day_is_left_and_opened_again_from_its_snapshot(
    open_window: Callable[..., Journey], planned_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EVERY_ROWS", 1)
    journey = open_window(planned_store)
    journey.settle()
    desktop = journey.desktop
    station = desktop.station
    full = [route for route in journey.plan.routes.values() if route.stops]
    journey.run(station.submit(MoveStops((full[0].stops[0],), full[1].id)))
    journey.run(station.submit(PinStops((full[1].stops[0],))))
    stream, before = station.workday.desk.stream, journey.plan
    desk, numbers = station.workday.desk, [line.order.id for line in _lines(journey)]

    journey.run(desktop.open_day(DAY + timedelta(1)))
    kept = station.services.snapshots.latest(stream)
    assert kept is not None, "kept on leaving"
    assert kept[0] == before.version

    decoded = decodes(monkeypatch)
    journey.run(station.open(DAY))
    assert not decoded, "nothing that the day waits for"
    journey.run(desktop.open_day(DAY))
    assert len(decoded) >= before.version, "read behind"
    journey.settle()
    assert journey.plan == before
    assert list(journey.plan.stops) == list(before.stops)
    assert [line.order.id for line in _lines(journey)] == numbers
    assert station.workday.desk.entries == desk.entries
    assert station.workday.desk.undo_stack() == desk.undo_stack()
    journey.do("undo")
    journey.settle()
    assert not journey.plan.stops[full[1].stops[0]].pinned


def _lines(journey: Journey) -> list[object]:
    journey.desktop.window.show_page(ORDERS)
    journey.settle()
    rows = journey.desktop.panes.order_table.rows
    return [rows.line(row) for row in range(rows.rowCount())]


def test_threads_that_compute_let_the_window_go_on() -> None:
    code = "import sys; from console.ui.start import application; application()"
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; print(sys.getswitchinterval())"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(told.stdout.split()[-1]) == pytest.approx(TURN_SECONDS)

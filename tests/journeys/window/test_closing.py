"""The end of a day on a real window: tied up, put off, reported, sealed, refused, opened again."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from console.dispatch.carrying import desk_of
from console.dispatch.closing import Loose, loose_ends
from console.dispatch.reporting import record
from console.domain.commands import MoveStops, ReleaseRoutes
from console.domain.plan import Cause, FactKind, RouteId
from console.domain.sealing import seal_of
from console.ui.closing.dialog import CloseDialog
from console.ui.closing.ends import Act
from console.ui.dialogs.reason import ReopenDialog
from tests.journeys.window.conftest import Journey


class Evening:
    """A clock that stands still after the last stop."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def evening(open_window, planned_store: Path) -> Journey:
    """The planned day, opened at its end."""
    journey = open_window(planned_store, clock=Evening())
    journey.settle()
    return journey


def click(button: QPushButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def driven(journey: Journey) -> RouteId:
    """One route driven: its second stop failed, its last one not reported yet."""
    station = journey.desktop.station
    route = next(route for route in journey.plan.routes.values() if len(route.stops) > 3)
    journey.run(station.submit(ReleaseRoutes((route.id,))))
    journey.run(record(station, FactKind.DEPARTED, route.id, datetime(2026, 11, 24, 7, tzinfo=UTC)))
    for place, stop in enumerate(route.stops[:-1]):
        kind, cause = FactKind.DELIVERED, None
        if place == 1:
            kind, cause = FactKind.FAILED, Cause.ABSENT
        at = datetime(2026, 11, 24, 8, place, tzinfo=UTC)
        journey.run(record(station, kind, stop, at, cause))
    return route.id


def test_a_day_is_closed_with_everything_tied_up(evening: Journey, tmp_path: Path) -> None:
    journey, station = evening, evening.desktop.station
    route = driven(journey)
    first, failed, last = (journey.plan.routes[route].stops[place] for place in (0, 1, -1))
    journey.do("close_day")
    dialog = journey.dialog(CloseDialog)
    click(dialog.ends.buttons[Act.DELIVERED, last])
    journey.until(lambda: (Act.DELIVERED, last) not in dialog.ends.buttons)
    click(dialog.ends.all_buttons[Loose.GOODS])
    journey.until(lambda: Loose.GOODS not in dialog.ends.all_buttons)
    click(dialog.ends.all_buttons[Loose.DRIVER])
    journey.until(lambda: Loose.DRIVER not in dialog.ends.all_buttons)
    click(dialog.ends.all_buttons[Loose.EXCEPTION])
    journey.notice("1 stop goes on another day.")
    journey.settle()
    mine = [end for end in loose_ends(journey.plan) if end.route == route]
    assert mine == []
    tomorrow = journey.run(desk_of(station, date(2026, 11, 25)))
    assert any(
        order.id.endswith("~2") for stop in tomorrow.plan.stops.values() for order in stop.orders
    )
    assert journey.plan.stops[failed].route == route, "what failed stays on record"

    click(dialog.seal_button)
    journey.notice("The day is sealed: ")
    journey.until(lambda: dialog.seal_button.text().startswith("Open it again"))
    assert "Sealed on" in dialog.sealed.text()
    other = next(r for r in journey.plan.routes.values() if r.stops and not r.released)
    waiting = other.stops[0]
    assert not journey.desktop.conductor.submit(MoveStops((waiting,), None))
    journey.notice("The day is closed and sealed")
    path = tmp_path / "report.pdf"
    journey.run(journey.desktop.closing.write(path))
    assert path.read_bytes().startswith(b"%PDF")

    click(dialog.seal_button)
    reopening = journey.dialog(ReopenDialog)
    assert not reopening.reopen_button.isEnabled()
    reopening.reasons.field.setText("A van came late")
    click(reopening.reopen_button)
    journey.notice("The day is open again.")
    assert seal_of(journey.plan.facts) is None
    assert journey.desktop.conductor.submit(MoveStops((waiting,), None))
    dialog.reject()
    journey.settle()
    assert first in journey.plan.stops
    assert not journey.unexpected


def test_a_mistaken_return_is_taken_back(evening: Journey) -> None:
    journey = evening
    route = driven(journey)
    failed = journey.plan.routes[route].stops[1]
    journey.do("close_day")
    dialog = journey.dialog(CloseDialog)
    assert not [act for act, _ in dialog.ends.buttons if act is Act.TAKE_BACK]
    click(dialog.ends.buttons[Act.COUNT_IN, failed])
    journey.until(lambda: (Act.COUNT_IN, failed) not in dialog.ends.buttons)
    click(dialog.ends.buttons[Act.BACK, route])
    journey.until(lambda: (Act.BACK, route) not in dialog.ends.buttons)
    for _ in range(2):
        wrong = next(key for key in dialog.ends.buttons if key[0] is Act.TAKE_BACK)
        click(dialog.ends.buttons[wrong])
        journey.until(lambda wrong=wrong: wrong not in dialog.ends.buttons)
    assert (Act.COUNT_IN, failed) in dialog.ends.buttons
    assert (Act.BACK, route) in dialog.ends.buttons
    dialog.reject()
    journey.settle()

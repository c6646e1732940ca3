"""A zone is drawn on the map, saved, obeyed, and taken back; speeds by the hour are turned on."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.domain.zones import ZoneKind
from console.ui.map.layers import Layers
from console.ui.pictures import settled
from console.ui.traffic.lesson import LessonDialog
from console.ui.traffic.table import SpeedsDialog
from tests.journeys.window.conftest import Journey


def pull(journey: Journey, start: QPoint, end: QPoint) -> None:
    glass = journey.desktop.panes.map_view._web.view.focusProxy()
    QTest.mousePress(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in (1, 2, 3):
        point = QPointF(start + (end - start) * step / 3)
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, point, glass.mapToGlobal(point), button, button,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(glass, event)
    QTest.mouseRelease(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def marks(journey: Journey) -> int:
    told: list[int] = []
    page = journey.desktop.panes.map_view._web.page
    page.runJavaScript("document.querySelectorAll('path.zone').length", told.append)
    journey.until(lambda: bool(told))
    return int(told[0])


def test_a_zone_is_drawn_saved_and_taken_back(planned: Journey) -> None:
    journey = planned
    station, view = journey.desktop.station, journey.desktop.panes.map_view
    journey.do("traffic")
    panel = journey.desktop.traffic.panel
    assert panel is not None
    panel.tools["rectangle"].click()
    journey.run(settled(journey.desktop))  # a page that was never painted hears no mouse
    journey.until(lambda: journey.counts()["stops"] > 0)
    width, height = view.width(), view.height()
    pull(journey, QPoint(width // 3, height // 3), QPoint(2 * width // 3, 2 * height // 3))
    journey.until(lambda: panel.zone is not None)
    assert panel.zone is not None
    assert "inside" in panel.inside.text()
    panel.form.kind.setCurrentIndex(0)
    panel.form.percent.setValue(20)
    before = sum((s.duration.total_seconds() for s in station.picture.schedules.values()), 0.0)
    panel.save.click()
    journey.settle()
    (zone,) = station.traffic.value.zones
    assert (zone.kind, zone.percent) == (ZoneKind.SLOW, 20)
    after = sum(s.duration.total_seconds() for s in station.picture.schedules.values())
    assert after > before
    journey.until(lambda: marks(journey) == 1)
    journey.do("undo")
    assert station.traffic.value.zones == ()
    journey.until(lambda: marks(journey) == 0)
    assert panel.list.count() == 0


def test_speeds_by_the_hour_are_turned_on_and_edited(planned: Journey) -> None:
    journey = planned
    station = journey.desktop.station
    journey.do("traffic")
    panel = journey.desktop.traffic.panel
    assert panel is not None
    panel.slow.click()
    journey.settle()
    assert station.traffic.value.speeds is not None
    assert station.workday.matrix.slices
    panel.edit.click()
    dialog = journey.dialog(SpeedsDialog)
    dialog.learn.click()
    lesson = journey.dialog(LessonDialog)
    assert not lesson.accept_button.isEnabled()  # no day is over yet
    lesson.reject()
    journey.until(lambda: dialog.learn.text() == "Learn from driven days…")
    dialog.cells.item(1, 4).setText("40")
    dialog.accept_button.click()
    journey.until(lambda: station.traffic.value.speeds == dialog.table)
    journey.settle()


def test_layers_are_remembered(planned: Journey) -> None:
    journey = planned
    view = journey.desktop.panes.map_view
    view._web.bridge.layer_chosen("heads", shown=False)
    view._web.bridge.style_chosen("dark")
    journey.settle()
    view.set_layers(Layers())
    journey.run(journey.desktop.maps.recall())
    assert not view.layers.shows("heads")
    assert view.layers.style == "dark"

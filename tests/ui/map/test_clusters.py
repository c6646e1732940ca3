"""Far away many stops at one spot stand as one disc, which opens on a click."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.ui.map.marks import StopMark, StopState

LEFT = Qt.MouseButton.LeftButton
COUNT = 12


def stops(state=StopState.NORMAL):
    """A street of neighbours, and one far away."""
    crowd = [
        StopMark(f"s{i}", "r1", i + 1, 47.150 + i * 0.0003, 9.52, color="#b8d259", ink="#000",
                 state=state)
        for i in range(COUNT)
    ]  # fmt: skip
    return [*crowd, StopMark("far", "r1", 99, 47.17, 9.58, color="#b8d259", ink="#000")]


def shown(driven, town, made):
    driven.view.set_stops(made)
    driven.show(town)
    with driven.settled():
        driven.view.move_camera(47.155, 9.55, 11)
    return driven


def test_a_crowd_is_one_disc_and_opens(driven, town):
    view = shown(driven, town, stops())
    assert view.counts()["discs"] <= 2, "only the far one stands for itself"
    middle = view.where("s6")
    with view.settled():
        QTest.mouseClick(view.glass, LEFT, pos=middle)
    assert view.counts()["discs"] >= COUNT / 2


def test_what_is_late_always_stands_for_itself(driven, town):
    view = shown(driven, town, stops(StopState.LATE))
    assert view.counts()["discs"] >= COUNT


def test_an_area_picks_those_that_a_disc_stands_for(driven, town, qtbot):
    view = shown(driven, town, stops())
    middle, shift = view.where("s6"), Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(view.view.areaSelected, timeout=3000) as area:
        QTest.mousePress(view.glass, LEFT, shift, middle + QPoint(-40, -40))
        for step in range(1, 5):
            QTest.mouseMove(view.glass, middle + QPoint(-40 + 20 * step, -40 + 20 * step), 10)
        QTest.mouseRelease(view.glass, LEFT, shift, middle + QPoint(40, 40))
    assert len(area.args[0]) == COUNT


def test_picked_stops_stand_for_themselves(driven, town):
    view = shown(driven, town, stops())
    before = view.counts()["discs"]
    with view.settled():
        view.view.set_selection(["s3"])
    assert view.counts()["discs"] == before + 1

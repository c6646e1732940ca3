from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from console.domain.commands import LockRoutes, MoveStops
from console.domain.plan import RouteId
from console.ui.theme.theme import Choice
from console.ui.timeline.scale import ZOOMS
from tests.ui.day import at
from tests.ui.dragging import Drag

R1, R2, R3 = RouteId("r1"), RouteId("r2"), RouteId("r3")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def image(widget, box=None) -> QImage:
    return (widget.grab(box) if box else widget.grab()).toImage()


def has(picture: QImage, color) -> bool:
    wanted = color.rgb()
    return any(
        picture.pixel(x, y) == wanted
        for x in range(picture.width())
        for y in range(picture.height())
    )


def wheel(view, steps, keys=CTRL, x=800):
    spot = QPointF(x, 100)
    event = QWheelEvent(
        spot, spot, QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


class TestPainting:
    def test_states_look_different(self, desk):
        row = desk.view.row_rect(1)
        seen = [image(desk.view, row)]
        desk.selection.pick([desk.stops(R2)[3]])
        seen.append(image(desk.view, row))
        desk.selection.pick([desk.stops(R2)[3]], R2)
        seen.append(image(desk.view, row))
        desk.hands.submit(LockRoutes((R2,)))
        seen.append(image(desk.view, row))
        assert all(a != b for i, a in enumerate(seen) for b in seen[i + 1 :])

    def test_late_stops_have_a_red_badge(self, desk):
        late = next(s for s, v in desk.hands.picture.visits.items() if v.lateness)
        box = desk.view.stop_rect(late).adjusted(-10, -12, 10, 0)
        assert has(image(desk.view, box), desk.theme.color("bad_fill"))

    def test_now_is_a_line_with_its_time(self, desk):
        before = image(desk.view)
        desk.view.set_now(at(8, 30))
        assert image(desk.view) != before
        x = round(desk.view.zero + desk.view.scale.x(at(8, 30).timestamp() / 60))
        column = image(desk.view, desk.view.rect().adjusted(x - 3, 60, x + 3 - 1400, -20))
        assert has(column, desk.theme.color("accent"))
        desk.view.set_now(None)
        assert image(desk.view) == before

    def test_schemes_differ(self, desk):
        light = image(desk.view)
        desk.theme.choose(Choice.DARK)
        dark = image(desk.view)
        desk.theme.choose(Choice.LIGHT)
        assert light != dark

    def test_undo_paints_as_before(self, desk):
        desk.view.clearFocus()
        before = image(desk.view)
        desk.hands.submit(MoveStops((desk.stops(R1)[0],), R2, desk.stops(R2)[0]))
        assert image(desk.view) != before
        desk.hands.undo()
        assert image(desk.view) == before

    def test_only_changed_rows_are_made_anew(self, desk):
        before = dict(desk.view.rows)
        desk.hands.submit(MoveStops((desk.stops(R1)[0],), R2, desk.stops(R2)[0]))
        same = {route for route, face in desk.view.rows.items() if before[route] is face}
        assert same == set(before) - {R1, R2}

    def test_the_window_of_the_selected_stop_is_bracketed(self, desk):
        stop = next(
            s for s in desk.hands.picture.plan.stops.values() if s.windows and s.route == R3
        )
        desk.selection.pick([stop.id])
        window = stop.windows[0]
        bracket = desk.view._bracket(R3)
        assert bracket == (
            window.earliest.timestamp() / 60,
            window.latest.timestamp() / 60,
        )
        assert desk.view._bracket(R2) is None

    def test_a_tooltip_repeats_what_is_painted(self, desk):
        spot = desk.spot(desk.stops(R2)[0])
        where = desk.view.viewport().mapToGlobal(spot)
        QApplication.sendEvent(desk.view.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, where))
        assert QToolTip.text().startswith("Jonas Krogh, stop 1, ")
        QToolTip.hideText()

    def test_a_scrolled_view_looks_as_one_painted_anew(self, desk):
        view = desk.view
        view.resize(900, 120)
        view.show()
        view.set_now(at(11))
        QApplication.processEvents()
        down = view.verticalScrollBar()
        assert down.maximum() > 30
        for place in (7, 30, 12, down.maximum(), 0):
            down.setValue(place)
            QApplication.processEvents()
            shifted = view.screen().grabWindow(view.winId()).toImage()
            view.viewport().repaint()
            QApplication.processEvents()
            anew = view.screen().grabWindow(view.winId()).toImage()
            assert has(anew, view.theme.color("border"))
            assert shifted == anew, place


class TestZoom:
    def test_every_step_shows_its_minutes_in_sixty_pixels(self, desk):
        for zoom in ZOOMS:
            desk.view.set_zoom(zoom)
            assert desk.view.scale.x(zoom) - desk.view.scale.x(0) == pytest.approx(60)

    def test_the_wheel_zooms_around_the_pointer(self, desk):
        desk.view.set_zoom(30)
        wheel(desk.view, 1)
        held = desk.view.scale.minute(800 - desk.view.zero)
        wheel(desk.view, 1)
        assert desk.view.scale.zoom == 15
        assert desk.view.scale.minute(800 - desk.view.zero) == pytest.approx(held, abs=1)
        for _ in range(9):
            wheel(desk.view, 1)
        assert desk.view.scale.zoom == ZOOMS[0]
        for _ in range(9):
            wheel(desk.view, -1)
        assert desk.view.scale.zoom == ZOOMS[-1]

    def test_fit_shows_the_whole_day(self, desk):
        desk.view.set_zoom(10)
        desk.view.fit()
        assert desk.view.horizontalScrollBar().maximum() == 0

    def test_a_fitted_day_stays_fitted_until_zoomed_by_hand(self, desk):
        desk.view.fit()
        fine = desk.view.scale.zoom
        desk.view.resize(620, 260)
        QApplication.processEvents()
        assert desk.view.scale.zoom > fine
        desk.view.set_zoom(20)
        desk.view.resize(1400, 260)
        QApplication.processEvents()
        assert desk.view.scale.zoom == 20

    def test_shift_wheel_scrolls_along_the_clock(self, desk):
        desk.view.set_zoom(10)
        desk.view.horizontalScrollBar().setValue(0)
        wheel(desk.view, -1, SHIFT)
        assert desk.view.horizontalScrollBar().value() == 120

    def test_sorting(self, desk):
        by_number = list(desk.view.order)
        desk.view.set_sorting("finish")
        ends = [desk.view.rows[r].span[1] for r in desk.view.order]
        assert ends == sorted(ends, reverse=True)
        desk.view.set_sorting("load")
        loads = [desk.view.rows[r].fullness for r in desk.view.order]
        assert loads == sorted(loads, reverse=True)
        desk.view.set_sorting("number")
        assert desk.view.order == by_number == [RouteId(f"r{i}") for i in range(1, 7)]


class TestPicking:
    def test_click_picks_a_bar(self, qtbot, desk):
        stop = desk.stops(R2)[4]
        qtbot.mouseClick(desk.view.viewport(), LEFT, pos=desk.spot(stop))
        assert desk.selection.stops == (stop,)
        assert desk.selection.route == R2

    def test_a_narrow_bar_can_be_hit_beside(self, desk):
        desk.view.set_zoom(60)
        stop = desk.stops(R2)[0]
        assert desk.view.stop_at(desk.spot(stop)) == stop

    def test_a_driver_lights_the_route(self, qtbot, desk):
        qtbot.mouseClick(desk.view.viewport(), LEFT, pos=desk.head(R3))
        assert desk.selection.route == R3
        assert desk.selection.stops == ()

    def test_a_pick_elsewhere_scrolls_there(self, desk):
        desk.view.set_zoom(10)
        last = desk.stops(RouteId("r6"))[-1]
        desk.view.resize(700, 120)
        QApplication.processEvents()
        desk.selection.pick([last])
        assert desk.view.viewport().rect().contains(desk.spot(last))

    def test_keys_walk_in_time(self, qtbot, desk):
        desk.view.setFocus()
        desk.selection.pick([desk.stops(R2)[4]])
        qtbot.keyClick(desk.view, Qt.Key.Key_Right)
        assert desk.selection.stops == (desk.stops(R2)[5],)
        before = desk.hands.picture.visits[desk.stops(R2)[5]].start
        qtbot.keyClick(desk.view, Qt.Key.Key_Down)
        found = desk.hands.picture.visits[desk.selection.stops[0]].start
        others = [desk.hands.picture.visits[s].start for s in desk.stops(R3)]
        nearest = min(abs(o - before) for o in others)
        assert abs(found - before) <= nearest + timedelta(minutes=8)

    def test_ctrl_keys_move(self, qtbot, desk):
        desk.view.setFocus()
        order = desk.stops(R2)
        desk.selection.pick([order[4]])
        qtbot.keyClick(desk.view, Qt.Key.Key_Right, CTRL | SHIFT)
        assert desk.stops(R2)[4:6] == (order[5], order[4])
        qtbot.keyClick(desk.view, Qt.Key.Key_Down, CTRL | SHIFT)
        assert desk.hands.picture.plan.stops[order[4]].route == R3


class TestDrops:
    def test_the_position_is_by_time(self, desk):
        stop, after = desk.stops(R1)[2], desk.stops(R2)[5]
        drag = Drag(desk.view, [stop], keys=SHIFT)
        drag.enter(desk.behind(after))
        point = desk.behind(after)  # the delta column has moved rows and clock
        assert drag.move(point)
        assert drag.drop(point)
        order = desk.stops(R2)
        assert order[order.index(stop) - 1] == after

    def test_within_the_row(self, desk):
        order = desk.stops(R1)
        drag = Drag(desk.view, [order[8]], keys=SHIFT)
        drag.enter(desk.spot(order[0]))
        assert drag.move(desk.behind(order[1]))
        assert drag.drop(desk.behind(order[1]))
        assert desk.stops(R1)[2] == order[8]

    def test_on_the_driver_it_lands_best(self, desk):
        stop = desk.stops(R1)[2]
        best = desk.hands.previews([stop])[R3]
        drag = Drag(desk.view, [stop], keys=SHIFT)
        drag.enter(desk.head(R3))
        drag.move(desk.head(R3))
        drag.drop(desk.head(R3))
        assert desk.hands.moves == [((stop,), R3, best.after)]

    def test_a_locked_row_refuses(self, desk):
        desk.hands.submit(LockRoutes((R2,)))
        drag = Drag(desk.view, [desk.stops(R1)[2]])
        drag.enter(desk.head(R2))
        assert not drag.move(desk.head(R2))
        drag.leave()
        assert desk.hands.moves == []

    def test_harm_needs_shift(self, desk):
        heavy = [*desk.stops(R1), *desk.stops(R3)]
        for keys in (Qt.KeyboardModifier.NoModifier, SHIFT):
            drag = Drag(desk.view, heavy, keys=keys)
            drag.enter(desk.head(R2))
            drag.move(desk.head(R2))
            drag.drop(desk.head(R2))
        assert desk.hands.refused
        assert desk.hands.asked
        assert len(desk.stops(R2)) == 36

    def test_the_delta_column_comes_and_goes(self, desk):
        width = desk.view.head_width
        drag = Drag(desk.view, desk.stops(R1)[:2])
        drag.enter(desk.head(R2))
        assert desk.view.head_width > width
        assert desk.view.name_width < width
        drag.leave()
        assert desk.view.head_width == desk.view.name_width == width

    def test_a_drag_that_began_here_moves_nothing_under_the_pointer(self, desk):
        desk.view.resize(900, 180)
        QApplication.processEvents()
        stop = desk.stops(R2)[6]
        desk.view.reveal(stop)
        point = desk.spot(stop)
        width, height = desk.view.head_width, desk.view.row_height
        moment = desk.view.scale.minute(point.x() - desk.view.zero)
        drag = Drag(desk.view, desk.stops(R1)[:2])
        desk.view.is_source = True
        drag.enter(point)
        assert desk.view.head_width == width
        assert desk.view.name_width < width
        assert desk.view.row_height >= height
        assert desk.view.scale.minute(point.x() - desk.view.zero) == pytest.approx(moment, abs=1)
        assert desk.view.row_at(point) == R2
        drag.leave()
        assert desk.view.head_width == width
        assert desk.view.scale.minute(point.x() - desk.view.zero) == pytest.approx(moment, abs=1)

    def test_landing_bars_are_shown_renumbered(self, qtbot, desk):
        stop, after = desk.stops(R1)[2], desk.stops(R2)[5]
        drag = Drag(desk.view, [stop])
        drag.enter(desk.behind(after))
        drag.move(desk.behind(after))
        qtbot.waitUntil(lambda: desk.view.gap == 1.0)
        shown = desk.view.shown_face(R2)
        assert [bar.stop for bar in shown.bars].index(stop) == 6
        assert shown.bars[6].number == "7"
        assert desk.view.shown_face(R3) is desk.view.rows[R3]
        assert has(image(desk.view), desk.theme.color("accent_fill"))
        drag.leave()
        assert desk.view.shown_face(R2) is desk.view.rows[R2]


class TestStrip:
    def test_it_counts(self, desk):
        assert desk.strip.summary() == "6\u2009routes · 72\u2009stops"
        assert "72" in desk.strip.accessibleName()

    def test_it_asks_the_drags_question(self, qtbot, desk):
        desk.hands.submit(LockRoutes((R2,)))
        rest = image(desk.strip)
        drag = Drag(desk.view, desk.stops(R1)[:3])
        drag.enter(desk.head(R3))
        qtbot.waitUntil(lambda: desk.view.has_verdicts)
        assert "if you dropped the 3 stops" in desk.strip.summary()
        assert image(desk.strip) != rest
        drag.leave()
        assert image(desk.strip) == rest

    def test_zoom_and_sort_are_menus(self, desk):
        for action in desk.strip.zoom_button.menu().actions():
            action.trigger()
            assert desk.strip.zoom_button.text() == action.text()
        for action in desk.strip.sort_button.menu().actions():
            action.trigger()
            assert action.text() in desk.strip.sort_button.text()
        desk.strip.fit_button.click()
        assert desk.view.horizontalScrollBar().maximum() == 0


def test_an_empty_day(desk):
    from console.dispatch.picture import EMPTY_PICTURE, PictureChange

    change = PictureChange(desk.hands.picture, EMPTY_PICTURE, everything=True)
    desk.signals.planChanged.emit(change)
    desk.view.grab()
    assert desk.view.order == []
    assert desk.strip.summary() == "0\u2009routes · 0\u2009stops"


def test_from_the_right_drivers_stand_there_and_time_still_runs_from_the_left(desk):
    view, route = desk.view, desk.view.order[0]
    before = image(view)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    first, second = desk.stops(route)[:2]
    assert desk.spot(first).x() < desk.spot(second).x()
    assert view.stop_at(desk.spot(first)) == first
    middle = view.row_rect(0).center().y()
    assert view.head_at(QPoint(view.viewport().width() - 60, middle)) == route
    assert view.head_at(QPoint(60, middle)) is None
    assert view.clock_area.left() == 0
    chip = QRect(view.viewport().width() - 32, middle - 6, 20, 12)
    colour = desk.theme.driver_color(view.rows[route].label.number)
    assert has(image(view, chip), colour)
    assert has(before.copy(QRect(12, middle - 6, 20, 12)), colour)
    view.horizontalScrollBar().setValue(40)
    assert view.zero == -40


def test_from_the_right_a_drop_on_a_driver_is_the_best_place(desk):
    view, moved = desk.view, desk.stops(desk.view.order[1])[0]
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    drag = Drag(view, [moved])
    at = QPoint(view.viewport().width() - 30, view.row_rect(0).center().y())
    drag.enter(at)
    drag.move(at)
    assert view.place_at(at).best
    assert not view.grab().isNull()
    drag.leave()


def test_the_strip_is_mirrored_with_its_words(desk):
    strip = desk.strip
    assert strip.fit_button.x() > strip.width() // 2
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    strip.layout().activate()
    assert strip.fit_button.x() < strip.width() // 2
    title = QRect(strip.width() - 90, 0, 90, strip.height() - 1)
    assert has(image(strip, title), desk.theme.color("text"))

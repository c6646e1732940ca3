import json
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication

from console.domain.commands import LockRoutes, MoveStops, PinStops
from console.domain.plan import RouteId, StopId
from console.ui.board.lanes import LanePainter
from console.ui.drag import STOPS_MIME, Place, ghost, stops_in, stops_mime
from console.ui.theme.theme import Choice
from tests.ui.dragging import Drag

R1, R2, R3 = RouteId("r1"), RouteId("r2"), RouteId("r3")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def picture_of(view, box=None) -> QImage:
    return (view.grab(box) if box else view.grab()).toImage()


def colors(image: QImage) -> set[int]:
    return {
        image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }


def loosest(desk, stop, route):
    """A neighbour behind which a stop lands without breaking a rule."""
    for after in (*desk.stops(route)[::-1], None):
        found = desk.hands.preview([stop], route, after)
        if found and not found.harm:
            return after
    raise AssertionError("no place without harm")


class TestPainting:
    def test_every_state_looks_different(self, desk):
        stop = desk.stops(R2)[2]
        box = desk.view.stop_rect(stop)
        seen = [picture_of(desk.view, box)]
        desk.view.set_hovered(stop)
        seen.append(picture_of(desk.view, box))
        desk.view.set_hovered(None)
        desk.selection.pick([stop])
        seen.append(picture_of(desk.view, box))
        desk.selection.clear()
        desk.hands.submit(PinStops((stop,)))
        seen.append(picture_of(desk.view, box))
        drag = Drag(desk.view, [stop])
        drag.enter(desk.head(R3))
        seen.append(picture_of(desk.view, box))
        drag.leave()
        assert all(a != b for i, a in enumerate(seen) for b in seen[i + 1 :])

    def test_late_cards_are_red_at_the_edge(self, desk):
        late = next(s for s, v in desk.hands.picture.visits.items() if v.lateness)
        desk.view.reveal(late)
        box = desk.view.stop_rect(late)
        bad = desk.theme.color("bad").rgb()
        assert bad in colors(picture_of(desk.view, box))

    def test_a_lock_shows_in_the_head(self, desk):
        head = desk.view.lane_rect(R2).adjusted(0, 0, 0, desk.view.sizes.head - 900)
        before = picture_of(desk.view, head)
        desk.hands.submit(LockRoutes((R2,)))
        assert picture_of(desk.view, head) != before

    def test_dark_light_and_high_contrast_differ(self, desk):
        seen = []
        for choice in (Choice.LIGHT, Choice.DARK, Choice.HIGH_CONTRAST):
            desk.theme.choose(choice)
            seen.append(picture_of(desk.view))
        desk.theme.choose(Choice.LIGHT)
        assert seen[0] != seen[1] != seen[2]

    def test_larger_text_makes_larger_cards(self, desk):
        before = desk.view.stop_rect(desk.stops(R1)[0]).height()
        desk.theme.set_scale(1.5)
        assert desk.view.stop_rect(desk.stops(R1)[0]).height() == round(before * 1.5)
        desk.theme.set_scale(1.0)

    def test_undo_paints_the_board_as_before(self, desk):
        desk.view.clearFocus()
        before = picture_of(desk.view)
        assert desk.hands.submit(MoveStops((desk.stops(R1)[0],), R2, None, desk.stops(R2)[0]))
        assert picture_of(desk.view) != before
        desk.hands.undo()
        assert picture_of(desk.view) == before

    def test_only_changed_routes_are_made_anew(self, desk):
        before = {lane: desk.view.columns[lane] for lane in desk.view.order}
        desk.hands.submit(MoveStops((desk.stops(R1)[0],), R2, desk.stops(R2)[0]))
        same = {lane for lane, column in before.items() if desk.view.columns[lane] is column}
        assert same == set(before) - {R1, R2}
        desk.hands.submit(MoveStops((desk.stops(R1)[0],), None))
        assert desk.view.columns[None] is not before[None]

    def test_lanes_have_their_heights_before_anybody_looks_at_their_cards(self, desk):
        view = desk.view
        for stops, to in (((desk.stops(R1)[0],), R2), (desk.stops(R3), None), (desk.stops(R2), R1)):
            desk.hands.submit(MoveStops(tuple(stops), to))
            for lane in view.order:
                assert view._height(lane) == view._heights[lane] == view.columns[lane].height
                assert dict(view.lanes())[lane] == view.columns[lane].face.stops

    def test_lanes_between_two_that_changed_are_not_painted(self, desk, monkeypatch):
        painted = []
        paint = LanePainter.paint

        def noted(self, painter, column, spot, state):
            painted.append(column.face.route)
            paint(self, painter, column, spot, state)

        desk.view.resize(1200, 400)
        desk.view.viewport().repaint()
        monkeypatch.setattr(LanePainter, "paint", noted)
        desk.view.repaint_lanes([None, R3])
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        assert set(painted) == {None, R3}

    def test_only_lanes_in_sight_are_made(self, qtbot, desk):
        desk.view.resize(500, 400)
        desk.view.rebuild(None)
        desk.view.viewport().repaint()
        in_sight = {lane for lane in desk.view.order if desk.view.lane_rect(lane).x() < 500}
        assert set(desk.view.columns) <= in_sight != set(desk.view.order)


class TestPicking:
    def click(self, qtbot, desk, stop, keys=Qt.KeyboardModifier.NoModifier):
        qtbot.mouseClick(
            desk.view.viewport(), Qt.MouseButton.LeftButton, keys, desk.spot(stop, 0.5)
        )

    def test_click_picks_and_lights_the_route(self, qtbot, desk):
        self.click(qtbot, desk, desk.stops(R2)[3])
        assert desk.selection.stops == (desk.stops(R2)[3],)
        assert desk.selection.route == R2

    def test_ctrl_adds_and_takes_out(self, qtbot, desk):
        self.click(qtbot, desk, desk.stops(R2)[3])
        self.click(qtbot, desk, desk.stops(R3)[1], CTRL)
        assert set(desk.selection.stops) == {desk.stops(R2)[3], desk.stops(R3)[1]}
        self.click(qtbot, desk, desk.stops(R2)[3], CTRL)
        assert desk.selection.stops == (desk.stops(R3)[1],)

    def test_shift_picks_the_stops_between(self, qtbot, desk):
        self.click(qtbot, desk, desk.stops(R2)[1])
        self.click(qtbot, desk, desk.stops(R2)[4], SHIFT)
        assert set(desk.selection.stops) == set(desk.stops(R2)[1:5])

    def test_a_click_on_one_of_several_leaves_it_alone(self, qtbot, desk):
        desk.selection.pick(desk.stops(R2)[:3])
        self.click(qtbot, desk, desk.stops(R2)[1])
        assert desk.selection.stops == (desk.stops(R2)[1],)

    def test_a_head_lights_its_route(self, qtbot, desk):
        for expected in (R2, None):
            qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=desk.head(R2))
            assert desk.selection.route == expected

    def test_a_click_beside_the_cards_clears(self, qtbot, desk):
        desk.selection.pick(desk.stops(R2)[:3])
        point = desk.view.lane_rect(None).bottomLeft() + QPoint(30, -20)
        qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert desk.selection.stops == ()

    def test_a_rubber_band_picks_what_it_touches(self, qtbot, desk):
        start = desk.view.lane_rect(None).bottomRight() + QPoint(-6, -200)
        end = desk.spot(desk.stops(R1)[9], 0.5)
        port = desk.view.viewport()
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
        for point in (start + QPoint(20, -20), end):
            move = _mouse_move(point)
            QApplication.sendEvent(port, move)
        picked = desk.selection.stops
        assert desk.stops(R1)[9] in picked
        assert set(picked) <= set(desk.stops(R1))
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
        assert desk.selection.stops == picked

    def test_double_click_opens_details(self, qtbot, desk):
        point = desk.spot(desk.stops(R2)[0], 0.5)
        qtbot.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert desk.hands.acted == ["details"]

    def test_the_menu_is_for_what_was_clicked(self, desk):
        stop = desk.stops(R3)[2]
        point = desk.spot(stop, 0.5)
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, point, desk.view.viewport().mapToGlobal(point)
        )
        QApplication.sendEvent(desk.view.viewport(), event)
        assert desk.menu.isVisible()
        desk.menu.close()
        assert desk.selection.stops == (stop,)

    def test_the_waiting_lane_scrolls_for_itself(self, desk):
        waiting = desk.hands.picture.plan.unassigned
        desk.view.resize(1200, 160)
        QApplication.processEvents()
        desk.view.verticalScrollBar().setValue(200)
        assert desk.view.stop_rect(waiting[0]).top() >= desk.view.sizes.head
        before = desk.view.stop_rect(desk.stops(R1)[5])
        desk.selection.pick([waiting[-1]])
        assert desk.view.viewport().rect().contains(desk.view.stop_rect(waiting[-1]))
        assert desk.view.waiting_scroll > 0
        assert desk.view.stop_rect(desk.stops(R1)[5]) == before
        assert desk.view.stop_at(desk.view.stop_rect(waiting[-1]).center()) == waiting[-1]
        desk.view.scroll_waiting(-50)
        assert desk.view.waiting_scroll == 0

    def test_a_pick_elsewhere_scrolls_the_board_there(self, desk):
        desk.view.resize(700, 400)
        QApplication.processEvents()
        last = desk.stops(RouteId("r6"))[-1]
        desk.selection.pick([last])
        assert desk.view.viewport().rect().contains(desk.view.stop_rect(last).center())

    def test_so_does_one_while_it_was_hidden_and_larger(self, desk):
        desk.view.hide()
        last = desk.stops(RouteId("r6"))[-1]
        desk.selection.pick([last])
        desk.view.resize(700, 400)
        desk.view.show()
        assert desk.view.viewport().rect().contains(desk.view.stop_rect(last).center())


def _mouse_move(point):
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), QPointF(point), left, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


class TestDrops:
    def test_a_stop_lands_behind_its_neighbour(self, desk):
        stop = desk.stops(R1)[4]
        after = loosest(desk, stop, R2)
        assert after is not None
        assert Drag(desk.view, [stop]).to(desk.spot(after, 0.75))
        assert desk.stops(R2)[desk.stops(R2).index(after) + 1] == stop
        assert stop not in desk.stops(R1)

    def test_several_land_together_in_their_present_order(self, desk):
        stops = desk.stops(R1)[2:5]
        drag = Drag(desk.view, [stops[2], stops[0], stops[1]], keys=SHIFT)
        target = desk.stops(R2)[5]
        assert drag.to(desk.spot(target, 0.25))
        i = desk.stops(R2).index(target)
        assert desk.stops(R2)[i - 3 : i] == stops

    def test_alt_keeps_the_order_of_picking(self, desk):
        one, two = desk.stops(R1)[1:3]
        drag = Drag(desk.view, [two, one], keys=ALT | SHIFT)
        assert drag.to(desk.spot(desk.stops(R2)[0], 0.25))
        assert desk.stops(R2)[:2] == (two, one)

    def test_within_the_lane(self, desk):
        order = desk.stops(R1)
        assert Drag(desk.view, [order[6]], keys=SHIFT).to(desk.spot(order[1], 0.25))
        assert desk.stops(R1)[:3] == (order[0], order[6], order[1])

    def test_dropping_where_it_was_changes_nothing(self, desk):
        version = desk.hands.picture.plan.version
        Drag(desk.view, [desk.stops(R1)[3]]).to(desk.spot(desk.stops(R1)[3], 0.8))
        assert desk.hands.picture.plan.version == version
        assert desk.hands.moves == []

    def test_the_foot_is_the_end(self, desk):
        stop = desk.stops(R1)[0]
        end = desk.view.stop_rect(desk.stops(R2)[-1]).bottomLeft() + QPoint(60, 20)
        Drag(desk.view, [stop], keys=SHIFT).to(end)
        assert desk.stops(R2)[-1] == stop

    def test_the_head_is_the_best_place(self, desk):
        stop = desk.stops(R1)[0]
        best = desk.hands.previews([stop])[R2]
        Drag(desk.view, [stop], keys=SHIFT).to(desk.head(R2))
        assert desk.hands.moves == [((stop,), R2, best.after)]

    def test_the_first_lane_unassigns(self, desk):
        stop = desk.stops(R1)[0]
        assert Drag(desk.view, [stop]).to(desk.view.lane_rect(None).center())
        assert desk.hands.picture.plan.stops[stop].route is None
        assert stop in desk.view.columns[None].index

    def test_an_unassigned_stop_finds_a_driver(self, desk):
        stop = desk.hands.picture.plan.unassigned[0]
        after = loosest(desk, stop, R3)
        point = desk.spot(after, 0.75) if after else desk.spot(desk.stops(R3)[0], 0.2)
        assert Drag(desk.view, [stop]).to(point)
        assert desk.hands.picture.plan.stops[stop].route == R3

    def test_a_locked_lane_refuses(self, desk):
        desk.hands.submit(LockRoutes((R2,)))
        drag = Drag(desk.view, [desk.stops(R1)[0]], keys=SHIFT)
        assert not drag.to(desk.spot(desk.stops(R2)[3], 0.75))
        assert desk.hands.moves == []
        assert len(desk.stops(R2)) == 12

    def test_harm_is_refused_and_forced_with_shift(self, desk):
        heavy = [*desk.stops(R1), *desk.stops(R3)]
        target = desk.spot(desk.stops(R2)[0], 0.25)
        Drag(desk.view, heavy).to(target)
        assert desk.hands.refused
        assert len(desk.stops(R2)) == 12
        Drag(desk.view, heavy, keys=SHIFT).to(target)
        assert desk.hands.asked
        assert len(desk.stops(R2)) == 36

    def test_foreign_drags_are_left_alone(self, desk):
        text, broken, strange = QMimeData(), QMimeData(), QMimeData()
        text.setText("s1")
        broken.setData(STOPS_MIME, b"\xff{")
        strange.setData(STOPS_MIME, b'{"a": 1}')
        for mime in (text, broken, strange, stops_mime([StopId("of another day")])):
            assert not Drag(desk.view, [], mime=mime).enter(desk.head(R1))

    def test_mime_round_trip(self):
        stops = [StopId("s2"), StopId("s1"), StopId("s2")]
        assert stops_in(stops_mime(stops)) == ("s2", "s1")
        assert json.loads(bytes(stops_mime(stops).data(STOPS_MIME).data())) == stops


class TestWhileDragging:
    def test_previews_are_asked_for_once_a_route(self, qtbot, desk):
        drag = Drag(desk.view, desk.stops(R1)[:2])
        drag.enter(desk.head(R2))
        assert desk.hands.previewed == 0
        qtbot.waitUntil(lambda: desk.view.has_verdicts)
        for route in (R2, R3, R1):
            drag.move(desk.spot(desk.stops(route)[2], 0.3))
        assert desk.hands.previewed == len(desk.hands.picture.plan.routes)
        drag.leave()
        assert desk.view.drag is None

    def test_every_head_gets_its_delta(self, qtbot, desk):
        desk.hands.submit(LockRoutes((R3,)))
        drag = Drag(desk.view, desk.stops(R1)[:2])
        drag.enter(desk.head(R2))
        qtbot.waitUntil(lambda: desk.view.has_verdicts)
        verdicts = {lane: desk.view.verdict(lane) for lane, _ in desk.view.lanes()}
        assert verdicts[R3].blocked == "locked"
        assert verdicts[R2].preview.seconds is not None
        assert verdicts[R1].gives == 2
        assert sum(1 for v in verdicts.values() if v.best) == 1
        drag.leave()
        assert desk.view.verdict(R2) is None

    def test_the_target_opens_a_gap_and_renumbers(self, qtbot, desk):
        stops, target = desk.stops(R1)[:2], desk.stops(R2)[4]
        drag = Drag(desk.view, stops)
        drag.enter(desk.spot(target, 0.2))
        drag.move(desk.spot(target, 0.2))
        qtbot.waitUntil(lambda: desk.view.gap == 1.0)
        slot, height = desk.view.opening(R2)
        assert (slot, height) == (4, desk.view.sizes.landing(2))
        assert desk.view.landing[stops[0]].number == "5"
        assert desk.view.landing[target].number == "7"
        drag.leave()
        assert desk.view.opening(R2) is None

    def test_the_gap_does_not_flicker_under_the_pointer(self, qtbot, desk):
        drag = Drag(desk.view, desk.stops(R1)[:2])
        point = desk.spot(desk.stops(R2)[4], 0.2)
        drag.enter(point)
        drag.move(point)
        qtbot.waitUntil(lambda: desk.view.gap == 1.0)
        place = desk.view.place
        assert place == Place(R2, desk.stops(R2)[3])
        for step in range(0, 70, 10):
            drag.move(point + QPoint(0, step))
            assert desk.view.place == place
        drag.leave()

    def test_a_change_by_somebody_else_keeps_the_drag(self, desk):
        drag = Drag(desk.view, desk.stops(R1)[:2])
        drag.enter(desk.head(R2))
        desk.hands.submit(MoveStops((desk.stops(R3)[0],), None))
        assert desk.view.drag.picture is desk.hands.picture
        drag.leave()

    def test_the_edge_scrolls(self, qtbot, desk):
        desk.view.resize(700, 400)
        QApplication.processEvents()
        drag = Drag(desk.view, desk.stops(R1)[:1])
        corner = desk.view.viewport().rect().bottomRight() - QPoint(4, 4)
        drag.enter(corner)
        drag.move(corner)
        down, across = desk.view.verticalScrollBar(), desk.view.horizontalScrollBar()
        qtbot.waitUntil(lambda: down.value() > 20 and across.value() > 20)
        drag.leave()

    def test_the_tag_says_number_first(self, qtbot, desk):
        heavy = [*desk.stops(R1), *desk.stops(R3)]
        drag = Drag(desk.view, heavy)
        point = desk.spot(desk.stops(R2)[0], 0.25)
        drag.enter(point)
        drag.move(point)
        tag = desk.view._tag
        assert tag.isVisible()
        assert tag.head[0].isdigit()
        assert tag.color == "bad"
        assert "Shift" in tag.foot
        drag.leave()
        assert not tag.isVisible()

    def test_the_preview_under_the_pointer_is_told(self, qtbot, desk):
        heard = []
        desk.view.previewed.connect(heard.append)
        drag = Drag(desk.view, desk.stops(R1)[:1])
        drag.enter(desk.spot(desk.stops(R2)[0], 0.8))
        drag.move(desk.spot(desk.stops(R2)[0], 0.8))
        assert heard[-1].route == R2
        assert heard[-1].after == desk.stops(R2)[0]
        drag.leave()
        assert heard[-1] is None

    def test_the_ghost_grows_with_the_stack(self, desk):
        one = ghost(desk.theme, desk.hands.picture, desk.stops(R1)[:1])
        many = ghost(desk.theme, desk.hands.picture, desk.stops(R1), 2.0)
        assert many.height() > 2 * one.height()


class TestKeys:
    def press(self, qtbot, desk, key, keys=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(desk.view, key, keys)

    def start(self, desk, stop):
        desk.view.setFocus()
        desk.selection.pick([stop], desk.view.lane_of(stop))

    def test_arrows_walk(self, qtbot, desk):
        self.start(desk, desk.stops(R2)[2])
        self.press(qtbot, desk, Qt.Key.Key_Down)
        assert desk.selection.stops == (desk.stops(R2)[3],)
        self.press(qtbot, desk, Qt.Key.Key_Up)
        self.press(qtbot, desk, Qt.Key.Key_Right)
        assert desk.selection.stops[0] in desk.stops(R3)
        assert desk.selection.route == R3

    def test_home_end_and_the_first_key(self, qtbot, desk):
        desk.view.setFocus()
        self.press(qtbot, desk, Qt.Key.Key_Down)
        assert desk.view.current == desk.hands.picture.plan.unassigned[0]
        self.press(qtbot, desk, Qt.Key.Key_End)
        assert desk.view.current == desk.hands.picture.plan.unassigned[-1]
        self.press(qtbot, desk, Qt.Key.Key_Home)
        assert desk.view.current == desk.hands.picture.plan.unassigned[0]

    def test_shift_extends_space_toggles_escape_clears(self, qtbot, desk):
        self.start(desk, desk.stops(R2)[2])
        self.press(qtbot, desk, Qt.Key.Key_Down, SHIFT)
        assert len(desk.selection.stops) == 2
        self.press(qtbot, desk, Qt.Key.Key_Space)
        assert desk.selection.stops == (desk.stops(R2)[2],)
        self.press(qtbot, desk, Qt.Key.Key_A, CTRL)
        assert set(desk.selection.stops) == set(desk.stops(R2))
        self.press(qtbot, desk, Qt.Key.Key_Escape)
        assert desk.selection.stops == ()

    def test_ctrl_moves_the_stop_along(self, qtbot, desk):
        order = desk.stops(R2)
        self.start(desk, order[2])
        self.press(qtbot, desk, Qt.Key.Key_Down, CTRL | SHIFT)
        assert desk.stops(R2)[2:4] == (order[3], order[2])
        self.press(qtbot, desk, Qt.Key.Key_Up, CTRL | SHIFT)
        self.press(qtbot, desk, Qt.Key.Key_Up, CTRL | SHIFT)
        assert desk.stops(R2)[:3] == (order[0], order[2], order[1])

    def test_ctrl_moves_the_stop_to_the_neighbour(self, qtbot, desk):
        stop = desk.stops(R2)[2]
        self.start(desk, stop)
        self.press(qtbot, desk, Qt.Key.Key_Right, CTRL | SHIFT)
        assert desk.hands.picture.plan.stops[stop].route == R3
        assert desk.view.current == stop
        for _ in range(3):
            self.press(qtbot, desk, Qt.Key.Key_Left, CTRL | SHIFT)
        assert desk.hands.picture.plan.stops[stop].route is None

    def test_the_first_place_stays_the_first(self, qtbot, desk):
        order = desk.stops(R2)
        self.start(desk, order[0])
        self.press(qtbot, desk, Qt.Key.Key_Up, CTRL)
        assert desk.stops(R2) == order

    @pytest.mark.parametrize(
        ("key", "name"),
        [
            (Qt.Key.Key_P, "pin"),
            (Qt.Key.Key_L, "lock"),
            (Qt.Key.Key_Delete, "unassign"),
            (Qt.Key.Key_Return, "details"),
        ],
    )
    def test_letters_act(self, qtbot, desk, key, name):
        self.start(desk, desk.stops(R2)[2])
        self.press(qtbot, desk, key)
        assert desk.hands.acted == [name]

    def test_the_card_is_said_aloud(self, qtbot, desk):
        late = next(s for s, v in desk.hands.picture.visits.items() if v.lateness)
        minutes = round(desk.hands.picture.visits[late].lateness / timedelta(minutes=1))
        self.start(desk, late)
        said = desk.view.accessibleDescription()
        number = desk.hands.picture.numbers[late]
        driver = desk.hands.picture.drivers[desk.view.lane_of(late)].name
        assert said.startswith(f"{driver}, stop {number}, ")
        assert f"{minutes} minutes late" in said


def test_a_day_without_drivers_is_an_empty_board(qtbot, desk):
    from console.dispatch.picture import EMPTY_PICTURE, PictureChange

    desk.signals.planChanged.emit(PictureChange(desk.hands.picture, EMPTY_PICTURE, everything=True))
    desk.view.grab()
    assert desk.view.order == [None]
    assert desk.view.current is None


class TestFromTheRight:
    """In a language read from the right the whole board is turned round."""

    @pytest.fixture
    def turned(self, desk):
        desk.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return desk

    def test_lanes_and_cards_are_mirrored(self, desk):
        view, stop = desk.view, desk.stops(R2)[3]
        lanes = {lane: view.lane_rect(lane) for lane in view.order}
        was, room = picture_of(view, view.stop_rect(stop)), view.viewport().width()
        view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for lane, box in lanes.items():
            assert view.lane_rect(lane).left() == room - box.left() - box.width()
        assert view.stop_at(desk.spot(stop)) == stop
        assert view.head_at(desk.head(R2)) == R2
        now = picture_of(view, view.stop_rect(stop))
        edge = desk.theme.driver_color(view.columns[R2].face.label.number).rgb()
        assert edge in {was.pixel(x, 20) for x in range(9)}
        assert edge in {now.pixel(now.width() - 1 - x, 20) for x in range(9)}
        assert edge not in {now.pixel(x, 20) for x in range(9)}

    def test_drops_land_where_they_are_shown(self, turned):
        desk, stop = turned, turned.stops(R1)[0]
        target = desk.stops(R2)[5]
        Drag(desk.view, [stop], keys=SHIFT).to(desk.spot(target, 0.25))
        assert desk.stops(R2)[5] == stop
        assert Drag(desk.view, [stop]).to(desk.view.lane_rect(None).center())
        assert desk.hands.picture.plan.stops[stop].route is None

    def test_while_dragging_everything_is_painted(self, turned, qtbot):
        desk, target = turned, turned.stops(R2)[4]
        drag = Drag(desk.view, desk.stops(R1)[:5], keys=SHIFT)
        before = picture_of(desk.view, desk.view.lane_rect(R2))
        drag.enter(desk.spot(target, 0.25))
        drag.move(desk.spot(target, 0.25))
        qtbot.waitUntil(lambda: desk.view.has_verdicts and desk.view.gap == 1.0)
        assert picture_of(desk.view, desk.view.lane_rect(R2)) != before
        drag.leave()
        assert picture_of(desk.view, desk.view.lane_rect(R2)) == before

    def test_the_arrow_to_the_left_walks_to_the_next_lane(self, turned, qtbot):
        desk = turned
        desk.selection.pick([desk.stops(R1)[2]])
        qtbot.keyClick(desk.view, Qt.Key.Key_Left)
        assert desk.selection.stops[0] in desk.stops(R2)
        qtbot.keyClick(desk.view, Qt.Key.Key_Right)
        assert desk.selection.stops == (desk.stops(R1)[2],)

    def test_what_lies_beyond_the_left_edge_is_scrolled_to(self, turned):
        desk = turned
        desk.view.resize(700, 400)
        QApplication.processEvents()
        last = desk.stops(RouteId("r6"))[-1]
        desk.selection.pick([last])
        box = desk.view.stop_rect(last)
        assert desk.view.viewport().rect().contains(box.center())
        assert desk.view.stop_at(box.center()) == last
        assert desk.view.lane_rect(None).right() == desk.view.viewport().rect().right()

    def test_scrolling_shows_what_painting_anew_would(self, turned):
        view = turned.view
        view.resize(700, 400)
        QApplication.processEvents()
        for value in (1, 130, 40, view.horizontalScrollBar().maximum(), 0):
            view.horizontalScrollBar().setValue(value)
            QApplication.processEvents()
            shown = view.screen().grabWindow(view.winId()).toImage()
            view.viewport().update()
            QApplication.processEvents()
            assert view.screen().grabWindow(view.winId()).toImage() == shown

    def test_a_drag_at_the_left_edge_scrolls_on(self, turned, qtbot):
        view = turned.view
        view.resize(700, 400)
        QApplication.processEvents()
        drag = Drag(view, turned.stops(R1)[:1], keys=SHIFT)
        at = QPoint(6, 200)
        drag.enter(at)
        drag.move(at)
        qtbot.waitUntil(lambda: view.horizontalScrollBar().value() > 0)
        drag.leave()

"""The dock follows the selection and the plan, and lets stops go elsewhere."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from console.domain.commands import LockRoutes, PinStops
from console.domain.plan import RouteId
from console.ui.details.alternatives import alternatives
from console.ui.details.panel import MANY
from console.ui.theme.theme import Choice


def found(panel):
    shown = panel.page.alternatives
    return [band.shown for band in shown.bands if shown.isVisible() and band.isVisible()]


def tried(qtbot, panel, stops):
    qtbot.waitUntil(lambda: panel._tried == tuple(stops), timeout=5000)
    return found(panel)


def test_nothing_picked_is_the_day(panel):
    assert panel.page.head.text() == "The day"
    assert not panel.page.alternatives.isVisible()


def test_a_picked_stop_a_route_and_several(panel, desk):
    stop = desk.late()[0]
    desk.selection.pick([stop], desk.route_of(stop))
    assert panel.page.head.text().startswith("Stop ")
    assert panel.page.chip.number == desk.picture.drivers[desk.route_of(stop)].number
    desk.selection.pick(desk.late())
    assert "selected" in panel.page.head.text()
    desk.selection.pick([], RouteId("r2"))
    assert panel.page.head.text() == "Jonas Krogh"
    desk.selection.clear()
    assert panel.page.head.text() == "The day"


def test_alternatives_are_tried_once_the_hand_rests(qtbot, panel, desk):
    stops = desk.picture.plan.routes[RouteId("r1")].stops
    for stop in stops:
        desk.selection.pick([stop], RouteId("r1"))
    assert desk.hands.previewed == 0
    rows = tried(qtbot, panel, stops[-1:])
    assert desk.hands.previewed == len(desk.picture.plan.routes)
    assert rows
    assert len({row.preview.route for row in rows}) == len(rows)


def test_a_new_pick_ends_the_old_search(qtbot, panel, desk, monkeypatch):
    monkeypatch.setattr("console.ui.details.panel.SLICE_MS", 1)
    one, other = desk.picture.plan.unassigned[:2]
    desk.selection.pick([one])
    qtbot.waitUntil(lambda: desk.hands.previewed > 0)
    desk.selection.pick([other])
    assert tried(qtbot, panel, [other])
    assert panel.page.card.stops == (other,)


def test_hidden_it_computes_nothing_and_catches_up(qtbot, panel, desk):
    panel.hide()
    stop = desk.late()[0]
    desk.selection.pick([stop])
    QTest.qWait(150)
    assert desk.hands.previewed == 0
    assert panel.page.head.text() == "The day"
    panel.show()
    assert panel.page.head.text().startswith("Stop ")
    assert tried(qtbot, panel, [stop])


def test_a_click_on_an_alternative_moves_the_stop(qtbot, panel, desk):
    stop = desk.picture.plan.unassigned[0]
    desk.selection.pick([stop])
    rows = tried(qtbot, panel, [stop])
    band = panel.page.alternatives.bands[0]
    qtbot.mouseClick(band, Qt.MouseButton.LeftButton)
    assert desk.hands.moves == [((stop,), rows[0].preview.route, rows[0].preview.after)]
    assert desk.route_of(stop) == rows[0].preview.route
    assert panel.page.head.text().startswith("Stop ")


def test_the_keyboard_chooses_too(qtbot, panel, desk):
    stop = desk.picture.plan.unassigned[0]
    desk.selection.pick([stop])
    tried(qtbot, panel, [stop])
    band = panel.page.alternatives.bands[0]
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        band.event(QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert desk.route_of(stop) is not None


def test_a_forbidden_alternative_asks_to_force(qtbot, panel, desk):
    stop = desk.late()[0]
    desk.selection.pick([stop])
    rows = tried(qtbot, panel, [stop])
    harmful = next(i for i, row in enumerate(rows) if row.preview.harm)
    panel.page.alternatives.bands[harmful].clicked.emit()
    assert desk.hands.asked == [rows[harmful].preview.harm.rule]


def test_alternatives_of_another_stop_cannot_be_clicked(qtbot, panel, desk):
    one, other = desk.picture.plan.unassigned[:2]
    desk.selection.pick([one])
    tried(qtbot, panel, [one])
    desk.selection.pick([other])
    qtbot.mouseClick(panel.page.alternatives.bands[0], Qt.MouseButton.LeftButton)
    assert desk.hands.moves == []


def test_a_locked_route_says_why_nothing_can_move(qtbot, panel, desk):
    stop = desk.picture.plan.routes[RouteId("r1")].stops[0]
    desk.hands.submit(LockRoutes((RouteId("r1"),)))
    desk.selection.pick([stop])
    assert tried(qtbot, panel, [stop]) == []
    assert panel.page.alternatives.note.text() == "locked"


def test_too_many_stops_are_not_tried(qtbot, panel, desk):
    stops = list(desk.picture.plan.stops)[: MANY + 1]
    desk.selection.pick(stops)
    assert tried(qtbot, panel, stops) == []
    assert desk.hands.previewed == 0


def test_a_drop_that_changes_nothing_is_no_alternative(desk):
    order = desk.picture.plan.routes[RouteId("r1")].stops
    stay = desk.hands.preview([order[3]], RouteId("r1"), order[2])
    assert alternatives([order[3]], {RouteId("r1"): stay}, desk.picture) == []
    away = desk.hands.preview([order[3]], RouteId("r1"), None)
    (row,) = alternatives([order[3]], {RouteId("r1"): away}, desk.picture)
    assert row.name == "Same route, as #1"


def test_reasons_from_outside_come_first(panel, desk):
    stop = desk.picture.plan.unassigned[0]
    panel.show_reasons({stop: ["All drivers: 38 kg over", "Lars: 38 kg over"]})
    desk.selection.pick([stop])
    assert panel.page.reasons.isVisible()
    assert panel.page.reasons.text.text() == "All drivers: 38 kg over"
    assert panel.page.reasons.y() < panel.page.parts[0].y()
    panel.show_reasons({})
    assert not panel.page.reasons.isVisible()


def test_the_same_card_keeps_every_widget_still(panel, desk):
    stop = desk.late()[0]
    desk.selection.pick([stop])
    card = panel.page.card
    desk.hands.submit(LockRoutes((RouteId("r4"),)))
    assert panel.page.card == card
    lines = list(panel.page.parts[0].lines)
    desk.hands.submit(PinStops((stop,)))
    assert panel.page.parts[0].lines == lines
    assert dict(panel.page.card.buttons)["pin"] == "Unpin"


def test_buttons_trigger_actions_and_follow_them(qtbot, panel, desk):
    desk.selection.pick([desk.late()[0]])
    button = panel.page.buttons.by_name["override"]
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.triggered == ["override"]
    desk.actions["override"].setEnabled(False)
    assert not button.isEnabled()


def test_a_trouble_of_the_day_picks_its_stop(qtbot, panel, desk):
    bands = panel.page.troubles.bands
    last = next(band for band in bands if band.trouble.stop in desk.late())
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert desk.selection.stops == (last.trouble.stop,)


def test_it_paints_in_every_scheme_and_size(panel, desk):
    desk.selection.pick([desk.late()[0]])
    for choice in (Choice.DARK, Choice.HIGH_CONTRAST, Choice.LIGHT):
        desk.theme.choose(choice)
        assert not panel.grab().isNull()
    desk.theme.set_scale(1.5)
    assert not panel.grab().isNull()
    desk.theme.set_scale(1.0)


def test_texts_from_outside_are_never_markup(panel, desk):
    assert panel.page.title.textFormat() == Qt.TextFormat.PlainText
    assert panel.page.second.textFormat() == Qt.TextFormat.PlainText

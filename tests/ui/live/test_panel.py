"""The dock of the running day: what rows say, and what a click reports."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.dispatch.liveboard import Sight, board
from console.dispatch.tracking import Seen
from console.domain.commands import RecordFact
from console.domain.etas import EtaErrors
from console.domain.plan import Cause, Fact, FactId, FactKind
from console.ui.actions import Actions
from console.ui.live.faces import headline, live_face, vans
from console.ui.live.pacebar import PaceBar
from console.ui.live.panel import Choices, LivePanel
from tests.ui.sample import Desk


class Rehearsed:
    """A rehearsal as the bar sees it."""

    title, goals, speed, is_over = "Storm", ("Nobody is late",), 60.0, False
    is_running = True

    def run(self) -> None:
        self.is_running = True

    def pause(self) -> None:
        self.is_running = False

    def go(self, speed: float) -> None:
        self.speed = speed


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot, routes=2, stops=4, spare=0)


def reported(desk, kind, subject, at):
    desk.hands.submit(RecordFact(Fact(FactId(f"{kind} {subject}"), kind, subject, at)))


def lines_of(desk, now, seen=None):
    picture = desk.picture
    errors = EtaErrors()

    def etas(route):
        visits = picture.schedules[route].visits
        return {visit.stop: errors.eta(visit.arrival, now) for visit in visits}

    return board(picture, Sight(lambda _r: seen, picture.schedules.get, etas), now)


def test_rows_say_what_drivers_are_at(desk):
    picture = desk.picture
    route = next(iter(picture.schedules))
    first = picture.schedules[route].visits[0]
    reported(desk, FactKind.DEPARTED, route, picture.schedules[route].start)
    reported(desk, FactKind.ARRIVED, first.stop, first.arrival)
    now = first.arrival + timedelta(minutes=18)
    point = picture.labels[first.stop].coordinate
    seen = Seen(now - timedelta(seconds=9), point, heading=90.0)
    lines = {line.route: line for line in lines_of(desk, now, seen)}
    face = live_face(lines[route], desk.picture, now)
    assert face.progress == "0/4"
    assert face.doing.startswith("18\N{THIN SPACE}min at 1 ")
    assert face.fix == "fix 9 s"
    assert face.name in face.spoken
    lost = live_face(lines[route], desk.picture, now + timedelta(minutes=6))
    assert (lost.fix, lost.fix_tone) == ("no fix 6 min", "warn")
    (mark,) = vans([lines[route]], desk.picture, desk.theme, now)
    assert (mark.age, mark.heading, mark.number) == ("fresh", 90.0, face.number)
    (gone,) = vans([lines[route]], desk.picture, desk.theme, now + timedelta(minutes=6))
    assert gone.age == "lost"
    assert gone.label.startswith("last fix")
    reported(desk, FactKind.FAILED, first.stop, now)
    told = headline(lines_of(desk, now), desk.picture)
    assert told.startswith("1 of 8 done · 1 failed")


def test_a_driver_who_has_not_left_is_not_on_the_map(desk):
    now = min(schedule.start for schedule in desk.picture.schedules.values())
    lines = lines_of(desk, now)
    assert vans(lines, desk.picture, desk.theme, now) == []
    assert all("leaves" in live_face(line, desk.picture, now).doing for line in lines)


@pytest.fixture
def panel(qtbot, desk):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = LivePanel(desk.theme, Actions(parent, desk.theme, lambda _name: None))
    qtbot.addWidget(made)
    made.resize(320, 700)
    now = min(schedule.start for schedule in desk.picture.schedules.values())
    faces = [live_face(line, desk.picture, now) for line in lines_of(desk, now)]
    made.show_faces(faces, "0 of 8 done", None)
    made.show()
    return made


def test_a_driver_who_is_on_the_way_may_drop_out(panel, qtbot):
    assert not panel.out.isVisible()
    panel.offer(Choices("Ida", is_off=True))
    assert not panel.out.isVisible()
    panel.offer(Choices("Ida"))
    assert panel.out.isVisible()


def test_two_clicks_report_a_delivery(panel, qtbot):
    chosen, told = [], []
    panel.chosen.connect(chosen.append)
    panel.told.connect(lambda kind, cause: told.append((kind, cause)))
    box = panel.view.visualRect(panel.model.index(1))
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert chosen == [panel.model.rows[1].route]
    kinds = (FactKind.DELIVERED, FactKind.FAILED)
    panel.offer(Choices("Ida, stop 3", kinds, "arrived 10:32"))
    shown = [kind for kind, button in panel.buttons.items() if button.isVisible()]
    assert shown == list(kinds)
    QTest.mouseClick(panel.buttons[FactKind.DELIVERED], Qt.MouseButton.LeftButton)
    absent = panel.buttons[FactKind.FAILED].menu().actions()[0]
    absent.trigger()
    assert told == [(FactKind.DELIVERED, None), (FactKind.FAILED, Cause.ABSENT)]
    with qtbot.waitSignal(panel.takenBack):
        QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert panel.grab().width() == 320


def test_the_chosen_driver_stays_chosen_while_rows_move(panel):
    faces = panel.model.rows
    panel.show_faces(faces[::-1], "", faces[0].route)
    assert panel.view.currentIndex().row() == 1
    panel.show_faces([], "", None)
    assert panel.empty.isVisible()


def test_a_rehearsal_is_steered_and_says_what_it_is(desk, qtbot):
    bar, pace = PaceBar(desk.theme), Rehearsed()
    qtbot.addWidget(bar)
    bar.follow(pace)
    assert "Nothing here is real" in bar.banner.text()
    assert not bar.step.isEnabled()
    QTest.mouseClick(bar.run, Qt.MouseButton.LeftButton)
    assert not pace.is_running
    with qtbot.waitSignal(bar.stepped):
        QTest.mouseClick(bar.step, Qt.MouseButton.LeftButton)
    bar.speed.setCurrentIndex(bar.speed.count() - 1)
    assert pace.speed == 600.0
    QTest.mouseClick(bar.run, Qt.MouseButton.LeftButton)
    assert pace.is_running

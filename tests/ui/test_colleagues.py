"""Colleagues: names, initials, what they hold, and how views show it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from console import wording
from console.dispatch.presence import presence
from console.ui.board.view import BoardView
from console.ui.colleagues import Colleague, colleagues, colours_of, held_sentence, spoken_name
from console.ui.orders.panel import OrdersPanel
from console.ui.people import MOST, People
from console.ui.timeline.view import TimelineView
from tests.ui.sample import Desk, light

STREAM = "plan/south/2026-11-24"


def test_names_and_initials() -> None:
    assert spoken_name("ana.lund") == "Ana Lund"
    assert spoken_name("McKay") == "McKay"
    assert Colleague("a", "Ana Lund", 0).initials == "AL"
    assert Colleague("a", "Ana", 0).initials == "AN"
    assert Colleague("a", "x", 0).initials == "X"
    assert Colleague("a", "", 0).initials == "?"


def test_what_is_open_elsewhere_rings_nothing_here() -> None:
    heard = [
        presence("b", "ben", STREAM, ["s1", "s2"]),
        presence("c", "ana", "plan/south/2026-11-25", ["s1"]),
        presence("d", "ida", STREAM, []),
    ]
    ana, ben, mine = colleagues(heard, STREAM, "ida")
    assert (ana.stops, ana.sentence) == (frozenset(), "Ana has 2026-11-25 open")
    assert ben.sentence == "Ben has 2 stops selected"
    assert mine.sentence == "Ida (another window) is here"
    assert len({each.place for each in (ana, ben, mine)}) == 3
    assert held_sentence([ana, ben]) == "selected by Ana and Ben"


def test_every_command_can_be_told_of_a_colleague() -> None:
    assert wording.DONE_BY.keys() == wording.COMMANDS.keys()
    assert wording.done_by("move_stops.1", "Ana", "3 stops") == "Ana moved 3 stops"
    assert wording.done_by("later.1", "Ana", "3 stops") == "Ana changed 3 stops"


def _colours(pixmap: QPixmap) -> set[int]:
    image = pixmap.toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_views_ring_what_a_colleague_holds(qtbot) -> None:
    desk = Desk(qtbot, routes=2, stops=6, spare=1)
    made = (desk.hands, desk.signals, desk.selection, desk.theme)
    stop = next(iter(desk.picture.plan.routes.values())).stops[1]
    holder = Colleague("b", "Ben Roth", 0, frozenset({stop}), 1)
    ring = colours_of(desk.theme, holder)[0].rgb()
    views = [BoardView(*made), TimelineView(*made), OrdersPanel(*made, desk.actions)]
    views[2].show_picture(desk.picture)
    for view in views:
        qtbot.addWidget(view)
        view.resize(700, 400)
        assert ring not in _colours(view.grab())
    desk.selection.share([holder])
    for view in views:
        assert ring in _colours(view.grab())
    assert views[0]._told(stop).endswith("selected by Ben Roth")
    desk.selection.share([])
    for view in views:
        assert ring not in _colours(view.grab())


def test_the_bar_shows_a_few_and_counts_the_rest(qtbot) -> None:
    bar = People(light())
    qtbot.addWidget(bar)
    everybody = [Colleague(str(i), f"Person {i}", i) for i in range(7)]
    bar.show_company(everybody[:2])
    assert [each.accessibleName() for each in bar.avatars] == [
        "Person 0 is here",
        "Person 1 is here",
    ]
    bar.show_company(everybody)
    assert len(bar.avatars) == MOST - 1
    assert bar._more.text() == "+4"
    assert "Person 6" in bar._more.toolTip()
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    qtbot.mouseClick(bar.avatars[1], Qt.MouseButton.LeftButton)
    assert chosen == ["1"]
    bar.show_company([])
    assert bar.isHidden()
    assert not bar.avatars

"""What the tour says and where it stands, without a window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from console.dispatch.picture import Picture
from console.ui.deedtable import DEEDS
from console.ui.guide.pages import NAMED, load_guide
from console.ui.tour.card import TourCard
from console.ui.tour.placing import Side, beside, tip
from console.ui.tour.steps import STEPS, Scene, following
from tests.ui.sample import Desk, light

ROOM, CARD = QRect(0, 0, 1280, 800), QSize(340, 180)
BY_KEY = {step.key: step for step in STEPS}


def test_every_action_and_page_that_a_step_names_exists():
    known = {deed.name for deed in DEEDS}
    addresses = {one.address for one in load_guide().sections}
    for step in STEPS:
        assert set(NAMED.findall(step.text)) <= known, step.key
        assert step.page in addresses, step.key


def test_steps_for_which_there_is_no_need_are_left_out(qtbot):
    assert STEPS[following(-1, Scene())].key == "streets"
    assert STEPS[following(-1, Scene(has_streets=True))].key == "drivers"
    day = Scene(has_streets=True, picture=Desk(qtbot).picture)
    assert STEPS[following(-1, day)].key == "load"
    load = STEPS.index(BY_KEY["load"])
    assert STEPS[following(load, day)].key == "plan"  # every address is sure
    assert following(len(STEPS) - 1, day) == len(STEPS) - 1


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("plan", "adopt_solution.1"),
        ("move", "move_stops.1"),
        ("move", "send_tail.1"),
        ("undo", "revert.1"),
    ],
)
def test_a_step_is_done_by_what_was_done_since_it_began(key, kind):
    before = Scene(kinds=("open_day.1", kind))
    assert not BY_KEY[key].done(before, before)
    assert not BY_KEY[key].done(before, replace(before, kinds=(*before.kinds, "pin_stops.1")))
    assert BY_KEY[key].done(before, replace(before, kinds=(*before.kinds, kind)))


def test_counted_and_looked_at(qtbot):
    assert BY_KEY["load"].done(Scene(imports=1), Scene(imports=2))
    assert not BY_KEY["print"].done(Scene(printed=1), Scene(printed=1))
    assert BY_KEY["print"].done(Scene(), Scene(printed=1))
    picture = Desk(qtbot).picture
    waiting, served = picture.plan.unassigned[0], next(iter(picture.visits))
    looks = Scene(picture=picture, picked=(waiting,), shows_details=True)
    assert BY_KEY["why"].done(Scene(), looks)
    assert not BY_KEY["why"].done(Scene(), replace(looks, picked=(served,)))
    assert not BY_KEY["why"].done(Scene(), replace(looks, shows_details=False))
    assert not BY_KEY["why"].done(Scene(), replace(looks, picture=Picture()))


@pytest.mark.parametrize(
    ("target", "side"),
    [
        (QRect(1240, 8, 28, 28), Side.BELOW),
        (QRect(256, 500, 1024, 300), Side.ABOVE),
        (QRect(0, 90, 256, 700), Side.RIGHT),
        (QRect(980, 20, 300, 770), Side.LEFT),
        (QRect(0, 0, 1280, 800), Side.INSIDE),
    ],
)
def test_the_card_stands_beside_its_control_and_in_the_window(target, side):
    box, found = beside(target, CARD, ROOM)
    assert found is side
    assert ROOM.contains(box)
    assert box.intersects(target) is (side is Side.INSIDE)
    point = tip(box, target, found)
    assert 0 <= point.x() <= box.width()
    assert 0 <= point.y() <= box.height()


def test_the_card_says_its_step_and_is_tall_enough_for_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    card = TourCard(window, light())
    pressed: list[str] = []
    card.on(*(lambda _on=False, name=name: pressed.append(name) for name in ("on", "end", "more")))
    for step in STEPS:
        card.say(step.title, step.text, "Tour", is_last=step.key == "end")
        card.point_at(QRect(600, 10, 80, 24))
        assert card.text.height() >= card.text.heightForWidth(card.text.width())
        assert step.title in card.accessibleName()
    assert not card.end_button.isVisible()
    for button in (card.next_button, card.more_button):
        button.click()
    assert pressed == ["on", "more"]
    card.leave()
    assert not card.ring.isVisible()

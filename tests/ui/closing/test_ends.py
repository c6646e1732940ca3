"""What is open at the end of a day: lines, buttons, what a sealed day still takes."""

import pytest

from console.dispatch.closing import Loose, loose_ends
from console.domain.commands import RecordFact
from console.domain.plan import Cause, Fact, FactId, FactKind, RouteId
from console.ui.closing.ends import MOST, Act, LooseEnds
from tests.ui.day import at
from tests.ui.sample import Desk


@pytest.fixture
def desk(qtbot):
    made = Desk(qtbot)
    stop = made.picture.plan.routes[RouteId("r1")].stops[0]
    fact = Fact(FactId("f1"), FactKind.FAILED, stop, at(9), Cause.ABSENT)
    made.hands.submit(RecordFact(fact))
    return made


@pytest.fixture
def ends(qtbot, desk):
    made = LooseEnds(desk.theme)
    qtbot.addWidget(made)
    return made


def test_each_part_shows_a_few_and_one_click_tells_what_and_for_which(qtbot, desk, ends):
    found = loose_ends(desk.picture.plan)
    ends.show_ends(found, desk.picture, is_sealed=False)
    shown = [key for key in ends.buttons if key[0] is Act.DELIVERED]
    assert len(shown) == MOST < sum(end.kind is Loose.UNTOLD for end in found)
    with qtbot.waitSignal(ends.asked) as heard:
        ends.buttons[shown[0]].click()
    assert (heard.args[0].act, heard.args[0].ends[0].subject) == shown[0]
    with qtbot.waitSignal(ends.asked) as heard:
        ends.all_buttons[Loose.EXCEPTION].click()
    assert (heard.args[0].act, [end.subject for end in heard.args[0].ends]) == (Act.PUT_OFF, ["f1"])


def test_a_sealed_day_still_takes_reports_but_no_decision(desk, ends):
    ends.show_ends(loose_ends(desk.picture.plan), desk.picture, is_sealed=True)
    assert not ends.buttons[Act.PUT_OFF, "f1"].isEnabled()
    assert not ends.all_buttons[Loose.EXCEPTION].isEnabled()
    assert all(b.isEnabled() for (act, _), b in ends.buttons.items() if act is Act.DELIVERED)


def test_nothing_open_is_said(desk, ends):
    ends.show_ends([], desk.picture, is_sealed=False)
    assert ends.buttons == {}

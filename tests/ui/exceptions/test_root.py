"""The root cause at the side of an exception, its dialog, its effect, and what is open."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from console.dispatch.openactions import Action
from console.dispatch.rootcause import Known
from console.domain.clusters import By
from console.domain.effect import Effect, Outcome, Side
from console.domain.plan import Cause, FactId
from console.ui.exceptions.actions import ActionsSheet
from console.ui.exceptions.effect import EffectSheet
from console.ui.exceptions.root import RootPart
from console.ui.exceptions.rootdialog import RootDialog
from tests.ui.day import at
from tests.ui.sample import light

TODAY = date(2026, 11, 23)
KNOWN = Known(
    ("Nobody opened", "They work all day"), "Evening windows", "Three calls", "Anne",
    TODAY + timedelta(days=2), "0123456789abcdef", None, None, "",
)  # fmt: skip
BEFORE, AFTER = Side(12, 24, 4, 0.31, 0.69), Side(0, 18, 3, 0.0, 0.18)
FELL = Effect(BEFORE, AFTER, Outcome.FELL, 0.001, (0.04, 0.05))


@pytest.fixture
def whole(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def part(whole):
    made, rows = RootPart(light()), QVBoxLayout(whole)
    rows.addWidget(made)
    rows.addWidget(made.ask_button)
    whole.show()
    return made


def shown(part):
    buttons = (part.ask_button, part.why_button, part.acted_button, part.effect_button)
    return [button.text() for button in buttons if button.isVisible()]


def test_it_says_how_the_root_cause_stands_and_what_is_next(qtbot, part):
    assert shown(part) == ["Ask why…"]
    part.show_root(KNOWN, TODAY)
    assert part.whys.text().splitlines()[:2] == ["1. Nobody opened", "2. They work all day"]
    assert "Evidence: Three calls" in part.whys.text()
    assert "0123456789ab" in part.whys.text()
    assert part.action.text() == "Evening windows (Anne): due 25 Nov"
    assert shown(part) == ["Change…", "Action taken"]
    part.show_root(KNOWN, TODAY + timedelta(days=3))
    assert "overdue since 25 Nov" in part.action.text()
    taken = replace(KNOWN, acted=at(9))
    part.show_root(taken, TODAY)
    assert shown(part) == ["Change…", "Did it help?"]
    part.show_root(replace(taken, worked=True, checked="Half, then none."), TODAY)
    assert part.action.text() == "Evening windows (Anne): It helped. Half, then none."
    assert shown(part) == ["Change…"]
    part.show_root(replace(KNOWN, whys=(), evidence="", photo=""), TODAY)
    assert part.whys.text() == "The texts were erased."


def test_a_why_an_action_and_an_owner_are_the_least(qtbot):
    scopes = [(None, "", "Nobody there, everywhere"), (By.AREA, "9491", "Nobody there, Area 9491")]
    dialog = RootDialog("Nobody there", scopes, light())
    qtbot.addWidget(dialog)
    dialog.fill(None, ["Ada", "Ole"], TODAY)
    dialog.open()
    assert not dialog.keep_button.isEnabled()
    assert not dialog.share_button.isEnabled()
    dialog.whys[0].setText("Nobody opened")
    dialog.action.setText("Evening windows")
    assert dialog.keep_button.isEnabled()
    dialog.owner.setEditText(" ")
    assert not dialog.keep_button.isEnabled()
    dialog.owner.setEditText("Ole")
    dialog.scope.setCurrentIndex(1)
    assert dialog.insight == "Nobody opened. What we do: Evening windows"
    with qtbot.waitSignal(dialog.shareAsked):
        dialog.share_button.click()
    dialog.photo.refuse("No picture.")
    assert dialog.said.text() == "No picture."
    dialog.photo.button.click()
    files = dialog.findChild(QFileDialog)
    with qtbot.waitSignal(dialog.photo.chosen) as heard:
        files.fileSelected.emit("/tmp/a.png")
    files.reject()
    assert heard.args == [Path("/tmp/a.png")]
    dialog.photo.take("a.png", b"x")
    assert dialog.said.text() == ""
    root = dialog.root
    assert (root.whys[0], root.action, root.owner) == ("Nobody opened", "Evening windows", "Ole")
    assert (root.due, root.by, root.key, root.photo) == (TODAY, By.AREA, "9491", b"x")


def test_what_is_on_record_is_filled_in(qtbot):
    dialog = RootDialog("Nobody there", [(None, "", "everywhere")], light())
    qtbot.addWidget(dialog)
    dialog.fill(KNOWN, ["Ada"], TODAY)
    root = dialog.root
    assert root.whys[:2] == KNOWN.whys
    assert (root.owner, root.due, root.evidence) == ("Anne", KNOWN.due, "Three calls")
    assert dialog.photo.name.text() == "The one that is kept"


@pytest.mark.parametrize(
    ("outcome", "title", "words"),
    [
        (Outcome.FELL, "The rate fell", "falls a little by itself"),
        (Outcome.ROSE, "The rate rose", "Chance alone would bring this in 0.1"),
        (Outcome.SAME, "No clear change", "may well be chance"),
        (Outcome.FEW, "It is too early to say", "so few visits"),
    ],
)
def test_the_effect_in_words(qtbot, outcome, title, words):
    sheet = EffectSheet(replace(FELL, outcome=outcome), "Nobody there, Area", light())
    qtbot.addWidget(sheet)
    sheet.open()
    assert any(label.text() == title for label in sheet.findChildren(type(sheet.explained)))
    assert words in sheet.explained.text()
    assert "All other visits: 4.0" in sheet.explained.text()
    assert sheet.note_button.isEnabled() is (outcome is not Outcome.FEW)
    assert sheet.told.startswith("12 of 24 visits (50.0")


def test_overdue_actions_are_seen_and_lead_to_their_exception(qtbot):
    late = Action(FactId("a"), TODAY, Cause.ABSENT, "Anne", TODAY, is_taken=False, text="Windows")
    taken = replace(late, exception=FactId("b"), is_taken=True, cause=None, due=None)
    sheet = ActionsSheet([late, taken], TODAY + timedelta(days=1), light())
    qtbot.addWidget(sheet)
    sheet.open()
    assert sheet.table.item(0, 0).text() == "Overdue"
    assert sheet.table.item(1, 0).text() == "Taken, effect to check"
    assert not sheet.open_button.isEnabled()
    sheet.table.selectRow(0)
    with qtbot.waitSignal(sheet.opened) as heard:
        sheet.open_button.click()
    assert heard.args == [late]

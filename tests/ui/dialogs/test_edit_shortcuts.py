"""Shortcuts are changed, taken over, taken away and given back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.ui.actions import Actions
from console.ui.deedtable import DEEDS
from console.ui.dialogs.edit_shortcuts import EditShortcutsDialog
from tests.ui.sample import light

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot):
    made = EditShortcutsDialog({}, light())
    qtbot.addWidget(made)
    made.show()
    return made


def row_of(name):
    return next(i for i, deed in enumerate(DEEDS) if deed.name == name)


def test_keys_are_typed_and_set(dialog):
    dialog.table.setCurrentCell(row_of("validate"), 0)
    dialog.keys_field.setKeySequence(QKeySequence("Ctrl+Alt+V"))
    QTest.mouseClick(dialog.set_button, LEFT)
    assert dialog.changed == {"validate": "Ctrl+Alt+V"}
    assert dialog.table.item(row_of("validate"), 1).text() == "Ctrl+Alt+V"
    QTest.mouseClick(dialog.first_button, LEFT)
    assert dialog.changed == {}


def test_keys_that_are_taken_change_hands_and_it_is_said(dialog):
    dialog.set_keys("validate", "Ctrl+M")
    assert dialog.changed == {"validate": "Ctrl+M", "send_stops": ""}
    assert "Send to driver" in dialog.said.text()
    QTest.mouseClick(dialog.usual_button, LEFT)
    assert dialog.changed == {}
    assert dialog.said.text() == ""


def test_a_filter_finds_by_words_and_keys(dialog):
    dialog.filter.setText("reverse")
    shown = [i for i in range(len(DEEDS)) if not dialog.table.isRowHidden(i)]
    assert shown == [row_of("reverse_route")]
    dialog.filter.setText("ctrl+k")
    assert not dialog.table.isRowHidden(row_of("palette"))
    dialog.table.setCurrentCell(row_of("palette"), 0)
    QTest.mouseClick(dialog.none_button, LEFT)
    assert dialog.changed == {"palette": ""}


def test_actions_take_other_keys_and_the_usual_ones_back(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window, light(), lambda _name: None)
    usual = actions.bound()
    actions.rebind({"pin": "Ctrl+Alt+P", "undo": ""})
    assert actions.keys("pin") == "Ctrl+Alt+P"
    assert actions.keys("undo") == ""
    actions.rebind({})
    assert actions.bound() == usual
    assert len(actions.all) == len(DEEDS)


def test_no_two_deeds_share_their_keys():
    keys = [QKeySequence(deed.shortcut).toString() for deed in DEEDS if deed.shortcut]
    assert len(set(keys)) == len(keys)

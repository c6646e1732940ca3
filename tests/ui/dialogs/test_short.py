"""Dialogs of one question: exception, reason, override, confirm, and what only tells."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog, QLabel

from console import wording
from console.dispatch.services import Component
from console.domain.cases import Severity
from console.domain.commands import OverrideRule
from console.domain.errors import ConsoleError
from console.domain.plan import Cause, RouteId
from console.domain.violations import Rule, Violation
from console.ui.dialogs.about import AboutDialog
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.dialogs.doctor import DoctorDialog
from console.ui.dialogs.exception import KEYS, ExceptionDialog
from console.ui.dialogs.failure import FailureDialog
from console.ui.dialogs.override import OverrideDialog
from console.ui.dialogs.reason import ReasonDialog
from console.ui.dialogs.shortcuts import ShortcutsDialog, cheat_sheet
from console.ui.dialogs.unlock import TRIES, UnlockDialog
from console.ui.exceptions.photo import photo_of
from console.ui.theme.theme import Choice

OSRM = Component("osrm", "", found=False, remedy="pip install it")
YES = QDialog.DialogCode.Accepted


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def press(qtbot, dialog, *keys):
    for key in keys:
        qtbot.keyClick(dialog.focusWidget() or dialog, key)


@pytest.mark.parametrize(("key", "cause"), list(zip(KEYS, Cause, strict=True)))
def test_one_key_a_cause(qtbot, opened, theme, key, cause):
    dialog = opened(ExceptionDialog("Stop 3", theme))
    press(qtbot, dialog, key)
    assert dialog.cause is cause


def test_two_keys_log_an_exception(qtbot, opened, theme):
    dialog = opened(ExceptionDialog("Stop 3, Gade 4", theme))
    assert not dialog.log_button.isEnabled()
    press(qtbot, dialog, "6", Qt.Key.Key_Return)
    assert dialog.result() == YES
    assert dialog.cause is Cause.ACCESS
    assert dialog.note == ""


def test_a_note_may_hold_digits(qtbot, opened, theme):
    dialog = opened(ExceptionDialog("Stop 3", theme))
    press(qtbot, dialog, "5")
    dialog.note_field.setFocus()
    qtbot.keyClicks(dialog.note_field, "  rang 2 times ")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert (dialog.cause, dialog.note) == (Cause.ABSENT, "rang 2 times")
    assert dialog.result() == YES


def test_enter_without_a_cause_logs_nothing(qtbot, opened, theme):
    dialog = opened(ExceptionDialog("Stop 3", theme))
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_every_cause_has_a_sentence_and_a_key(theme):
    assert len(KEYS) == len(Cause)
    assert {cause.value for cause in Cause} == set(wording.CAUSES)


def test_a_reason_must_say_something(qtbot, opened, theme):
    dialog = opened(ReasonDialog("38 kg over", theme))
    assert not dialog.force_button.isEnabled()
    qtbot.keyClicks(dialog.reasons.field, "   ")
    assert not dialog.force_button.isEnabled()
    qtbot.keyClicks(dialog.reasons.field, "two trips ")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.result() == YES
    assert dialog.reason == "two trips"


def test_a_quick_reason_is_one_click(qtbot, opened, theme):
    dialog = opened(ReasonDialog("38 kg over", theme))
    qtbot.mouseClick(dialog.reasons.quick[0], Qt.MouseButton.LeftButton)
    assert dialog.reason == "Agreed with the customer"
    assert any("no names of persons" in text for text in texts(dialog))


def violations(desk):
    return [v for s in desk.picture.schedules.values() for v in s.violations]


def test_a_single_violation_is_ticked_already(qtbot, opened, desk):
    one = violations(desk)[0]
    dialog = opened(OverrideDialog([one], desk.picture, desk.theme))
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClicks(dialog.reasons.field, "agreed")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.commands == [OverrideRule(one.stop, "late", "agreed")]
    assert desk.hands.submit(dialog.commands[0])
    assert violations(desk)[0].overridden == "agreed"


def test_what_was_accepted_can_be_withdrawn_without_a_reason(qtbot, opened, desk):
    one = violations(desk)[0]
    desk.hands.submit(OverrideRule(one.stop, "late", "agreed"))
    dialog = opened(OverrideDialog(violations(desk)[:2], desk.picture, desk.theme))
    boxes = {breach.overridden: box for breach, box in dialog.boxes}
    boxes[""].setChecked(False)
    assert not dialog.accept_button.isEnabled()
    boxes["agreed"].setChecked(False)
    assert dialog.accept_button.text() == "Withdraw"
    assert dialog.accept_button.isEnabled()
    assert dialog.commands == [OverrideRule(one.stop, "late", None)]


def test_one_override_covers_all_dimensions_of_a_load(opened, desk):
    over = [
        Violation(Rule.OVERLOADED, RouteId("r1"), None, 38.0, "kg"),
        Violation(Rule.OVERLOADED, RouteId("r1"), None, 4, "pieces"),
        Violation(Rule.SHIFT, RouteId("r1"), None, 600, "s"),
    ]
    dialog = opened(OverrideDialog(over, desk.picture, desk.theme))
    assert len(dialog.boxes) == 2
    for _, box in dialog.boxes:
        box.setChecked(True)
    dialog.reasons.field.setText("one day only")
    assert [(c.subject, c.rule) for c in dialog.commands] == [
        (RouteId("r1"), "overloaded"),
        (RouteId("r1"), "shift"),
    ]


def test_enter_never_says_yes_to_harm(qtbot, opened, theme):
    dialog = opened(ConfirmDialog("Cancel 3 orders?", "They leave.", "Cancel orders", theme))
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.result() != YES
    again = opened(ConfirmDialog("Cancel 3 orders?", "They leave.", "Cancel orders", theme))
    qtbot.mouseClick(again.yes_button, Qt.MouseButton.LeftButton)
    assert again.result() == YES


def test_the_cheat_sheet_holds_every_shortcut(opened, theme):
    shown = texts(opened(ShortcutsDialog(theme)))
    assert {text for _, text, _ in cheat_sheet()} <= set(shown)


def test_the_doctor_puts_what_is_missing_first(opened, theme):
    parts = [Component("Python", "3.12", found=True), OSRM]
    dialog = opened(DoctorDialog(parts, theme))
    assert dialog.table.item(0, 1).text() == "osrm"
    assert dialog.table.item(0, 3).text() == "pip install it"
    assert "1 of 2 parts missing" in texts(dialog)


def test_about_credits_the_map(opened, theme):
    assert any("OpenStreetMap contributors" in text for text in texts(opened(AboutDialog(theme))))


def test_a_failure_can_be_copied(qtbot, opened, theme):
    dialog = opened(FailureDialog("The map is gone.", "Traceback <b>x</b>", theme))
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Traceback <b>x</b>"


def test_escape_changes_nothing(qtbot, opened, theme):
    dialog = opened(ReasonDialog("late", theme))
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.result() != YES


def test_dialogs_fit_a_small_screen_and_every_scheme(opened, desk):
    dialogs = [
        ShortcutsDialog(desk.theme),
        ExceptionDialog("Stop 3", desk.theme),
        OverrideDialog(violations(desk), desk.picture, desk.theme),
    ]
    for choice in (Choice.DARK, Choice.HIGH_CONTRAST, Choice.LIGHT):
        desk.theme.choose(choice)
        for dialog in dialogs:
            assert not opened(dialog).grab().isNull()
            assert dialog.width() <= 1280
            assert dialog.height() <= 760


def test_the_pin_is_asked_for_a_few_times(qtbot, opened, theme):
    dialog = opened(UnlockDialog(lambda pin: pin == "4711", "It protects little.", theme))
    assert any("It protects little." in text for text in texts(dialog))
    for left in range(TRIES - 1, 0, -1):
        dialog.field.setText("0000")
        press(qtbot, dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert str(left) in dialog.said.text() or "one try" in dialog.said.text()
        assert dialog.field.text() == ""
    dialog.field.setText("0000")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.result() != YES
    assert not dialog.isVisible()


def test_the_right_pin_opens(qtbot, opened, theme):
    dialog = opened(UnlockDialog(lambda pin: pin == "4711", "It protects little.", theme))
    dialog.field.setText("4711")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.result() == YES


def test_the_severity_follows_the_cause_until_it_is_chosen(qtbot, opened, theme):
    dialog = opened(ExceptionDialog("Stop 3", theme))
    dialog.choose(Cause.DAMAGE)
    assert (dialog.told.severity, dialog.told.type) == (Severity.HIGH, "")
    dialog.type.setCurrentIndex(dialog.type.findData("Wet"))
    dialog.severity.setCurrentIndex(Severity.LOW.rank)
    dialog.severity.activated.emit(Severity.LOW.rank)
    assert (dialog.told.severity, dialog.told.type) == (Severity.LOW, "Wet")
    dialog.choose(Cause.BREAKDOWN)
    assert (dialog.told.severity, dialog.told.type) == (Severity.LOW, "")


def test_a_photo_goes_along_and_a_bad_one_leaves_what_was_typed(qtbot, opened, theme, tmp_path):
    dialog = opened(ExceptionDialog("Stop 3", theme))
    dialog.choose(Cause.DAMAGE)
    image = QImage(2400, 1800, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    large = tmp_path / "door.bmp"
    image.save(str(large))
    data = photo_of(large)
    kept = QImage.fromData(data)
    assert data.startswith(b"\xff\xd8")
    assert (kept.width(), kept.height()) == (1600, 1200)
    dialog.photo.take(large.name, data)
    assert dialog.told.photo == data
    with pytest.raises(ConsoleError, match=r"notes\.txt"):
        photo_of(tmp_path / "notes.txt")
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(ConsoleError, match="no picture"):
        photo_of(tmp_path / "notes.txt")
    dialog.photo.refuse("It is no picture.")
    assert dialog.told.photo == data

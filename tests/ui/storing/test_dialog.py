"""The database in the window: what it shows, and what it asks for."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.dispatch.erasure import Person
from console.dispatch.retention import Retention
from console.dispatch.roles import Role
from console.dispatch.stores import Checked, Place, SavedStore, ServerForm
from console.domain.orders import OrderId
from console.domain.places import PlaceId
from console.ui.storing.dialog import DatabaseDialog
from console.ui.storing.set_up_form import SetUpForm
from tests.ui.sample import light

HERE = Place("/home/ana/doorstep.db", is_shared=False)
THERE = Place("ana@depot/doorstep", is_shared=True, login="ana", roles=(Role.DISPATCHER,))
SAVED = [
    SavedStore(Path("/b/auto-2.db"), datetime(2026, 11, 23, 9, tzinfo=UTC), 1_234_567),
    SavedStore(Path("/b/auto-1.db"), datetime(2026, 11, 23, 8, tzinfo=UTC), 56_000),
]


@pytest.fixture
def dialog(qtbot):
    made = DatabaseDialog(HERE, light())
    qtbot.addWidget(made)
    return made


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_findings_say_what_is_wrong_and_offer_repair(dialog) -> None:
    page = dialog.store
    page.show_findings([Checked("doorstep.db", 2, 1_200, ()), Checked("auto-1.db", 2, 900, ())])
    assert page.said.text().startswith("Whole")
    assert page.repair_button.isHidden()
    page.show_findings([Checked("doorstep.db", 0, 0, ("row 7 is broken",)), SOUND])
    assert page.said.text() == "1 of 2 damaged."
    assert page.table.item(0, 3).text() == "row 7 is broken"
    assert not page.repair_button.isHidden()


SOUND = Checked("auto-1.db", 2, 900, ())


def test_a_backup_is_picked_for_restoring(qtbot, dialog) -> None:
    page, asked = dialog.backups, list[Path]()
    page.restoreAsked.connect(asked.append)
    assert not page.restore_button.isEnabled()
    page.show_saved(SAVED)
    assert [page.table.item(row, 1).text() for row in (0, 1)] == ["1.2 MB", "56 kB"]
    page.table.selectRow(1)
    press(qtbot, page.restore_button)
    assert asked == [Path("/b/auto-1.db")]


def test_the_form_is_whole_before_anything_is_asked(qtbot, dialog) -> None:
    page, asked = dialog.server, list[str]()
    page.testAsked.connect(lambda: asked.append("test"))
    page.moveAsked.connect(lambda: asked.append("move"))
    for button in (page.test_button, page.set_up_button, page.use_button, page.move_button):
        assert not button.isEnabled()
    page.host.setText(" depot-server ")
    assert page.set_up_button.isEnabled()
    assert not page.test_button.isEnabled()
    page.sign_in("ana", "secret")
    press(qtbot, page.test_button)
    press(qtbot, page.move_button)
    assert asked == ["test", "move"]
    assert page.form == ServerForm("depot-server", "doorstep", "ana", "secret")
    page.mode.setCurrentIndex(2)
    assert page.form.mode == "require"
    assert page.back_button.isHidden()


def test_a_shared_store_is_brought_back_and_not_restored(qtbot) -> None:
    dialog = DatabaseDialog(THERE, light())
    qtbot.addWidget(dialog)
    assert dialog.server.move_button.isHidden()
    assert not dialog.server.back_button.isHidden()
    dialog.backups.show_saved(SAVED)
    assert not dialog.backups.restore_button.isEnabled()
    assert not dialog.backups.open_button.isEnabled()


def test_a_fixed_store_cannot_be_changed(qtbot) -> None:
    dialog = DatabaseDialog(Place("x", is_shared=True, fixed="A variable says so."), light())
    qtbot.addWidget(dialog)
    dialog.server.host.setText("h")
    dialog.server.login.setText("ana")
    assert dialog.server.said.text() == "A variable says so."
    assert not dialog.server.use_button.isEnabled()
    assert not dialog.server.local_button.isEnabled()
    assert dialog.server.test_button.isEnabled()


def test_work_is_shown_called_off_and_not_left(qtbot, dialog) -> None:
    called: list[bool] = []
    dialog.cancelAsked.connect(lambda: called.append(True))
    dialog.show()
    dialog.said.say("something")
    dialog.show_work("Copying entry", 0.4, can_cancel=True)
    assert (dialog.bar.value(), dialog.said.text()) == (40, "")
    assert not dialog.server.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    press(qtbot, dialog.cancel_button)
    assert called == [True]
    dialog.show_work("")
    assert dialog.server.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_a_set_up_is_asked_as_the_administrator(qtbot) -> None:
    form = SetUpForm(ServerForm("depot", "doorstep", "ana", port=5433, mode="require"), light())
    qtbot.addWidget(form)
    form.admin_password.setText("root")
    assert form.server == ServerForm("depot", "doorstep", "postgres", "root", 5433, "require")
    assert (form.person.text(), form.chosen_role) == ("ana", Role.DISPATCHER)


def test_a_person_is_found_before_she_can_be_forgotten(qtbot, dialog) -> None:
    page, found, erased = dialog.person, list[str](), list[Person]()
    page.findAsked.connect(found.append)
    page.eraseAsked.connect(erased.append)
    assert not page.find_button.isEnabled()
    page.words.setText(" Ida Moser ")
    press(qtbot, page.find_button)
    assert found == ["Ida Moser"]
    page.show_found(Person())
    assert not page.erase_button.isEnabled()
    person = Person((OrderId("o1"), OrderId("o2")), (PlaceId("p1"),))
    page.show_found(person)
    assert page.found.text() == "Found: 2 orders, 1 address"
    press(qtbot, page.erase_button)
    assert erased == [person]
    page.words.setText("Ida Mos")
    assert not page.erase_button.isEnabled()
    page.show_erased("Backups hold her.")
    assert page.said.text() == "Forgotten. Backups hold her."


def test_days_are_saved_when_they_differ(qtbot, dialog) -> None:
    page, asked = dialog.person, list[Retention]()
    page.retainAsked.connect(asked.append)
    page.show_retention(Retention(30, 90))
    assert (page.positions.value(), page.proofs.value()) == (30, 90)
    assert not page.retain_button.isEnabled()
    page.positions.setValue(14)
    press(qtbot, page.retain_button)
    assert asked == [Retention(14, 90)]
    page.show_retention(asked[0], is_saved=True)
    assert page.retained.text() == "Saved."
    assert not page.retain_button.isEnabled()
    page.proofs.setValue(91)
    assert page.retained.text() == ""

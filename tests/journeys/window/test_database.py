"""The database in the window: checked, saved, restored, with the store closed in between."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from console.dispatch.stores import SavedStore
from console.domain.commands import MoveStops
from console.storage.keeper import Keeper
from console.storage.store import Store
from console.storage.stores import WindowStores, Wish
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.storing.dialog import DatabaseDialog
from tests.journeys.window.conftest import Journey, close
from tests.journeys.window.fingers import busiest, click


def test_a_backup_is_made_and_restored(
    open_window: Callable[..., Journey], planned_store: Path, monkeypatch
) -> None:
    monkeypatch.delenv("DOORSTEP_DATABASE", raising=False)
    journey = open_window(planned_store)
    stores = _keep_stores(journey, planned_store)
    station = journey.desktop.station
    journey.desktop.trigger("database")
    dialog = journey.dialog(DatabaseDialog)
    click(dialog.store.check_button)
    journey.until(lambda: dialog.store.said.text().startswith("Whole"))
    dialog.tabs.setCurrentWidget(dialog.backups)
    click(dialog.backups.save_button)
    journey.until(lambda: dialog.backups.table.rowCount() == 1)
    journey.notice("Saved and checked")

    before = journey.plan
    journey.desktop.conductor.act("clear_selection")
    station.workday.submit(_unassign(journey))
    click(dialog.backups.restore_button)
    click(journey.dialog(ConfirmDialog).yes_button)
    journey.until(journey.desktop.closed.done, 60)
    close(journey)
    journey.console.close()
    assert stores.wish is Wish.RESTORE
    stores.leave_word()
    assert "before-restore" in stores.take_word()
    store = Store.open(planned_store)
    assert store.journal.head(store.journal.streams()[0]) == before.version
    store.close()


def test_a_driver_is_forgotten(open_window: Callable[..., Journey], planned_store: Path) -> None:
    """By her name, in the window; her route and its numbers stay."""
    journey = open_window(planned_store)
    _keep_stores(journey, planned_store)
    station = journey.desktop.station
    driver, before = station.services.fleet.drivers()[0], journey.plan
    journey.desktop.trigger("database")
    dialog = journey.dialog(DatabaseDialog)
    dialog.tabs.setCurrentWidget(dialog.person)
    dialog.person.words.setText(driver.name)
    click(dialog.person.find_button)
    journey.until(lambda: dialog.person.found.text() == "Found: 1 driver")
    click(dialog.person.erase_button)
    click(journey.dialog(ConfirmDialog).yes_button)
    journey.until(lambda: dialog.person.said.text().startswith("Forgotten."))
    assert driver.name not in {each.name for each in station.services.fleet.drivers()}
    assert journey.plan == before
    dialog.reject()
    close(journey)


def test_it_is_closed_while_its_backups_are_still_looked_for(
    open_window: Callable[..., Journey], planned_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes too late is shown to nobody, and nothing breaks."""
    journey = open_window(planned_store)
    _keep_stores(journey, planned_store)
    is_closed, looked = Event(), Event()

    def slowly(_: WindowStores) -> list[SavedStore]:
        is_closed.wait(20)
        looked.set()
        return []

    monkeypatch.setattr(WindowStores, "saved", slowly)
    journey.desktop.trigger("database")
    dialog = journey.dialog(DatabaseDialog)
    gone = Event()
    dialog.destroyed.connect(gone.set)
    dialog.reject()
    journey.until(lambda: not dialog.isVisible())
    assert not gone.is_set()
    is_closed.set()
    journey.until(gone.is_set)
    assert looked.is_set()
    close(journey)


def _keep_stores(journey: Journey, store: Path) -> WindowStores:
    """The window's own ways with its store, which a window without a home of its own has not."""
    services = journey.desktop.station.services
    keeper = Keeper(store, "", lambda _: None, services.clock)
    stores = WindowStores.of(store.parent, keeper, journey.console.store)
    journey.desktop.station.services = replace(services, stores=stores)
    return stores


def _unassign(journey: Journey) -> MoveStops:
    return MoveStops(busiest(journey).stops[:1], None)

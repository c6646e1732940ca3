"""Deeds on the store: looked at, saved, restored, moved; all behind the dialog that shows it."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from threading import Event

from console.dispatch.erasure import Person
from console.dispatch.extracts import Cancelled
from console.dispatch.lanes import Lane
from console.dispatch.retention import Retention
from console.dispatch.stores import Stores, Told
from console.domain.errors import ConsoleError
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.notices import Notice, Tone
from console.ui.storing.dialog import DatabaseDialog
from console.ui.storing.set_up_form import SetUpForm
from console.ui.workplace import Workplace

_AGAIN = tr("The window saves, closes, and opens again; that takes some seconds.")


class DatabaseDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._stop = Event()
        self.dialog: DatabaseDialog | None = None
        self._under_way = 0
        self._idle = asyncio.Event()

    def database(self) -> None:
        """Settings of the database; a store that is thrown away anyhow has none."""
        stores = self._place.station.services.stores
        if stores is None:
            self._place.conductor.tell(
                Notice(tr("This store is the demo's: it cannot be moved."), Tone.WARN)
            )
            return
        self.dialog = dialog = DatabaseDialog(stores.place(), self._place.theme, self._place.window)
        self._connect(dialog, stores)
        self._list(dialog, stores)
        self._place.conductor.spawn(self._attend(dialog))

    async def _attend(self, dialog: DatabaseDialog) -> None:
        """It is there until what was begun in it has ended, seen or not."""
        await ask(dialog, keep=True)
        await self._idle.wait()
        dialog.deleteLater()

    def _connect(self, dialog: DatabaseDialog, stores: Stores) -> None:
        store, backups, server = dialog.store, dialog.backups, dialog.server
        dialog.cancelAsked.connect(self._stop.set)
        store.checkAsked.connect(partial(self._start, self._check, dialog, stores))
        store.repairAsked.connect(partial(self._start, self._repair, dialog, stores))
        backups.saveAsked.connect(partial(self._start, self._save, dialog, stores))
        backups.restoreAsked.connect(partial(self._restore, dialog, stores))
        dialog.person.findAsked.connect(partial(self._find, dialog, stores))
        dialog.person.eraseAsked.connect(partial(self._erase, dialog, stores))
        dialog.person.retainAsked.connect(partial(self._retain, dialog, stores))
        server.testAsked.connect(partial(self._start, self._test, dialog, stores))
        server.setUpAsked.connect(partial(self._start, self._set_up, dialog, stores))
        server.useAsked.connect(partial(self._start, self._use, dialog, stores))
        server.moveAsked.connect(partial(self._start, self._move, dialog, stores))
        server.backAsked.connect(partial(self._start, self._bring_back, dialog, stores))
        server.localAsked.connect(partial(self._start, self._use_local, dialog, stores))

    def _start(self, deed: "Deed", dialog: DatabaseDialog, stores: Stores) -> None:
        self._under_way += 1
        self._idle.clear()
        self._place.conductor.spawn(self._guarded(deed(dialog, stores), dialog))

    async def _guarded(self, work: Coroutine[object, object, None], dialog: DatabaseDialog) -> None:
        """What goes wrong is said where it was asked for, or to the window once that is closed."""
        try:
            await work
        except Cancelled:
            dialog.said.say(tr("Called off; nothing has changed."))
        except ConsoleError as error:
            if not dialog.isVisible():
                raise
            dialog.said.say(f"{error.message} {error.remedy}".strip())
        finally:
            dialog.show_work("")
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _run[T](
        self,
        dialog: DatabaseDialog,
        sentence: str,
        call: Callable[[Told], T],
        *,
        can_cancel: bool = False,
    ) -> T:
        """Blocking work on a lane of its own, its progress in the dialog."""
        self._stop.clear()
        loop = asyncio.get_running_loop()
        dialog.show_work(sentence, can_cancel=can_cancel)

        def told(text: str, share: float) -> None:
            show = partial(dialog.show_work, text, share, can_cancel=can_cancel)
            loop.call_soon_threadsafe(show)

        lanes = self._place.station.services.lanes
        try:
            return await lanes.run(Lane.STORES, partial(call, told))
        finally:
            await asyncio.sleep(0)  # what was told on the way is shown before the end is
            dialog.show_work("")

    def _list(self, dialog: DatabaseDialog, stores: Stores) -> None:
        self._start(self._show_saved, dialog, stores)
        self._start(self._show_retention, dialog, stores)

    async def _show_retention(self, dialog: DatabaseDialog, stores: Stores) -> None:
        lanes = self._place.station.services.lanes
        dialog.person.show_retention(await lanes.run(Lane.STORES, stores.retention))

    async def _show_saved(self, dialog: DatabaseDialog, stores: Stores) -> None:
        lanes = self._place.station.services.lanes
        dialog.backups.show_saved(await lanes.run(Lane.STORES, stores.saved))

    async def _check(self, dialog: DatabaseDialog, stores: Stores) -> None:
        found = await self._run(
            dialog, tr("Checking…"), lambda told: stores.check(told, self._stop), can_cancel=True
        )
        dialog.store.show_findings(found)

    async def _save(self, dialog: DatabaseDialog, stores: Stores) -> None:
        await self._place.station.save()
        made = await self._run(dialog, tr("Saving and checking…"), lambda _told: stores.save())
        await self._show_saved(dialog, stores)
        self._place.conductor.tell(
            Notice(tr("Saved and checked: {name}", name=made.name), Tone.GOOD)
        )

    def _find(self, dialog: DatabaseDialog, stores: Stores, words: str) -> None:
        async def found(dialog: DatabaseDialog, stores: Stores) -> None:
            person = await self._run(dialog, tr("Looking…"), lambda _told: stores.find(words))
            dialog.person.show_found(person)

        self._start(found, dialog, stores)

    def _retain(self, dialog: DatabaseDialog, stores: Stores, wanted: Retention) -> None:
        async def retained(dialog: DatabaseDialog, stores: Stores) -> None:
            await self._run(dialog, tr("Saving…"), lambda _told: stores.retain(wanted))
            dialog.person.show_retention(wanted, is_saved=True)

        self._start(retained, dialog, stores)

    def _erase(self, dialog: DatabaseDialog, stores: Stores, person: Person) -> None:
        async def erased(dialog: DatabaseDialog, stores: Stores) -> None:
            consequence = tr(
                "{sentence} will be dropped for good. This cannot be undone.",
                sentence=person.sentence,
            )
            if not await self._sure(tr("Forget this person?"), consequence, tr("Forget for good")):
                return
            await self._place.station.save()
            said = await self._run(dialog, tr("Forgetting…"), lambda _told: stores.erase(person))
            dialog.person.show_erased(said)
            await self._place.station.relabel()

        self._start(erased, dialog, stores)

    async def _repair(self, dialog: DatabaseDialog, stores: Stores) -> None:
        consequence = tr(
            "The file is set aside whole and rebuilt from what can be proved. {AGAIN}", AGAIN=_AGAIN
        )
        if self._is_alone() and await self._sure(
            tr("Repair the store?"), consequence, tr("Repair")
        ):
            stores.repair_later()
            self._reopen(dialog)

    def _restore(self, dialog: DatabaseDialog, stores: Stores, file: Path) -> None:
        self._start(partial(self._restore_file, file), dialog, stores)

    async def _restore_file(self, file: Path, dialog: DatabaseDialog, stores: Stores) -> None:
        consequence = tr(
            "The plan is that of {name} again. The store of now is set aside whole. {AGAIN}",
            name=file.name,
            AGAIN=_AGAIN,
        )
        question = tr("Restore this backup?")
        if not self._is_alone() or not await self._sure(question, consequence, tr("Restore")):
            return
        await self._place.station.save()
        await self._run(
            dialog, tr("Looking at the backup…"), lambda told: stores.restore_later(file, told)
        )
        self._reopen(dialog)

    async def _test(self, dialog: DatabaseDialog, stores: Stores) -> None:
        form = dialog.server.form
        said = await self._run(dialog, tr("Asking the server…"), lambda _told: stores.try_out(form))
        dialog.server.say(tr("It answers. {said}", said=said), "ok")

    async def _set_up(self, dialog: DatabaseDialog, stores: Stores) -> None:
        form = SetUpForm(dialog.server.form, self._place.theme, dialog)
        if not await ask(form):
            return
        server, role = form.server, form.chosen_role
        person, password = form.person.text().strip(), form.password.text()

        def work(told: Told) -> None:
            stores.set_up(server, lambda sentence: told(sentence, 0.5))
            if person:
                told(tr("A login for {person}", person=person), 0.8)
                stores.admit(server, person, role, password)

        await self._run(dialog, tr("Setting up…"), work)
        if not person:
            dialog.server.say(
                tr("Set up, and its rights are tested. Nobody has a login yet."), "ok"
            )
            return
        dialog.server.sign_in(person, password)
        await self._test(dialog, stores)

    async def _use(self, dialog: DatabaseDialog, stores: Stores) -> None:
        form = dialog.server.form
        await self._test(dialog, stores)
        if await self._sure(
            tr("Work on {database} from now on?", database=form.database),
            tr("What is in the store of now stays there, and is not moved. {AGAIN}", AGAIN=_AGAIN),
            tr("Use it"),
        ):
            stores.use_later(form, keep_password=dialog.server.keeps.isChecked())
            self._reopen(dialog)

    async def _move(self, dialog: DatabaseDialog, stores: Stores) -> None:
        form = dialog.server.form
        if not self._is_alone() or not await self._sure(
            tr("Move everything to {database}?", database=form.database),
            tr(
                "Every row is copied and compared; the database has to be empty. The local "
                "store stays as it is. {AGAIN}",
                AGAIN=_AGAIN,
            ),
            tr("Move and use it"),
        ):
            return
        await self._place.station.save()
        await self._run(
            dialog, tr("Moving…"), lambda told: stores.move(form, told, self._stop), can_cancel=True
        )
        stores.use_later(form, keep_password=dialog.server.keeps.isChecked())
        self._reopen(dialog)

    async def _bring_back(self, dialog: DatabaseDialog, stores: Stores) -> None:
        if not await self._sure(
            tr("Bring everything back to this computer?"),
            tr(
                "Every row is copied and compared. A local store of before is set aside "
                "whole, the shared database stays as it is. {AGAIN}",
                AGAIN=_AGAIN,
            ),
            tr("Bring it back"),
        ):
            return
        await self._place.station.save()
        await self._run(
            dialog,
            tr("Copying…"),
            lambda told: stores.bring_back(told, self._stop),
            can_cancel=True,
        )
        stores.use_later(None)
        self._reopen(dialog)

    async def _use_local(self, dialog: DatabaseDialog, stores: Stores) -> None:
        consequence = tr("What is in the shared database stays there. {AGAIN}", AGAIN=_AGAIN)
        if await self._sure(tr("Work on the local store from now on?"), consequence, tr("Use it")):
            stores.use_later(None)
            self._reopen(dialog)

    async def _sure(self, question: str, consequence: str, yes: str) -> bool:
        dialog = ConfirmDialog(question, consequence, yes, self._place.theme, self.dialog)
        return await ask(dialog)

    def _is_alone(self) -> bool:
        """A file that another window has open cannot be replaced."""
        others = self._place.selection.company
        shared = self._place.station.services.outbox is not None
        if others and not shared:
            self._place.conductor.tell(
                Notice(tr("Close the other window on this store first."), Tone.WARN)
            )
        return shared or not others

    def _reopen(self, dialog: DatabaseDialog) -> None:
        dialog.show_work("")
        dialog.accept()
        self._place.window.close()


Deed = Callable[[DatabaseDialog, Stores], Coroutine[object, object, None]]

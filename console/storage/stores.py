"""Implements ``dispatch.stores.Stores``: the keeper of this machine's stores, for the window."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Self

from console.dispatch.erasure import Person
from console.dispatch.extracts import Cancelled
from console.dispatch.retention import Retention
from console.dispatch.roles import Role
from console.dispatch.stores import Checked, Place, SavedStore, ServerForm, Told
from console.domain.errors import ConsoleError
from console.storage import address, backups, choosing, folders, keys
from console.storage.address import Address
from console.storage.checking import Finding
from console.storage.keeper import Keeper
from console.storage.store import FILE, Store
from console.tongues import tr

_VARIABLE = "DOORSTEP_DATABASE"
_WORD = "word.txt"


class Wish(StrEnum):
    """What is done between two windows."""

    RESTORE = "restore"
    REPAIR = "repair"
    SWITCH = "switch"


@dataclass(slots=True)
class WindowStores:
    """``home`` is the machine's folder, ``present`` the store in use; see ``Stores``."""

    home: Path
    keeper: Keeper
    present: Place
    wish: Wish | None = None
    _brought: Path | None = None

    @classmethod
    def of(cls, home: Path, keeper: Keeper, store: Store) -> Self:
        """Of the store that is open; where a variable names it, the settings do not."""
        fixed = f"The environment variable {_VARIABLE} says which database is used."
        roles = tuple(role for role in Role if role in store.roles)
        is_fixed = _VARIABLE in os.environ
        place = Place(
            store.database.name, store.is_shared, store.login, roles, fixed if is_fixed else ""
        )
        return cls(home, keeper, place)

    def place(self) -> Place:
        """The store in use."""
        return self.present

    def saved(self) -> Sequence[SavedStore]:
        """The backups, the newest first."""
        found = [(file, backups.time_of(file)) for file in self.keeper.backups.all()]
        return [SavedStore(file, made, file.stat().st_size) for file, made in found if made]

    def check(self, told: Told, stop: Event) -> Sequence[Checked]:
        """The store in use first, then each backup."""
        files = self.keeper.backups.all()
        parts = 1 + len(files)

        def part(at: int) -> Told:
            def hear(sentence: str, share: float) -> None:
                if stop.is_set():
                    raise Cancelled
                told(sentence, (at + share) / parts)

            return hear

        found = [self.keeper.examined(part(0))]
        for at, file in enumerate(files, 1):
            part(at)(file.name, 0.0)
            found.append(replace(backups.examined(file), name=file.name))
        return [_checked(each) for each in found]

    def save(self) -> Path:
        """A checked backup now, among the automatic ones."""
        self.keeper.backup(None)
        return self.keeper.backups.all()[0]

    def find(self, words: str) -> Person:
        """As ``doorstep db erase`` finds her."""
        return self.keeper.person(words)

    def erase(self, person: Person) -> str:
        """As ``doorstep db erase``."""
        return self.keeper.forget(person)

    def retention(self) -> Retention:
        """Of the store in use."""
        return self.keeper.retention()

    def retain(self, retention: Retention) -> None:
        """As ``doorstep db retention``."""
        self.keeper.retain(retention)

    def try_out(self, server: ServerForm) -> str:
        """Log in as the store would be opened."""
        store = Store.open(server.address)
        try:
            roles = ", ".join(sorted(role.value.replace("_", " ") for role in store.roles))
            return f"{store.database.name}: {store.login} ({roles}), {store.line}"
        finally:
            store.close()

    def set_up(self, server: ServerForm, say: Callable[[str], None]) -> None:
        """As ``doorstep db setup``."""
        replace(self.keeper, say=say).set_up(server.address)

    def admit(self, server: ServerForm, login: str, role: Role, password: str) -> None:
        """As ``doorstep db person``."""
        self.keeper.admit(server.address, login, role, password)

    def move(self, server: ServerForm, told: Told, stop: Event) -> str:
        """As ``doorstep db move``."""
        return self._moved(self.keeper, server.address, told, stop, back=False)

    def bring_back(self, told: Told, stop: Event) -> str:
        """Into a folder beside the local store, which it replaces when that is used."""
        folder = self.keeper.folder / "brought"
        folders.remove(folder / FILE)
        keeper = replace(self.keeper, folder=folder)
        try:
            said = self._moved(keeper, self.keeper.shared, told, stop, back=True)
        except BaseException:
            folders.remove(folder / FILE)
            raise
        self._brought = folder / FILE
        return said

    def restore_later(self, file: Path, told: Told) -> None:
        """Copied and looked at now; put in place when everything is closed."""
        self.keeper.lay_ready(file, told)
        self.wish = Wish.RESTORE

    def repair_later(self) -> None:
        """When everything is closed."""
        self.keeper.require_local("repair")
        self.wish = Wish.REPAIR

    def use_later(self, server: ServerForm | None, *, keep_password: bool = False) -> None:
        """Write it down; where a store was brought back, it takes the local one's place."""
        if self.present.fixed:
            raise ConsoleError(self.present.fixed, remedy=tr("Change it there."))
        where = address.read(server.address) if server else None
        if where is not None and keep_password and where.password:
            self._keep_password(where)
        choosing.write_database(self.home, where.entry if where else "")
        self.wish = Wish.SWITCH

    def _keep_password(self, where: Address) -> None:
        """In the system's keyring; without one, in a file that only this user may read."""
        try:
            keys.keep(keys.database_name(where.entry), where.password)
        except ConsoleError:
            choosing.keep_password(self.home, where)

    def carry_out(self) -> str:
        """Do what was wished for; what to tell in the next window. Nothing has the store open."""
        wish, self.wish = self.wish, None
        said: list[str] = []
        keeper = replace(self.keeper, say=said.append)
        if wish is Wish.RESTORE:
            keeper.put_back()
        elif wish is Wish.REPAIR:
            keeper.repair()
        elif wish is Wish.SWITCH and self._brought is not None:
            said.append(keeper.take_over(self._brought))
        return " ".join(said)

    def leave_word(self) -> None:
        """Carry out what was wished for; the next window says what came of it."""
        try:
            said = self.carry_out()
        except ConsoleError as error:
            said = f"{error.message} {error.remedy}"
        (self.home / _WORD).write_text(said, encoding="utf-8")

    def take_word(self) -> str:
        """What the window before had to say, once."""
        try:
            said = (self.home / _WORD).read_text(encoding="utf-8")
            (self.home / _WORD).unlink()
        except OSError:
            return ""
        return said

    def _moved(self, keeper: Keeper, where: str, told: Told, stop: Event, *, back: bool) -> str:
        said: list[str] = []

        def hear(sentence: str, share: float) -> None:
            if stop.is_set():
                raise Cancelled
            told(sentence, share)

        replace(keeper, say=said.append).move(where, back=back, told=hear)
        return " ".join(said)


def _checked(found: Finding) -> Checked:
    return Checked(found.name, found.streams, found.rows, found.faults)

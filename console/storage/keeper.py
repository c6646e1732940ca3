"""What ``doorstep db`` does: set up, check, back up, restore, repair, migrate, move.

Every call blocks, says what it does, and raises ConsoleError with a remedy; none of them empties
or overwrites a store.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from console.dispatch.erasure import Person, unknown
from console.dispatch.journal import NotAllowed
from console.dispatch.ports import Clock
from console.dispatch.retention import Retention
from console.dispatch.roles import Role
from console.domain.errors import ConsoleError
from console.storage import address, backups, checking, folders, holding, migrate, moving, sqlite
from console.storage.backups import Backups
from console.storage.database import Database
from console.storage.erasing import FILE as ERASED
from console.storage.erasing import SqlRegistry, forget_again
from console.storage.looks import Looks
from console.storage.retention import SqlRetentions
from console.storage.store import FILE

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Keeper:
    """The stores of one machine: its folder, and the shared database it uses, if any."""

    folder: Path
    shared: str
    say: Say
    clock: Clock

    @property
    def file(self) -> Path:
        """The local store's file."""
        return self.folder / FILE

    @property
    def backups(self) -> Backups:
        """Beside the local store, also those of a shared database."""
        return Backups(self.folder / backups.FOLDER)

    def check(self) -> int:
        """Look at the store in use and at every backup; 1 when something is wrong."""
        findings = [self._with(self._database(), checking.check)]
        findings += [backups.examined(each) for each in self.backups.all()]
        self.say(checking.sentence(findings))
        broken = not all(each.is_whole for each in findings)
        if broken:
            self.say("What to do: doorstep db repair (local), or doorstep db restore FILE")
        return int(broken)

    def tend(self) -> int:
        """What a console has done behind its window: check, back up, prove; 1 when all is not well.

        Says nothing but what is wrong. A shared database is copied to this machine once a day, as
        every console does that.
        """
        if not self.shared and not self.file.exists():
            return 0
        if hasattr(os, "nice"):
            os.nice(10)  # behind every window
        now = self.clock.now()
        every = backups.PROVED_EVERY if self.shared else backups.EVERY

        def tended(database: Database) -> list[checking.Finding | None]:
            looks = Looks(self.backups.folder)
            found: list[checking.Finding | None] = [looks.look(database, now)]
            known = looks.heads(database)
            if self.backups.is_due(now, every):
                self.backups.make(database, now, known)
            with suppress(NotAllowed):  # a login that keeps no registers: another console does it
                SqlRetentions(database).tidy(now)
            return [*found, self.backups.prove(database, now, known)]

        wrong = [
            each for each in self._with(self._database(), tended) if each and not each.is_whole
        ]
        if wrong:
            self.say(checking.sentence(wrong))
        return int(bool(wrong))

    def backup(self, target: Path | None) -> int:
        """A checked backup of the store in use, to a file or among the automatic ones."""

        def made(database: Database) -> Path:
            if target is None:
                return self.backups.make(database, self.clock.now())
            backups.backup(database, target)
            return target

        self.say(f"Saved and checked: {self._with(self._database(), made)}")
        return 0

    def repair(self) -> int:
        """Rebuild the local store when something is wrong with it; the old file is set aside."""
        from console.storage.repair import rebuild

        self.require_local("repair")
        finding = self._with(self._local(), checking.check)
        if finding.is_whole:
            self.say(f"{checking.sentence([finding])}. There is nothing to repair.")
            return 0
        self.say(checking.sentence([finding]))
        self.say(f"The store was damaged. {rebuild(self.file).sentence()}")
        return 0

    def examined(self, told: checking.Told) -> checking.Finding:
        """The store in use, looked at whole."""
        return self._with(self._database(), lambda database: checking.check(database, told))

    def restore(self, source: Path) -> int:
        """Put a backup in the local store's place; the store that was there is set aside whole."""
        self.lay_ready(source)
        self.put_back()
        return 0

    def lay_ready(self, source: Path, told: checking.Told = moving.quiet) -> None:
        """Copy a backup beside the store and look at the copy; the store is not touched."""
        self.require_local("restore")
        if not source.is_file():
            raise ConsoleError(f"There is no file {source}.", remedy="Name a backup.")
        folders.prepare(self.folder)
        folders.remove(self._ready)
        told("Copying the backup", 0.0)
        shutil.copyfile(source, self._ready)
        finding = backups.examined(self._ready, told=told)
        if not finding.is_whole:
            folders.remove(self._ready)
            raise ConsoleError(
                f"{source} is not a whole backup: {'; '.join(finding.faults)}.",
                remedy="Take another one; 'doorstep db check' looks at all of them.",
            )
        again = self._with(sqlite.connect(self._ready), self._forgotten)
        self.say(f"{finding.streams} streams with {finding.rows} rows are back from {source}.")
        if again:
            self.say(f"{again} orders and drivers that had been erased were erased again.")

    def put_back(self) -> None:
        """The copy that lies ready takes the store's place; nobody has either of them open."""
        try:
            self._with(sqlite.connect(self._ready), lambda database: database.fold())
            aside = self._replace(self._ready, "before-restore")
        finally:
            folders.remove(self._ready)
        self.say(f"The store before is {aside}." if aside else "There was no store before.")

    def take_over(self, made: Path) -> str:
        """A store made elsewhere takes the local one's place; that is set aside whole."""
        self._with(sqlite.connect(made), lambda database: database.fold())
        aside = self._replace(made, "before-return")
        return f"The local store of before is {aside}." if aside else ""

    def erase(self, words: str, agree: Callable[[str], bool]) -> int:
        """Drop a person from the registers of the store in use; 1 when she is not in them."""

        def erased(database: Database) -> int:
            registry = self._registry(database)
            person = registry.find(words)
            if not person:
                self.say(unknown([words]))
                return 1
            if not agree(person.sentence):
                self.say("Nothing was changed.")
                return 1
            told = registry.erase(person)
            self.say(f"Erased: {person.sentence}. {told}")
            return 0

        return self._with(self._database(), erased)

    def person(self, words: str) -> Person:
        """What the registers of the store in use hold of somebody; see ``Registry.find``."""
        return self._with(self._database(), lambda database: self._registry(database).find(words))

    def forget(self, person: Person) -> str:
        """Drop her; what is left of her elsewhere, in a sentence. See ``Registry.erase``."""
        return self._with(self._database(), lambda database: self._registry(database).erase(person))

    def retention(self) -> Retention:
        """How long the store in use keeps what tells of somebody."""
        return self._with(self._database(), lambda database: SqlRetentions(database).get())

    def keep_for(self, positions: int | None, proofs: int | None) -> int:
        """Set what is given, and say what holds."""
        held = self.retention()
        wanted = Retention(
            held.positions if positions is None else positions,
            held.proofs if proofs is None else proofs,
        )
        if wanted != held:
            self.retain(wanted)
        self.say(f"Kept: positions {wanted.positions} days, proofs {wanted.proofs} days.")
        return 0

    def retain(self, retention: Retention) -> None:
        """Let this hold from the next look on."""
        self._with(self._database(), lambda database: SqlRetentions(database).put(retention))

    def _registry(self, database: Database) -> SqlRegistry:
        return SqlRegistry(database, self.folder / ERASED)

    def _forgotten(self, database: sqlite.SqliteDatabase) -> int:
        """Who was erased since the backup was made is erased from it too."""
        again = forget_again(database, self.folder / ERASED)
        if again:
            database.compact()
        database.fold()
        return again

    @property
    def _ready(self) -> Path:
        return self.file.with_name(FILE + ".restored")

    def _replace(self, made: Path, why: str) -> Path | None:
        """Put a file in the store's place, which nobody has open; where that was set aside to."""
        with holding.alone(self.file):
            aside = self._set_aside(why) if self.file.exists() else None
            folders.put_in_place(made, self.file)
            return aside

    def _set_aside(self, why: str) -> Path:
        if not backups.examined(self.file).faults:
            self._with(sqlite.connect(self.file), lambda database: database.fold())
        return folders.set_aside(self.file, why)

    def migrate(self, where: str) -> int:
        """Bring tables up to date, with a checked backup before; for a server by its owner."""
        if not where and not self.shared:
            made = self._with(self._local(), migrate.upgrade)
            self.say(f"Up to date; the state before is {made}." if made else "Up to date.")
            return 0
        return self.set_up(where or self.shared)

    def set_up(self, where: str) -> int:
        """Make or renew a shared database; the address is its administrator's."""
        from console.storage import founding  # here, as a local store needs no psycopg

        founding.found(address.read(where), self.say, lambda why: self._saved(where, why))
        self.say(f'Now write into doorstep.toml: database = "{address.read(where).public}"')
        return 0

    def admit(self, where: str, login: str, role: Role, password: str) -> int:
        """Give a person a login with a role, or another role."""
        from console.storage import founding

        founding.admit(address.read(where), login, role, password)
        self.say(f"{login} is a {role.value.replace('_', ' ')} of {address.read(where).name}.")
        return 0

    def move(self, where: str, *, back: bool, told: moving.Told = moving.quiet) -> int:
        """Copy the local store to an empty shared one, or that one to an empty folder here."""
        if back and self.file.exists():
            raise ConsoleError(
                f"There is a store in {self.folder} already; it was left as it is.",
                remedy="Move its file away, or set DOORSTEP_HOME to another folder.",
            )
        if back:
            folders.prepare(self.folder)
        server = _server(address.read(where))
        local = sqlite.use(self.file) if back else self._local()
        try:
            migrate.upgrade(local)
            migrate.check(server)
            ends = (server, local) if back else (local, server)
            moved = moving.copy_all(*ends, told)
        finally:
            local.close()
            server.close()
        self.say(f"{moved.entries} changes of plans and {moved.others} other rows moved, compared.")
        self.say(f"{ends[0].name} is as it was.")
        return 0

    def _saved(self, where: str, why: str) -> Path:
        """A backup of a server's state before its tables change."""
        folders.prepare(self.backups.folder)
        number = 1
        while (target := self.backups.folder / f"server-{why}-{number}.db").exists():
            number += 1
        self._with(_server(address.read(where)), lambda server: backups.backup(server, target))
        return target

    def _database(self) -> Database:
        return _server(address.read(self.shared)) if self.shared else self._local()

    def _local(self) -> sqlite.SqliteDatabase:
        if not self.file.exists():
            raise ConsoleError(
                f"There is no store in {self.folder} yet.", remedy="Open the console once."
            )
        return sqlite.use(self.file)

    def require_local(self, what: str) -> None:
        """ConsoleError where the store in use is a shared one."""
        if self.shared:
            raise ConsoleError(
                f"This console uses {address.read(self.shared).name}, which it cannot {what}.",
                remedy="Set up an empty database, restore a backup into a folder "
                "(DOORSTEP_DATABASE= doorstep db restore FILE), then: doorstep db move ADDRESS",
            )

    def _with[D: Database, T](self, database: D, call: Callable[[D], T]) -> T:
        try:
            return call(database)
        finally:
            database.close()


def _server(where: address.Address) -> Database:
    from console.storage import postgres

    return postgres.connect(where)

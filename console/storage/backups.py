"""Backups: made and checked hourly, thinned to hours, days and months, restored to prove them.

A backup is a store's file of its own, also of a shared database: whoever has it can open it.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.domain.errors import ConsoleError
from console.storage import checking, folders, migrate, sqlite
from console.storage.database import Database
from console.storage.journal import SqlJournal
from console.storage.moving import copy_all, quiet
from console.storage.sqlite import SqliteDatabase
from console.tongues import tr

HOURLY, DAILY, MONTHLY = 24, 31, 12  # how many of each are kept
EVERY = timedelta(hours=1)
PROVED_EVERY = timedelta(days=1)
STALE = timedelta(days=3)
FOLDER = "backups"
_PREFIX, _FORM = "auto-", "%Y%m%dT%H%M%SZ"
_PROVED = "proved"
_NOTHING: checking.Heads = {}


@dataclass(frozen=True, slots=True)
class Backups:
    """The folder of the backups; every call blocks. Times are aware UTC."""

    folder: Path

    def all(self) -> list[Path]:
        """The automatic ones, the newest first."""
        found = (file for file in self.folder.glob(f"{_PREFIX}*.db") if time_of(file))
        return sorted(found, key=lambda file: file.name, reverse=True)

    def newest_at(self) -> datetime | None:
        """When the newest was made; None where there is none."""
        newest = next(iter(self.all()), None)
        return time_of(newest) if newest else None

    def is_due(self, now: datetime, every: timedelta = EVERY) -> bool:
        """True when the newest is older than that, or there is none."""
        made = self.newest_at()
        return made is None or not timedelta() <= now - made < every

    def make(self, database: Database, now: datetime, known: checking.Heads = _NOTHING) -> Path:
        """A new checked backup, then the old ones thinned; ConsoleError leaves all as it was.

        ``known``: what was replayed in the live one, see ``checking.check``.
        """
        folders.prepare(self.folder)
        target = self.folder / f"{_PREFIX}{now.astimezone(UTC).strftime(_FORM)}.db"
        if not target.exists():
            backup(database, target, known)
        keep = kept([made for each in self.all() if (made := time_of(each))], self._share(target))
        for each in self.all():
            if time_of(each) not in keep and each != target:
                each.unlink(missing_ok=True)
        return target

    def prove(
        self, live: Database, now: datetime, known: checking.Heads = _NOTHING
    ) -> checking.Finding | None:
        """Restore the newest into a folder of its own and compare it; None when that is not due.

        Every chain is checked, replayed where it is not ``known``, and has to be the beginning of
        the live one.
        """
        newest = next(iter(self.all()), None)
        if newest is None or not self._is_proof_due(now):
            return None
        with tempfile.TemporaryDirectory(
            prefix="doorstep-proof-", ignore_cleanup_errors=True
        ) as folder:
            restored = Path(folder) / newest.name
            shutil.copyfile(newest, restored)
            finding = examined(restored, live, known=known)
        if finding.is_whole:
            (self.folder / _PROVED).write_text(now.isoformat(), encoding="ascii")
        return finding

    def _share(self, newest: Path) -> float:
        """Of the usual number of backups, how many there is room for: half of what is free."""
        taken = sum(each.stat().st_size for each in self.all())
        room = (shutil.disk_usage(self.folder).free + taken) / 2
        return room / (newest.stat().st_size * (HOURLY + DAILY + MONTHLY))

    def proved_at(self) -> datetime | None:
        """When one was last restored and found whole; None where that is not known."""
        try:
            return datetime.fromisoformat((self.folder / _PROVED).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def _is_proof_due(self, now: datetime) -> bool:
        last = self.proved_at()
        return last is None or not timedelta() <= now - last < PROVED_EVERY


def backup(database: Database, target: Path, known: checking.Heads = _NOTHING) -> None:
    """A whole copy as a file that did not exist; checked, on the disk, or not there at all."""
    if target.exists():
        raise ConsoleError(
            tr("{target} is already there.", target=target), remedy=tr("Choose another name.")
        )
    partial = target.with_name(target.name + ".part")
    folders.remove(partial)
    try:
        if isinstance(database, SqliteDatabase):
            database.copy(partial)
        else:
            _written_out(database, partial)
        finding = examined(partial, database, known=known)
        if not finding.is_whole:
            raise ConsoleError(
                tr(
                    "The backup {target} could not be verified ({text}).",
                    target=target,
                    text="; ".join(finding.faults),
                ),
                remedy=tr("Run 'doorstep db check'; older backups were left as they are."),
            )
        folders.put_in_place(partial, target)
    finally:
        folders.remove(partial)


def examined(
    file: Path,
    live: Database | None = None,
    told: checking.Told = quiet,
    known: checking.Heads = _NOTHING,
) -> checking.Finding:
    """A backup looked at whole; where there is a live store, each chain has to begin that one's."""
    database = sqlite.connect(file)
    try:
        finding = checking.check(database, told, known=known)
        if live is None or not finding.is_whole:
            return finding
        faults = _strays(database, live)
    finally:
        database.close()
    return checking.Finding(finding.name, finding.streams, finding.rows, tuple(faults))


def kept(times: Sequence[datetime], share: float = 1.0) -> frozenset[datetime]:
    """Those to keep: the newest of each of the last hours, days and months that have one.

    Where there is room for a ``share`` of them only, fewer of each, but one at least.
    """
    keep: set[datetime] = set()
    for form, usual in (("%Y%m%d%H", HOURLY), ("%Y%m%d", DAILY), ("%Y%m", MONTHLY)):
        newest: dict[str, datetime] = {}
        for time in sorted(times):
            newest[time.strftime(form)] = time
        most = max(1, int(usual * min(1.0, share)))
        keep.update(newest[name] for name in sorted(newest)[-most:])
    return frozenset(keep)


def _strays(copy: Database, live: Database) -> list[str]:
    ours, theirs = SqlJournal(copy), SqlJournal(live)
    return [
        tr("{stream} has another history than {name}", stream=stream, name=live.name)
        for stream in ours.streams()
        if ours.hash_at(stream, ours.head(stream)) != theirs.hash_at(stream, ours.head(stream))
    ]


def _written_out(database: Database, target: Path) -> None:
    made = sqlite.connect(target)
    try:
        migrate.upgrade(made)
        copy_all(database, made)
        made.fold()
    finally:
        made.close()


def time_of(file: Path) -> datetime | None:
    """When an automatic backup was made, by its name; None for another file."""
    try:
        return datetime.strptime(file.stem.removeprefix(_PREFIX), _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None

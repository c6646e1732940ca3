"""Published regions brought here: piece by piece into files, gone on with after a cut, checked.

What has come lies in ``FOLDER/PACKAGE.PID`` beside the regions, and waits there for the next try.
"""

import os
import shutil
import threading
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from console.dispatch.extracts import Cancelled
from console.dispatch.journal import Disconnected
from console.dispatch.ports import Progress
from console.dispatch.publications import PIECE, File, Package, Publications
from console.domain.errors import ConsoleError
from console.geo import building, children, packing, pointers
from console.geo.pointers import Facts
from console.tongues import tr

FOLDER = ".fetched"
ATTEMPTS = 5
"""In a row without a piece."""
_KEPT_S = 7 * 86_400  # what nobody goes on with
_BROUGHT = 0.6  # of the whole: the roads are built after that
_BUILT_PER_BYTE = 8  # of the streets, for the roads of a car


class Replaced(ConsoleError):  # noqa: N818 - a verdict
    """Another version took the place of the one that was being fetched."""

    def __init__(self, package: Package) -> None:
        super().__init__(
            tr("Another version of {name} was published meanwhile.", name=package.name),
            remedy=tr("Fetch it again."),
        )


@dataclass(frozen=True, slots=True)
class Fetch:
    """One package on its way below a folder of regions; ``pause`` is the first wait, seconds."""

    package: Package
    shelf: Publications
    folder: Path
    progress: Progress
    stop: threading.Event
    pause: float = 1.0

    @property
    def home(self) -> Path:
        """Where its files gather; no other process writes there."""
        return self.folder / FOLDER / f"{self.package.id[:16]}.{os.getpid()}"

    def run(self) -> Path:
        """The folder with all files, whole and checked (blocking).

        ConsoleError when the server stays away, a piece or file is damaged, the disk is full, or
        another version was published meanwhile (``Replaced``); Cancelled when ``stop`` was set.
        What has come so far is gone on with the next time.
        """
        self._take_up()
        self._need_room()
        for file, first in self.package.numbered():
            target = self.home / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            self._bring(file, first, target)
            if not _is_whole(file, target):  # what an earlier try left here, perhaps
                target.unlink()
                self._bring(file, first, target)
                if not _is_whole(file, target):
                    target.unlink()
                    raise self._damaged(file)
        self._tell(self.package.pieces)
        return self.home

    def _bring(self, file: File, first: int, target: Path) -> None:
        have = min(target.stat().st_size if target.exists() else 0, file.size)
        begun = file.pieces if have == file.size else have // PIECE
        with target.open("r+b" if target.exists() else "wb") as written:
            written.truncate(file.size if begun == file.pieces else begun * PIECE)
            written.seek(0, os.SEEK_END)
            for number in range(first + begun, first + file.pieces):
                self._tell(number)
                written.write(self._piece(number))
            written.flush()
            os.fsync(written.fileno())

    def _piece(self, number: int) -> bytes:
        """Asked for again while the server is away, with longer and longer waits."""
        failed = 0
        while True:
            if self.stop.is_set():
                raise Cancelled
            try:
                found = self.shelf.piece(self.package, number)
            except Disconnected as error:
                failed += 1
                if failed >= ATTEMPTS:
                    raise self._away(error) from error
                self.stop.wait(self.pause * 2 ** (failed - 1))
            else:
                if found is None:
                    raise self._gone(number)
                return found

    def _tell(self, number: int) -> None:
        share = number / max(1, self.package.pieces)
        self.progress(tr("Fetching {name} from the shared database", name=self.package.name), share)
        if self.stop.is_set():
            raise Cancelled

    def _take_up(self) -> None:
        """What a console left that is no more; what nobody wants goes."""
        for left in (self.folder / FOLDER).glob("*"):
            package, _, process = left.name.partition(".")
            is_over = process.isdecimal() and not pointers.is_at_work(process)
            if left.stat().st_mtime < time.time() - _KEPT_S and left != self.home:
                shutil.rmtree(left, ignore_errors=True)
            elif package == self.package.id[:16] and is_over and not self.home.exists():
                left.rename(self.home)
        self.home.mkdir(parents=True, exist_ok=True)

    def _need_room(self) -> None:
        had = sum(file.stat().st_size for file in self.home.rglob("*") if file.is_file())
        streets = sum(f.size for f in self.package.files if f.path == packing.STREETS)
        needed = self.package.size - had + streets * _BUILT_PER_BYTE
        if needed > shutil.disk_usage(self.folder).free:
            raise children.FullDisk(self.package.name, str(self.folder))

    # -- verdicts ----------------------------------------------------------------------------------

    def _away(self, error: Disconnected) -> ConsoleError:
        return Disconnected(
            error.message,
            remedy=tr(
                "Check the network, then fetch the streets again: they are gone on with from "
                "where they stopped."
            ),
        )

    def _gone(self, number: int) -> ConsoleError:
        """A piece that is not there: the package was replaced, or it was never whole."""
        package = self.package
        if self.shelf.find(package.name).package.id != package.id:
            return Replaced(package)
        return ConsoleError(
            tr(
                "The streets of {name} are not whole in the shared database: piece {value} of"
                " {pieces} is missing.",
                name=package.name,
                value=number + 1,
                pieces=package.pieces,
            ),
            remedy=tr(
                "Have a manager publish them again: doorstep region publish {name}",
                name=package.name,
            ),
        )

    def _damaged(self, file: File) -> ConsoleError:
        return ConsoleError(
            tr(
                "The streets of {name} arrived damaged: the checksum of {path} is not the "
                "published one. Nothing was changed.",
                name=self.package.name,
                path=file.path,
            ),
            remedy=tr(
                "Fetch them again; where it happens again, have a manager publish them again:"
                " doorstep region publish {name}",
                name=self.package.name,
            ),
        )


def _is_whole(file: File, target: Path) -> bool:
    return packing.digest_of(target) == (file.digest, file.size)


def installed(fetch: Fetch, facts: Facts, home: Path) -> None:
    """Fetch a package and put it in use as the region of ``home``; until then the old one is."""
    whole = fetch.progress
    folder = replace(fetch, progress=building.within(whole, 0, _BROUGHT)).run()
    sentence = tr("Building the roads of {name}", name=facts.name)
    tell = partial(building.within(whole, _BROUGHT, 1), sentence)
    tell(0.0)
    building.build_tiles(folder, tell, fetch.stop)
    if fetch.stop.is_set():
        raise Cancelled
    home.mkdir(parents=True, exist_ok=True)
    present = pointers.region(home)
    pointers.tidy(home, keep=present.folder if present else None)
    ready = pointers.folder(home, facts)
    shutil.rmtree(ready, ignore_errors=True)
    folder.rename(ready)
    pointers.point(home, facts)

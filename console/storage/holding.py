"""Who has a store's file open, so that nobody takes it away from under another window.

SQLite goes on writing to a file that was renamed, and calls that saved. So whoever works on a store
holds it together with others, and whoever sets its file aside has to hold it alone. The system
lets go of it when a process ends, however it ends. Windows itself refuses to rename an open file.
"""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO

from console.domain.errors import ConsoleError
from console.storage import folders
from console.tongues import tr

if sys.platform != "win32":
    import fcntl

MARK = ".open"
"""Ends the name of the empty file that is locked; it lies beside the store and stays there."""

WAIT_S = 5.0  # as long as a process that was just ended may take to let go
_AGAIN_S = 0.02


def hold(file: Path, wait: float | None = None) -> IO[str]:
    """Hold a store's file together with others, until what is answered is closed.

    ConsoleError where somebody is restoring or repairing it for longer than ``wait`` seconds.
    """
    held = _opened(file)
    if not _locked(held, wait, alone=False):
        held.close()
        raise ConsoleError(
            tr("The store {file} is being restored or repaired.", file=file),
            remedy=tr("Wait until that is done, then start again."),
        )
    return held


@contextmanager
def alone(file: Path, wait: float | None = None) -> Generator[None]:
    """Hold it without anybody else; ConsoleError where another window has it open."""
    held = _opened(file)
    try:
        if not _locked(held, wait, alone=True):
            raise ConsoleError(
                tr(
                    "Another window or program has the store {file} open; it was left as it is.",
                    file=file,
                ),
                remedy=tr("Close every other window of Doorstep on this computer, then try again."),
            )
        yield
    finally:
        held.close()


class Hold(StrEnum):
    """Who has a store's file now."""

    NOBODY = "nobody"
    WINDOWS = "windows"
    ONE_ALONE = "one alone"
    UNKNOWN = "unknown"


def state(file: Path) -> Hold:
    """Asked for a moment, and nothing is made; Windows has no such lock."""
    mark = file.with_name(file.name + MARK)
    if sys.platform == "win32":
        return Hold.UNKNOWN
    if not mark.exists():
        return Hold.NOBODY
    with _opened(file) as held:
        if not _locked(held, 0.0, alone=False):
            return Hold.ONE_ALONE
        return Hold.NOBODY if _locked(held, 0.0, alone=True) else Hold.WINDOWS


def identity(file: Path) -> tuple[int, int] | None:
    """Which file it is, whatever its name; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _opened(file: Path) -> IO[str]:
    mark = file.with_name(file.name + MARK)
    try:
        return mark.open("a", encoding="ascii")
    except OSError as error:
        raise folders.unusable(file.parent, error) from error


def _locked(held: IO[str], wait: float | None, *, alone: bool) -> bool:
    if sys.platform == "win32":
        return True
    deadline = time.monotonic() + (WAIT_S if wait is None else wait)
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    while True:
        try:
            fcntl.flock(held, kind | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(_AGAIN_S)
        else:
            return True

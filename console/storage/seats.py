"""Which console of this machine we are: an id that lasts, and nobody else's while we are open."""

import sys
from itertools import count
from pathlib import Path
from typing import IO
from uuid import uuid4

from console.domain.errors import ConsoleError
from console.tongues import tr

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ORIGIN_FILE = "console.id"


def seated(home: Path) -> tuple[str, IO[str]]:
    """Answer this console's id and its lock: undo stacks survive a restart by it.

    A second window on the same folder is a console of its own.
    """
    origin = _machine(home)
    locks = ((n, _locked(home / f"{ORIGIN_FILE}.{n}")) for n in count(1))
    slot, held = next((n, held) for n, held in locks if held is not None)
    return (origin if slot == 1 else f"{origin}-{slot}"), held


def _locked(file: Path) -> IO[str] | None:
    """Lock a file until it is closed; None when another console has it."""
    handle = file.open("a")
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def _machine(home: Path) -> str:
    file = home / ORIGIN_FILE
    try:
        if file.is_file():
            return file.read_text(encoding="ascii").strip()
        home.mkdir(parents=True, exist_ok=True)
        origin = uuid4().hex[:12]
        file.write_text(origin, encoding="ascii")
    except OSError as error:
        raise ConsoleError(
            tr("The folder {home} cannot be used: {strerror}.", home=home, strerror=error.strerror),
            remedy=tr("Free some space, or set DOORSTEP_HOME to a folder that can be written."),
        ) from error
    return origin

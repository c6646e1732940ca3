"""Who is here: by notices of a server, or by small files beside a store that several windows share.

Both implement ``dispatch.presence.Company``.
"""

import contextlib
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from console.dispatch import presence
from console.dispatch.presence import GONE_S, PULSE_S, Presence

FOLDER = "here"
_TOLD = ".telling"


class FolderCompany:
    """One file a console, whose time is its pulse; what cannot be written is not shown.

    Times of files are compared with our own file's: one clock wrote both.
    """

    def __init__(self, folder: Path, origin: str) -> None:
        self._folder, self._origin = folder, origin
        self._mine: Presence | None = None
        self._told_at = 0.0
        self._read: dict[str, tuple[int, Presence | None]] = {}

    def tell(self, mine: Presence) -> None:
        """Write our file, whole or not at all."""
        self._mine, self._told_at = mine, time.monotonic()
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            fresh = self._folder / f"{self._origin}{_TOLD}"
            fresh.write_text(mine.text, encoding="utf-8")
            fresh.replace(self._folder / self._origin)

    def others(self) -> Sequence[Presence]:
        """Read what changed, forget what has no pulse, and show our own."""
        if self._mine is not None and time.monotonic() - self._told_at >= PULSE_S:
            self.tell(self._mine)
        with contextlib.suppress(OSError):
            self._look()
        return [found for _, found in self._read.values() if found is not None]

    def leave(self) -> None:
        """Remove our file."""
        self._mine = None
        with contextlib.suppress(OSError):
            (self._folder / self._origin).unlink(missing_ok=True)

    def _look(self) -> None:
        times = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(self._folder)}
        now = times.get(self._origin, max(times.values(), default=0))
        alive: dict[str, tuple[int, Presence | None]] = {}
        for name, at in times.items():
            if name == self._origin or name.endswith(_TOLD):
                continue
            if now - at > GONE_S * 1e9:
                (self._folder / name).unlink(missing_ok=True)
                continue
            known = self._read.get(name)
            alive[name] = known if known and known[0] == at else (at, self._text_of(name))
        self._read = alive

    def _text_of(self, name: str) -> Presence | None:
        try:
            return presence.read((self._folder / name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None


class NoticeCompany:
    """What the watch of a server hears and says, on its own connection.

    ``tell``, ``others`` and ``leave`` only lay down and look; ``heard``, ``speak`` and ``lost`` are
    called from the watch's thread. Who sits at a console is what the server says, not the message.
    """

    def __init__(self) -> None:
        self._mine: Presence | None = None
        self._said: Presence | None = None
        self._said_at = 0.0
        self._heard: dict[str, tuple[Presence, int, float]] = {}

    def tell(self, mine: Presence) -> None:
        """The watch says it in a moment."""
        self._mine = mine

    def others(self) -> Sequence[Presence]:
        """Heard of lately."""
        now = time.monotonic()
        return [found for found, _, at in self._heard.values() if now - at <= GONE_S]

    def leave(self) -> None:
        """The watch says so when it ends."""
        if self._mine is not None:
            self._mine = replace(self._mine, leaves=True)

    def heard(self, text: str, process: int, login: Callable[[int], str]) -> None:
        """A notice of the server's ``process``; ``login`` answers who that is, '' when it is gone.

        Somebody new is answered at once: she does not know of us yet.
        """
        found = presence.read(text)
        if found is None or (self._mine is not None and found.origin == self._mine.origin):
            return
        known = self._heard.get(found.origin)
        is_same = known is not None and known[1] == process
        actor = known[0].actor if known is not None and is_same else login(process)
        others = {origin: each for origin, each in self._heard.items() if origin != found.origin}
        if actor and not found.leaves:
            seen = replace(found, actor=actor), process, time.monotonic()
            others[found.origin] = seen
            if known is None:
                self._said = None
        self._heard = others

    def speak(self, notify: Callable[[str], None]) -> None:
        """Say what has changed, and every ``PULSE_S`` that we are still here."""
        mine, now = self._mine, time.monotonic()
        if mine is None or (mine == self._said and now - self._said_at < PULSE_S):
            return
        notify(mine.text)
        self._said, self._said_at = mine, now

    def lost(self) -> None:
        """The connection is down: who is here is not known."""
        self._heard, self._said = {}, None

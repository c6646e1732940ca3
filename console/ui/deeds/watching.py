"""A watched folder: its new order files come in without a hand."""

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer

from console.dispatch.lanes import Lane
from console.dispatch.watching import WatchedFolder, watched_in
from console.tongues import tr
from console.ui.asking import ask
from console.ui.deeds.imports import OrderImport
from console.ui.dialogs.watch_form import WatchForm
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

KEPT = "watched_folder"
SETTLED_MS = 1500
"""A file that is the same after this time is whole."""


class FolderWatch:
    """Begins with the window where a folder was being watched."""

    def __init__(self, place: Workplace, imports: OrderImport) -> None:
        self._place, self._imports = place, imports
        self.folder: WatchedFolder | None = None
        self._watcher = QFileSystemWatcher(place.window)
        self._watcher.directoryChanged.connect(self._look)
        self._again = QTimer(place.window)
        self._again.setSingleShot(True)
        self._again.setInterval(SETTLED_MS)
        self._again.timeout.connect(self._look)
        self._busy = asyncio.Lock()

    def watch_folder(self) -> None:
        """Choose the folder, or end the watch."""
        self._place.conductor.spawn(self._ask())

    async def recall(self) -> None:
        """Go on watching what was watched the last time."""
        preferences, user = self._place.station.services.preferences, self._user
        run = self._place.station.services.lanes.run
        kept = await run(Lane.SQL, partial(preferences.get, user))
        self._follow(watched_in(kept.get(KEPT, "")))

    async def _ask(self) -> None:
        present = self.folder.path if self.folder else None
        form = WatchForm(present, self._place.theme, self._place.window)
        if await ask(form):
            await self.watch(form.folder, with_present=form.with_present)

    async def watch(self, path: Path | None, *, with_present: bool = False) -> None:
        """Watch this folder, or none."""
        folder = WatchedFolder(path) if path else None
        if folder is not None and not with_present:
            folder.take_all()
        self._follow(folder)
        await self._keep()
        told = (
            tr("Watching {name}.", name=path.name) if path else tr("No folder is watched any more.")
        )
        self._place.conductor.tell(Notice(told, Tone.GOOD))

    def _follow(self, folder: WatchedFolder | None) -> None:
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self.folder = folder
        if folder is not None and folder.path.is_dir():
            self._watcher.addPath(str(folder.path))
            self._look()

    def _look(self, _path: str = "") -> None:
        self._place.conductor.spawn(self.look())

    async def look(self) -> None:
        """Take in what is new and whole; look again while a file may still be written."""
        async with self._busy:
            folder = self.folder
            if folder is None:
                return
            run = self._place.station.services.lanes.run
            try:
                ready = await run(Lane.FILES, folder.ready)
            except OSError as error:
                told = tr("The watched folder cannot be read: {strerror}.", strerror=error.strerror)
                self._place.conductor.tell(
                    Notice(told, Tone.BAD, tr("Choose it again in the menu."))
                )
                return
            for file in ready:
                folder.take(file)
                await self._imports.take_silently(file)
            if ready:
                await self._keep()
            if folder.is_waiting:
                self._again.start()

    async def _keep(self) -> None:
        preferences = self._place.station.services.preferences
        values = {KEPT: self.folder.as_text() if self.folder else ""}
        run = self._place.station.services.lanes.run
        await run(Lane.SQL, partial(preferences.put, self._user, values))

    @property
    def _user(self) -> str:
        return self._place.station.services.actor

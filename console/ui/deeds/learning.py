"""Deeds on what driven days teach: read behind the speed table, proposed in it, called off."""

import asyncio
from functools import partial
from threading import Event

from console.dispatch.extracts import Cancelled
from console.dispatch.learning import Taught, learn_speeds
from console.domain.errors import ConsoleError
from console.ui.asking import ask
from console.ui.traffic.lesson import LessonDialog
from console.ui.traffic.table import SpeedsDialog
from console.ui.workplace import Workplace


class LearningDeeds:
    """For one open speed table."""

    def __init__(self, place: Workplace, dialog: SpeedsDialog) -> None:
        self._place, self._dialog = place, dialog
        self._stop: Event | None = None
        dialog.learnWanted.connect(self._learn)
        dialog.finished.connect(self._call_off)

    def _learn(self) -> None:
        if self._stop is None:
            self._place.conductor.spawn(self._teach())
        else:
            self._call_off()
            self._dialog.show_learning(None)

    def _call_off(self, _result: int = 0) -> None:
        """From now on nobody speaks to the dialog, which may be gone."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    async def _teach(self) -> None:
        dialog, stop = self._dialog, Event()
        self._stop = stop
        dialog.show_learning(0.0)
        taught, problem = None, ""
        try:
            taught = await self._read(stop)
        except ConsoleError as error:
            problem = f"{error.message} {error.remedy}"
        if stop.is_set():
            return
        self._stop = None
        dialog.show_learning(None)
        dialog.said.say(problem)
        if taught is not None:
            lesson = LessonDialog(taught, self._place.theme, dialog)
            if await ask(lesson):
                dialog.take_learned(lesson.table)

    async def _read(self, stop: Event) -> Taught | None:
        """None when it was called off."""
        loop, dialog = asyncio.get_running_loop(), self._dialog

        def show(share: float) -> None:
            if not stop.is_set():
                dialog.show_learning(share)

        def told(_sentence: str, share: float) -> None:
            if stop.is_set():
                raise Cancelled
            loop.call_soon_threadsafe(partial(show, share))

        try:
            return await learn_speeds(self._place.station, dialog.table, told)
        except Cancelled:
            return None

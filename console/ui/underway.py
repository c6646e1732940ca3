"""Long work of others' threads: its progress in the strip, and a button that calls it off."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from threading import Event

from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Progress
from console.tongues import tr
from console.ui.notices import Job, Notice, Tone
from console.ui.workplace import Workplace

PATIENCE = 0.4
"""Seconds before work that nobody asked for is shown: most of it is over by then."""
STOPPING = tr("Stopping…")
KEPT = tr("Stopped. What was found until then is kept.")
NOTHING = tr("Nothing is under way that could be stopped.")


class Underway:
    """Every job is shown while it lasts; ``call_off`` ends all that can be."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._running: list[_Running] = []

    def call_off(self) -> None:
        """Stop what is computed; it ends with its next word, and what it has is kept."""
        if not self._running:
            self._place.conductor.tell(Notice(NOTHING))
        for each in self._running:
            self._place.show_job(Job(each.name, STOPPING))
        self.halt()

    def halt(self) -> None:
        """The same without a word: the window closes."""
        for each in self._running:
            each.stop.set()

    @contextmanager
    def job(self, name: str, patience: float = 0.0) -> Generator[Progress]:
        """Its progress, for any thread; raises Cancelled there once it was called off."""
        loop = asyncio.get_running_loop()
        each = _Running(name, loop.time() + patience)
        self._running.append(each)

        def told(sentence: str, share: float) -> None:
            if each.stop.is_set():
                raise Cancelled
            loop.call_soon_threadsafe(partial(self._show, each, sentence, share, loop.time()))

        try:
            yield told
        finally:
            self._running.remove(each)
            self._place.show_job(Job(name, "", running=False))

    @contextmanager
    def behind(self) -> Generator[Progress]:
        """The same for the station's own work: that it was called off is said here."""
        try:
            with self.job("times", PATIENCE) as told:
                yield told
        except Cancelled:
            self.say_kept()

    def say_kept(self) -> None:
        """It was called off; what is there goes on to serve."""
        notice = Notice(KEPT, Tone.WARN, "", "look_up", tr("Go on"))
        self._place.conductor.tell(notice)

    def _show(self, each: "_Running", sentence: str, share: float, at: float) -> None:
        """Unless it is over, was called off, or nobody needs to know yet."""
        if each in self._running and not each.stop.is_set() and at >= each.shown_from:
            job = Job(each.name, f"{sentence}…", share, can_stop=True)
            self._place.show_job(job)


class _Running:
    """One job; shown from a moment of the loop's clock on."""

    def __init__(self, name: str, shown_from: float) -> None:
        self.name, self.shown_from = name, shown_from
        self.stop = Event()

"""Tells colleagues where we are, shows where they are, and says what they did."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer

from console import wording
from console.dispatch.journal import Entry
from console.dispatch.lanes import Lane
from console.dispatch.picture import PictureChange
from console.dispatch.presence import Presence, presence
from console.domain.commands import OpenDay
from console.tongues import tr, trn
from console.ui.colleagues import colleagues, spoken_name
from console.ui.labels import count_text
from console.ui.notices import Notice
from console.ui.theme.figures import with_unit
from console.ui.workplace import Workplace

LOOK_MS = 250
QUIET_S = 3.0
"""Between two notices of what colleagues do: a busy colleague is no alarm."""


class Rollcall:
    """Looks four times a second, on a lane of its own."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._timer = QTimer(place.window)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._looking: asyncio.Task[None] | None = None
        self._told: Presence | None = None
        self._stream, self._version = "", 0
        self._untold: list[Entry] = []
        self._told_at = 0.0
        place.signals.planChanged.connect(self._plan_changed)
        place.signals.companyChanged.connect(self._show)

    def begin(self) -> None:
        """We are here."""
        self._timer.start()

    async def end(self) -> None:
        """We go."""
        self._timer.stop()
        if self._looking is not None:
            await asyncio.gather(self._looking, return_exceptions=True)
        services = self._place.station.services
        await services.lanes.run(Lane.COMPANY, services.company.leave)
        self._told = None

    def _look(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._call())
        self._say_what_they_did()

    async def _call(self) -> None:
        place, station = self._place, self._place.station
        services = station.services
        stream = station.workday.desk.stream
        mine = presence(services.origin, services.actor, stream, place.selection.stops)
        try:
            if mine != self._told:
                await services.lanes.run(Lane.COMPANY, partial(services.company.tell, mine))
                self._told = mine
            heard = await services.lanes.run(Lane.COMPANY, services.company.others)
        except Exception as error:  # noqa: BLE001 - told as any other defect
            place.conductor.report(error)
            return
        place.selection.share(colleagues(heard, stream, services.actor))

    def _show(self, _stops: object) -> None:
        self._place.panes.topbar.people.show_company(self._place.selection.company)

    def _plan_changed(self, _change: PictureChange) -> None:
        """Remember the rows of others; those of a day that was just opened are no news."""
        desk = self._place.station.workday.desk
        newest = desk.confirmed.version
        if desk.stream != self._stream:
            self._stream, self._version = desk.stream, newest
            self._untold.clear()
        fresh = desk.entries[-(newest - self._version) :] if newest > self._version else []
        self._version = newest
        self._untold += [
            entry
            for entry in fresh
            if entry.origin != desk.origin and entry.kind != OpenDay.kind and entry.patch
        ]

    def _say_what_they_did(self) -> None:
        now = time.monotonic()
        if not self._untold or now - self._told_at < QUIET_S:
            return
        news, self._untold, self._told_at = self._untold, [], now
        stops = touched_stops(news)
        deed = ("show_edit", tr("Show")) if stops else ("", "")
        self._place.edited = stops
        self._place.conductor.tell(
            Notice(sentence(news, self._place.station.services.actor), deed=deed[0],
                   deed_label=deed[1])
        )  # fmt: skip


def touched_stops(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The stops these rows changed."""
    return tuple(dict.fromkeys(delta.key for entry in entries for delta in entry.patch.stops))


def sentence(entries: Sequence[Entry], mine: str) -> str:
    """``Ana moved 3 stops``; of several things only how many there were."""
    names = {entry.actor: spoken_name(entry.actor) for entry in entries}
    if mine in names:
        names[mine] = tr("You, in another window,")
    who = " and ".join(names.values())
    kinds = {entry.kind for entry in entries}
    stops = touched_stops(entries)
    routes = {delta.key for entry in entries for delta in entry.patch.routes}
    what = count_text(len(stops)) if stops else _routes(len(routes))
    if len(kinds) == 1:
        return f"{wording.done_by(kinds.pop(), who, what)}."
    return tr("{who} made {entries} changes: {what}.", who=who, entries=len(entries), what=what)


def _routes(count: int) -> str:
    return with_unit(str(count), trn("route", "routes", count))

"""Deeds with streets that colleagues published: told of, and brought here."""

import contextlib
from collections.abc import Callable, Coroutine

from PySide6.QtCore import QTimer

from console.dispatch.depotstreets import Offer, Standing, offered
from console.domain.errors import ConsoleError
from console.formats import number
from console.tongues import tr
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

LOOK_MS = 30_000
"""Between two looks at what is published, while colleagues write."""

Fetch = Callable[[str], Coroutine[object, object, None]]


class SharedStreetDeeds:
    """One method a deed; looks after the open depot's streets in the shared database."""

    def __init__(self, place: Workplace, fetch: Fetch) -> None:
        """``fetch`` brings a published region here."""
        self._place, self._fetch = place, fetch
        self._told: set[str] = set()
        self._offer: Offer | None = None
        self.look = QTimer(place.window)
        self.look.setSingleShot(True)
        self.look.setInterval(LOOK_MS)
        self.look.timeout.connect(self._look_now)

    def fetch_region(self) -> None:
        """Bring the depot's streets here."""
        self._place.conductor.spawn(self._fetch_offered())

    def news(self) -> None:
        """A colleague wrote something: it may be streets."""
        if self._place.station.services.publications is not None and not self.look.isActive():
            self.look.start()

    def end(self) -> None:
        """The window closes."""
        self.look.stop()

    def _look_now(self) -> None:
        self._place.conductor.spawn(self.follow())

    async def follow(self) -> None:
        """Offer the depot's streets where they are missing here, or a newer version is there."""
        with contextlib.suppress(ConsoleError):  # what cannot be asked is not offered
            self._offer = await self._of_depot()
            self._show(self._offer)

    async def _fetch_offered(self) -> None:
        self._offer = await self._of_depot()
        if self._offer is None or self._offer.standing is Standing.SAME:
            text = tr("There is nothing newer in the shared database.")
            self._place.conductor.tell(Notice(text))
            return
        await self._fetch(self._offer.name)

    async def _of_depot(self) -> Offer | None:
        depot = self._place.station.depot
        if depot is None:
            return None
        wanted = depot.region.casefold()
        found = await offered(self._place.station.services)
        return next((each for each in found if each.name.casefold() == wanted), None)

    def _show(self, offer: Offer | None) -> None:
        depot, page = self._place.station.depot, self._place.panes.map_view.missing
        if depot is None or not depot.region:
            return
        if offer is None:
            page.offer(_unpublished(depot.region) if self._is_shared else "", "", lambda: None)
        elif offer.standing is Standing.MISSING:
            text = tr("The streets of {name} are not on this computer yet.", name=offer.name)
            page.offer(text, _label(offer), self.fetch_region)
            self._tell_once(offer, Notice(text, Tone.WARN))
        elif offer.standing is Standing.NEWER:
            text = tr("Newer streets of {name} are in the shared database.", name=offer.name)
            self._tell_once(offer, Notice(text))

    @property
    def _is_shared(self) -> bool:
        return self._place.station.services.publications is not None

    def _tell_once(self, offer: Offer, notice: Notice) -> None:
        known = offer.published.package.id
        if known not in self._told:
            self._told.add(known)
            self._place.conductor.tell(
                Notice(notice.text, notice.tone, deed="fetch_region", deed_label=tr("Fetch them"))
            )


def _label(offer: Offer) -> str:
    size = number(offer.published.package.size / 1e6, 1)
    return tr("Fetch them ({size} MB)", size=size)


def _unpublished(name: str) -> str:
    return tr(
        "The streets of {name} are not on this computer, and nobody has published them. Ask a "
        "manager to, or add their extract.",
        name=name,
    )

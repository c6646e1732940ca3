"""Deeds on what dispatchers found out: shared, shown where it applies, voted on."""

from collections.abc import Sequence

from console.dispatch.insights import Shared, end_on, insights, known_of, share, vote
from console.dispatch.openactions import today_of
from console.domain.insight import About, Insight, Topic
from console.domain.plan import Cause, Stop
from console.tongues import tr
from console.ui.asking import ask
from console.ui.details.card import Part
from console.ui.insights.form import InsightForm
from console.ui.insights.sheet import InsightsSheet
from console.ui.insights.words import ABOUTS, known_part
from console.ui.labels import route_label
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace
from console.wording import cause


class InsightDeeds:
    """One method a deed; ``reread`` when registers changed, so that colleagues' are seen."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._shared: Sequence[Shared] = ()
        self._is_opening = False
        self.sheet: InsightsSheet | None = None
        place.panes.details.known = self._known

    def reread(self) -> None:
        """Somebody may have shared something."""
        self._place.conductor.spawn(self._read())

    async def _read(self) -> None:
        station = self._place.station
        if station.depot is None:
            return
        before, self._shared = self._shared, await insights(station)
        if self._shared != before:
            self._place.panes.details.refresh()
        if self.sheet is not None:
            self.sheet.show_shared(self._shared, today_of(station))

    def _known(self, stop: Stop) -> Part:
        station = self._place.station
        if not self._shared:
            return known_part(())
        return known_part(known_of(stop, station.picture, self._shared, today_of(station)))

    # -- shared ------------------------------------------------------------------------------------

    def share_insight(self) -> None:
        """About the picked stop and all it has to do with, the lit route's crew, or everybody."""
        self._place.conductor.spawn(self.write())

    async def write(self, first: tuple[Topic, str] | None = None, text: str = "") -> None:
        """Ask for it, ``first`` what it is about, where that is known, and keep it."""
        place, station = self._place, self._place.station
        topics = [*([first] if first else []), *self._topics()]
        over = self.sheet or place.window
        form = InsightForm(topics, today_of(station), place.theme, over, text)
        if await ask(form):
            await share(station, form.topic, form.text, form.until)
            await self._read()
            place.conductor.tell(Notice(tr("Shared with every dispatcher here."), Tone.GOOD))

    def _topics(self) -> list[tuple[Topic, str]]:
        picked = next(iter(self._place.picked()), None)
        found = [*(self._of_stop(picked) if picked else ()), *self._crew()]
        causes: list[tuple[Topic, str]] = [
            ((About.CAUSE, each.value), f"{ABOUTS[About.CAUSE]} {cause(each)}") for each in Cause
        ]
        return [*found, ((About.DEPOT, ""), ABOUTS[About.DEPOT]), *causes]

    def _of_stop(self, stop: Stop) -> list[tuple[Topic, str]]:
        label = self._place.station.picture.labels.get(stop.id)
        if label is None:
            return []
        door = (About.DOOR, str(stop.place)), f"{ABOUTS[About.DOOR]} {label.street}"
        area = (About.AREA, label.town), f"{ABOUTS[About.AREA]} {label.town}"
        return [door, *([area] if label.town else [])]

    def _crew(self) -> list[tuple[Topic, str]]:
        picture, route = self._place.station.picture, self._place.route()
        if route is None:
            return []
        shift, label = picture.plan.routes[route].shift, route_label(picture, route)
        driver = (About.DRIVER, str(shift.driver)), f"{ABOUTS[About.DRIVER]} {label.name}"
        van = (About.VEHICLE, str(shift.vehicle)), f"{ABOUTS[About.VEHICLE]} {label.plate}"
        return [driver, *([van] if label.plate else [])]

    # -- the list ----------------------------------------------------------------------------------

    def insights(self) -> None:
        """All of them in a sheet."""
        if self.sheet is None and not self._is_opening:
            self._place.conductor.spawn(self._open())

    async def _open(self) -> None:
        self._is_opening = True
        try:
            await self._read()
        finally:
            self._is_opening = False
        place = self._place
        sheet = InsightsSheet(place.theme, place.window)
        sheet.voted.connect(self._voted)
        sheet.ended.connect(self._ended)
        sheet.shareAsked.connect(self.share_insight)
        sheet.finished.connect(self._closed)
        sheet.show_shared(self._shared, today_of(place.station))
        self.sheet = sheet
        sheet.open()

    def _closed(self, _result: int) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None

    def _voted(self, insight: Insight, holds: bool) -> None:
        self._place.conductor.spawn(self._vote(insight, holds=holds))

    async def _vote(self, insight: Insight, *, holds: bool) -> None:
        await vote(self._place.station, insight.id, holds=holds)
        await self._read()

    def _ended(self, insight: Insight) -> None:
        self._place.conductor.spawn(self._end(insight))

    async def _end(self, insight: Insight) -> None:
        """Today is its last day."""
        await end_on(self._place.station, insight, today_of(self._place.station))
        await self._read()

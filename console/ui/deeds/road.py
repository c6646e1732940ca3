"""Deeds on a road that is closed for a while: the zone holds at once, the plan follows."""

from collections.abc import Sequence

from console.dispatch.closures import close_road, closure, round_about
from console.dispatch.dropping import careful
from console.dispatch.extracts import Cancelled
from console.domain.places import Coordinate
from console.domain.plan import RouteId
from console.tongues import tr, trn
from console.ui.deeds.answering import Answering
from console.ui.deeds.mapasking import MapAsking
from console.ui.dialogs.happened_forms import OnMap, RoadForm
from console.ui.labels import route_label
from console.ui.notices import Notice, Tone
from console.ui.underway import Underway
from console.ui.workplace import Workplace

_NAMED = 4
"""Drivers who went through and are named in one notice."""


class RoadDeeds:
    """The place is told on the map."""

    def __init__(
        self, place: Workplace, answering: Answering, asking: MapAsking, underway: Underway
    ) -> None:
        self._place, self._answering = place, answering
        self._map, self._underway = asking, underway

    async def close(self, form: RoadForm) -> None:
        """The zone holds at once; then the plan goes round it."""
        corners = await self._corners(form)
        if not corners:
            return
        station = self._place.station
        zone = closure(station, corners, form.ends)
        try:
            with self._underway.job("traffic") as told:
                routes = await close_road(station, zone, told)
        except Cancelled:
            self._underway.say_kept()
            return
        self._tell(zone.name, routes)
        if routes:
            words = tr("Planning around the closed road…")
            await self._answering.answer(words, careful(self._answering.terms()))

    async def _corners(self, form: RoadForm) -> tuple[Coordinate, ...]:
        if form.way is OnMap.DRAWN:
            return await self._map.shape(
                tr("Click the corners of what is closed; the first one again, or Enter, ends it")
            )
        metres = form.metres.value()
        point = await self._map.point(tr("Click the middle of what is closed"))
        return round_about(point, metres) if point else ()

    def _tell(self, what: str, routes: Sequence[RouteId]) -> None:
        """Who went through, and that undo opens the road again."""
        picture = self._place.station.picture
        names = ", ".join(route_label(picture, route).name for route in routes[:_NAMED])
        more = "…" if len(routes) > _NAMED else ""
        said = trn(
            "{n} route went through: {names}",
            "{n} routes went through: {names}",
            len(routes),
            names=names + more,
        )
        told = f"{what}. {said if routes else tr('No route goes through.')}"
        tone = Tone.WARN if routes else Tone.GOOD
        self._place.conductor.tell(Notice(told, tone, deed="undo", deed_label=tr("Undo")))

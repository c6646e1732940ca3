"""The way a driver drove today, on the map: the roads, the distance, and what nobody can tell."""

import contextlib

from console.dispatch.extracts import Cancelled
from console.dispatch.picture import PictureChange
from console.dispatch.tracking import Tracking
from console.dispatch.waydriven import WayDriven, way_driven
from console.domain.plan import RouteId
from console.tongues import tr, trn
from console.ui.dialogs.measuring import distance
from console.ui.labels import route_label
from console.ui.notices import Notice, Tone
from console.ui.underway import Underway
from console.ui.window import PLAN
from console.ui.workplace import Workplace

NO_POSITIONS = tr("No positions of this driver are kept for this day.")


class WayDrivenDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, underway: Underway, tracking: Tracking) -> None:
        self._place, self._underway, self._tracking = place, underway, tracking
        self._shown: RouteId | None = None
        place.signals.planChanged.connect(self._plan_changed)

    def way_driven(self) -> None:
        """Draw the way of the route that is meant; the same again takes it off the map."""
        route = self._place.route()
        if route is None:
            return
        if route == self._shown:
            self._clear()
            return
        self._place.conductor.spawn(self._draw(route))

    async def _draw(self, route: RouteId) -> None:
        place = self._place
        self._clear()
        with contextlib.suppress(Cancelled), self._underway.job("way_driven") as told:
            await self._tracking.keep()
            driven = await way_driven(place.station, route, told)
            if not driven.positions:
                place.conductor.tell(Notice(NO_POSITIONS, Tone.WARN))
                return
            self._shown = route
            if not place.panes.map_view.isVisible():
                place.window.show_page(PLAN)
            lines = [[(at.lat, at.lon) for at in line] for line in driven.trace.lines]
            place.panes.map_view.set_driven(lines)
            place.conductor.tell(Notice(self._said(route, driven)))

    def _said(self, route: RouteId, driven: WayDriven) -> str:
        picture, trace = self._place.station.picture, driven.trace
        said = tr(
            "{driver}, until {clock}: {driven} driven, {planned} planned for the whole route.",
            driver=route_label(picture, route).name,
            clock=picture.clock(driven.positions[-1].at),
            driven=distance(trace.metres),
            planned=distance(driven.planned_metres),
        )
        gaps = len(trace.gaps)
        if not gaps:
            return said
        more = trn(
            "{n} piece is missing: no road near, or no position for long.",
            "{n} pieces are missing: no road near, or no position for long.",
            gaps,
            n=gaps,
        )
        return f"{said} {more}"

    def _plan_changed(self, change: PictureChange) -> None:
        """Another day has other ways."""
        if self._shown is not None and self._shown not in change.after.plan.routes:
            self._clear()

    def _clear(self) -> None:
        self._shown = None
        self._place.panes.map_view.set_driven([])

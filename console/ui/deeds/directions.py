"""Deeds of a route's way: directions beside the map, and codes for the driver's phone."""

import contextlib

from PySide6.QtGui import QGuiApplication

from console.dispatch.directions import directions, spoken_by
from console.dispatch.extracts import Cancelled
from console.dispatch.maplinks import MapLink
from console.dispatch.picture import PictureChange
from console.domain.plan import RouteId
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.directions import DirectionsPanel
from console.ui.dialogs.languages import usual_language
from console.ui.dialogs.phone import PhoneSheet
from console.ui.labels import route_label
from console.ui.notices import Notice, Tone
from console.ui.underway import Underway
from console.ui.window import PLAN
from console.ui.workplace import Workplace

_NEAR = 17.0  # the zoom at which a crossing fills the map
NO_STOPS = tr("This route has no stops yet.")


class DirectionDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, underway: Underway) -> None:
        self._place, self._underway = place, underway
        self._route: RouteId | None = None
        self._told_to: RouteId | None = None
        self._app = MapLink.GOOGLE
        self._usual = usual_language()
        self.panel: DirectionsPanel | None = None

    def directions(self) -> None:
        """The way of the route that is meant; away again where it is open."""
        panel = self.panel or self._new_panel()
        if panel.isVisible():
            panel.end()
            return
        route = self._place.route()
        if route is None or route not in self._place.station.picture.schedules:
            self._place.conductor.tell(Notice(NO_STOPS, Tone.WARN))
            return
        self._place.window.show_page(PLAN)
        self._place.window.right.show_tool(panel)
        self._show(route)

    def to_phone(self) -> None:
        """Codes of the route that is meant."""
        route = self._place.route()
        if route is None or route not in self._place.station.picture.schedules:
            self._place.conductor.tell(Notice(NO_STOPS, Tone.WARN))
            return
        self._place.conductor.spawn(self._ask_phone(route))

    async def _ask_phone(self, route: RouteId) -> None:
        place = self._place
        sheet = PhoneSheet(place.station.picture, route, self._app, place.theme, place.window)
        await ask(sheet)
        self._app = sheet.kind

    def _new_panel(self) -> DirectionsPanel:
        panel = DirectionsPanel(self._place.theme, self._place.window)
        panel.asked.connect(self._again)
        panel.placePicked.connect(self._look)
        panel.copied.connect(self._copy)
        panel.phoneWanted.connect(self.to_phone)
        self._place.signals.planChanged.connect(self._plan_changed)
        self._place.signals.selectionChanged.connect(self._picked)
        self.panel = panel
        return panel

    def _show(self, route: RouteId) -> None:
        if self.panel is not None:
            self._route = route
            label = route_label(self._place.station.picture, route)
            self.panel.show_route(label, "")
            self._place.conductor.spawn(self._fetch(route))

    async def _fetch(self, route: RouteId) -> None:
        with contextlib.suppress(Cancelled):
            await self._fetched(route)

    async def _fetched(self, route: RouteId) -> None:
        panel, place = self.panel, self._place
        if panel is None:
            return
        if route != self._told_to:
            own = await spoken_by(place.station)
            driver = place.station.workday.desk.plan.routes[route].shift.driver
            panel.language.choose(own.get(driver, self._usual))
            self._told_to = route
        language = panel.language.chosen
        with self._underway.job("directions") as told:
            found = await directions(place.station, [route], language, told)
        if route != self._route or language != panel.language.chosen:
            return  # another one was asked for meanwhile
        picture = place.station.picture
        schedule = picture.schedules.get(route)
        visits = schedule.visits if schedule else ()
        clocks = {visit.stop: picture.clock(visit.arrival) for visit in visits}
        panel.show_way(found.get(route, ()), clocks, place.station.workday.matrix.source)
        panel.open_leg(next(iter(place.selection.stops), None))

    def _again(self) -> None:
        if self.panel is not None:
            self._usual = self.panel.language.chosen
        if self._is_open() and self._route is not None:
            self._show(self._route)

    def _plan_changed(self, change: PictureChange) -> None:
        """The way anew where the route looks different."""
        route = self._route
        if not self._is_open() or route is None:
            return
        if route not in change.after.schedules:
            self._end()
        elif change.everything or route in change.routes:
            self._show(route)

    def _picked(self, _stops: object) -> None:
        """Another route's way, or the leg to the stop that was picked."""
        if self.panel is None or not self._is_open():
            return
        route = self._place.route()
        if route is not None and route != self._route:
            if route in self._place.station.picture.schedules:
                self._show(route)
        else:
            self.panel.open_leg(next(iter(self._place.selection.stops), None))

    def _is_open(self) -> bool:
        return self.panel is not None and self.panel.isVisible()

    def _end(self) -> None:
        if self.panel is not None:
            self.panel.end()

    def _look(self, lat: float, lon: float) -> None:
        self._place.panes.map_view.move_camera(lat, lon, _NEAR)

    def _copy(self) -> None:
        if self.panel is not None:
            QGuiApplication.clipboard().setText(self.panel.text)
            self._place.conductor.tell(Notice(tr("Copied: paste it into a message."), Tone.GOOD))

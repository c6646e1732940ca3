"""The picture on the map: marks from values, and lines along streets fetched behind."""

from collections.abc import Coroutine, Iterable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer

from console.dispatch.lanes import Lane
from console.dispatch.picture import Picture, PictureChange
from console.dispatch.ports import Geometry
from console.dispatch.station import Station
from console.domain.places import Coordinate
from console.domain.plan import Fact, FactKind, Plan, RouteId, StopId, StopStatus
from console.domain.violations import Rule
from console.ui.labels import count_text, route_label
from console.ui.map.marks import DepotMark, RouteLine, StopMark, StopState
from console.ui.map.view import MapView
from console.ui.selection import Selection
from console.ui.signals import Signals
from console.ui.theme.figures import hours, km
from console.ui.theme.theme import Theme

Line = tuple[tuple[float, float], ...]
Points = tuple[Coordinate, ...]

_ENDED = {StopStatus.DELIVERED: StopState.DONE, StopStatus.FAILED: StopState.FAILED}


class Spawn(Protocol):
    """Runs a coroutine whose errors become notices."""

    def __call__(self, work: Coroutine[object, object, object]) -> None: ...


class Cartographer:
    """Keeps one MapView showing the present picture."""

    def __init__(
        self, view: MapView, station: Station, *, selection: Selection, theme: Theme, spawn: Spawn
    ) -> None:
        self._view, self._station, self._theme = view, station, theme
        self._selection, self._spawn = selection, spawn
        self._lines: dict[Points, Line] = {}
        self._wanted: set[Points] = set()
        self._region = ""
        self._fits = False
        self._later = QTimer(view)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._draw_now)
        view.stopClicked.connect(self._stop_clicked)
        view.routeClicked.connect(self._route_clicked)
        view.lightCleared.connect(self._light_cleared)
        view.areaSelected.connect(self._area_selected)
        theme.changed.connect(self.draw)

    def follow(self, signals: Signals) -> None:
        """Draw what changes."""
        signals.planChanged.connect(self._plan_changed)
        signals.selectionChanged.connect(self._show_selection)

    def show_region(self) -> None:
        """The streets of the open day's region."""
        region = self._station.region
        if region is None:
            self._view.show_region(None, None)
            return
        if region.hash != self._region:
            self._region = region.hash
            self._lines.clear()
            self._view.show_region(self._station.services.basemap(region), region.bounds)

    def draw(self) -> None:
        """Everything anew; only what differs travels to the page."""
        picture = self._station.picture
        self._view.set_depots(
            DepotMark(place, point.lat, point.lon, picture.depot_name)
            for place, point in picture.depots.items()
        )
        self._view.set_stops(stop_marks(picture, self._theme))
        self._draw_routes(picture)
        self._show_selection()

    def _plan_changed(self, change: PictureChange) -> None:
        """Draw in the loop's next turn: what is under the dispatcher's hand is painted first."""
        self._fits = self._fits or (change.everything and not change.before.plan.stops)
        self._later.start()

    def _draw_now(self) -> None:
        self.draw()
        if self._fits:
            self._fits = False
            self._view.fit()

    def _draw_routes(self, picture: Picture) -> None:
        missing: list[Points] = []
        lines: list[RouteLine] = []
        for route in picture.schedules:
            points = route_points(picture, route)
            if len(points) > 1:
                line = self._lines.get(points)
                if line is None:
                    missing.append(points)
                    line = tuple((point.lat, point.lon) for point in points)
                lines.append(self._route_line(picture, route, line))
        self._view.set_routes(lines)
        fresh = [points for points in missing if points not in self._wanted]
        if fresh and self._station.region is not None:
            self._wanted |= set(fresh)
            self._spawn(self._fetch(fresh))

    async def _fetch(self, wanted: Sequence[Points]) -> None:
        streets = await self._station.streets()
        try:
            for points in wanted:
                answer = await self._station.services.lanes.run(
                    Lane.STREETS, partial(streets.geometry, points)
                )
                self._lines[points] = flattened(answer)
        finally:
            self._wanted -= set(wanted)
        self._draw_routes(self._station.picture)

    def _route_line(self, picture: Picture, route: RouteId, line: Line) -> RouteLine:
        label = route_label(picture, route)
        schedule = picture.schedules[route]
        summary = (
            f"{count_text(len(schedule.visits))} · {km(schedule.metres)} · "
            f"{hours(schedule.duration)} h"
        )
        return RouteLine(
            key=route,
            number=label.number,
            color=self._theme.driver_color(label.number).name(),
            ink=self._theme.driver_ink(label.number).name(),
            points=line,
            pattern=self._theme.driver_pattern(label.number),
            locked=picture.plan.routes[route].is_frozen,
            name=label.name,
            summary=summary,
        )

    def _show_selection(self, _stops: object = None) -> None:
        self._view.set_selection(self._selection.stops)
        self._view.light_route(self._selection.route)

    def _route_clicked(self, key: str) -> None:
        self._selection.light(RouteId(key))

    def _light_cleared(self) -> None:
        self._selection.light(None)

    def _stop_clicked(self, key: str, modifiers: Qt.KeyboardModifier) -> None:
        stop = StopId(key)
        plan = self._station.picture.plan
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self._selection.toggle(stop)
        elif stop in plan.stops:
            self._selection.pick([stop], plan.stops[stop].route)

    def _area_selected(self, keys: Iterable[str], modifiers: Qt.KeyboardModifier) -> None:
        stops = [StopId(key) for key in keys if key in self._station.picture.plan.stops]
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selection.extend(stops)
        else:
            self._selection.pick(stops)


def route_points(picture: Picture, route: RouteId) -> Points:
    """Depot, stops in order, depot."""
    depot = picture.depots.get(picture.plan.routes[route].shift.place)
    ends = (depot,) if depot else ()
    labels = (picture.labels.get(stop) for stop in picture.plan.routes[route].stops)
    stops = tuple(label.coordinate for label in labels if label and label.coordinate)
    return (*ends, *stops, *ends)


def flattened(geometry: Geometry) -> Line:
    """All legs as one line, shared ends once."""
    line: list[tuple[float, float]] = []
    for leg in geometry.legs:
        for point in leg:
            pair = (point.lat, point.lon)
            if not line or line[-1] != pair:
                line.append(pair)
    return tuple(line)


def stop_marks(picture: Picture, theme: Theme) -> list[StopMark]:
    """A mark for every stop that is on the map."""
    late = {
        v.stop: round(v.amount / 60)
        for schedule in picture.schedules.values()
        for v in schedule.violations
        if v.rule is Rule.LATE and v.stop is not None
    }
    troubled = exceptions_of(picture.plan)
    marks: list[StopMark] = []
    for stop in picture.plan.stops.values():
        label = picture.labels.get(stop.id)
        if label is None or label.coordinate is None:
            continue
        state = _ENDED.get(stop.status, StopState.NORMAL)
        if stop.route is None and stop.is_open:
            state = StopState.UNASSIGNED
        elif stop.id in late and stop.is_open:
            state = StopState.LATE
        number = route_label(picture, stop.route).number if stop.route else 0
        badge = f"+{max(1, late[stop.id])}" if stop.id in late else ""
        marks.append(
            StopMark(
                key=stop.id,
                route_key=stop.route,
                number=picture.numbers.get(stop.id),
                lat=label.coordinate.lat,
                lon=label.coordinate.lon,
                state=state,
                badge=badge or ("!" if stop.id in troubled else ""),
                color=theme.driver_color(number).name() if number else "",
                ink=theme.driver_ink(number).name() if number else "",
                pinned=stop.pinned,
                label=label.street,
            )
        )
    return marks


def exceptions_of(plan: Plan) -> dict[str, Fact]:
    """The newest exception of every stop or route that has one."""
    logged = [fact for fact in plan.facts.values() if fact.kind is FactKind.EXCEPTION]
    return {fact.subject: fact for fact in sorted(logged, key=lambda f: f.happened_at)}

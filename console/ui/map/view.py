"""The map widget: values in, signals out."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.dispatch.ports import Basemap
from console.domain.places import Coordinate
from console.ui.ink import is_mirrored
from console.ui.map.empty import EmptyMap
from console.ui.map.layers import Layers
from console.ui.map.marks import DepotMark, RouteLine, Sides, StopMark, VanMark, ZoneMark
from console.ui.map.scheme import register_scheme
from console.ui.map.shown import Shown, flat_points
from console.ui.map.web import MapWeb
from console.ui.map.words import WORDS
from console.ui.theme.theme import Theme

__all__ = ["MapView", "register_scheme"]

_COPYRIGHT = "https://www.openstreetmap.org/copyright"
_TILE_ZOOMS = {"max_zoom": 14}

Bounds = tuple[float, float, float, float]
"""(south, west, north, east) in degrees."""


class MapView(QWidget):
    """Streets, routes, stops and depots of one depot's day.

    Everything may be set at any time; the page is told when it is there, and again after a crash.
    ``areaSelected`` carries the keys and the keyboard modifiers; ``hovered`` the key of the stop
    or route under the mouse, or ""; ``menuAsked`` the same with a position in this widget.
    ``settled`` says that all is painted, tiles included. ``zoneDrawn`` carries the corners of a
    shape, lat, lon, lat, lon, when it is whole and after each mend; ``drawingEnded``: what is drawn
    or pointed at was called off. ``layersChanged`` carries a ``Layers``.
    """

    ready = Signal()
    settled = Signal()
    stopClicked = Signal(str, object)
    stopDoubleClicked = Signal(str)
    routeClicked = Signal(str)
    mapClicked = Signal(float, float)
    pointPicked = Signal(float, float)
    areaSelected = Signal(list, object)
    stopDragged = Signal(str)
    hovered = Signal(str)
    menuAsked = Signal(str, QPoint)
    lightCleared = Signal()
    regionWanted = Signal()
    sideChosen = Signal(str)
    candidatePicked = Signal(float, float)
    zoneDrawn = Signal(list)
    drawingEnded = Signal()
    layersChanged = Signal(object)

    def __init__(
        self, theme: Theme, cache: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_bare = False
        self.is_asking = False
        self.cache = cache or _default_cache()
        self._camera: dict[str, float] | None = None
        self._region: dict[str, object] | None = None
        self._bounds: Bounds | None = None
        self._version = 0
        self._credit = ""
        self.layers = Layers()
        self._zones: list[ZoneMark] = []
        self._reach: list[ZoneMark] = []
        self._was_ready = False
        self._web = MapWeb(self.cache)
        self._shown = Shown(self._web.send)
        self._lay_out()
        self._connect()
        self._web.page.setBackgroundColor(theme.color("map"))
        self._web.load()

    def another(self) -> "MapView":
        """A further view on the same streets, in the same layers, without the day on it."""
        made = MapView(self._theme, self.cache)
        made.is_bare = True
        made.set_layers(self.layers)
        made.show_region(self._web.handler.basemap, self._bounds)
        return made

    def show_region(self, basemap: Basemap | None, bounds: Bounds | None) -> None:
        """Show a region's streets; None where no region is installed."""
        self._version += 1
        self._web.handler.basemap = basemap
        self._credit = basemap.attribution if basemap else ""
        self._camera, self._bounds = None, bounds
        known = basemap is not None and bounds is not None
        self._region = {"bounds": bounds, "version": self._version} if known else None
        if self._region:
            self._web.send("region", self._region)
        self._send_layers()
        self._stack.setCurrentWidget(self._web if known else self.missing)

    def set_theme(self) -> None:
        """Send colours, fonts and words again; the theme's own changes do it by themselves."""
        self._web.page.setBackgroundColor(self._theme.color("map"))
        self._web.send("theme", self._theme_body())

    def set_routes(self, routes: Iterable[RouteLine]) -> None:
        """Show exactly these routes; only what differs travels to the page."""
        self._shown.set_routes(routes)

    def set_stops(self, stops: Iterable[StopMark]) -> None:
        """Show exactly these stops; only what differs travels to the page."""
        self._shown.set_stops(stops)

    def set_depots(self, depots: Iterable[DepotMark]) -> None:
        """Show exactly these depots."""
        self._shown.set_depots(depots)

    def set_selection(self, keys: Iterable[str]) -> None:
        """Ring the stops with these keys."""
        self._shown.set_single("selection", sorted(keys))

    def light_route(self, key: str | None) -> None:
        """Raise one route over the others, or none."""
        self._shown.set_single("lit", key)

    def set_preview(self, points: Sequence[tuple[float, float]] | None) -> None:
        """Draw the dashed line of a drop that is being considered; (lat, lon) pairs."""
        self._shown.set_single("preview", flat_points(points) if points else None)

    def set_driven(self, lines: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw the pieces of a way that was driven; (lat, lon) pairs."""
        self._shown.set_single("driven", [flat_points(line) for line in lines])

    def set_dragging(self, *, on: bool) -> None:
        """While stops are dragged every route but the lit one steps back."""
        self._shown.set_single("dragging", on)

    def set_sides(self, sides: Sides | None) -> None:
        """Offer to show one of two plans or both; None while there is only one."""
        self._shown.set_single("sides", sides)

    def set_candidates(self, spots: Sequence[tuple[str, Coordinate]]) -> None:
        """Numbered pins where an address may be; a click or drag emits ``candidatePicked``."""
        marks = [{"label": label, "lat": at.lat, "lon": at.lon} for label, at in spots]
        self._shown.set_single("candidates", marks)

    def set_vans(self, vans: Iterable[VanMark]) -> None:
        """Show exactly these drivers where they are."""
        self._shown.set_single("vans", list(vans))

    def set_zones(self, zones: Iterable[ZoneMark]) -> None:
        """Show exactly these zones."""
        self._zones = list(zones)
        self._show_areas()

    def set_reach(self, areas: Iterable[ZoneMark]) -> None:
        """Show exactly these areas within reach, below the zones."""
        self._reach = list(areas)
        self._show_areas()

    def _show_areas(self) -> None:
        self._shown.set_single("zones", [*self._reach, *self._zones])

    def draw_zone(self, tool: str, prompt: str = "", corners: Sequence[float] = ()) -> None:
        """Let the mouse draw a polygon, rectangle or circle, or ``edit`` corners; '' ends it."""
        self.is_asking = bool(tool)
        self._web.send("draw", {"tool": tool, "corners": corners, "prompt": prompt})

    def set_layers(self, layers: Layers) -> None:
        """Show what the user chose."""
        self.layers = layers
        self._version += 1
        self._web.handler.online.template = layers.online.template if layers.online else ""
        self.set_theme()
        self._send_layers()

    def fit(self, keys: Iterable[str] | None = None) -> None:
        """Show these stops and routes whole; None: the whole day."""
        self._web.send("fit", None if keys is None else list(keys))

    def centre_on(self, key: str) -> None:
        """Move a stop or depot to the middle."""
        self._web.send("centre", key)

    def move_camera(self, lat: float, lon: float, zoom: float) -> None:
        """Look at a point from a zoom (half steps, 3 to 19)."""
        self._web.send("camera", {"lat": lat, "lon": lon, "zoom": zoom})

    def pick_point_mode(self, prompt: str, on: bool) -> None:
        """While on, a click places a marker that can be dragged; each emits ``pointPicked``."""
        self.is_asking = on
        self._shown.set_mode("pick", {"on": on, "prompt": prompt})

    def call_off(self) -> bool:
        """Ask for no point or shape any more; False where nothing was asked for."""
        was_asking = self.is_asking
        if was_asking:
            self.drawingEnded.emit()
        return was_asking

    def select_area_mode(self, on: bool) -> None:
        """While on, dragging selects an area without Shift."""
        self._shown.set_mode("area", on)

    def counts(self, answer: Callable[[dict[str, int]], None]) -> None:
        """Answer how much the page shows: stops, routes, depots, tiles, discs, tags, badges."""
        self._web.ask("counts()", lambda text: answer(json.loads(text) if text else {}))

    def where(self, key: str, answer: Callable[[QPoint | None], None]) -> None:
        """Answer where a stop or depot lies in this widget."""

        def point(text: str) -> None:
            found = json.loads(text) if text else None
            answer(QPoint(round(found[0]), round(found[1])) if found else None)

        self._web.ask(f"where({json.dumps(key)})", point)

    def under(self, point: QPoint, answer: Callable[[str, str], None]) -> None:
        """Answer the keys of the route and the stop that a drop there would land on, or ''."""

        def found(text: str) -> None:
            told: dict[str, str | None] = json.loads(text) if text else {}
            answer(told.get("route") or "", told.get("stop") or "")

        self._web.ask(f"pointer.hands.under({point.x()}, {point.y()})", found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_size()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_size()

    def _tell_size(self) -> None:
        if self.isVisible():
            self._web.send("size", {"width": self.width(), "height": self.height()})

    def _lay_out(self) -> None:
        self.missing = EmptyMap(WORDS["missing"], WORDS["add_region"], self.regionWanted.emit)
        self._stopped = EmptyMap(WORDS["stopped"], WORDS["reload"], self._reload)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for page in (self._web, self.missing, self._stopped):
            self._stack.addWidget(page)
        self.setMinimumSize(240, 160)

    def _connect(self) -> None:
        self._theme.changed.connect(self.set_theme)
        self._web.loaded.connect(self._tell_all)
        self._web.given_up.connect(lambda: self._stack.setCurrentWidget(self._stopped))
        bridge = self._web.bridge
        self._web.settled.connect(self._settle)
        bridge.stop_hit.connect(self.stopClicked)
        bridge.stop_hit_twice.connect(self.stopDoubleClicked)
        bridge.route_hit.connect(self.routeClicked)
        bridge.ground_hit.connect(self.mapClicked)
        bridge.point_set.connect(self.pointPicked)
        bridge.area_set.connect(self.areaSelected)
        bridge.under_mouse.connect(self.hovered)
        bridge.light_off.connect(self.lightCleared)
        bridge.menu_wanted.connect(self._ask_menu)
        bridge.camera_moved.connect(self._remember_camera)
        bridge.side_wanted.connect(self.sideChosen)
        bridge.candidate_set.connect(self.candidatePicked)
        bridge.stop_pulled.connect(self.stopDragged)
        bridge.credit_wanted.connect(self._open_credit)
        bridge.corners_set.connect(self.zoneDrawn)
        bridge.pencil_down.connect(self.drawingEnded)
        bridge.layer_set.connect(self._layer_chosen)
        bridge.style_wanted.connect(self._style_chosen)

    def _open_credit(self) -> None:
        """The copyright of OpenStreetMap's data, where they are what is shown."""
        shown = self.layers.online.credit if self.layers.is_online and self.layers.online else ""
        if "OpenStreetMap" in (shown or self._credit):
            QDesktopServices.openUrl(QUrl(_COPYRIGHT))

    def _layer_chosen(self, name: str, shown: bool) -> None:
        self._choose(self.layers.with_layer(name, shown=shown))

    def _style_chosen(self, style: str) -> None:
        self._choose(replace(self.layers, style=style))

    def _choose(self, layers: Layers) -> None:
        self.set_layers(layers)
        self.layersChanged.emit(layers)

    def _send_layers(self) -> None:
        self._web.send("layers", self.layers.body(self._version, self._credit))

    def _tell_all(self) -> None:
        self._tell_size()
        self.set_theme()
        if self._region:
            self._web.send("region", self._region)
        self._send_layers()
        self._shown.send_all()
        self._web.send("camera" if self._camera else "fit", self._camera)

    def _settle(self) -> None:
        if not self._was_ready:
            self._was_ready = True
            self.ready.emit()
        self.settled.emit()

    def _reload(self) -> None:
        self._stack.setCurrentWidget(self._web)
        self._web.try_again()

    def _ask_menu(self, key: str, x: int, y: int) -> None:
        self.menuAsked.emit(key, QPoint(x, y))

    def _remember_camera(self, lat: float, lon: float, zoom: float) -> None:
        self._camera = {"lat": lat, "lon": lon, "zoom": zoom}

    def _theme_body(self) -> dict[str, object]:
        tokens, scheme = self._theme.tokens, self._theme.scheme
        return {
            "color": tokens.colors[scheme],
            "map": tokens.maps[self.layers.scheme(scheme)],
            "marker": tokens.markers,
            "line": tokens.lines,
            "opacity": tokens.opacities,
            "families": self._theme.css_families(),
            "scale": self._theme.scale,
            "words": WORDS,
            "bare": self.is_bare,
            "mirrored": is_mirrored(self),
            "tiles": _TILE_ZOOMS,
        }


def _default_cache() -> Path:
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.CacheLocation)) / "doorstep"

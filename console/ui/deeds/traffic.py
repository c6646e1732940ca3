"""Deeds on traffic: speeds by the hour, zones drawn on the map and what becomes of them."""

from collections.abc import Coroutine, Sequence
from datetime import date
from functools import partial
from itertools import count
from typing import Protocol
from uuid import uuid4

from console.dispatch import trafficwork
from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Progress
from console.domain.places import Coordinate
from console.domain.speeds import USUAL
from console.domain.traffic import SpeedTable, Traffic
from console.domain.zones import Zone, ZoneId, ZoneKind
from console.tongues import tr
from console.ui.asking import ask
from console.ui.deeds.learning import LearningDeeds
from console.ui.traffic.panel import TrafficPanel
from console.ui.traffic.table import SpeedsDialog
from console.ui.traffic.words import mark
from console.ui.underway import Underway
from console.ui.window import PLAN
from console.ui.workplace import Workplace

_PROMPTS = {
    "polygon": tr("Click the corners; the first one again, or Enter, closes the zone"),
    "rectangle": tr("Pull a rectangle"),
    "circle": tr("Pull a circle from its middle"),
    "edit": tr("Pull corners; the small ones make new ones, a right click takes one out"),
}
_NEW = tr("Zone {}")


class Work(Protocol):
    """A change of traffic that tells how far it is."""

    def __call__(self, *, told: Progress) -> Coroutine[object, object, None]: ...


class TrafficDeeds:
    """One method a deed; keeps the zones on the map."""

    def __init__(self, place: Workplace, underway: Underway) -> None:
        self._place, self._underway = place, underway
        self._panel: TrafficPanel | None = None
        self._shown: tuple[Traffic, date] | None = None
        self._drawing = ""
        self._speeds: SpeedTable | None = None
        self._learning: LearningDeeds | None = None
        view = place.panes.map_view
        view.zoneDrawn.connect(self._drawn)
        view.drawingEnded.connect(self._put_down)
        view.mapClicked.connect(self._ground_clicked)
        place.signals.planChanged.connect(self._follow)

    def traffic(self) -> None:
        """Speeds and zones beside the map; away again where they are open."""
        window = self._place.window
        panel = self._panel or self._new_panel()
        if panel.isVisible():
            panel.end()
            return
        window.show_page(PLAN)
        panel.show_traffic(self._value, self._today)
        window.right.show_tool(panel)

    def _close(self) -> None:
        self._choose("")

    @property
    def panel(self) -> TrafficPanel | None:
        """The dock, once it was opened."""
        return self._panel

    @property
    def _value(self) -> Traffic:
        return self._place.station.traffic.value

    @property
    def _today(self) -> date:
        return self._place.station.service_day.day

    def _new_panel(self) -> TrafficPanel:
        panel = self._panel = TrafficPanel(self._place.theme, self._place.window)
        panel.slowed.connect(self._slow)
        panel.speedsWanted.connect(lambda: self._place.conductor.spawn(self._edit_speeds()))
        panel.toolWanted.connect(self._take_tool)
        panel.chosen.connect(self._choose)
        panel.saved.connect(self._save)
        panel.removed.connect(self._remove)
        panel.done.connect(self._close)
        return panel

    # -- speeds ------------------------------------------------------------------------------------

    def _slow(self, on: bool) -> None:
        self._speeds = self._value.speeds or self._speeds
        wanted = (self._speeds or USUAL) if on else None
        self._change(partial(trafficwork.set_speeds, self._place.station, wanted))

    async def _edit_speeds(self) -> None:
        place = self._place
        table = self._value.speeds or self._speeds or USUAL
        group = next(i for i, g in enumerate(table.groups) if self._today.weekday() in g.days)
        dialog = SpeedsDialog(table, group, place.theme, place.window)
        self._learning = LearningDeeds(place, dialog)
        if await ask(dialog):
            self._change(partial(trafficwork.set_speeds, place.station, dialog.table))

    # -- zones -------------------------------------------------------------------------------------

    def _take_tool(self, tool: str) -> None:
        if tool:
            self._choose("")
        self._draw(tool)

    def _draw(self, tool: str, corners: Sequence[float] = ()) -> None:
        self._drawing = tool
        self._place.panes.map_view.draw_zone(tool, _PROMPTS.get(tool, ""), corners)
        if self._panel is not None:
            self._panel.show_tool(tool)

    def _put_down(self) -> None:
        self._draw("")

    def _drawn(self, flat: Sequence[float]) -> None:
        panel = self._panel
        if panel is None or not self._drawing:
            return
        corners = tuple(Coordinate(*pair) for pair in zip(flat[::2], flat[1::2], strict=True))
        if self._drawing == "edit" and panel.zone is not None:
            panel.set_corners(corners)
        else:
            made = Zone(ZoneId(uuid4().hex[:12]), self._name(), ZoneKind.CLOSED, corners)
            panel.show_zone(made)
            panel.form.name.setFocus()
            panel.form.name.selectAll()
            self._draw("edit", flat)
        self._count()

    def _name(self) -> str:
        taken = {zone.name for zone in self._value.zones}
        return next(name for n in count(1) if (name := _NEW.format(n)) not in taken)

    def _choose(self, own: str) -> None:
        zone = next((zone for zone in self._value.zones if zone.id == own), None)
        if self._panel is not None:
            self._panel.show_zone(zone)
        flat = [v for c in zone.corners for v in (c.lat, c.lon)] if zone else []
        self._draw("edit" if zone else "", flat)
        self._count()
        self._show_marks()

    def _ground_clicked(self, lat: float, lon: float) -> None:
        panel = self._panel
        if panel is None or not panel.isVisible() or self._drawing:
            return
        point = Coordinate(lat, lon)
        hit = [zone for zone in self._value.zones if zone.contains(point)]
        self._choose(hit[-1].id if hit else "")

    def _count(self) -> None:
        panel = self._panel
        if panel is not None and panel.zone is not None:
            panel.show_inside(len(trafficwork.stops_in(self._place.station, panel.zone)))

    def _save(self, zone: Zone) -> None:
        self._draw("")
        self._change(partial(trafficwork.put_zone, self._place.station, zone))
        if self._panel is not None:
            self._panel.show_zone(None)

    def _remove(self, own: str) -> None:
        self._choose("")
        if any(zone.id == own for zone in self._value.zones):
            self._change(partial(trafficwork.remove_zone, self._place.station, ZoneId(own)))

    # -- what follows ------------------------------------------------------------------------------

    def _change(self, work: Work) -> None:
        self._place.conductor.spawn(self._changed(work))

    async def _changed(self, work: Work) -> None:
        try:
            with self._underway.job("traffic") as told:
                await work(told=told)
        except Cancelled:
            self._underway.say_kept()
        finally:
            self._follow()

    def _follow(self, _change: object = None) -> None:
        """Show the traffic of the open day where it is another one."""
        now = (self._value, self._place.station.service_day.day)
        if now == self._shown:
            return
        self._shown = now
        self._show_marks()
        if self._panel is not None:
            self._panel.show_traffic(*now)

    def _show_marks(self) -> None:
        chosen = self._panel.zone if self._panel else None
        lit = chosen.id if chosen else ""
        marks = [mark(zone, self._today, lit=zone.id == lit) for zone in self._value.zones]
        self._place.panes.map_view.set_zones(marks)

"""Deeds that measure on the map: how far it is, and what is within reach."""

import contextlib
from collections.abc import Sequence
from itertools import pairwise

from console.dispatch.distances import kinds, measure, within
from console.dispatch.extracts import Cancelled
from console.dispatch.ports import Reach
from console.domain.places import Coordinate
from console.tongues import tr
from console.ui.dialogs.measuring import FIRST, MINUTES, SECOND, THIRD, MeasuringPanel
from console.ui.map.marks import ZoneMark
from console.ui.underway import Underway
from console.ui.window import PLAN
from console.ui.workplace import Workplace

_TONES = ("ok", "warn", "bad")
_MORE = 1.1  # times the area of the shorter reach, so as to be shown


class MeasuringDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, underway: Underway) -> None:
        self._place, self._underway = place, underway
        self._ends: list[Coordinate] = []
        self.panel: MeasuringPanel | None = None

    def how_far(self) -> None:
        """Measure from point to point on the map; away again where it is open."""
        window = self._place.window
        panel = self.panel or self._new_panel()
        if panel.isVisible():
            panel.end()
            return
        window.show_page(PLAN)
        panel.offer(kinds(self._place.station))
        window.right.show_tool(panel)
        self._restart()

    def _new_panel(self) -> MeasuringPanel:
        panel = MeasuringPanel(self._place.theme, self._place.window)
        panel.changed.connect(self._ask)
        panel.restarted.connect(self._restart)
        panel.done.connect(self._end)
        self._place.panes.map_view.pointPicked.connect(self._picked)
        self._place.panes.map_view.drawingEnded.connect(panel.end)
        self.panel = panel
        return panel

    def _restart(self) -> None:
        self._clear()
        self._want(FIRST)

    def _want(self, hint: str) -> None:
        if self.panel is not None:
            self.panel.ask_for(hint)
        self._place.panes.map_view.pick_point_mode(hint, on=True)

    def _picked(self, lat: float, lon: float) -> None:
        """The first click begins a way, the second ends it; more move its end."""
        if self.panel is None or not self.panel.isVisible():
            return
        self._ends = [*self._ends[:1], Coordinate(lat, lon)]
        named = zip("AB", self._ends, strict=False)
        self._place.panes.map_view.set_candidates(list(named))
        if len(self._ends) == 1:
            self._want(SECOND)
        else:
            self._place.panes.map_view.pick_point_mode(THIRD, on=True)
        self._ask()

    def _ask(self) -> None:
        if self._ends:
            self._place.conductor.spawn(self._answer())

    async def _answer(self) -> None:
        panel, view = self.panel, self._place.panes.map_view
        if panel is None:
            return
        ends, profile = list(self._ends), panel.profile
        with contextlib.suppress(Cancelled), self._underway.job("measuring") as told:
            if len(ends) == 2:
                pair = ends[0], ends[1]
                found = await measure(self._place.station, pair, profile, panel.spoken, told)
                if self._ends != ends:
                    return
                panel.show_way(found)
                view.set_preview([(point.lat, point.lon) for point in found.line])
            wanted = MINUTES if panel.reach.isChecked() else ()
            reached = await within(self._place.station, ends[0], wanted, profile, told)
            if self._ends == ends:
                view.set_reach(marks(reached))

    def _clear(self) -> None:
        self._ends = []
        view = self._place.panes.map_view
        view.set_candidates([])
        view.set_preview(None)
        view.set_reach([])

    def _end(self) -> None:
        self._clear()
        self._place.panes.map_view.pick_point_mode("", on=False)


Ring = tuple[Coordinate, ...]


class _Within:
    """The points inside a ring, by how often a ray to the east crosses it."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring

    def __contains__(self, point: Coordinate) -> bool:
        crossed = False
        for a, b in pairwise(self._ring):
            if (a.lat > point.lat) != (b.lat > point.lat):
                at = a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
                crossed ^= point.lon < at
        return crossed


def marks(reached: list[Reach]) -> list[ZoneMark]:
    """The outlines of what is within reach, the widest first so that it lies below.

    What brings hardly anything beyond the one before, where the streets end, is left out.
    """
    found: list[ZoneMark] = []
    before = 0.0
    for reach, tone in zip(reached, _TONES, strict=False):
        rings = outer(reach.outlines)
        size = sum(map(_size, rings))
        if size < before * _MORE:
            continue
        before = size
        label = tr("{minutes} min", minutes=reach.minutes)
        found += [
            ZoneMark(f"reach-{reach.minutes}-{i}", label, _corners(ring), tone)
            for i, ring in enumerate(rings)
        ]
    return found[::-1]


def _corners(ring: Ring) -> tuple[float, ...]:
    return tuple(value for point in ring for value in (point.lat, point.lon))


def _size(ring: Ring) -> float:
    """The area in square degrees, good for comparing."""
    return abs(sum(a.lon * b.lat - b.lon * a.lat for a, b in pairwise(ring))) / 2


def outer(rings: Sequence[Ring]) -> list[Ring]:
    """The rings that lie in no other: what is round a hole is shown whole."""
    return [
        ring
        for ring in rings
        if not any(ring[0] in _Within(other) for other in rings if other is not ring)
    ]

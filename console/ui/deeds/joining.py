"""Deeds on orders of one door: what could be brought together, and doing it."""

from PySide6.QtCore import QTimer

from console.dispatch.consolidating import Joint, join, joints
from console.tongues import tr
from console.ui.dialogs.joints import JointsPanel, place_of
from console.ui.labels import count_text
from console.ui.notices import Notice, Tone
from console.ui.window import PLAN
from console.ui.workplace import Workplace

SETTLE_MS = 250


class JoiningDeeds:
    """One method a deed; the panel follows the plan while it is open."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._panel: JointsPanel | None = None
        self._settle = QTimer(place.window)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._follow)
        place.signals.planChanged.connect(self._plan_changed)

    @property
    def panel(self) -> JointsPanel | None:
        """The dock, once it was opened."""
        return self._panel

    def join_doors(self) -> None:
        """Doors that are visited more than once; away again where they are shown."""
        panel = self._panel or self._new_panel()
        if panel.isVisible():
            panel.end()
            return
        self._place.window.show_page(PLAN)
        self._place.window.right.show_tool(panel)
        self._follow()

    def _new_panel(self) -> JointsPanel:
        panel = self._panel = JointsPanel(self._place.theme, self._place.window)
        panel.joinAsked.connect(self._asked)
        panel.picked.connect(self._look_at)
        return panel

    def _plan_changed(self, _change: object) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._settle.start()

    def _follow(self) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._place.conductor.spawn(self._show(self._panel))

    async def _show(self, panel: JointsPanel) -> None:
        station = self._place.station
        picture = station.picture
        found = await joints(station)
        if picture.plan.version == station.picture.plan.version:
            panel.show_found(found, station.picture)

    def _asked(self, joint: Joint) -> None:
        self._place.conductor.spawn(self._join(joint))

    async def _join(self, joint: Joint) -> None:
        place = self._place
        where = place_of(joint, place.station.picture)
        await join(place.station, joint)
        doors = len(joint.command.groups)
        what = (
            tr("{orders} orders at {where}", orders=joint.orders, where=where)
            if doors == 1
            else tr("{doors} doors", doors=doors)
        )
        told = tr(
            "Joined: {what}, {count_text} fewer", what=what, count_text=count_text(joint.stops)
        )
        place.conductor.tell(Notice(told, Tone.GOOD, deed="undo", deed_label=tr("Undo")))

    def _look_at(self, joint: Joint) -> None:
        plan = self._place.station.picture.plan
        stops = [stop for stop in joint.members if stop in plan.stops]
        if stops:
            self._place.selection.pick(stops, plan.stops[stops[0]].route)
            self._place.panes.map_view.centre_on(stops[0])

"""Deeds on what a colleague overtook: listed, done anew, let go, shown; never lost in silence."""

from PySide6.QtCore import QTimer

from console import wording
from console.dispatch.consequences import consequence
from console.dispatch.desk import Refusal
from console.dispatch.overtaken import Overtaken, keep, overtaken, recall, renewed
from console.domain.commands import AdoptSolution
from console.tongues import tr
from console.ui.notices import Notice, Tone
from console.ui.overtaken.faces import Face, face
from console.ui.overtaken.panel import OvertakenPanel
from console.ui.workplace import Workplace


class OvertakenDeeds:
    """One method a deed; ``waiting`` are those nobody has decided about, the oldest first."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.waiting: dict[str, Overtaken] = {}
        self.panel: OvertakenPanel | None = None
        self._stream = ""
        self._fresh: list[Overtaken] = []
        self._settle = QTimer(place.window)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._tell)
        place.conductor.refused = self._refused
        place.signals.planChanged.connect(self._plan_changed)

    def overtaken(self) -> None:
        """Show the list; away again where it is open."""
        if self.panel is not None and self.panel.isVisible():
            self.panel.end()
            return
        self.panel = self.panel or self._new_panel()
        self._place.window.right.show_tool(self.panel)
        self._show()

    async def recall(self) -> None:
        """The open day's, with what waited when this console ended."""
        station = self._place.station
        desk = station.workday.desk
        if desk.stream != self._stream:
            self._stream, self.waiting = desk.stream, {}
        known = {each.key for each in self._fresh}
        for item in await recall(station.services, desk):
            if item.key not in known:
                self.waiting.setdefault(item.key, item)
                self._fresh.append(item)
        if self._fresh:
            self._settle.start()
        self._show()

    def redo(self, key: str) -> None:
        """The same on the present plan; where it still does not fit, the card says why."""
        place, item = self._place, self.waiting[key]
        if isinstance(item.draft.command, AdoptSolution):
            self._decided(key)  # a plan that was searched on another one is searched for anew
            place.conductor.act("optimise")
            return
        workday = place.station.workday
        command = renewed(workday, item.draft.command)
        refusal = consequence(workday, command).refusal
        if refusal is None:
            self._decided(key)
            place.conductor.carry_out(command)
        elif refusal.reason == "no_change":
            self._decided(key)
            place.conductor.tell_verdict(refusal)
        else:
            self.waiting[key] = overtaken(workday.desk, Refusal(item.draft, refusal))
            self._show()

    def keep(self, key: str) -> None:
        """Let one go."""
        self._decided(key)

    def keep_all(self) -> None:
        """Let all go."""
        self._decided(*self.waiting)

    def show(self, key: str) -> None:
        """Select its stops; the map shows where they are."""
        found = self._face(self.waiting[key])
        self._place.selection.pick(found.stops)
        self._place.panes.map_view.fit(found.stops)

    def _new_panel(self) -> OvertakenPanel:
        panel = OvertakenPanel(self._place.theme, self._place.window)
        panel.redoAsked.connect(self.redo)
        panel.keepAsked.connect(self.keep)
        panel.showAsked.connect(self.show)
        panel.keepAllAsked.connect(self.keep_all)
        return panel

    def _refused(self, refusal: Refusal) -> None:
        desk = self._place.station.workday.desk
        self._stream = self._stream or desk.stream
        item = overtaken(desk, refusal)
        self._fresh.append(item)
        self.waiting[item.key] = item
        self._settle.start()

    def _tell(self) -> None:
        """One notice for all that came at once, as after a reconnect."""
        fresh, self._fresh = self._fresh, []
        if not fresh:
            return
        text = tr("{fresh} changes were not done: somebody else was first.", fresh=len(fresh))
        if len(fresh) == 1:
            text = _told(fresh[0])
        self._place.conductor.tell(
            Notice(text, Tone.WARN, deed="overtaken", deed_label=tr("Decide…"))
        )
        self._changed()

    def _decided(self, *keys: str) -> None:
        for key in keys:
            self.waiting.pop(key, None)
        self._changed()

    def _changed(self) -> None:
        services = self._place.station.services
        kept = list(self.waiting.values())
        self._place.conductor.spawn(keep(services, self._stream, kept))
        self._show()
        if not kept and self.panel is not None:
            self.panel.end()

    def _plan_changed(self, _change: object) -> None:
        if self.panel is not None and self.panel.isVisible():
            self._show()

    def _show(self) -> None:
        self._place.panes.topbar.show_undone(len(self.waiting))
        if self.panel is not None:
            self.panel.show_faces([self._face(item) for item in self.waiting.values()])

    def _face(self, item: Overtaken) -> Face:
        station = self._place.station
        return face(item, station.picture, station.services.actor)


def _told(item: Overtaken) -> str:
    what, verdict = wording.command(item.draft.command.kind), item.verdict
    return f"{what}: {wording.reason(verdict.reason, verdict.details)}"

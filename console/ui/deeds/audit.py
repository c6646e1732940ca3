"""Deeds of the audit: the day's journal in a window of its own, one order's trace, a file of it."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from console.analytics.tables import csv_bytes, xlsx_bytes
from console.dispatch.lanes import Lane
from console.dispatch.replay import notes_of, replayed
from console.domain.errors import ConsoleError
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.audit.rows import audit_rows, exported
from console.ui.audit.window import AuditWindow
from console.ui.cartography import Cartographer
from console.ui.map.view import MapView
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

_FORMS = tr("Spreadsheet (*.xlsx);;Text (*.csv)")


class AuditDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.window: AuditWindow | None = None
        self.maps: Cartographer | None = None

    def audit(self) -> None:
        """All steps of the open day."""
        self._place.conductor.spawn(self._open(frozenset()))

    def trace_order(self) -> None:
        """What decided about the picked stops, step by step."""
        self._place.conductor.spawn(self._open(frozenset(self._place.picked_ids())))

    async def _open(self, stops: frozenset[StopId]) -> None:
        place, station = self._place, self._place.station
        replay = await replayed(station)
        rows = audit_rows(replay.entries, station.picture, await notes_of(station, replay))
        if self.window is None:
            self.window = AuditWindow(place.theme, station.picture, place.window)
            self.window.exportAsked.connect(self.export)
            self.window.returnAsked.connect(self._return)
            self.maps = self._maps_of(self.window)
        self.window.show_day(rows, replay, station.workday.imaging())
        if self.maps is not None:
            self.maps.show_region()
            self.maps.draw()
        if stops:
            self.window.trace(stops, self._named(stops))
        else:
            self.window.show_all()
        self.window.show()
        self.window.raise_()

    def _maps_of(self, window: AuditWindow) -> Cartographer:
        """A map that shows the moment at which the window stands, as the day's own map would."""
        place = self._place
        day = place.panes.map_view
        view = MapView(place.theme, day.cache, window)
        view.set_layers(day.layers)
        view.regionWanted.connect(partial(place.conductor.act, "add_region"))
        view.ready.connect(view.fit)
        maps = Cartographer(
            view,
            place.station,
            selection=window.selection,
            theme=place.theme,
            spawn=place.conductor.spawn,
        )
        maps.pictured = lambda: window.hands.picture
        maps.follow(window.signals)
        window.show_map(view)
        return maps

    async def open_at(self, version: int) -> None:
        """All steps, and the day as it was after this one."""
        await self._open(frozenset())
        if self.window is not None:
            self.window.jump(version)

    def _named(self, stops: frozenset[StopId]) -> str:
        labels = self._place.station.picture.labels
        if len(stops) == 1 and (label := labels.get(next(iter(stops)))):
            return label.street
        return tr("{stops} stops", stops=len(stops))

    def _return(self, version: int) -> None:
        self._place.conductor.spawn(self._place.station.return_to(version))

    def export(self) -> None:
        """The rows that are shown, into a file that a spreadsheet opens and does not run."""
        if self.window is None:
            return
        day = self._place.station.service_day.day.isoformat()
        chosen, _ = QFileDialog.getSaveFileName(
            self.window, tr("Export the audit"), tr("audit-{day}.xlsx", day=day), _FORMS
        )
        if chosen:
            self._place.conductor.spawn(self.write(Path(chosen)))

    async def write(self, path: Path) -> None:
        """To csv where the name says so, else to xlsx; ConsoleError where the disk says no."""
        if self.window is None:
            return
        table = exported(self.window.shown)
        data = csv_bytes(table) if path.suffix.casefold() == ".csv" else xlsx_bytes([table])
        try:
            lanes = self._place.station.services.lanes
            await lanes.run(Lane.FILES, partial(path.write_bytes, data))
        except OSError as error:
            raise ConsoleError(
                tr("{path} cannot be written: {strerror}.", path=path, strerror=error.strerror),
                remedy=tr("Choose another place."),
            ) from error
        self._place.conductor.tell(Notice(tr("Written: {name}", name=path.name), Tone.GOOD))

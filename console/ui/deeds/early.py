"""Deeds on customers whose promise will break: listed, written to, noted as told."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from console.dispatch.earlynotice import (
    Affected,
    Etas,
    draft,
    earliness,
    early_list,
    take_back,
    tell,
)
from console.tongues import Tongue, tr
from console.ui.exceptions.early import EarlySheet
from console.ui.notices import Notice, Tone
from console.ui.workplace import Workplace

MINUTE_MS = 60_000


class EarlyDeeds:
    """One method a deed; ``etas`` are those of the running day. Nothing is sent from here."""

    def __init__(self, place: Workplace, etas: Etas) -> None:
        self._place, self._etas = place, etas
        self.sheet: EarlySheet | None = None
        self._minute = QTimer(place.panes.exceptions)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._changed)
        place.signals.planChanged.connect(self._changed)

    def early_notice(self) -> None:
        """Whom to tell, with a draft of what."""
        if self.sheet is None:
            self._place.conductor.spawn(self._open())

    async def _open(self) -> None:
        place = self._place
        sheet = EarlySheet(self._draft, place.theme, place.window, rehearses=place.rehearses)
        self.sheet = sheet
        sheet.copied.connect(self._copy)
        sheet.told.connect(self._told)
        sheet.tookBack.connect(self._took_back)
        sheet.picked.connect(self._picked)
        sheet.finished.connect(self._closed)
        await self._show()
        sheet.open()
        self._minute.start()

    def _closed(self, _result: int) -> None:
        self._minute.stop()
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None

    def _changed(self, _change: object = None) -> None:
        """The plan or the time moved on while somebody looks."""
        if self.sheet is not None:
            self._place.conductor.spawn(self._show())

    async def _show(self) -> None:
        station = self._place.station
        rows = await early_list(station, self._etas)
        if self.sheet is not None:
            picture = station.picture
            self.sheet.show_rows(rows, earliness(picture.plan), picture)

    def _draft(self, row: Affected, code: str) -> str:
        return draft(row, self._place.station.picture, Tongue.of(code))

    def _picked(self, row: Affected) -> None:
        self._place.selection.pick([row.stop], row.route)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._place.conductor.tell(Notice(tr("The message is copied.")))

    def _told(self, row: Affected, text: str) -> None:
        self._place.conductor.spawn(self._tell(row, text))

    async def _tell(self, row: Affected, text: str) -> None:
        await tell(self._place.station, row, text)
        said = tr("On record: {who} was told.", who=row.recipient or row.stop)
        self._place.conductor.tell(Notice(said, Tone.GOOD))
        await self._show()

    def _took_back(self, row: Affected) -> None:
        self._place.conductor.spawn(self._take_back(row))

    async def _take_back(self, row: Affected) -> None:
        await take_back(self._place.station, row)
        await self._show()

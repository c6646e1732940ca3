"""A route for a driver's phone: codes to scan, as many stops at once as the map app takes."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QSizePolicy, QWidget

from console.dispatch.maplinks import MapLink
from console.dispatch.phone import pieces
from console.dispatch.picture import Picture
from console.domain.plan import RouteId
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.labels import route_label
from console.ui.theme.theme import Theme

_QUIET = 4  # light squares around a code (ISO/IEC 18004)
_SIDE = 264


class Code(QWidget):
    """A QR code, black on white in every theme, so that phones can read it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[bytes] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_link(self, link: str) -> None:
        """Another link, '' for none."""
        made = segno.make(link, error="m", micro=False).matrix if link else ()
        self._rows = [bytes(row) for row in made]
        self.setAccessibleName(tr("QR code of {link}", link=link) if link else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            if not self._rows:
                return
            unit = _SIDE / (len(self._rows) + 2 * _QUIET)
            for y, row in enumerate(self._rows):
                for x, is_dark in enumerate(row):
                    if is_dark:
                        square = QRectF((x + _QUIET) * unit, (y + _QUIET) * unit, unit, unit)
                        painter.fillRect(square, Qt.GlobalColor.black)


class PhoneSheet(Sheet):
    """Choose the app, then the stops; the phone scans the code."""

    def __init__(
        self,
        picture: Picture,
        route: RouteId,
        kind: MapLink,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("To the phone"), theme, parent)
        self.least(560)
        self._picture, self._route = picture, route
        self.heading(tr("The way of {name}", name=route_label(picture, route).name))
        self.explained = self.sentence("")
        self.app = QComboBox()
        for link in MapLink:
            self.app.addItem(link.words, link)
        self.app.setCurrentIndex(self.app.findData(kind))
        self.app.setAccessibleName(tr("The code opens"))
        self.grid().addRow(tr("The code opens"), self.app)
        self.stops, self.code = QListWidget(), Code()
        self.stops.setAccessibleName(tr("Which stops"))
        side = QHBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.stops, 1)
        side.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(side)
        self.copy_button = self.beside(tr("Copy the link"))
        theme.dress(self.copy_button, "copy")
        self.go_on(tr("Done"))
        self.copy_button.clicked.connect(self._copy)
        self.app.currentIndexChanged.connect(self._fill)
        self.stops.currentRowChanged.connect(self._show)
        self._fill()

    @property
    def kind(self) -> MapLink:
        """The app."""
        return MapLink(self.app.currentData())

    @property
    def link(self) -> str:
        """What the code says."""
        place = self.stops.currentRow()
        return self._pieces[place].link if 0 <= place < len(self._pieces) else ""

    def _fill(self, _place: int = 0) -> None:
        self._pieces = pieces(self._picture, self._route, self.kind)
        most = self.kind.at_once
        self.explained.say(
            tr("Each code leads to one stop. Google Maps and Apple Maps take several at once.")
            if most == 1
            else tr(
                "A code leads from where the driver is through up to {most} stops, in their "
                "order. The app finds its own way between them.",
                most=most,
            )
        )
        self.stops.clear()
        self.stops.addItems([self._named(i) for i in range(len(self._pieces))])
        self.stops.setCurrentRow(0)

    def _named(self, place: int) -> str:
        piece = self._pieces[place]
        schedule = self._picture.schedules[self._route]
        first = self._picture.labels.get(schedule.visits[piece.first - 1].stop)
        street = f" · {first.street}" if first else ""
        return piece.words + (street if piece.first == piece.last else "")

    def _show(self, _place: int) -> None:
        self.code.show_link(self.link)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.link)

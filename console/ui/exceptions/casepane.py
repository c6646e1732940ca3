"""One exception: its history and photo, and every way to put it right, with its cost."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import formats
from console.dispatch.exceptions import DeliveryException
from console.dispatch.picture import Picture
from console.dispatch.resolving import Way
from console.domain.cases import Resolution, Severity
from console.domain.places import Address
from console.tongues import tr
from console.ui.caption import FAINT, PLAIN, QUIET, STRONG, Caption
from console.ui.exceptions.money import MoneyPart
from console.ui.exceptions.root import RootPart
from console.ui.exceptions.words import RESOLUTIONS, moment, step, what
from console.ui.ink import Pen
from console.ui.labels import cost_text
from console.ui.scrolling import scrolling
from console.ui.severities import SEVERITIES
from console.ui.theme.theme import Theme

WIDTH = 380
PHOTO_WIDTH = 340


class CasePane(QWidget):
    """``wayChosen`` tells the way, ``ownAsked``, ``graded`` a severity; ``retold`` new wishes."""

    wayChosen = Signal(object)
    ownAsked = Signal()
    graded = Signal(object)
    retold = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.ways: list[Way] = []
        self.buttons: list[QPushButton] = []
        self.title = Caption(theme, Pen("title", "text", bold=True), wrap=True)
        self.story = Caption(theme, QUIET, wrap=True)
        self.photo = QLabel()
        self.severity = QComboBox()
        self.severity.setAccessibleName(tr("Severity"))
        for each, text in SEVERITIES.items():
            self.severity.addItem(text, each)
        self.severity.activated.connect(self._graded)
        self.own_button = QPushButton(tr("Take care of it"))
        self.own_button.clicked.connect(self.ownAsked)
        self.note = self._field(tr("Safe place, neighbour, or a note for the driver"))
        self.street = self._field(tr("Other address: street and number"))
        self.postcode, self.city = self._field(tr("Postcode")), self._field(tr("Town"))
        self.money = MoneyPart(theme)
        self.money.hide()
        self.root = RootPart(theme)
        self.waiting = Caption(theme, FAINT, tr("Working out what is possible…"), wrap=True)
        self._rows = QVBoxLayout()
        self._lay_out()
        self.setFixedWidth(round(WIDTH * theme.scale))

    def _field(self, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.setAccessibleName(hint)
        made.setMaxLength(200)
        made.editingFinished.connect(self._edited)
        return made

    def _lay_out(self) -> None:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.setSpacing(8)
        rows.addWidget(self.title)
        rows.addWidget(self.story)
        rows.addWidget(self.photo)
        rows.addLayout(_beside(self.severity, self.own_button))
        rows.addWidget(self.root)
        rows.addWidget(Caption(self._theme, STRONG, tr("Ways to put it right")))
        rows.addWidget(self.note)
        rows.addWidget(self.street)
        rows.addLayout(_beside(self.postcode, self.city))
        rows.addWidget(self.waiting)
        rows.addLayout(self._rows)
        rows.addWidget(self.money)
        rows.addWidget(self.root.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inner))

    def show_case(self, line: DeliveryException, picture: Picture, *, fresh: bool) -> None:
        """What was logged and done since; ``fresh`` where another one was picked."""
        case = line.case
        told = [f"{moment(case.fact, picture)}  {line.note or what(case)} ({line.actor})"]
        told += [f"{moment(fact, picture)}  {step(fact)}" for fact in case.steps]
        self.title.say(what(case))
        self.story.say("\n".join(told))
        self.own_button.setVisible(case.is_open)
        self.severity.setEnabled(case.is_open)
        with QSignalBlocker(self.severity):
            self.severity.setCurrentIndex(case.severity.rank)
        if fresh:
            for field in (self.note, self.street, self.postcode, self.city):
                field.clear()
                field.setModified(False)
            self.show_photo(None)
            self.root.clear()
            self.show_ways([], picture.currency)
            self.waiting.setVisible(case.is_open)
        for field in (self.note, self.street, self.postcode, self.city):
            field.setVisible(case.is_open)

    def show_photo(self, data: bytes | None) -> None:
        """The picture that was logged; None for none, or one that was erased."""
        shown = QPixmap()
        if data:
            shown.loadFromData(data)
        self.photo.setVisible(not shown.isNull())
        if not shown.isNull():
            wide = min(shown.width(), round(PHOTO_WIDTH * self._theme.scale))
            smooth = Qt.TransformationMode.SmoothTransformation
            self.photo.setPixmap(shown.scaledToWidth(wide, smooth))

    def show_ways(self, ways: Sequence[Way], currency: str) -> None:
        """Every way; those that cannot be done say why."""
        self.waiting.hide()
        self.ways, self.buttons = list(ways), []
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for way in self.ways:
            self._rows.addWidget(self._row(way, currency))

    def _row(self, way: Way, currency: str) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 4, 0, 4)
        rows.setSpacing(2)
        name = Caption(self._theme, STRONG if way.is_feasible else PLAIN, _name(way), wrap=True)
        button = QPushButton(tr("Do it"))
        button.setAccessibleName(tr("{way}: do it", way=_name(way)))
        button.setEnabled(way.is_feasible)
        button.clicked.connect(partial(self.wayChosen.emit, way))
        self.buttons.append(button)
        head = QHBoxLayout()
        head.addWidget(name, 1)
        if way.is_feasible:
            head.addWidget(Caption(self._theme, PLAIN, _cost(way, currency)))
            head.addWidget(button)
        else:
            button.setParent(box)
            button.hide()
        rows.addLayout(head)
        rows.addWidget(Caption(self._theme, FAINT, way.problem or way.detail, wrap=True))
        return box

    @property
    def address(self) -> Address | None:
        """What was typed of another address; None without a street."""
        street = self.street.text().strip()
        if not street:
            return None
        return Address(street, self.postcode.text().strip(), self.city.text().strip())

    def _edited(self) -> None:
        fields = (self.note, self.street, self.postcode, self.city)
        if any(field.isModified() for field in fields):
            for field in fields:
                field.setModified(False)
            self.retold.emit()

    def _graded(self, _index: int) -> None:
        self.graded.emit(Severity(self.severity.currentData()))


def _name(way: Way) -> str:
    name = RESOLUTIONS[way.wish.resolution]
    if way.wish.day is not None:
        return f"{name}: {formats.day(way.wish.day, year=False, weekday=True)}"
    if way.wish.address is not None and way.wish.resolution is Resolution.PICKUP_POINT:
        return f"{name}: {way.wish.address.line}"
    return name


def _cost(way: Way, currency: str) -> str:
    told = cost_text(way.cost, currency)
    return tr("about {money}", money=told) if way.is_estimate else told


def _beside(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget, 1)
    return row

"""Directions of a route beside the map: each leg opens to what the driver does on it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.picture import DriverLabel
from console.dispatch.ways import Leg
from console.domain.places import Coordinate
from console.domain.plan import StopId
from console.tongues import tr
from console.ui.caption import FAINT, QUIET, STRONG, Caption, DriverChip
from console.ui.dialogs.languages import LanguageField, usual_language
from console.ui.dialogs.measuring import distance
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock

_MARGIN = 3
_AT = Qt.ItemDataRole.UserRole
NO_ROAD = tr("No road leads there.")
HINT = tr("Click on a line to see the place on the map.")


class _Lines(QStyledItemDelegate):
    """As high as wrapped sentences need, with some room between them."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        size = super().sizeHint(option, index)
        tree = self.parent()
        if index.column() or not isinstance(tree, QTreeWidget):
            return size
        depth = 2 if index.parent().isValid() else 1
        room = tree.columnWidth(0) - depth * tree.indentation() - 2 * _MARGIN
        font = QFont(index.data(Qt.ItemDataRole.FontRole) or option.font)
        box = QRect(0, 0, max(room, 40), 10_000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        high = QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, text).height()
        return QSize(size.width(), high + 2 * _MARGIN)


class DirectionsPanel(ToolDock):
    """``asked``: another language. ``placePicked(lat, lon)``. ``copied``: as one text."""

    asked = Signal()
    placePicked = Signal(float, float)
    copied = Signal()
    phoneWanted = Signal()

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__(tr("Directions"), window)
        self._theme = theme
        self.chip = DriverChip(theme)
        self.name = Caption(theme, STRONG)
        self.said = Caption(theme, QUIET, wrap=True)
        self.language = LanguageField(usual_language())
        self.way = QTreeWidget()
        self.copy_button, self.phone_button = (
            QPushButton(tr("Copy")),
            QPushButton(tr("To the phone…")),
        )
        self.close_button = QPushButton(tr("Done"))
        self._legs: Sequence[Leg] = ()
        self._dress()
        self.setWidget(self._content())
        self.setMinimumWidth(300)

    def _dress(self) -> None:
        self.way.setColumnCount(2)
        self.way.setHeaderHidden(True)
        self.way.setWordWrap(True)
        self.way.setUniformRowHeights(False)
        self.way.setIndentation(12)
        self.way.setItemDelegate(_Lines(self.way))
        self.way.setAccessibleName(tr("The way in words"))
        header = self.way.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._theme.dress(self.copy_button, "copy")
        self._theme.dress(self.phone_button, "phone")
        header.sectionResized.connect(self.way.scheduleDelayedItemsLayout)
        self.way.itemActivated.connect(self._picked)
        self.way.itemClicked.connect(self._picked)
        self.language.currentIndexChanged.connect(self.asked)
        self.copy_button.clicked.connect(self.copied)
        self.phone_button.clicked.connect(self.phoneWanted)
        self.close_button.clicked.connect(self.end)

    def _content(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(12, 8, 12, 12)
        rows.setSpacing(8)
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.chip)
        top.addWidget(self.name, 1)
        top.addWidget(self.close_button)
        below.addWidget(self.copy_button, 1)
        below.addWidget(self.phone_button, 1)
        rows.addLayout(top)
        rows.addWidget(self.said)
        rows.addWidget(self.language)
        rows.addWidget(self.way, 1)
        rows.addWidget(Caption(self._theme, FAINT, HINT, wrap=True))
        rows.addLayout(below)
        return inner

    def show_route(self, label: DriverLabel, said: str) -> None:
        """Whose way it is; the way itself follows."""
        self.chip.show_number(label.number)
        self.name.say(label.name)
        self.said.say(said)
        self._fill((), {})

    def show_way(self, legs: Sequence[Leg], clocks: Mapping[StopId, str], source: str) -> None:
        """The legs, with when the driver is at each stop, and whose roads they are."""
        self.said.say(source)
        self._fill(legs, clocks)

    def open_leg(self, stop: StopId | None) -> None:
        """Show the way to a stop: what a driver who has lost it asks for."""
        for place, leg in enumerate(self._legs):
            item = self.way.topLevelItem(place)
            if item is not None and leg.stop == stop and stop is not None:
                item.setExpanded(True)
                self.way.setCurrentItem(item)
                self.way.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtTop)

    @property
    def text(self) -> str:
        """All of it, to paste into a message."""
        lines: list[str] = []
        for leg in self._legs:
            lines += ["", f"{_heading(leg)} ({_length(leg)})"]
            lines += [f"- {step.sentence} {_far(step.metres)}".rstrip() for step in leg.steps]
        return "\n".join(lines).strip()

    def _fill(self, legs: Sequence[Leg], clocks: Mapping[StopId, str]) -> None:
        self._legs = legs
        self.way.clear()
        for leg in legs:
            when = clocks.get(leg.stop, "") if leg.stop else ""
            head = f"{_heading(leg)}  {when}".rstrip()
            item = _line(head, _length(leg), leg.at)
            item.setFont(0, self._theme.font("body", bold=True))
            for step in leg.steps:
                item.addChild(_line(step.sentence, _far(step.metres), step.at))
            if not leg.steps:
                item.addChild(_line(NO_ROAD, "", leg.at))
            self.way.addTopLevelItem(item)
        for button in (self.copy_button, self.phone_button):
            button.setEnabled(bool(legs))
        first = self.way.topLevelItem(0)
        if first is not None:
            first.setExpanded(True)

    def _picked(self, item: QTreeWidgetItem, _column: int) -> None:
        at: tuple[float, float] | None = item.data(0, _AT)
        if at is not None:
            self.placePicked.emit(*at)


def _line(words: str, far: str, at: Coordinate) -> QTreeWidgetItem:
    line = QTreeWidgetItem([words, far])
    line.setData(0, _AT, (at.lat, at.lon))
    line.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return line


def _heading(leg: Leg) -> str:
    return f"{leg.number}  {leg.name}" if leg.number else leg.name


def _length(leg: Leg) -> str:
    return distance(leg.metres) if leg.steps else tr("no road")


def _far(metres: int) -> str:
    return distance(metres) if metres else ""

"""The speed table: for each kind of day a row a slice, a column a kind of road, in per cent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from console.domain.speeds import USUAL
from console.domain.traffic import CLASSES, DAY_NAMES, LEAST, MOST, Slice, SpeedTable
from console.formats import clock
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme
from console.ui.traffic.strip import COLUMNS, HeatStrip, scaled, with_row
from console.ui.traffic.words import group_text

_OWN = tr("Set in Doorstep")
_LEARN = tr("Learn from driven days…")


class SpeedsDialog(Sheet):
    """``table`` once accepted. ``learnWanted``: read the driven days, or stop reading them."""

    learnWanted = Signal()

    def __init__(
        self, table: SpeedTable, group: int, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Speeds by the hour"), theme, parent)
        self.least(640)
        self.table = table
        self.heading(tr("How fast the roads are"))
        self.sentence(
            tr(
                "Per cent of the speed on an empty road, by kind of road. A slice lasts until"
                " the next one begins; 100 is free, 50 takes twice as long."
            )
        )
        self.days = self.put(QComboBox())
        self.days.setAccessibleName(tr("Kind of day"))
        self._list_days(group)
        self.strip = self.put(HeatStrip(theme, editable=True))
        self.cells = self.put(QTableWidget(len(table.slices), 2 + len(CLASSES)))
        self.cells.setAccessibleName(tr("Speeds"))
        self._dress_cells()
        self.said = self.problem()
        self.source = self.sentence(table.source)
        self._make_buttons()
        self.days.currentIndexChanged.connect(self._show)
        self.strip.pulled.connect(self._pulled)
        self.cells.cellChanged.connect(self._edited)
        self._show()

    def _list_days(self, group: int) -> None:
        with QSignalBlocker(self.days):
            self.days.clear()
            self.days.addItems([group_text(each) for each in self.table.groups])
            self.days.setCurrentIndex(group)

    def _make_buttons(self) -> None:
        self.own = self.beside(tr("Each day of its own"))
        self.same = self.beside(tr("The same on all days"))
        self.usual = self.beside(tr("First guess again"))
        self.learn = self.beside(_LEARN)
        self.go_back()
        self.accept_button = self.go_on(tr("Use these speeds"))
        self.own.clicked.connect(self._split)
        self.same.clicked.connect(self._copy)
        self.usual.clicked.connect(self._reset)
        self.learn.clicked.connect(self.learnWanted)

    @property
    def group(self) -> int:
        """The kind of day that is shown."""
        return self.days.currentIndex()

    def show_learning(self, share: float | None) -> None:
        """How far the days are read; None once that is over."""
        if share is None:
            self.learn.setText(_LEARN)
        else:
            self.said.say("")
            self.learn.setText(tr("Stop reading ({percent} %)", percent=round(100 * share)))

    def take_learned(self, table: SpeedTable) -> None:
        """Show what the days taught; it holds once it is accepted."""
        self.said.say("")
        self.table = table
        self._list_days(min(self.group, len(table.groups) - 1))
        self._show()

    def _dress_cells(self) -> None:
        self.cells.setHorizontalHeaderLabels([tr("Slice"), tr("From"), *COLUMNS.values()])
        self.cells.verticalHeader().hide()
        header = self.cells.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        row = self.theme.size("row_table")
        self.cells.verticalHeader().setDefaultSectionSize(row)
        self.cells.setFixedHeight(row * (len(self.table.slices) + 1) + 6)
        self.cells.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _show(self) -> None:
        self.own.setEnabled(len(self.table.groups) < len(DAY_NAMES))
        self.strip.show_table(self.table, self.group)
        with QSignalBlocker(self.cells):
            for i, part in enumerate(self.table.slices):
                figures = [str(cell) for cell in self.table.rows[self.group][i]]
                self._fill(i, [part.name, clock(part.begins), *figures])
        self.source.say(self.table.source)

    def _fill(self, row: int, texts: Sequence[str]) -> None:
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if row == 0 and column == 1:  # the first one begins at midnight
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.cells.setItem(row, column, item)

    def _edited(self, row: int, column: int) -> None:
        item = self.cells.item(row, column)
        text = item.text().strip() if item else ""
        try:
            self._take(_changed(self.table, self.group, (row, column), text))
        except ValueError as error:
            self.said.say(str(error))
            self._show()

    def _take(self, table: SpeedTable) -> None:
        self.said.say("")
        self.table = replace(table, source=_OWN)
        self._show()

    def _pulled(self, part: int, percent: int) -> None:
        row = scaled(self.table.rows[self.group][part], percent)
        self._take(with_row(self.table, self.group, part, row))

    def _split(self) -> None:
        day = min(self.table.groups[self.group].days)
        self.table = self.table.apart()
        self._list_days(day)
        self._show()

    def _copy(self) -> None:
        rows = self.table.rows[self.group]
        self._take(replace(self.table, rows=(rows,) * len(self.table.groups)))

    def _reset(self) -> None:
        self.said.say("")
        self.table = USUAL
        self._list_days(0)
        self._show()


def _changed(table: SpeedTable, group: int, cell: tuple[int, int], text: str) -> SpeedTable:
    """The table with one cell changed; ValueError says what is wrong with the text."""
    row, column = cell
    if column == 0:
        return _with_slice(table, row, replace(table.slices[row], name=text or "Slice"))
    if column == 1:
        return _with_slice(table, row, replace(table.slices[row], begins=_time(text)))
    if not text.removesuffix("%").strip().isdecimal():
        raise ValueError(
            tr(
                "“{text}” is no number: write a speed of {least} to {most} %.",
                text=text,
                least=LEAST,
                most=MOST,
            )
        )
    speed = int(text.removesuffix("%"))
    if not LEAST <= speed <= MOST:
        raise ValueError(
            tr(
                "{speed} % is beyond what roads do: write {least} to {most} %.",
                speed=speed,
                least=LEAST,
                most=MOST,
            )
        )
    cells = list(table.rows[group][row])
    cells[column - 2] = speed
    return with_row(table, group, row, tuple(cells))


def _with_slice(table: SpeedTable, row: int, part: Slice) -> SpeedTable:
    slices = (*table.slices[:row], part, *table.slices[row + 1 :])
    try:
        return replace(table, slices=slices)
    except ValueError:
        raise ValueError(
            tr(
                "A slice cannot begin at {clock}: it has to lie between its neighbours.",
                clock=clock(part.begins),
            )
        ) from None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text if len(text) > 4 else f"0{text}")
    except ValueError:
        raise ValueError(
            tr("“{text}” is no time: write hours and minutes such as 06:30.", text=text)
        ) from None

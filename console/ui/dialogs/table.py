"""A plain table of texts for reports: sorted as given, whole rows picked, cells in full as tips."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from console.ui.teaching import teach
from console.ui.theme.theme import Theme

_SENTENCE = 280
"""What a column of sentences has at least, px."""


class PlainTable(QTableWidget):
    """The last column takes what is left; the first cell of a row may have a tone.

    ``wide`` is a column of sentences that takes it instead: it wraps, and rows are as high as that.
    """

    def __init__(self, titles: Sequence[str], theme: Theme, wide: int | None = None) -> None:
        super().__init__(0, len(titles))
        self._theme, self._wide = theme, wide
        self._tones: list[str] = []
        self.empty = ""
        self.setHorizontalHeaderLabels(list(titles))
        self.setAccessibleName(", ".join(title for title in titles if title))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size("row_table"))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(wide is None)
        # Qt's own margin is 3 px more; titles stand over their texts.
        self.setStyleSheet("QTableWidget::item { padding: 0 5px; }")
        theme.changed.connect(self._dress)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        teach(self, self._theme, self.empty)

    def fill(self, rows: Sequence[Sequence[str]], tones: Sequence[str] = ()) -> None:
        """All rows anew; ``tones`` are colour tokens of the first cells."""
        self._tones = list(tones)
        self.setRowCount(len(rows))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                item = QTableWidgetItem(text.replace("\n", " "))
                item.setToolTip(text)
                self.setItem(i, j, item)
        self._dress()
        self.resizeColumnsToContents()
        most = 260 if self._wide is None else 200
        for j in range(self.columnCount() - (self._wide is None)):
            self.setColumnWidth(j, min(self.columnWidth(j) + 20, most))
        self.setWordWrap(self._wide is not None)
        self._grow_rows()

    def _grow_rows(self) -> None:
        """The sentences take what others leave; rows are as high as they need, with some air."""
        if self._wide is None:
            return
        others = sum(self.columnWidth(j) for j in range(self.columnCount()) if j != self._wide)
        self.setColumnWidth(self._wide, max(_SENTENCE, self.viewport().width() - others))
        least, air = self._theme.size("row_table"), round(8 * self._theme.scale)
        self.resizeRowsToContents()
        for i in range(self.rowCount()):
            self.setRowHeight(i, max(least, self.rowHeight(i) + air))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow_rows()

    def _dress(self) -> None:
        for i, tone in enumerate(self._tones):
            item = self.item(i, 0)
            if item is not None:
                item.setForeground(self._theme.color(tone))

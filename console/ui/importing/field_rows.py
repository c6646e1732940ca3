"""Our fields, each with the column it comes from; columns are dropped onto them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.intake import FIELDS, Source
from console.tongues import tr
from console.ui.caption import FAINT, HEADING, Caption
from console.ui.importing.columns_list import MIME
from console.ui.importing.fields import GROUPS, WORDS, words_of
from console.ui.importing.how_form import how_words
from console.ui.theme.theme import Theme

NONE = "\N{EM DASH}"
NEEDED = {"order_id", "street"}


class FieldRow(QWidget):
    """One field: its words, its column, what is done to it."""

    changed = Signal()
    howAsked = Signal(str)

    def __init__(self, key: str, theme: Theme) -> None:
        super().__init__()
        self.key, self.source = key, Source()
        self.setAcceptDrops(True)
        star = " *" if key in NEEDED else ""
        self.label = Caption(theme, text=words_of(key) + star)
        self.label.setFixedWidth(round(132 * theme.scale))
        self.column = QComboBox()
        self.column.setAccessibleName(tr("Column of {words_of}", words_of=words_of(key)))
        self.column.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.column.setMinimumContentsLength(10)
        self.column.activated.connect(self._chosen)
        self.how = QToolButton()
        self.how.setAccessibleName(tr("How to read {words_of}", words_of=words_of(key)))
        self.how.setToolTip(tr("Units, dates, joining and cutting…"))
        theme.dress(self.how, "settings-2", "text2", 14)
        self.how.clicked.connect(lambda: self.howAsked.emit(self.key))
        self.told = Caption(theme, FAINT)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        rows, line = QVBoxLayout(self), QHBoxLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        line.setSpacing(6)
        line.addWidget(self.label)
        line.addWidget(self.column, 1)
        line.addWidget(self.how)
        rows.addLayout(line)
        rows.addWidget(self.told)

    def offer(self, titles: Sequence[str]) -> None:
        """The columns there are."""
        self.column.clear()
        self.column.addItems([NONE, *titles])
        self._show()

    def put(self, source: Source) -> None:
        """Show where the field comes from."""
        self.source = source
        self._show()

    def take(self, title: str) -> None:
        """Another column; how it is read stays only where it is the same one."""
        if self.source.columns[:1] != (title,):
            self.source = Source((title,)) if title else Source()
            self._show()
            self.changed.emit()

    def _chosen(self, at: int) -> None:
        self.take(self.column.itemText(at) if at > 0 else "")

    def _show(self) -> None:
        title = self.source.columns[0] if self.source.columns else NONE
        self.column.setCurrentIndex(max(0, self.column.findText(title)))
        self.how.setEnabled(bool(self.source.columns))
        told = how_words(self.source)
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        title = bytes(event.mimeData().data(MIME).data()).decode()
        event.accept()
        self.take(title)


class FieldRows(QScrollArea):
    """All fields in groups; ``changed`` when one gets another column."""

    changed = Signal()
    howAsked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(4)
        self.rows: dict[str, FieldRow] = {}
        rest = {key: words_of(key) for key in FIELDS if key not in WORDS}
        for title, group in (*GROUPS, (tr("More"), rest)):
            column.addSpacing(6)
            column.addWidget(Caption(theme, HEADING, title))
            for key in group:
                row = FieldRow(key, theme)
                row.changed.connect(self.changed)
                row.howAsked.connect(self.howAsked)
                column.addWidget(row)
                self.rows[key] = row
        column.addStretch(1)
        self.setWidget(inner)

    def show_fields(self, titles: Sequence[str], fields: Mapping[str, Source]) -> None:
        """Another file or mapping."""
        for key, row in self.rows.items():
            row.offer(titles)
            row.put(fields.get(key, Source()))

    @property
    def fields(self) -> dict[str, Source]:
        """Those that come from somewhere."""
        found = {key: row.source for key, row in self.rows.items()}
        return {key: s for key, s in found.items() if s.columns or s.empty}

    def put(self, key: str, source: Source) -> None:
        """Read a field so."""
        self.rows[key].put(replace(source))
        self.changed.emit()

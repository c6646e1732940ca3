"""A field, the rows that match what is typed, and Enter: the same for commands and drivers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.choosing.choice import Choice
from console.ui.choosing.rows import HEIGHT, ChoiceDelegate, ChoiceList
from console.ui.dialogs.sheet import lend_help
from console.ui.theme.theme import Theme

WIDTH, ROWS = 620, 12
TOP = 56  # px under the window's upper edge: where eyes are after Ctrl+K

Source = Callable[[str], Sequence[Choice]]
_WALK = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class Chooser(QDialog):
    """``chosen`` once accepted; ``forced`` when Shift was held. Opened, never executed."""

    def __init__(
        self, title: str, source: Source, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.theme, self._source = theme, source
        self.chosen: Choice | None = None
        self.forced = False
        self._walked = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.field = QLineEdit()
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(title)
        self.field.setClearButtonEnabled(True)
        self.model = ChoiceList()
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ChoiceDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(tr("Choices"))
        self.hint = Caption(theme, FAINT, "")
        self._lay_out()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self.view.clicked.connect(self._clicked)
        self._typed("")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.addWidget(self.field)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 6, 12, 8)
        foot.addWidget(self.hint)
        rows.addLayout(head)
        rows.addWidget(self.view, 1)
        rows.addLayout(foot)
        scale = self.theme.scale
        self.resize(round(WIDTH * scale), round((HEIGHT * ROWS + 90) * scale))

    @property
    def current(self) -> Choice | None:
        """The row that Enter would take."""
        index = self.view.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def hint_at(self, text: str) -> None:
        """Say what the keys do."""
        self.hint.say(text)

    def start_over(self) -> None:
        """Ask for the rows again and point at the best, unless another was walked to."""
        if self._walked:
            self.refresh()
        else:
            self._typed(self.field.text())

    def refresh(self) -> None:
        """Ask for the rows again; what was pointed at stays."""
        at = self.current
        self._typed(self.field.text())
        keys = [choice.key for choice in self.model.rows]
        if at is not None and at.key in keys:
            self._point(keys.index(at.key))

    def _typed(self, text: str) -> None:
        self.model.show_rows(self._source(text))
        self._point(next((i for i, one in enumerate(self.model.rows) if one.enabled), 0))

    def _point(self, row: int) -> None:
        if self.model.rows:
            row = max(0, min(len(self.model.rows) - 1, row))
            self.view.setCurrentIndex(self.model.index(row))
            spoken = self.model.rows[row].spoken
            self.field.setAccessibleDescription(spoken)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the rows while the field keeps the keyboard."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _WALK:
                self._walked = True
                self._point(self.view.currentIndex().row() + _WALK[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(forced=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, _index: QModelIndex) -> None:
        self._take(forced=False)

    def _take(self, *, forced: bool) -> None:
        choice = self.current
        if choice is not None and choice.enabled:
            self.chosen, self.forced = choice, forced
            self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """In the upper middle of its window."""
        parent = self.parentWidget()
        if parent is not None:
            across = (parent.width() - self.width()) // 2
            self.move(parent.mapToGlobal(QPoint(max(0, across), TOP)))
            lend_help(self)
        super().showEvent(event)
        self.field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
            painter.setPen(self.theme.color("border_strong"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

"""What all dialogs share: a body, and a row of buttons of which one goes on."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLayoutItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.tongues import tr
from console.ui.caption import QUIET, STRONG, Caption
from console.ui.ink import Pen
from console.ui.scrolling import scrolling
from console.ui.theme.theme import Theme

TITLE, WARNING = Pen("title", "text", bold=True), Pen("small", "bad")
HELP = "help"
LOW_SCREEN = 700
"""What a dialog may need in height: a screen of 800 px less its bars."""


class Sheet(QDialog):
    """A dialog that is opened, never executed; Enter goes on, Esc goes back."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._fitted = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(12)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        rows.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        rows.addLayout(self._buttons)
        self._buttons.addStretch(1)

    def heading(self, text: str) -> Caption:
        """The question in large type."""
        return self.put(Caption(self.theme, TITLE, text, wrap=True))

    def sentence(self, text: str) -> Caption:
        """A quiet explanation."""
        return self.put(Caption(self.theme, QUIET, text, wrap=True))

    def caption(self, text: str) -> Caption:
        """The title of a part."""
        return self.put(Caption(self.theme, STRONG, text))

    def problem(self) -> Caption:
        """A place for what is wrong, empty at first."""
        return self.put(Caption(self.theme, WARNING, "", wrap=True))

    def least(self, width: int, height: int = 0) -> None:
        """The smallest size, in pixels at 100 % text size."""
        tall = min(round(height * self.theme.scale), LOW_SCREEN)
        self.setMinimumSize(round(width * self.theme.scale), tall)

    def fitted(self, width: int) -> QSize:
        """The size that wrapped texts need at this width."""
        rows = self.layout()
        wanted = max(width, self.minimumWidth(), self.minimumSizeHint().width())
        tall = rows.totalHeightForWidth(wanted) if rows is not None else 0
        room = self.screen().availableGeometry().height() - 48
        return QSize(wanted, min(room, max(tall, self.minimumHeight())))

    def showEvent(self, event: QShowEvent) -> None:
        """As low as its texts allow, not as high as unwrapped labels guess."""
        if not self._fitted:
            self._fitted = True
            if not any(_grows(self.body.itemAt(i)) for i in range(self.body.count())):
                self.body.addStretch(1)
            self.resize(self.fitted(self.minimumWidth()))
            lend_help(self)
        super().showEvent(event)

    def put[W: QWidget](self, widget: W) -> W:
        """Add to the body."""
        self.body.addWidget(widget)
        return widget

    def grid(self) -> QFormLayout:
        """Labels left, fields right, in the body."""
        made = QFormLayout()
        made.setHorizontalSpacing(12)
        made.setVerticalSpacing(8)
        made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.body.addLayout(made)
        return made

    def scrolling(self) -> QVBoxLayout:
        """A part of the body that scrolls where the screen is low."""
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(8)
        self.put(scrolling(inner))
        return rows

    def go_on(self, text: str, *, danger: bool = False) -> QPushButton:
        """The button that accepts."""
        button = QPushButton(text)
        button.setFont(self.theme.font("body", bold=True))  # what the style sheet paints it in
        button.setDefault(not danger)
        button.setAutoDefault(not danger)
        if danger:
            button.setProperty("role", "danger")
        button.clicked.connect(self.accept)
        self._buttons.addWidget(button)
        return button

    def stay(self, text: str) -> QPushButton:
        """The button that does what is wanted, and leaves the dialog open."""
        button = QPushButton(text)
        button.setFont(self.theme.font("body", bold=True))
        button.setDefault(True)
        self._buttons.addWidget(button)
        return button

    def go_back(self, text: str = tr("Cancel"), *, default: bool = False) -> QPushButton:
        """The button that changes nothing."""
        button = QPushButton(text)
        if default:
            button.setFont(self.theme.font("body", bold=True))
        button.setAutoDefault(default)
        button.setDefault(default)
        button.clicked.connect(self.reject)
        self._buttons.addWidget(button)
        return button

    def beside(self, text: str) -> QPushButton:
        """A further button at the left that does not close."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        self._buttons.insertWidget(self._left(), button)
        return button

    def _left(self) -> int:
        """Before the stretch."""
        return next(i for i in range(self._buttons.count()) if self._is_stretch(i))

    def _is_stretch(self, i: int) -> bool:
        item = self._buttons.itemAt(i)
        return item is not None and item.spacerItem() is not None


def lend_help(dialog: QDialog) -> None:
    """The window's help key works in a dialog, too."""
    parent = dialog.parentWidget()
    if parent is not None:
        dialog.addActions([one for one in parent.window().actions() if one.objectName() == HELP])


def _grows(item: QLayoutItem | None) -> bool:
    """True for tables, texts, pages and stretches: they take what is left."""
    return item is not None and (
        item.spacerItem() is not None
        or isinstance(item.widget(), QAbstractScrollArea | QSplitter | QStackedWidget)
    )

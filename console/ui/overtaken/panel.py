"""The list of what was not done: a card each, with one-click choices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import PLAIN, QUIET, STRONG, Caption
from console.ui.ink import Pen
from console.ui.overtaken.faces import Face
from console.ui.scrolling import scrolling
from console.ui.theme.theme import Theme
from console.ui.tooldock import ToolDock

MOST = 40
"""Cards; more are shown as these are decided."""
_WHY = Pen("body", "warn")


class OvertakenPanel(ToolDock):
    """What is asked for a card, by its key: ``redoAsked``, ``keepAsked``, ``showAsked``.

    ``keepAllAsked`` lets all of them go.
    """

    redoAsked = Signal(str)
    keepAsked = Signal(str)
    showAsked = Signal(str)
    keepAllAsked = Signal()

    def __init__(self, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__(tr("Not done"), window)
        self._theme = theme
        self.cards: list[OvertakenCard] = []
        self.title = Caption(theme, STRONG)
        self.hint = Caption(theme, QUIET, wrap=True)
        self.keep_all = QPushButton(tr("Keep theirs for all"))
        self.keep_all.clicked.connect(self.keepAllAsked)
        self.close_button = QPushButton(tr("Done"))
        self.close_button.clicked.connect(self.end)
        self._rows = QVBoxLayout()
        self.setWidget(self._content())
        self.setMinimumWidth(300)

    def _content(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        area = scrolling(inner)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(_line((12, 6, 8, 6), self.title, self.close_button))
        rows.addLayout(_line((12, 0, 12, 8), self.hint))
        rows.addWidget(area, 1)
        rows.addLayout(_line((12, 8, 12, 8), self.keep_all))
        return whole

    def show_faces(self, faces: Sequence[Face]) -> None:
        """These wait for a decision, the oldest first."""
        shown = faces[:MOST]
        self.title.say(tr("Not done  {faces}", faces=len(faces)) if faces else tr("Not done"))
        self.hint.say(
            tr("Somebody else changed the plan first. Nothing of theirs was overwritten.")
            if faces
            else tr("Nothing waits for a decision.")
        )
        while len(self.cards) > len(shown):
            last = self.cards.pop()
            last.hide()
            last.deleteLater()
        while len(self.cards) < len(shown):
            card = OvertakenCard(self._theme, self._asked)
            self._rows.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for card, face in zip(self.cards, shown, strict=True):
            card.show_face(face)
        self.keep_all.setVisible(len(faces) > 1)

    def _asked(self, what: str, key: str) -> None:
        {"redo": self.redoAsked, "keep": self.keepAsked, "show": self.showAsked}[what].emit(key)


def _line(margins: tuple[int, int, int, int], *widgets: QWidget) -> QHBoxLayout:
    """Side by side; the first takes what is left."""
    line = QHBoxLayout()
    line.setContentsMargins(*margins)
    for widget in widgets:
        line.addWidget(widget, 1 if widget is widgets[0] else 0)
    return line


class OvertakenCard(QWidget):
    """One change and three choices; ``asked(what, key)``."""

    def __init__(self, theme: Theme, asked: Callable[[str, str], None]) -> None:
        super().__init__()
        self._theme, self._asked = theme, asked
        self.key = ""
        self.title, self.what = Caption(theme, STRONG), Caption(theme, PLAIN, wrap=True)
        self.why, self.theirs = Caption(theme, _WHY, wrap=True), Caption(theme, QUIET, wrap=True)
        self.redo = self._button(tr("Do it now"), "redo", tr("On the plan as it is now"))
        self.keep = self._button(tr("Keep theirs"), "keep", tr("Let this change go"))
        self.show_on_map = self._button(tr("Show"), "show", tr("Show the stops on the map"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.setSpacing(3)
        for caption in (self.title, self.what, self.why, self.theirs):
            rows.addWidget(caption)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 6, 0, 0)
        buttons.setSpacing(8)
        for button in (self.redo, self.keep, self.show_on_map):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        theme.changed.connect(self.update)

    def _button(self, text: str, what: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.clicked.connect(lambda _on=False: self._asked(what, self.key))
        return button

    def show_face(self, face: Face) -> None:
        """Another change."""
        self.key = face.key
        for caption, text in (
            (self.title, face.title),
            (self.what, face.what),
            (self.why, face.why),
            (self.theirs, face.theirs),
        ):
            caption.say(text)
            caption.setVisible(bool(text))
        self.keep.setText(tr("Keep theirs") if face.theirs else tr("Let it go"))
        self.show_on_map.setVisible(bool(face.stops))
        self.setAccessibleName(f"{face.title}. {face.what}. {face.why} {face.theirs}")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(12, 0, self.width() - 24, 1, self._theme.color("border"))

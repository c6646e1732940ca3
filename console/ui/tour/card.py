"""A card over the window that points at a control, and the ring around that control."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import FAINT, PLAIN, Caption
from console.ui.ink import Pen
from console.ui.theme.theme import Theme
from console.ui.tour.placing import GAP, Side, beside, tip

WIDTH = 340
_ARROW = 8
_TITLE = Pen("title", "text", bold=True)


class Ring(QWidget):
    """A frame around a control; clicks go through it."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            radius = self._theme.radius("float")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class TourCard(QWidget):
    """What to do, and buttons to pass over it. It takes neither the keyboard nor the window."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._side, self._target = Side.BELOW, QRect()
        self.ring = Ring(window, theme)
        self.count = Caption(theme, FAINT, "")
        self.title = Caption(theme, _TITLE, "", wrap=True)
        self.text = Caption(theme, PLAIN, "", wrap=True)
        self.more_button = self._quiet(tr("Read more"))
        self.end_button = self._quiet(tr("End the tour"))
        self.next_button = QPushButton(tr("Skip"))
        self.setObjectName("tour")
        self._lay_out()
        theme.changed.connect(self.update)

    def say(self, title: str, text: str, count: str, *, is_last: bool) -> None:
        """Another step."""
        self.title.say(title)
        self.text.say(text)
        self.count.say(count)
        self.next_button.setText(tr("Done") if is_last else tr("Skip"))
        self.next_button.setAccessibleName(tr("End the tour") if is_last else tr("Skip this step"))
        self.end_button.setVisible(not is_last)
        self.setAccessibleName(tr("Tour. {title}. {text}", title=title, text=text))

    def on(self, go_on: Callable[[], None], end: Callable[[], None], more: Callable[[], None]):
        """Who is told of the buttons."""
        self.next_button.clicked.connect(go_on)
        self.end_button.clicked.connect(end)
        self.more_button.clicked.connect(more)

    def point_at(self, target: QRect) -> None:
        """Stand beside this part of the window."""
        room = self._window.rect()
        self.setFixedWidth(round(WIDTH * self._theme.scale))
        rows = self.layout()
        tall = rows.totalHeightForWidth(self.width()) if rows is not None else 0
        self.resize(self.width(), max(tall, self.minimumSizeHint().height()))
        box, self._side = beside(target, self.size(), room)
        self._target = target
        self.setGeometry(box)
        self.ring.setGeometry(target.adjusted(-3, -3, 3, 3).intersected(room))
        for part in (self.ring, self):
            part.show()
            part.raise_()
        self.update()

    def leave(self) -> None:
        """Go, with the ring."""
        for part in (self.ring, self):
            part.hide()
            part.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 1))
            painter.setBrush(self._theme.color("raised"))
            box = QRectF(self.rect()).adjusted(_ARROW, _ARROW, -_ARROW, -_ARROW)
            radius = self._theme.radius("float")
            painter.drawRoundedRect(box, radius, radius)
            if self._side is not Side.INSIDE:
                painter.setBrush(self._theme.color("accent"))
                painter.drawPolygon(self._arrow())

    def _arrow(self) -> QPolygonF:
        point = QPointF(tip(self.geometry(), self._target, self._side))
        along = QPointF(_ARROW, 0) if self._side in (Side.BELOW, Side.ABOVE) else QPointF(0, _ARROW)
        inward = {
            Side.BELOW: QPointF(0, _ARROW),
            Side.ABOVE: QPointF(0, -_ARROW),
            Side.RIGHT: QPointF(_ARROW, 0),
            Side.LEFT: QPointF(-_ARROW, 0),
        }[self._side]
        return QPolygonF([point, point + inward + along, point + inward - along])

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP + _ARROW, GAP + _ARROW, GAP + _ARROW, 10 + _ARROW)
        rows.setSpacing(6)
        for widget in (self.count, self.title, self.text):
            rows.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.more_button)
        buttons.addStretch(1)
        buttons.addWidget(self.end_button)
        buttons.addWidget(self.next_button)
        rows.addStretch(1)
        rows.addLayout(buttons)

    def _quiet(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "quiet")
        return button

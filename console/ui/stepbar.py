"""The checklist as a row of steps: a disc with its state, a name, a click or a key away."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.tongues import tr
from console.ui.checklist import State, Step
from console.ui.ink import is_mirrored, leading, sided
from console.ui.theme.theme import Theme

_TONES = {
    State.DONE: "ok",
    State.LOOK: "warn",
    State.NOW: "accent",
    State.LATER: "text3",
    State.SKIPPED: "text3",
}
_MARKS = {State.DONE: "check", State.LOOK: "triangle-alert", State.SKIPPED: "x"}
_DISC, _GAP, _BETWEEN = 16, 6, 14


class StepBar(QWidget):
    """``pressed`` carries a step's key, ``menuAsked`` also where it was asked for.

    Where room is short, steps that need nothing now are discs alone.
    """

    pressed = Signal(str)
    menuAsked = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.steps: list[Step] = []
        self.at = 0
        self._hovered = -1
        self.room = 10_000
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Checklist of the day"))
        theme.changed.connect(self._fit)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """The steps as they stand now."""
        if list(steps) != self.steps:
            self.steps = list(steps)
            self._fit()
            self._speak()

    def set_room(self, room: int) -> None:
        """How many pixels there are at most."""
        if room != self.room:
            self.room = room
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._width(), self._theme.size("strip"))

    def box(self, i: int) -> QRect:
        """Where a step is painted."""
        return sided(self._counted(i), self).toRect()

    def _counted(self, i: int) -> QRectF:
        """The same, counted from the side one reads from."""
        left = sum(self._step_width(j) for j in range(i))
        return QRectF(left, 0, self._step_width(i), self.height())

    def step_at(self, point: QPoint) -> int:
        """The index of the step at a point, -1 where there is none."""
        found = (i for i in range(len(self.steps)) if self.box(i).contains(point))
        return next(found, -1)

    def _fit(self) -> None:
        self.setFixedWidth(self._width())
        self.update()

    def _width(self) -> int:
        return sum(self._step_width(i) for i in range(len(self.steps)))

    @property
    def _is_short(self) -> bool:
        return sum(self._full_width(step) for step in self.steps) > self.room

    def _step_width(self, i: int) -> int:
        step = self.steps[i]
        if self._is_short and step.state in (State.DONE, State.SKIPPED, State.LATER):
            return round((_DISC + 8) * self._theme.scale)
        return self._full_width(step)

    def _full_width(self, step: Step) -> int:
        name = self._metrics(step).horizontalAdvance(step.name)
        return name + round((_DISC + _GAP + _BETWEEN) * self._theme.scale)

    def _metrics(self, step: Step) -> QFontMetrics:
        return QFontMetrics(self._theme.font("body", bold=_is_bold(step)))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for i, step in enumerate(self.steps):
                self._paint(painter, self._counted(i), i, step)

    def _paint(self, painter: QPainter, box: QRectF, i: int, step: Step) -> None:
        theme, size = self._theme, _DISC * self._theme.scale
        tone, middle = _TONES[step.state], box.center().y()
        if i == self._hovered:
            painter.fillRect(sided(box.adjusted(-3, 6, -5, -6), self), theme.color("hover"))
        disc = sided(QRectF(box.x() + 1, middle - size / 2, size, size), self)
        colour = theme.color(tone)
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(colour if step.state is State.NOW else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if step.state in _MARKS:
            pixmap = theme.pixmap(_MARKS[step.state], tone, 10, self.devicePixelRatioF())
            painter.drawPixmap(int(disc.center().x() - 5), int(middle - 5), pixmap)
        else:
            painter.setFont(theme.font("micro"))
            painter.setPen(theme.color("on_accent") if step.state is State.NOW else colour)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(i + 1))
        if box.width() > size + 10:
            start = box.x() + 1 + size + _GAP
            self._name(painter, QRectF(start, 0, box.width(), self.height()), step)
        if i == self.at and self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(sided(box.adjusted(-1, 7, -6, -7), self))

    def _name(self, painter: QPainter, box: QRectF, step: Step) -> None:
        font = self._theme.font("body", bold=_is_bold(step))
        font.setStrikeOut(step.state is State.SKIPPED)
        painter.setFont(font)
        strong = _is_bold(step) or step.state is State.DONE
        painter.setPen(self._theme.color("text" if strong else "text3"))
        painter.drawText(sided(box, self), leading(self), step.name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.step_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, i: int) -> None:
        if i != self._hovered:
            self._hovered = i
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        i = self.step_at(event.position().toPoint())
        if i < 0:
            return
        self.at = i
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(self.steps[i].key)
        elif event.button() is Qt.MouseButton.RightButton:
            self.menuAsked.emit(self.steps[i].key, event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on, back = Qt.Key.Key_Right, Qt.Key.Key_Left
        if is_mirrored(self):
            on, back = back, on
        step = {on: 1, back: -1}.get(Qt.Key(event.key()))
        if step is not None and self.steps:
            self.at = max(0, min(len(self.steps) - 1, self.at + step))
            self._speak()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space) and self.steps:
            self.pressed.emit(self.steps[self.at].key)
        elif event.key() == Qt.Key.Key_Menu and self.steps:
            corner = self.box(self.at).bottomLeft()
            self.menuAsked.emit(self.steps[self.at].key, self.mapToGlobal(corner))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The note of the step under the pointer as its tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            i = self.step_at(event.pos())
            QToolTip.showText(event.globalPos(), spoken(self.steps[i]) if i >= 0 else "")
            return True
        return super().event(event)

    def _speak(self) -> None:
        if self.steps:
            self.at = min(self.at, len(self.steps) - 1)
            self.setAccessibleDescription(spoken(self.steps[self.at]))


def spoken(step: Step) -> str:
    """``Review: needs a look, 1 without a driver``."""
    words = {
        State.DONE: tr("done"),
        State.LOOK: tr("needs a look"),
        State.NOW: tr("next"),
        State.LATER: tr("not yet"),
        State.SKIPPED: tr("skipped"),
    }
    return f"{step.name}: {words[step.state]}, {step.note}"


def _is_bold(step: Step) -> bool:
    return step.state in (State.NOW, State.LOOK)

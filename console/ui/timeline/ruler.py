"""Painting the clock: hours bold, halves faint, and where now is."""

from datetime import UTC, datetime

from PySide6.QtCore import QLineF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from console.dispatch.picture import Picture
from console.ui.ink import Ink, Pen
from console.ui.timeline.scale import TimeScale


def paint_ruler(
    painter: QPainter, ink: Ink, box: QRect, clock: tuple[TimeScale, float, Picture]
) -> None:
    """The ruler; ``clock`` is the scale, the x of its origin, and the picture with the zone."""
    scale, zero, picture = clock
    painter.fillRect(box, ink.color("surface"))
    for minute, is_hour in scale.ticks(box.left() - zero - 30, box.right() - zero + 30):
        x = round(zero + scale.x(minute))
        words = clock_text(picture, minute)
        pen = Pen("small", "text2" if is_hour else "text3")
        painter.setPen(QPen(ink.color("border_strong" if is_hour else "border"), 1))
        painter.drawLine(QLineF(x + 0.5, box.bottom() - 4, x + 0.5, box.bottom()))
        at = QRectF(x + ink.px(3), box.y(), 10, box.height() - 2)
        ink.write(painter, at, words, pen)


def paint_grid(painter: QPainter, ink: Ink, box: QRect, clock: tuple[TimeScale, float]) -> None:
    """Faint lines at the cells through all rows."""
    scale, zero = clock
    line, faint = QColor(ink.color("border")), QColor(ink.color("border"))
    line.setAlphaF(0.4 if ink.is_stark else 1.0)
    faint.setAlphaF(0.2 if ink.is_stark else 0.55)
    lines: dict[bool, list[QLineF]] = {True: [], False: []}
    for minute, is_hour in scale.ticks(box.left() - zero, box.right() - zero):
        x = round(zero + scale.x(minute)) + 0.5
        lines[is_hour].append(QLineF(x, box.top(), x, box.bottom()))
    for is_hour, color in ((True, line), (False, faint)):
        painter.setPen(QPen(color, 1))
        painter.drawLines(lines[is_hour])


def paint_now(painter: QPainter, ink: Ink, box: QRect, now: tuple[float, str]) -> None:
    """The line of the present moment with its time in the ruler; ``now`` is x and the words."""
    x, words = now
    accent = ink.color("accent")
    pen = Pen("small", "surface", bold=True)
    width = ink.width(words, pen) + ink.px(10)
    left = max(float(box.left()), x - width / 2)
    flag = QRectF(left, box.y() + ink.px(3), width, ink.px(18))
    painter.setPen(QPen(accent, 1.5))
    painter.drawLine(QLineF(x, flag.bottom(), x, box.bottom()))
    ink.plate(painter, flag, accent, 3)
    painter.setPen(ink.color("surface"))
    ink.write_centred(painter, flag, words, pen)


def clock_text(picture: Picture, minute: float) -> str:
    """A minute on the depot's clock."""
    return picture.clock(datetime.fromtimestamp(minute * 60, UTC))

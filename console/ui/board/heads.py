"""Painting a lane's head: who, how much, how full, and what a drop would cost."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console.tongues import tr
from console.ui.board.faces import LaneFace
from console.ui.drag import Verdict, verdict_note
from console.ui.harm import fullness_color, harm_text, load_ratio
from console.ui.ink import Ink, Pen
from console.ui.labels import cost_text, drive_text, short_why


class HeadPainter:
    """Paints lane heads with shared tools."""

    def __init__(self, ink: Ink, currency: str) -> None:
        self._ink = ink
        self._currency = currency

    def paint(
        self,
        painter: QPainter,
        face: LaneFace,
        box: QRectF,
        verdict: Verdict | None,
    ) -> None:
        """A head at rest, or with a verdict while stops are dragged."""
        px = self._ink.px
        inner = box.adjusted(px(10), px(6), -px(10), -px(6))
        first = QRectF(inner.x(), inner.y(), inner.width(), px(18))
        second = QRectF(inner.x(), first.bottom(), inner.width(), px(15))
        dim = face.off or (verdict is None and (face.locked or face.released))
        if dim:
            painter.setOpacity(self._ink.theme.opacity("locked"))
        self._name(painter, face, first)
        painter.setOpacity(1.0)
        if verdict is None:
            self._figures(painter, face, second)
        else:
            self._delta(painter, face, second, verdict)
        third = QRectF(inner.x(), second.bottom() + px(2), inner.width(), px(9))
        self._meters(painter, face, third)

    def _name(self, painter: QPainter, face: LaneFace, line: QRectF) -> None:
        ink = self._ink
        chip = QRectF(line.x(), line.center().y() - ink.px(8), ink.px(20), ink.px(16))
        if face.route is None:
            ink.icon(
                painter, chip.topLeft() + QPointF(ink.px(2), 0), "circle-question-mark", "warn"
            )
        else:
            ink.chip(painter, chip, face.label.number)
        right = self._at_right(painter, face, line)
        pen = Pen("body", "text", bold=True)
        start = chip.right() + ink.px(8)
        words = ink.elided(face.label.name, right - start - ink.px(6), pen)
        ink.write(painter, QRectF(start, line.y(), right - start, line.height()), words, pen)

    def _at_right(self, painter: QPainter, face: LaneFace, line: QRectF) -> float:
        ink = self._ink
        right = line.right()
        if face.locked or face.released:
            right -= ink.px(14)
            icon = "lock" if face.locked else "truck"
            ink.icon(painter, QPointF(right, line.center().y() - ink.px(7)), icon, "text2")
            right -= ink.px(5)
        if face.off:
            word = Pen("small", "warn")
            return ink.write_right(painter, _to(line, right), tr("off today"), word)
        if face.finish:
            return ink.write_right(painter, _to(line, right), face.finish, Pen("body", "text2"))
        return right

    def _figures(self, painter: QPainter, face: LaneFace, line: QRectF) -> None:
        ink = self._ink
        end = ink.write(painter, line, face.figures, Pen("small", "text2"))
        if face.trouble:
            pen = Pen("small", "bad", bold=True)
            words = ink.elided(face.trouble, line.right() - end - ink.px(8), pen)
            ink.write_right(painter, line, words, pen)

    def _delta(self, painter: QPainter, face: LaneFace, line: QRectF, verdict: Verdict) -> None:
        if verdict.is_forbidden:
            self._ban(painter, line, verdict)
        elif verdict.preview is not None:
            self._cost(painter, line, verdict)
        else:
            self._figures(painter, face, line)

    def _ban(self, painter: QPainter, line: QRectF, verdict: Verdict) -> None:
        ink = self._ink
        why = short_why(verdict.blocked) or (harm_text(verdict.harm) if verdict.harm else "")
        ink.icon(painter, QPointF(line.x(), line.y()), "ban", "bad")
        pen = Pen("small", "bad", bold=True)
        rest = line.adjusted(ink.px(19), 0, 0, 0)
        end = ink.write(painter, rest, ink.elided(why, rest.width(), pen), pen)
        found = verdict.preview
        ratio = load_ratio(verdict.harm, found.schedule) if verdict.harm and found else ""
        if ratio and end + ink.width(ratio, Pen("small", "bad")) + ink.px(6) < line.right():
            ink.write_right(painter, line, ratio, Pen("small", "bad"))

    def _cost(self, painter: QPainter, line: QRectF, verdict: Verdict) -> None:
        ink, found = self._ink, verdict.preview
        if found is None:
            return
        color = "ok" if found.cost < 0 else "text"
        end = ink.write(painter, line, drive_text(found.seconds), Pen("small", color, bold=True))
        rest = QRectF(end + ink.px(8), line.y(), 10, line.height())
        ink.write(
            painter,
            rest,
            cost_text(found.cost, self._currency),
            Pen("small", color, bold=True),
        )
        self._note(painter, line, verdict)

    def _note(self, painter: QPainter, line: QRectF, verdict: Verdict) -> None:
        note = verdict_note(verdict)
        if note is None:
            return
        ink = self._ink
        words, color = note
        if color == "ok":
            at = QPointF(line.right(), line.center().y())
            ink.tag(painter, at, words, ("surface", "ok"))
        else:
            ink.write_right(painter, line, words, Pen("small", color))

    def _meters(self, painter: QPainter, face: LaneFace, line: QRectF) -> None:
        ink = self._ink
        shown = face.meters[:3]
        if not shown:
            return
        cell = (line.width() + ink.px(8)) / len(shown)
        for i, (unit, share) in enumerate(shown):
            x = line.x() + i * cell
            color = fullness_color(share)
            pen = Pen("micro", color)
            start = ink.write(painter, QRectF(x, line.y(), cell, line.height()), unit, pen)
            left = start + ink.px(4)
            bar = QRectF(left, line.center().y() - 2, x + cell - ink.px(8) - left, 4)
            ink.meter(painter, bar, share)


def paint_foot(painter: QPainter, ink: Ink, box: QRectF, words: str) -> None:
    """The lane's end: what a drop there does."""
    painter.setPen(QPen(ink.color("border_strong"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(ink.placed(box).adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(ink.color("text3"))
    ink.write_centred(painter, box, words, Pen("small", "text3"))


def _to(line: QRectF, right: float) -> QRectF:
    return QRectF(line.x(), line.y(), right - line.x(), line.height())

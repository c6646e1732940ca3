"""The rows of drivers as a model, and how they are painted."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.ui.ink import Pen
from console.ui.live.faces import LiveFace
from console.ui.rowink import Index, InkDelegate, InkRows

HEIGHT = 46
_LEFT, _CHIP, _RIGHT = 12, 22, 12


class LiveList(InkRows[LiveFace]):
    """Drivers of the running day."""

    def is_about_the_same(self, rows: Sequence[LiveFace]) -> bool:
        return [row.route for row in rows] == [row.route for row in self.rows]


class LiveDelegate(InkDelegate):
    """Two lines: who, how far, how late; what she is at, and the age of the fix."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ink.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face: LiveFace = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        box, selected = self._ground(painter, option)
        if selected:
            self._bar(painter, box)
        self._paint_who(painter, box, face, bold=selected)
        self._paint_what(painter, box, face, quiet="text2" if selected else "text3")
        painter.restore()

    def _paint_who(self, painter: QPainter, box: QRectF, face: LiveFace, *, bold: bool) -> None:
        ink = self._ink
        line = QRectF(box.x(), box.y() + ink.px(4), box.width(), ink.px(18))
        chip = QRectF(box.x() + ink.px(_LEFT), line.y() + 1, ink.px(_CHIP), ink.px(16))
        ink.chip(painter, chip, face.number)
        right = QRectF(line.x(), line.y(), line.width() - ink.px(_RIGHT), line.height())
        end = ink.write_right(painter, right, face.delay, Pen("body", face.delay_tone, bold=True))
        done = QRectF(line.x(), line.y(), box.right() - ink.px(_RIGHT + 66), line.height())
        done.setRight(min(end - ink.px(8), box.right() - ink.px(_RIGHT + 60)))
        end = ink.write_right(painter, done, face.progress, Pen("body", "text2"))
        left = chip.right() + ink.px(8)
        name = Pen("body", "text", bold=bold)
        shown = ink.elided(face.name, end - left - ink.px(8), name)
        ink.write(painter, QRectF(left, line.y(), end - left, line.height()), shown, name)

    def _paint_what(self, painter: QPainter, box: QRectF, face: LiveFace, *, quiet: str) -> None:
        ink = self._ink
        line = QRectF(box.x(), box.y() + ink.px(22), box.width(), ink.px(14))
        left = box.x() + ink.px(_LEFT + _CHIP + 8)
        right = QRectF(line.x(), line.y(), line.width() - ink.px(_RIGHT), line.height())
        tone = quiet if face.fix_tone == "text3" else face.fix_tone
        end = ink.write_right(painter, right, face.fix, Pen("micro", tone))
        pen = Pen("small", quiet if face.doing_tone == "text3" else face.doing_tone)
        shown = ink.elided(face.doing, end - left - ink.px(8), pen)
        ink.write(painter, QRectF(left, line.y(), end - left, line.height()), shown, pen)
        track = QRectF(left, box.y() + ink.px(39), box.right() - ink.px(_RIGHT) - left, ink.px(3))
        painter.fillRect(track, ink.color("border"))
        filled = QRectF(track.x(), track.y(), track.width() * face.share, track.height())
        painter.fillRect(filled, ink.driver(face.number)[0])

"""The rows of alarms as a model, and how they are painted."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.ui.ink import Pen
from console.ui.live.alarmwords import AlarmFace
from console.ui.rowink import Index, InkDelegate, InkRows

HEIGHT = 44
_LEFT, _CHIP, _RIGHT = 12, 22, 12


class AlarmList(InkRows[AlarmFace]):
    """Alarms, the one that does most harm first."""

    def is_about_the_same(self, rows: Sequence[AlarmFace]) -> bool:
        return [row.id for row in rows] == [row.id for row in self.rows]


class AlarmDelegate(InkDelegate):
    """Two lines: what is wrong and for how long; whom it is about and who sees to it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._ink.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face: AlarmFace = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        box, selected = self._ground(painter, option)
        if selected:
            self._bar(painter, box)
        ink = self._ink
        if face.number:
            chip = QRectF(box.x() + ink.px(_LEFT), box.y() + ink.px(5), ink.px(_CHIP), ink.px(16))
            ink.chip(painter, chip, face.number)
        first = QRectF(box.x(), box.y() + ink.px(4), box.width(), ink.px(18))
        second = QRectF(box.x(), box.y() + ink.px(23), box.width(), ink.px(15))
        quiet = "text2" if selected else "text3"
        self._line(painter, first, (face.title, Pen("body", face.tone, bold=True)),
                   (face.age, Pen("small", quiet)))  # fmt: skip
        self._line(painter, second, (face.about, Pen("small", quiet)),
                   (face.state, Pen("small", "accent")))  # fmt: skip
        painter.restore()

    def _line(
        self, painter: QPainter, line: QRectF, left: tuple[str, Pen], right: tuple[str, Pen]
    ) -> None:
        """The right text whole, the left one shortened to what remains."""
        ink = self._ink
        room = QRectF(line.x(), line.y(), line.width() - ink.px(_RIGHT), line.height())
        end = ink.write_right(painter, room, right[0], right[1])
        start = line.x() + ink.px(_LEFT + _CHIP + 8)
        shown = ink.elided(left[0], end - start - ink.px(8), left[1])
        ink.write(painter, QRectF(start, line.y(), end - start, line.height()), shown, left[1])

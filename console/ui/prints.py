"""What is painted once and copied from then on, for as long as it would look the same."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from console.ui.latest import Latest

Paint = Callable[[QPainter], None]


class Prints:
    """Pictures of parts of a view by key, each with what it shows; only the latest are kept."""

    def __init__(self, most: int) -> None:
        self._kept: Latest[Hashable, tuple[object, QPixmap]] = Latest(most)

    def paint(
        self, painter: QPainter, key: Hashable, shows: object, box: QRect, paint: Paint
    ) -> None:
        """Paint a whole opaque box: a copy where ``shows`` is what its picture shows, else anew.

        ``paint`` is given a painter in the view's own coordinates, and fills the box. Whatever
        changes how it looks is part of ``shows``, but for where it stands.
        """
        ratio = painter.device().devicePixelRatioF()
        if not ratio.is_integer():  # a copy would fall between two pixels
            _live(painter, box, paint)
            return
        shows = shows, box.width(), box.height(), ratio
        kept = self._kept.get(key)
        if kept is None or kept[0] != shows:
            kept = shows, _painted(box, ratio, paint)
            self._kept.put(key, kept)
        painter.drawPixmap(box.topLeft(), kept[1])


def _live(painter: QPainter, box: QRect, paint: Paint) -> None:
    painter.save()
    painter.setClipRect(box & painter.clipBoundingRect().toAlignedRect())
    paint(painter)
    painter.restore()


def _painted(box: QRect, ratio: float, paint: Paint) -> QPixmap:
    picture = QPixmap(box.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    with QPainter(picture) as painter:
        painter.translate(-box.x(), -box.y())
        paint(painter)
    return picture

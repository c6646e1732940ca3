"""How a stop looks as a row: chip, street, weight, arrival; tall rows say why it has no driver."""

from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip, QWidget

from console.dispatch.picture import Picture
from console.domain.places import Certainty
from console.domain.plan import Stop, StopId
from console.tongues import tr
from console.ui.colleagues import Colleague, colours_of, held_sentence
from console.ui.ink import Ink, Pen, mirrored
from console.ui.labels import route_label
from console.ui.orders.model import StopFilter, StopList
from console.ui.remedies import Remedy
from console.ui.rowink import InkDelegate
from console.ui.theme.figures import kg, pieces
from console.ui.theme.theme import Theme

LOW, TALL, OFFERING = 28, 44, 70
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
WEIGHT_FROM = 252  # a narrower row needs its room for the street


class StopDelegate(InkDelegate):
    """Paints rows of a StopFilter; ``reasons`` say why a stop is unassigned.

    ``remedies`` hold the cheapest way in of each, as a button: ``chosen(Remedy)`` on a click.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tall = False
        self.reasons: Mapping[StopId, str] = {}
        self.remedies: Mapping[StopId, Remedy] = {}
        self.holder: Callable[[StopId], Colleague | None] = lambda _stop: None
        self._pressed = False
        self._across: float | None = None  # of the row that is painted, where it is mirrored

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        height = (OFFERING if self.remedies else TALL) if self.tall else LOW
        return QSize(100, round(height * self._theme.scale))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        proxy = cast("StopFilter", index.model())
        picture = cast("StopList", proxy.sourceModel()).picture
        stop = picture.plan.stops.get(StopId(str(index.data(Qt.ItemDataRole.UserRole))))
        if stop is None:
            return
        painter.save()
        box, selected = self._ground(painter, option)
        self._across = _across(option)
        if selected:
            self._bar(painter, box)
        row = QRectF(box.x(), box.y(), box.width(), LOW * self._theme.scale)
        self._line(painter, row, picture, stop, selected)
        if self.tall:
            self._reason(painter, box, picture, stop)
            self._remedy(painter, box, stop)
        painter.setPen(self._theme.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if (holder := self.holder(stop.id)) is not None:
            self._ring(painter, box, holder)
        painter.restore()

    def _sided(self, box: QRectF) -> QRectF:
        """Where a box that is counted from the side one reads from lies in its row."""
        return box if self._across is None else mirrored(box, self._across)

    @property
    def _side_ink(self) -> Ink:
        """What counts from that side by itself."""
        return self._ink if self._across is None else self._ink.from_right(self._across)

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        super()._bar(painter, self._sided(QRectF(box.x(), box.y(), 3, box.height())))

    def _ring(self, painter: QPainter, box: QRectF, holder: Colleague) -> None:
        """A colleague has it selected."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours_of(self._theme, holder)[0], 2))
        painter.drawRect(box.adjusted(1, 1, -1, -2))

    def _line(
        self, painter: QPainter, box: QRectF, picture: Picture, stop: Stop, selected: bool
    ) -> None:
        ink, room = self._side_ink, box.adjusted(44, 0, -10, 0)
        text, tone = self._right(picture, stop)
        if text:
            room.setRight(ink.write_right(painter, room, text, Pen("body", tone)) - 2)
        weight = kg(stop.load.kg) if stop.load.kg else pieces(stop.load.pieces)
        if box.width() >= WEIGHT_FROM:
            beside = room.adjusted(0, 0, -10, 0)
            pen = Pen("body", "text2" if selected else "text3")
            room.setRight(ink.write_right(painter, beside, weight, pen))
        self._chip(painter, QRectF(box.x() + 12, box.center().y() - 8, 24, 16), picture, stop)
        label = picture.labels.get(stop.id)
        street = label.street if label else str(stop.id)
        pen = Pen("body", bold=selected)
        ink.write(painter, room, ink.elided(street, room.width() - 8, pen), pen)

    def _right(self, picture: Picture, stop: Stop) -> tuple[str, str]:
        """When it is come to, and in which colour."""
        visit = picture.visits.get(stop.id)
        if visit is None:
            return "", "text3"
        return picture.clock(visit.arrival), "bad" if picture.is_late(stop.id) else "text"

    def _chip(self, painter: QPainter, box: QRectF, picture: Picture, stop: Stop) -> None:
        ink, pen = self._side_ink, Pen("small", bold=True)
        if stop.route is None:
            painter.setPen(ink.color("warn"))
            ink.write_centred(painter, box, "?", pen)
            return
        fill, tone = ink.driver(route_label(picture, stop.route).number)
        ink.plate(painter, box, fill, self._theme.radius("chip"))
        painter.setPen(tone)
        ink.write_centred(painter, box, str(picture.numbers.get(stop.id, "")), pen)

    def _reason(self, painter: QPainter, box: QRectF, picture: Picture, stop: Stop) -> None:
        theme = self._theme
        label = picture.labels.get(stop.id)
        text, tone = self.reasons.get(stop.id, ""), "warn"
        if stop.id in picture.off_road:
            lost = label is None or label.coordinate is None
            outside = label is not None and label.certainty is Certainty.OUTSIDE
            text = tr("Address lies outside the region") if outside else tr("Far from any road")
            text = tr("Address not found: put it on the map") if lost and not outside else text
        elif not text and label is not None:
            text, tone = label.town, "text3"
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color(tone))
        room = QRectF(box.x() + 44, box.y() + 24 * theme.scale, box.width() - 56, 16)
        elided = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(self._sided(room), Qt.AlignmentFlag.AlignVCenter, elided)

    def _remedy(self, painter: QPainter, box: QRectF, stop: Stop) -> None:
        """The cheapest way in as a button."""
        remedy, theme = self.remedies.get(stop.id), self._theme
        if remedy is None:
            return
        button = self._sided(self._button(box))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("border_strong"))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(button, theme.radius("control"), theme.radius("control"))
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        inner = button.adjusted(8, 0, -8, 0)
        painter.setPen(theme.color("ok" if remedy.cheaper else "text2"))
        painter.drawText(inner, _RIGHT, remedy.price)
        room = int(inner.width() - metrics.horizontalAdvance(remedy.price) - 8)
        painter.setPen(theme.color("accent"))
        elided = metrics.elidedText(remedy.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, elided)

    def _button(self, box: QRectF) -> QRectF:
        scale = self._theme.scale
        top = box.y() + 43 * scale
        return QRectF(box.x() + 43.5, round(top) + 0.5, box.width() - 56, round(21 * scale))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Who has the row selected."""
        holder = self.holder(StopId(str(index.data(Qt.ItemDataRole.UserRole))))
        QToolTip.showText(event.globalPos(), held_sentence([holder] if holder else []))
        return True

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on the button: it is pressed and let go there."""
        stop = StopId(str(index.data(Qt.ItemDataRole.UserRole)))
        remedy = self.remedies.get(stop) if self.tall else None
        if remedy is None or not isinstance(event, QMouseEvent):
            return False
        self._across = _across(option)
        inside = self._sided(self._button(QRectF(option.rect))).contains(event.position())
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = inside and event.button() == Qt.MouseButton.LeftButton
            return self._pressed
        if event.type() == QEvent.Type.MouseButtonRelease and self._pressed and inside:
            self._pressed = False
            self.chosen.emit(remedy)
            return True
        return False


def _across(option: QStyleOptionViewItem) -> float | None:
    """Both ends of a row that is read from the right, added up; None where it is not."""
    box = QRectF(option.rect)
    is_mirrored = option.direction is Qt.LayoutDirection.RightToLeft
    return box.left() + box.right() if is_mirrored else None

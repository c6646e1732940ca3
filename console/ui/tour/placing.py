"""Where a card stands beside what it points at; pure geometry in the window's pixels."""

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize

GAP, EDGE = 14, 8


class Side(StrEnum):
    """Where the card is, seen from its target."""

    BELOW = "below"
    ABOVE = "above"
    RIGHT = "right"
    LEFT = "left"
    INSIDE = "inside"


def beside(target: QRect, card: QSize, room: QRect) -> tuple[QRect, Side]:
    """The card and its side: where it hides nothing of the target, else in the target's middle."""
    middle = target.center()
    left, top = middle.x() - card.width() // 2, middle.y() - card.height() // 2
    spots = {
        Side.BELOW: QPoint(left, target.bottom() + GAP),
        Side.ABOVE: QPoint(left, target.top() - GAP - card.height()),
        Side.RIGHT: QPoint(target.right() + GAP, top),
        Side.LEFT: QPoint(target.left() - GAP - card.width(), top),
    }
    for side, spot in spots.items():
        box = _kept_in(QRect(spot, card), room)
        if not box.intersects(target):
            return box, side
    return _kept_in(QRect(QPoint(left, top), card), room), Side.INSIDE


def _kept_in(box: QRect, room: QRect) -> QRect:
    """Moved as little as it takes to stand in the room."""
    inner = room.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    x = max(inner.left(), min(box.left(), inner.right() - box.width() + 1))
    y = max(inner.top(), min(box.top(), inner.bottom() - box.height() + 1))
    return QRect(QPoint(x, y), box.size())


def tip(card: QRect, target: QRect, side: Side) -> QPoint:
    """Where on the card's edge its arrow begins, in the card's own pixels."""
    x = max(20, min(target.center().x() - card.left(), card.width() - 20))
    y = max(20, min(target.center().y() - card.top(), card.height() - 20))
    spots = {
        Side.BELOW: QPoint(x, 0),
        Side.ABOVE: QPoint(x, card.height()),
        Side.RIGHT: QPoint(0, y),
        Side.LEFT: QPoint(card.width(), y),
    }
    return spots.get(side, QPoint(x, 0))

"""Painting one card."""

from dataclasses import dataclass
from enum import IntFlag

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.domain.plan import StopStatus
from console.ui.board.faces import CardFace, Mark
from console.ui.colleagues import Colleague, colours_of, paint_initials
from console.ui.ink import Ink, Pen

EDGE = 3
INDENT = 22
"""From the number to the words, px."""


class Mood(IntFlag):
    """In which state a card is painted."""

    REST = 0
    HOVERED = 1
    SELECTED = 2
    MOVING = 4
    LANDING = 8
    FOCUSED = 16
    DIMMED = 32


@dataclass(frozen=True, slots=True)
class CardSpot:
    """Where a card is painted, the colour of its edge, and which colleague holds it."""

    box: QRectF
    edge: QColor
    holder: Colleague | None = None


class CardPainter:
    """Paints cards with shared tools."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink

    def paint(self, painter: QPainter, card: CardFace, spot: CardSpot, mood: Mood) -> None:
        """One card in its box."""
        if mood & Mood.MOVING:
            self._paint_source(painter, card, spot)
            return
        done = card.status in (StopStatus.DELIVERED, StopStatus.FAILED)
        if done:
            painter.setOpacity(self._ink.theme.opacity("done"))
        elif mood & Mood.DIMMED:
            painter.setOpacity(0.35)
        self._ground(painter, card, spot, mood)
        self._words(painter, card, spot.box, mood)
        painter.setOpacity(1.0)
        if spot.holder is not None:
            self._ring(painter, spot.box, spot.holder)
        if mood & Mood.FOCUSED:
            self._ink.focus_ring(painter, spot.box)

    def _ring(self, painter: QPainter, box: QRectF, holder: Colleague) -> None:
        """A colleague has it selected; her initials stand under the number."""
        ink = self._ink
        painter.setPen(QPen(colours_of(ink.theme, holder)[0], 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(ink.placed(box).adjusted(1, 1, -1, -1))
        at = QPointF(box.x() + ink.px(9 + INDENT / 2 - 3), box.y() + box.height() * 0.72)
        paint_initials(painter, ink, at, holder)

    def _paint_source(self, painter: QPainter, card: CardFace, spot: CardSpot) -> None:
        painter.setOpacity(self._ink.theme.opacity("ghost"))
        box = self._ink.placed(spot.box)
        painter.fillRect(box, spot.edge)
        self._words(painter, card, spot.box, Mood.REST)
        painter.setOpacity(1.0)
        painter.setPen(QPen(self._ink.color("accent"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _ground(self, painter: QPainter, card: CardFace, spot: CardSpot, mood: Mood) -> None:
        ink, box = self._ink, spot.box
        painter.fillRect(ink.placed(box), ink.color(_fill(mood)))
        edge = spot.edge
        if mood & (Mood.SELECTED | Mood.LANDING):
            edge = ink.color("accent")
        elif card.late:
            edge = ink.color("bad")
        side = ink.placed(QRectF(box.x(), box.y(), EDGE, box.height()))
        painter.fillRect(side, edge)
        if card.late and card.excused:
            self._strike(painter, side)
        if mood & Mood.LANDING:
            painter.setPen(QPen(ink.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(ink.placed(box).adjusted(0.5, 0.5, -0.5, -0.5))

    def _strike(self, painter: QPainter, box: QRectF) -> None:
        """An overridden edge is struck through."""
        painter.setPen(QPen(self._ink.color("surface"), 1))
        for y in range(int(box.y()) + 3, int(box.bottom()), 6):
            painter.drawLine(QPointF(box.x(), y + 2), QPointF(box.right(), y))

    def _words(self, painter: QPainter, card: CardFace, box: QRectF, mood: Mood) -> None:
        px = self._ink.px
        half = box.height() / 2
        top = QRectF(box.x() + px(9), box.y() + px(3), box.width() - px(16), half - px(3))
        low = QRectF(top.x(), box.y() + half, top.width(), half - px(3))
        self._first_line(painter, card, top, mood)
        self._second_line(painter, card, low.adjusted(px(INDENT), 0, 0, 0), mood)

    def _token(self, name: str, mood: Mood) -> str:
        """A text colour on the card's ground; the faintest one fails on a selection."""
        if not mood & (Mood.SELECTED | Mood.LANDING):
            return name
        return "text2" if name == "text3" else name

    def _first_line(self, painter: QPainter, card: CardFace, line: QRectF, mood: Mood) -> None:
        ink = self._ink
        number = Pen("small", self._token("text2", mood), bold=True)
        ink.write(painter, line, card.number, number)
        left = line.right()
        if card.eta:
            color = self._token("bad" if card.late else "text", mood)
            eta = Pen("body", color, bold=bool(card.late))
            left = ink.write_right(painter, line, card.eta, eta) - ink.px(6)
        street = Pen("body", self._token("text", mood), bold=True)
        start = line.x() + ink.px(INDENT)
        words = ink.elided(card.street, left - start, street)
        ink.write(painter, QRectF(start, line.y(), left - start, line.height()), words, street)

    def _second_line(self, painter: QPainter, card: CardFace, line: QRectF, mood: Mood) -> None:
        ink = self._ink
        right = QPointF(line.right(), line.center().y())
        if card.late:
            tints = ("bad", "bad_bg") if card.excused else ("on_accent", "bad_fill")
            right.setX(ink.tag(painter, right, card.late, tints) - ink.px(4))
        for mark in card.marks:
            right.setX(self._mark(painter, right, mark, mood) - ink.px(4))
        small = Pen("small", self._token("text3", mood))
        parts = [card.window, card.weight]
        words = " · ".join(part for part in parts if part)
        room = right.x() - line.x()
        if ink.width(words, small) > room:
            words = card.window if ink.width(card.window, small) <= room else ""
        ink.write(painter, line, words, small)

    def _mark(self, painter: QPainter, right: QPointF, mark: Mark, mood: Mood) -> float:
        ink = self._ink
        if mark.text:
            ground = {"bad": "bad_bg", "accent": "selection"}.get(mark.color, "field")
            return ink.tag(painter, right, mark.text, (mark.color, ground))
        size = ink.px(12)
        left = right.x() - size
        ink.icon(
            painter,
            QPointF(left, right.y() - size / 2),
            mark.icon,
            self._token(mark.color, mood),
            12,
        )
        return left


def _fill(mood: Mood) -> str:
    if mood & (Mood.SELECTED | Mood.LANDING):
        return "selection"
    return "hover" if mood & Mood.HOVERED else "raised"

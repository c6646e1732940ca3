"""Painting one lane: ground, the cards in sight, the gap a drop would open, head and foot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.domain.plan import StopId
from console.tongues import tr
from console.ui.board.cards import CardPainter, CardSpot, Mood
from console.ui.board.faces import CardFace
from console.ui.board.heads import HeadPainter, paint_foot
from console.ui.board.layout import Column, Sizes
from console.ui.colleagues import Colleague
from console.ui.drag import Verdict
from console.ui.ink import Ink, Pen
from console.ui.theme.figures import THIN, with_unit

_INSET = 4
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class LaneSpot:
    """Where a lane is painted, which part of it is wanted, and how far the board is scrolled.

    Both are counted from the side one reads from; the ink knows which that is.
    """

    box: QRect
    seen: QRect
    scroll: int


@dataclass(frozen=True, slots=True)
class LaneState:
    """What a lane shows besides its face.

    ``opening`` is (slot, height) of the gap for a drop, ``landing`` the cards in it, ``moved`` the
    lane's other cards as the drop would leave them.
    """

    mood: Callable[[StopId], Mood]
    verdict: Verdict | None = None
    opening: tuple[int, int] | None = None
    landing: Sequence[CardFace] = ()
    moved: Mapping[StopId, CardFace] = field(default_factory=dict[StopId, CardFace])
    is_target: bool = False
    is_lit: bool = False
    holder: Callable[[StopId], Colleague | None] = lambda _stop: None

    @property
    def is_forbidden(self) -> bool:
        """True when a plain drop on this lane is refused."""
        return self.verdict is not None and self.verdict.is_forbidden


class LanePainter:
    """Paints lanes with shared tools."""

    def __init__(self, ink: Ink, sizes: Sizes, currency: str) -> None:
        self._ink, self._sizes = ink, sizes
        self._cards = CardPainter(ink)
        self._heads = HeadPainter(ink, currency)

    def paint(self, painter: QPainter, column: Column, spot: LaneSpot, state: LaneState) -> None:
        """One lane; the painter is clipped to what is wanted of it."""
        ink = self._ink
        ground = ink.color("bad_bg" if state.is_forbidden else "surface")
        painter.fillRect(ink.placed(spot.seen), ground)
        self._paint_cards(painter, column, spot, state)
        self._paint_foot(painter, column, spot, state)
        self._paint_thumb(painter, column, spot)
        self._paint_head(painter, column, spot, state)
        if state.is_target:
            color = ink.color("bad" if state.is_forbidden else "accent")
            painter.setPen(QPen(color, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(ink.placed(spot.box).toRect().adjusted(1, 1, -1, -1))

    def _paint_cards(
        self, painter: QPainter, column: Column, spot: LaneSpot, state: LaneState
    ) -> None:
        if not column.face.cards:
            self._paint_empty(painter, column.face.empty, spot)
        slot, height = state.opening or (len(column.face.cards), 0)
        edge = self._edge(column)
        zero = spot.box.top() + self._sizes.head - spot.scroll
        top = spot.seen.top() - zero - height
        for i in column.span(top, spot.seen.bottom() - zero):
            card = column.face.cards[i]
            y = zero + column.top(i) + (height if i >= slot else 0)
            box = self._card_box(spot, y)
            if card.travel and not state.moved:
                self._paint_travel(painter, box, card.travel)
            mood = state.mood(card.stop)
            if state.is_forbidden and not state.is_target:
                mood |= Mood.DIMMED
            shown = card if mood & Mood.MOVING else state.moved.get(card.stop, card)
            spot_of = CardSpot(box, edge, state.holder(card.stop))
            self._cards.paint(painter, shown, spot_of, mood)
        if height:
            gap = QRect(spot.box.x(), zero + column.gap_top(slot), spot.box.width(), height)
            self._paint_gap(painter, spot, gap, state.landing)

    def _paint_empty(self, painter: QPainter, words: str, spot: LaneSpot) -> None:
        ink, sizes, pen = self._ink, self._sizes, Pen("small", "text3")
        line = self._card_box(spot, spot.box.top() + sizes.head + sizes.pad - spot.scroll)
        line.setHeight(sizes.foot)
        line.adjust(ink.px(9), 0, -ink.px(7), 0)
        ink.write(painter, line, ink.elided(words, line.width(), pen), pen)

    def _edge(self, column: Column) -> QColor:
        if column.face.route is None:
            return self._ink.color("warn")
        return self._ink.driver(column.face.label.number)[0]

    def _card_box(self, spot: LaneSpot, y: int) -> QRectF:
        width = spot.box.width() - 2 * _INSET
        return QRectF(spot.box.x() + _INSET, y, width, self._sizes.card)

    def _paint_travel(self, painter: QPainter, box: QRectF, minutes: int) -> None:
        """A long drive before a card: a thin road and its minutes."""
        ink, height = self._ink, self._sizes.travel
        line = QRectF(box.x(), box.y() - height - 1, box.width(), height)
        words, pen = with_unit(str(minutes), "min"), Pen("micro", "text3")
        start = ink.write(painter, line.adjusted(ink.px(9), 0, 0, 0), words, pen) + ink.px(6)
        painter.setPen(QPen(ink.color("border_strong"), 1, Qt.PenStyle.DotLine))
        middle = round(line.center().y()) + 0.5
        road = ink.placed(QRectF(start, middle, box.right() - ink.px(7) - start, 0))
        painter.drawLine(road.topLeft(), road.topRight())

    def _paint_gap(
        self, painter: QPainter, spot: LaneSpot, gap: QRect, cards: Sequence[CardFace]
    ) -> None:
        """The cards as they would land; of more than three the first two and how many follow."""
        painter.save()
        painter.setClipRect(self._ink.placed(gap), Qt.ClipOperation.IntersectClip)
        step = self._sizes.card + self._sizes.gap
        shown = cards if len(cards) <= _SHOWN else cards[: _SHOWN - 1]
        edge = self._ink.color("accent")
        for i, card in enumerate(shown):
            box = self._card_box(spot, gap.top() + i * step)
            self._cards.paint(painter, card, CardSpot(box, edge), Mood.LANDING)
        if len(cards) > len(shown):
            box = self._card_box(spot, gap.top() + len(shown) * step)
            self._paint_more(painter, box, len(cards) - len(shown))
        painter.restore()

    def _paint_more(self, painter: QPainter, box: QRectF, count: int) -> None:
        ink = self._ink
        ink.plate(painter, box, ink.color("selection"), 0, line=ink.color("accent"))
        painter.setPen(ink.color("text"))
        ink.write_centred(
            painter,
            box,
            tr("and {count}{THIN}more", count=count, THIN=THIN),
            Pen("body", bold=True),
        )

    def _paint_foot(
        self, painter: QPainter, column: Column, spot: LaneSpot, state: LaneState
    ) -> None:
        sizes = self._sizes
        bottom = spot.box.top() + sizes.head + column.height - spot.scroll
        if state.opening:
            bottom += state.opening[1]
        box = self._card_box(spot, bottom - sizes.foot + 2).adjusted(0, 0, 0, 0)
        box.setHeight(sizes.foot - 6)
        if spot.seen.intersects(box.toRect()):
            words = (
                tr("+ drop at end") if column.face.route is not None else tr("+ drop to unassign")
            )
            paint_foot(painter, self._ink, box, words)

    def _paint_thumb(self, painter: QPainter, column: Column, spot: LaneSpot) -> None:
        """How far the waiting lane, which scrolls for itself, is scrolled."""
        room = spot.box.height() - self._sizes.head
        if column.face.route is not None or column.height <= room:
            return
        top = spot.box.top() + self._sizes.head + room * spot.scroll // column.height
        thumb = QRectF(spot.box.right() - 4, top, 3, room * room / column.height)
        self._ink.plate(painter, thumb, self._ink.color("border_strong"), 1)

    def _paint_head(
        self, painter: QPainter, column: Column, spot: LaneSpot, state: LaneState
    ) -> None:
        head = QRect(spot.box.x(), spot.box.y(), spot.box.width(), self._sizes.head)
        if not head.intersects(spot.seen):
            return
        ink = self._ink
        ground = "bad_bg" if state.is_forbidden else "selection" if state.is_lit else "surface"
        under = head.adjusted(0, head.height() - 1, 0, 0)
        painter.fillRect(ink.placed(head), ink.color(ground))
        painter.fillRect(ink.placed(under), ink.color("border"))
        if state.is_lit:
            side = QRect(head.x(), head.y(), 3, head.height())
            painter.fillRect(ink.placed(side), ink.color("accent"))
        self._heads.paint(painter, column.face, QRectF(head), state.verdict)

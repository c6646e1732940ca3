"""Painting the bars of one row along the clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from math import inf

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from console.domain.plan import StopId, StopStatus
from console.tongues import tr
from console.ui.colleagues import Colleague, colours_of
from console.ui.ink import Ink, Pen
from console.ui.timeline.faces import Bar, RowFace, Span
from console.ui.timeline.scale import TimeScale

BAR = 14
PLANNED = 3
STUB = 7
NUMBER_FROM = 11
BADGE_REACH = 8
"""How far a late badge reaches into the row above, px."""


class Look(IntFlag):
    """In which state a bar is painted."""

    REST = 0
    SELECTED = 1
    MOVING = 2
    LANDING = 4
    HOVERED = 8
    FOCUSED = 16


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row shows besides its face.

    Only stops in ``marked`` are asked for their ``look``; the rest are at rest. ``dim`` is the
    opacity of its bars. ``planned`` are the visits as they were released, shown above them.
    """

    look: Callable[[StopId], Look]
    marked: frozenset[StopId] = frozenset()
    is_lit: bool = False
    is_target: bool = False
    is_forbidden: bool = False
    dim: float = 1.0
    bracket: Span | None = None
    holder: Callable[[StopId], Colleague | None] = lambda _stop: None
    planned: tuple[Span, ...] = ()

    @property
    def is_at_rest(self) -> bool:
        """True where nothing but the face, what was planned and a refusal shows."""
        return not (self.is_lit or self.is_target or self.bracket)


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a row's bars are painted: the box, and the x of the clock's origin."""

    box: QRect
    zero: float
    scale: TimeScale

    def x(self, minute: float) -> float:
        """Where a minute stands in the viewport."""
        return self.zero + self.scale.x(minute)

    def bar(self, span: Span, height: int = BAR) -> QRectF:
        """The box of a service or break, at least 3 px wide."""
        left, right = round(self.x(span[0])), round(self.x(span[1]))
        top = self.box.y() + (self.box.height() - height) // 2
        return QRectF(left, top, max(3, right - left - 1), height)


class RowPainter:
    """Paints rows with shared tools."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._number = Pen("micro", "text", bold=True)
        self._bar = ink.px(BAR)

    def paint(self, painter: QPainter, face: RowFace, strip: Strip, state: RowState) -> None:
        """Band, line, bars, breaks and what stands behind the end."""
        self._paint_band(painter, face, strip, state)
        if face.span is None:
            self._paint_words(painter, face, strip, state)
            return
        painter.setOpacity(state.dim)
        self._paint_line(painter, face, strip)
        for pause in face.breaks:
            self._paint_break(painter, strip.bar(pause, self._bar))
        self._paint_bars(painter, face, strip, state)
        self._paint_rings(painter, face, strip, state)
        self._paint_planned(painter, strip, state.planned)
        painter.setOpacity(1.0)
        if state.bracket is not None:
            self._paint_bracket(painter, strip, state.bracket)
        self._paint_words(painter, face, strip, state)

    def badges(self, painter: QPainter, face: RowFace, strip: Strip, state: RowState) -> None:
        """Minutes late above the bars, where there is room beside the one before.

        Painted after all rows, for they reach over; a late bar without one has its frame.
        """
        ink, pen = self._ink, Pen("micro", "on_accent", bold=True)
        free = -inf
        for bar in face.bars if face.is_late else ():
            if not bar.late or (bar.stop in state.marked and state.look(bar.stop) & Look.MOVING):
                continue
            at = strip.bar((bar.start, bar.end), self._bar)
            width = max(ink.px(26), ink.width(bar.late, pen) + ink.px(6))
            height = ink.px(12)
            box = QRectF(at.center().x() - width / 2, at.y() - height, width, height)
            if box.x() < free:
                continue
            free = box.right() + 1
            ink.plate(painter, box, ink.color("bad_bg" if bar.excused else "bad_fill"), 2)
            painter.setPen(ink.color("bad" if bar.excused else "on_accent"))
            ink.write_centred(painter, box, bar.late, pen)

    def _paint_band(self, painter: QPainter, face: RowFace, strip: Strip, state: RowState) -> None:
        if state.is_forbidden or (self._ink.is_stark and (state.is_lit or state.is_target)):
            return
        fill = QColor(self._ink.color("raised"))
        if state.is_lit or state.is_target:
            fill.setAlphaF(0.35)
        left, right = strip.x(face.shift[0]), strip.x(face.shift[1])
        inset = self._ink.px(3)
        band = QRectF(left, strip.box.y() + inset, right - left, strip.box.height() - 2 * inset)
        painter.fillRect(band, fill)

    def _paint_line(self, painter: QPainter, face: RowFace, strip: Strip) -> None:
        """Stubs where the route leaves and ends, travel between, dashed on the way home."""
        if face.span is None:
            return
        ink = self._ink
        start, end = round(strip.x(face.span[0])), round(strip.x(face.span[1]))
        middle = strip.box.y() + strip.box.height() // 2
        last = round(strip.x(face.bars[-1].end)) if face.bars else start
        color = QColor(ink.driver(face.label.number)[0])
        color.setAlphaF(0.5)
        painter.setPen(QPen(color, 1.5))
        painter.drawLine(QLineF(start, middle, last, middle))
        painter.setPen(QPen(color, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(last, middle, end, middle))
        stub = ink.color("text2")
        top = middle - self._bar // 2
        width = ink.px(STUB)
        painter.fillRect(QRect(start - width, top, width, self._bar), stub)
        painter.fillRect(QRect(end, top, width, self._bar), stub)

    def _paint_break(self, painter: QPainter, box: QRectF) -> None:
        ink = self._ink
        painter.setBrush(ink.hatch)
        painter.setBrushOrigin(box.topLeft())
        painter.setPen(QPen(ink.color("border_strong"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        size = ink.px(12)
        if box.width() > size + 10:
            at = QPointF(round(box.center().x() - size / 2), round(box.center().y() - size / 2))
            ground = QRectF(at.x() - 3, box.y() + 1, size + 6, box.height() - 2)
            painter.fillRect(ground, ink.color("raised"))
            ink.icon(painter, at, "coffee", "text2", 12)

    def _paint_bars(self, painter: QPainter, face: RowFace, strip: Strip, state: RowState) -> None:
        left, right = strip.box.left() - 4, strip.box.right() + 4
        plain: list[tuple[Bar, QRectF]] = []
        landing: list[tuple[Bar, QRectF]] = []
        looked: list[tuple[Bar, QRectF, Look]] = []
        for bar in face.bars:
            box = strip.bar((bar.start, bar.end), self._bar)
            if box.right() < left or box.left() > right:
                continue
            look = state.look(bar.stop) if bar.stop in state.marked else Look.REST
            if look & Look.LANDING:
                landing.append((bar, box))
                continue
            if not look & Look.MOVING:
                plain.append((bar, box))
            if look or bar.late:
                looked.append((bar, box, look))
        self._paint_plain(painter, plain, self._ink.driver(face.label.number))
        for bar, box, look in looked:
            self._paint_frame(painter, bar, box, look)
        if landing:
            self._paint_landing(painter, landing)

    def _paint_rings(self, painter: QPainter, face: RowFace, strip: Strip, state: RowState) -> None:
        """A colleague's colour around what she has selected, apart from the bar's own."""
        for bar in face.bars:
            holder = state.holder(bar.stop)
            if holder is not None:
                self._paint_ring(painter, strip.bar((bar.start, bar.end), self._bar), holder)

    def _paint_ring(self, painter: QPainter, box: QRectF, holder: Colleague) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._ink.color("surface"), 1))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)
        painter.setPen(QPen(colours_of(self._ink.theme, holder)[0], 2))
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 3, 3)

    def _paint_plain(
        self,
        painter: QPainter,
        bars: Sequence[tuple[Bar, QRectF]],
        colors: tuple[QColor, QColor],
    ) -> None:
        """All ordinary bars at once: fills in one path per colour, then numbers and underlines."""
        paths: dict[StopStatus, QPainterPath] = {}
        for bar, box in bars:
            paths.setdefault(bar.status, QPainterPath()).addRoundedRect(box, 2, 2)
        for status, path in paths.items():
            painter.fillPath(path, self._fill(status, colors[0]))
        painter.setPen(colors[1])
        for bar, box in bars:
            if self._has_room(box, bar.number):
                self._ink.write_centred(painter, box, bar.number, self._number)
            if bar.mark:
                line = QRectF(box.x(), box.bottom() + 2, box.width(), 2)
                painter.fillRect(line, self._ink.color(bar.mark))

    def _has_room(self, box: QRectF, number: str) -> bool:
        """True where a number fits, two digits with a pixel or two over the edges."""
        spill = self._ink.px(4)
        wide = self._ink.px(NUMBER_FROM)
        return box.width() >= wide and self._ink.width(number, self._number) <= box.width() + spill

    def _fill(self, status: StopStatus, fill: QColor) -> QColor:
        if status is StopStatus.FAILED:
            return self._ink.color("bad_fill")
        if status is StopStatus.DELIVERED:
            fill = QColor(fill)
            fill.setAlphaF(self._ink.theme.opacity("done"))
        return fill

    def _paint_planned(self, painter: QPainter, strip: Strip, planned: Sequence[Span]) -> None:
        """Thin and grey, over what became of it."""
        tone = self._ink.color("text3")
        for span in planned:
            box = strip.bar(span, self._bar)
            thin = QRectF(box.x(), strip.box.y() + 1, box.width(), self._ink.px(PLANNED))
            painter.fillRect(thin, tone)

    def _paint_frame(self, painter: QPainter, bar: Bar, box: QRectF, look: Look) -> None:
        ink = self._ink
        if look & Look.MOVING:
            self._paint_source(painter, box)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if bar.late:
            painter.setPen(QPen(ink.color("bad"), 2))
            painter.drawRoundedRect(box.adjusted(0, 0, 0, 0), 2, 2)
        if look & Look.SELECTED:
            painter.setPen(QPen(ink.color("text"), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 3, 3)
        elif look & Look.HOVERED:
            painter.setPen(QPen(ink.color("text2"), 1))
            painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)
        if look & Look.FOCUSED:
            painter.setPen(QPen(ink.color("focus"), 2))
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), 4, 4)

    def _paint_source(self, painter: QPainter, box: QRectF) -> None:
        """Where a dragged stop still stands."""
        faint = QColor(self._ink.color("accent"))
        faint.setAlphaF(self._ink.theme.opacity("ghost"))
        painter.setBrush(faint)
        painter.setPen(QPen(self._ink.color("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _paint_landing(self, painter: QPainter, bars: Sequence[tuple[Bar, QRectF]]) -> None:
        """The dragged stops as they would stand, in one accent frame."""
        ink = self._ink
        frame = bars[0][1].united(bars[-1][1]).adjusted(-4, -4, 4, 4)
        ink.plate(painter, frame, ink.color("surface"), 3, line=ink.color("accent"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        for _, box in bars:
            path.addRoundedRect(box, 2, 2)
        painter.fillPath(path, ink.color("accent_fill"))
        painter.setPen(ink.color("on_accent"))
        for bar, box in bars:
            if self._has_room(box, bar.number):
                ink.write_centred(painter, box, bar.number, self._number)

    def _paint_bracket(self, painter: QPainter, strip: Strip, window: Span) -> None:
        """From the earliest to the latest start of the selected stop."""
        left, right = strip.x(window[0]), strip.x(window[1])
        top, bottom = strip.box.y() + 4, strip.box.bottom() - 1.5
        painter.setPen(QPen(self._ink.color("accent"), 1.5))
        painter.drawPolyline(
            [
                QPointF(left, top),
                QPointF(left, bottom),
                QPointF(right, bottom),
                QPointF(right, top),
            ]
        )

    def _paint_words(self, painter: QPainter, face: RowFace, strip: Strip, state: RowState) -> None:
        ink, lit = self._ink, state.is_lit or state.is_target

        end = strip.x(face.span[1]) + ink.px(STUB) if face.span else strip.x(face.shift[0])
        x = end + ink.px(7)
        box = QRectF(x, strip.box.y(), 10, strip.box.height())
        if face.finish:
            x = ink.write(painter, box, face.finish, Pen("small", "text")) + ink.px(7)
        quiet = "text2" if lit else "text3"
        x = ink.write(painter, box.translated(x - box.x(), 0), face.count, Pen("small", quiet))
        if face.locked or face.released:
            x += ink.px(9)
            icon = "lock" if face.locked else "truck"
            ink.icon(painter, QPointF(x, box.center().y() - ink.px(6)), icon, "text2", 12)
            word = tr("locked") if face.locked else tr("released")
            moved = box.translated(x + ink.px(16) - box.x(), 0)
            x = ink.write(painter, moved, word, Pen("small", "text2"))
        if face.trouble:
            moved = box.translated(x + ink.px(12) - box.x(), 0)
            ink.write(painter, moved, face.trouble, Pen("small", "bad", bold=True))

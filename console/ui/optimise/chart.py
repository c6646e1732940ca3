"""Cost while searching: a falling staircase beside the present plan's cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.objective import COST, Objective
from console.formats import number
from console.tongues import tr
from console.ui.ink import Ink, Pen
from console.ui.labels import cost_of
from console.ui.notices import Best
from console.ui.theme.theme import Theme

AXIS, FAINT, NOTE = Pen("micro", "text3"), Pen("small", "text2"), Pen("small", "accent", bold=True)
_APART = 30
LEAST_SPAN = 0.004
"""A chart that shows less than this share of the cost would make a mountain of a molehill."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What the chart shows; ``present`` is the plan's cost now, None where there is none.

    ``least`` is how many orders that plan serves, ``until`` the end of the time axis in s, ``end``
    what is written at the curve's end.
    """

    bests: tuple[Best, ...] = ()
    present: float | None = None
    currency: str = "EUR"
    until: float = 0.0
    end: str = ""
    least: int = 0

    @property
    def shown(self) -> tuple[Best, ...]:
        """What is worth showing: nothing that serves fewer than the present plan."""
        return comparable(self.bests, self.least)


def ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers from below ``low`` to above ``high``, about ``count`` of them."""
    raw = max(high - low, 1e-9) / max(1, count)
    magnitude = 10 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= raw - 1e-12)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(i * step, 6) for i in range(first, last + 1)]


def curve_title(weights: Objective) -> str:
    """Real money, or what the weights make of it."""
    return tr("Cost while searching") if weights == COST else tr("Weighed cost while searching")


def comparable(bests: Sequence[Best], least: int = 0) -> tuple[Best, ...]:
    """Plans that serve as many as the last one: one that serves fewer is cheap for no merit."""
    return tuple(best for best in bests if best.served >= max(least, bests[-1].served))


def notes(shown: Sequence[Best], *, whole: bool) -> list[tuple[Best, str]]:
    """What is worth a word: the last improvement; the first plan shown, unless it is the first."""
    told = (
        [(shown[0], tr("{served} served", served=shown[0].served))] if shown and not whole else []
    )
    if len(shown) > 1:
        told.append((shown[-1], tr("last improvement")))
    return told


class CostChart(QWidget):
    """Quiet axes, one line; nothing but the present cost while there is no better plan."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._ink = theme, Ink(theme)
        self.curve = Curve()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(round(120 * theme.scale))
        theme.changed.connect(self._renew)

    def show_curve(self, curve: Curve) -> None:
        """Another curve."""
        if curve == self.curve:
            return
        self.curve = curve
        best = curve.bests[-1] if curve.bests else None
        told = (
            tr(
                "{cost_of} after {seconds} s",
                cost_of=cost_of(best.cost, curve.currency),
                seconds=number(best.seconds),
            )
            if best
            else ""
        )
        self.setAccessibleName(tr("Cost while searching {told}", told=told).strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 160)

    def _renew(self) -> None:
        self._ink = Ink(self._theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            curve = self.curve
            if not curve.shown and curve.present is None:
                middle = QRectF(self.rect())
                painter.setPen(self._theme.color("text3"))
                self._ink.write_centred(
                    painter, middle, tr("The curve comes with the search"), FAINT
                )
                return
            frame = _Frame.of(curve, QRectF(self.rect()), self._ink)
            self._paint_axes(painter, frame)
            self._paint_present(painter, frame)
            if curve.shown:
                self._paint_curve(painter, frame)

    def _paint_axes(self, painter: QPainter, frame: "_Frame") -> None:
        ink, box = self._ink, frame.box
        for cost in frame.costs:
            y = frame.y(cost)
            painter.setPen(QPen(ink.color("border"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            label = QRectF(0, y - 8, box.left() - 8, 16)
            digits = 0 if frame.costs[-1] - frame.costs[0] >= 3 else 2
            ink.write_right(painter, label, cost_of(cost, self.curve.currency, digits=digits), AXIS)
        for second in frame.seconds:
            x = frame.x(second)
            painter.setPen(ink.color("text3"))
            at = QRectF(x - 30, box.bottom() + 3, 60, 14)
            ink.write_centred(painter, at, f"{second:g} s", AXIS)

    def _paint_present(self, painter: QPainter, frame: "_Frame") -> None:
        present = self.curve.present
        if present is None:
            return
        y, box = frame.y(present), frame.box
        painter.setPen(QPen(self._ink.color("text3"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        said = tr("present {cost_of}", cost_of=cost_of(present, self.curve.currency))
        room = QRectF(box.left(), y + (3 if y < box.top() + 18 else -17), box.width(), 14)
        shown = self.curve.shown
        if shown and abs(frame.y(shown[-1].cost) - y) < _APART:  # the end's own words are there
            self._ink.write(painter, room, said, AXIS)
        else:
            self._ink.write_right(painter, room, said, AXIS)

    def _paint_curve(self, painter: QPainter, frame: "_Frame") -> None:
        line = self._stairs(frame)
        ground = QColor(self._ink.color("accent"))
        ground.setAlphaF(0.08)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        floor = frame.box.bottom()
        feet = [QPointF(line[-1].x(), floor), QPointF(line[0].x(), floor)]
        painter.drawPolygon(QPolygonF([*line, *feet]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._ink.color("accent"), 2))
        painter.drawPolyline(line)
        self._paint_notes(painter, frame, line[-1])

    def _stairs(self, frame: "_Frame") -> list[QPointF]:
        bests = self.curve.shown
        line = [QPointF(frame.x(bests[0].seconds), frame.y(bests[0].cost))]
        for before, after in pairwise(bests):
            x = frame.x(after.seconds)
            line += [QPointF(x, frame.y(before.cost)), QPointF(x, frame.y(after.cost))]
        return [*line, QPointF(frame.x(frame.now), frame.y(bests[-1].cost))]

    def _paint_notes(self, painter: QPainter, frame: "_Frame", end: QPointF) -> None:
        """Words where there is room for them, the end's first."""
        ink, taken = self._ink, list[QRectF]()
        if self.curve.end:
            width = ink.width(self.curve.end, NOTE)
            left = min(end.x() + 6, frame.box.right() - width)
            below = end.y() + 4 if end.y() < frame.box.bottom() - 20 else end.y() - 20
            box = QRectF(left, below, width, 16)
            painter.fillRect(box, ink.color("surface"))
            ink.write(painter, box, self.curve.end, NOTE)
            taken.append(box)
        shown = self.curve.shown
        for best, words in notes(shown, whole=len(shown) == len(self.curve.bests)):
            at = QPointF(frame.x(best.seconds), frame.y(best.cost))
            painter.setPen(QPen(ink.color("accent"), 1.5))
            painter.setBrush(ink.color("surface"))
            painter.drawEllipse(at, 3, 3)
            box = QRectF(at.x() + 5, at.y() - 17, ink.width(words, AXIS), 13)
            if (
                box.right() < frame.box.right()
                and box.top() > 0
                and not any(box.intersects(t) for t in taken)
            ):
                ink.write(painter, box, words, AXIS)
                taken.append(box)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where costs and seconds lie in the widget."""

    box: QRectF
    costs: list[float]
    seconds: list[float]
    now: float

    @classmethod
    def of(cls, curve: Curve, room: QRectF, ink: Ink) -> "_Frame":
        """The axes for a curve."""
        values = [best.cost for best in curve.shown]
        values += [] if curve.present is None else [curve.present]
        low, high = min(values), max(values)
        margin = max(high * LEAST_SPAN - (high - low), 0) / 2
        costs = ticks(low - margin, high + margin, max(2, int(room.height() // 45)))
        digits = 0 if costs[-1] - costs[0] >= 3 else 2
        label = max(ink.width(cost_of(c, curve.currency, digits=digits), AXIS) for c in costs)
        box = room.adjusted(label + 20, 14, -12, -22)
        now = max(curve.until, curve.bests[-1].seconds if curve.bests else 0.0, 0.1)
        steps = ticks(0, now, max(2, int(room.width() // 110)))
        return cls(box, costs, [s for s in steps if s <= now * 1.001], now)

    def x(self, seconds: float) -> float:
        """Across."""
        return self.box.left() + self.box.width() * min(1.0, seconds / self.now)

    def y(self, cost: float) -> float:
        """Down."""
        span = max(self.costs[-1] - self.costs[0], 1e-9)
        return self.box.top() + self.box.height() * (self.costs[-1] - cost) / span

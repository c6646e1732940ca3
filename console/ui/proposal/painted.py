"""Painted tables of a proposal: differences, drivers' hours, the change budget, the weights."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.formats import number
from console.tongues import tr
from console.ui.ink import Ink, Pen
from console.ui.proposal.differences import Line
from console.ui.proposal.facts import DriverLine, Used, Weighed
from console.ui.theme.theme import Theme

BODY, BOLD, QUIET = Pen(), Pen("body", "text", bold=True), Pen("body", "text2")
SMALL, HEAD = Pen("small", "text2"), Pen("small", "text3")
EDGE = 12
_NOTES_FROM, _BARS_FROM, _NAMES_FROM = 400, 340, 380


class Painted(QWidget):
    """Rows of one height under an optional head; redrawn whole, for there are few."""

    row, head = 26, 0

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._ink = theme, Ink(theme)
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    def _resize(self, count: int, spoken: str) -> None:
        self._count = count
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self._ink.px(self.head + self._count * self.row))

    def _renew(self) -> None:
        self._ink = Ink(self._theme)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _box(self, i: int) -> QRectF:
        height = self._ink.px(self.row)
        return QRectF(0, self._ink.px(self.head) + i * height, self.width(), height)

    def _rule(self, painter: QPainter, y: float) -> None:
        painter.setPen(QPen(self._ink.color("border"), 1))
        painter.drawLine(QPointF(EDGE, y - 0.5), QPointF(self.width() - EDGE, y - 0.5))


class DifferenceTable(Painted):
    """Figure, present, proposal, change; a note where there is room."""

    row, head = 24, 24

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: Sequence[Line] = ()
        self._names = (tr("Present"), tr("Proposal"))

    def show_lines(
        self, lines: Sequence[Line], names: tuple[str, str] = (tr("Present"), tr("Proposal"))
    ) -> None:
        """Other figures; ``names`` are those of the two plans."""
        self.lines, self._names = lines, names
        spoken = (
            tr(
                "{caption} {present}, proposed {proposed}, {change}",
                caption=x.caption,
                present=x.present,
                proposed=x.proposed,
                change=x.change,
            )
            for x in lines
        )
        self._resize(len(lines), "; ".join(spoken))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink
        with QPainter(self) as painter:
            wide = self.width() >= ink.px(_NOTES_FROM)
            right = self.width() - EDGE - (ink.px(96) if wide else 0)
            each = min(ink.px(86), (right - ink.px(92)) / 3)
            ends = (right - 2 * each, right - each, right)
            head = QRectF(EDGE, 0, self.width(), ink.px(self.head))
            ink.write(painter, head, tr("Whole day"), HEAD)
            for end, words in zip(ends, (*self._names, tr("Difference")), strict=True):
                shown = ink.begun(words, each - ink.px(6), HEAD)
                ink.write_right(painter, QRectF(0, 0, end, head.height()), shown, HEAD)
            for i, line in enumerate(self.lines):
                box = self._box(i)
                self._rule(painter, box.y())
                ink.write(painter, box.adjusted(EDGE, 0, 0, 0), line.caption, BODY)
                pens = (QUIET, BOLD, Pen("body", line.tone, bold=line.tone != "text3"))
                texts = (line.present, line.proposed, line.change)
                for end, text, pen in zip(ends, texts, pens, strict=True):
                    ink.write_right(painter, QRectF(0, box.y(), end, box.height()), text, pen)
                if wide and line.note:
                    room = QRectF(right + 8, box.y(), ink.px(88), box.height())
                    ink.write(painter, room, ink.elided(line.note, room.width(), SMALL), SMALL)


class DriverBars(Painted):
    """Paid hours of every driver, present grey over proposed in the driver's colour."""

    row, head = 26, 22

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: Sequence[DriverLine] = ()

    def show_lines(self, lines: Sequence[DriverLine]) -> None:
        """Other drivers."""
        self.lines = lines
        spoken = (
            tr(
                "{name} {proposed} hours, {text}",
                name=x.name,
                proposed=number(x.proposed, 1),
                text=x.text,
            )
            for x in lines
        )
        self._resize(len(lines), "; ".join(spoken))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink
        with QPainter(self) as painter:
            most = max((max(x.present, x.proposed) for x in self.lines), default=1.0) or 1.0
            left, right = EDGE + ink.px(32) + self._named, self.width() - EDGE - ink.px(112)
            scale = max(1.0, right - left) / most
            step = max(1, ceil(ink.px(30) / scale))
            for hour in range(0, ceil(most) + 1, step):
                x = left + hour * scale
                if x <= right + 1:
                    painter.setPen(QPen(ink.color("border"), 1))
                    painter.drawLine(QPointF(x, ink.px(self.head)), QPointF(x, self.height()))
                    painter.setPen(ink.color("text3"))
                    at = QRectF(x - 20, 0, 40, ink.px(self.head))
                    ink.write_centred(painter, at, f"{hour} h", Pen("micro", "text3"))
            for i, line in enumerate(self.lines):
                self._paint_line(painter, self._box(i), line, (left, scale))

    @property
    def _named(self) -> int:
        """Room for a name in px."""
        return self._ink.px(92 if self.width() >= self._ink.px(_NAMES_FROM) else 52)

    def _paint_line(
        self, painter: QPainter, box: QRectF, line: DriverLine, across: tuple[float, float]
    ) -> None:
        ink, (left, scale) = self._ink, across
        middle = box.center().y()
        painter.setOpacity(1.0 if line.changed else 0.55)
        chip = QRectF(EDGE, middle - ink.px(8), ink.px(20), ink.px(16))
        ink.chip(painter, chip, line.number)
        name = ink.elided(line.name, self._named, BODY)
        ink.write(painter, box.adjusted(EDGE + ink.px(26), 0, 0, 0), name, BODY)
        fill = ink.driver(line.number)[0]
        for hours, y, colour in (
            (line.present, middle - 6, ink.color("border_strong")),
            (line.proposed, middle + 1, fill),
        ):
            painter.fillRect(QRectF(left, y, hours * scale, 5), QColor(colour))
        painter.setOpacity(1.0)
        spent = f"{int(line.proposed)}:{round(line.proposed % 1 * 60) % 60:02d}"
        ends = (self.width() - EDGE - ink.px(66), self.width() - EDGE)
        pen = BOLD if line.changed else QUIET
        ink.write_right(painter, QRectF(0, box.y(), ends[0], box.height()), spent, pen)
        tone = Pen("body", line.tone)
        ink.write_right(painter, QRectF(0, box.y(), ends[1], box.height()), line.text, tone)


class BudgetMeters(Painted):
    """What is used of the change budget; a line fills where there is a cap."""

    row = 34

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: Sequence[Used] = ()

    def show_lines(self, lines: Sequence[Used]) -> None:
        """Another budget."""
        self.lines = lines
        self._resize(len(lines), "; ".join(f"{x.caption} {_of(x)}" for x in lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink
        with QPainter(self) as painter:
            for i, line in enumerate(self.lines):
                box = self._box(i)
                words = box.adjusted(EDGE, 2, -EDGE, -12)
                ink.write(painter, words, line.caption, BODY)
                capped = line.limit is not None
                tail = tr(" of {limit}", limit=line.limit) if capped else ""
                left = ink.write_right(painter, words, tail, QUIET)
                used = QRectF(0, words.y(), left, words.height())
                tone = "warn" if line.is_over else "text"
                ink.write_right(painter, used, str(line.used), BOLD.tinted(tone))
                track = QRectF(EDGE, box.bottom() - 10, self.width() - 2 * EDGE, 3)
                ink.plate(painter, track, ink.color("border"), 1)
                if line.limit:
                    share = min(1.0, line.used / line.limit)
                    full = QRectF(track.x(), track.y(), track.width() * share, 3)
                    ink.plate(painter, full, ink.color("warn" if line.is_over else "accent"), 1)


def _of(line: Used) -> str:
    return (
        str(line.used)
        if line.limit is None
        else tr("{used} of {limit}", used=line.used, limit=line.limit)
    )


class WeightTable(Painted):
    """The objective's terms: a bar of their share, what they cost, the change."""

    row = 24

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: Sequence[Weighed] = ()

    def show_lines(self, lines: Sequence[Weighed]) -> None:
        """Other terms."""
        self.lines = lines
        self._resize(len(lines), "; ".join(f"{x.caption} {x.cost}, {x.change}" for x in lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self._ink
        with QPainter(self) as painter:
            end, each = self.width() - EDGE, ink.px(76)
            bar = ink.px(52) if self.width() >= ink.px(_BARS_FROM) else 0
            for i, line in enumerate(self.lines):
                box = self._box(i)
                room = end - 2 * each - bar - ink.px(8) - EDGE
                ink.write(
                    painter, box.adjusted(EDGE, 0, 0, 0), ink.elided(line.caption, room, BODY), BODY
                )
                if bar:
                    track = QRectF(end - 2 * each - bar, box.center().y() - 1.5, ink.px(48), 3)
                    ink.plate(painter, track, ink.color("border"), 1)
                    full = QRectF(track.x(), track.y(), max(2.0, track.width() * line.share), 3)
                    ink.plate(painter, full, ink.color("text2"), 1)
                cost = QRectF(0, box.y(), end - each, box.height())
                ink.write_right(painter, cost, line.cost, BODY)
                ink.write_right(
                    painter,
                    QRectF(0, box.y(), end, box.height()),
                    line.change,
                    Pen("body", line.tone),
                )

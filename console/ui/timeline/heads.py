"""Painting the driver column: who, how full; while dragging also what a drop would cost."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from console.tongues import tr
from console.ui.drag import Verdict, verdict_note
from console.ui.harm import fullness_color, harm_text, load_ratio
from console.ui.ink import Ink, Pen
from console.ui.labels import cost_text, drive_text, short_why
from console.ui.theme.figures import percent
from console.ui.timeline.faces import RowFace


class Detail(Enum):
    """How much a driver's head has room for."""

    FULL = tr("name, plate, load")
    BRIEF = tr("name, load")
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the delta column's parts, px at 100 %: drive, cost, space before the remark."""

    drive: int = 46
    cost: int = 66
    space: int = 10
    role: str = "body"


WIDE = Columns()
NARROW = Columns(drive=42, cost=53, space=5, role="small")


@dataclass(frozen=True, slots=True)
class HeadState:
    """What a driver's head shows besides its face."""

    is_lit: bool = False
    is_target: bool = False
    is_dim: bool = False
    verdict: Verdict | None = None
    detail: Detail = Detail.FULL
    columns: Columns = WIDE


class HeadPainter:
    """Paints heads with shared tools."""

    def __init__(self, ink: Ink, currency: str) -> None:
        self._ink = ink
        self._currency = currency

    def paint(self, painter: QPainter, face: RowFace, box: QRect, state: HeadState) -> None:
        """Chip and name, and what else there is room for."""
        ink, px = self._ink, self._ink.px
        line = QRectF(box).adjusted(px(10), 0, -px(2 if state.detail is Detail.NAME else 10), 0)
        if state.is_dim:
            painter.setOpacity(ink.theme.opacity("locked"))
        chip = QRectF(line.x(), round(line.center().y() - px(8)), px(20), px(16))
        ink.chip(painter, chip, face.label.number)
        right = line.right()
        if state.detail is not Detail.NAME:
            right = self._load(painter, face, line, state)
        start = chip.right() + px(8)
        if state.detail is Detail.FULL and face.label.plate:
            pen = Pen("small", "text2" if state.is_lit else "text3")
            plate = QRectF(line.x(), line.y(), right - px(6) - line.x(), line.height())
            right = ink.write_right(painter, plate, face.label.plate, pen)
        name = Pen("body", bold=state.is_lit or state.is_target)
        words = ink.elided(face.label.name, right - px(4) - start, name)
        ink.write(painter, QRectF(start, line.y(), 10, line.height()), words, name)
        painter.setOpacity(1.0)

    def _load(self, painter: QPainter, face: RowFace, line: QRectF, state: HeadState) -> float:
        """The load bar and its share; answers the left end."""
        ink, verdict = self._ink, state.verdict
        share, words = face.fullness, face.filled
        found = verdict.preview if verdict is not None and verdict.is_forbidden else None
        if found is not None and found.schedule is not None:
            share = found.schedule.fullness
            words = percent(share)
        if face.off:
            return ink.write_right(painter, line, tr("off today"), Pen("small", "warn"))
        color = fullness_color(share)
        pen = Pen("small", "text2" if color == "text3" else color)
        ink.write_right(painter, line, words, pen)
        width = ink.px(48 if state.detail is Detail.FULL else 28)
        left = line.right() - ink.px(37) - width
        bar = QRectF(left, round(line.center().y()) - 2, width, 4)
        ink.meter(painter, bar, share)
        return left

    def paint_delta(self, painter: QPainter, box: QRect, state: HeadState) -> None:
        """Drive and money over the whole plan, and the one remark there is room for."""
        verdict, px = state.verdict, self._ink.px
        if verdict is None:
            return
        line = QRectF(box).adjusted(px(state.columns.space), 0, -px(6), 0)
        if verdict.is_forbidden:
            self._ban(painter, line, verdict, state.columns.role)
            return
        found = verdict.preview
        if found is None:
            return
        color = "ok" if found.cost < 0 else "text"
        pen = Pen(state.columns.role, color, bold=state.is_target)
        drive = QRectF(line.x(), line.y(), px(state.columns.drive), line.height())
        self._ink.write_right(painter, drive, drive_text(found.seconds), pen)
        cost = QRectF(drive.right(), line.y(), px(state.columns.cost), line.height())
        self._ink.write_right(painter, cost, cost_text(found.cost, self._currency), pen)
        note = QRectF(cost.right() + px(state.columns.space), line.y(), 10, line.height())
        self._note(painter, note, verdict, state.columns)

    def _note(self, painter: QPainter, box: QRectF, verdict: Verdict, columns: Columns) -> None:
        note = verdict_note(verdict)
        if note is None:
            return
        ink = self._ink
        words, color = note
        if color == "ok":
            width = ink.width(words, Pen("micro", bold=True)) + ink.px(8)
            ink.tag(painter, QPointF(box.x() + width, box.center().y()), words, ("surface", "ok"))
            return
        if color == "warn" and columns is WIDE:
            at = QPointF(box.x(), box.center().y() - ink.px(6))
            ink.icon(painter, at, "triangle-alert", "warn", 12)
            box = box.translated(ink.px(15), 0)
        ink.write(painter, box, words, Pen("small", color))

    def _ban(self, painter: QPainter, line: QRectF, verdict: Verdict, role: str) -> None:
        ink = self._ink
        middle = line.center().y() - ink.px(7)
        rest = line.adjusted(ink.px(20), 0, 0, 0)
        if verdict.harm is None:
            ink.icon(painter, QPointF(line.x(), middle), "lock", "text2")
            pen = Pen(role, "text2")
            ink.write(painter, rest, ink.elided(short_why(verdict.blocked), rest.width(), pen), pen)
            return
        ink.icon(painter, QPointF(line.x(), middle), "ban", "bad")
        pen = Pen(role, "bad", bold=True)
        why = ink.elided(harm_text(verdict.harm), rest.width(), pen)
        end = ink.write(painter, rest, why, pen)
        found = verdict.preview
        ratio = load_ratio(verdict.harm, found.schedule if found else None)
        if end + ink.px(6) + ink.width(ratio, Pen("small")) <= line.right():
            ink.write_right(painter, line, ratio, Pen("small", "bad"))


def paint_captions(
    painter: QPainter,
    ink: Ink,
    sided: Callable[[QRect], QRect],
    size: tuple[int, int, int],
    columns: Columns | None,
) -> None:
    """Over the drivers; ``size`` is the width of names, of all columns, and the height.

    ``columns`` are those of the deltas while stops are dragged.
    """
    names, whole, height = size
    painter.fillRect(sided(QRect(0, 0, whole, height)), ink.color("surface"))
    pad, pen, line = ink.px(12), Pen("small", "text3"), ink.color("border")
    box = QRectF(pad, 0, names - 2 * pad, height)
    ink.write(painter, box, tr("Driver"), pen)
    painter.fillRect(sided(QRect(names - 1, 0, 1, height)), line)
    if columns is None:
        ink.write_right(painter, box, tr("Load"), pen)
        return
    drive = QRectF(names + ink.px(columns.space), 0, ink.px(columns.drive), height)
    ink.write_right(painter, drive, tr("Drive"), pen)
    ink.write_right(painter, drive.translated(ink.px(columns.cost), 0), tr("Cost"), pen)
    painter.fillRect(sided(QRect(whole - 1, 0, 1, height)), line)

"""What the driven days teach, part of the week by part of the week; ticked ones are taken over."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from console.dispatch.learning import Taught
from console.domain.driven import Why
from console.domain.learning import ENOUGH_LEGS, ENOUGH_ROUNDS, Cell, Learned, row_with, taught
from console.domain.traffic import SpeedTable
from console.formats import clock, number
from console.tongues import tr, trn
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.theme.theme import Theme
from console.ui.traffic.strip import mean
from console.ui.traffic.words import group_text

WHY = {
    Why.BREAK: tr("with a break"),
    Why.TROUBLE: tr("with something that went wrong"),
    Why.STOOD: tr("on which the van stood"),
    Why.RELOADS: tr("of routes that load again"),
    Why.SHORT: tr("too short"),
    Why.ODD: tr("that took less than a third or more than three times as long"),
    Why.PLACE: tr("to places that are not known any more"),
    Why.VEHICLE: tr("by bicycle or on foot"),
}
_BOX = 36  # px that a tick takes
_TALL = 380
_TITLES = (
    tr("Days"),
    tr("From"),
    tr("Legs"),
    tr("Time taken"),
    tr("Speed now"),
    tr("Proposed"),
    tr("Off by, a leg"),
)


class LessonDialog(Sheet):
    """``chosen`` are the parts of the week that are ticked, ``table`` the speeds with them."""

    def __init__(self, lesson: Taught, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Learn from driven days"), theme, parent)
        self.least(880)
        self.lesson = lesson
        self._cells = sorted(lesson.lessons)
        self.heading(tr("How long legs really took"))
        self.sentence(_about(lesson))
        self.rows = self.put(PlainTable(_TITLES, theme))
        self._fill()
        self.said = self.sentence(_left_out(lesson))
        self.go_back()
        self.accept_button = self.go_on(tr("Take the ticked ones over"))
        self.rows.itemChanged.connect(self._show)
        self._show()

    @property
    def chosen(self) -> dict[Cell, float]:
        """Factors of the ticked parts."""
        ticked = Qt.CheckState.Checked
        items = ((cell, self.rows.item(i, 0)) for i, cell in enumerate(self._cells))
        cells = [cell for cell, item in items if item and item.checkState() == ticked]
        return {cell: self.lesson.found[cell].factor for cell in cells if cell in self.lesson.found}

    @property
    def table(self) -> SpeedTable:
        """The speeds in force, those that are ticked as they were learned."""
        lesson = self.lesson
        said = tr(
            "Learned from {legs} legs of {days} driven days; the rest as before.",
            legs=number(sum(self.lesson.found[cell].legs for cell in self.chosen)),
            days=lesson.days,
        )
        return taught(lesson.table, self.chosen, source=said)

    def _fill(self) -> None:
        self.rows.fill([self._texts(cell) for cell in self._cells])
        for i, cell in enumerate(self._cells):
            learned = self.lesson.found.get(cell)
            for j in range(1, len(_TITLES)):
                _to_the_right(self.rows.item(i, j))
            first = self.rows.item(i, 0)
            if first is not None and learned is not None:
                state = Qt.CheckState.Checked if learned.is_sure else Qt.CheckState.Unchecked
                first.setCheckState(state)
            elif first is not None:
                first.setFlags(first.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.rows.setColumnWidth(0, self.rows.columnWidth(0) + _BOX)
        height = self.theme.size("row_table") * (max(1, len(self._cells)) + 1) + 8
        self.rows.setMinimumHeight(min(height, _TALL))
        self.rows.setMaximumHeight(height)
        self.rows.setVisible(bool(self._cells))

    def _texts(self, cell: Cell) -> Sequence[str]:
        table, legs = self.lesson.table, len(self.lesson.lessons[cell])
        group, part = cell
        begins, row = table.slices[part].begins, table.rows[group][part]
        known = self.lesson.found.get(cell)
        told = (
            (tr("too few"), f"{mean(row)} %", "", "")
            if known is None
            else (
                taken(known),
                f"{mean(row)} %",
                f"{mean(row_with(row, known.factor))} %",
                _off(known),
            )
        )
        return (group_text(table.groups[group]), clock(begins), number(legs), *told)

    def _show(self, _item: object = None) -> None:
        self.accept_button.setEnabled(bool(self.chosen))


def taken(known: Learned) -> str:
    """``1.18 times (1.12 to 1.24)``."""
    return tr(
        "{factor} times ({low} to {high})",
        factor=number(known.factor, 2),
        low=number(known.low, 2),
        high=number(known.high, 2),
    )


def _off(known: Learned) -> str:
    return tr(
        "{before} → {after} min", before=number(known.before, 1), after=number(known.after, 1)
    )


def _about(lesson: Taught) -> str:
    if not lesson.found:
        return tr(
            "No part of the week has enough legs yet: {legs} legs of {rounds} rounds are needed"
            " on days that are over, reported by phones or by hand.",
            legs=ENOUGH_LEGS,
            rounds=ENOUGH_ROUNDS,
        )
    return tr(
        "{legs} legs of {days} days against the speeds in force. “Times” multiplies the time in"
        " the plan and lies between both figures in 95 of 100 cases; it is drawn towards 1 where"
        " legs are few. All kinds of road alike: a leg uses several. “Off by” is the mean error of"
        " a leg, now and with the proposal. Nothing changes until you use the speeds.",
        legs=number(lesson.legs),
        days=lesson.days,
    )


def _left_out(lesson: Taught) -> str:
    count = sum(lesson.left_out.values())
    if not count:
        return ""
    told = ", ".join(f"{number(legs)} {WHY[why]}" for why, legs in lesson.left_out.most_common())
    return trn("{n} leg left out: {told}.", "{n} legs left out: {told}.", count, told=told)


def _to_the_right(item: QTableWidgetItem | None) -> None:
    if item is not None:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

"""The cheat sheet of all shortcuts."""

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.tongues import tr
from console.ui.caption import PLAIN, QUIET, STRONG, Caption
from console.ui.deedtable import DEEDS, MENUS
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

COLUMNS = 3
MOUSE = (
    (tr("Drag"), tr("Move stops; Shift forces with a reason")),
    (tr("Ctrl click"), tr("Add a stop to the selection")),
    (tr("Shift drag"), tr("Pick a rectangle on the map")),
    (tr("Alt drag"), tr("Pick with a lasso on the map")),
    (tr("Right click"), tr("What can be done here")),
)


class ShortcutsDialog(Sheet):
    """Made from the actions table, so it is never out of date."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        bound: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(tr("Keyboard shortcuts"), theme, parent)
        self.heading(tr("Keyboard shortcuts"))
        columns = QHBoxLayout()
        columns.setSpacing(32)
        self.body.addLayout(columns)
        stacks = [QVBoxLayout() for _ in range(COLUMNS)]
        heights = [0] * COLUMNS
        for title, rows in _groups(bound):
            shortest = heights.index(min(heights))
            self._add_group(stacks[shortest], title, rows)
            heights[shortest] += len(rows) + 2
        for stack in stacks:
            stack.addStretch(1)
            columns.addLayout(stack)
        self.edit_button = self.beside(tr("Change…"))
        self.guide_button = self.beside(tr("Open the guide"))
        self.go_back(tr("Close"), default=True)

    def _add_group(self, stack: QVBoxLayout, title: str, rows: list[tuple[str, str]]) -> None:
        stack.setSpacing(6)
        stack.addWidget(Caption(self.theme, STRONG, title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for i, (keys, text) in enumerate(rows):
            grid.addWidget(Caption(self.theme, QUIET, keys), i, 0)
            grid.addWidget(Caption(self.theme, PLAIN, text), i, 1)
        grid.setColumnStretch(1, 1)
        stack.addLayout(grid)
        stack.addSpacing(10)


def _groups(bound: Mapping[str, str] | None) -> list[tuple[str, list[tuple[str, str]]]]:
    native = QKeySequence.SequenceFormat.NativeText
    menus = [tr(title) for title in MENUS]
    rows = sorted(cheat_sheet(bound), key=lambda row: menus.index(row[0]))  # one group a menu
    keyed = [
        (title, [(QKeySequence(keys).toString(native), text) for _, text, keys in group])
        for title, group in groupby(rows, key=lambda row: row[0])
    ]
    return [*keyed, (tr("Mouse"), list(MOUSE))]


def cheat_sheet(bound: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """(menu, text, shortcut) of every deed that has a shortcut, the user's own or the table's."""
    keys = {deed.name: deed.shortcut for deed in DEEDS} | dict(bound or {})
    return [(d.menu, d.text.rstrip("…"), keys[d.name]) for d in DEEDS if keys[d.name]]

"""Every shortcut, and another one in its place."""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from console.tongues import tr
from console.ui.deedtable import DEEDS
from console.ui.dialogs.sheet import Sheet
from console.ui.folding import folded
from console.ui.theme.theme import Theme

_NATIVE = QKeySequence.SequenceFormat.NativeText


class EditShortcutsDialog(Sheet):
    """``changed`` are the shortcuts that differ from the table's once accepted."""

    def __init__(
        self, bound: Mapping[str, str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Change shortcuts"), theme, parent)
        self.least(520, 480)
        self.heading(tr("Change shortcuts"))
        self.bound = {deed.name: bound.get(deed.name, deed.shortcut) for deed in DEEDS}
        self.filter = self.put(QLineEdit())
        self.filter.setPlaceholderText(tr("Filter: what it does, or its keys"))
        self.filter.setAccessibleName(tr("Filter the actions"))
        self.filter.setClearButtonEnabled(True)
        self.table = self.put(QTableWidget(len(DEEDS), 2))
        self._dress_table()
        self._add_editor()
        self.said = self.problem()
        self.usual_button = self.beside(tr("All as at first"))
        self.usual_button.clicked.connect(self._all_usual)
        self.go_back()
        self.go_on(tr("Keep"))
        self.filter.textChanged.connect(self._filter)
        self.table.currentCellChanged.connect(self._show_current)
        self._fill()
        self.table.setCurrentCell(0, 0)

    @property
    def changed(self) -> dict[str, str]:
        """By deed; '' takes the shortcut away."""
        usual = {deed.name: QKeySequence(deed.shortcut).toString() for deed in DEEDS}
        return {name: keys for name, keys in self._portable().items() if keys != usual[name]}

    def set_keys(self, name: str, keys: str) -> None:
        """Give a deed other keys; whoever had them loses them, and that is said."""
        had = next((d for d in DEEDS if keys and d.name != name and self._same(d.name, keys)), None)
        if had is not None:
            self.bound[had.name] = ""
        self.bound[name] = keys
        shown = QKeySequence(keys).toString(_NATIVE)
        self.said.say(
            tr(
                "{shown} was “{rstrip}”, which has none now.",
                shown=shown,
                rstrip=had.text.rstrip("…"),
            )
            if had
            else ""
        )
        self._fill()

    def _dress_table(self) -> None:
        self.table.setHorizontalHeaderLabels([tr("Action"), tr("Keys")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAccessibleName(tr("Actions and their shortcuts"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, round(320 * self.theme.scale))
        self.table.setTabKeyNavigation(False)

    def _add_editor(self) -> None:
        row = QHBoxLayout()
        self.keys_field = QKeySequenceEdit()
        self.keys_field.setMaximumSequenceLength(1)
        self.keys_field.setAccessibleName(tr("New keys"))
        self.keys_field.setClearButtonEnabled(True)
        self.set_button = QPushButton(tr("Set"))
        self.none_button = QPushButton(tr("No keys"))
        self.first_button = QPushButton(tr("As at first"))
        for button in (self.set_button, self.none_button, self.first_button):
            button.setAutoDefault(False)
        self.set_button.clicked.connect(self._set)
        self.none_button.clicked.connect(lambda: self.set_keys(self._name(), ""))
        self.first_button.clicked.connect(self._set_usual)
        row.addWidget(self.keys_field, 1)
        for button in (self.set_button, self.none_button, self.first_button):
            row.addWidget(button)
        self.body.addLayout(row)

    def _fill(self) -> None:
        for row, deed in enumerate(DEEDS):
            keys = QKeySequence(self.bound[deed.name]).toString(_NATIVE)
            for column, text in enumerate((f"{deed.menu}: {deed.text.rstrip('…')}", keys)):
                item = self.table.item(row, column)
                if item is None:
                    self.table.setItem(row, column, QTableWidgetItem(text))
                else:
                    item.setText(text)

    def _filter(self, typed: str) -> None:
        words = folded(typed).split()
        for row, deed in enumerate(DEEDS):
            keys = QKeySequence(self.bound[deed.name]).toString(_NATIVE)
            text = folded(f"{deed.menu} {deed.text} {deed.words} {keys}")
            self.table.setRowHidden(row, not all(word in text for word in words))

    def _show_current(self, *_cells: int) -> None:
        self.keys_field.setKeySequence(QKeySequence(self.bound[self._name()]))

    def _set(self) -> None:
        self.set_keys(self._name(), self.keys_field.keySequence().toString())

    def _set_usual(self) -> None:
        name = self._name()
        self.set_keys(name, next(deed.shortcut for deed in DEEDS if deed.name == name))
        self._show_current()

    def _all_usual(self) -> None:
        self.bound = {deed.name: deed.shortcut for deed in DEEDS}
        self.said.say("")
        self._fill()
        self._show_current()

    def _name(self) -> str:
        return DEEDS[max(0, self.table.currentRow())].name

    def _same(self, name: str, keys: str) -> bool:
        return QKeySequence(self.bound[name]) == QKeySequence(keys)

    def _portable(self) -> dict[str, str]:
        return {name: QKeySequence(keys).toString() for name, keys in self.bound.items()}

"""A sheet with a table that one types into: rows added, copied, removed, imported, exported."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.typedrows import TypedRows, TypedTable


class TypedForm(Sheet):
    """``importAsked`` and ``exportAsked`` leave it open."""

    importAsked = Signal()
    exportAsked = Signal()

    def lay_table(self, rows: TypedRows, name: str, adding: str) -> TypedTable:
        """The table with its buttons below; ``adding`` is what the first one says."""
        self._rows = rows
        self._table = self.put(TypedTable(rows, name, self.theme))
        self._add_buttons(adding)
        return self._table

    def lay_foot(self) -> None:
        """What is wrong, and the way out."""
        self.said = self.problem()
        self.import_button = self.beside(tr("Import…"))
        self.export_button = self.beside(tr("Export…"))
        self.theme.dress(self.import_button, "upload")
        self.theme.dress(self.export_button, "download")
        self.import_button.clicked.connect(self.importAsked)
        self.export_button.clicked.connect(self.exportAsked)
        self.go_back()
        self.save_button = self.go_on(tr("Save"))

    def _add_buttons(self, adding: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = QPushButton(adding)
        self.copy_button = QPushButton(tr("Add one like this"))
        self.remove_button = QPushButton(tr("Remove"))
        for button, icon in (
            (self.add_button, "plus"),
            (self.copy_button, "copy"),
            (self.remove_button, "trash-2"),
        ):
            button.setAutoDefault(False)
            self.theme.dress(button, icon)
            row.addWidget(button)
        row.addStretch(1)
        self.count = Caption(self.theme, QUIET)
        row.addWidget(self.count)
        self.body.addLayout(row)
        self.add_button.clicked.connect(lambda: self._table.begin(self._rows.add()))
        self.copy_button.clicked.connect(self._add_like)
        self.remove_button.clicked.connect(lambda: self._rows.remove(self._table.places))

    def _add_like(self) -> None:
        places = self._table.places
        self._table.begin(self._rows.add(places[0] if places else None))

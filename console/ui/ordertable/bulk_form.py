"""One value for many orders."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.formats import number
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.ordertable.columns import EDITABLE
from console.ui.theme.theme import Theme

HINTS = {
    "from": tr("09:30, or empty for any time"),
    "until": tr("12:00, or empty for any time"),
    "kg": "12.5",
    "door": "4",
    "skills": tr("cold, lift"),
    "priority": tr("high, normal or low"),
}


class BulkForm(Sheet):
    """``field`` (our name in order files) and ``text`` once accepted."""

    def __init__(self, orders: int, key: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Change orders"), theme, parent)
        self.least(380)
        count = tr("1 order") if orders == 1 else tr("{orders} orders", orders=number(orders))
        self.heading(tr("Change {count} at once", count=count))
        self.column_field, self.text_field = QComboBox(), QLineEdit()
        self.column_field.setAccessibleName(tr("Field"))
        self.text_field.setAccessibleName(tr("New value"))
        for each in EDITABLE.values():
            self.column_field.addItem(each.title, each.key)
        self.column_field.setCurrentIndex(max(0, self.column_field.findData(key)))
        grid = self.grid()
        grid.addRow(tr("Field"), self.column_field)
        grid.addRow(tr("New value"), self.text_field)
        self.sentence(tr("One step in the history: undo takes it back for all of them."))
        self.go_back()
        self.go_on(tr("Change"))
        self.column_field.currentIndexChanged.connect(self._hint)
        self._hint()
        self.text_field.setFocus()

    @property
    def field(self) -> str:
        """Which field."""
        return EDITABLE[str(self.column_field.currentData())].field

    @property
    def text(self) -> str:
        """What is written into it."""
        return self.text_field.text().strip()

    def _hint(self, _at: int = 0) -> None:
        self.text_field.setPlaceholderText(HINTS.get(str(self.column_field.currentData()), ""))

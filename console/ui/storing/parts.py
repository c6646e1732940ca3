"""What the pages of the database share: buttons in a line, sizes and times in words."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.dispatch.stores import Checked
from console.formats import number
from console.tongues import tr
from console.ui.theme.theme import Theme


def button(theme: Theme, text: str, icon: str, then: Callable[[], object]) -> QPushButton:
    """A button that does not answer Enter."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    theme.dress(made, icon)
    made.clicked.connect(lambda _on=False: then())
    return made


def line(*widgets: QWidget) -> QHBoxLayout:
    """Side by side, left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 4, 0, 4)
    made.setSpacing(8)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return made


def size_text(size: int) -> str:
    """``1.2 MB``."""
    return (
        tr("{size} MB", size=number(size / 1e6, 1))
        if size >= 1e5
        else tr("{size} kB", size=number(size / 1e3))
    )


def row_of(found: Checked) -> tuple[str, str, str, str]:
    """A finding as a row: verdict, name, what is in it, what is wrong."""
    counts = (
        tr("{streams} days, {rows} changes", streams=found.streams, rows=number(found.rows))
        if found.rows
        else ""
    )
    return (
        tr("damaged") if found.faults else tr("whole"),
        found.name,
        counts,
        "; ".join(found.faults),
    )

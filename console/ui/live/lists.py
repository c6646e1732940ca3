"""What the lists of the running day share: drivers and alarms."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QWidget,
)

from console.ui.theme.theme import Theme


def listing(
    model: QAbstractItemModel,
    delegate: Callable[[Theme, QListView], QAbstractItemDelegate],
    theme: Theme,
    name: str,
) -> QListView:
    """A list of rows of one height, of which one is picked; ``name`` is for a screen reader."""
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(delegate(theme, view))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setAccessibleName(name)
    theme.changed.connect(view.viewport().update)
    return view


def in_a_row(*widgets: QWidget) -> QHBoxLayout:
    """Beside each other at the start, what is left empty."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row

"""A tool beside the map: it stands where the details do, and only one does at a time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QVBoxLayout, QWidget


def mirrored(area: Qt.DockWidgetArea) -> Qt.DockWidgetArea:
    """The same side as one reads: right is left where a language is read from the right."""
    if QApplication.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return area
    left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
    return {left: right, right: left}.get(area, area)


class ToolDock(QDockWidget):
    """``done``: it was closed, by its own button or because another tool needed the room."""

    done = Signal()

    def __init__(self, title: str, window: QWidget | None = None) -> None:
        super().__init__(title, window)
        self.setObjectName(type(self).__name__)  # kept layouts go by it, in every language
        self.setTitleBarWidget(QWidget())  # tools carry their own heads
        if isinstance(window, QMainWindow):
            self.hide()
            window.addDockWidget(mirrored(Qt.DockWidgetArea.RightDockWidgetArea), self)

    def end(self) -> None:
        """Close it, if it is open."""
        if not self.isHidden():
            self.hide()
            self.done.emit()


def stacked(*widgets: QWidget) -> QWidget:
    """One above the other without gaps; the last takes what is left."""
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    for widget in widgets:
        rows.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return box

"""What a screen reader calls a control, as far as one may ask without an accessibility bridge."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QMenu,
    QScrollArea,
    QScrollBar,
    QWidget,
)

_FRAMES = (QScrollBar, QScrollArea, QMenu, QWebEngineView)
_WHOLE = (QAbstractSpinBox, QCalendarWidget, QComboBox, QMenu, QWebEngineView)


def nameless(window: QWidget) -> Iterator[str]:
    """The controls of a window that take the keyboard and do not say what they are."""
    buddies = {id(label.buddy()) for label in window.findChildren(QLabel) if label.buddy()}
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        ours = not widget.objectName().startswith("qt_")
        if takes and ours and id(widget) not in buddies and not named(widget):
            yield f"{type(widget).__name__} in {_above(widget)}"


def named(widget: QWidget) -> bool:
    """By itself, by its text, or as a part of one that is; frames are no controls."""
    if widget.accessibleName() or _text(widget) or widget.toolTip():
        return True
    parent = widget.parentWidget()
    above = (parent, parent.parentWidget() if parent else None)
    return isinstance(widget, _FRAMES) or any(isinstance(one, _WHOLE) for one in above)


def _text(widget: QWidget) -> object:
    """What a button says; what stands in a field is its value, not its name."""
    kind = widget.metaObject().className()
    is_field = "LineEdit" in kind or isinstance(widget, QAbstractSpinBox)
    return None if is_field else widget.property("text")


def _above(widget: QWidget) -> str:
    """The widgets around it, by their kinds."""
    kinds: list[str] = []
    parent = widget.parentWidget()
    while parent is not None and len(kinds) < 3:
        kinds.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " in ".join(kinds)

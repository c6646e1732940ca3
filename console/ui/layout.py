"""Docks and sizes of the first window as text, and their title bars."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from console.ui.tooldock import mirrored
from console.ui.window import LAYOUT_VERSION, Window

DOCKS, BARS = "docks", "bars"


def _version() -> int:
    """Another one where one reads from the right: sides of the one are none of the other."""
    is_from_right = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return -LAYOUT_VERSION if is_from_right else LAYOUT_VERSION


def docks(window: Window) -> tuple[QDockWidget, ...]:
    """Those a user may move; a proposal's come and go by themselves."""
    return (
        window.orders_dock,
        window.details_dock,
        window.history_dock,
        window.optimise_dock,
        window.timeline_dock,
    )


def layout_state(window: Window) -> dict[str, str]:
    """Docks, sizes and title bars; {} while a proposal's panes stand in their place."""
    if window.changes_dock.isVisible():
        return {}
    away = window.making_room
    for dock in away:
        dock.show()
    kept = {
        DOCKS: _text(window.saveState(_version())),
        BARS: "1" if can_move(window) else "",
    }
    for dock in away:
        dock.hide()
    return kept


def restore_layout(window: Window, kept: Mapping[str, str]) -> bool:
    """As it was; False when it does not fit this version, and nothing changes then."""
    if not window.restoreState(_bytes(kept.get(DOCKS, "")), _version()):
        return False
    for dock in (window.changes_dock, window.differences_dock, window.optimise_dock):
        dock.hide()  # they belong to work that is over
    let_move(window, on=bool(kept.get(BARS)))
    return True


def can_move(window: Window) -> bool:
    """True while the panels have title bars to hold them by."""
    return _hidden_bar(window.orders_dock) is None


def _hidden_bar(dock: QDockWidget) -> QWidget | None:
    """The empty widget in place of Qt's own bar; Qt's stubs leave out that there may be none."""
    return cast("QWidget | None", dock.titleBarWidget())


def let_move(window: Window, *, on: bool) -> None:
    """Give the panels title bars to drag and close them by, or take them away again."""
    for dock in docks(window):
        bar = _hidden_bar(dock)
        if on:
            dock.setTitleBarWidget(None)  # pyright: ignore[reportArgumentType] - Qt's own bar
            if bar is not None:
                bar.deleteLater()
        elif bar is None:
            dock.setTitleBarWidget(QWidget())


def usual_layout(window: Window) -> None:
    """The drawn layout: every panel in its place and size."""
    left, right = window.usual_areas
    window.addDockWidget(mirrored(left), window.orders_dock)
    for dock in (window.details_dock, window.history_dock, window.optimise_dock):
        window.addDockWidget(mirrored(right), dock)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, window.timeline_dock)
    shown = (window.orders_dock, window.details_dock, window.timeline_dock)
    for dock in docks(window):
        dock.setFloating(False)
        dock.setVisible(dock in shown)
    let_move(window, on=False)
    window.arrange()


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))

"""Qt's actions for all a dispatcher can do; menus, shortcuts and buttons are made from them."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from console.tongues import tr
from console.ui.deedtable import DEEDS, MENUS, Deed, Need
from console.ui.theme.theme import Theme


class Actions:
    """The table as QActions of one window; ``trigger`` is called with the deed's name."""

    def __init__(self, parent: QWidget, theme: Theme, trigger: Callable[[str], None]) -> None:
        self._parent = parent
        self._actions: dict[str, QAction] = {}
        for deed in DEEDS:
            action = QAction(deed.text, parent)
            action.setObjectName(deed.name)
            if deed.shortcut:
                action.setShortcut(QKeySequence(deed.shortcut))
            if deed.icon:
                theme.dress(action, deed.icon)
            action.triggered.connect(lambda _checked=False, name=deed.name: trigger(name))
            parent.addAction(action)
            self._actions[deed.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """The table."""
        return DEEDS

    def keys(self, name: str) -> str:
        """The shortcut of a deed as this system writes it; '' when it has none."""
        return self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def rebind(self, keys: Mapping[str, str]) -> None:
        """Shortcuts by deed ('' is none) in place of the table's; the others get theirs back."""
        for deed in DEEDS:
            self._actions[deed.name].setShortcut(QKeySequence(keys.get(deed.name, deed.shortcut)))

    def bound(self) -> dict[str, str]:
        """Every deed's shortcut in portable words."""
        return {name: action.shortcut().toString() for name, action in self._actions.items()}

    @property
    def all(self) -> list[QAction]:
        """Every action, for a further window in which its shortcut is to work."""
        return list(self._actions.values())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all deeds."""
        return tuple(self._actions)

    def menus(self) -> list[QMenu]:
        """The menu bar's menus."""
        return [self._menu(title) for title in MENUS]

    def context_menu(self) -> QMenu:
        """The menu of a stop or a route."""
        menu = QMenu(self._parent)
        for deed in DEEDS:
            if deed.in_context and self._actions[deed.name].isEnabled():
                if deed.line_before and not menu.isEmpty():
                    menu.addSeparator()
                menu.addAction(self._actions[deed.name])
        return menu

    def enable(self, present: Mapping[Need, bool]) -> None:
        """Enable what makes sense now, of the deeds that need one of these."""
        for deed in DEEDS:
            if deed.need in present:
                self._actions[deed.name].setEnabled(present[deed.need])

    def _menu(self, title: str) -> QMenu:
        menu = QMenu(tr(title), self._parent)
        for deed in DEEDS:
            if deed.menu == tr(title):
                if deed.line_before:
                    menu.addSeparator()
                menu.addAction(self._actions[deed.name])
        return menu


def action_button(action: QAction, theme: Theme, words: str, icon: str) -> QPushButton:
    """A button that does an action and is enabled with it."""
    button = QPushButton(words)
    button.setMinimumWidth(0)
    theme.dress(button, icon)
    keys = action.shortcut().toString()
    button.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    return button

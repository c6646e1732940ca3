"""Deeds of the guide: the page of where one is, and a page that is asked for."""

from PySide6.QtWidgets import QApplication, QWidget

from console.ui.guide.pages import FIRST, Guide, load_guide
from console.ui.guide.window import GuideWindow
from console.ui.workplace import Workplace


class GuideDeeds:
    """One method a deed; ``guideAsked(address)`` of the signals opens a page, too."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.window: GuideWindow | None = None
        place.signals.guideAsked.connect(self.open_at)

    def help(self) -> None:
        """The page of the view or dialog that has the focus."""
        self.open_at(
            address_of(load_guide(), QApplication.focusWidget() or QApplication.activeWindow())
        )

    def open_at(self, address: str) -> None:
        """Show an address of the guide, in the one window there is for it."""
        if self.window is None:
            self.window = GuideWindow(load_guide(), self._said, self._place.theme)
        self.window.open_at(address)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def end(self) -> None:
        """The console closes."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _said(self, name: str) -> str:
        """An action's words and its present key, as Markdown."""
        actions = self._place.actions
        words = f"**{actions[name].text().rstrip('…')}**"
        keys = actions.keys(name)
        return f"{words} (`{keys}`)" if keys else words


def address_of(guide: Guide, widget: QWidget | None) -> str:
    """Where the innermost view or dialog around a widget is explained; else the first page."""
    while widget is not None:
        for kind in type(widget).__mro__:
            address = guide.about(kind.__name__)
            if address is not None:
                return address
        widget = widget.parentWidget()
    return FIRST

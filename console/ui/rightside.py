"""What stands on the right: the details, or one tool or the optimiser in their place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from console.ui.tooldock import ToolDock


class RightSide:
    """Details, optimiser, history and tools; ``room`` is the least width of the optimiser."""

    def __init__(
        self,
        window: QMainWindow,
        details: QDockWidget,
        optimise: QDockWidget,
        history: QDockWidget,
    ) -> None:
        self._window = window
        self._details, self._optimise, self._history = details, optimise, history
        self._details_shown = False

    @property
    def is_details_away(self) -> bool:
        """True while the details come back as soon as what needs their room is closed."""
        return self._details_shown and any(not dock.isHidden() for dock in self._others)

    def show_optimise(self, *, on: bool, room: int = 300) -> None:
        """The optimiser's panel where the details are; they come back after it."""
        if on == self._optimise.isVisible():
            return
        if on:
            self.end_tools()
            self._send_details()
        else:
            self._bring_details()
        self._optimise.setVisible(on)
        if on:
            self._window.resizeDocks([self._optimise], [room], Qt.Orientation.Horizontal)

    def show_tool(self, tool: ToolDock) -> None:
        """A tool where the details are; another one goes, and the details come back after it."""
        if tool.isHidden():
            self.end_tools()
            self.show_optimise(on=False)
            self._send_details()
            tool.done.connect(self._bring_details, Qt.ConnectionType.SingleShotConnection)
        tool.show()
        tool.raise_()

    def end_tools(self) -> None:
        """Close whatever tool is open."""
        for tool in self._tools:
            tool.end()

    def show_history(self, *, on: bool) -> None:
        """The history under what else stands here, half as high as the window."""
        self._history.setVisible(on)
        above = next((dock for dock in (self._details, *self._others) if dock.isVisible()), None)
        if on and above is not None:
            half = self._window.height() // 2
            docks = [above, self._history]
            self._window.resizeDocks(docks, [half, half], Qt.Orientation.Vertical)

    @property
    def _tools(self) -> list[ToolDock]:
        return self._window.findChildren(ToolDock)

    @property
    def _others(self) -> tuple[QDockWidget, ...]:
        return self._optimise, *self._tools

    def _send_details(self) -> None:
        self._details_shown = self._details.isVisible()
        self._details.hide()

    def _bring_details(self) -> None:
        self._details.setVisible(self._details_shown)

"""Deeds on the view: workspaces, map, colours, help."""

from console.dispatch.lanes import Lane
from console.ui.asking import ask
from console.ui.dialogs.about import AboutDialog
from console.ui.dialogs.doctor import DoctorDialog
from console.ui.dialogs.shortcuts import ShortcutsDialog
from console.ui.theme.theme import Choice
from console.ui.window import BOARD, EXCEPTIONS, PLAN
from console.ui.workplace import Workplace


class ViewDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def view_plan(self) -> None:
        """The map in the middle."""
        self._place.window.show_page(PLAN)

    def view_board(self) -> None:
        """The board in the middle."""
        self._place.window.show_page(BOARD)

    def view_exceptions(self) -> None:
        """The exceptions in the middle."""
        self._place.window.show_page(EXCEPTIONS)

    def fit_map(self) -> None:
        """The whole day on the map."""
        self._place.panes.map_view.fit()

    def details(self) -> None:
        """Show or hide the details."""
        dock = self._place.window.details_dock
        dock.setVisible(not dock.isVisible() or bool(self._place.selection.stops))

    def find(self) -> None:
        """Into the search field."""
        search = self._place.panes.topbar.search
        search.setFocus()
        search.selectAll()

    def theme_system(self) -> None:
        """Colours of the system."""
        self._place.theme.choose(Choice.SYSTEM)

    def theme_light(self) -> None:
        """Light colours."""
        self._place.theme.choose(Choice.LIGHT)

    def theme_dark(self) -> None:
        """Dark colours."""
        self._place.theme.choose(Choice.DARK)

    def theme_contrast(self) -> None:
        """High contrast."""
        self._place.theme.choose(Choice.HIGH_CONTRAST)

    def shortcuts(self) -> None:
        """The cheat sheet."""
        place = self._place
        place.conductor.spawn(ask(ShortcutsDialog(place.theme, place.window)))

    def doctor(self) -> None:
        """Every part of the installation."""
        self._place.conductor.spawn(self._doctor())

    async def _doctor(self) -> None:
        place = self._place
        found = await place.station.services.lanes.run(
            Lane.FILES, place.station.services.components
        )
        await ask(DoctorDialog(found, place.theme, place.window))

    def about(self) -> None:
        """Version and licences."""
        self._place.conductor.spawn(ask(AboutDialog(self._place.theme, self._place.window)))

    def quit(self) -> None:
        """Save and end."""
        self._place.window.close()

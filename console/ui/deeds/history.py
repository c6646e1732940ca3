"""Deeds on the history: take back a step, go back to one, give a version a name."""

from collections.abc import Mapping

from console.dispatch.marks import mark, marks
from console.domain.plan import FactKind
from console.tongues import tr
from console.ui.asking import ask
from console.ui.dialogs.text import TextDialog
from console.ui.notices import Notice
from console.ui.workplace import Workplace


class HistoryDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._names: Mapping[str, str] = {}
        panel = place.panes.history
        panel.revertAsked.connect(self.revert)
        panel.returnAsked.connect(self.return_to)
        panel.nameAsked.connect(self.name)

    def history(self) -> None:
        """Show or hide the history; the keyboard goes there."""
        dock = self._place.window.history_dock
        self._place.window.right.show_history(on=not dock.isVisible())
        self.show_history()
        if dock.isVisible():
            self._place.panes.history.view.setFocus()

    def show_history(self) -> None:
        """Fill the history where it is open."""
        if self._place.window.history_dock.isVisible():
            self._fill()
            self._place.conductor.spawn(self._read_names())

    def name_of(self, version: int) -> str:
        """What a version is called; '' where it has no name."""
        return self._names.get(str(version), "")

    def name_version(self) -> None:
        """Give the present version a name."""
        self._place.conductor.spawn(self._name(None))

    def revert(self, version: int) -> None:
        """Take back one step, wherever it stands."""
        self._place.conductor.spawn(self._place.station.revert(version))

    def return_to(self, version: int) -> None:
        """The plan as it was after a step."""
        self._place.conductor.spawn(self._return(version))

    def name(self, version: int) -> None:
        """Give a version a name."""
        self._place.conductor.spawn(self._name(version))

    def _fill(self) -> None:
        station = self._place.station
        entries = station.workday.desk.entries
        self._place.panes.history.show_entries(entries, station.picture, self._names)

    async def _read_names(self) -> None:
        names = await marks(self._place.station, FactKind.NAMED)
        if names != self._names:
            self._names = names
            self._fill()

    async def _return(self, version: int) -> None:
        """The plan as it was after that step; one step, so that Ctrl+Z comes back from it."""
        await self._place.station.return_to(version)
        name = self.name_of(version)
        said = (
            tr("version {version}, {name}", version=version, name=name)
            if name
            else tr("version {version}", version=version)
        )
        self._place.conductor.tell(
            Notice(
                tr("The plan is that of {said} again.", said=said),
                deed="undo",
                deed_label=tr("Undo"),
            )
        )

    async def _name(self, version: int | None) -> None:
        place = self._place
        await place.station.save()
        named = version or place.station.workday.desk.confirmed.version
        dialog = TextDialog(
            tr("Name version {named}", named=named), tr("Name it"), place.theme, place.window
        )
        dialog.field.setPlaceholderText(tr("For example: before the lunch calls"))
        if await ask(dialog):
            text = dialog.text
            await mark(place.station, FactKind.NAMED, str(named), text)
            self.show_history()

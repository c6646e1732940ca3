"""Deeds on the view: workspaces, map, colours, help."""

from functools import partial
from pathlib import Path

from console.dispatch.lanes import Lane
from console.domain.errors import ConsoleError
from console.settings import keep_language
from console.tongues import LANGUAGES, tr
from console.ui.asking import ask
from console.ui.deeds.keeping import Keeper
from console.ui.dialogs.about import AboutDialog
from console.ui.dialogs.doctor import DoctorDialog
from console.ui.dialogs.edit_shortcuts import EditShortcutsDialog
from console.ui.dialogs.shortcuts import ShortcutsDialog
from console.ui.notices import Notice, Tone
from console.ui.theme.theme import Choice
from console.ui.window import BOARD, EXCEPTIONS, PLAN
from console.ui.workplace import Workplace

TEXT_STEP = 0.1


class ViewDeeds:
    """One method a deed."""

    def __init__(self, place: Workplace, keeper: Keeper) -> None:
        self._place, self._keeper = place, keeper
        self._checked: DoctorDialog | None = None

    def view_plan(self) -> None:
        """The map in the middle."""
        self._place.window.show_page(PLAN)

    def view_board(self) -> None:
        """The board in the middle."""
        self._place.window.show_page(BOARD)

    def view_exceptions(self) -> None:
        """The exceptions in the middle."""
        self._place.window.show_page(EXCEPTIONS)

    def go_orders(self) -> None:
        """The keyboard to the list of stops."""
        self._place.window.orders_dock.show()
        self._place.panes.orders.view.setFocus()

    def go_middle(self) -> None:
        """The keyboard to what stands in the middle."""
        page = self._place.window.pages.currentWidget()
        if page is not None:
            (page.focusProxy() or page).setFocus()

    def go_timeline(self) -> None:
        """The keyboard to the timeline."""
        if self._place.panes.timeline.window() is self._place.window:
            self._place.window.timeline_dock.show()
        self._place.panes.timeline.setFocus()

    def go_details(self) -> None:
        """The keyboard to the first control of the details."""
        self._place.window.details_dock.show()
        details = self._place.panes.details
        details.setFocus()
        details.focusNextChild()

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
        self._colours(Choice.SYSTEM)

    def theme_light(self) -> None:
        """Light colours."""
        self._colours(Choice.LIGHT)

    def theme_dark(self) -> None:
        """Dark colours."""
        self._colours(Choice.DARK)

    def theme_contrast(self) -> None:
        """Black, white and few strong colours."""
        self._colours(Choice.HIGH_CONTRAST)

    def language_system(self) -> None:
        """From the next start on, the computer's own language."""
        self._speak("", tr("the language of the system"))

    def language_en(self) -> None:
        """From the next start on, English."""
        self._speak("en", LANGUAGES["en"])

    def language_de(self) -> None:
        """From the next start on, German."""
        self._speak("de", LANGUAGES["de"])

    def text_larger(self) -> None:
        """Texts and rows a tenth larger."""
        self._text_size(self._place.theme.scale + TEXT_STEP)

    def text_smaller(self) -> None:
        """Texts and rows a tenth smaller."""
        self._text_size(self._place.theme.scale - TEXT_STEP)

    def text_usual(self) -> None:
        """The system's own size."""
        self._text_size(1.0)

    def _colours(self, choice: Choice) -> None:
        self._place.theme.choose(choice)
        self._keeper.keep_theme()

    def _speak(self, code: str, name: str) -> None:
        self._place.conductor.spawn(self._keep_language(code, name))

    async def _keep_language(self, code: str, name: str) -> None:
        lanes = self._place.station.services.lanes
        try:
            await lanes.run(Lane.FILES, partial(keep_language, code))
        except OSError as error:
            raise ConsoleError(
                tr("The language cannot be kept: {error}.", error=error),
                remedy=tr("See to the disk."),
            ) from error
        said = tr("From the next start on, the window speaks {name}.", name=name)
        self._place.conductor.tell(Notice(said, Tone.GOOD))

    def _text_size(self, scale: float) -> None:
        self._place.theme.set_scale(round(scale, 1))
        self._keeper.keep_theme()

    def shortcuts(self) -> None:
        """The cheat sheet."""
        place = self._place
        dialog = ShortcutsDialog(place.theme, place.window, bound=place.actions.bound())
        dialog.edit_button.clicked.connect(lambda: (dialog.reject(), self.edit_shortcuts()))
        ask_guide = place.signals.guideAsked.emit
        dialog.guide_button.clicked.connect(lambda: (dialog.reject(), ask_guide("keys")))
        place.conductor.spawn(ask(dialog))

    def edit_shortcuts(self) -> None:
        """Other keys for what can be done, kept for this user."""
        self._place.conductor.spawn(self._edit_shortcuts())

    async def _edit_shortcuts(self) -> None:
        place = self._place
        dialog = EditShortcutsDialog(place.actions.bound(), place.theme, place.window)
        if await ask(dialog):
            self._keeper.rebind(dialog.changed)

    def doctor(self) -> None:
        """Every part of the installation."""
        self._place.conductor.spawn(self._doctor())

    async def _doctor(self) -> None:
        place = self._place
        found = await place.station.services.lanes.run(
            Lane.FILES, place.station.services.components
        )
        dialog = DoctorDialog(found, place.theme, place.window)

        def chosen(name: str) -> None:
            place.conductor.spawn(self._diagnose(Path(name)))

        dialog.saveAsked.connect(chosen)
        self._checked = dialog
        await ask(dialog)
        self._checked = None

    async def _diagnose(self, path: Path) -> None:
        """Write the zip behind the window; the dialog says what became of it while it is open."""
        services = self._place.station.services
        self._tell(tr("Writing…"), "text2")
        try:
            await services.lanes.run(Lane.FILES, partial(services.diagnose, path))
        except ConsoleError as error:
            self._tell(f"{error.message} {error.remedy}", "bad")
        else:
            self._tell(
                tr("Written: {name}. It names nobody; look through it.", name=path.name), "ok"
            )

    def _tell(self, text: str, tone: str) -> None:
        if self._checked is not None:
            self._checked.said.say(text, tone)

    def about(self) -> None:
        """Version and licences."""
        self._place.conductor.spawn(ask(AboutDialog(self._place.theme, self._place.window)))

    def quit(self) -> None:
        """Save and end."""
        self._place.window.close()

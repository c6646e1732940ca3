"""A file comes in page by page: which column is what, its addresses looked up, and put right."""

import asyncio
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from console.intake import ColumnMap, Sample
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.importing.columns_page import ColumnsPage
from console.ui.importing.doors_page import DoorsPage
from console.ui.importing.work_page import WorkPage
from console.ui.map.view import MapView
from console.ui.notices import Job
from console.ui.theme.theme import Theme

JOBS = frozenset({"import", "locate", "times", "candidates"})
"""Work of an import that is shown here, too."""


class ImportWizard(Sheet):
    """One page at a time; ``answer`` waits until the one that is shown is gone on from.

    ``stopAsked``: what is computed shall end. A wizard that is closed while work goes on comes back
    for the next page that asks something.
    """

    stopAsked = Signal()

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Import orders"), theme, parent)
        self.least(1080, 640)
        self._answered: asyncio.Future[bool] | None = None
        self.work = WorkPage(theme)
        self.work.title.say(tr("{name} is taken in", name=name))
        self.pages = self.put(QStackedWidget())
        self.pages.addWidget(self.work)
        self.body.setStretchFactor(self.pages, 1)
        self.stop_button = self.beside(tr("Stop looking up"))
        theme.dress(self.stop_button, "x")
        self.stop_button.setEnabled(False)
        self.stop_button.clicked.connect(self.stopAsked)
        self.back_button = self.go_back()
        self.behind_button = self.go_back(tr("Go on in the background"))
        self.import_button = self.go_on(tr("Import"))
        self.done_button = self.go_on(tr("Leave the rest for later"))
        self._offer()

    # -- pages -------------------------------------------------------------------------------------

    def show_columns(self, sample: Sample, taught: ColumnMap, day: date | None) -> ColumnsPage:
        """Ask which column is what."""
        page = ColumnsPage(sample, taught, day, self.theme)
        self.pages.addWidget(page)
        page.readable.connect(self.import_button.setEnabled)
        self.import_button.setEnabled(page.report is not None)
        self._turn_to(page, self.back_button, self.import_button)
        return page

    def show_work(self) -> None:
        """Say how far it is."""
        self._turn_to(self.work, self.stop_button, self.behind_button)

    def show_job(self, job: Job) -> None:
        """Work under way, of which this page speaks where it is the import's."""
        if job.name in JOBS and job.running:
            self.work.show_job(job)
            self.stop_button.setEnabled(job.can_stop)

    def show_doors(self, map_view: MapView) -> DoorsPage:
        """A list that is still empty, and the map beside it."""
        page = DoorsPage(self.theme, map_view)
        self.pages.addWidget(page)
        self._turn_to(page, self.done_button)
        return page

    # -- answers -----------------------------------------------------------------------------------

    async def answer(self) -> bool:
        """Open where it is closed; False when the page was left without going on."""
        self._answered = asyncio.get_running_loop().create_future()
        self.open()
        try:
            return await self._answered
        finally:
            self._answered = None

    def accept(self) -> None:
        """Go on: whoever waits turns the page, or closes."""
        self._tell(is_on=True)

    def reject(self) -> None:
        """Close; whoever waits for an answer has it."""
        super().reject()
        self._tell(is_on=False)

    def finish(self) -> None:
        """It is over."""
        self.hide()
        self.deleteLater()

    def _tell(self, *, is_on: bool) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(is_on)

    def _turn_to(self, page: QWidget, *buttons: QPushButton) -> None:
        self.pages.setCurrentWidget(page)
        self._offer(buttons)

    def _offer(self, shown: Sequence[QPushButton] = ()) -> None:
        """Only these buttons; the last of them is the one for Enter."""
        every = (
            self.stop_button,
            self.back_button,
            self.behind_button,
            self.import_button,
            self.done_button,
        )
        for button in every:
            button.setVisible(button in shown)
            button.setDefault(button is self.import_button and button in shown)

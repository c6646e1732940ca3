"""Settings of the database: the store in use, its backups, a shared database."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QTabWidget, QWidget

from console.dispatch.stores import Place
from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.storing.backups_page import BackupsPage
from console.ui.storing.person_page import PersonPage
from console.ui.storing.server_page import ServerPage
from console.ui.storing.store_page import StorePage
from console.ui.theme.theme import Theme

_PERCENT = 100


class DatabaseDialog(Sheet):
    """Asks by its pages' signals; one piece of work at a time, which ``cancelAsked`` calls off."""

    cancelAsked = Signal()

    def __init__(self, place: Place, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Database"), theme, parent)
        self.least(760, 560)
        self.store = StorePage(place, theme)
        self.backups = BackupsPage(place, theme)
        self.server = ServerPage(place, theme)
        self.person = PersonPage(theme)
        self.tabs = self.put(QTabWidget())
        self.tabs.setDocumentMode(True)
        for page, title in (
            (self.store, tr("This store")),
            (self.backups, tr("Backups")),
            (self.server, tr("Shared database")),
            (self.person, tr("A person's data")),
        ):
            self.tabs.addTab(page, title)
        self.body.setStretchFactor(self.tabs, 1)
        self.said = self.problem()
        self.close_button = self.go_back(tr("Close"), default=True)
        self._add_progress()

    def _add_progress(self) -> None:
        self.doing = Caption(self.theme, QUIET)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PERCENT)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(round(200 * self.theme.scale))
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.cancelAsked)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.doing, 1)
        line.addWidget(self.bar)
        line.addWidget(self.cancel_button)
        self.body.addLayout(line)
        self.show_work("")

    def show_work(self, sentence: str, share: float = 0.0, *, can_cancel: bool = False) -> None:
        """What is being done; '' when nothing is."""
        busy = bool(sentence)
        if busy:
            self.said.say("")
        self.doing.say(sentence)
        self.bar.setValue(round(share * _PERCENT))
        self.bar.setVisible(busy)
        self.cancel_button.setVisible(busy and can_cancel)
        for page in (self.store, self.backups, self.server, self.person):
            page.setEnabled(not busy)
        self.close_button.setEnabled(not busy)

    def reject(self) -> None:
        """Esc does not leave work behind that nobody sees."""
        if self.close_button.isEnabled():
            super().reject()

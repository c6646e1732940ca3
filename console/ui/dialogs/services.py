"""Who answers for a region: the engine of travel times, the address service; each can be tried."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from console.settings import RegionServices
from console.tongues import tr
from console.ui.caption import FAINT, Caption
from console.ui.dialogs.service_fields import AddressFields, StreetFields
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

ASKING = tr("Asking…")
_OWN, _USUAL = (
    tr("Chosen for this region."),
    tr("As doorstep.toml says; nothing was chosen here yet."),
)


class ServicesDialog(Sheet):
    """``chosen`` and ``region`` once accepted; ``chosen`` None for what doorstep.toml says."""

    regionChosen = Signal(str)
    streetsTried = Signal(object)
    addressesTried = Signal(object)

    def __init__(
        self, regions: Sequence[str], region: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Engines and services"), theme, parent)
        self.least(620)
        self._forgets = False
        self.heading(tr("Who answers for the streets and addresses of a region"))
        self.region_field = QComboBox()
        self.region_field.addItems(list(regions))
        self.region_field.setCurrentText(region)
        self.region_field.setAccessibleName(tr("Region"))
        self.grid().addRow(tr("Region"), self.region_field)
        self.state = self.put(Caption(theme, FAINT, "", wrap=True))
        self.caption(tr("Travel times"))
        self.streets = self.put(StreetFields())
        self.streets_button, self.streets_said = self._trying()
        self.caption(tr("Addresses the region's own index is not sure of"))
        self.addresses = self.put(AddressFields())
        self.addresses_button, self.addresses_said = self._trying()
        self.usual_button = self.beside(tr("As doorstep.toml says"))
        self.go_back()
        self.use_button = self.go_on(tr("Use"))
        self._connect()

    def _trying(self) -> tuple[QPushButton, Caption]:
        """A button that tries what is filled in, and what came of it."""
        button = QPushButton(tr("Test"))
        button.setAutoDefault(False)
        self.theme.dress(button, "play")
        said = Caption(self.theme, FAINT, "", wrap=True)
        line = QHBoxLayout()
        line.addWidget(button)
        line.addWidget(said, 1)
        self.body.addLayout(line)
        return button, said

    def _connect(self) -> None:
        self.region_field.currentTextChanged.connect(self.regionChosen)
        self.streets.changed.connect(self._check)
        self.addresses.changed.connect(self._check)
        self.streets_button.clicked.connect(self._try_streets)
        self.addresses_button.clicked.connect(self._try_addresses)
        self.usual_button.clicked.connect(self._forget)

    @property
    def region(self) -> str:
        """The region's name."""
        return self.region_field.currentText()

    @property
    def chosen(self) -> RegionServices | None:
        """What is filled in."""
        if self._forgets:
            return None
        return RegionServices(self.streets.settings, self.addresses.settings)

    def show_services(self, present: RegionServices, *, is_own: bool) -> None:
        """What holds for the region."""
        self.state.say(_OWN if is_own else _USUAL)
        self.usual_button.setEnabled(is_own)
        self.streets.fill(present.streets)
        self.addresses.fill(present.addresses)
        self._check()

    def say_streets(self, sentence: str, *, is_good: bool) -> None:
        """What came of the test."""
        self._say(self.streets_said, sentence, is_good=is_good)

    def say_addresses(self, sentence: str, *, is_good: bool) -> None:
        """What came of the test."""
        self._say(self.addresses_said, sentence, is_good=is_good)

    def _say(self, caption: Caption, sentence: str, *, is_good: bool) -> None:
        caption.say(sentence, "ok" if is_good else "bad")
        self._check_buttons()
        self.resize(self.fitted(self.width()))

    def _try_streets(self) -> None:
        self.streets_said.say(ASKING, "text3")
        self.streets_button.setEnabled(False)
        self.streetsTried.emit(self.streets.settings)

    def _try_addresses(self) -> None:
        self.addresses_said.say(ASKING, "text3")
        self.addresses_button.setEnabled(False)
        self.addressesTried.emit(self.addresses.settings)

    def _forget(self) -> None:
        self._forgets = True
        self.accept()

    def _check(self) -> None:
        """What is wrong stands where a test would say it; what was tried before says no more."""
        self.streets_said.say(self.streets.problem, "bad")
        self.addresses_said.say(self.addresses.problem, "bad")
        self._check_buttons()
        if self.isVisible():
            self.resize(self.fitted(self.width()))

    def _check_buttons(self) -> None:
        roads, posts = not self.streets.problem, not self.addresses.problem
        self.streets_button.setEnabled(roads and self.streets_said.text() != ASKING)
        self.addresses_button.setEnabled(posts and self.addresses_said.text() != ASKING)
        self.use_button.setEnabled(roads and posts)

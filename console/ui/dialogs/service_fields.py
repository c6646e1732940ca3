"""The fields of an engine and of an address service: only those that it has are shown."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from console.domain.profiles import KINDS
from console.settings import ASKS, SERVERS, SERVICES, AddressSettings, StreetSettings
from console.tongues import tr

ENGINE_WORDS = {
    "auto": tr("The one for this computer: OSRM, else Valhalla"),
    "osrm": tr("OSRM on this computer: fast"),
    "valhalla": tr("Valhalla on this computer"),
    "osrm-server": tr("A server of OSRM"),
    "valhalla-server": tr("A server of Valhalla"),
    "ors-server": tr("A server of openrouteservice"),
    "straight": tr("Straight lines: no roads, times are guesses"),
}
SERVICE_WORDS = {
    "region": tr("Nobody else: nothing leaves this computer"),
    "nominatim": tr("Nominatim"),
    "photon": tr("Photon"),
    "pelias": tr("Pelias"),
}
ASK_WORDS = {"doubtful": tr("Only what the index is not sure of"), "all": tr("All addresses")}
_URLS = {
    "osrm-server": "http://HOST:5000",
    "valhalla-server": "http://HOST:8002",
    "ors-server": "http://HOST:8080/ors",
    "nominatim": tr("the public server, within its rules"),
    "photon": tr("the public server, within its rules"),
    "pelias": "http://HOST:4000",
}
_NAMES = tr("truck=hgv, bicycle=cycling-electric")
WHOLE = tr("Give the whole address of the server, such as http://HOST:5000.")
NO_PAIR = tr("Write the kinds of vehicle as truck=hgv, with commas. There are: {}.")


class _Fields(QWidget):
    """Rows of which some are hidden; ``changed`` with every edit."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = QFormLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setHorizontalSpacing(12)
        self.rows.setVerticalSpacing(6)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add(self, name: str, field: QWidget) -> None:
        """A row; its edits are told."""
        field.setAccessibleName(name)
        self.rows.addRow(name, field)
        if isinstance(field, QComboBox):
            field.currentIndexChanged.connect(self._tell)
        elif isinstance(field, QLineEdit):
            field.textChanged.connect(self._tell)
        elif isinstance(field, QSpinBox | QDoubleSpinBox):
            field.valueChanged.connect(self._tell)

    def show_rows(self, *, shown: bool, fields: tuple[QWidget, ...]) -> None:
        """Show or hide rows."""
        for field in fields:
            self.rows.setRowVisible(field, shown)

    def _tell(self, _value: object) -> None:
        self.show_what_counts()
        self.changed.emit()

    def show_what_counts(self) -> None:
        """Hide what the choice does not have."""


class StreetFields(_Fields):
    """``settings`` as filled in; ``problem`` is what is wrong with them, '' when nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = _choice(ENGINE_WORDS)
        self.url, self.key, self.names = QLineEdit(), QLineEdit(), QLineEdit()
        self.names.setPlaceholderText(_NAMES)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.timeout = _seconds(1, 600, 30)
        self.table_size = QSpinBox()
        self.table_size.setRange(0, 10_000)
        self.table_size.setSpecialValueText(tr("as many as it usually takes"))
        self.factor = QDoubleSpinBox()
        self.factor.setRange(0, 5)
        self.factor.setSingleStep(0.05)
        self.factor.setSpecialValueText(tr("1.4, as usual"))
        self.add(tr("Answered by"), self.engine)
        self.add(tr("Address"), self.url)
        self.add(tr("Key"), self.key)
        self.add(tr("Waits"), self.timeout)
        self.add(tr("Places at once"), self.table_size)
        self.add(tr("Its vehicles"), self.names)
        self.add(tr("Times the line"), self.factor)
        self.show_what_counts()

    def fill(self, present: StreetSettings) -> None:
        """What holds now."""
        self.engine.setCurrentIndex(self.engine.findData(present.engine))
        self.url.setText(present.url)
        self.key.setText(present.key)
        self.timeout.setValue(present.timeout)
        self.table_size.setValue(present.table_size)
        self.factor.setValue(present.factor)
        self.names.setText(", ".join(f"{ours}={its}" for ours, its in present.profiles.items()))
        self.show_what_counts()

    @property
    def is_server(self) -> bool:
        """True where an address is needed."""
        return str(self.engine.currentData()) in SERVERS

    @property
    def settings(self) -> StreetSettings:
        """As filled in; what the engine does not have is as usual."""
        engine = str(self.engine.currentData())
        if engine == "straight":
            return StreetSettings(engine, factor=round(self.factor.value(), 2))
        if not self.is_server:
            return StreetSettings(engine)
        return StreetSettings(
            engine,
            self.url.text().strip(),
            self.key.text().strip(),
            self.timeout.value(),
            self.table_size.value(),
            profiles=self._profiles() or {},
        )

    @property
    def problem(self) -> str:
        """A sentence."""
        if not self.is_server:
            return ""
        if not _is_address(self.url.text()):
            return WHOLE
        return NO_PAIR.format(", ".join(KINDS)) if self._profiles() is None else ""

    def _profiles(self) -> dict[str, str] | None:
        """Our kinds of vehicle in the server's words; None where it is not understood."""
        parts = [part.strip() for part in self.names.text().split(",") if part.strip()]
        pairs = [(ours.strip(), its.strip()) for ours, _, its in (p.partition("=") for p in parts)]
        if any(ours not in KINDS or not its for ours, its in pairs):
            return None
        return dict(pairs)

    def show_what_counts(self) -> None:
        """A server has an address; straight lines have a factor."""
        engine = str(self.engine.currentData())
        asked = (self.url, self.key, self.timeout, self.table_size, self.names)
        self.show_rows(shown=self.is_server, fields=asked)
        self.show_rows(shown=engine == "straight", fields=(self.factor,))
        self.url.setPlaceholderText(_URLS.get(engine, ""))


class AddressFields(_Fields):
    """``settings`` as filled in; ``problem`` is what is wrong with them, '' when nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.service = _choice({name: SERVICE_WORDS[name] for name in SERVICES})
        self.url, self.key, self.contact = QLineEdit(), QLineEdit(), QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.contact.setPlaceholderText(tr("an e-mail address, as public servers ask for it"))
        self.timeout, self.pause = _seconds(1, 600, 10), _seconds(0, 60, 0)
        self.pause.setSpecialValueText("none")
        self.most = QSpinBox()
        self.most.setRange(0, 1_000_000)
        self.most.setSpecialValueText(tr("no limit"))
        self.asks = _choice({name: ASK_WORDS[name] for name in ASKS})
        self.add(tr("Also asked"), self.service)
        self.add(tr("Address"), self.url)
        self.add(tr("Key"), self.key)
        self.add(tr("Your e-mail"), self.contact)
        self.add(tr("Asked for"), self.asks)
        self.add(tr("Waits"), self.timeout)
        self.add(tr("Pause between"), self.pause)
        self.add(tr("At most at once"), self.most)
        self.show_what_counts()

    def fill(self, present: AddressSettings) -> None:
        """What holds now."""
        self.service.setCurrentIndex(self.service.findData(present.service))
        self.url.setText(present.url)
        self.key.setText(present.key)
        self.contact.setText(present.contact)
        self.timeout.setValue(present.timeout)
        self.pause.setValue(present.pause)
        self.most.setValue(present.most)
        self.asks.setCurrentIndex(self.asks.findData(present.asks))
        self.show_what_counts()

    @property
    def settings(self) -> AddressSettings:
        """As filled in."""
        service = str(self.service.currentData())
        if service == "region":
            return AddressSettings()
        return AddressSettings(
            service,
            self.url.text().strip(),
            self.key.text().strip() if service == "pelias" else "",
            self.contact.text().strip(),
            self.timeout.value(),
            str(self.asks.currentData()),
            self.pause.value(),
            self.most.value(),
        )

    @property
    def problem(self) -> str:
        """A sentence."""
        service, url = str(self.service.currentData()), self.url.text().strip()
        if service == "region" or (not url and service != "pelias"):
            return ""
        return "" if _is_address(url) else WHOLE

    def show_what_counts(self) -> None:
        """Nobody else has nothing to fill in."""
        service = str(self.service.currentData())
        asked = (self.url, self.contact, self.asks, self.timeout, self.pause, self.most)
        self.show_rows(shown=service != "region", fields=asked)
        self.show_rows(shown=service == "pelias", fields=(self.key,))
        self.url.setPlaceholderText(_URLS.get(service, ""))


def _choice(words: dict[str, str]) -> QComboBox:
    made = QComboBox()
    for key, text in words.items():
        made.addItem(text, key)
    return made


def _seconds(least: float, most: float, usual: float) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(least, most)
    made.setDecimals(1)
    made.setSuffix(" s")
    made.setValue(usual)
    return made


def _is_address(text: str) -> bool:
    parts = urlsplit(text.strip())
    return parts.scheme in {"http", "https"} and bool(parts.hostname)

"""A shared database: its address, a test, its set-up, and moving there and back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.stores import PORT, Place, ServerForm
from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.storing.parts import button, line
from console.ui.theme.theme import Theme

_HINT = tr(
    "Several computers work on one plan through a PostgreSQL server. Everybody "
    "has a login of her own; what she may do is decided by the server."
)
MODES = (
    (tr("The server proves who it is (best)"), ""),
    (tr("Encrypted, certificate checked"), "verify-ca"),
    (tr("Encrypted, server not checked"), "require"),
    (tr("Not encrypted"), "disable"),
)
"""Words of each choice, and libpq's."""


class ServerPage(QWidget):
    """Asks for what its buttons say, with ``form`` as it is typed."""

    testAsked = Signal()
    setUpAsked = Signal()
    useAsked = Signal()
    moveAsked = Signal()
    backAsked = Signal()
    localAsked = Signal()

    def __init__(self, place: Place, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.host, self.database = _field(tr("Server")), _field(tr("Database"), "doorstep")
        self.login, self.password = _field(tr("Login")), _field(tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port, self.mode = _port(), _modes()
        self.certificate = _field(tr("Certificate of the authority"))
        self.certificate.setPlaceholderText(tr("Empty: the system's own; else a file (.pem)"))
        self.keeps = QCheckBox(tr("Keep the password in a file that only I can read"))
        self.said = Caption(theme, QUIET, place.fixed, wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(Caption(theme, QUIET, _HINT, wrap=True))
        rows.addLayout(self._grid())
        self._add_buttons(place, rows)
        rows.addWidget(self.said)
        rows.addStretch(1)
        for field in (self.host, self.database, self.login):
            field.textChanged.connect(self._enable)
        self._enable()

    def _grid(self) -> QFormLayout:
        grid = QFormLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.host, 1)
        where.addWidget(self.port)
        for title, field in (
            (tr("Server and port"), where),
            (tr("Database"), self.database),
            (tr("Login"), self.login),
            (tr("Password"), self.password),
            ("", self.keeps),
            (tr("Encryption"), self.mode),
            (tr("Certificate"), self.certificate),
        ):
            grid.addRow(title, field)
        return grid

    def _add_buttons(self, place: Place, rows: QVBoxLayout) -> None:
        theme = self._theme
        self.test_button = button(theme, tr("Test"), "zap", self.testAsked.emit)
        self.set_up_button = button(theme, tr("Set up…"), "wrench", self.setUpAsked.emit)
        self.use_button = button(theme, tr("Use this database…"), "database", self.useAsked.emit)
        self.move_button = button(
            theme, tr("Move this store there…"), "upload", self.moveAsked.emit
        )
        self.back_button = button(
            theme, tr("Bring it all back here…"), "download", self.backAsked.emit
        )
        self.local_button = button(
            theme, tr("Use the local store…"), "monitor", self.localAsked.emit
        )
        rows.addLayout(
            line(self.test_button, self.set_up_button, self.use_button, self.move_button)
        )
        rows.addLayout(line(self.back_button, self.local_button))
        self.move_button.setVisible(not place.is_shared)
        self.back_button.setVisible(place.is_shared)
        self.local_button.setVisible(place.is_shared)
        self._may_switch = not place.fixed

    @property
    def form(self) -> ServerForm:
        """As it is typed."""
        return ServerForm(
            self.host.text().strip(),
            self.database.text().strip(),
            self.login.text().strip(),
            self.password.text(),
            self.port.value(),
            str(self.mode.currentData()),
            self.certificate.text().strip(),
        )

    def sign_in(self, login: str, password: str) -> None:
        """Somebody's login, once it is made."""
        self.login.setText(login)
        self.password.setText(password)

    def say(self, text: str, tone: str = "text2") -> None:
        """What came of it."""
        self.said.say(text, tone)

    def _enable(self) -> None:
        named = bool(self.host.text().strip() and self.database.text().strip())
        signed = named and bool(self.login.text().strip())
        self.test_button.setEnabled(signed)
        self.set_up_button.setEnabled(named)
        for each in (self.use_button, self.move_button):
            each.setEnabled(signed and self._may_switch)
        for each in (self.back_button, self.local_button):
            each.setEnabled(self._may_switch)


def _field(name: str, text: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    return made


def _port() -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, 65_535)
    made.setValue(PORT)
    made.setAccessibleName(tr("Port"))
    return made


def _modes() -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(tr("Encryption"))
    for words, mode in MODES:
        made.addItem(words, mode)
    return made

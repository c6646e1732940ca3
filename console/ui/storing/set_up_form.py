"""Setting up a shared database: the administrator's login for it, and the first person's."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from console.dispatch.roles import Role
from console.dispatch.stores import ServerForm
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

ADMINISTRATOR = "postgres"


class SetUpForm(Sheet):
    """The administrator's login is used once, and kept nowhere."""

    def __init__(self, server: ServerForm, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Set up a shared database"), theme, parent)
        self._server = server
        self.least(520)
        self.heading(tr("Set up {database} on {host}", database=server.database, host=server.host))
        self.sentence(
            tr(
                "Makes the database where there is none, its tables, groups and rights, and "
                "tests them. It may be done again at any time: nothing is lost."
            )
        )
        self.administrator = _line(tr("Administrator's login"), ADMINISTRATOR)
        self.admin_password = _line(tr("Administrator's password"), secret=True)
        self.person = _line(tr("Login"), server.login)
        self.password = _line(tr("Password"), server.password, secret=True)
        self.role = QComboBox()
        self.role.setAccessibleName(tr("Role"))
        for role in Role:
            self.role.addItem(role.value.replace("_", " ").capitalize(), role)
        self.role.setCurrentIndex(list(Role).index(Role.DISPATCHER))
        first = self.grid()
        first.addRow(tr("Administrator's login"), self.administrator)
        first.addRow(tr("Password"), self.admin_password)
        self.caption(tr("Then give a login to a person"))
        self._add_person(self.grid())
        self.problem()
        self.go_back()
        self.go_on(tr("Set up and test"))

    def _add_person(self, grid: QFormLayout) -> None:
        self.person.setPlaceholderText(tr("Small letters; empty: nobody for now"))
        grid.addRow(tr("Login"), self.person)
        grid.addRow(tr("Password"), self.password)
        grid.addRow(tr("Role"), self.role)

    @property
    def server(self) -> ServerForm:
        """The same server, as its administrator."""
        typed = self._server
        return ServerForm(
            typed.host,
            typed.database,
            self.administrator.text().strip(),
            self.admin_password.text(),
            typed.port,
            typed.mode,
            typed.certificate,
        )

    @property
    def chosen_role(self) -> Role:
        """What the person may do."""
        return Role(self.role.currentData())


def _line(name: str, text: str = "", *, secret: bool = False) -> QLineEdit:
    made = QLineEdit(text)
    made.setAccessibleName(name)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made

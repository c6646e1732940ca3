"""A server of map tiles: its address and the credit it asks for."""

from PySide6.QtWidgets import QLineEdit, QWidget

from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.map.layers import Online
from console.ui.map.online import AGENT
from console.ui.theme.theme import Theme


class OnlineTilesForm(Sheet):
    """``online`` once accepted; None for no server."""

    def __init__(self, present: Online | None, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Online map tiles"), theme, parent)
        self.least(500)
        self.heading(tr("Show tiles of a server of your choice"))
        self.sentence(
            tr(
                "The map needs no server. Where you want another picture of the ground, such "
                "as aerial photographs, give the address of its tiles. The server then sees "
                "which area is looked at, and its rules of use and its fees are yours to "
                "keep; servers of OpenStreetMap forbid use in bulk. It is told who asks "
                "({AGENT}), and what it lets be kept is kept.",
                AGENT=AGENT,
            )
        )
        self.address = QLineEdit(present.template if present else "")
        self.address.setAccessibleName(tr("Address"))
        self.address.setPlaceholderText("https://…/{z}/{x}/{y}.png")
        self.credit = QLineEdit(present.credit if present else "")
        self.credit.setAccessibleName(tr("Credit"))
        self.credit.setPlaceholderText(tr("© … as the server asks for it"))
        grid = self.grid()
        grid.addRow(tr("Address"), self.address)
        grid.addRow(tr("Credit"), self.credit)
        self.said = self.problem()
        if present:
            self.beside(tr("No online tiles")).clicked.connect(self._forget)
        self.go_back()
        self.use_button = self.go_on(tr("Show them"))
        self.address.textChanged.connect(self._check)
        self.credit.textChanged.connect(self._check)
        self._check()

    @property
    def online(self) -> Online | None:
        """What was given."""
        address = self.address.text().strip()
        return Online(address, self.credit.text().strip()) if address else None

    def _forget(self) -> None:
        self.address.clear()
        self.accept()

    def _check(self, _text: str = "") -> None:
        online = self.online
        problem = online.problem if online else ""
        if online and not problem and not online.credit:
            problem = tr("Say whom the map has to credit, as the server asks for it.")
        self.said.say(problem)
        self.use_button.setEnabled(bool(online) and not problem)

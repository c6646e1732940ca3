"""The store in use: where it is, who we are there, and whether it is whole."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.dispatch.stores import Checked, Place
from console.tongues import tr
from console.ui.caption import QUIET, STRONG, Caption
from console.ui.dialogs.table import PlainTable
from console.ui.storing.parts import button, line, row_of
from console.ui.theme.theme import Theme

_TITLES = ("", tr("Store or backup"), tr("Holds"), tr("What is wrong"))


class StorePage(QWidget):
    """``checkAsked``, ``repairAsked``."""

    checkAsked = Signal()
    repairAsked = Signal()

    def __init__(self, place: Place, theme: Theme) -> None:
        super().__init__()
        self._is_shared = place.is_shared
        self.table = PlainTable(_TITLES, theme)
        self.said = Caption(theme, QUIET, tr("Not checked in this window yet."), wrap=True)
        self.check_button = button(theme, tr("Check now"), "square-check", self.checkAsked.emit)
        self.repair_button = button(theme, tr("Repair…"), "wrench", self.repairAsked.emit)
        self.repair_button.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(Caption(theme, STRONG, place.name))
        rows.addWidget(Caption(theme, QUIET, _told(place), wrap=True))
        rows.addLayout(line(self.check_button, self.repair_button))
        rows.addWidget(self.said)
        rows.addWidget(self.table, 1)

    def show_findings(self, found: Sequence[Checked]) -> None:
        """What a check found: the store first, then its backups."""
        broken = [each for each in found if each.faults]
        self.table.fill(
            [row_of(each) for each in found], ["bad" if each.faults else "ok" for each in found]
        )
        self.said.say(
            tr("{broken} of {found} damaged.", broken=len(broken), found=len(found))
            if broken
            else tr("Whole: the file, every hash chain, and every plan replayed.")
        )
        self.repair_button.setVisible(bool(found and found[0].faults) and not self._is_shared)


def _told(place: Place) -> str:
    if not place.is_shared:
        return tr(
            "A file on this computer. Several windows may work on it; other computers may not."
        )
    roles = ", ".join(role.value.replace("_", " ") for role in place.roles)
    return tr("A shared database. You are {login} there ({roles}).", login=place.login, roles=roles)

"""Every part of the installation: there or not, and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from console.dispatch.services import Component
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.theme.theme import Theme


class DoctorDialog(Sheet):
    """A table of components, the missing ones first."""

    saveAsked = Signal(str)

    def __init__(
        self, components: Sequence[Component], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Check this installation"), theme, parent)
        self.least(680, 420)
        missing = sum(not part.found for part in components)
        self.heading(
            tr("Everything is there.")
            if not missing
            else tr(
                "{missing} of {components} parts missing",
                missing=missing,
                components=len(components),
            )
        )
        self.table = self.put(PlainTable(("", tr("Part"), tr("Version"), tr("What to do")), theme))
        ordered = sorted(components, key=lambda part: part.found)
        self._rows = [
            (tr("found") if part.found else tr("missing"), part.name, part.version, part.remedy)
            for part in ordered
        ]
        self.table.fill(self._rows, ["ok" if part.found else "bad" for part in ordered])
        self.said = self.problem()
        self.save_button: QPushButton = self.beside(tr("Save for support…"))
        self.save_button.setToolTip(
            tr("A zip with all of this, settings and logs; no names, addresses or notes")
        )
        theme.dress(self.save_button, "save")
        self.save_button.clicked.connect(self._choose_file)
        copy = self.beside(tr("Copy"))
        theme.dress(copy, "copy")
        copy.clicked.connect(self._copy)
        self.go_back(tr("Close"), default=True)

    def _choose_file(self) -> None:
        dialog = QFileDialog(
            self, tr("Save for support"), "doorstep-support.zip", tr("Archive (*.zip)")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(self.saveAsked)
        dialog.open()

    def _copy(self) -> None:
        lines = ["\t".join(row) for row in self._rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

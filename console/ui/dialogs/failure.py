"""An error nobody expected: what happened, that nothing is lost, and a report to copy."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

SAFE = tr("Everything you did up to now is saved. You can go on; if it happens again, start anew.")


class FailureDialog(Sheet):
    """``sentence`` for the dispatcher, ``report`` for whoever repairs it."""

    def __init__(
        self, sentence: str, report: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Something went wrong"), theme, parent)
        self.least(560, 320)
        self.heading(sentence or tr("Something went wrong."))
        self.sentence(SAFE)
        self.report = self.put(QPlainTextEdit(report))
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy_button: QPushButton = self.beside(tr("Copy report"))
        theme.dress(self.copy_button, "copy")
        self.copy_button.clicked.connect(self._copy)
        self.go_back(tr("Close"), default=True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText(tr("Copied"))

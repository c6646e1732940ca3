"""A folder whose new order files come in by themselves."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme


class WatchForm(Sheet):
    """``folder`` once accepted: None ends the watch. ``with_present`` takes what is there now."""

    def __init__(self, folder: Path | None, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Watch a folder"), theme, parent)
        self.least(480)
        self._ends = False
        self.heading(tr("Watch a folder for orders"))
        self.sentence(
            tr(
                "New and changed order files in it are imported into the open day as they "
                "come. Rows that cannot be read are reported, as always."
            )
        )
        self.path_field = QLineEdit(str(folder) if folder else "")
        self.path_field.setAccessibleName(tr("Folder"))
        browse = QPushButton(tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.path_field, 1)
        row.addWidget(browse)
        self.grid().addRow(tr("Folder"), row)
        self.present_box = self.put(QCheckBox(tr("Import the files that are there now, too")))
        self.said = self.problem()
        if folder is not None:
            self.stop_button = self.beside(tr("Stop watching"))
            self.stop_button.clicked.connect(self._end)
        self.go_back()
        self.watch_button = self.go_on(tr("Watch"))
        self.path_field.textChanged.connect(self._check)
        self._check()

    @property
    def folder(self) -> Path | None:
        """The folder to watch."""
        return None if self._ends else Path(self.path_field.text().strip()).expanduser()

    @property
    def with_present(self) -> bool:
        """True when what lies there is new, too."""
        return self.present_box.isChecked()

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Choose a folder"), self.path_field.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.path_field.setText)
        dialog.open()

    def _end(self) -> None:
        self._ends = True
        self.accept()

    def _check(self, _text: str = "") -> None:
        text = self.path_field.text().strip()
        is_there = bool(text) and Path(text).expanduser().is_dir()
        self.said.say(
            tr("There is no such folder: choose one with Browse.") if text and not is_there else ""
        )
        self.watch_button.setEnabled(is_there)

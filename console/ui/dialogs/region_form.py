"""Streets to add: an extract and a name."""

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

EXTRACTS = "OpenStreetMap extracts (*.osm.pbf *.pbf);;All files (*)"
_NAME = re.compile(r"[\w][\w .-]{0,59}")


class RegionForm(Sheet):
    """``extract`` and ``name`` once accepted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Add streets", theme, parent)
        self.least(460)
        self.heading("Add the streets of an area")
        self.sentence(
            "Choose an OpenStreetMap extract (.osm.pbf). Roads, map and addresses are built from "
            "it on this computer; a city takes seconds, a country minutes."
        )
        self.path_field = QLineEdit()
        self.path_field.setAccessibleName("Extract")
        self.path_field.setPlaceholderText("File")
        browse = QPushButton("Browse…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.path_field, 1)
        row.addWidget(browse)
        self.name_field = QLineEdit()
        self.name_field.setAccessibleName("Name")
        self.name_field.setMaxLength(60)
        grid = self.grid()
        grid.addRow("Extract", row)
        grid.addRow("Name", self.name_field)
        self.said = self.problem()
        self.go_back()
        self.add_button = self.go_on("Add")
        self.path_field.textChanged.connect(self._path_changed)
        self.name_field.textChanged.connect(self._check)
        self._check()

    @property
    def extract(self) -> Path:
        """The file."""
        return Path(self.path_field.text().strip()).expanduser()

    @property
    def name(self) -> str:
        """What the region is called."""
        return self.name_field.text().strip()

    def _browse(self) -> None:
        dialog = QFileDialog(self, "Choose an extract", "", EXTRACTS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.path_field.setText)
        dialog.open()

    def _path_changed(self, _text: str) -> None:
        stem = self.extract.name.removesuffix(".pbf").removesuffix(".osm").removesuffix("-latest")
        if not self.name_field.isModified():
            self.name_field.setText(stem)
        self._check()

    def _check(self, _text: str = "") -> None:
        problem = self._problem() if self.path_field.text().strip() else None
        self.said.say(problem or "")
        self.add_button.setEnabled(problem == "")

    def _problem(self) -> str:
        """What is wrong; '' when nothing is."""
        path = self.extract
        if not path.is_file():
            return f"There is no file {path.name or path}: choose one with Browse."
        if path.suffix != ".pbf":
            return f"{path.name} is no extract: its name must end in .osm.pbf."
        if not _NAME.fullmatch(self.name):
            return "Give it a name of letters, digits, spaces, dots or dashes."
        return ""

"""Streets to add: an extract or the address of one, which part of it, and a name."""

import re
from enum import IntEnum
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from console.dispatch.extracts import Clip, Wanted, is_address, title_of
from console.domain.errors import ConsoleError
from console.domain.places import Coordinate
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.theme.theme import Theme

EXTRACTS = tr("OpenStreetMap extracts (*.osm.pbf *.pbf);;All files (*)")
_NAME = re.compile(r"[\w][\w .-]{0,59}")
_ADDRESS = re.compile(r"https?://[^/\s]+/\S+", re.IGNORECASE)
_RADIUS = "50"


class Part(IntEnum):
    """How much of an extract."""

    ALL = 0
    ROUND_DEPOT = 1
    RECTANGLE = 2


_PARTS = (tr("All of it"), tr("Round the depot, km"), tr("Rectangle: south, west, north, east"))


class RegionForm(Sheet):
    """``wanted`` once accepted. ``centre`` is where the depot is, None where nobody knows."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, centre: Coordinate | None = None
    ) -> None:
        super().__init__(tr("Add streets"), theme, parent)
        self._centre = centre
        self.least(540)
        self.heading(tr("Add the streets of an area"))
        self.sentence(
            tr(
                "Choose an OpenStreetMap extract (.osm.pbf) on this computer, or give the "
                "address of one: it is downloaded and checked. Roads, map and addresses are "
                "built here, beside your work; a city takes seconds, a country minutes."
            )
        )
        self._add_fields()
        self.said = self.problem()
        self.go_back()
        self.add_button = self.go_on(tr("Add"))
        self.path_field.textChanged.connect(self._path_changed)
        self.name_field.textChanged.connect(self._check)
        self.part_choice.currentIndexChanged.connect(self._part_chosen)
        self.part_field.textChanged.connect(self._check)
        self._check()

    def _add_fields(self) -> None:
        self.path_field = _line(tr("File or address"))
        self.path_field.setPlaceholderText(tr("File, or https://…/country-latest.osm.pbf"))
        browse = QPushButton(tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        source = QHBoxLayout()
        source.addWidget(self.path_field, 1)
        source.addWidget(browse)
        self.part_choice = QComboBox()
        self.part_choice.setAccessibleName(tr("Part"))
        self.part_choice.addItems(_PARTS)
        self.part_field = _line(tr("Which part"))
        self.part_field.setEnabled(False)
        part = QHBoxLayout()
        part.addWidget(self.part_choice)
        part.addWidget(self.part_field, 1)
        self.name_field = _line(tr("Name"))
        self.name_field.setMaxLength(60)
        grid = self.grid()
        grid.addRow(tr("Extract"), source)
        grid.addRow(tr("Part"), part)
        grid.addRow(tr("Name"), self.name_field)

    @property
    def source(self) -> str:
        """The file or address."""
        text = self.path_field.text().strip()
        return text if is_address(text) else str(self.extract)

    @property
    def extract(self) -> Path:
        """The file."""
        return Path(self.path_field.text().strip()).expanduser()

    @property
    def name(self) -> str:
        """What the region is called."""
        return self.name_field.text().strip()

    @property
    def wanted(self) -> Wanted:
        """What was asked for; ConsoleError where the part is none."""
        return Wanted(self.source, self.name, self._clip())

    def _clip(self) -> Clip | None:
        part, text = Part(self.part_choice.currentIndex()), self.part_field.text().strip()
        if part is Part.ALL:
            return None
        if part is Part.RECTANGLE:
            return Clip.read(text)
        if self._centre is None:
            raise ConsoleError(tr("Where the depot is, is not known yet: take a rectangle."))
        return Clip.read(f"{self._centre.lat},{self._centre.lon},{text}")

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Choose an extract"), "", EXTRACTS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.path_field.setText)
        dialog.open()

    def _path_changed(self, text: str) -> None:
        if not self.name_field.isModified():
            self.name_field.setText(title_of(text.strip()) if text.strip() else "")
        self._check()

    def _part_chosen(self, index: int) -> None:
        part = Part(index)
        self.part_field.setEnabled(part is not Part.ALL)
        self.part_field.setText(_RADIUS if part is Part.ROUND_DEPOT else "")
        hint = "47.05, 9.47, 47.27, 9.64" if part is Part.RECTANGLE else ""
        self.part_field.setPlaceholderText(hint)
        self._check()

    def _check(self, _text: str = "") -> None:
        problem = self._problem() if self.path_field.text().strip() else None
        self.said.say(problem or "")
        self.add_button.setEnabled(problem == "")

    def _problem(self) -> str:
        """What is wrong; '' when nothing is."""
        if source := self._source_problem():
            return source
        if not _NAME.fullmatch(self.name):
            return tr("Give it a name of letters, digits, spaces, dots or dashes.")
        try:
            self._clip()
        except ConsoleError as error:
            return f"{error.message} {error.remedy}".strip()
        return ""

    def _source_problem(self) -> str:
        if is_address(self.source):
            whole = _ADDRESS.fullmatch(self.source)
            return (
                ""
                if whole
                else tr("{source} is not the whole address of a file.", source=self.source)
            )
        path = self.extract
        if not path.is_file():
            return tr("There is no file {value}: choose one with Browse.", value=path.name or path)
        if path.suffix != ".pbf":
            return tr("{name} is no extract: its name must end in .osm.pbf.", name=path.name)
        return ""


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field

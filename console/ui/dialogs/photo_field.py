"""A photo that goes along with what is typed: the button that asks for a file, and its name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.tongues import tr
from console.ui.asking import open_photo
from console.ui.caption import FAINT, Caption
from console.ui.theme.theme import Theme


class PhotoField(QWidget):
    """``chosen`` tells a file; whoever reads it answers with ``take`` or ``refuse``.

    ``said`` carries what is wrong with it, "" where nothing is any more.
    """

    chosen = Signal(object)
    said = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.data = b""
        self.button = QPushButton(tr("Choose a file…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        self.name = Caption(theme, FAINT, tr("None"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.name, 1)

    def take(self, name: str, data: bytes) -> None:
        """It was read, and goes along."""
        self.data = data
        self.name.say(name)
        self.said.emit("")

    def refuse(self, sentence: str) -> None:
        """Why a picture cannot be kept; one that was taken before stays."""
        self.said.emit(sentence)

    def _ask(self) -> None:
        open_photo(self, self.chosen.emit)

"""What would let a stop in, as rows that do it on a click."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from console.tongues import tr
from console.ui.caption import PLAIN, QUIET, Band, Caption, DriverChip
from console.ui.details.parts import Section
from console.ui.remedies import Remedy
from console.ui.theme.theme import Theme

MOST = 4


class RemedyBand(Band):
    """Chip and words left, the price right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.shown: Remedy | None = None
        self.chip = DriverChip(theme)
        self.text = Caption(theme, PLAIN, wrap=True)
        self.price = Caption(theme, QUIET)
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        line.addWidget(self.price)
        self.rows.addLayout(line)

    def show_remedy(self, remedy: Remedy) -> None:
        """Another one."""
        self.shown = remedy
        self.chip.show_number(remedy.number)
        self.text.say(remedy.text)
        self.price.say(remedy.price, "ok" if remedy.cheaper else "text2")
        self.setAccessibleName(tr("Let it in. {spoken}", spoken=remedy.spoken))


class RemedyList(Section):
    """``chosen(Remedy)`` on a click."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What would let it in"))
        self.widen()
        self.bands: list[RemedyBand] = []
        self.hide()

    def show_found(self, found: Sequence[Remedy]) -> None:
        """The cheapest ones."""
        shown = found[:MOST]
        self.setVisible(bool(shown))
        while len(self.bands) < len(shown):
            band = RemedyBand(self._theme)
            band.clicked.connect(lambda band=band: self._chosen(band))
            self.bands.append(band)
            self.rows.addWidget(band)
        for i, band in enumerate(self.bands):
            band.setVisible(i < len(shown))
            if i < len(shown):
                band.show_remedy(shown[i])

    def _chosen(self, band: RemedyBand) -> None:
        if band.shown is not None:
            self.chosen.emit(band.shown)

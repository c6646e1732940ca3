"""The close of a day: what is open on the left, planned beside actual below, the seal."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.dispatch.closing import LooseEnd
from console.dispatch.daypaper import DayPaper
from console.dispatch.picture import Picture
from console.tongues import tr, trn
from console.ui.caption import FAINT, STRONG, Caption
from console.ui.closing.ends import LooseEnds
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.theme.theme import Theme

SHORT = 16
"""Letters of the hash that are shown; the paper has all."""


@dataclass(frozen=True, slots=True)
class DayEnd:
    """A day as the dialog shows it. ``is_mine`` where whoever works here may seal it.

    ``back`` is what was told to be back already.
    """

    ends: Sequence[LooseEnd]
    paper: DayPaper
    picture: Picture
    is_sealed: bool
    is_mine: bool = True
    back: Sequence[LooseEnd] = ()


class CloseDialog(Sheet):
    """Stays open while things are tied up; ``sealAsked`` also asks to open a sealed day again."""

    sealAsked = Signal()
    paperAsked = Signal()
    sheetsAsked = Signal()

    def __init__(self, day: DayEnd, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Close the day"), theme, parent)
        self.least(940, 640)
        self.title = self.heading("")
        self.sealed = self.sentence("")
        self.ends = LooseEnds(theme)
        self.table = PlainTable(day.paper.heads, theme)
        self.notes = Caption(theme, FAINT, "", wrap=True)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(self.ends)
        whole.addWidget(self._report())
        whole.setChildrenCollapsible(False)
        whole.setSizes([320, 260])
        self.put(whole)
        self.paper_button = self.beside(tr("Save the report as PDF…"))
        self.sheets_button = self.beside(tr("Driver sheets…"))
        self.paper_button.clicked.connect(self.paperAsked)
        self.sheets_button.clicked.connect(self.sheetsAsked)
        self.go_back(tr("Not yet"))
        self.seal_button = self.stay("")
        self.seal_button.clicked.connect(self.sealAsked)
        self.show_day(day)

    def _report(self) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(Caption(self.theme, STRONG, tr("Planned → actual")))
        rows.addWidget(self.table, 1)
        rows.addWidget(self.notes)
        return box

    def show_day(self, day: DayEnd) -> None:
        """As it stands now."""
        count, paper = len(day.ends), day.paper
        self.title.say(
            trn("{count} thing is open", "{count} things are open", count, count=count)
            if count
            else tr("Nothing is open")
        )
        head = tr("Journal: row {version}, {head}", version=paper.version, head=paper.head[:SHORT])
        self.sealed.say(f"{paper.day}. {paper.sealed} {head}")
        self.ends.show_ends(day.ends, day.picture, is_sealed=day.is_sealed, back=day.back)
        self.table.fill([*paper.rows, paper.total])
        self.notes.say(" ".join(paper.notes))
        self.seal_button.setText(self._seal_text(day))
        self.seal_button.setEnabled(day.is_mine)
        self.seal_button.setToolTip("" if day.is_mine else tr("A dispatcher seals the day."))

    def _seal_text(self, day: DayEnd) -> str:
        if day.is_sealed:
            return tr("Open it again…")
        return tr("Seal the day all the same") if day.ends else tr("Seal the day")

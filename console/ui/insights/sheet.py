"""All that was found out: who says so, whether it still holds, until when."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from console import formats
from console.dispatch.insights import Shared
from console.tongues import tr, trn
from console.ui.caption import PLAIN, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.insights.words import about, said_by, standing, until
from console.ui.theme.figures import number
from console.ui.theme.theme import Theme

COLUMNS = (
    *(tr("State"), tr("What"), tr("About"), tr("Shared by")),
    *(tr("Since"), tr("Until"), tr("Still holds"), tr("No longer true")),
)


class InsightsSheet(Sheet):
    """``voted`` tells an insight and whether it holds, ``ended`` one that ends today."""

    voted = Signal(object, bool)
    ended = Signal(object)
    shareAsked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("What we found out"), theme, parent)
        self.least(1120, 480)
        self._shared: Sequence[Shared] = ()
        self._today = date.min
        self.rows: list[Shared] = []
        self.title = self.heading("")
        self.sentence(
            tr(
                "What somebody found out stands in the details of every stop it concerns. Say "
                "whether it holds: once as many doubt it as believe it, only this list has it."
            )
        )
        self.past = QCheckBox(tr("Also what is over or no longer true"))
        self.put(self.past)
        self.table = PlainTable(COLUMNS, theme, wide=1)
        self.table.empty = tr("Nothing was shared yet")
        self.put(self.table)
        self.said = Caption(theme, PLAIN, "", wrap=True)
        self.put(self.said)
        self._add_buttons()
        self.past.toggled.connect(self._fill)
        self.table.itemSelectionChanged.connect(self._picked)
        self._picked()

    def _add_buttons(self) -> None:
        self.share_button = self.beside(tr("Share an insight…"))
        self.holds_button = self.beside(tr("Still holds"))
        self.doubt_button = self.beside(tr("No longer true"))
        self.end_button = self.beside(tr("End today"))
        self.theme.dress(self.holds_button, "check")
        self.theme.dress(self.doubt_button, "x")
        self.share_button.clicked.connect(self.shareAsked)
        self.holds_button.clicked.connect(lambda: self._vote(holds=True))
        self.doubt_button.clicked.connect(lambda: self._vote(holds=False))
        self.end_button.clicked.connect(self._end)
        self.go_back(tr("Close"), default=True)

    def show_shared(self, shared: Sequence[Shared], today: date) -> None:
        """All of them; what is picked stays picked."""
        self._shared, self._today = shared, today
        self._fill()

    def _fill(self, _checked: object = None) -> None:
        picked, today = self.shared, self._today
        self.rows = [
            each for each in self._shared if self.past.isChecked() or each.insight.stands(today)
        ]
        count = sum(each.insight.stands(today) for each in self._shared)
        self.title.say(
            trn("{n} insight holds", "{n} insights hold", count, n=number(count))
            if self._shared
            else tr("Nothing was shared yet")
        )
        with QSignalBlocker(self.table):
            self.table.clearSelection()
            self.table.fill([self._cells(each) for each in self.rows],
                            [self._tone(each) for each in self.rows])  # fmt: skip
        ids = [each.insight.id for each in self.rows]
        if picked is not None and picked.insight.id in ids:
            self.table.selectRow(ids.index(picked.insight.id))
        self._picked()

    def _cells(self, each: Shared) -> tuple[str, ...]:
        insight = each.insight
        return (
            standing(each, self._today),
            each.text,
            about(each),
            insight.author,
            formats.day(insight.made),
            until(insight.until),
            said_by(insight.holding),
            said_by(insight.doubting),
        )

    def _tone(self, each: Shared) -> str:
        return "text" if each.insight.stands(self._today) else "text3"

    @property
    def shared(self) -> Shared | None:
        """The one that is picked."""
        row = self.table.currentRow()
        has_one = bool(self.table.selectedItems()) and row < len(self.rows)
        return self.rows[row] if has_one else None

    def _picked(self) -> None:
        shared = self.shared
        self.said.say(shared.text if shared is not None else "")
        for button in (self.holds_button, self.doubt_button):
            button.setEnabled(shared is not None)
        over = shared is not None and shared.insight.is_over(self._today)
        self.end_button.setEnabled(shared is not None and not over)

    def _vote(self, *, holds: bool) -> None:
        if self.shared is not None:
            self.voted.emit(self.shared.insight, holds)

    def _end(self) -> None:
        if self.shared is not None:
            self.ended.emit(self.shared.insight)

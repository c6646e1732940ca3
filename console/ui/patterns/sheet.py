"""Groups in which more goes wrong than elsewhere; a click shows what is behind the figures."""

from collections.abc import Mapping, Set
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from console.dispatch.patterns import PastCase, Patterns
from console.dispatch.picture import Picture
from console.domain.clusters import Group, Pattern, Verdict, alike
from console.tongues import tr, trn
from console.ui.caption import PLAIN, QUIET, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.patterns.words import BYS, TONES, about, case_cells, cells, told
from console.ui.theme.theme import Theme

COLUMNS = (
    *(tr("Verdict"), tr("Group"), tr("What"), tr("Cases"), tr("Rate")),
    *(tr("True rate"), tr("Usual"), tr("By chance")),
)
CASES = (
    *(tr("Day"), tr("Time"), tr("Cause"), tr("Where"), tr("Driver"), tr("Note"), tr("Logged by")),
)
OUTSTANDING = (Verdict.CLEAR, Verdict.EVENT, Verdict.CHANCE)


class PatternsSheet(Sheet):
    """``picked`` and ``shareAsked`` tell a pattern, ``dayAsked`` a case whose day is wanted."""

    picked = Signal(object)
    dayAsked = Signal(object)
    shareAsked = Signal(object)

    def __init__(
        self, patterns: Patterns, picture: Picture, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Patterns of what goes wrong"), theme, parent)
        self.least(1040, 640)
        self._picture, self.patterns = picture, patterns
        self.rows: list[Pattern] = []
        self.cases: list[PastCase] = []
        self.title = self.heading(_title(patterns))
        self.sentence(about(patterns.looked, patterns.found.looked_at))
        self.by = QComboBox()
        self.by.setAccessibleName(tr("Which groups"))
        self.by.addItem(tr("All groups"), None)
        for by, text in BYS.items():
            self.by.addItem(text, by)
        self.put(self._choices())
        self.table, self.case_table = PlainTable(COLUMNS, theme), PlainTable(CASES, theme)
        self.said = Caption(theme, PLAIN, "", wrap=True)
        self._lay_out()
        self.day_button = self.beside(tr("Open that day"))
        self.day_button.clicked.connect(self._ask_day)
        self.share_button = self.beside(tr("Share as an insight…"))
        self.share_button.clicked.connect(self._ask_share)
        self.go_back(tr("Close"), default=True)
        self.by.currentIndexChanged.connect(self._fill)
        self.table.itemSelectionChanged.connect(self._picked)
        self.case_table.itemSelectionChanged.connect(self._case_picked)
        self._fill()

    def _choices(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Caption(self.theme, QUIET, tr("Show")))
        row.addWidget(self.by)
        row.addStretch(1)
        return box

    def _lay_out(self) -> None:
        below = QWidget()
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.said)
        rows.addWidget(self.case_table, 1)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(self.table)
        whole.addWidget(below)
        whole.setChildrenCollapsible(False)
        whole.setSizes([300, 260])
        self.put(whole)

    def _fill(self, _index: int = 0) -> None:
        """All groups for all causes; for a single cause where only that stands out."""
        by, found = self.by.currentData(), self.patterns.found.patterns
        known = {
            each.group
            for each in found
            if each.group.cause is None and each.verdict is Verdict.CLEAR
        }
        self.rows = [
            each
            for each in found
            if by in (None, each.group.by) and (each.group.cause is None or _is_news(each, known))
        ]
        looked = self.patterns.looked
        tones = [TONES.get(each.verdict, "text2") for each in self.rows]
        with QSignalBlocker(self.table):
            self.table.clearSelection()
            self.table.empty = tr("Nothing went wrong here")
            self.table.fill([cells(each, looked) for each in self.rows], tones)
        self.show_cases([], {})
        self.share_button.setEnabled(False)
        self.said.say(tr("Pick a group to see its cases.") if self.rows else "")
        if self.rows and self.rows[0].verdict in OUTSTANDING:
            self.table.selectRow(0)

    @property
    def pattern(self) -> Pattern | None:
        """The group that is picked."""
        row = self.table.currentRow()
        return self.rows[row] if self.table.selectedItems() and row < len(self.rows) else None

    def _picked(self) -> None:
        pattern = self.pattern
        if pattern is None:
            return
        found = self.patterns.found
        clear = [each for each in found.patterns if each.verdict is Verdict.CLEAR]
        same = alike(pattern, clear) if pattern.verdict in OUTSTANDING else []
        self.said.say(told(pattern, self.patterns.looked, found.looked_at, same))
        self.share_button.setEnabled(True)
        self.show_cases(self.patterns.looked.cases_of(pattern), {})
        self.picked.emit(pattern)

    def show_cases(self, cases: list[PastCase], notes: Mapping[str, str]) -> None:
        """What is behind a group; ``notes`` are known a moment later."""
        looked, picture = self.patterns.looked, self._picture
        self.cases = cases
        with QSignalBlocker(self.case_table):
            self.case_table.clearSelection()
            self.case_table.fill(
                [
                    case_cells(
                        case, looked, picture.clock(case.fact.happened_at),
                        notes.get(case.fact.note, ""),
                    )
                    for case in cases
                ]
            )  # fmt: skip
        self._case_picked()

    @property
    def case(self) -> PastCase | None:
        """The case that is picked."""
        row = self.case_table.currentRow()
        has_one = bool(self.case_table.selectedItems()) and row < len(self.cases)
        return self.cases[row] if has_one else None

    def _case_picked(self) -> None:
        self.day_button.setEnabled(self.case is not None)

    def _ask_share(self) -> None:
        if self.pattern is not None:
            self.shareAsked.emit(self.pattern)

    def _ask_day(self) -> None:
        if self.case is not None:
            self.dayAsked.emit(self.case)


def _is_news(pattern: Pattern, known: Set[Group]) -> bool:
    return pattern.verdict in OUTSTANDING and replace(pattern.group, cause=None) not in known


def _title(patterns: Patterns) -> str:
    found = patterns.found.patterns
    count = len({p.group.by + p.group.key for p in found if p.verdict is Verdict.CLEAR})
    if count:
        return trn("{count} group stands out", "{count} groups stand out", count, count=count)
    return tr("Nothing stands out")

"""Customers to tell: whose promise will break, what to write them, how early they heard of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.dispatch.earlynotice import Affected, Earliness, band
from console.dispatch.picture import Picture
from console.domain.orders import OrderId
from console.domain.plan import StopId
from console.tongues import LANGUAGES, spoken, tr, trn
from console.ui.caption import FAINT, STRONG, Caption
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.labels import route_label
from console.ui.theme.figures import DASH, minutes
from console.ui.theme.theme import Theme

COLUMNS = (
    *(tr("Customer"), tr("Phone"), tr("Driver"), tr("Promised by")),
    *(tr("New arrival"), tr("Late by"), tr("State")),
)
Draft = Callable[[Affected, str], str]
"""A row and a language's code to the message."""
TRAINING = tr("Training: nothing here is real, and no message goes out.")
_Key = tuple[StopId, tuple[OrderId, ...]]


class EarlySheet(Sheet):
    """``copied`` tells a text, ``told`` a row and its text, ``tookBack`` and ``picked`` a row."""

    copied = Signal(str)
    told = Signal(object, str)
    tookBack = Signal(object)
    picked = Signal(object)

    def __init__(
        self, draft: Draft, theme: Theme, parent: QWidget | None = None, *, rehearses: bool = False
    ) -> None:
        super().__init__(tr("Customers to tell"), theme, parent)
        self.least(1080, 600)
        self._draft = draft
        self._key: _Key | None = None
        self._drafted = ""
        self.rows: list[Affected] = []
        self.title, self.measured = self.heading(""), self.sentence("")
        if rehearses:
            self.put(Caption(theme, FAINT, TRAINING, wrap=True))
        self.table = PlainTable(COLUMNS, theme)
        self.table.empty = tr("Every promise holds as far as can be foreseen")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Message"))
        self.text.setTabChangesFocus(True)
        self.language = QComboBox()
        self.language.setAccessibleName(tr("Language of the message"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(list(LANGUAGES).index(spoken().code))
        self.copy_button = QPushButton(tr("Copy the message"))
        theme.dress(self.copy_button, "copy")
        self.back_button = QPushButton(tr("Not told after all"))
        self._lay_out()
        self.go_back(tr("Close"))
        self.told_button = self.stay(tr("Customer told"))
        self._connect()

    def _lay_out(self) -> None:
        below = self.draft = QWidget()
        rows = QVBoxLayout(below)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Caption(self.theme, STRONG, tr("Message, as a draft")), 1)
        for widget in (self.language, self.copy_button, self.back_button):
            head.addWidget(widget)
        rows.addLayout(head)
        rows.addWidget(self.text, 1)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(self.table)
        whole.addWidget(below)
        whole.setChildrenCollapsible(False)
        whole.setSizes([260, 220])
        self.put(whole)

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._picked)
        self.language.currentIndexChanged.connect(self._write)
        for button in (self.copy_button, self.back_button):
            button.setAutoDefault(False)
        self.copy_button.clicked.connect(lambda: self.copied.emit(self.text.toPlainText()))
        self.told_button.clicked.connect(lambda: self.told.emit(self.row, self.text.toPlainText()))
        self.back_button.clicked.connect(lambda: self.tookBack.emit(self.row))

    def show_rows(self, rows: Sequence[Affected], measured: Earliness, picture: Picture) -> None:
        """As it stands now; who is picked stays picked, and a text that was typed stays."""
        self.rows = list(rows)
        waiting = sum(row.waits for row in rows)
        self.title.say(_title(len(rows), waiting))
        self.measured.say(_measured(measured))
        with QSignalBlocker(self.table):
            self.table.fill(
                [_cells(row, picture) for row in rows],
                ["bad" if row.waits else "text2" for row in rows],
            )
            self.table.clearSelection()
            at = next((i for i, row in enumerate(rows) if _key(row) == self._key), None)
            if at is None and rows:
                at = 0
            if at is not None:
                self.table.selectRow(at)
        self._look(fresh=False)

    @property
    def row(self) -> Affected | None:
        """Who is picked."""
        at = self.table.currentRow()
        return self.rows[at] if self.table.selectedItems() and at < len(self.rows) else None

    def _picked(self) -> None:
        self._look(fresh=True)
        if self.row is not None:
            self.picked.emit(self.row)

    def _look(self, *, fresh: bool) -> None:
        row = self.row
        is_other = row is None or _key(row) != self._key
        self._key = _key(row) if row is not None else None
        self.draft.setVisible(bool(self.rows))
        for widget in (self.text, self.language, self.copy_button, self.told_button):
            widget.setEnabled(row is not None)
        self.told_button.setText(
            tr("Told again") if row is not None and row.told is not None else tr("Customer told")
        )
        self.back_button.setVisible(row is not None and row.told is not None)
        if fresh or is_other or self.text.toPlainText() == self._drafted:
            self._write()

    def _write(self, _index: int = 0) -> None:
        row = self.row
        code = str(self.language.currentData())
        self._drafted = self._draft(row, code) if row is not None else ""
        if self.text.toPlainText() != self._drafted:
            self.text.setPlainText(self._drafted)


def _key(row: Affected) -> _Key:
    return row.stop, row.orders


def _title(count: int, waiting: int) -> str:
    if not count:
        return tr("Nobody has to be told")
    if not waiting:
        return trn("{count} customer, who knows", "{count} customers, all of them know", count,
                   count=count)  # fmt: skip
    return trn(
        "{waiting} customer has to be told", "{waiting} customers have to be told", waiting,
        waiting=waiting,
    )  # fmt: skip


def _measured(told: Earliness) -> str:
    """How early, whether what was told held, and who heard nothing."""
    parts = list[str]()
    if told.lead is not None:
        parts.append(
            trn("{n} was told today, {lead} before the promise ended",
                "{n} were told today, half of them {lead} or more before the promise ended",
                told.told, lead=minutes(told.lead))
        )  # fmt: skip
    if told.too_late:
        parts.append(trn("{n} only after it", "{n} only after it", told.too_late))
    if told.came:
        parts.append(
            trn("of {n} served since, {kept} within the time they were told",
                "of {n} served since, {kept} within the time they were told",
                told.came, kept=told.kept)
        )  # fmt: skip
    if told.silent:
        parts.append(
            trn("{n} order came late and nobody had said so",
                "{n} orders came late and nobody had said so", told.silent)
        )  # fmt: skip
    return "; ".join(parts) + "." if parts else tr("Nobody was told today so far.")


def _cells(row: Affected, picture: Picture) -> tuple[str, ...]:
    label = picture.labels.get(row.stop)
    street = label.street if label is not None else str(row.stop)
    who = f"{row.recipient} · {street}" if row.recipient else street
    return (
        who,
        row.phone,
        route_label(picture, row.route).name if row.route is not None else tr("nobody"),
        picture.clock(row.promised),
        _arrival(row, picture),
        minutes(row.late) if row.late is not None else DASH,
        _state(row, picture),
    )


def _arrival(row: Affected, picture: Picture) -> str:
    """``10:42 (10:35 to 11:00)``."""
    if row.eta is None:
        return DASH
    low, high = band(row.eta)
    return tr("{at} ({low} to {high})", at=picture.clock(row.eta.at), low=picture.clock(low),
              high=picture.clock(high))  # fmt: skip


def _state(row: Affected, picture: Picture) -> str:
    if row.told is None:
        return tr("not told")
    at = picture.clock(row.told.at)
    if row.is_worse:
        return tr("told at {at}, later by now", at=at)
    if row.told.lead < timedelta():
        return tr("told at {at}, too late", at=at)
    return tr("told at {at}, {lead} ahead", at=at, lead=minutes(row.told.lead))

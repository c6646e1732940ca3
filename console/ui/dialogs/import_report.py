"""What an import did: counts, rejected rows, what was assumed, what can never be served."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from console import wording
from console.dispatch.fleetwork import FleetImported
from console.dispatch.orderwork import Imported
from console.intake import Assumption, Column, Reject
from console.tongues import LANGUAGES, Tongue, spoken, tr, trn
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.rows import report_csv, shortened, unmeetable_sentence
from console.ui.dialogs.sheet import Sheet
from console.ui.dialogs.table import PlainTable
from console.ui.ink import Pen
from console.ui.theme.figures import number
from console.ui.theme.theme import Theme

SHOWN_ROWS = 2000
COLUMNS = (tr("Row"), tr("Order"), tr("Field"), tr("Problem"))


@dataclass(frozen=True, slots=True)
class Origin:
    """The file, by what it was understood, and how many of its rows were further items.

    ``fixed`` of its addresses were put on the map by hand before the report.
    """

    path: Path | None = None
    understood: str = ""
    joined: int = 0
    fixed: int = 0


class ImportReport(Sheet):
    """Of an order file or of a fleet file.

    ``fixAsked`` when doubtful addresses are to be fixed, ``columnsAsked`` when columns are to be
    chosen anew.
    """

    fixAsked = Signal()
    columnsAsked = Signal()

    def __init__(
        self,
        done: Imported | FleetImported,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        doubtful: int = 0,
        origin: Origin = Origin(),
    ) -> None:
        super().__init__(tr("Import report"), theme, parent)
        self.least(620)
        self.doubtful, self.origin = doubtful, origin
        self._imported = done if isinstance(done, Imported) else None
        self.rejects: Sequence[Reject] = ()
        self.save_button: QPushButton | None = None
        self.fix_button: QPushButton | None = None
        self.columns_button: QPushButton | None = None
        self._assumed: Sequence[Assumption] = ()
        if isinstance(done, Imported):
            self._show_orders(done)
        else:
            self._show_fleet(done)
        self.body.addStretch(1)
        self._add_buttons()

    def _show_orders(self, imported: Imported) -> None:
        taken = len(imported.added) + len(imported.changed) + imported.unchanged
        self.heading(trn("{n} order read", "{n} orders read", taken, n=number(taken)))
        if self.origin.path is not None:
            by = (
                tr(", read by {understood}", understood=self.origin.understood)
                if self.origin.understood
                else ""
            )
            self.sentence(f"{self.origin.path.name}{by}")
        self._counts(
            (
                (tr("Added"), len(imported.added), ""),
                (tr("Changed"), len(imported.changed), shortened(imported.changed)),
                (tr("Unchanged"), imported.unchanged, ""),
                (
                    tr("No longer in the file, kept"),
                    len(imported.missing),
                    shortened(imported.missing),
                ),
                (tr("Rows that are further items"), self.origin.joined, ""),
                (tr("Rejected rows"), len(imported.rejects), tr("listed below")),
                (tr("Addresses put right"), self.origin.fixed, ""),
                (tr("Addresses to look at"), self.doubtful, ""),
            )
        )
        self._refusals([verdict.reason for verdict in imported.refused])
        self._unmeetable(imported)
        self._assumptions(imported.assumptions, imported.unknown_columns)
        self._table(imported.rejects)

    def _show_fleet(self, fleet: FleetImported) -> None:
        report = fleet.report
        self.heading(
            trn("{n} driver read", "{n} drivers read", fleet.drivers, n=number(fleet.drivers))
        )
        lost = [place.address.line for place in fleet.unplaced]
        self._counts(
            (
                (tr("Rejected rows"), len(report.rejects), tr("listed below")),
                (tr("Depots not found"), len(lost), shortened(lost)),
            )
        )
        self._refusals([verdict.reason for verdict in fleet.refused])
        notices = [f"{note.order}: {note.sentence}" for note in report.notices]
        self._lines(tr("To look at"), notices, "warn")
        self._assumptions(report.assumptions, report.unknown_columns)
        self._table(report.rejects)

    def _counts(self, rows: Sequence[tuple[str, int, str]]) -> None:
        grid = self.grid()
        for name, count, more in rows:
            if count or name == tr("Added"):
                bad = name in {tr("Rejected rows"), tr("Depots not found")}
                figure = number(count) + (f"   {more}" if more else "")
                pen = Pen("body", "bad" if bad else "text")
                grid.addRow(
                    Caption(self.theme, QUIET, name), Caption(self.theme, pen, figure, wrap=True)
                )

    def _unmeetable(self, imported: Imported) -> None:
        lines = [
            f"{order}: {unmeetable_sentence(rule)}" for order, rule in imported.unmeetable.items()
        ]
        self._lines(tr("No shift can ever serve"), lines, "warn")

    def _refusals(self, reasons: Sequence[str]) -> None:
        self._lines(tr("Not taken over"), [wording.reason(reason) for reason in reasons], "bad")

    def _assumptions(self, assumed: Sequence[Assumption], unknown: Sequence[str]) -> None:
        self._assumed = assumed
        self._lines(tr("Assumed"), [assumption.sentence for assumption in assumed], "text2")
        self._lines(tr("Columns nobody read"), [", ".join(unknown)] if unknown else [], "text2")

    def _lines(self, title: str, lines: Sequence[str], tone: str, most: int = 6) -> None:
        if not lines:
            return
        self.caption(title)
        shown = list(lines[:most])
        if len(lines) > most:
            shown.append(tr("and {value} more", value=number(len(lines) - most)))
        self.put(Caption(self.theme, Pen("body", tone), "\n".join(shown), wrap=True))

    def _table(self, rejects: Sequence[Reject]) -> None:
        self.rejects = rejects
        if not rejects:
            return
        self.caption(tr("Rejected rows"))
        table = self.put(PlainTable(COLUMNS, self.theme))
        table.setMinimumHeight(160)
        table.fill(
            [
                (str(r.row), r.order or "", str(Column(r.field)), r.problem)
                for r in rejects[:SHOWN_ROWS]
            ],
        )

    def _add_buttons(self) -> None:
        if self.rejects or self._assumed or self._imported is not None:
            self.save_button = self.beside(tr("Save report…"))
            self.theme.dress(self.save_button, "save")
            self.save_button.clicked.connect(self._choose_file)
        if self.doubtful:
            self.fix_button = self.beside(tr("Fix addresses…"))
            self.theme.dress(self.fix_button, "map-pin")
            self.fix_button.clicked.connect(self._fix)
        if self.origin.path is not None:
            self.columns_button = self.beside(tr("Columns…"))
            self.theme.dress(self.columns_button, "table")
            self.columns_button.clicked.connect(self._choose_columns)
        self.close_button = self.go_on(tr("Done"))
        self.said = self.problem()

    def _fix(self) -> None:
        self.fixAsked.emit()
        self.accept()

    def _choose_columns(self) -> None:
        self.columnsAsked.emit()
        self.accept()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Save report"), tr("import-report.csv"))
        codes = sorted(LANGUAGES, key=lambda code: code != spoken().code)
        filters = {tr("Table in {language} (*.csv)", language=LANGUAGES[c]): c for c in codes}
        dialog.setNameFilters(list(filters))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")

        def chosen(name: str) -> None:
            self.save(name, filters[dialog.selectedNameFilter()])

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def save(self, name: str, language: str = "") -> None:
        """Write all there is to say as csv, for the merchant who sent the file.

        In the language of a code, the window's where none is given.
        """
        tongue = Tongue.of(language) if language else spoken()
        text = report_csv(self.rejects, self._assumed, self._imported, tongue)
        try:
            Path(name).write_text(text, encoding="utf-8-sig")
        except OSError as error:
            self.said.say(
                tr("Not written: {strerror}. Choose another folder.", strerror=error.strerror),
                "bad",
            )
            return
        self.said.say(tr("Written: {name}", name=Path(name).name), "ok")

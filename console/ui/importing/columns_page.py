"""A file is taught: its columns beside our fields, and its first rows as they would be read."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.domain.errors import ConsoleError
from console.intake import ColumnMap, MissingColumns, OrderReport, Sample, orders_by
from console.tongues import tr
from console.ui.caption import QUIET, Caption
from console.ui.dialogs.sheet import TITLE
from console.ui.importing.columns_list import ColumnsList
from console.ui.importing.field_rows import FieldRows
from console.ui.importing.fields import words_of
from console.ui.importing.how_form import HowForm, Shown
from console.ui.importing.preview import Preview
from console.ui.theme.theme import Theme

SHOWN_ROWS = 200
SENTENCE = tr(
    "Drag a column onto a field, or choose it there. Doorstep remembers it for "
    "every file with these titles."
)


class ColumnsPage(QWidget):
    """``sample``, ``taught`` and ``report`` as it is filled in.

    ``readable(bool)``: whether an order can be read by what is chosen.
    """

    readable = Signal(bool)

    def __init__(self, sample: Sample, taught: ColumnMap, day: date | None, theme: Theme) -> None:
        super().__init__()
        self.sample, self._day, self._theme = sample, day, theme
        self._dates = taught.dates
        self._report: OrderReport | None = None
        self.columns, self.rows = ColumnsList(theme), FieldRows(theme)
        self.preview = Preview(theme)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        asked = tr("Which column of {name} is what?", name=sample.table.name)
        self.body.addWidget(Caption(theme, TITLE, asked, wrap=True))
        self.body.addWidget(Caption(theme, QUIET, SENTENCE, wrap=True))
        self._head(taught)
        self.body.addWidget(self._parts(), 1)
        self.columns.columns.show_sample(sample)
        self.rows.show_fields(sample.titles, taught.fields)
        self.rows.changed.connect(self._read)
        self.rows.howAsked.connect(self._ask_how)
        self._read()

    def _parts(self) -> QSplitter:
        split = QSplitter(Qt.Orientation.Horizontal)
        for part, share in ((self.columns, 250), (self.rows, 370), (self.preview, 430)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([250, 370, 430])
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        return split

    def _head(self, taught: ColumnMap) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.name_field = QLineEdit(taught.name)
        self.name_field.setAccessibleName(tr("Name of the mapping"))
        self.name_field.setMaxLength(60)
        self.header_field = QSpinBox()
        self.header_field.setAccessibleName(tr("Row of the titles"))
        self.header_field.setRange(1, min(40, len(self.sample.table.rows)))
        self.header_field.setValue(self.sample.header + 1)
        self.header_field.valueChanged.connect(self._other_header)
        self.lines_box = QCheckBox(tr("Several rows are one order with several items"))
        self.lines_box.setChecked(taught.joins_lines)
        self.lines_box.toggled.connect(self._read)
        row.addWidget(Caption(self._theme, QUIET, tr("Remember as")))
        row.addWidget(self.name_field, 1)
        row.addWidget(Caption(self._theme, QUIET, tr("Titles are in row")))
        row.addWidget(self.header_field)
        row.addWidget(self.lines_box, 2)
        self.body.addLayout(row)

    @property
    def taught(self) -> ColumnMap:
        """As it is filled in."""
        name = self.name_field.text().strip() or self.sample.table.name
        return ColumnMap(name, self.rows.fields, self._dates, self.lines_box.isChecked())

    @property
    def report(self) -> OrderReport | None:
        """The first rows as read; None where nothing can be."""
        return self._report

    def _other_header(self, row: int) -> None:
        self.sample = self.sample.at(row - 1)
        self.columns.columns.show_sample(self.sample)
        self.rows.show_fields(self.sample.titles, self.sample.guess.fields)
        self._read()

    def _read(self, _value: object = None) -> None:
        """The first rows, at once: a file of any length is as quick."""
        taught = self.taught
        used = {title for source in taught.fields.values() for title in source.columns}
        self.columns.columns.show_used(used)
        first = self.sample.table.rows[: self.sample.header + 1 + SHOWN_ROWS]
        sample = replace(self.sample, table=replace(self.sample.table, rows=first))
        self._report = None
        try:
            self._report = orders_by(sample, taught, self._day)
        except MissingColumns as lacking:
            wanted = ", ".join(words_of(key) for key in lacking.fields) or lacking.message
            self.preview.show_problem(tr("Still to choose: {wanted}", wanted=wanted))
        except ConsoleError as error:
            self.preview.show_problem(f"{error.message} {error.remedy}")
        else:
            self.preview.show_report(self._report, len(sample.rows))
        self.readable.emit(self._report is not None)

    def _ask_how(self, key: str) -> None:
        source = self.rows.rows[key].source
        form = HowForm(key, source, Shown(self.sample.titles, self._dates), self._theme, self)

        def accepted() -> None:
            self._dates = form.dates
            self.rows.put(key, form.source)

        form.accepted.connect(accepted)
        form.finished.connect(form.deleteLater)
        form.open()

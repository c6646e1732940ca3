"""How a field is made of its column: joined, cut, in which unit, what stands for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from console.intake import SERVICE_DATE, DateOrder, Source, units_of
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.importing.fields import words_of
from console.ui.theme.theme import Theme

NOTHING = tr("nothing else")
_LAST = 0
"""What the spin box shows for the last part."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The file's columns, and how its days of service are written so far."""

    titles: Sequence[str]
    dates: DateOrder = DateOrder.DMY


class HowForm(Sheet):
    """``source`` and ``dates`` once accepted."""

    def __init__(
        self, key: str, source: Source, shown: Shown, theme: Theme, parent: QWidget | None = None
    ) -> None:
        words = words_of(key)
        super().__init__(tr("How to read: {words}", words=words), theme, parent)
        self.least(380)
        self._source, self._dates = source, shown.dates
        self.heading(
            tr("{words} from “{columns}”", words=words, columns=source.columns[0])
            if source.columns
            else words
        )
        self._grid = self.grid()
        self._kinds(key)
        self._parts(shown.titles)
        self.go_back()
        self.go_on(tr("Read it so"))
        self.also_field.currentTextChanged.connect(self._check)
        self.cut_field.textChanged.connect(self._check)
        self._check()

    def _add[W: QWidget](self, name: str, widget: W) -> W:
        widget.setAccessibleName(name)
        self._grid.addRow(name, widget)
        return widget

    def _kinds(self, key: str) -> None:
        """Units and dates, for fields that have any."""
        self.unit_field, self.date_field = QComboBox(), QComboBox()
        if units := units_of(key):
            self._add(tr("Unit of the numbers"), self.unit_field)
            self.unit_field.addItem(tr("ours, or as the title says"), "")
            for unit in units:
                self.unit_field.addItem(unit, unit)
            self.unit_field.setCurrentIndex(max(0, self.unit_field.findData(self._source.unit)))
        if key == SERVICE_DATE:
            self._add(tr("Days are written"), self.date_field)
            for order in DateOrder:
                self.date_field.addItem(order.example, order)
            self.date_field.setCurrentText(self._dates.example)

    def _parts(self, titles: Sequence[str]) -> None:
        """Joining, cutting, and what stands for nothing."""
        source = self._source
        self.also_field = self._add(tr("Joined with"), QComboBox())
        self.also_field.addItems([NOTHING, *titles])
        if len(source.columns) > 1:
            self.also_field.setCurrentText(source.columns[1])
        self.glue_field = self._add(tr("Between them"), QLineEdit(source.glue))
        self.cut_field = self._add(tr("Cut each cell at"), QLineEdit(source.split))
        self.part_field = self._add(tr("Take part"), QSpinBox())
        self.part_field.setRange(_LAST, 20)
        self.part_field.setSpecialValueText(tr("the last"))
        self.part_field.setValue(max(_LAST, source.part))
        self.empty_field = self._add(tr("Where it is empty"), QLineEdit(source.empty))

    @property
    def source(self) -> Source:
        """As it is filled in."""
        columns = self._source.columns[:1]
        if self.also_field.currentText() != NOTHING and self.also_field.currentIndex() > 0:
            columns = (*columns, self.also_field.currentText())
        return replace(
            self._source,
            columns=columns,
            glue=self.glue_field.text(),
            split=self.cut_field.text(),
            part=self.part_field.value() or -1,
            unit=str(self.unit_field.currentData() or ""),
            empty=self.empty_field.text(),
        )

    @property
    def dates(self) -> DateOrder:
        """How days are written."""
        chosen = self.date_field.currentData()
        return DateOrder(chosen) if chosen else self._dates

    def _check(self, _text: str = "") -> None:
        self.glue_field.setEnabled(self.also_field.currentIndex() > 0)
        self.part_field.setEnabled(bool(self.cut_field.text()))


def how_words(source: Source) -> str:
    """What is done to a column, in few signs: ``g``, ``part 2 at ,``."""
    last = tr("last part") if source.part < 0 else tr("part {part}", part=source.part)
    told = (
        source.unit,
        f"+ {source.columns[1]}" if len(source.columns) > 1 else "",
        tr("{last} at “{split}”", last=last, split=source.split) if source.split else "",
        tr("else “{empty}”", empty=source.empty) if source.empty else "",
    )
    return ", ".join(filter(None, told))

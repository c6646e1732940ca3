"""Units and formats: how figures are written for this user, and the depot's currency."""

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtWidgets import QComboBox, QWidget

from console import formats
from console.formats import CHOICES, Formats
from console.tongues import tr
from console.ui.dialogs.sheet import Sheet
from console.ui.labels import CURRENCIES, cost_of
from console.ui.theme.figures import kg, km
from console.ui.theme.theme import Theme

_NAMES = {
    "distance": tr("Distances"),
    "weight": tr("Weights"),
    "clock": tr("Times"),
    "dates": tr("Dates"),
    "marks": tr("Numbers"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "distance": {"km": tr("Kilometres"), "mi": tr("Miles")},
    "weight": {"kg": tr("Kilograms"), "lb": tr("Pounds")},
    "clock": {"24": "14:05", "12": tr("2:05 pm")},
    "dates": {"dmy": tr("24 Nov 2026"), "mdy": tr("Nov 24, 2026"), "ymd": "2026-11-24"},
    "marks": {},
}
_SAMPLE = 2184.5
_DAY, _MOMENT = date(2026, 11, 24), datetime(2026, 11, 24, 14, 5)  # noqa: DTZ001 - a sample


class FormatsForm(Sheet):
    """``formats`` and ``currency`` once accepted. ``usual`` is what this computer's locale says."""

    def __init__(
        self,
        present: Formats,
        usual: Formats,
        currency: str,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Units and formats"), theme, parent)
        self._usual = usual
        self.least(440)
        self.heading(tr("Units and formats"))
        self.sentence(
            tr(
                "How figures are shown and printed for you. Files and forms keep kilometres, "
                "kilograms and 24 hours."
            )
        )
        grid = self.grid()
        self.fields: dict[str, QComboBox] = {}
        for name, title in _NAMES.items():
            field = self.fields[name] = _choice(name, title)
            grid.addRow(title, field)
            field.currentIndexChanged.connect(self._show)
        self.currency_field = QComboBox()
        self.currency_field.setAccessibleName(tr("Currency of this depot"))
        self.currency_field.addItems(sorted({*CURRENCIES, currency}))
        self.currency_field.setCurrentText(currency)
        self.currency_field.currentIndexChanged.connect(self._show)
        grid.addRow(tr("Currency"), self.currency_field)
        self.sentence(tr("The currency is that of the depot, for everybody. Nothing is converted."))
        self.sample = self.caption("")
        self.usual_button = self.beside(tr("As on this computer"))
        self.usual_button.clicked.connect(lambda: self.choose(self._usual))
        self.go_back()
        self.keep_button = self.go_on(tr("Use"))
        self.choose(present)

    @property
    def formats(self) -> Formats:
        """As chosen."""
        return Formats().changed({name: str(f.currentData()) for name, f in self.fields.items()})

    @property
    def currency(self) -> str:
        """The depot's, by its code."""
        return self.currency_field.currentText()

    def choose(self, chosen: Formats) -> None:
        """Choose these."""
        for name, value in chosen.kept().items():
            self.fields[name].setCurrentIndex(self.fields[name].findData(value))
        self._show()

    def _show(self, _at: int = 0) -> None:
        self.sample.say(sample(self.formats, self.currency))


def sample(chosen: Formats, currency: str) -> str:
    """Some figures as they would be written."""
    before = formats.present()
    formats.use(chosen)
    try:
        day = formats.day(_DAY, weekday=True)
        parts = (day, formats.clock(_MOMENT), km(13_400), kg(26), cost_of(_SAMPLE, currency))
    finally:
        formats.use(before)
    return " · ".join(parts)


def _choice(name: str, title: str) -> QComboBox:
    field = QComboBox()
    field.setAccessibleName(title)
    for value in CHOICES[name]:
        field.addItem(_WORDS[name].get(value) or _number(value), str(value))
    return field


def _number(marks: str) -> str:
    group, point = marks
    return f"2{group}184{point}50"

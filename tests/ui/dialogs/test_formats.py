"""Units and formats: from the locale, chosen in a dialog, seen in every figure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from console import formats
from console.domain.plan import RouteId
from console.domain.violations import Rule, Violation
from console.formats import Clock, Dates, Distance, Formats, Marks, Weight
from console.ui.dialogs.formats_form import FormatsForm
from console.ui.dialogs.measuring import distance
from console.ui.harm import harm_text
from console.ui.labels import cost_of
from console.ui.locale import currency_of, formats_of
from console.ui.theme import figures
from tests.ui.sample import light

AMERICAN = Formats(Distance.MILES, Weight.POUNDS, Clock.H12, Dates.MONTH_FIRST)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def usual():
    yield
    formats.use(Formats())


@pytest.mark.parametrize(
    ("name", "wanted", "money"),
    [
        ("C", Formats(), ""),
        ("en_US", AMERICAN, "USD"),
        ("en_GB", Formats(Distance.MILES), "GBP"),
        ("de_DE", Formats(marks=Marks.COMMA), "EUR"),
        ("de_CH", Formats(marks=Marks.APOSTROPHE), "CHF"),
        ("fr_FR", Formats(marks=Marks.SPACE), "EUR"),
        ("sv_SE", Formats(dates=Dates.YEAR_FIRST, marks=Marks.SPACE), "SEK"),
        ("da_DK", Formats(marks=Marks.COMMA), "DKK"),
    ],
)
def test_a_locale_says_how_figures_are_written(name, wanted, money):
    assert formats_of(QLocale(name)) == wanted
    assert currency_of(QLocale(name)) == money


def test_every_figure_follows():
    formats.use(replace(AMERICAN, marks=Marks.COMMA))
    assert figures.km(160_934.4) == "100\u2009mi"
    assert figures.km(8_046.72, signed=True) == "+5,0\u2009mi"
    assert figures.kg(4) == "8,8\u2009lb"
    assert figures.number(-2184, 1) == "\u22122.184,0"
    assert cost_of(2184, "USD") == "$\u20092.184,00"
    over = Violation(Rule.OVERLOADED, RouteId("r1"), amount=38, unit="kg")
    assert harm_text(over) == "84\u2009lb over"
    far = Violation(Rule.DISTANCE, RouteId("r1"), amount=16_093.44, unit="m")
    assert harm_text(far) == "10,0\u2009mi too far"
    assert (distance(3_218), distance(100)) == ("2,0 mi", "328 ft")
    noon = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
    assert figures.clock(noon, UTC, noon - timedelta(days=1)) == "12:05 pm +1"


def test_the_dialog_shows_a_sample_and_goes_back_to_the_locale(qtbot):
    dialog = FormatsForm(Formats(), AMERICAN, "EUR", light())
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.formats == Formats()
    assert dialog.currency == "EUR"
    assert "13.4\u2009km" in dialog.sample.text()
    QTest.mouseClick(dialog.usual_button, LEFT)
    assert dialog.formats == AMERICAN
    assert "8.3\u2009mi" in dialog.sample.text()
    assert "2:05 pm" in dialog.sample.text()
    dialog.currency_field.setCurrentText("GBP")
    assert "£" in dialog.sample.text()
    assert formats.present() == Formats()  # nothing changes before it is accepted
    assert all(field.accessibleName() for field in dialog.fields.values())

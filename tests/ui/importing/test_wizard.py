"""The wizard: columns onto fields by mouse and by choice, and what would be read at once."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from console.intake import SERVICE_DATE, DateOrder, Source
from console.ui.importing.columns_list import CELLS, USED, Columns
from console.ui.importing.columns_page import ColumnsPage
from console.ui.importing.field_rows import NONE
from console.ui.importing.fields import WORDS, words_of
from console.ui.importing.how_form import HowForm, Shown, how_words
from console.ui.importing.wizard import ImportWizard


@pytest.fixture
def wizard(qtbot, sample, theme):
    made = ImportWizard("bakery.csv", theme)
    qtbot.addWidget(made)
    made.show_columns(sample, sample.guess, None)
    made.open()
    qtbot.waitExposed(made)
    return made


def drop(wizard, title, key):
    """Drag a column onto a field."""
    columns, row = (
        wizard.findChild(ColumnsPage).columns.columns,
        wizard.findChild(ColumnsPage).rows.rows[key],
    )
    at = wizard.findChild(ColumnsPage).sample.titles.index(title)
    mime = columns.mimeData([columns.index(at)])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(row, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(row, event)


def choose(wizard, title, key):
    """Pick a column in the field's list."""
    box = wizard.findChild(ColumnsPage).rows.rows[key].column
    at = box.findText(title)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def test_what_every_order_needs_is_asked_for(wizard):
    assert not wizard.import_button.isEnabled()
    assert (
        wizard.findChild(ColumnsPage).preview.verdict.text()
        == "Still to choose: Order number, Street and number"
    )
    assert wizard.findChild(ColumnsPage).rows.fields == {"notes": Source(("Notes",))}


def test_columns_are_dropped_and_chosen(wizard):
    drop(wizard, "Beleg", "order_id")
    choose(wizard, "Wohin", "street")
    choose(wizard, "Gramm", "weight")
    assert wizard.import_button.isEnabled()
    assert [entry.id for entry in wizard.findChild(ColumnsPage).report.entries] == ["B-1", "B-3"]
    assert (
        "2 orders in the first 3 rows, 1 rejected"
        in wizard.findChild(ColumnsPage).preview.verdict.text()
    )
    assert "Not read: Wer." in wizard.findChild(ColumnsPage).preview.told.text()
    assert (
        wizard.findChild(ColumnsPage).preview.table.item(1, 2).text().startswith("The weight “abc”")
    )
    assert wizard.findChild(ColumnsPage).taught.name == "bakery"
    choose(wizard, NONE, "order_id")
    assert not wizard.import_button.isEnabled()


def test_the_columns_say_what_they_serve(wizard):
    columns = wizard.findChild(ColumnsPage).columns.columns
    assert columns.index(0).data() == "Beleg"
    assert columns.index(0).data(CELLS) == "B-1  ·  B-2  ·  B-3"
    assert not columns.index(0).data(USED)
    drop(wizard, "Beleg", "order_id")
    assert columns.index(0).data(USED)
    assert "used" in columns.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_how_a_column_is_read(wizard, qtbot):
    drop(wizard, "Beleg", "order_id")
    drop(wizard, "Wohin", "street")
    drop(wizard, "Gramm", "weight")
    wizard.findChild(ColumnsPage).rows.rows["weight"].how.click()
    form = wizard.findChild(HowForm)
    form.unit_field.setCurrentText("g")
    form.empty_field.setText("100")
    form.accept()
    assert wizard.findChild(ColumnsPage).report.entries[0].load.kg == 1.5
    assert wizard.findChild(ColumnsPage).rows.rows["weight"].told.text() == "g, else “100”"


def test_the_titles_may_stand_in_another_row(wizard):
    wizard.findChild(ColumnsPage).header_field.setValue(2)
    assert wizard.findChild(ColumnsPage).sample.titles[0] == "B-1"
    assert wizard.findChild(ColumnsPage).columns.columns.index(0).data() == "B-1"
    assert wizard.findChild(ColumnsPage).rows.rows["order_id"].column.findText("B-1") > 0


def test_the_columns_are_a_sound_model(qtbot, sample):
    model = Columns()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_sample(sample)
    model.show_used({"Beleg"})
    model.show_sample(sample.at(1))
    assert model.rowCount() == 5


def test_a_form_has_units_or_dates_where_there_are_any(qtbot, theme, sample):
    plain = HowForm("recipient", Source(("Wer",)), Shown(sample.titles), theme)
    day = HowForm(SERVICE_DATE, Source(("Wer",)), Shown(sample.titles, DateOrder.MDY), theme)
    for form in (plain, day):
        qtbot.addWidget(form)
    assert plain.unit_field.count() == 0
    assert not plain.glue_field.isEnabled()
    assert day.dates is DateOrder.MDY
    day.date_field.setCurrentText(DateOrder.YMD.example)
    assert day.dates is DateOrder.YMD


def test_an_untouched_form_changes_nothing(qtbot, theme, sample):
    for source in (
        Source(("Wer",)),
        Source(("Wer", "Beleg"), glue=", ", split="/", part=-1, empty="x"),
        Source(("Gramm",), unit="g", split=" ", part=3),
    ):
        form = HowForm("weight", source, Shown(sample.titles), theme)
        qtbot.addWidget(form)
        assert form.source == source


def test_words():
    assert how_words(Source(("a",))) == ""
    assert how_words(Source(("a", "b"), split=",", part=-1)) == "+ b, last part at “,”"
    assert words_of("setup_minutes") == "Setup minutes"
    assert WORDS["order_id"] == "Order number"

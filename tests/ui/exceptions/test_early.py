"""Customers to tell: who comes first, what is written, what a click says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.dispatch.earlynotice import Affected, Earliness, Told, draft
from console.domain.etas import EtaErrors
from console.domain.plan import FactId
from console.tongues import Tongue
from console.ui.exceptions.early import TRAINING, EarlySheet
from tests.ui.day import at
from tests.ui.sample import Desk

NONE = Earliness(0, None, 0, 0, 0, 0)
NOW = at(6)


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def rows_of(desk) -> list[Affected]:
    errors, visits = EtaErrors(), desk.picture.visits
    return [
        Affected(
            stop, desk.route_of(stop), (desk.picture.plan.stops[stop].orders[0].id,),
            visits[stop].start - timedelta(minutes=25), errors.eta(visits[stop].start, NOW),
            recipient=f"Person {i}", phone="+1 555 0100",
        )
        for i, stop in enumerate(desk.late())
    ]  # fmt: skip


def told_at(row: Affected, moment, low, high) -> Affected:
    word = Told(FactId("t"), row.stop, row.orders, moment, row.promised, low, high)
    return replace(row, told=word)


@pytest.fixture
def sheet(qtbot, desk):
    def written(row: Affected, code: str) -> str:
        return draft(row, desk.picture, Tongue.of(code))

    made = EarlySheet(written, desk.theme, rehearses=True)
    qtbot.addWidget(made)
    made.open()
    return made


def texts(table, row):
    return [table.item(row, column).text() for column in range(table.columnCount())]


def test_nobody_has_to_be_told(sheet, desk):
    sheet.show_rows([], NONE, desk.picture)
    assert sheet.title.text() == "Nobody has to be told"
    assert not sheet.told_button.isEnabled()
    assert any(label.text() == TRAINING for label in sheet.findChildren(type(sheet.title)))


def test_a_row_says_all_and_the_message_is_drafted(qtbot, sheet, desk):
    rows = rows_of(desk)
    sheet.show_rows(rows, NONE, desk.picture)
    assert sheet.title.text() == f"{len(rows)} customers have to be told"
    cells = texts(sheet.table, 0)
    assert cells[0].startswith("Person 0 · ")
    assert cells[5:] == ["25\u2009min", "not told"]
    assert sheet.text.toPlainText().startswith("Dear Person 0,")
    with qtbot.waitSignal(sheet.copied) as heard:
        sheet.copy_button.click()
    assert "was promised by" in heard.args[0]
    sheet.text.setPlainText("In my own words")
    sheet.show_rows(rows, NONE, desk.picture)
    with qtbot.waitSignal(sheet.told) as heard:
        sheet.told_button.click()
    assert heard.args == [rows[0], "In my own words"]
    with qtbot.waitSignal(sheet.picked):
        sheet.table.selectRow(1)
    assert sheet.text.toPlainText().startswith("Dear Person 1,")


def test_states_and_how_early_it_was(qtbot, sheet, desk):
    row = rows_of(desk)[0]
    assert row.eta is not None
    early = told_at(row, row.promised - timedelta(minutes=40), row.eta.low, row.eta.high)
    worse = told_at(row, row.promised, row.eta.low, row.eta.at - timedelta(minutes=1))
    too_late = told_at(row, row.promised + timedelta(minutes=5), row.eta.low, row.eta.high)
    measured = Earliness(3, timedelta(minutes=25), 1, 2, 1, 1)
    told = list[str]()
    for each in (early, worse, too_late):
        sheet.show_rows([each], measured, desk.picture)
        told.append(texts(sheet.table, 0)[6])
    assert told[0].endswith("40\u2009min ahead")
    assert told[1].endswith("later by now")
    assert told[2].endswith("too late")
    assert "half of them 25\u2009min or more before the promise" in sheet.measured.text()
    assert "1 order came late and nobody had said so" in sheet.measured.text()
    assert sheet.told_button.text() == "Told again"
    with qtbot.waitSignal(sheet.tookBack) as heard:
        sheet.back_button.click()
    assert heard.args == [too_late]

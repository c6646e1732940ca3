"""The sheet of patterns: verdicts in plain words, the cases behind a click."""

from datetime import timedelta
from random import Random

import pytest

from console.dispatch.patterns import Looked, PastCase, Patterns
from console.domain.clusters import By, Try, Verdict, find
from console.domain.places import PlaceId
from console.domain.plan import Cause, Fact, FactId, FactKind, StopId
from console.ui.patterns.sheet import PatternsSheet
from tests.ui.day import at
from tests.ui.sample import Desk

FIRST = at(9).date() - timedelta(days=40)


def looked_at(days: int = 40, bad: float = 0.2) -> Patterns:
    """Sixty visits a day; in area 3, which is driver 3's, more of them fail."""
    dice, looked = Random(7), Looked()
    for number in range(days):
        day = FIRST + timedelta(days=number)
        looked.days.append(day)
        for i in range(60):
            driver, door = str(i % 6), str(dice.randrange(60))
            cause = dice.choice((Cause.ABSENT, Cause.ACCESS))
            key = FactId(f"{number}-{i}")
            facts = (Fact(key, FactKind.FAILED, StopId(door), at(9, i), cause, note=f"n{key}"),)
            if dice.random() > (bad if driver == "3" else 0.04):
                facts = ()
            groups = {By.DRIVER: driver, By.AREA: f"949{driver}", By.CUSTOMER: door,
                      By.WINDOW: ("", "09:00-12:00", "13:00-17:00")[i // 20]}  # fmt: skip
            looked.tries.append(Try(day, groups, facts))
            if facts:
                looked.cases[key] = PastCase(day, facts, PlaceId(door), driver, "Anne")
    names = ("Mette Holm", "Jonas Krogh", "Ida Lund", "Ole Bach", "Pia Dahl", "Ulla Friis")
    looked.names |= {(By.DRIVER, str(i)): name for i, name in enumerate(names)}
    looked.names |= {(By.CUSTOMER, str(i)): f"R{i}, Weg {i}" for i in range(60)}
    return Patterns(looked, find(looked.tries))


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def shown(qtbot, desk, patterns: Patterns) -> PatternsSheet:
    sheet = PatternsSheet(patterns, desk.picture, desk.theme)
    qtbot.addWidget(sheet)
    sheet.open()
    return sheet


def texts(table, row):
    return [table.item(row, column).text() for column in range(table.columnCount())]


def test_what_stands_out_comes_first_and_says_so(qtbot, desk):
    sheet = shown(qtbot, desk, looked_at())
    assert sheet.title.text() == "2 groups stand out"
    assert texts(sheet.table, 0)[0] == "More than elsewhere"
    assert "times as often" in sheet.said.text()
    assert "mostly the same cases" in sheet.said.text(), "the driver and his area"
    assert sheet.pattern is not None
    assert len(sheet.cases) == sheet.pattern.cases == sheet.case_table.rowCount()
    assert "Ole Bach" in texts(sheet.case_table, 0)


def test_groups_are_chosen_and_a_case_leads_to_its_day(qtbot, desk):
    sheet = shown(qtbot, desk, looked_at())
    sheet.by.setCurrentIndex(sheet.by.findText("Customer"))
    assert {each.group.by for each in sheet.rows} == {By.CUSTOMER}
    few = next(i for i, each in enumerate(sheet.rows) if each.verdict is Verdict.FEW)
    with qtbot.waitSignal(sheet.picked) as heard:
        sheet.table.selectRow(few)
    assert heard.args[0] is sheet.rows[few]
    assert "may lie anywhere between" in sheet.said.text()
    assert not sheet.day_button.isEnabled()
    sheet.show_cases(sheet.cases, {sheet.cases[0].fact.note: "rang twice"})
    assert "rang twice" in texts(sheet.case_table, 0)
    sheet.case_table.selectRow(0)
    with qtbot.waitSignal(sheet.dayAsked) as heard:
        sheet.day_button.click()
    assert heard.args[0] is sheet.cases[0]


def test_usual_days_and_days_without_reports(qtbot, desk):
    sheet = shown(qtbot, desk, looked_at(bad=0.04))
    assert sheet.title.text() == "Nothing stands out"
    assert {each.verdict for each in sheet.rows} <= {Verdict.CHANCE, Verdict.FEW, Verdict.USUAL}
    none = shown(qtbot, desk, Patterns(Looked(), find([])))
    assert none.table.rowCount() == 0
    assert not none.day_button.isEnabled()

"""The form and the list of shared insights, and what a stop's card says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from console.dispatch.insights import LONGEST, Shared
from console.domain.insight import About, Insight, InsightId, Vote
from console.ui.details.panel import DetailsPanel
from console.ui.insights.form import InsightForm
from console.ui.insights.sheet import InsightsSheet
from console.ui.insights.words import known_part, told
from tests.ui.sample import Desk

DAY = date(2026, 11, 23)
BELL = Insight(InsightId("a"), About.DOOR, "p1", "n", "ada", DAY)


def bell(**more) -> Shared:
    return Shared(replace(BELL, **more), "Ring at the back", "Weg 12")


def votes(**said) -> dict[str, Vote]:
    return {who: Vote(holds, DAY) for who, holds in said.items()}


@pytest.fixture
def desk(qtbot):
    return Desk(qtbot)


def test_it_says_who_and_how_many_agree():
    assert told(bell()) == "Ring at the back (ada, 23 Nov)"
    said = told(bell(votes=votes(ben=True, cia=True, dan=False)))
    assert said == "Ring at the back (ada, 23 Nov; 2 say it holds; 1 doubts it)"
    assert known_part([bell()]).rows[0].name == "Address"


def test_a_form_needs_a_text_and_may_have_an_end(qtbot, desk):
    topics = [((About.DOOR, "p1"), "Address Weg 12"), ((About.DEPOT, ""), "Everybody")]
    form = InsightForm(topics, DAY, desk.theme)
    qtbot.addWidget(form)
    form.show()
    assert not form.share_button.isEnabled()
    form.field.setPlainText("Ring at\nthe back")
    assert form.share_button.isEnabled()
    assert (form.topic, form.text, form.until) == ((About.DOOR, "p1"), "Ring at the back", None)
    form.about.setCurrentIndex(1)
    form.ends.setChecked(True)
    assert form.topic == (About.DEPOT, "")
    assert form.until == date(2027, 2, 23)
    form.field.setPlainText("x" * (LONGEST + 1))
    assert not form.share_button.isEnabled()
    assert form.said.text() == f"{LONGEST + 1} of {LONGEST} characters."


def shown(qtbot, desk, *shared: Shared) -> InsightsSheet:
    sheet = InsightsSheet(desk.theme)
    qtbot.addWidget(sheet)
    sheet.show_shared(shared, DAY)
    sheet.open()
    return sheet


def test_the_list_hides_what_is_over_and_votes_on_what_is_picked(qtbot, desk):
    over = bell(id=InsightId("b"), until=DAY - timedelta(days=1))
    doubted = bell(id=InsightId("c"), votes=votes(ben=False))
    sheet = shown(qtbot, desk, bell(), over, doubted)
    assert sheet.title.text() == "1 insight holds"
    assert [each.insight.id for each in sheet.rows] == ["a"]
    assert not sheet.holds_button.isEnabled()
    sheet.table.selectRow(0)
    with qtbot.waitSignal(sheet.voted) as told_:
        sheet.doubt_button.click()
    assert told_.args == [BELL, False]
    sheet.past.setChecked(True)
    states = [sheet.table.item(row, 0).text() for row in range(3)]
    assert states == ["Nobody said yet", "Over", "No longer true"]
    assert sheet.shared.insight == BELL, "what is picked stays picked"
    sheet.table.selectRow(1)
    assert not sheet.end_button.isEnabled()
    sheet.table.selectRow(2)
    with qtbot.waitSignal(sheet.ended) as told_:
        sheet.end_button.click()
    assert told_.args[0].id == "c"


def test_an_empty_list_says_so(qtbot, desk):
    sheet = shown(qtbot, desk)
    assert sheet.title.text() == "Nothing was shared yet"
    assert not sheet.end_button.isEnabled()


def test_the_details_of_a_stop_have_it_first(qtbot, desk):
    panel = DetailsPanel(desk.hands, desk.signals, desk.selection, desk.theme, desk.actions)
    qtbot.addWidget(panel)
    stop = next(iter(desk.picture.visits))
    panel.show()
    panel.known = lambda held: known_part([bell()] if held.id == stop else [])
    desk.selection.pick([stop], desk.route_of(stop))
    assert panel.page.card.parts[0].title == "Found out"
    assert panel.page.card.parts[0].rows[0].text.startswith("Ring at the back")
    panel.known = lambda _held: known_part([])
    panel.refresh()
    assert panel.page.card.parts[0].title == "Time"

"""The import report and the list of doubtful addresses."""

import csv
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QTableWidget

from console.dispatch.fleetwork import FleetImported
from console.dispatch.orderwork import Imported
from console.domain.errors import Rejected
from console.domain.orders import OrderId
from console.domain.places import Access, Address, Certainty, Coordinate, Location, Place, PlaceId
from console.intake import Assumption, FleetReport, Notice, Reject
from console.ui.dialogs.fixup import FixUpPanel
from console.ui.dialogs.import_report import SHOWN_ROWS, ImportReport, Origin
from console.ui.dialogs.place_card import CERTAINTIES, REASONS

REJECTS = (
    Reject(3, "DS-3", "weight", "The weight is negative: write 0 or more kg."),
    Reject(9, None, "order_id", "The row has no order number: give it one."),
)
ASSUMED = (Assumption("service_minutes", "3", (4, 5), "No service time: 3 minutes assumed."),)
IMPORTED = Imported(
    added=(OrderId("A"), OrderId("B")),
    changed=(OrderId("C"),),
    unchanged=7,
    missing=(OrderId("D"),),
    rejects=REJECTS,
    assumptions=ASSUMED,
    unknown_columns=("colour",),
    unmeetable={OrderId("E"): "skill:adr;lift", OrderId("F"): "overloaded"},
    refused=(Rejected("already_served"),),
)


def said(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_report_says_what_happened_to_every_row(opened, theme):
    dialog = opened(ImportReport(IMPORTED, theme, doubtful=4))
    text = said(dialog)
    for part in ("10 orders read", "E: needs adr, lift", "F: heavier", "colour", "assumed",
                 "already done", "Addresses to look at"):  # fmt: skip
        assert part in text
    table = dialog.findChild(QTableWidget)
    assert [table.item(1, j).text() for j in range(4)] == [
        "9", "", "order_id", "The row has no order number: give it one.",
    ]  # fmt: skip


def test_a_clean_import_shows_no_table_and_nothing_to_fix(opened, theme):
    dialog = opened(ImportReport(Imported(added=(OrderId("A"),)), theme))
    assert dialog.findChild(QTableWidget) is None
    assert dialog.fix_button is None
    assert dialog.columns_button is None
    assert "1 order read" in said(dialog)


def test_the_saved_report_holds_all_rows_and_no_formula(opened, theme, tmp_path):
    evil = Reject(4, "=cmd()", "order_id", "@sum")
    done = Imported(
        added=(OrderId("A"),),
        rejects=(*REJECTS, evil),
        assumptions=ASSUMED,
        unknown_columns=("=colour",),
    )
    dialog = opened(ImportReport(done, theme))
    target = tmp_path / "report.csv"
    dialog.save(str(target))
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["rejected", "3", "DS-3", "weight", REJECTS[0].problem]
    assert rows[3] == ["rejected", "4", "'=cmd()", "order_id", "'@sum"]
    assert rows[4] == ["assumed", "4 5", "", "service_minutes", ASSUMED[0].sentence]
    assert rows[5:] == [
        ["column not read", "", "", "'=colour", ""],
        ["added", "", "A", "", ""],
    ]
    assert "report.csv" in dialog.said.text()


def test_where_it_came_from_is_told_and_columns_may_be_chosen_again(opened, theme, tmp_path):
    origin = Origin(tmp_path / "bakery.csv", "the mapping “Bakery”", 3)
    dialog = opened(ImportReport(Imported(added=(OrderId("A"),)), theme, origin=origin))
    assert "bakery.csv, read by the mapping “Bakery”" in said(dialog)
    assert "Rows that are further items" in said(dialog)
    asked = []
    dialog.columnsAsked.connect(lambda: asked.append(1))
    dialog.columns_button.click()
    assert asked
    assert not dialog.isVisible()


def test_a_folder_that_cannot_be_written_is_told(opened, theme, tmp_path):
    dialog = opened(ImportReport(IMPORTED, theme))
    dialog.save(str(tmp_path / "none" / "report.csv"))
    assert dialog.said.text().startswith("Not written")


def test_fix_addresses_asks_and_closes(qtbot, opened, theme):
    dialog = opened(ImportReport(IMPORTED, theme, doubtful=2))
    with qtbot.waitSignal(dialog.fixAsked):
        qtbot.mouseClick(dialog.fix_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_a_report_of_ten_thousand_rejects_opens(opened, theme):
    many = tuple(Reject(i, f"D{i}", "weight", "wrong") for i in range(10_000))
    dialog = opened(ImportReport(Imported(rejects=many), theme))
    assert len(dialog.rejects) == 10_000
    table = dialog.findChild(QTableWidget)
    assert table.rowCount() == SHOWN_ROWS


def test_a_fleet_report(opened, theme):
    notices = (Notice("Mette", 2, "break_from", "The break lies outside the shift."),)
    report = FleetReport((), REJECTS[:1], ASSUMED, ("wheels",), {}, 5, notices)
    lost = Place(PlaceId("p"), Address("Depot 1", "1000", "Nowhere"))
    dialog = opened(ImportReport(FleetImported(4, report, (lost,)), theme))
    text = said(dialog)
    for part in ("4 drivers read", "Depot 1, 1000 Nowhere", "Mette: The break", "wheels"):
        assert part in text


# -- addresses -------------------------------------------------------------------------------------

HERE, THERE = Coordinate(55.6, 12.5), Coordinate(55.61, 12.51)
DOUBTFUL = Place(PlaceId("p1"), Address("Lyrskovgdae 14", "1758", "København"), HERE,
                 Certainty.DOUBTFUL, "Lyrskovgade 14")  # fmt: skip
LOST = Place(PlaceId("p2"), Address("Nowhere 3", "9490", "Vaduz"))
ANSWER = Location(
    HERE, Certainty.DOUBTFUL, 0.5, "Lyrskovgade 14", ("street_typo",),
    (Location(THERE, Certainty.ROOFTOP, 0.4, "Lyrskovgade 41"),),
)  # fmt: skip


@pytest.fixture
def fixup(qtbot, theme):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(800, 600)
    panel = FixUpPanel(theme, window)
    window.show()
    panel.show()
    panel.show_places([DOUBTFUL, LOST], {DOUBTFUL.id: ANSWER})
    panel.test_window = window
    return panel


def test_it_docks_beside_the_map_and_is_not_modal(fixup):
    window = fixup.test_window
    assert window.dockWidgetArea(fixup) == Qt.DockWidgetArea.RightDockWidgetArea
    assert not fixup.isModal()
    assert fixup.title.text() == "Fix 2 addresses"


def test_candidates_are_one_click(qtbot, fixup):
    card = fixup.list.cards[DOUBTFUL.id]
    assert "street spelt differently" in said(card)
    assert [button.text() for button in card.candidates] == [
        "1  Lyrskovgade 14",
        "2  Lyrskovgade 41",
    ]
    with qtbot.waitSignal(fixup.list.candidateChosen) as heard:
        qtbot.mouseClick(card.candidates[1], Qt.MouseButton.LeftButton)
    assert heard.args == [DOUBTFUL.id, THERE]


def test_a_click_on_the_map_is_saved_only_when_told(qtbot, fixup):
    card = fixup.list.cards[LOST.id]
    assert card.candidates == []
    with qtbot.waitSignal(fixup.list.pointWanted) as heard:
        qtbot.mouseClick(card.map_button, Qt.MouseButton.LeftButton)
    assert heard.args == [LOST.id]
    assert not card.save_button.isVisible()
    fixup.list.point_given(LOST.id, 55.61, 12.51)
    assert card.save_button.isVisible()
    with qtbot.waitSignal(fixup.list.candidateChosen) as heard:
        qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    assert heard.args == [LOST.id, THERE]


def test_a_picked_point_can_be_dropped(qtbot, fixup):
    card = fixup.list.cards[LOST.id]
    fixup.list.point_given(LOST.id, 55.61, 12.51)
    qtbot.mouseClick(card.cancel_button, Qt.MouseButton.LeftButton)
    assert card.point is None
    assert not card.save_button.isVisible()


def test_only_one_place_waits_for_the_map(qtbot, fixup):
    one, other = fixup.list.cards[LOST.id], fixup.list.cards[DOUBTFUL.id]
    qtbot.mouseClick(one.map_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(other.map_button, Qt.MouseButton.LeftButton)
    assert one.map_button.text() == "Click it on the map"
    assert other.map_button.text().startswith("Click the right door")


def test_fixed_places_leave_the_list_and_a_picked_point_stays(fixup):
    fixup.list.point_given(LOST.id, 55.61, 12.51)
    fixup.show_places([LOST])
    assert list(fixup.list.cards) == [LOST.id]
    assert fixup.list.cards[LOST.id].point == THERE
    fixup.show_places([])
    assert fixup.title.text() == "All found"


def test_a_point_for_a_place_that_left_is_nothing(fixup):
    fixup.list.point_given(PlaceId("gone"), 55.6, 12.5)


def test_every_doubtful_certainty_has_words():
    assert set(CERTAINTIES) == {one for one in Certainty if not one.is_sure}


def test_the_candidates_of_the_card_in_hand_go_to_the_map(qtbot, fixup):
    listed = fixup.list
    assert listed.current == DOUBTFUL.id
    with qtbot.waitSignal(listed.candidatesShown) as heard:
        qtbot.mouseClick(listed.cards[LOST.id].map_button, Qt.MouseButton.LeftButton)
    assert heard.args == [[]]
    assert listed.cards[LOST.id].is_current
    with qtbot.waitSignal(listed.candidatesShown) as heard:
        qtbot.mousePress(listed.cards[DOUBTFUL.id], Qt.MouseButton.LeftButton)
    assert [label for label, _ in heard.args[0]] == ["Lyrskovgade 14", "Lyrskovgade 41"]
    listed.candidate_given(THERE.lat, THERE.lon)
    assert listed.cards[DOUBTFUL.id].point == THERE
    fixup.show_places([LOST])
    assert listed.current == LOST.id


def test_how_a_place_is_reached_is_noted_with_or_without_a_point(qtbot, fixup):
    card = fixup.list.cards[LOST.id]
    qtbot.mouseClick(card.access_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(card.access.gate, " 4711# ")
    qtbot.keyClicks(card.access.floor, "3")
    card.access.minutes.setValue(4)
    with qtbot.waitSignal(fixup.list.pointWanted):
        qtbot.mouseClick(card.access.parking_button, Qt.MouseButton.LeftButton)
    fixup.list.point_given(LOST.id, 55.61, 12.51)
    assert card.point is None
    with qtbot.waitSignal(fixup.list.accessNoted) as heard:
        qtbot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    assert heard.args == [LOST.id, Access("4711#", "3", "", timedelta(minutes=4), THERE)]
    assert not card.save_button.isVisible()
    qtbot.mouseClick(card.access_button, Qt.MouseButton.LeftButton)
    assert not card.access.isVisible()


def test_every_reason_of_the_area_has_words():
    fits = ("missing", "typo", "differs", "unknown")
    assert {f"{part}_{fit}" for part in ("postcode", "town") for fit in fits} <= set(REASONS)

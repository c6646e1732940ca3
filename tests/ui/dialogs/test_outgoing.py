"""What to print and export, and for whom."""

import pytest
from PySide6.QtCore import Qt

from console.dispatch.exporting import Form
from console.dispatch.maplinks import MapLink
from console.dispatch.paper import Paper, PaperSize, PaperWish
from console.ui.dialogs.export_form import FORMS, ExportForm
from console.ui.dialogs.print_form import PrintForm

ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def routes(desk):
    return list(desk.hands.picture.schedules)


@pytest.fixture
def paper(desk, opened, theme):
    return lambda **more: opened(PrintForm(desk.hands.picture, PaperWish(), theme, **more))


def test_all_drivers_at_first(paper, routes):
    form = paper()
    assert form.wish == PaperWish(Paper.ROUTE, PaperSize.A4)
    assert form.drivers.count() == len(routes) + 1
    assert form.drivers.chosen == ()


def test_the_lit_driver_alone(paper, routes):
    assert paper(ticked=routes[:1]).wish.routes == (routes[0],)


def test_all_are_ticked_and_unticked_at_once(paper, routes):
    form = paper(ticked=routes[:1])
    whole = form.drivers.item(0)
    whole.setCheckState(ON)
    assert form.drivers.chosen == ()
    whole.setCheckState(OFF)
    assert form.drivers.is_empty
    assert not form.print_button.isEnabled()
    assert not form.save_button.isEnabled()
    assert "at least one" in form.said.text()
    form.drivers.tick(*routes)
    assert whole.checkState() is ON
    assert form.print_button.isEnabled()


def test_a_loading_list_has_no_codes_to_choose(paper):
    form = paper()
    form.papers[Paper.LOADING].setChecked(True)
    assert not form.link_field.isEnabled()
    assert not form.map_box.isEnabled()
    assert form.wish.paper is Paper.LOADING


def test_directions_are_printed_in_a_language_of_choice(paper):
    form = paper()
    assert not form.language_field.isEnabled()
    form.directions_box.setChecked(True)
    form.language_field.setCurrentIndex(form.language_field.findData("tr"))
    assert (form.wish.with_directions, form.wish.language) == (True, "tr")
    form.papers[Paper.LOADING].setChecked(True)
    assert not form.language_field.isEnabled()


def test_codes_of_several_stops_need_an_app_that_takes_them(paper):
    form = paper()
    assert not form.pieces_box.isEnabled()
    assert "one stop each" in form.pieces_box.toolTip()
    form.link_field.setCurrentText(MapLink.APPLE.words)
    assert form.pieces_box.isEnabled()
    form.pieces_box.setChecked(False)
    assert not form.wish.with_pieces


def test_every_form_has_its_sentence(desk, opened, theme, routes):
    form = opened(ExportForm(desk.hands.picture, Form.XLSX, theme, ticked=routes[:1]))
    assert set(form.forms) == set(FORMS)
    assert form.routes == (routes[0],)
    form.forms[Form.PLAN].setChecked(True)
    assert form.form is Form.PLAN
    assert form.routes == ()  # a plan to go on from is whole
    assert not form.drivers.isEnabled()
    form.forms[Form.GPX].setChecked(True)
    form.drivers.tick()
    assert not form.save_button.isEnabled()

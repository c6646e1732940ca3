"""Engines and services: what each has to be told, what is wrong, and what a test said."""

import pytest

from console.settings import AddressSettings, RegionServices, StreetSettings
from console.ui.dialogs.services import ASKING, ServicesDialog

OWN = RegionServices(
    StreetSettings("ors-server", "http://roads:8080/ors", "secret", 5, 50, 0.0, {"truck": "hgv"}),
    AddressSettings("pelias", "http://names:4000", "k", "ops@example.org", 7, "all", 0.5, 30),
)


@pytest.fixture
def dialog(opened, theme):
    made = opened(ServicesDialog(["here", "there"], "there", theme))
    made.show_services(RegionServices(), is_own=False)
    return made


def test_what_holds_comes_back_as_it_was(dialog):
    assert dialog.region == "there"
    for services in (OWN, RegionServices(), RegionServices(StreetSettings("straight", factor=1.3))):
        dialog.show_services(services, is_own=True)
        assert dialog.chosen == services
        assert dialog.use_button.isEnabled()


def test_only_fields_that_count_are_there(dialog):
    streets, addresses = dialog.streets, dialog.addresses
    assert not streets.url.isVisible()
    assert not addresses.url.isVisible()
    dialog.show_services(OWN, is_own=True)
    assert streets.url.isVisible()
    assert addresses.key.isVisible()
    assert not streets.factor.isVisible()
    addresses.service.setCurrentIndex(addresses.service.findData("photon"))
    assert not addresses.key.isVisible()
    streets.engine.setCurrentIndex(streets.engine.findData("straight"))
    assert streets.factor.isVisible()
    assert not streets.url.isVisible()


def test_what_is_wrong_is_said_and_not_kept(dialog):
    streets, addresses = dialog.streets, dialog.addresses
    streets.engine.setCurrentIndex(streets.engine.findData("osrm-server"))
    assert "whole address" in dialog.streets_said.text()
    assert not dialog.use_button.isEnabled()
    assert not dialog.streets_button.isEnabled()
    streets.url.setText("http://roads:5000")
    assert dialog.use_button.isEnabled()
    streets.names.setText("lorry=hgv")
    assert "There are: car" in dialog.streets_said.text()
    streets.names.setText("truck=hgv, car = driving")
    assert streets.settings.profiles == {"truck": "hgv", "car": "driving"}
    addresses.service.setCurrentIndex(addresses.service.findData("pelias"))
    assert "whole address" in dialog.addresses_said.text()
    addresses.service.setCurrentIndex(addresses.service.findData("photon"))
    assert addresses.problem == ""  # the public one


def test_a_test_is_asked_for_and_told(dialog, qtbot):
    dialog.show_services(OWN, is_own=True)
    with qtbot.waitSignal(dialog.streetsTried) as asked:
        dialog.streets_button.click()
    assert asked.args == [OWN.streets]
    assert dialog.streets_said.text() == ASKING
    assert not dialog.streets_button.isEnabled()
    dialog.say_streets("It answers.", is_good=True)
    assert dialog.streets_button.isEnabled()
    dialog.streets.url.setText("http://other:1")
    assert dialog.streets_said.text() == ""  # of the address before
    with qtbot.waitSignal(dialog.addressesTried) as asked:
        dialog.addresses_button.click()
    assert asked.args == [OWN.addresses]
    dialog.say_addresses("It does not.", is_good=False)
    assert dialog.addresses_said.text() == "It does not."


def test_back_to_what_the_settings_say(dialog):
    assert not dialog.usual_button.isEnabled()
    dialog.show_services(OWN, is_own=True)
    dialog.usual_button.click()
    assert dialog.chosen is None

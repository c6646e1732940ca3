"""The list of regions, and the form that adds one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from console.dispatch.depotstreets import Offer, Standing
from console.dispatch.extracts import Clip, Described, Wanted
from console.dispatch.ports import Region
from console.dispatch.publications import File, Package, Published
from console.domain.places import Coordinate
from console.ui.dialogs.region_form import Part, RegionForm
from console.ui.dialogs.regions import JobRow, RegionsDialog
from console.ui.notices import Job

BUILT = datetime(2026, 11, 20, 4, tzinfo=UTC)
REGION = Region("austria", "h", Path(), (46.0, 9.0, 49.0, 17.0), "Europe/Vienna", 2_400_000, BUILT)
AUSTRIA = Described(
    "austria", REGION, 912_000_000, "https://maps.example/austria-latest.osm.pbf",
    data_date="2026-11-18", licence="ODbL 1.0", credit="© OpenStreetMap contributors",
    profiles=("car", "truck"), addresses=2_400_000, streets=120_000, roads=900_000,
)  # fmt: skip
OLD = replace(
    AUSTRIA, name="graz", region=None, problem="of another version: update it",
    clip="47.07000,15.44000,25km", size=31_000_000, addresses=140_000,
)  # fmt: skip


@pytest.fixture
def dialog(qtbot, theme):
    dialog = RegionsDialog(theme)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_regions([AUSTRIA, OLD], {"austria": "Depot North, Depot South"})
    return dialog


def cells(dialog, row):
    return [dialog.table.item(row, i).text() for i in range(dialog.table.columnCount())]


def rows(dialog):
    return [row for row in dialog.findChildren(JobRow) if not row.isHidden()]


def test_all_that_matters_is_listed(dialog):
    assert cells(dialog, 0) == [
        "austria", "in use by Depot North, Depot South", "2026-11-18", "2,400,000", "912 MB",
        "car, truck", "ODbL 1.0",
    ]  # fmt: skip
    assert "another version" in cells(dialog, 1)[1]
    assert "https://maps.example" in dialog.more.text()
    assert "© OpenStreetMap contributors" in dialog.more.text()
    assert not dialog.isModal()


def test_what_may_be_done_depends_on_the_region(dialog, qtbot):
    assert (dialog.update_button.isEnabled(), dialog.remove_button.isEnabled()) == (True, False)
    assert "A depot plans on it" in dialog.remove_button.toolTip()
    dialog.table.selectRow(1)
    assert not dialog.use_button.isEnabled()  # it cannot be used before it is updated
    assert "25km" in dialog.more.text()
    for button, signal in (
        (dialog.update_button, dialog.updateAsked),
        (dialog.remove_button, dialog.removeAsked),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == ["graz"]


def test_work_under_way_shows_how_far_it_is_and_ends_on_demand(dialog, qtbot):
    dialog.show_job(Job("graz", "Downloading graz.osm.pbf", 0.25))
    dialog.show_job(Job("tirol", "waiting for the one before", 0.0))
    dialog.table.selectRow(1)
    assert cells(dialog, 1)[1] == "being updated; the old one serves"
    assert not dialog.update_button.isEnabled()
    first, second = rows(dialog)
    assert (first.bar.value(), second.bar.value()) == (25, 0)
    assert first.sentence.text() == "graz: Downloading graz.osm.pbf, 25 %"
    with qtbot.waitSignal(dialog.cancelAsked) as asked:
        first.findChild(QPushButton).click()
    assert asked.args == ["graz"]
    assert "ending" in first.sentence.text()
    dialog.show_job(Job("graz", "", running=False))
    assert [row.sentence.text() for row in rows(dialog)] == ["tirol: waiting for the one before"]
    assert dialog.update_button.isEnabled()
    assert dialog.chosen == OLD


def test_a_failure_stays_until_the_next_try(dialog):
    dialog.table.selectRow(1)
    dialog.show_failure("graz", "graz.osm.pbf is empty. Download or copy the file again.")
    assert "is empty" in dialog.said.text()
    dialog.table.selectRow(0)
    assert dialog.said.text() == ""
    dialog.table.selectRow(1)
    assert "is empty" in dialog.said.text()
    dialog.show_job(Job("graz", "Checking the extract", 0.0))
    assert dialog.said.text() == ""


def test_without_regions_it_says_what_to_do(opened, theme):
    dialog = opened(RegionsDialog(theme))
    dialog.show_regions([], {})
    assert "Add an OpenStreetMap extract" in dialog.more.text()
    assert not dialog.update_button.isEnabled()
    assert dialog.add_button.isEnabled()


# -- the shared database ---------------------------------------------------------------------------

PACKAGE = Package(
    "austria", "h2", 8, "2026-11-19", "2026-11-20T04:00:00+00:00", 2_400_100, "{}",
    (File("roads/streets.osm.pbf", 301_500_000, "d"),),
)  # fmt: skip
NEWER = Offer(Published(PACKAGE, "mia", BUILT), Standing.NEWER)
ELSEWHERE = Offer(
    Published(replace(PACKAGE, name="tirol", addresses=90_000), "mia", BUILT), Standing.MISSING
)


def test_without_a_shared_database_nothing_is_published(dialog):
    assert dialog.fetch_button.isHidden()
    assert dialog.publish_button.isHidden()


def test_what_is_published_is_in_the_same_list(dialog, qtbot):
    dialog.show_offers([NEWER, ELSEWHERE], may_publish=True)
    dialog.show_regions([AUSTRIA, OLD], {"austria": "Depot North"})
    assert cells(dialog, 0)[1] == ("in use by Depot North; a newer one is in the shared database")
    assert cells(dialog, 2)[:5] == [
        "tirol", "in the shared database, not here", "2026-11-19", "90,000", "",
    ]  # fmt: skip
    assert "Published: by mia on 20 Nov 2026, 301.5 MB to fetch" in dialog.more.text()
    for row, can in ((0, (True, False)), (1, (False, False)), (2, (True, False))):
        dialog.table.selectRow(row)
        assert (dialog.fetch_button.isEnabled(), dialog.publish_button.isEnabled()) == can
    assert dialog.more.text().startswith("Published")
    for button, signal in (
        (dialog.fetch_button, dialog.fetchAsked),
        (dialog.remove_button, dialog.removeAsked),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == ["tirol"]


def test_what_is_older_than_the_published_one_is_not_published(dialog):
    for standing, can in ((Standing.OLDER, True), (Standing.SAME, True), (Standing.NEWER, False)):
        dialog.show_offers([replace(NEWER, standing=standing)], may_publish=True)
        dialog.show_regions([AUSTRIA], {})
        assert dialog.publish_button.isEnabled() is can
        assert dialog.fetch_button.isEnabled() is (standing is not Standing.SAME)


def test_a_dispatcher_fetches_and_does_not_publish(dialog):
    dialog.show_offers([ELSEWHERE], may_publish=False)
    dialog.show_regions([AUSTRIA], {})
    assert not dialog.publish_button.isEnabled()
    assert "Only managers" in dialog.publish_button.toolTip()
    dialog.table.selectRow(1)
    assert dialog.fetch_button.isEnabled()
    assert not dialog.remove_button.isEnabled()


def test_what_is_being_published_or_fetched_says_so(dialog):
    dialog.show_offers([ELSEWHERE], may_publish=True)
    dialog.show_regions([AUSTRIA], {})
    dialog.show_job(Job("austria", "Sending austria", 0.5), "being published")
    dialog.show_job(Job("tirol", "Fetching tirol", 0.5), "being fetched")
    assert [cells(dialog, row)[1] for row in (0, 1)] == ["being published", "being fetched"]
    assert not dialog.publish_button.isEnabled()
    dialog.table.selectRow(1)
    assert not dialog.fetch_button.isEnabled()


# -- the form --------------------------------------------------------------------------------------


def test_an_address_is_taken(opened, theme):
    form = opened(RegionForm(theme))
    form.path_field.setText("https://maps.example")
    assert "not the whole address" in form.said.text()
    form.path_field.setText("https://maps.example/europe/austria-latest.osm.pbf")
    assert form.name == "austria"
    assert form.add_button.isEnabled()
    assert form.wanted == Wanted("https://maps.example/europe/austria-latest.osm.pbf", "austria")


def test_a_part_round_the_depot_or_a_rectangle(opened, theme):
    form = opened(RegionForm(theme, None, Coordinate(47.07, 15.44)))
    form.path_field.setText("https://maps.example/austria-latest.osm.pbf")
    assert not form.part_field.isEnabled()
    form.part_choice.setCurrentIndex(Part.ROUND_DEPOT)
    form.part_field.setText("25")
    assert form.wanted.clip == Clip.around(Coordinate(47.07, 15.44), 25)
    form.part_field.setText("far")
    assert "is no part of a map" in form.said.text()
    assert not form.add_button.isEnabled()
    form.part_choice.setCurrentIndex(Part.RECTANGLE)
    form.part_field.setText("47, 15, 47.2, 15.6")
    assert form.wanted.clip == Clip((47, 15, 47.2, 15.6))
    assert form.add_button.isEnabled()


def test_a_depot_nobody_knows_the_place_of(opened, theme):
    form = opened(RegionForm(theme))
    form.path_field.setText("https://maps.example/austria-latest.osm.pbf")
    form.part_choice.setCurrentIndex(Part.ROUND_DEPOT)
    assert "not known yet" in form.said.text()
    assert not form.add_button.isEnabled()

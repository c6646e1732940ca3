"""Regions in the window: added from an address, updated beside the work, called off, removed."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.dispatch.orderwork import fix_place
from console.domain.commands import AmendShift, MoveStops
from console.domain.places import Certainty, Coordinate
from console.geo import pointers
from console.geo.basemap import RegionBasemap
from console.simulator.city import write_city
from console.ui.dialogs.confirm import ConfirmDialog
from console.ui.dialogs.region_form import RegionForm
from console.ui.dialogs.regions import JobRow, RegionsDialog
from console.ui.marking import along_streets, course, joined
from console.ui.notices import Tone
from tests.geo.served import Shelf, serving
from tests.journeys.town import Town
from tests.journeys.window.conftest import Journey, close, load


def listed(journey: Journey) -> RegionsDialog:
    journey.do("regions")
    return journey.dialog(RegionsDialog)


def names(dialog: RegionsDialog) -> list[str]:
    found = (dialog.table.item(row, 0) for row in range(dialog.table.rowCount()))
    return [item.text() for item in found if item is not None]


@pytest.fixture
def home(town: Town, tmp_path: Path) -> Path:
    """The town's files and region, free to be changed."""
    own = tmp_path / "home"
    shutil.copytree(town.home, own)
    pointer = own / "regions" / "town"
    known = pointers.facts(pointer)
    assert known is not None
    pointers.point(pointer, replace(known, source=str(own / "town.osm.pbf")))
    return own


@pytest.fixture
def opened(open_window: Callable[..., Journey], home: Path) -> Journey:
    journey = open_window(home=home)
    journey.run(load(journey.desktop, home))
    journey.settle()
    return journey


def test_an_update_keeps_what_was_fixed_by_hand(opened: Journey, home: Path, town: Town) -> None:
    station = opened.desktop.station
    place = next(iter(opened.plan.stops.values())).place
    spot = Coordinate(town.city.centre[0] + 0.001, town.city.centre[1] + 0.001)
    opened.run(fix_place(station, place, spot))
    before = station.region
    assert before is not None
    write_city(home / "town.osm.pbf", seed=3, addresses=1000)
    dialog = listed(opened)
    assert not dialog.remove_button.isEnabled()
    dialog.update_button.click()
    opened.until(lambda: bool(dialog.findChildren(JobRow)))
    opened.settle()
    assert station.region is not None
    assert station.region.hash != before.hash
    assert opened.plan.day is not None
    assert opened.plan.day.region_hash == station.region.hash
    found = station.services.places.get([place])[place]
    assert (found.certainty, found.coordinate) == (Certainty.FIXED, spot)
    assert dialog.said.text() == ""


def test_an_update_renews_map_lines_and_the_roads_of_vehicles(opened: Journey, home: Path) -> None:
    desktop, station = opened.desktop, opened.desktop.station
    route = next(iter(opened.plan.routes))
    index = station.workday.matrix.index
    timed = [stop.id for stop in opened.plan.stops.values() if stop.place in index]
    shift = replace(opened.plan.routes[route].shift, profile="bicycle")
    opened.run(station.submit(AmendShift(route, shift)))
    opened.run(station.submit(MoveStops(tuple(timed[:4]), route)))
    opened.run(station.refresh())
    opened.settle()
    handler = desktop.panes.map_view._web.handler
    before, shown, region = station.workday.matrix, handler.basemap, station.region
    assert region is not None
    write_city(home / "town.osm.pbf", seed=8, addresses=1000)
    listed(opened).update_button.click()
    opened.until(lambda: station.region is not None and station.region.hash != region.hash)
    opened.settle()
    renewed = station.region
    assert renewed is not None
    assert isinstance(handler.basemap, RegionBasemap)
    assert handler.basemap is not shown
    assert handler.basemap.bounds == RegionBasemap(renewed.folder).bounds
    after = station.workday.matrix
    common = [place for place in before.places if place in after.index]
    assert common
    assert [after.seconds(common[0], each, shift.start) for each in common] != [
        before.seconds(common[0], each, shift.start) for each in common
    ]
    assert "bicycle" in after.others
    assert station.services.regions.description("town").profiles == ("bicycle", "car")
    passed = course(station.picture, route).points
    along = opened.run(station.streets()).geometry(passed, "bicycle")
    wanted = joined(along_streets(along))
    opened.until(lambda: desktop.panes.map_view._shown._routes[route].points == wanted)


def test_streets_come_from_an_address_and_can_be_called_off(
    open_window: Callable[..., Journey], town: Town, tmp_path: Path
) -> None:
    journey = open_window(home=tmp_path / "home")
    shelf = Shelf({"/town.osm.pbf": (town.home / "town.osm.pbf").read_bytes()})
    with serving(shelf):
        dialog = listed(journey)
        assert names(dialog) == []

        def add(part: str = "") -> None:
            dialog.add_button.click()
            form = journey.dialog(RegionForm)
            form.path_field.setText(f"{shelf.address}/town.osm.pbf")
            form.add_button.click()

        add()
        journey.until(lambda: bool(dialog.findChildren(JobRow)))
        dialog.findChildren(JobRow)[0].cancel_button.click()
        journey.settle()
        assert names(dialog) == []
        assert "called off" in journey.told[-1].text
        shelf.files["/town.osm.pbf"] = b"<html>"
        add()
        journey.settle()
        assert journey.told[-1].tone is Tone.BAD
        assert "not an OpenStreetMap extract" in journey.told[-1].text
        shelf.files["/town.osm.pbf"] = (town.home / "town.osm.pbf").read_bytes()
        add()
        journey.settle()
    assert names(dialog) == ["town"]
    assert journey.desktop.station.region is not None
    assert "Invented by Doorstep" in dialog.more.text()


def test_a_region_nobody_plans_on_is_removed(opened: Journey, home: Path) -> None:
    services = opened.desktop.station.services
    services.regions.add(home / "town.osm.pbf", "spare", lambda _sentence, _share: None)
    dialog = listed(opened)
    assert names(dialog) == ["spare", "town"]
    dialog.table.selectRow(0)
    dialog.remove_button.click()
    opened.dialog(ConfirmDialog).yes_button.click()
    opened.settle()
    assert names(dialog) == ["town"]
    assert [region.name for region in services.regions.known()] == ["town"]


def test_closing_the_window_calls_a_build_off(
    opened: Journey, open_window: Callable[..., Journey], home: Path
) -> None:
    shutil.copyfile(home / "town.osm.pbf", home / "other.osm.pbf")
    opened.desktop.window.files_dropped([str(home / "other.osm.pbf")])
    opened.until(lambda: bool(list((home / "regions").glob("other/*.building-*"))))
    close(opened)
    again = open_window(home=home)
    assert [region.name for region in again.desktop.station.services.regions.known()] == ["town"]
    assert not (home / "regions" / "other").exists()
